"""Which way the laws of a page are meant, and one claim from all the ways to read a step."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property

from derive.check.claims import Claim
from derive.check.lending import Lending
from derive.check.page.asking.statements import Asked
from derive.check.page.asking.varying import varies_defined
from derive.check.page.nodes import names_in
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.check.telling import Telling, settled, tellings
from derive.check.writing import Outcome
from derive.latex.elaborate import Alternative, Reading


class Meant(Lending):
    """Settles which way a page is meant; a step that can be read in several has to be true in all.

    ``weighed`` holds what each step tells of that.
    """

    weighed: dict[tuple[int, int], tuple[Telling, ...]]

    @property
    @abstractmethod
    def steps(self) -> list[tuple[Shown, Step]]:
        """All steps that are judged, in order."""

    @cached_property
    def settled(self) -> Mapping[str, int]:
        """The way in which each law of the page is meant, as far as the page says or tells."""
        told = [t for shown, step in self.steps for t in self.weigh(shown, step)]
        return {**settled(told), **self.page.parametrised}

    @property
    def reading(self) -> Reading:
        """How open choices are answered on the page."""
        return Reading(chosen=self.settled)

    def weigh(self, shown: Shown, step: Step) -> tuple[Telling, ...]:
        """Which way a step tells that laws are meant: it is true in one reading only."""
        key = (shown.at, step.number)
        if key not in self.weighed:
            silent = not self.page.leaves_open or self._defines(shown, step)
            told = () if silent else tellings(self.page, shown, step, self._ways(shown, step))
            self.weighed[key] = tuple(told)
        return self.weighed[key]

    def _ways(self, shown: Shown, step: Step) -> tuple[bool, ...]:
        """Whether to look into symbols that the page defines: not at first, unless the step varies
        what they are defined by."""
        names = names_in(step.left) | names_in(step.right)
        keys = {d.head.name for d in self.page.definitions if not d.head.called}
        if not names & keys or varies_defined(self.page, shown, step):
            return (True,)
        return (False, True)

    def _together(
        self,
        claim: Claim,
        step: Step,
        readings: list[Alternative[Asked]],
        outcomes: list[Outcome],
    ) -> Claim:
        """One claim from all readings: settled where they agree."""
        if len({o.verdict for o in outcomes}) == 1:
            first = outcomes[0]
            # Where another way cannot be read nobody knows what it would say.
            if first.verdict == "refuted" and len(readings) == 1 and self._open(readings[0]):
                first = first._replace(verdict="unknown", blocked="it can be read in another way")
            return self._noted(self.writer.filled(claim, step, first), readings)
        said = "; or ".join(", ".join(r.answers) for r in readings)
        holds = [r for r, o in zip(readings, outcomes, strict=True) if o.verdict == "proved"]
        only = f"; it holds for {', '.join(holds[0].answers)} only" if len(holds) == 1 else ""
        unsettled = self.writer.filled(claim, step, outcomes[0])
        return unsettled._replace(
            verdict="unknown", code="D302", reason="unreadable", witness=None, weaker=None,
            message=f"this can be read in ways that disagree: {said}{only}", cause="ambiguous",
            repair=None, conditions=None, assumed=None,
        )  # fmt: skip

    def _open(self, reading: Alternative[Asked]) -> list[str]:
        """The answers of a reading to questions that the page does not settle."""
        pairs = zip(reading.chosen, reading.answers, strict=True)
        return [words for question, words in pairs if question not in self.settled]

    def _noted(self, claim: Claim, readings: list[Alternative[Asked]]) -> Claim:
        """The claim with a note on how laws were read that other steps of the page tell."""
        said = self.page.parametrised
        told = dict.fromkeys(
            words.partition(",")[0]
            for r in readings
            for question, words in zip(r.chosen, r.answers, strict=True)
            if question in self.settled and question not in said
        )
        if not told:
            return claim
        note = ["D403", f"read as {', '.join(told)}, which the steps of this page tell"]
        return claim._replace(notes=[*(claim.notes or []), note])
