r"""What is left of an equation whose integrals without ends cancel.

``\int f \, dx = \int f \, dx + 1`` has the same derivative on both sides, and yet nobody who
subtracts the integral is content with ``0 = 1``.
"""

from __future__ import annotations

from derive.context import Context
from derive.kernel import KernelError
from derive.latex.elaborate_antiderivatives import alone, beside
from derive.latex.elaborate_place import Reading
from derive.latex.tree import Node, UnreadableError
from derive.refute.numbers import IllFormed
from derive.refute.witness import refute
from derive.term import Term

#: Points at which two sides are compared.
_POINTS = 8


def leave_nothing_over(left: Node, right: Node, reading: Reading) -> None:
    """Raise UnreadableError where the integrals without ends of two sides cancel, and what stands
    beside them is not the same."""
    sides = beside(left, right, reading)
    if _differ(reading.context, sides) and not _differ(
        reading.context, alone(left, right, reading)
    ):
        raise UnreadableError(
            "the integrals without ends cancel, and what is left is not equal as it stands",
            left.start, right.end, r"write their ends, \int_{a}^{b}",
        )  # fmt: skip


def _differ(context: Context, sides: tuple[Term, Term]) -> bool:
    """Whether two terms were found to have other values at some point."""
    try:
        return refute(context, Term("Eq", sides), _POINTS, thorough=False, glance=True) is not None
    except (OverflowError, RecursionError, KernelError, IllFormed):
        return False
