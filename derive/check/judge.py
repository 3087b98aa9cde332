"""Judging the steps of a page, one after the other: each comes out as a claim.

A step is first tried as an identity under the weakest savers; then under the earlier rows of
the page that speak of its symbols.  It is refuted only where nothing that the page says can
save it: every symbol settled, every earlier row satisfied, whatever may still be assumed.
"""

from __future__ import annotations

from functools import partial
from itertools import product
from time import perf_counter
from typing import NamedTuple

from derive.check.assuming import STEPS, Attempt, attempt, clues, weakened, weakest
from derive.check.barring import why_not_refuted
from derive.check.claims import Claim, answers
from derive.check.lemmas import by_lemmas
from derive.check.meant import Meant
from derive.check.page.asking.lawless import constants, lawless
from derive.check.page.asking.resolving import BY_JOINT
from derive.check.page.asking.statements import Asked, asked
from derive.check.page.nodes import (
    estimated,
    head_of,
    heads_in,
    logged_head,
    names_in,
    shape_of,
    unreadable_in,
)
from derive.check.page.page import Page
from derive.check.page.shown import Shown
from derive.check.page.steps import CONNECTIVES, Step
from derive.check.premises import MOST_ROWS
from derive.check.question import FREE, SIGNED, Question, Row
from derive.check.restating import joined, may_serve, restated
from derive.check.telling import Telling
from derive.check.witnessing import (
    loses_solutions,
    more_solutions,
    plain_witness,
    refuted_whatever,
)
from derive.check.writing import Outcome, Writer, reason_of
from derive.context import ContextError
from derive.document import Document
from derive.document.marks import marks
from derive.document.projects import Sidecar
from derive.kernel import Theorem
from derive.latex.elaborate import Alternative, alternatives
from derive.latex.elaborate_antiderivatives import indefinite
from derive.latex.shapes import shapes
from derive.latex.tree import Node, UnreadableError
from derive.term import TermError, walk

#: Signs of which nothing is judged.
APPROXIMATE = ("approx", "propto", "sim", "in", "to", "subset", "equiv", "cong")
#: Steps of one attempt to prove a step from earlier rows.
ROW_STEPS = 1_500


class Settings(NamedTuple):
    """How a document is judged.  ``inline``: inline equations too; ``require_declarations``:
    nothing is assumed of symbols that the page does not declare; ``graded``: what does hold
    of a refuted claim is looked for."""

    inline: bool = False
    require_declarations: bool = False
    graded: bool = True


