"""Improper integrals: a finite part, and a bound for what lies beyond it.

An integrand is majorised by a sum of terms ``A * x**k * exp(q(x))`` with a polynomial q: on
``x >= R >= 1`` that is at most ``A * x**k * exp(-c*x)`` where q falls at least so fast, and
the integral of this from R on is below ``A * R**k * exp(-c*R) / (c - k/R)`` for ``c*R > k``.
Where no such bound is found the integral is unsure.  The tail on the left is the one on the
right of the integrand reflected.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from derive.refute import numbers
from derive.refute.coefficients import LARGEST_DEGREE, NoBound, constant, plus, polynomial
from derive.refute.numbers import Undefined, Unsure, flint
from derive.term import BINDERS, Term, bound, instantiate, mentions, shift

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation

#: Where the tail may begin.
STARTS = (8, 16, 32, 64, 128, 512)

#: A tail is small enough when it is below this; and exponents of terms that are expanded.
SMALL_BITS, LARGEST_SUM, LARGEST_POWER = 70, 60, 40

#: How steep the tangent of an exponential below another one is.
SPEED = 8

#: Functions that stay between -1 and 1.
_BOUNDED = ("sigmoid", "tanh", "sin", "cos", "erf", "sign")


class Majorant(NamedTuple):
    """``A * x**k * exp(q(x))``: the coefficients of q are balls, constant first."""

    factor: Any
    degree: int
    exponent: tuple[Any, ...]


def improper(run: Evaluation, body: Term, low: Any, high: Any) -> Any:
    """The integral of a body under one binder; an end that is None is infinite.

    Raises Unsure where it cannot be enclosed.
    """
    from derive.refute.integrals import enclose

    arb = flint().arb
    tails = []
    if high is None:
        tails.append(body)
    if low is None:
        tails.append(instantiate(_raised(body), Term("Neg", (bound(0),))))
    try:
        majorants = [_majorants(run, t) for t in tails]
    except (NoBound, Undefined):
        raise Unsure("an improper integral") from None
    for start in STARTS:
        if any(end is not None and abs(numbers.bounds(end)[0]) >= start for end in (low, high)):
            continue
        rest = [_tail(terms, start) for terms in majorants]
        if any(r is None or not r < arb(2) ** -SMALL_BITS for r in rest):
            continue
        first = Fraction(-start) if low is None else low
        last = Fraction(start) if high is None else high
        middle = enclose(run, body, first, last)
        width = sum((r.upper() for r in rest), arb(0))
        return numbers.ball(middle) + arb(0, width)
    raise Unsure("an improper integral whose tails are not bounded")


def diverges(run: Evaluation, body: Term) -> bool:
    """Whether a body under one binder is a polynomial that is not 0."""
    try:
        coefficients = polynomial(run, body)
    except (NoBound, Undefined, Unsure):
        return False
    return any(c > 0 or c < 0 for c in coefficients)


def _raised(body: Term) -> Term:
    """The body under one more binder: its own variable stays the inner one's."""
    return shift(body, 1, 1)


def _tail(terms: list[Majorant], start: int) -> Any:
    """An upper bound of the sum of the terms, integrated from ``start`` on; None: unknown."""
    arb = flint().arb
    total = arb(0)
    for factor, degree, exponent in terms:
        speed, constant = _decay(exponent, start)
        if speed is None or not speed * start > degree:
            return None
        power = arb(start) ** degree
        total += factor * power * (constant - speed * start).exp() / (speed - arb(degree) / start)
    return total


def _decay(exponent: tuple[Any, ...], start: int) -> tuple[Any, Any]:
    """Numbers c > 0 and d with q(x) <= d - c*x for x >= start; None where there are none."""
    arb = flint().arb
    terms = list(exponent)
    constant = terms[0] if terms else arb(0)
    top = len(terms) - 1
    if top < 1 or not terms[top] < 0:
        return None, None
    # q(x) - q_0 <= x**top * (q_top + sum of |q_k| * start**(k - top)), and that is negative
    slope = terms[top]
    for k in range(1, top):
        slope = slope + abs(terms[k]) / arb(start) ** (top - k)
    if not slope < 0:
        return None, None
    return -slope * arb(start) ** (top - 1), constant


# -- majorants ------------------------------------------------------------------------------------


