"""What a step of a page is when it is no claim: the definition of its left side."""

from __future__ import annotations

from collections.abc import Container

from derive.check.claims import Claim
from derive.check.naming import catalogued, difference
from derive.check.page.asking.statements import Reader
from derive.check.page.nodes import (
    MASSES,
    Head,
    head_of,
    is_estimate,
    lists_members,
    shape_of,
    unreadable_in,
)
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.check.premises import Premises
from derive.context import ContextError
from derive.latex.elaborate_names import spelled
from derive.latex.tree import UnreadableError
from derive.term import Term, TermError


class Defining(Premises):
    """Tells definitions from claims, and what was said before of a left side."""

    def _defines(self, shown: Shown, step: Step) -> bool:
        """Whether the step is a definition of the page, and of nothing that is known anyway."""
        if step.sign.text == ":=":
            return True
        if step.left.kind == "name" and lists_members(step.right):
            return step.sign.text == "="  # it says what a family is
        for d in self.page.definitions:
            if (d.at, d.step) == (shown.at, step.number):
                known = d.head.named or d.head.name in MASSES
                return not (known and self._has_law(shown, step))
        return False

    def _has_law(self, shown: Shown, step: Step) -> bool:
        """Whether the left side is known from the law of a variable."""
        reader = Reader(self.page, shown, step.number, False)
        try:
            reader.declare_names((step.left,))
            found = reader.side(step.left)
        except (UnreadableError, ContextError, TermError):
            return False
        if reader.opaque or found.head == "symbol":
            return False
        return found.head != "member" or found.value not in reader.open

    def _named(self, claim: Claim, shown: Shown, step: Step) -> Claim:
        """The claim of a definition, with a note where the catalogue has another of its name."""
        head = head_of(step.left)
        known = None if head is None else catalogued(head.name)
        if known is None:
            return claim
        reader = Reader(self.page, shown, step.number, False)
        try:
            reader.declare_names((step.right,))
            value = reader.side(step.right)
            context = reader.question(Term("Eq", (value, value))).context({})
            said = None if context is None else difference(known, value, context)
        except (UnreadableError, ContextError, TermError):
            return claim
        if said is None:
            return claim
        return claim._replace(code="D601", notes=[["D601", said]], message=said)

    def _said_twice(self, shown: Shown, step: Step, keys: Container[str]) -> str:
        """What a step looks into and the page defined again before, in words: nobody knows which
        of the two is meant.  It may have said so by symbols that are new, as of a penalty, or
        in a way that is false at some point and may be meant otherwise."""
        for other, earlier in self.before(shown, step):
            head = None if earlier.continued else head_of(earlier.left)
            if head is None or head.key not in keys or _is_value(head):
                continue
            claim, key = self.verdict_of(other, earlier), (other.at, earlier.number)
            again = claim is not None and claim.code == "D603"
            doubtful = claim is not None and claim.verdict == "unknown" and key in self.conditional
            if again or doubtful or key in self.anew:
                line = self.writer.line(other, earlier.sign.start)
                return f"{head.name} is defined again in line {line}"
        return ""

    def _said_before(self, shown: Shown, step: Step) -> list[tuple[Shown, Step]]:
        """Earlier rows of the section that begin with the same side, the nearest first; a
        function at another argument is another side."""
        side = shape_of(step.left)
        return [
            (other, earlier)
            for other, earlier in self.before(shown, step)
            if not earlier.continued
            and shape_of(earlier.left) == side
            and unreadable_in(earlier.right) is None
        ]


def _is_value(head: Head) -> bool:
    r"""Whether a side is the value of a function at an estimate, ``\ell(\hat\mu)``: that is said of
    the estimate, and is no other function."""
    names = (n.parts[0] if n.kind == "power" else n for n in head.arguments)
    return any(is_estimate(spelled(n) or "") for n in names if n.kind == "name")
