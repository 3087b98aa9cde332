"""Exact numbers and balls: the arithmetic that evaluation stands on.

A number is a ``Fraction`` as long as it can be, else a ball (``flint.arb``): an interval
that certainly contains the value.  python-flint is loaded when the first ball is needed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

#: A Fraction, or an ``arb`` of python-flint (which ships no types).
Number = Any

ZERO, ONE = Fraction(0), Fraction(1)

#: Exact powers are computed up to this many bits, then by balls.
EXACT_BITS = 4096
#: Ends of balls are written out as fractions up to this many bits.
END_BITS = 1 << 16


class Undefined(Exception):  # noqa: N818  # a signal, not an error
    """The term is certainly undefined at the point."""


class Unsure(Exception):  # noqa: N818  # a signal, not an error
    """The value could not be enclosed; ``finer``: a higher precision may help."""

    def __init__(self, reason: str, finer: bool = False) -> None:
        super().__init__(reason)
        self.finer = finer


class IllFormed(ValueError):  # noqa: N818  # the name of the thing
    """The term has no meaning at the point: a symbol or a member without a value."""


class _Working:
    """The precision in bits of new balls."""

    precision = 64


def flint() -> Any:
    """python-flint, set to the working precision."""
    import flint as library

    if library.ctx.prec != _Working.precision:
        library.ctx.prec = _Working.precision
    return library


def precision() -> int:
    """The working precision in bits."""
    return _Working.precision


def set_precision(bits: int) -> int:
    """Set the working precision; the earlier one is returned."""
    earlier, _Working.precision = _Working.precision, bits
    return earlier


def ball(x: Number) -> Any:
    """The number as a ball."""
    if type(x) is not Fraction:
        return x
    arb = flint().arb
    return arb(x.numerator) if x.denominator == 1 else arb(x.numerator) / x.denominator


def exact_sign(x: Number) -> int:
    """-1, 0 or 1.  Raises Unsure when the ball contains 0 and other numbers."""
    if type(x) is Fraction:
        n = x.numerator
        return (n > 0) - (n < 0)
    if x > 0:
        return 1
    if x < 0:
        return -1
    if x.is_zero():
        return 0
    raise Unsure("the sign is not decided", finer=True)


def add(a: Number, b: Number) -> Number:
    """The sum."""
    if type(a) is Fraction and type(b) is Fraction:
        return a + b
    return ball(a) + ball(b)


def multiply(a: Number, b: Number) -> Number:
    """The product; an exact zero stays exact."""
    if type(a) is Fraction:
        if type(b) is Fraction:
            return a * b
        if not a and b.is_finite():
            return a
    elif type(b) is Fraction and not b and a.is_finite():
        return b
    return ball(a) * ball(b)


def divide(a: Number, b: Number) -> Number:
    """The quotient.  Raises Undefined for the divisor 0."""
    if exact_sign(b) == 0:
        raise Undefined("division by 0")
    if type(a) is Fraction and type(b) is Fraction:
        return a / b
    return ball(a) / ball(b)


def power(b: Number, e: Number) -> Number:
    """``b**e`` by the table of meanings.  Raises Undefined or Unsure."""
    if type(e) is Fraction and e.denominator == 1:
        return _whole_power(b, e.numerator)
    side = exact_sign(b)
    if side > 0:
        root = _exact_root(b, e) if type(b) is Fraction and type(e) is Fraction else None
        return ball(b) ** ball(e) if root is None else root
    if side < 0:
        if type(e) is Fraction or not e.contains_integer():
            raise Undefined("a negative number to a power that is no integer")
        raise Unsure("whether the exponent is an integer is not decided", finer=True)
    rising = exact_sign(e)
    if rising < 0:
        raise Undefined("0 to a negative power")
    return ZERO if rising > 0 else ONE


def _whole_power(b: Number, n: int) -> Number:
    if n == 0:
        return ONE
    if n < 0 and exact_sign(b) == 0:
        raise Undefined("0 to a negative power")
    if type(b) is Fraction:
        bits = max(b.numerator.bit_length(), b.denominator.bit_length())
        if bits <= 1 or bits * abs(n) <= EXACT_BITS:
            return b**n
    return _ball_power(ball(b), n)


def _ball_power(b: Any, n: int) -> Any:
    """A ball to a whole power; also when 0 lies in it, then n is positive.

    The library's own power goes through the logarithm and has no value there.
    """
    if n < 0 or not b.contains(0):
        return b**n
    if n % 2 == 0:
        b = abs(b)
    result = flint().arb(1)
    while n:
        if n % 2:
            result = result * b
        b, n = b * b, n // 2
    return result


def _exact_root(b: Fraction, e: Fraction) -> Fraction | None:
    """``b**e`` when the root is rational and small."""
    q = e.denominator
    if q > 6 or max(b.numerator, b.denominator).bit_length() * abs(e.numerator) > EXACT_BITS:
        return None
    top, bottom = _root(b.numerator, q), _root(b.denominator, q)
    if top is None or bottom is None:
        return None
    return Fraction(top, bottom) ** e.numerator


def _root(n: int, q: int) -> int | None:
    """The integer q-th root, when there is one."""
    low, high = 0, 1 << (n.bit_length() // q + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**q < n:
            low = middle + 1
        else:
            high = middle
    return low if low**q == n else None


def integer(x: Number) -> int:
    """The integer that x is.  Raises Undefined when it is certainly none."""
    if type(x) is Fraction:
        if x.denominator != 1:
            raise Undefined("not an integer")
        return x.numerator
    if not x.contains_integer():
        raise Undefined("not an integer")
    raise Unsure("whether the number is an integer is not decided", finer=True)


def disjoint(a: Number, b: Number) -> bool:
    """Whether the two numbers certainly differ."""
    if type(a) is Fraction and type(b) is Fraction:
        return a != b
    x, y = ball(a), ball(b)
    return bool(x.is_finite() and y.is_finite() and not x.overlaps(y))


def bounds(x: Number) -> tuple[Fraction, Fraction]:
    """Exact ends of the interval that the number lies in.

    Raises Unsure for ends that are too large, or too near 0, to be written out.
    """
    if type(x) is Fraction:
        return x, x
    return _dyadic(x.lower()), _dyadic(x.upper())


def _dyadic(end: Any) -> Fraction:
    if not end.is_finite():
        raise Unsure("the number is not enclosed")
    mantissa, exponent = map(int, end.mid().man_exp())
    if abs(exponent) > END_BITS:
        raise Unsure("the number is too large, or too near 0, to be written out")
    return Fraction(mantissa) * Fraction(2) ** exponent


def decimals(x: Number, digits: int = 12) -> tuple[str, str]:
    """The ends as decimal strings, rounded outwards; an exact short decimal as it is.

    >>> decimals(Fraction(1, 4)), decimals(Fraction(1, 3), 4)
    (('0.25', '0.25'), ('0.3333', '0.3334'))
    >>> decimals(power(Fraction(2), Fraction(10**9)), 4)
    ('4612e301029992', '4613e301029992')
    """
    if type(x) is Fraction and max(map(int.bit_length, x.as_integer_ratio())) > END_BITS:
        x = ball(x)
    try:
        low, high = bounds(x)
    except Unsure:
        return _far(x.lower(), digits, up=False), _far(x.upper(), digits, up=True)
    return _decimal(low, digits, up=False), _decimal(high, digits, up=True)


def _far(end: Any, digits: int, up: bool) -> str:
    """The end of a ball whose exponent is huge, with so many digits, rounded up or down."""
    if not end.is_finite():
        return "oo" if up else "-oo"
    if end.is_zero():
        return "0"
    mantissa, exponent = map(int, end.mid().man_exp())
    earlier = set_precision(64 + 4 * digits + exponent.bit_length())
    try:
        # The power of ten only has to be near: the rounding below is outwards in any case.
        bits = exponent + mantissa.bit_length() - 1
        places = digits - 1 - bits * 30102999566398119521373889472449302676819 // 10**41
        scaled = end * flint().arb(10) ** places
        whole = -_floor(-scaled) if up else _floor(scaled)
    finally:
        set_precision(earlier)
        flint()
    return _plain(whole, places)


def _floor(x: Any) -> int:
    """An integer that is at most, and nearly, every number of the ball."""
    return _dyadic(x.lower()).__floor__()


def _decimal(x: Fraction, digits: int, up: bool) -> str:
    """``x`` with so many significant digits, rounded up or down."""
    if x == 0:
        return "0"
    size = _digits(abs(x.numerator)) - _digits(x.denominator)
    places = digits - size - (abs(x) >= Fraction(10) ** size)
    scaled = x * Fraction(10) ** places
    whole = -((-scaled.numerator) // scaled.denominator) if up else scaled.__floor__()
    return _plain(whole, places)


def _digits(n: int) -> int:
    """How many decimal digits a positive integer has, however large it is."""
    size = n.bit_length() * 30103 // 100000
    while 10**size <= n:
        size += 1
    while size and 10 ** (size - 1) > n:
        size -= 1
    return size


def _plain(whole: int, places: int) -> str:
    sign, text = ("-" if whole < 0 else ""), str(abs(whole))
    if not whole:
        return "0"
    if places <= 0:
        return f"{sign}{text}{'0' * -places}" if places > -20 else f"{sign}{text}e{-places}"
    if places - len(text) > 20:
        return f"{sign}{text.rstrip('0')}e-{places - len(text) + len(text.rstrip('0'))}"
    text = text.rjust(places + 1, "0")
    fraction = text[-places:].rstrip("0")
    return f"{sign}{text[:-places]}.{fraction}" if fraction else f"{sign}{text[:-places]}"
