"""What the page says of where a symbol lies: laws, declarations, conditions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from derive.check.page.declared import Lies, said_by
from derive.check.page.nodes import Head
from derive.context import EMPTY, Context, ContextError, Declaration
from derive.distributions import distribution
from derive.document.declarations import declare as declare_texts
from derive.domains import NAMED_INTERVALS, NONNEGATIVE, POSITIVE
from derive.latex.elaborate import Reading, place_of
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Scope
from derive.latex.elaborate_sets import read_domain, read_end
from derive.latex.named import read_law
from derive.latex.tree import Node, UnreadableError
from derive.plain import ReadError, declare
from derive.plain.reading import ReadOptions
from derive.term import ONE, Term, is_number, number

if TYPE_CHECKING:
    from derive.check.page.page import Definition, Page, Shown

TWO = number(2)


class Known(NamedTuple):
    """Something the page says of a symbol, with its place: ``by`` is ``declaration``, ``law``,
    ``definition`` or ``row``."""

    text: str
    at: int
    by: str


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
        self.refused: dict[str, str] = {}
        self.unfolded: dict[str, None] = {}
        self.known: list[Known] = []
        self.functions: dict[str, str] = {}
        self._reading.functions = self.functions
        self.given: set[str] = set()
        self.under: list[str] = []
        self.chosen = chosen or Reading()
        self._reading.chosen = self.chosen.chosen
        self._reading.either = self.chosen.either
        self._givens()

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

    def definition(self, head: Head) -> Definition | None:
        """The definition of a head that holds here."""
        return self.page.definition(head.key, self.shown.at, self.shown.section, self.step)

    # -- what the page gives -----------------------------------------------------------------

    def _givens(self) -> None:
        """What comments, front matter and sidecars declare at this place."""
        for piece, at, text in self.page.givens_at(self.shown):
            try:
                made = declare_texts(
                    piece.text, self.context, self.options, self.page.document.macros,
                    self.chosen.chosen,
                )  # fmt: skip
            except (ReadError, ContextError) as error:
                message = f"{text}: {error}"
                raise UnreadableError(message, 0, 0) from None
            self.context, self.options = made.context, made.options
            self._reading.zero_log = self.options.zero_log
            self.chosen.either += [c for c in made.either if c not in self.chosen.either]
            self.known += [Known(e.plain, at, "declaration") for e in made.entries]
        self.given = set(self.context.names)

    @abstractmethod
    def declare_names(self, nodes: Iterable[Node], bound: tuple[Node, ...] = ()) -> None:
        """Declare every free name of some trees that is not declared yet."""

    def _law(self, name: str) -> Term | None:
        """The law that the page gives a symbol."""
        for law in reversed(self.page.laws):
            if law.section != self.shown.section or spelled(law.name) != name:
                continue
            if name in self.under:
                return None
            self.under.append(name)
            try:
                self.declare_names((law.law,))
                reading = self.reading()
                found = read_law(law.law, reading)
            except UnreadableError:
                return None
            finally:
                self.under.pop()
            self.known.append(Known(name, law.at, "law"))
            return found
        return None

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

    def _domain(self, name: str) -> Term | None:
        """Where the page says in formulas that a symbol lies."""
        for at, said in self.page.lies(name, self.shown):
            try:
                domain = self._read_domain(said)
            except UnreadableError:
                continue
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

    def remark(self, node: Node) -> None:
        """A condition beside the display: a domain for what is open, or a hypothesis."""
        for said in said_by(node):
            name = spelled(said.name)
            if name in self.open:
                domain = self._read_domain(said)
                if domain is not None:
                    self._narrow(name, domain)

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
