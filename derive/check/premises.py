"""Earlier rows of a page as premises, and what else it says of the symbols of a step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from derive.check.claims import Claim
from derive.check.page.asking.statements import Asked, Reader
from derive.check.page.heads import is_stationary
from derive.check.page.nodes import estimated, head_of, names_in
from derive.check.page.page import Page
from derive.check.page.shown import Shown
from derive.check.page.steps import CONNECTIVES, Step
from derive.check.question import Row
from derive.check.writing import Writer
from derive.context import ContextError, Declaration
from derive.latex.tree import UnreadableError
from derive.term import Term, TermError, substitute, symbol

#: Earlier rows that are looked at for one step.
MOST_ROWS = 3


class Premises(ABC):
    """The equations of a page that a step may rest on.

    ``conditional`` holds the steps that are no identities, as far as is known: they say
    something of their symbols.  ``anew`` holds those that say something else of their left side
    than an earlier one did, by symbols that are new.
    """

    page: Page
    writer: Writer
    found: dict[tuple[int, int], Claim]
    running: set[tuple[int, int]]
    conditional: set[tuple[int, int]]
    anew: set[tuple[int, int]]

    @abstractmethod
    def claim(self, shown: Shown, step: Step) -> Claim:
        """The claim of one step."""

    def said_elsewhere(self, shown: Shown, read: Asked, rows: tuple[Row, ...]) -> str:
        """What the section says of symbols of the step, in a display or within a sentence, and
        is neither an identity nor among what a counterexample has to satisfy."""
        names = read.question.statement.free
        used = {row.place for row in rows}
        declared = {known.at for known in read.known}
        for other in self.page.shown:
            within = not other.chain  # a formula within a sentence may come behind, too
            if other.section != shown.section or (other.at >= shown.at and not within):
                continue
            for said in other.steps:
                about = names & (names_in(said.left) | names_in(said.right))
                if not about or not said.is_relation or other.at in declared:
                    continue
                if (other.at, said.number) in used:
                    continue
                if said.sign.text == "=":
                    if _tells_of_another(said, names):
                        continue
                    claim = self.verdict_of(other, said)
                    if claim is not None and self._says_nothing(claim, other, said):
                        continue
                elif not within:
                    continue
                line = self.writer.line(other, said.sign.start)
                return f"line {line} says more of {min(about)}"
        return ""

    def _says_nothing(self, claim: Claim, shown: Shown, step: Step) -> bool:
        """Whether a step is a definition, wrong, or an identity as far as is known: it binds no
        symbol."""
        identity = claim.verdict == "proved" and claim.kind == "claim"
        free = (shown.at, step.number) not in self.conditional
        return claim.kind == "definition" or claim.verdict == "refuted" or identity or free

    def rows(self, shown: Shown, step: Step, read: Asked) -> tuple[Row, ...]:
        """Earlier equations of the page about symbols of the step that are no identities."""
        names = names_in(step.left) | names_in(step.right)
        names |= {plain for plain in map(estimated, names) if plain}
        found: list[Row] = []
        for other, earlier in self.before(shown, step):
            if len(found) == MOST_ROWS:
                break
            if not names & (names_in(earlier.left) | names_in(earlier.right)):
                continue
            if not self._may_serve(shown, step, other, earlier):
                continue
            claim = self.verdict_of(other, earlier)
            if claim is None or claim.kind == "definition" or claim.verdict == "refuted":
                continue
            if claim.verdict != "proved" and _is_concluded(other, earlier):
                continue  # nobody knows whether rightly
            if (other.at, earlier.number) not in self.conditional:
                continue  # an identity, as far as is known: it says nothing of the symbols
            row = self._row(shown, step, other, earlier, read)
            if row is not None:
                found.append(row)
        return (*self._conditions(shown, step, read), *reversed(found))

    def _conditions(self, shown: Shown, step: Step, read: Asked) -> Iterator[Row]:
        """What the sentence that leads to a display says of its symbols, and is no equation: "for
        i != j"."""
        names = names_in(step.left) | names_in(step.right)
        for other in self.page.shown:
            if other.chain or other.section != shown.section or other.at >= shown.at:
                continue
            for said in other.steps:
                plain = all(n.kind in ("name", "number") for n in (said.left, said.right))
                about = names & (names_in(said.left) | names_in(said.right))
                if said.sign.text != "!=" or not plain or not about:
                    continue
                in_sentence = other.piece.text.strip() in self.page.words_before(shown)
                row = self._row(shown, step, other, said, read) if in_sentence else None
                if row is not None and self.page.is_assumed(other):
                    yield row

    def _is_to_be_solved(self, shown: Shown, step: Step) -> bool:
        """Whether an equation is set up: by the words before it, or what follows from it."""
        solves = any(s.sign.text in CONNECTIVES and s.row == step.row and s.number > step.number
                     for s in shown.steps)  # fmt: skip
        return solves or self.page.is_set_to_zero(shown) or self._is_stationary(shown, step)

    def _is_stationary(self, shown: Shown, step: Step) -> bool:
        """Whether a derivative is zero for a value that the next display says."""
        behind = [s for s in self.page.displays if s.at > shown.at and s.section == shown.section]
        return bool(behind) and is_stationary(shown, step, behind[0])

    def _may_serve(self, shown: Shown, step: Step, other: Shown, earlier: Step) -> bool:
        """Whether an earlier row is a premise: a row of this derivation, one that is referred
        to, an equation that the display before sets up, or one that a sentence assumes."""
        if other.at == shown.at:
            # In a = b = c the second equation does not rest on the first.
            return not (step.continued and earlier.run == step.run)
        if not other.chain:
            return self._is_assumed(shown, other, earlier)
        label = earlier.label or other.piece.label
        if label and (label in step.sign.reason or label in self.page.words_before(shown)):
            return True
        before = [s for s in self.page.displays if s.at < shown.at]
        if not before or before[-1].at != other.at or self.page.begins_anew(other, shown):
            return False
        return self.page.is_equation_to_solve(other) or self._is_stationary(other, earlier)

    def _is_assumed(self, shown: Shown, other: Shown, earlier: Step) -> bool:
        """Whether a formula within a sentence is assumed for a display: by the sentence that
        leads to it; or, where it is no value of a symbol, by the section."""
        if not self.page.is_assumed(other) or self.page.is_of_some(other):
            return False
        if other.piece.text.strip() in self.page.words_before(shown):
            return True
        value = "name" in (earlier.left.kind, earlier.right.kind)
        return not value and self.page.is_assumed(other, lasting=True)

    def _row(
        self, shown: Shown, step: Step, other: Shown, earlier: Step, read: Asked
    ) -> Row | None:
        try:
            reader = Reader(self.page, shown, step.number, True)
            reader.call_alike(read.opaque)
            statement = reader.statement(earlier.left, earlier.sign.text, earlier.right)
        except (UnreadableError, ContextError, TermError):
            return None
        name = earlier.label or f"line {self.writer.line(other, earlier.sign.start)}"
        asked = read.question
        set_up = self._is_to_be_solved(other, earlier) or self.page.is_equation_to_solve(other)
        left, right = (bool(s.free) for s in statement.args[:2])
        if set_up and other.chain and left is not right:
            put = _solutions(asked.statement, statement)
            if put:
                statement = substitute(statement, {v: symbol(d) for v, d in put.items()})
                name += " at " + ", ".join(sorted(put.values()))
        known = {d.name for d in asked.entries if isinstance(d, Declaration)}
        own = reader.question(statement)
        new = [e for e in own.entries if isinstance(e, Declaration) and e.name not in known]
        names = {e.name for e in new}
        if not statement.free <= known | names or any(n in reader.opaque.values() for n in names):
            return None
        about = [e for e in own.entries if not isinstance(e, Declaration)
                 and not e.statement.free.isdisjoint(names)]  # fmt: skip
        return Row(
            statement, name, (other.at, earlier.number), (*new, *about),
            tuple(n for n in own.open if n in names), tuple(n for n in own.sizes if n in names),
        )  # fmt: skip

    def before(self, shown: Shown, step: Step) -> list[tuple[Shown, Step]]:
        """Earlier steps in the section, the nearest first."""
        found = [
            (other, earlier)
            for other in self.page.shown
            if other.section == shown.section and other.at <= shown.at
            for earlier in other.steps
            if earlier.sign.text == "=" and (other.at < shown.at or earlier.number < step.number)
        ]
        return found[::-1]

    def verdict_of(self, shown: Shown, step: Step) -> Claim | None:
        """The claim of an earlier step; None while that is being judged."""
        key = (shown.at, step.number)
        if key in self.found:
            return self.found[key]
        if key in self.running or len(self.running) > 2:
            return None
        self.running.add(key)
        try:
            return self.claim(shown, step)
        finally:
            self.running.discard(key)


def _solutions(asked: Term, row: Term) -> dict[str, str]:
    """The unknowns of an equation to be solved of which a statement names the solutions:
    those satisfy it."""
    return {
        estimated(d): d for d in sorted(asked.free - row.free)
        if estimated(d) in row.free and estimated(d) not in asked.free
    }  # fmt: skip


def _is_concluded(shown: Shown, step: Step) -> bool:
    """Whether a step stands behind ``implies`` in its row."""
    return any(s.sign.text in CONNECTIVES and s.row == step.row and s.number < step.number
               for s in shown.steps)  # fmt: skip


def _tells_of_another(step: Step, names: frozenset[str]) -> bool:
    """Whether an equation is about a symbol of its own, alone on its left: ``t = f(x)`` says
    what t is, and nothing of x."""
    head = head_of(step.left)
    if step.continued or head is None or head.name in names or head.name in names_in(step.right):
        return False
    return head.named or not head.called
