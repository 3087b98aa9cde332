"""Where a formula of a page is read: what the page declares, and what is bound here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Generic, NamedTuple, TypeVar

from derive.context import EMPTY, Context, Declaration
from derive.domains import is_function
from derive.latex.tree import Node, UnreadableError
from derive.term import Term, abstract, size, substitute, symbol

#: Deepest nesting of a formula, and most readings of an ambiguous one that are tried.
MAX_NESTING, MAX_READINGS = 100, 8
#: Most nodes of a term after definitions or members of a set were put in.
MAX_SIZE = 20_000
#: Stands before the number of a bound variable while its body is read; no name begins so.
OPEN = "#"
#: Notes the bracket that is put behind a function whose arguments are not written: it is
#: taken at its own ones, and the bracket holds the variable by which it is differentiated.
OWN = "own"

T = TypeVar("T")


class Bound(NamedTuple):
    """A bound variable while its body is read: its name on the page, what it stands for in
    the terms that are being made, and where it runs, if that is known.

    ``element``: the variable runs through a set that is only named; then ``value`` counts its
    elements, and this names the family of the numbers that they are, empty if they are none.
    """

    name: str
    value: Term
    domain: Term | None = None
    element: str | None = None


Scope = tuple[Bound, ...]
Resolver = Callable[[Node, Scope], Term | None]


class Choice(NamedTuple):
    """A question that the page leaves open, and its possible answers in words."""

    key: str
    options: tuple[str, ...]


class Reading:
    """What names mean on a page, at one of its places.

    ``context`` declares every name of the page.  ``resolve`` is asked first for names,
    applications and named objects: what the page itself defines; it gets the node (an
    application is a ``juxtapose`` of a name and a group) and the bound variables, and
    answers with a term or None.  ``zero_log``: the page takes 0*log(0) as 0.  ``sets`` says
    what the names of index sets and supports stand for, ``laws`` what those of laws do.
    A finite set of which nothing else is known is in ``sets`` as the range 1..N of a size N,
    functions on it are families over that range, and ``points`` maps its name to the family
    of the numbers that its elements are, or to an empty text.
    ``functions`` maps a declared scalar that may be meant as a function to the abstract
    function of the context that stands for it then.  ``independent``: the members of a
    family with a law are declared independent.  ``integrated`` names the variables over
    which the display integrates, for brackets ``[F]_a^b``; ``supports`` says where those run
    of integrals without ends.  ``bases`` are those of the logarithms that an entropy may
    be meant with: where the formula beside it writes all its bases, only these.

    ``abstract`` names random variables whose law is not known: see
    ``derive.latex.named.moments``.

    ``either`` collects what had to be chosen; ``chosen`` says how (by default the first
    option).  See ``alternatives``.
    """

    def __init__(
        self,
        context: Context = EMPTY,
        resolve: Resolver | None = None,
        zero_log: bool = False,
        sets: Mapping[str, Term] | None = None,
        points: Mapping[str, str] | None = None,
        laws: Mapping[str, Term] | None = None,
        functions: Mapping[str, str] | None = None,
        independent: bool = False,
        integrated: frozenset[str] = frozenset(),
        abstract: frozenset[str] = frozenset(),
        chosen: Mapping[str, int] | None = None,
        supports: Mapping[str, Term] | None = None,
        bases: tuple[str, ...] = ("e", "2"),
    ) -> None:
        self.context, self.resolve, self.zero_log = context, resolve, zero_log
        self.sets, self.laws, self.functions = sets or {}, laws or {}, functions or {}
        self.points = points or {}
        self.independent, self.integrated = independent, integrated
        self.abstract, self.supports, self.bases = abstract, supports or {}, bases
        self.chosen: Mapping[str, int] = chosen or {}
        self.either: list[Choice] = []

    def choose(self, key: str, *options: str) -> int:
        """Which of several readings to take; the question is noted in ``either``."""
        choice = Choice(key, options)
        if choice not in self.either:
            self.either.append(choice)
        return self.chosen.get(key, 0)

    def choosing(self, chosen: Mapping[str, int]) -> Reading:
        """The same reading with answers to some questions.

        >>> Reading().choosing({"f": 1}).choose("f", "a product", "a value")
        1
        """
        return Reading(
            self.context, self.resolve, self.zero_log, self.sets, self.points, self.laws,
            self.functions, self.independent, self.integrated, self.abstract, chosen, self.supports,
            self.bases,
        )  # fmt: skip


class Alternative(NamedTuple, Generic[T]):
    """One of several readings: the answers it takes, in words and by question, and what is
    read so."""

    answers: tuple[str, ...]
    chosen: Mapping[str, int]
    result: T


def alternatives(run: Callable[[Reading], T], reading: Reading) -> list[Alternative[T]]:
    """What ``run`` makes of every way to answer the questions that come up.

    A way that cannot be read counts only where no other can.  Raises UnreadableError.
    """
    done: list[Alternative[T]] = []
    failed: UnreadableError | None = None
    waiting: list[Mapping[str, int]] = [dict(reading.chosen)]
    tried = 0
    while waiting:
        chosen = waiting.pop(0)
        tried += 1
        if tried > MAX_READINGS:
            raise UnreadableError(f"more than {MAX_READINGS} ways to read this", 0, 0)
        asked = reading.choosing(chosen)
        try:
            result = run(asked)
        except UnreadableError as e:
            failed = failed or e
        else:
            picked = {c.key: asked.chosen.get(c.key, 0) for c in asked.either}
            words = tuple(c.options[picked[c.key]] for c in asked.either)
            done.append(Alternative(words, picked, result))
        open_questions = [c for c in asked.either if c.key not in chosen]
        known = dict(chosen)
        for choice in open_questions:
            waiting += [{**known, choice.key: k} for k in range(1, len(choice.options))]
            known[choice.key] = 0
    if not done and failed is not None:
        raise failed
    return done


class Place(NamedTuple):
    """A place in a formula: the reading, the bound variables, how deep it lies."""

    reading: Reading
    scope: Scope
    read: Callable[[Node, Place], Term]
    depth: int = 0

    def term(self, node: Node) -> Term:
        """The term of a node at this place.  Raises UnreadableError."""
        if self.depth > MAX_NESTING:
            raise refusal(node, f"the formula is nested more than {MAX_NESTING} deep")
        return self.read(node, self._replace(depth=self.depth + 1))

    def bound(self, name: str) -> Bound | None:
        """The bound variable of a name, the innermost first."""
        return next((b for b in reversed(self.scope) if b.name == name), None)

    def opened(
        self, name: str, domain: Term | None = None, element: str | None = None
    ) -> tuple[Place, Bound]:
        """The place below a binder of ``name``, and that variable."""
        entry = Bound(name, symbol(f"{OPEN}{len(self.scope)}"), domain, element)
        return self._replace(scope=(*self.scope, entry)), entry

    def declared(self, name: str) -> Declaration | None:
        """The declaration of a name of the context."""
        return self.reading.context.names.get(name)

    def defined_through(self, names: Set[str]) -> dict[str, Term]:
        """The definitions of the context that depend on some names, also by other ones."""
        found: dict[str, Term] = {}
        for name, declared in self.reading.context.names.items():
            definition = declared.definition
            if definition is not None and not definition.free.isdisjoint({*names, *found}):
                found[name] = definition
        return found

    def resolved(self, node: Node) -> Term | None:
        """What the page defines the node to be."""
        asked = self.reading.resolve
        return None if asked is None else asked(node, self.scope)


def closed(head: str, entry: Bound, body: Term, *rest: Term) -> Term:
    """A binder of ``entry`` over a body."""
    return Term(head, (abstract(body, entry.value.value), *rest), None, (entry.name,))


def refusal(node: Node, message: str, repair: str = "") -> UnreadableError:
    """The error for a node, with its place."""
    return UnreadableError(message, node.start, node.end, repair)


def put_in(body: Term, values: Mapping[str, Term], node: Node, copies: int = 1) -> Term:
    """The body with values for names; ``copies`` of it are to be made.

    Raises UnreadableError when that would be a very large term.
    """
    largest = max((size(v) for v in values.values()), default=1)
    if size(body) * largest * copies > MAX_SIZE:
        raise refusal(node, "written out, this is too large")
    return substitute(body, values)


def written_out(body: Term, definitions: Mapping[str, Term], node: Node) -> Term:
    """The body without the names of some definitions.  Raises UnreadableError as ``put_in``."""
    while used := {n: definitions[n] for n in body.free if n in definitions}:
        body = put_in(body, used, node)
    return body


def is_abstract(declared: Declaration | None) -> bool:
    """Whether a declaration is that of an abstract function."""
    return declared is not None and bool(declared.indices) and is_function(declared.indices)
