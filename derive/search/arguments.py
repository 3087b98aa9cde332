"""Showing that logarithms, quotients and roots have values, where that takes an inequality.

``log(sigmoid(b) - sigmoid(a))`` is defined for a < b because the sigmoid increases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.context import Context
from derive.kernel import Theorem
from derive.search.facts import Facts
from derive.search.questions import closed_parts
from derive.term import ZERO, Term, is_number

if TYPE_CHECKING:
    from collections.abc import Sequence


def with_positive_arguments(facts: Facts, context: Context, terms: Sequence[Term]) -> Facts | None:
    """A memory in which more is known to be positive; None when nothing new is found."""
    if all(facts.defined(context, t) is not None for t in terms):
        return None
    from derive.search.order.inequalities import inequality

    found: list[Theorem] = []
    for needed in dict.fromkeys(s for t in terms for s in _needed(t)):
        if facts.prove(context, needed) is None:
            u = needed.args[0] if needed.head == "Ne" else needed.args[1]
            new = inequality(facts, context, Term("Lt", (ZERO, u)))
            found += [] if new is None else [new]
    if not found:
        return None
    # What was not found without these facts may be found now.
    fresh = Facts()
    fresh.steps, fresh.effort = facts.steps, facts.effort
    for theorem in found:
        fresh.remember(context, theorem)
    return fresh


def _needed(t: Term) -> Iterator[Term]:
    """What must be positive, or not 0, for a term to have a value."""
    for u in closed_parts(t):
        root = u.head == "Pow" and is_number(u.args[1]) and u.args[1].value.denominator > 1
        if u.head == "log" or root:
            yield Term("Lt", (ZERO, u.args[0]))
        elif u.head == "Div" and u.args[1].free:
            yield Term("Ne", (u.args[1], ZERO))


__all__ = ["with_positive_arguments"]
