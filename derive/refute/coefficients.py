"""The coefficients of a body that is a polynomial in the variable of its binder, as balls."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.refute import numbers
from derive.refute.jets import Jet
from derive.refute.numbers import flint
from derive.term import Term, is_number, mentions

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation

#: The highest exponent that is multiplied out.
LARGEST_DEGREE = 12


class NoBound(Exception):  # noqa: N818  # a signal, not an error
    """The integrand is not of a kind that is bounded here."""


def constant(run: Evaluation, t: Term) -> Any:
    """The ball of a term without the variable.  Raises Undefined, Unsure or NoBound."""
    value = run.under(t, Fraction(0))
    if type(value) is Jet:
        raise NoBound
    return numbers.ball(value)


def plus(a: tuple[Any, ...], b: tuple[Any, ...]) -> tuple[Any, ...]:
    """The coefficients of the sum of two polynomials."""
    if len(a) < len(b):
        a, b = b, a
    return tuple(x + b[k] if k < len(b) else x for k, x in enumerate(a))


def polynomial(run: Evaluation, t: Term) -> list[Any]:
    """The coefficients of a polynomial in the variable.  Raises NoBound for other terms."""

    arb = flint().arb
    head, args = t.head, t.args
    if not mentions(t, 0):
        return [constant(run, t)]
    if head == "bound":
        return [arb(0), arb(1)]
    if head == "Neg":
        return [-c for c in polynomial(run, args[0])]
    if head == "Add":
        total: tuple[Any, ...] = ()
        for a in args:
            total = plus(total, tuple(polynomial(run, a)))
        return list(total)
    if head == "Div" and not mentions(args[1], 0):
        return [c / constant(run, args[1]) for c in polynomial(run, args[0])]
    if head == "Mul":
        product = [arb(1)]
        for a in args:
            product = _times(product, polynomial(run, a))
        return product
    if head == "Pow" and is_number(args[1]) and args[1].value in range(LARGEST_DEGREE + 1):
        product, base = [arb(1)], polynomial(run, args[0])
        for _ in range(int(args[1].value)):
            product = _times(product, base)
        return product
    raise NoBound


def _times(a: list[Any], b: list[Any]) -> list[Any]:
    if len(a) + len(b) > LARGEST_DEGREE + 2:
        raise NoBound
    product = [flint().arb(0)] * (len(a) + len(b) - 1)
    for i, u in enumerate(a):
        for j, v in enumerate(b):
            product[i + j] = product[i + j] + u * v
    return product
