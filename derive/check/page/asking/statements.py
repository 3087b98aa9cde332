"""A step of a page as a question: its statement as a term, in the context of its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from derive.check.page.asking.lawless import assume_moments, lawless, named_moments
from derive.check.page.asking.leftovers import leave_nothing_over
from derive.check.page.asking.medians import Medians
from derive.check.page.asking.supports import asks_of
from derive.check.page.nodes import Head, bases, is_derived, names_in
from derive.check.page.notation.differentials import STIELTJES
from derive.check.page.notation.transposes import with_squares
from derive.check.page.shown import nodes_of, varied_in
from derive.check.page.steps import STATED
from derive.check.page.words.told import Known
from derive.check.question import Question
from derive.context import ContextError, Declaration
from derive.domains import REAL
from derive.entries import Entry
from derive.latex.elaborate import Reading, elaborate, place_of
from derive.latex.elaborate_antiderivatives import indefinite, is_free, up_to_constant
from derive.latex.elaborate_components import Components
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node, UnreadableError
from derive.term import ONE, ZERO, Term, fresh, is_number, symbol, walk

if TYPE_CHECKING:
    from derive.check.page.page import Page
    from derive.check.page.shown import Shown
    from derive.check.page.steps import Step


class Asked(NamedTuple):
    """A step that was read: the question, what it rests on, how open choices were answered."""

    question: Question
    known: tuple[Known, ...]
    unfolded: tuple[str, ...]
    explicit: bool
    derived: tuple[str, ...]
    opaque: tuple[tuple[str, str], ...]
    conventions: tuple[str, ...] = ()


class Reader(Medians):
    """Reads formulas at one place of a page; declares on the way what they speak of.

    ``unfold``: names that the page defines are replaced by what they are defined to be; else
    they stand as symbols of their own.  Functions with their arguments always are.
    """

    # -- asking ----------------------------------------------------------------------------

    def statement(self, left: Node, sign: str, right: Node, remarks: Iterable[Node] = ()) -> Term:
        """The statement of a step.  Raises UnreadableError."""
        left, right = (with_squares(side, self._is_vector) for side in (left, right))
        variables = list(varied_in((left, right)))
        self.slopes = frozenset(spelled(v) or v.text for v in variables if v.kind == "name")
        if all(v.parts and self._is_defined(v) for v in variables):
            self.kept |= {v.text for v in variables}
        self._hold_fixed((left, right))
        self.declare_names((left, right))
        found = bases((left, right))
        self._reading.bases = tuple(b for b in found if b in ("e", "2") or self._declared(b))
        for remark in remarks:
            self.remark(remark)
        head, turned = STATED[sign]
        varied = self._antiderivatives(left, right)
        if varied:
            self.declare_names(varied)
            if head != "Eq":
                raise UnreadableError("integrals without ends are not compared", left.start, 0)
            leave_nothing_over(left, right, self.reading())
            return Term(head, up_to_constant(left, right, self.reading()))
        if head == "Eq":
            left, right = self._by_components(*self.by_median(left, right))
        self._take_ends(left, right)
        a, b = self.side(left), self.side(right)
        cases = (u for t in (a, b) for _, u in walk(t) if u.head == "Piecewise")
        if any(asks_of(u, self.supported) for u in cases):
            message = "the cases speak of values outside the support, too"
            repair = "write the claim for values in the support alone"
            raise UnreadableError(message, right.start, right.end, repair)
        return Term(head, (b, a) if turned else (a, b))

    def _take_ends(self, *sides: Node) -> None:
        """Say what is taken of integrals by formulas."""
        for node in (n for side in sides for n in side.walk() if STIELTJES in n.notes):
            variable = node.parts[3].text
            said = f"the ends of an integral by a formula as those of {variable}"
            self.conventions[f"ends {variable}"] = said

    def _is_vector(self, node: Node) -> bool:
        """Whether the page says how long the vector is that a member of a family may be, or that
        it is a matrix."""
        if self.page.kinds.get(node.text) == "matrix":
            return True
        return node.text in self.vectors or bool(self._takes(node.text, len(node.parts) + 1))

    def _hold_fixed(self, sides: Iterable[Node]) -> None:
        """Raise UnreadableError where a total derivative is by what the page defines, of what
        depends on the same numbers: what varies with it is not clear."""
        for n in (m for side in sides for m in side.walk() if m.kind == "derivative"):
            lone = {v.text for v in n.parts[1:] if v.kind == "name" and not v.parts}
            if any(p.text in lone for m in n.parts[0].walk() if m.kind == "name" for p in m.parts):
                message = "how this depends on its own index is not said"
                raise UnreadableError(message, n.start, n.end, "write it as an argument")
            for variable in n.parts[1:] if n.text != "partial" else ():
                name = spelled(variable) if variable.kind == "name" else None
                if name is None or self.definition(Head(name, name)) is None:
                    continue
                own = self._rests_on(name, frozenset())
                other = (self._rests_on(m, frozenset((name,))) for m in _numbers(n.parts[0]))
                if not own.isdisjoint(frozenset().union(*other)):
                    raise UnreadableError(
                        f"what is held fixed beside {name} is not clear", n.start, n.end,
                        "write the derivative out",
                    )  # fmt: skip

    def _rests_on(self, name: str, without: frozenset[str]) -> frozenset[str]:
        """A number and those that it is defined by, but for some and what these are."""
        if name in without:
            return frozenset()
        found = self.definition(Head(name, name))
        parts = _numbers(found.value) if found is not None else frozenset()
        below = (self._rests_on(m, without | {name}) for m in parts)
        return frozenset((name,)).union(*below)

    def _by_components(self, left: Node, right: Node) -> tuple[Node, Node]:
        """The sides of an equation of vectors as those of any component of it."""
        index = fresh("k", {*self.context.names, *names_in(left), *names_in(right)})
        vectors = Components(index, place_of(self.reading()))
        found = list(map(vectors.is_vector, (left, right)))
        zero = [side.kind == "number" and side.text == "0" for side in (left, right)]
        if not any(found) or not all(a or b for a, b in zip(found, zero, strict=True)):
            return left, right
        sides = vectors.component(left), vectors.component(right)
        if vectors.domain is not None:
            self.context = self.context.declare(index, vectors.domain)
        return sides

    def _antiderivatives(self, left: Node, right: Node) -> tuple[Node, ...]:
        """The variables of integrals without ends that are functions of them: where the
        display uses them outside, or nothing says over which values is integrated."""
        found = indefinite((left, right))
        sides = tuple(nodes_of(self.shown))
        return tuple(v for v in found if is_free(v, sides) or spelled(v) not in self.supports)

    def random(self, names: tuple[str, ...], independent: bool = False) -> None:
        """Speak of random variables without a law by their moments, which are assumed to exist.

        Raises UnreadableError where there are none."""
        if not names or (independent and len(names) < 2):
            raise UnreadableError("nothing is random here", 0, 0)
        self.context = assume_moments(self.context, names, independent)
        self._reading.abstract = frozenset(names)

    def call_alike(self, opaque: Iterable[tuple[str, str]]) -> None:
        """Call what is not looked into as another formula calls it, by what it is: else the mean
        of one variable there and that of another here could have one name."""
        for key, name in opaque:
            self.context = self.context.declare(name, REAL)
            self.opaque[key] = name
            self.open.append(name)

    def name_moments(self, statement: Term, names: tuple[str, ...]) -> None:
        """Assume what the page calls the mean or the variance of some random variables, where a
        statement speaks of it."""
        for node, value, said, at in named_moments(self.page, names):
            try:
                written = self.side(node)
                if written.free and written.free <= statement.free:
                    self.context = self.context.assume(Term("Eq", (written, value)))
                    if said.startswith("standard") and written.head == "symbol":
                        self.context = self.context.assume(Term("Le", (ZERO, written)))
                    self.known.append(Known(said, at, "declaration"))
            except (UnreadableError, ContextError):
                continue

    def side(self, node: Node) -> Term:
        """The term of a side.  Raises UnreadableError, which says why a name is no number."""
        try:
            return elaborate(node, self.reading())
        except UnreadableError as error:
            name = error.message.partition(" is not declared")[0]
            said = self.refused.get(name)
            if said is None:
                raise
            raise UnreadableError(said, error.start, error.end, error.repair) from None

    def question(self, statement: Term, rows: tuple[Term, ...] = ()) -> Question:
        """The question about a statement: with the entries that it needs, and no others."""
        self._members_exist(statement)
        needed = self._needed([statement, *rows])
        entries = tuple(e for e in self.context.entries() if _is_about(e, needed))
        keep = tuple(n for n in self.open if n in needed)
        sizes = tuple(n for n in self.sizes if n in needed)
        settled = (n for n in keep if n not in sizes and self._is_settled(n))
        stand = (*self.opaque.values(), *self.partial, *self.lent, *settled)
        fixed = tuple(n for n in dict.fromkeys(stand) if n in needed)
        return Question(statement, entries, keep, sizes, fixed=fixed)

    def _is_settled(self, name: str) -> bool:
        """Whether the page says of an open symbol what it is, so that no sign of it is free to be
        assumed: by a definition that is not looked into, or as a random variable."""
        letter = name.partition("_")[0]
        if not {name, letter}.isdisjoint(self.page.unsigned):
            return True
        return self.definition(Head(name, name)) is not None

    def _members_exist(self, statement: Term) -> None:
        """Where ``z_2`` is written, the undeclared size of the family is 2 at least."""
        least: dict[str, Term] = {}
        for _, t in walk(statement):
            declared = self.context.names.get(t.value) if t.head == "member" else None
            for index, domain in zip(t.args, declared.indices if declared else (), strict=False):
                size = domain.args[1] if domain.head == "Range" else None
                if size is None or size.head != "symbol" or size.value not in self.sizes:
                    continue
                if is_number(index) and index.value > least.get(size.value, ONE).value:
                    least[size.value] = index
        for name, index in least.items():
            self.context = self.context.assume(Term("Le", (index, symbol(name))))
            self.known.append(Known(f"{name} >= {index.value}", self.shown.at, "row"))

    def _needed(self, statements: list[Term]) -> set[str]:
        """The names that statements speak of, and those that their declarations mention."""
        needed: set[str] = set().union(*(s.free for s in statements))
        for _ in range(len(self.context.names) + 1):
            before = len(needed)
            for entry in self.context.entries():
                if isinstance(entry, Declaration):
                    if entry.name in needed:
                        for part in (entry.domain, *entry.indices, entry.law, entry.definition):
                            needed |= part.free if part is not None else frozenset()
                elif entry.statement.free & needed:
                    needed |= entry.statement.free
            if len(needed) == before:
                break
        return needed


def _numbers(node: Node) -> frozenset[str]:
    """The letters of a tree that have no index."""
    names = (n for n in node.walk() if n.kind == "name" and not n.parts)
    return frozenset(spelled(n) or n.text for n in names)


def _is_about(entry: Entry, needed: set[str]) -> bool:
    if isinstance(entry, Declaration):
        return entry.name in needed
    return not entry.statement.free.isdisjoint(needed)


def asked(
    page: Page, shown: Shown, step: Step, unfold: bool, chosen: Reading, by_moments: str = "",
    values: Mapping[str, Node] = MappingProxyType({}), marginal: bool = False,
) -> Asked:  # fmt: skip
    """A step as a question, in one reading; ``by_moments``: random variables without a law are
    spoken of by their moments, "free" or "independent" ones; ``values``: what definitions are
    equal to, by their keys; ``marginal``: masses are looked into as those of a joint one.
    Raises UnreadableError."""
    reader = Reader(page, shown, step.number, unfold, chosen)
    reader.values, reader.marginal = values, marginal
    names = lawless(page, shown, step.left, step.right) if by_moments else ()
    if by_moments:
        reader.random(names, by_moments == "independent")
    statement = reader.statement(step.left, step.sign.text, step.right, step.remarks)
    reader.name_moments(statement, names)
    question = reader.question(statement)
    declared = {d.name for d in question.entries if isinstance(d, Declaration)}
    derived = tuple(n for n in question.open if is_derived(n))
    opaque = tuple((k, n) for k, n in reader.opaque.items() if n in declared)
    explicit = bool(declared) and all(n in reader.given for n in declared)
    taken = tuple(reader.conventions.values())
    known, unfolded = tuple(reader.known), tuple(reader.unfolded)
    return Asked(question, known, unfolded, explicit, derived, opaque, taken)
