"""What is said without the last variables holds without them, and is kept there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from derive import kernel
from derive.context import Context, Declaration, is_variable
from derive.kernel import Theorem
from derive.search.equations import in_context
from derive.term import ZERO, Term

if TYPE_CHECKING:
    from derive.search.facts import Facts


def without_variables(context: Context, t: Term) -> Iterator[Context]:
    """The contexts before the last variables, one after the other, as far as t mentions none."""
    while context.parent is not None and is_variable(context.entry):
        if cast(Declaration, context.entry).name in t.free:
            return
        context = context.parent
        yield context


def keep_sign(
    facts: Facts, context: Context, equation: Theorem, again: Callable[[Context], Theorem | None]
) -> None:
    """What is found to be positive as it stands is so when it is written out.

    ``Sum((x[i] - u)**2)`` shows its sign, ``Sum(x[i]**2) - 2*u*Sum(x[i]) + n*u**2`` does not.
    It is kept for the contexts without the last variables, too, where ``again`` finds the equation.
    """
    for outer in (context, *without_variables(context, equation.lhs)):
        positive = facts.prove(outer, Term("Lt", (ZERO, equation.lhs)))
        own = equation if outer is context else again(outer)
        if positive is None or own is None or own.rhs != equation.rhs:
            return
        positive, own = in_context(outer, positive), in_context(outer, own)
        facts.remember(outer, kernel.rewrite((1,), positive, own))


__all__ = ["keep_sign", "without_variables"]
