"""Integrals whose integrand is singular at an end: ``x**(a - 1)*(1 - x)**(b - 1)`` and the like.

Near an end the variable is written as end + y or end - y with 0 < y < 1.  There the integrand is
at most ``M * y**s`` with s > -1, so that what lies between 0 and d is at most
``M * d**(s + 1)/(s + 1)``; on the rest ``y = w*exp(-u)`` makes it smooth.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.refute import numbers
from derive.refute.numbers import ONE, ZERO, Undefined, Unsure, flint
from derive.term import BINDERS, Term, apply, bound, instantiate, mentions, number, rebuild, shift

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation

#: Values of u behind which the end is only bounded; and how small that part must be.
DEPTHS, SMALL_BITS = (48, 96, 192, 384, 768), 70

#: ``|log(y)| <= y**-SLOW / (e*SLOW)`` for 0 < y < 1.
SLOW = Fraction(1, 16)

Order = tuple[Any, Any]
Inner = Callable[..., Any]


class NoOrder(Exception):  # noqa: N818  # a signal, not an error
    """How the integrand grows near the end is not known."""


def from_ends(run: Evaluation, body: Term, low: Any, high: Any, enclose: Inner) -> Any:
    """The integral between two exact ends, each approached on its own.

    ``enclose`` integrates a smooth body.  Raises Unsure where that does not help.
    """
    if type(low) is not Fraction or type(high) is not Fraction:
        raise Unsure("an integral with a singular end that is not exact")
    if high < low:
        return -numbers.ball(from_ends(run, body, high, low, enclose))
    width = (high - low) / 2
    try:
        return sum(
            (_at_end(run, body, end, side, width, enclose) for end, side in ((low, 1), (high, -1))),
            flint().arb(0),
        )
    except NoOrder:
        raise Unsure("an integral with a singular end") from None


def _at_end(
    run: Evaluation, body: Term, end: Fraction, side: int, width: Fraction, enclose: Inner
) -> Any:
    moved = number(side) * bound(0) if end == 0 else number(end) + number(side) * bound(0)
    inside = _tidied(run, instantiate(shift(body, 1, 1), moved), 0)
    arb = flint().arb
    for depth in DEPTHS:
        near = numbers.ball(width) * arb(-depth).exp()
        factor, exponent = _order(run, inside, near)
        power = numbers.ball(exponent) + 1
        if not power > 0:
            exact = _exact(run, inside, near)
            if exact is not None and exact + 1 <= 0:
                raise Undefined("an integral that diverges at an end")
            raise NoOrder
        rest = factor * near**power / power
        if rest < arb(2) ** -SMALL_BITS:
            y = number(width) * apply("exp", -bound(0))
            smooth = Term("Mul", (instantiate(shift(inside, 1, 1), y), y))
            return numbers.ball(enclose(run, smooth, ZERO, Fraction(depth))) + arb(0, rest.upper())
    raise Unsure("an integral with a singular end that is not bounded")


# -- what is linear in the variable, written without cancellation --------------------------------


def _tidied(run: Evaluation, t: Term, depth: int) -> Term:
    """The term with every part that is linear in the variable as ``c + d*y``."""
    line = _line(run, t, depth) if t.head in ("Add", "Neg", "Mul") else None
    if line is None:
        return rebuild(t, lambda a, d: _tidied(run, a, d), depth)
    constant, slope = line
    y: Term = bound(depth)
    moving = y if slope == 1 else number(slope) * y
    if slope == 0:
        return number(constant)
    return moving if constant == 0 else number(constant) + moving


def _line(run: Evaluation, t: Term, depth: int) -> tuple[Fraction, Fraction] | None:
    """Offset and slope of a term that is linear in the variable, both exact."""
    if t.head == "bound":
        return (ZERO, ONE) if t.value == depth else None
    if t.head == "number":
        return t.value, ZERO
    if t.head == "symbol":
        value = run.point.get(t.value)
        return (value, ZERO) if type(value) is Fraction else None
    if t.head not in ("Add", "Neg", "Mul"):
        return None
    parts = [_line(run, a, depth) for a in t.args]
    known = [p for p in parts if p is not None]
    if len(known) < len(parts):
        return None
    if t.head == "Neg":
        return -known[0][0], -known[0][1]
    if t.head == "Add":
        return sum((c for c, _ in known), ZERO), sum((d for _, d in known), ZERO)
    constant, slope = ONE, ZERO
    for c, d in known:
        if slope and d:
            return None
        constant, slope = constant * c, slope * c + constant * d
    return constant, slope


# -- how the integrand grows --------------------------------------------------------------------


def _order(run: Evaluation, t: Term, near: Any) -> Order:
    """M and s with ``|t| <= M*y**s`` for 0 < y < near < 1."""

    if not mentions(t, 0):
        return abs(numbers.ball(run.under(t, ZERO))), ZERO
    head, args = t.head, t.args
    monomial = _monomial(run, t)
    if monomial is not None:
        return abs(monomial[0]), monomial[1]
    if head in ("Neg", "Abs"):
        return _order(run, args[0], near)
    if head == "Add":
        return _together([_order(run, a, near) for a in args])
    if head in ("Mul", "Div"):
        factor, exponent = _order(run, args[0], near)
        for a in args[1:]:
            m, s = _order(run, a, near) if head == "Mul" else _inverse(run, a, near)
            factor, exponent = factor * m, numbers.add(exponent, s)
        return factor, exponent
    if head == "log":
        return _together(_logarithm(run, args[0], near))
    if head.endswith(("Mass", "Density")):
        from derive.refute.balls import density

        return _order(run, density(t), near)
    return _size(run, t, near).upper(), ZERO


def _together(orders: list[Order]) -> Order:
    """The order of a sum of terms of these orders."""
    least = orders[0][1]
    for _, s in orders[1:]:
        least = s if numbers.exact_sign(numbers.add(least, -s)) > 0 else least
    return sum((m for m, _ in orders), flint().arb(0)), least


def _logarithm(run: Evaluation, t: Term, near: Any) -> list[Order]:
    """Orders whose sum bounds the absolute value of ``log(t)``, factor by factor."""
    arb = flint().arb
    if not mentions(t, 0):
        value = _constant(run, t)
        if not value > 0:
            raise NoOrder
        return [(abs(value.log()), ZERO)]
    inner = _monomial(run, t)
    if inner is not None and inner[0] > 0:
        slow = numbers.ball(abs(inner[1])) / (arb(1).exp() * numbers.ball(SLOW))
        return [(abs(inner[0].log()) + slow, -SLOW)]
    if t.head == "exp":
        return [_order(run, t.args[0], near)]
    if t.head in ("Mul", "Div"):
        return [order for a in t.args for order in _logarithm(run, a, near)]
    if t.head == "Pow" and not mentions(t.args[1], 0):
        times = abs(_constant(run, t.args[1]))
        return [(times * m, s) for m, s in _logarithm(run, t.args[0], near)]
    if t.head.endswith(("Mass", "Density")):
        from derive.refute.balls import density

        return _logarithm(run, density(t), near)
    return [(_size(run, Term("log", (t,)), near).upper(), ZERO)]


def _exact(run: Evaluation, t: Term, near: Any) -> Any:
    """s where ``|t|`` lies between positive multiples of ``y**s``; None where that is open."""
    monomial = _monomial(run, t)
    if monomial is not None:
        return monomial[1] if monomial[0] > 0 or monomial[0] < 0 else None
    if t.head == "Neg":
        return _exact(run, t.args[0], near)
    if t.head in ("Mul", "Div"):
        total: Any = ZERO
        for k, a in enumerate(t.args):
            s = _exact(run, a, near)
            if s is None:
                return None
            total = numbers.add(total, -s if k and t.head == "Div" else s)
        return total
    return ZERO if _size(run, t, near).lower() > 0 else None


def _inverse(run: Evaluation, t: Term, near: Any) -> Order:

    monomial = _monomial(run, t) if mentions(t, 0) else (numbers.ball(run.under(t, ZERO)), ZERO)
    if monomial is None and t.head == "Mul":
        factor, exponent = flint().arb(1), ZERO
        for a in t.args:
            m, s = _inverse(run, a, near)
            factor, exponent = factor * m, numbers.add(exponent, s)
        return factor, exponent
    if monomial is None:
        smallest = _size(run, t, near).lower()
        if not smallest > 0:
            raise NoOrder
        return 1 / smallest, ZERO
    return 1 / abs(monomial[0]), numbers.multiply(Fraction(-1), monomial[1])


def _monomial(run: Evaluation, t: Term) -> tuple[Any, Any] | None:
    """c and s of a term that is ``c*y**s`` for y > 0; None for others."""

    if not mentions(t, 0):
        return None
    if t.head == "bound":
        return flint().arb(1), ONE
    if t.head == "Neg":
        inner = _monomial(run, t.args[0])
        return None if inner is None else (-inner[0], inner[1])
    if t.head == "Mul":
        factor: Any = flint().arb(1)
        exponent: Any = ZERO
        for a in t.args:
            inner = _monomial(run, a) if mentions(a, 0) else (_constant(run, a), ZERO)
            if inner is None:
                return None
            factor, exponent = factor * inner[0], numbers.add(exponent, inner[1])
        return factor, exponent
    if t.head == "Pow" and not mentions(t.args[1], 0):
        inner, e = _monomial(run, t.args[0]), run.under(t.args[1], ZERO)
        if inner is not None and type(e) is Fraction and e.denominator == 1:
            return inner[0] ** int(e), numbers.multiply(inner[1], e)
        if inner is not None and inner[0] > 0:
            return inner[0] ** numbers.ball(e), numbers.multiply(inner[1], e)
    return None


def _constant(run: Evaluation, t: Term) -> Any:
    return numbers.ball(run.under(t, ZERO))


def _size(run: Evaluation, t: Term, near: Any) -> Any:
    """A ball of absolute values on 0 <= y <= near.  Raises NoOrder."""
    from derive.refute.integrals import on_box

    if t.head in BINDERS:
        raise NoOrder
    value = on_box(run, t, flint().acb((near / 2).union(flint().arb(0)).union(near)))
    if value is None or not value.is_finite():
        raise NoOrder
    return abs(value)