class Judge(Meant):
    """Judges the steps of one page, and remembers what it found.

    >>> from derive.document import read
    >>> page = read("a.md", "$$ (a + b)^2 = a^2 + 2 a b + b^2 = a^2 + a b + b^2 $$")
    >>> [c.verdict for c in Judge(page).claims()]
    ['proved', 'refuted']
    """

    def __init__(
        self,
        document: Document,
        settings: Settings | None = None,
        sidecars: tuple[Sidecar, ...] = (),
        linked: tuple[Judge, ...] = (),
    ) -> None:
        self.document, self.settings, self.linked = document, settings or Settings(), linked
        self.page = Page(document, self.settings.inline, sidecars)
        self.marks = tuple(marks(document))
        self.writer = Writer(document, self.settings.graded)
        self.found: dict[tuple[int, int], Claim] = {}
        self.weighed: dict[tuple[int, int], tuple[Telling, ...]] = {}
        self.running: set[tuple[int, int]] = set()
        self.conditional: set[tuple[int, int]] = set()
        self.anew: set[tuple[int, int]] = set()
        self.theorems: dict[tuple[int, int], Theorem] = {}

    @property
    def steps(self) -> list[tuple[Shown, Step]]:
        """All steps that are judged, in order."""
        return [(shown, step) for shown in self.page.displays for step in shown.steps]

    def placed(self, shown: Shown, step: Step) -> Claim:
        """The claim of a step with its place, and nothing found."""
        return self.writer.placed(shown, step)

    def claims(self) -> list[Claim]:
        """The claims of the page, in order."""
        return [self.claim(shown, step) for shown, step in self.steps]

    def claim(self, shown: Shown, step: Step) -> Claim:
        """The claim of one step."""
        key = (shown.at, step.number)
        if key not in self.found:
            began = perf_counter()
            claim = self._judged(shown, step)
            claim = claim._replace(seconds=round(perf_counter() - began, 6))
            self.found[key] = self._expected(shown, step, self._inherited(shown, step, claim))
        return self.found[key]

    def ignored(self, shown: Shown) -> tuple[str, ...]:
        """The codes that a comment before a display asks not to report."""
        return tuple(m.word for m in self.marks if m.kind == "ignore" and m.display == shown.at)

    def _expected(self, shown: Shown, step: Step, claim: Claim) -> Claim:
        """The claim with what a comment expects of it."""
        for mark in self.marks:
            if mark.kind != "expect" or mark.display != shown.at:
                continue
            if mark.step in (0, step.number):
                claim = claim._replace(expected=mark.word)
        if claim.expected is None or claim.expected in answers(claim):
            return claim
        message = f"expected to be {claim.expected}, and it is {answers(claim)[0]}"
        return claim._replace(notes=[*(claim.notes or []), ["D501", message]], code="D501",
                              message=f"{message}; {claim.message}".rstrip("; "))  # fmt: skip

    # -- one step --------------------------------------------------------------------------

    def _judged(self, shown: Shown, step: Step) -> Claim:
        claim = self.writer.placed(shown, step)
        if not step.is_relation:
            kind = "implication" if step.sign.text in CONNECTIVES else "approximation"
            return claim._replace(kind=kind)
        if self._defines(shown, step):
            solved = self._solved(claim, shown, step)
            return solved or self._named(claim._replace(kind="definition"), shown, step)
        bad = unreadable_in(step.left, step.right)
        if bad is not None:
            return self.writer.unreadable(
                claim, shown, bad.text, bad, bad.notes[0] if bad.notes else ""
            )
        try:
            again = self._again(claim, shown, step)
            found = self._read(claim, shown, step) if again is None else again
            return self._set_up(found, shown, step)
        except UnreadableError as error:
            node = Node("", error.start, error.end)
            return self.writer.unreadable(claim, shown, error.message, node, error.repair)
        except (ContextError, TermError) as error:
            return self.writer.unreadable(claim, shown, str(error), step.left, "")
        except RecursionError:
            return claim._replace(verdict="unknown", code="D202", reason="limit", cause="limit",
                                  message="the formula is nested too deeply")  # fmt: skip

    def _solved(self, claim: Claim, shown: Shown, step: Step) -> Claim | None:
        """The claim of a step that says what an estimate is, where it follows from the equation
        that was set up for it; None elsewhere."""
        head = head_of(step.left)
        if head is None or head.called or not estimated(head.name):
            return None
        if unreadable_in(step.right) is not None:
            return None
        try:
            found = self._read(claim, shown, step)
        except (UnreadableError, ContextError, TermError, RecursionError):
            return None
        return found if found.verdict == "proved" and found.kind == "implication" else None

    def _set_up(self, claim: Claim, shown: Shown, step: Step) -> Claim:
        """The claim, or the note that its equation is one to be solved: the text says so, and one
        side is a number."""
        if claim.verdict != "unknown" or claim.code != "D201" or step.sign.text != "=":
            return claim
        numbers = [not any(n.kind == "name" for n in side.walk())
                   for side in (step.left, step.right)]  # fmt: skip
        if numbers[0] is numbers[1] or not self._is_to_be_solved(shown, step):
            return claim
        return self._set_aside(shown, step)

    def _set_aside(self, shown: Shown, step: Step) -> Claim:
        """The note on an equation that is to be solved: what follows may rest on it."""
        self.conditional.add((shown.at, step.number))
        return self.writer.placed(shown, step)._replace(
            kind="implication", message="an equation that is set up to be solved"
        )

    def _again(self, claim: Claim, shown: Shown, step: Step) -> Claim | None:
        """A symbol that is said again to be something: equal to what it was said to be, or
        something new.  None where no earlier row says what it is."""
        head = None if step.continued else head_of(step.left) or logged_head(step.left)
        earlier = [] if head is None else self._said_before(shown, step)
        if not earlier or (head is not None and head.named and self._has_law(shown, step)):
            return None
        if any(shape_of(row.right) == shape_of(step.right) for _, row in earlier):
            return claim._replace(kind="definition", message="this was said before")
        last: Claim | None = None
        for k, (other, row) in enumerate(earlier[:MOST_ROWS]):
            if indefinite((row.right,)):
                continue  # as an antiderivative it is known up to a constant, and the number is not
            if head is not None and k > 0 and self.page.measures(head, shown):
                # Nobody defines an expectation: what was claimed of it before counts once shown.
                said = self.verdict_of(other, row)
                if said is None or said.verdict != "proved":
                    continue
            try:
                now = self._read(claim, shown, step._replace(left=row.right))
            except UnreadableError:
                continue
            if now.verdict == "proved":
                name = row.label or f"line {self.writer.line(other, row.sign.start)}"
                message = f"by {name}; {now.message}".rstrip("; ")
                return now._replace(using=[*(now.using or []), name], message=message)
            last = last or now
        new = shapes([step.right]).keys() - shapes(row.right for _, row in earlier).keys()
        new -= {d.head.name for d in self.page.definitions if d.at < shown.at}
        new -= set().union(*(names_in(row.right) for _, row in earlier))  # u in ``u (1 - t)``
        if new and self.page.is_left_to_solve(shown):
            return self._set_aside(shown, step)
        if new:
            self.anew.add((shown.at, step.number))
            return claim._replace(kind="definition")
        if last is None:
            return None
        if last.verdict != "refuted":
            return last
        if head is not None and not head.named:
            return self.writer.said_again(claim, head.name, *earlier[0], last.message)
        return last._replace(
            verdict="unknown", code="D201", witness=None, reason="undecided", cause="undecided",
            message=f"this is said to be something else before: {last.message}",
        )  # fmt: skip

    def _read(self, claim: Claim, shown: Shown, step: Step) -> Claim:
        """The claim of a step that can be read; all its readings have to agree."""
        best: Claim | None = None
        failed: UnreadableError | None = None
        open_ways: list[tuple[list[Alternative[Asked]], list[Outcome]]] = []
        for unfold in self._ways(shown, step):
            if unfold:
                now = self._by_restating(claim, shown, step)
                if now is not None:
                    return now
            try:
                readings = alternatives(
                    partial(asked, self.page, shown, step, unfold), self.reading
                )
            except UnreadableError as error:
                failed = failed or error
                continue
            outcomes = [self.outcome(shown, step, r.result) for r in readings]
            now = self._together(claim, step, readings, outcomes)
            if now.verdict == "proved":
                return now
            if best is None or (best.verdict != "refuted" and now.verdict == "refuted"):
                best = now
            open_ways.append((readings, outcomes))
        shown_by_law = self._by_moments(claim, shown, step) or self._by_joint(claim, shown, step)
        if shown_by_law is not None:
            return shown_by_law
        for readings, outcomes in open_ways:
            lent = [self._by_lemmas(shown, step, o) for o in outcomes]
            if all(o.verdict == "proved" for o in lent):
                self.conditional.discard((shown.at, step.number))
                return self._together(claim, step, readings, lent)
        if best is not None:
            return best
        assert failed is not None
        raise failed

    def _by_lemmas(self, shown: Shown, step: Step, outcome: Outcome) -> Outcome:
        """An open outcome, or the proof from what is proved elsewhere."""
        if outcome.verdict != "unknown" or not outcome.tried:
            return outcome
        question = outcome.asked.question
        proof, names = by_lemmas(question, outcome.tried, self.lemmas(shown, step, question))
        if proof is None:
            return outcome
        self.keep(shown, step, proof)
        return Outcome("proved", outcome.asked, proof, lemmas=names)

    def _by_restating(self, claim: Claim, shown: Shown, step: Step) -> Claim | None:
        """The claim where it holds of what the page has shown its definitions to be equal to."""
        lemmas = restated(self, shown, step)
        if not lemmas:
            return None
        values = {lemma.key: lemma.value for lemma in lemmas}
        try:
            read = partial(asked, self.page, shown, step, True, values=values)
            readings = alternatives(read, self.reading)
        except (UnreadableError, ContextError, TermError):
            return None
        outcomes = [self.outcome(shown, step, r.result) for r in readings]
        if any(o.verdict != "proved" or o.rows for o in outcomes):
            return None
        used = tuple(m for m in lemmas if m.key in readings[0].result.unfolded)
        if not may_serve(self, shown, step, readings[0].result.question, used):
            return None
        return joined(self._together(claim, step, readings, outcomes), used) if used else None

    def _by_moments(self, claim: Claim, shown: Shown, step: Step) -> Claim | None:
        """The claim where the step holds for all random variables that have moments."""
        names = lawless(self.page, shown, step.left, step.right)
        apart = len(names) > 1 and self.page.are_independent(names, shown)
        kinds = ("free", "independent") if apart else ("free",)
        for kind, unfold in product(kinds, self._ways(shown, step)):
            try:
                read = partial(asked, self.page, shown, step, unfold, by_moments=kind)
                readings = alternatives(read, self.reading)
            except (UnreadableError, ContextError, TermError):
                continue
            found = [self.outcome(shown, step, r.result) for r in readings]
            if all(o.verdict == "proved" and not o.rows for o in found):
                done = self._noted(self.writer.filled(claim, step, found[0]), readings)
                still = constants(found[0].asked.question.open, step.left, step.right)
                fixed = [f"{name} constant" for name in still]
                if kind == "independent":
                    fixed = [*fixed, f"{' and '.join(names)} independent"]
                assumed = [*fixed, "the moments exist"]
                return done._replace(code="D403", assumed=[*(done.assumed or []), *assumed],
                                     message=f"taking {'; '.join(assumed)}")  # fmt: skip
        return None

    def _by_joint(self, claim: Claim, shown: Shown, step: Step) -> Claim | None:
        """The claim where the step holds of the marginals of a joint mass."""
        for unfold in self._ways(shown, step):
            try:
                read = partial(asked, self.page, shown, step, unfold, marginal=True)
                readings = alternatives(read, self.reading)
            except (UnreadableError, ContextError, TermError):
                continue
            if not any(c.endswith(BY_JOINT) for r in readings for c in r.result.conventions):
                return None
            found = [self.outcome(shown, step, r.result) for r in readings]
            if all(o.verdict == "proved" and not o.rows for o in found):
                return self._together(claim, step, readings, found)
        return None

    # -- the verdict on one reading --------------------------------------------------------

    def outcome(self, shown: Shown, step: Step, read: Asked) -> Outcome:
        """The verdict on a step in one reading."""
        question = read.question
        if self.settings.require_declarations and question.open:
            return Outcome("unknown", read, reason="undeclared")
        twice = self._said_twice(shown, step, read.unfolded)
        if twice:
            return Outcome("unknown", read, reason="undecided", blocked=twice)
        best, tried = weakest(question)
        doubtful = any(a.verdict == "refuted" for a in tried)
        if best.verdict == "proved":
            self.keep(shown, step, best)
            return Outcome("proved", read, best)
        rows = self.rows(shown, step, read)
        if rows:
            shown_by_rows = self._by_rows(shown, read, rows)
            if shown_by_rows is not None:
                self.conditional.add((shown.at, step.number))
                return shown_by_rows
        # Where everything is declared more points are looked at than the glance before a proof.
        blocked = "no witness"
        if doubtful or not set(question.open) - set(question.sizes):
            reason = self._said_otherwise(shown, step)
            reason = reason or why_not_refuted(self.page, shown, step, read)
            reason = reason or self.said_elsewhere(shown, read, rows)
            blocked = reason if doubtful or not reason else blocked
        if not blocked:
            # At an end of an interval a text means one-sided derivatives.
            slopes = any(u.head == "Derivative" for _, u in walk(question.statement))
            strict = read.explicit and not slopes
            found = plain_witness(question.along(rows)._replace(rows=rows), strict)
            if found is not None and refuted_whatever(question):
                return Outcome("refuted", read, found, rows)
            unmet = "earlier rows" if doubtful else "no witness"
            blocked = "not for all that may be assumed" if found is not None else unmet
        if doubtful:
            self.conditional.add((shown.at, step.number))
        return Outcome("unknown", read, best, rows, reason_of(best), blocked, tried=tuple(tried))

    def _by_rows(self, shown: Shown, read: Asked, rows: tuple[Row, ...]) -> Outcome | None:
        """The outcome where the step follows from earlier rows: from one, else from all."""
        whole = [(row,) for row in reversed(rows)]
        for chosen in (*whole, *([rows] if len(rows) > 1 else [])):
            question = read.question.along(chosen)
            under = self._under_rows(question, chosen, STEPS if len(chosen) > 1 else ROW_STEPS)
            if under is None:
                continue
            alone = len(chosen) == 1 and not chosen[0].entries
            solved = alone and chosen[0].place[0] == shown.at and question.statement.head == "Eq"
            gained = more_solutions(question, under.savers, chosen[0]) if solved else None
            along = read._replace(question=question)
            return Outcome("proved", along, under, chosen, gained=gained)
        return None

    def _said_otherwise(self, shown: Shown, step: Step) -> str:
        """Whether the page gives an object of probability that the step speaks of itself, and
        other than its law does at some point: then the letter may mean another one."""
        spoken = {h.name for h in heads_in(step.left, step.right) if h.named}
        for other, earlier in self.before(shown, step) if spoken else []:
            head = None if earlier.continued else head_of(earlier.left)
            if head is None or not head.named or head.name not in spoken:
                continue
            self.verdict_of(other, earlier)
            if (other.at, earlier.number) in self.conditional:
                return f"{head.name} may mean another one on this page"
        return ""

    def _under_rows(
        self, question: Question, rows: tuple[Row, ...], steps: int = ROW_STEPS
    ) -> Attempt | None:
        """A proof under earlier rows, if there is one.

        A sign is assumed where a formula has no value without: elsewhere that would take
        away solutions, as in ``x^2 = 1 \\implies x = 1``."""
        names = [n for n in question.open if n not in question.sizes and question.choices(n)]
        asked = (question.statement, *(row.statement for row in rows))
        needy = {n for s in asked for n in clues(question._replace(statement=s), names)[0]}
        for signed in (frozenset[str](), needy):
            savers = {n: SIGNED if n in signed else FREE for n in names}
            found = attempt(question, savers, rows, steps)
            if found.verdict == "proved":
                return None if loses_solutions(question, savers, rows) else weakened(
                    question, found, rows)  # fmt: skip
            if not needy:
                break
        return None

    # -- kinds ------------------------------------------------------------------------------

    def _inherited(self, shown: Shown, step: Step, claim: Claim) -> Claim:
        """Mark a step whose chain was wrong before it came."""
        wrong = any(
            self.found[(shown.at, s.number)].verdict == "refuted"
            for s in shown.steps
            if s.run == step.run and s.number < step.number and (shown.at, s.number) in self.found
        )
        return claim._replace(inherited=True) if wrong and step.continued else claim


def check_document(
    document: Document,
    settings: Settings | None = None,
    sidecars: tuple[Sidecar, ...] = (),
) -> list[Claim]:
    """The claims of a document with their verdicts, in order.

    >>> from derive.document import read
    >>> [c.verdict for c in check_document(read("a.md", "$$ x + x = 2 x $$"))]
    ['proved']
    """
    return Judge(document, settings, sidecars).claims()
