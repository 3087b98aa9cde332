"""Derivatives by automatic differentiation: values that know how they change.

A ``Jet`` is the value of a subterm at the point of a ``Derivative`` together with its
slope there.  Nested derivatives use jets whose value and slope are jets of an outer level.

*Smooth* jets describe a function that is differentiable at the point.  A kink (``Abs`` at
0, a tie of ``Max``, the border of a ``Piecewise``) raises ``Kink``; then the derivative is
computed again from either side with *one-sided* jets, which hold the limit from that side
and the one-sided derivative: a decision that depends on the sign of something that is 0 at
the point is made by its slope.  The derivative exists when both sides agree with the value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.refute import numbers
from derive.refute.numbers import ONE, ZERO, Undefined, Unsure, exact_sign

#: A number or a jet.
Value = Any


class Kink(Unsure):
    """A smooth jet met a place where a decision changes."""

    def __init__(self) -> None:
        super().__init__("the derivative at a kink is not decided")


class Jet:
    """Value and slope in the variable of one derivative, numbered by ``level``."""

    __slots__ = ("level", "one_sided", "slope", "value")

    def __init__(self, level: int, value: Value, slope: Value, one_sided: bool) -> None:
        self.level = level
        self.value = value
        self.slope = slope
        self.one_sided = one_sided


def _outer(a: Value, b: Value) -> Jet:
    """Whichever is the jet of the innermost derivative."""
    if type(a) is Jet and not (type(b) is Jet and b.level > a.level):
        return a
    assert type(b) is Jet
    return b


def parts(x: Value, level: int) -> tuple[Value, Value]:
    """Value and slope at a level; what is no jet of the level does not change there."""
    if type(x) is Jet and x.level == level:
        return x.value, x.slope
    return x, ZERO


def core(x: Value) -> Value:
    """The number at the point itself (one-sided: the limit)."""
    while type(x) is Jet:
        x = x.value
    return x


def add(a: Value, b: Value) -> Value:
    """The sum."""
    if type(a) is Fraction and type(b) is Fraction:
        return a + b
    if type(a) is not Jet and type(b) is not Jet:
        return numbers.add(a, b)
    top = _outer(a, b)
    (u, du), (v, dv) = parts(a, top.level), parts(b, top.level)
    return Jet(top.level, add(u, v), add(du, dv), top.one_sided)


def negate(a: Value) -> Value:
    """Minus the value."""
    if type(a) is Jet:
        return Jet(a.level, negate(a.value), negate(a.slope), a.one_sided)
    return -a


def subtract(a: Value, b: Value) -> Value:
    """The difference."""
    return add(a, negate(b))


def multiply(a: Value, b: Value) -> Value:
    """The product."""
    if type(a) is Fraction and type(b) is Fraction:
        return a * b
    if type(a) is not Jet and type(b) is not Jet:
        return numbers.multiply(a, b)
    top = _outer(a, b)
    (u, du), (v, dv) = parts(a, top.level), parts(b, top.level)
    slope = add(multiply(du, v), multiply(u, dv))
    return Jet(top.level, multiply(u, v), slope, top.one_sided)


def divide(a: Value, b: Value) -> Value:
    """The quotient.  Raises Undefined for the divisor 0."""
    if type(a) is not Jet and type(b) is not Jet:
        return numbers.divide(a, b)
    top = _outer(a, b)
    (u, du), (v, dv) = parts(a, top.level), parts(b, top.level)
    if top.one_sided and exact_sign(core(b)) == 0:
        raise Unsure("a quotient at the border of its domain")
    quotient = divide(u, v)
    slope = divide(subtract(du, multiply(quotient, dv)), v)
    return Jet(top.level, quotient, slope, top.one_sided)


def sign(x: Value) -> int:
    """-1, 0 or 1, constant around the point (one-sided: on that side).

    Raises Kink where it changes, Unsure where that is not decided.
    """
    if type(x) is not Jet:
        return exact_sign(x)
    here = exact_sign(core(x))
    if here:
        return here
    if not x.one_sided:
        raise Kink
    if type(x.slope) is Jet or type(x.value) is Jet:
        raise Unsure("a kink under a nested derivative")
    there = exact_sign(x.slope)
    if there:
        return there
    raise Unsure("the sign near the point is not decided")


def _flat(x: Value) -> bool:
    """Whether value and slope are exactly 0 (then |x| and max(x, 0) have slope 0 too)."""
    return (
        type(x) is Jet
        and type(x.value) is Fraction
        and type(x.slope) is Fraction
        and not x.value
        and not x.slope
    )


def absolute(x: Value) -> Value:
    """The absolute value."""
    if type(x) is Fraction:
        return abs(x)
    if type(x) is not Jet:
        return abs(x)  # an arb; encloses also when the sign is not decided
    if _flat(x):
        return x
    return negate(x) if sign(x) < 0 else x


def signum(x: Value) -> Value:
    """-1, 0 or 1 as a number."""
    return Fraction(sign(x))


def larger(a: Value, b: Value) -> Value:
    """The larger of two values."""
    if type(a) is Fraction and type(b) is Fraction:
        return a if a >= b else b
    if type(a) is not Jet and type(b) is not Jet:
        return numbers.ball(a).max(numbers.ball(b))
    difference = subtract(a, b)
    if _flat(difference):
        return a
    return a if sign(difference) >= 0 else b


def smaller(a: Value, b: Value) -> Value:
    """The smaller of two values."""
    return negate(larger(negate(a), negate(b)))


def floor(x: Value) -> Value:
    """The largest integer not above the value."""
    at = core(x)
    if type(at) is Fraction:
        below = Fraction(at.__floor__())
    else:
        whole = at.floor().unique_fmpz()
        if whole is None:
            raise Unsure("the floor is not decided", finer=True)
        below = Fraction(int(whole))
    if type(x) is Jet and sign(subtract(x, below)) < 0:
        return below - 1
    return below


def equal(a: Value, b: Value) -> bool:
    """Whether two values are equal, around the point when they are jets."""
    if type(a) is Fraction and type(b) is Fraction:
        return a == b
    return sign(subtract(a, b)) == 0


def power(b: Value, e: Value) -> Value:
    """``b**e`` by the table of meanings."""
    if type(b) is not Jet and type(e) is not Jet:
        return numbers.power(b, e)
    if type(e) is Jet:
        return _moving_exponent(b, e)
    if type(e) is Fraction and e.denominator == 1:
        return _whole_power(b, e)
    here = exact_sign(core(b))
    if here > 0:
        return _chain(b, power(b.value, e), lambda: power(b.value, e - 1), e)
    if here == 0 and exact_sign(e) > 0:
        if sign(b) < 0:  # a smooth jet raises Kink here: the two sides are looked at
            raise Undefined("a negative number to a power that is no integer")
        if exact_sign(numbers.add(e, -ONE)) > 0:
            return _chain(b, ZERO, lambda: ZERO, e)
    if here == 0 and (exact_sign(e) > 0 or _at_limit(b)):
        raise Unsure("a power at the border of its domain")
    return numbers.power(core(b), e)  # a negative base, or 0: raises


def _at_limit(x: Value) -> bool:
    """Whether the core is a one-sided limit, not the value at the point."""
    while type(x) is Jet:
        if x.one_sided:
            return True
        x = x.value
    return False


def _chain(b: Jet, value: Value, factor: Any, e: Value) -> Jet:
    slope = multiply(multiply(e, factor()), b.slope)
    return Jet(b.level, value, slope, b.one_sided)


def _whole_power(b: Jet, e: Fraction) -> Value:
    if e == 0:
        return ONE
    if e < 0 and _at_limit(b) and exact_sign(core(b)) == 0:
        raise Unsure("a power at the border of its domain")
    return _chain(b, power(b.value, e), lambda: power(b.value, e - 1), e)


def _moving_exponent(b: Value, e: Jet) -> Value:
    here = exact_sign(core(b))
    if here > 0:
        top = _outer(b, e)
        (u, du), (v, dv) = parts(b, top.level), parts(e, top.level)
        value = power(u, v)
        inner = add(multiply(dv, _logarithm(u)), divide(multiply(v, du), u))
        return Jet(top.level, value, multiply(value, inner), top.one_sided)
    if here < 0:
        if exact_sign(core(e.slope)) != 0:
            raise Undefined("a negative number to a power that changes")
        raise Unsure("a negative number to a power that may change")
    if type(b) is Jet:
        raise Unsure("0 to a power, both changing")
    if sign(e) < 0:
        raise Undefined("0 to a negative power")
    return ZERO


def _logarithm(x: Value) -> Value:
    """The logarithm of a positive value."""
    if type(x) is Jet:
        return Jet(x.level, _logarithm(x.value), divide(x.slope, x.value), x.one_sided)
    return ZERO if x == ONE else numbers.ball(x).log()