def _majorants(run: Evaluation, t: Term) -> list[Majorant]:
    """Terms whose sum is at least the absolute value, for x >= 1; the variable is bound(0)."""

    head, args = t.head, t.args
    if not mentions(t, 0):
        return [Majorant(abs(constant(run, t)), 0, ())]
    if head == "bound":
        return [Majorant(flint().arb(1), 1, ())]
    if head in ("Neg", "Abs"):
        return _majorants(run, args[0])
    if head == "Add":
        return _short([m for a in args for m in _majorants(run, a)])
    if head == "Mul":
        found = _majorants(run, args[0])
        for a in args[1:]:
            found = _multiplied(found, _majorants(run, a))
        return found
    if head == "Div" and args[1] in (bound(0), Term("Neg", (bound(0),))):  # 1/x is at most 1
        return _majorants(run, args[0])
    if head == "Div" and not mentions(args[1], 0):
        return [
            m._replace(factor=m.factor / abs(constant(run, args[1])))
            for m in _majorants(run, args[0])
        ]
    if head == "Pow" and not mentions(args[1], 0):
        degree = run.under(args[1], Fraction(0))
        if degree in range(LARGEST_DEGREE + 1):
            found = [Majorant(flint().arb(1), 0, ())]
            for _ in range(int(degree)):
                found = _multiplied(found, _majorants(run, args[0]))
            return found
    if head == "Pow" and args[0].head == "bound" and not mentions(args[1], 0):
        # at most the next whole power, and 1 for a negative one, as x >= 1
        degree = numbers.bounds(constant(run, args[1]))[1].__ceil__()
        if degree <= LARGEST_POWER:
            return [Majorant(flint().arb(1), max(degree, 0), ())]
    if head == "exp":
        falling = _falling(run, args[0])
        if falling is not None:
            return [Majorant(flint().arb(1), 0, falling)]
        return [Majorant(flint().arb(1), 0, tuple(polynomial(run, args[0])))]
    if head in _BOUNDED:
        _majorants(run, args[0])  # so that the argument is defined everywhere
        return [Majorant(flint().arb(1), 0, ())]
    if head == "log":
        return _short(_logarithm(run, args[0]))
    if head.endswith(("Mass", "Density")) and head not in BINDERS:
        from derive.refute.balls import density

        return _majorants(run, density(t))
    raise NoBound


def _falling(run: Evaluation, t: Term) -> tuple[Any, ...] | None:
    """A polynomial that is not below ``-exp(q(x))`` or a power of it; None for other terms.

    ``exp(q) >= SPEED*(q + 1 - log(SPEED))`` by the tangent, and ``exp(q) >= 0``.
    """
    power = Fraction(1)
    inside = t.args[0] if t.head == "Neg" else t
    if inside.head == "Pow" and type(inside.args[1].value) is Fraction:
        inside, power = inside.args[0], inside.args[1].value
    if t.head != "Neg" or inside.head != "exp":
        return None
    arb = flint().arb
    q = [numbers.ball(power) * c for c in polynomial(run, inside.args[0])]
    if len(q) < 2 or not q[-1] > 0:
        return (arb(0),)
    speed = arb(SPEED)
    q[0] = q[0] + 1 - speed.log()
    return tuple(-speed * c for c in q)


def _logarithm(run: Evaluation, t: Term) -> list[Majorant]:
    """The absolute value of a logarithm, factor by factor."""

    if not mentions(t, 0):
        value = abs(constant(run, t))
        if not value > 0:
            raise NoBound
        return [Majorant(abs(value.log()), 0, ())]
    if t.head == "bound":
        return [Majorant(flint().arb(1), 1, ())]
    if t.head == "exp":
        return _majorants(run, t.args[0])
    if t.head == "Pow" and not mentions(t.args[1], 0):
        times = abs(constant(run, t.args[1]))
        return [m._replace(factor=times * m.factor) for m in _logarithm(run, t.args[0])]
    if t.head in ("Mul", "Div"):
        return [m for a in t.args for m in _logarithm(run, a)]
    if t.head.endswith(("Mass", "Density")):
        from derive.refute.balls import density

        return _logarithm(run, density(t))
    raise NoBound


def _multiplied(a: list[Majorant], b: list[Majorant]) -> list[Majorant]:
    product = [
        Majorant(u.factor * v.factor, u.degree + v.degree, plus(u.exponent, v.exponent))
        for u in a
        for v in b
    ]
    return _short(product)


def _short(terms: list[Majorant]) -> list[Majorant]:
    if len(terms) > LARGEST_SUM:
        raise NoBound
    return terms
