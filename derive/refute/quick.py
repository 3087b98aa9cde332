"""A body under one binder as a function of complex boxes, taken apart once for all of them.

Quadrature asks for thousands of boxes.  What does not depend on the variable is evaluated when
it is first needed; heads that are not arithmetic or functions of the table are left to the
evaluation itself.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.refute import numbers
from derive.refute.numbers import flint
from derive.refute.values import VALUES
from derive.term import BINDERS, Term, mentions

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation

#: The value on a box.
Quick = Callable[[Any], Any]


class Box(Exception):  # noqa: N818  # a signal, not an error
    """The integrand is not certainly analytic on a box."""


def quick(run: Evaluation, t: Term, slow: Callable[[Term], Any]) -> Quick:
    """The function of a box that a term open in ``bound(0)`` is.

    ``slow`` evaluates a term with the box on the scope; the scope holds one when the function
    is called.  The function raises Box, Unsure and Undefined as the evaluation does.
    """
    if not mentions(t, 0):
        return _constant(run, t)
    head = t.head
    if head == "bound":
        return lambda z: z
    if head == "Pow" and not mentions(t.args[1], 0):
        return _power(run, t, slow)
    known = head in ("Add", "Mul", "Neg", "Div", "Pow") or head in VALUES
    if not known or head in BINDERS:
        return lambda _: slow(t)
    return _applied(t, [quick(run, a, slow) for a in t.args])


def _constant(run: Evaluation, t: Term) -> Quick:
    found: list[Any] = []

    def value(_: Any) -> Any:
        if not found:
            found.append(flint().acb(numbers.ball(run.value(t))))
        return found[0]

    return value


def _power(run: Evaluation, t: Term, slow: Callable[[Term], Any]) -> Quick:
    base, general = quick(run, t.args[0], slow), _applied(t, [quick(run, a, slow) for a in t.args])
    whole: list[int | None] = []

    def value(z: Any) -> Any:
        if not whole:
            e = run.value(t.args[1])
            whole.append(int(e) if type(e) is Fraction and e.denominator == 1 else None)
        return general(z) if whole[0] is None else base(z) ** whole[0]

    return value


def _applied(t: Term, parts: list[Quick]) -> Quick:
    """The head of a term applied to functions."""
    first = parts[0]
    if t.head in ("Add", "Mul"):
        return _joined(t.head == "Add", parts)
    if t.head == "Neg":
        return lambda z: -first(z)
    if t.head == "Div":
        return lambda z: first(z) / parts[1](z)
    if t.head == "Pow":
        return lambda z: (parts[1](z) * _positive(first(z)).log()).exp()
    analytic = VALUES[t.head].analytic
    if analytic is None:
        return _nowhere
    if len(parts) == 1:
        return lambda z: analytic(first(z))
    return lambda z: analytic(*(p(z) for p in parts))


def _joined(added: bool, parts: list[Quick]) -> Quick:
    def value(z: Any) -> Any:
        total = parts[0](z)
        for p in parts[1:]:
            total = total + p(z) if added else total * p(z)
        return total

    return value


def _positive(z: Any) -> Any:
    if not z.real > 0:
        raise Box
    return z


def _nowhere(_: Any) -> Any:
    raise Box
