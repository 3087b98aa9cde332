"""What the page says of where a symbol lies: laws, declarations, conditions."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from derive.check.page.nodes import Head, integrated, names_in
from derive.check.page.shown import nodes_of
from derive.check.page.words.declared import Lies, said_by
from derive.context import EMPTY, Context, ContextError, Declaration
from derive.distributions import constraints, distribution
from derive.document.declarations import declare as declare_texts
from derive.document.declarations import parts
from derive.domains import NAMED_INTERVALS, NONNEGATIVE, POSITIVE, REAL, interval, promises
from derive.latex.elaborate import Reading, place_of
from derive.latex.elaborate_ends import read_end
from derive.latex.elaborate_names import by_spelling, spelled
from derive.latex.elaborate_place import Scope
from derive.latex.elaborate_sets import read_domain
from derive.latex.named import read_law
from derive.latex.named.laws import law_call, written_names
from derive.latex.tree import Node, UnreadableError
from derive.plain import ReadError, declare, read_domain_text
from derive.plain.reading import ReadOptions
from derive.render.notation.names import parse
from derive.term import ONE, Term, fresh, is_number, number, symbol

if TYPE_CHECKING:
    from derive.check.page.page import Definition, Page
    from derive.check.page.shown import Shown

TWO = number(2)
#: ``I := 1..n`` or ``C := {0, 1}``; ``name[indices]``.
_SET = re.compile(r"\s*([A-Za-z_]\w*)\s*:=\s*([^.;\[\]]+\.\.[^.;]+|\{[^{}]*\})\s*")
_MEMBER = re.compile(r"\b([A-Za-z_]\w*)\[([^\[\]]*)\]")


class Known(NamedTuple):
    """Something the page says of a symbol, with its place: ``by`` is ``declaration``, ``law``,
    ``definition`` or ``row``."""

    text: str
    at: int
    by: str


def parameters_of(law: Node) -> tuple[Node, ...]:
    """What a law as it is written depends on: its parameters; not its own name."""
    call = law_call(law)
    known = call is not None and call[0] in written_names()
    return call[1].parts if known and call is not None else (law,)


class Told(ABC):
    """What is declared at one place of a page, and what the page says of a symbol there."""

    def __init__(
        self, page: Page, shown: Shown, step: int, unfold: bool, chosen: Reading | None = None
    ) -> None:
        self.page, self.shown, self.step, self.unfold = page, shown, step, unfold
        self._reading = Reading(EMPTY, self.resolve, independent=page.independent)
        self.options = ReadOptions()
        self.open: list[str] = []
        self.sizes: list[str] = []
        self.opaque: dict[str, str] = {}
        #: Families of which the page says of some members only where they lie.
        self.partial: list[str] = []
        #: What the step takes derivatives by.
        self.slopes: frozenset[str] = frozenset()
        #: Values of random variables, which are read as values inside the support.
        self.supported: set[str] = set()
        #: One-sided bounds by numbers, ``x < 0``, of symbols that are being declared.
        self.bounds: dict[str, list[Term]] = {}
        #: Symbols whose domains laws of other displays say.
        self.lent: list[str] = []
        self.refused: dict[str, str] = {}
        #: Families whose letter another family has too, by letter and number of indices.
        self.aliases: dict[tuple[str, int], str] = {}
        self.sets: dict[str, Term] = {}
        #: Sizes of what indices run through whose ends are not written, by index.
        self.invented: dict[str, str] = {}
        self._reading.sets = self.sets
        #: Families of the numbers that the elements of such sets are, by set.
        self.points: dict[str, str] = {}
        self._reading.points = self.points
        #: Laws by the names that the page gives them, and supports of what is integrated over.
        self.laws: dict[str, Term] = {}
        self._reading.laws = self.laws
        self.supports: dict[str, Term] = {}
        self._reading.supports = self.supports
        self._reading.integrated = integrated(nodes_of(shown))
        self.unfolded: dict[str, None] = {}
        self.known: list[Known] = []
        #: Symbols of which it is being found out where they lie.
        self.wondering: set[str] = set()
        self.functions: dict[str, str] = {}
        self._reading.functions = self.functions
        self.given: set[str] = set()
        self.under: list[str] = []
        #: What definitions are taken to be instead of their own values, by their keys.
        self.values: Mapping[str, Node] = {}
        self.marginal = False
        #: Definitions that hold by convention, by name, in plain spelling.
        self.conventions: dict[str, str] = {}
        #: Families by which the step differentiates, and which the page defines.
        self.kept: set[str] = set()
        self.chosen = chosen or Reading()
        self._reading.chosen = self.chosen.chosen
        self._reading.either = self.chosen.either
        self._givens()

    @cached_property
    def _here(self) -> tuple[Node, ...]:
        """The sides of the display."""
        return tuple(nodes_of(self.shown))

    @property
    def context(self) -> Context:
        """What is declared so far."""
        return self._reading.context

    @context.setter
    def context(self, context: Context) -> None:
        self._reading.context = context

    def reading(self) -> Reading:
        """The reading with what is declared so far; it goes on with what is declared later."""
        return self._reading

    @abstractmethod
    def resolve(self, node: Node, scope: Scope) -> Term | None:
        """What the page defines a name or call to be; None where it does not."""

    def _declared(self, name: str) -> bool:
        if name in self.context.names:
            return True
        return parse(name) in by_spelling(self.context)

    def definition(self, head: Head) -> Definition | None:
        """The definition of a head that holds here."""
        found = self.page.definition(
            head.key, self.shown.at, self.shown.section, self.step, head.arguments
        )
        value = self.values.get(head.key)
        return found._replace(value=value) if found is not None and value is not None else found

    # -- what the page gives -----------------------------------------------------------------

    def _givens(self) -> None:
        """What comments, front matter and sidecars declare at this place."""
        for piece, at, text in self.page.givens_at(self.shown):
            for part in parts(piece.text):
                try:
                    self._given(part.text, at)
                except (ReadError, ContextError) as error:
                    message = f"{text}: {error}"
                    raise UnreadableError(message, 0, 0) from None
        self.given = set(self.context.names)

    def _given(self, text: str, at: int) -> None:
        """One declaration: of a set ``I := 1..n``, or what ``derive.document`` reads.

        Raises ReadError and ContextError.
        """
        index_set = _SET.fullmatch(text)
        if index_set:
            self.sets[index_set[1]] = read_domain_text(index_set[2], self.context)
            self.known.append(Known(text.strip(), at, "declaration"))
            return
        made = declare_texts(
            self._told_apart(text), self.context, self.options, self.page.document.macros,
            self.chosen.chosen, self.sets,
        )  # fmt: skip
        self.context, self.options = made.context, made.options
        self._reading.zero_log = self.options.zero_log
        self.chosen.either += [c for c in made.either if c not in self.chosen.either]
        self.known += [Known(e.plain, at, "declaration") for e in made.entries]

    def _told_apart(self, text: str) -> str:
        """A declaration in plain spelling with a letter for each number of indices."""

        def put(found: re.Match[str]) -> str:
            name, count = found[1], found[2].count(",") + 1
            declared = self.context.names.get(name)
            if declared is None or len(declared.indices) == count:
                return found[0]
            alias = self.aliases.setdefault((name, count), fresh(f"{name}_single", set(
                self.context.names)))  # fmt: skip
            return f"{alias}[{found[2]}]"

        return text if "\\" in text else _MEMBER.sub(put, text)

    @abstractmethod
    def declare_names(self, nodes: Iterable[Node], bound: tuple[Node, ...] = ()) -> None:
        """Declare every free name of some trees that is not declared yet."""

    def _law(self, name: str) -> Term | None:
        """The law that the page gives a symbol."""
        law = self.page.law(name, self.shown)
        if law is None or name in self.under:
            return None
        self.under.append(name)
        try:
            self.declare_names(parameters_of(law.law))
            found = read_law(law.law, self.reading())
        except UnreadableError:
            return None
        finally:
            self.under.pop()
        self.known.append(Known(name, law.at, "law"))
        return found

    def _parameters(self, law: Term) -> None:
        """A law on the page says where its parameters lie: a variance is positive."""
        found = distribution(law.head)
        if found is None:
            return
        domains = declare(found.parameters).names
        for own, value in zip(found.arguments, law.args, strict=False):
            declared = domains.get(own.partition("[")[0])
            if declared is None or declared.indices or declared.domain.free:
                continue
            domain = declared.domain
            if value.head == "Pow" and value.args[1] == TWO and domain == POSITIVE:
                value = value.args[0]
            if value.head == "Div" and value.args[0] == ONE and domain == POSITIVE:
                value = value.args[1]
            if value.head == "symbol" and value.value in self.open:
                self._narrow(value.value, domain)
        for said in constraints(law):
            if len(said.free) > 1 and said not in self.context.hypotheses():
                self.context = self.context.assume(said)

    def _domain(self, name: str) -> Term | None:
        """Where the page says in formulas that a symbol lies.

        ``t < b`` says it of t when b is asked for by t, not the other way round as well.  A bound
        by a number that makes no domain, ``x < 0``, is kept to be assumed; what was said before
        and contradicts it is replaced by it.
        """
        bounds = self.bounds.setdefault(name, [])
        for at, said in self.page.lies(name, self.shown):
            if any(names_in(n) & self.wondering for _, n in said.signs):
                continue
            self.wondering.add(name)
            try:
                domain = self._read_domain(said)
                bound = self._bound(name, said) if domain is None else None
            except UnreadableError:
                continue
            finally:
                self.wondering.discard(name)
            if bound is not None and _may_hold([*bounds, bound], REAL):
                bounds.append(bound)
                self.known.append(Known(name, at, "declaration"))
            if domain is not None and not _may_hold(bounds, domain):
                return None
            if domain is not None:
                self.known.append(Known(name, at, "declaration"))
                return domain
        return None

    def _read_domain(self, said: Lies) -> Term | None:
        signs = dict(said.signs)
        self.declare_names(n for n in signs.values() if n.kind != "group")
        place = place_of(self.reading())
        if "in" in signs:
            return read_domain(signs["in"], place)
        low = next((s for s in (">", ">=") if s in signs), None)
        high = next((s for s in ("<", "<=") if s in signs), None)
        ends = {s: read_end(signs[s], place) for s in (low, high) if s is not None}
        if low and high:
            heads = {"><": "Open", ">=<=": "Closed", "><=": "LeftOpen", ">=<": "RightOpen"}
            whole = Term(heads[low + high], (ends[low], ends[high]))
            return NAMED_INTERVALS.get(whole, whole)
        if low and is_number(ends[low]) and ends[low].value == 0:
            return POSITIVE if low == ">" else NONNEGATIVE
        return None

    def _bound(self, name: str, said: Lies) -> Term | None:
        """``x < 0`` or ``x >= 2`` as a hypothesis: one sign, and a number on its other side."""
        signs = {"<": "Lt", "<=": "Le", ">": "Lt", ">=": "Le"}
        if len(said.signs) != 1 or said.signs[0][0] not in signs or said.name.parts:
            return None
        sign, node = said.signs[0]
        end = read_end(node, place_of(self.reading()))
        sides = (symbol(name), end) if sign[0] == "<" else (end, symbol(name))
        return Term(signs[sign], sides) if _number(end) is not None else None

    def assume_bounds(self, name: str) -> None:
        """Assume the bounds that were found when it was asked where a symbol lies."""
        for bound in self.bounds.pop(name, []):
            self.context = self.context.assume(bound)

    def remark(self, node: Node) -> None:
        """A condition beside the display: a domain for what is open, or a hypothesis."""
        for said in said_by(node):
            name = spelled(said.name)
            if name is None or name not in self.context.names or self.context.names[name].indices:
                continue
            domain = self._read_domain(said)
            bound = self._bound(name, said) if domain is None else None
            if domain is not None and name in self.open:
                self._narrow(name, domain)
            elif domain is not None and interval(domain) is not None:
                for promise in promises(domain, symbol(name)):
                    self.context = self.context.assume(promise)
            elif domain is not None:
                self.context = self.context.assume(Term("In", (symbol(name), domain)))
            if bound is not None:
                self.context = self.context.assume(bound)

    def _narrow(self, name: str, domain: Term) -> None:
        entries = self.context.entries()
        context = EMPTY
        try:
            for entry in entries:
                if isinstance(entry, Declaration):
                    where = domain if entry.name == name else entry.domain
                    context = context.declare(entry.name, where, *entry[2:])
                else:
                    context = context.assume(entry.statement)
        except ContextError:
            return
        self.context = context
        self.open.remove(name)
        if name in self.sizes:
            self.sizes.remove(name)


def _number(t: Term) -> Fraction | None:
    """The number that a term is, with its sign."""
    if t.head == "Neg" and is_number(t.args[0]):
        return Fraction(-t.args[0].value)
    return Fraction(t.value) if is_number(t) else None


def _may_hold(bounds: list[Term], domain: Term) -> bool:
    """Whether bounds by numbers do not contradict each other and a domain between numbers.

    >>> x = symbol("x")
    >>> _may_hold([Term("Lt", (x, number(0)))], POSITIVE)
    False
    >>> _may_hold([Term("Lt", (x, ONE))], POSITIVE)
    True
    """
    lows, highs = [], []
    for s in (*bounds, *promises(domain, symbol("x"))):
        if s.head in ("Lt", "Le"):
            low, high = (_number(t) for t in s.args)
            lows += [] if low is None else [(low, s.head)]
            highs += [] if high is None else [(high, s.head)]
    return all(
        low < high or (low == high and "Lt" not in (one, other))
        for low, one in lows
        for high, other in highs
    )
