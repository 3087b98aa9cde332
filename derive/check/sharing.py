"""A part of a page judged by itself, so that several workers share one page.

The claim of a step depends on earlier displayed steps, which are judged here when they are
asked for, as if they had come first.  It may also depend on what was found of equations within
sentences, and that depends on who asked first: such a claim, and whatever rests on it, is
left to the one who judges the page in order.  So every claim of a part is the one
that the whole page would have.
"""

from __future__ import annotations

from derive.check.claims import Claim
from derive.check.judge import Judge, Settings
from derive.check.limits import tell
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.document import Document
from derive.document.projects import Sidecar

#: How many earlier steps may wait for one another.
_DEEP = 12

Key = tuple[int, int]
Steps = list[tuple[Shown, Step]]


class Share(Judge):
    """Judges some steps of a page without those before them; ``left``: those it cannot.

    >>> from derive.document import read
    >>> share = Share(read("a.md", "$$ a + a = 2 a $$ $$ b + b = 2 b = 2 b + 0 $$"))
    >>> [share.claim(*s).step for s in part_of(share.steps, 1, 2)], share.left
    ([1, 2], set())
    """

    def __init__(
        self,
        document: Document,
        settings: Settings | None = None,
        sidecars: tuple[Sidecar, ...] = (),
        linked: tuple[Judge, ...] = (),
    ) -> None:
        super().__init__(document, settings, sidecars, linked)
        self.left: set[Key] = set()
        self._under_way: list[Key] = []

    def claim(self, shown: Shown, step: Step) -> Claim:
        """The claim of one step."""
        key = (shown.at, step.number)
        if key in self.found:
            return self.found[key]
        self._under_way.append(key)
        tell({"begin": list(key)})
        try:
            claim = super().claim(shown, step)
        finally:
            self._under_way.pop()
            if self._under_way:
                tell({"begin": list(self._under_way[-1])})
        if claim.reason == "limit":  # deeper in calls than it would be in order
            self.left.add(key)
        return claim

    def verdict_of(self, shown: Shown, step: Step) -> Claim | None:
        key = (shown.at, step.number)
        if not shown.chain or (key not in self.found and len(self._under_way) > _DEEP):
            self.left.update(self._under_way)
            return None
        # In order it would have been judged before, with nothing else under way.
        running, self.running = self.running, set()
        try:
            claim = self.claim(shown, step)
        finally:
            self.running = running
        if key in self.left:
            self.left.update(self._under_way)
        return claim


def part_of(steps: Steps, part: int, parts: int) -> Steps:
    """The steps of one part out of so many; a display is never divided."""

    def cut(k: int) -> int:
        place = len(steps) * k // parts
        while 0 < place < len(steps) and steps[place][0].at == steps[place - 1][0].at:
            place += 1
        return place

    return steps[cut(part) : cut(part + 1)]
