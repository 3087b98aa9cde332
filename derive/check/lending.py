"""What a page, or a page that it links to, proves elsewhere, as lemmas for a step.

A link is no promise: it only says where to look.  What serves is a theorem of the kernel.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import NamedTuple

from derive.check.assuming import Attempt
from derive.check.claims import Claim
from derive.check.defining import Defining
from derive.check.lemmas import Lemma, joined, merged, speaks_of
from derive.check.page.asking.statements import Asked, asked
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.check.question import Question
from derive.context import Context, ContextError
from derive.kernel import Theorem
from derive.latex.elaborate import Reading, alternatives
from derive.latex.tree import UnreadableError
from derive.term import Term, TermError

#: Lemmas that are proved for one step.
MOST = 3


class _Run(NamedTuple):
    """Steps of a display of which each goes on with the one before, as one statement."""

    shown: Shown
    steps: tuple[Step, ...]
    statement: Term
    context: Context


class Lending(Defining):
    """Lends what it proves to later steps, and to the steps of pages that link to it.

    ``linked`` judge the pages to which this one links; ``theorems`` are those of the steps
    that were proved.
    """

    linked: tuple[Lending, ...]
    theorems: dict[tuple[int, int], Theorem]

    @abstractmethod
    def _judged(self, shown: Shown, step: Step) -> Claim:
        """The claim of one step, found anew."""

    @property
    @abstractmethod
    def reading(self) -> Reading:
        """How open choices are answered on the page."""

    def lemmas(self, shown: Shown, step: Step, question: Question) -> tuple[Lemma, ...]:
        """What is proved elsewhere and speaks of parts of a statement: on this page before the
        step, the nearest first, then on the pages that it links to; one lemma of a chain."""
        found: list[Lemma] = []
        for judge, chain in self._before(shown, step):
            if len(found) == MOST:
                break
            for run in chain:
                if not speaks_of(run.statement, run.context, question.statement):
                    continue
                theorem = judge.theorem(run)
                if theorem is not None:
                    found.append(Lemma(theorem, judge.place(run, judge is not self)))
                    break
        return tuple(found)

    def _before(self, shown: Shown, step: Step) -> Iterator[tuple[Lending, tuple[_Run, ...]]]:
        for chain in reversed(self.runs):
            last = chain[-1].steps[-1]
            own = chain[0].shown.at == shown.at and last.run == step.run
            if (chain[0].shown.at, last.number) < (shown.at, step.number) and not own:
                yield self, chain
        for page in self.linked:
            yield from ((page, chain) for chain in page.runs)

    def place(self, run: _Run, elsewhere: bool) -> str:
        """How a lemma is called in a report."""
        last = run.steps[-1]
        line = self.writer.line(run.shown, last.sign.start)
        if elsewhere:
            return f"{PurePosixPath(self.writer.document.path).name} line {line}"
        return last.label or f"line {line}"

    # -- what is lent ----------------------------------------------------------------------

    @cached_property
    def runs(self) -> tuple[tuple[_Run, ...], ...]:
        """What the displays of the page claim: of each chain the whole, then its steps."""
        found: list[tuple[_Run, ...]] = []
        for shown in self.page.displays:
            for steps in self._chains(shown):
                parts = [r for s in steps if (r := self._run(shown, (s,))) is not None]
                whole = self._run(shown, steps) if len(parts) == len(steps) > 1 else None
                if parts:
                    found.append((*([] if whole is None else [whole]), *parts))
        return tuple(found)

    def _chains(self, shown: Shown) -> Iterator[tuple[Step, ...]]:
        """The claims of a display, those together that go on with each other."""
        chain: list[Step] = []
        for step in shown.steps:
            claims = step.is_relation and not self._defines(shown, step)
            if chain and not (step.continued and claims and step.run == chain[-1].run):
                yield tuple(chain)
                chain = []
            if claims:
                chain.append(step)
        if chain:
            yield tuple(chain)

    def _run(self, shown: Shown, steps: tuple[Step, ...]) -> _Run | None:
        if len(steps) > 1 and any(s.sign.text != "=" for s in steps):
            return None
        read = [self._asked(shown, s) for s in (steps[0], steps[-1])]
        if read[0] is None or read[-1] is None:
            return None
        first, last = read[0].question, read[-1].question
        if first.statement.head not in ("Eq", "Le", "Lt"):
            return None
        context = merged(first.entries, last.entries)
        if context is None:
            return None
        statement = Term(first.statement.head, (first.statement.args[0], last.statement.args[1]))
        return _Run(shown, steps, statement, context)

    def _asked(self, shown: Shown, step: Step) -> Asked | None:
        for unfold in (False, True):
            try:
                read = partial(asked, self.page, shown, step, unfold)
                return alternatives(read, self.reading)[0].result
            except (UnreadableError, ContextError, TermError, RecursionError):
                continue
        return None

    def keep(self, shown: Shown, step: Step, proof: Attempt) -> None:
        """Keep what proves a step, to be lent."""
        if proof.found is not None and proof.found.theorem is not None:
            self.theorems.setdefault((shown.at, step.number), proof.found.theorem)

    def theorem(self, run: _Run) -> Theorem | None:
        """What some steps prove together; None where one of them is not proved."""
        whole: Theorem | None = None
        for step in run.steps:
            found = self._theorem(run.shown, step)
            if found is None:
                return None
            whole = found if whole is None else joined(whole, found)
            if whole is None:
                return None
        return whole

    def _theorem(self, shown: Shown, step: Step) -> Theorem | None:
        claim, key = self.verdict_of(shown, step), (shown.at, step.number)
        if claim is None or claim.verdict != "proved" or claim.kind != "claim":
            return None
        if key in self.conditional:
            return None
        if key not in self.theorems:
            self._judged(shown, step)  # another worker has found the claim
        return self.theorems.get(key)
