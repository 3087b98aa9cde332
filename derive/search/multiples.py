"""Signs of multiples: ``0 < y`` from ``0 < y/n`` for a positive n.

Where a textbook splits ``log(y/n) = log(y) - log(n)``, what the right side needs follows from
what the left side needs in this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.search.equations import equate, in_context, opened
from derive.search.order.scaling import ratios
from derive.term import ZERO, Term, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def by_multiple(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``0 < t``, or ``t != 0``, from a hypothesis that says so of a positive multiple of t.

    A statement for every index is proved for declared indices, in their longer context.
    """
    inner, goal = opened(context, s)
    t = _signed(goal)
    if t is None:
        return None
    names = [entry[0] for entry in inner.entries(context)]
    for known in _hypotheses(facts, inner, [symbol(str(name)) for name in names]):
        other = _signed(known.statement)
        if other is None or (goal.head, known.statement.head) == ("Lt", "Ne"):
            continue
        for factor in ratios(t, other):
            product = Term("Mul", (factor, other))
            whole = facts.prove(inner, _again(goal, product))
            equal = None if whole is None else equate(facts, inner, product, t)
            if whole is not None and equal is not None:
                place = (1,) if goal.head == "Lt" else (0,)
                return kernel.rewrite(place, in_context(inner, whole), in_context(inner, equal))
    return None


def _signed(s: Term) -> Term | None:
    """The t of ``0 < t`` and of ``t != 0``."""
    if s.head == "Lt" and s.args[0] == ZERO:
        return s.args[1]
    return s.args[0] if s.head == "Ne" and s.args[1] == ZERO else None


def _again(goal: Term, t: Term) -> Term:
    """The same said of another term."""
    return Term("Lt", (ZERO, t)) if goal.head == "Lt" else Term("Ne", (t, ZERO))


def _hypotheses(facts: Facts, context: Context, indices: list[Term]) -> Iterator[Theorem]:
    """The hypotheses, those for every index at these ones."""
    for h in context.hypotheses():
        depth, inside = 0, h
        while inside.head == "ForAll":
            depth, inside = depth + 1, inside.args[0]
        if inside.head not in ("Lt", "Ne") or depth not in (0, len(indices)):
            continue
        found = facts.at(context, h, tuple(indices)) if depth else kernel.hypothesis(context, h)
        if found is not None:
            yield in_context(context, found)


__all__ = ["by_multiple"]
