"""Numbers of any size are written with a few digits, rounded outwards."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.plain import declare, read_statement
from derive.refute.numbers import END_BITS, Unsure, bounds, decimals, power
from derive.verdicts import decide


def value(text: str) -> Fraction:
    """The number that a decimal string of this module denotes."""
    mantissa, _, exponent = text.partition("e")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("exponent", [70_001, -70_001, 90_000, -65_600])
def test_ends_are_rounded_outwards_however_large_they_are(sign: int, exponent: int) -> None:
    exact = sign * Fraction(3) ** exponent
    low, high = map(value, decimals(exact, 8))
    assert low < exact < high
    assert high - low < abs(exact) / 10**6


@pytest.mark.parametrize(("base", "exponent"), [(10, 20), (2, 4000), (7, 1500), (10, 6000)])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_exact_numbers_are_rounded_outwards(base: int, exponent: int, more: int) -> None:
    n = base**exponent + more
    for exact in (Fraction(n), Fraction(-n), Fraction(1, n), Fraction(n, 3)):
        low, high = map(value, decimals(exact))
        assert low <= exact <= high
        assert high - low <= abs(exact) / 10**11


def test_ends_that_are_too_large_are_not_written_out() -> None:
    huge = power(Fraction(2), Fraction(END_BITS * 2))
    with pytest.raises(Unsure):
        bounds(huge)
    tiny = power(Fraction(1, 2), Fraction(10**12))
    with pytest.raises(Unsure):
        bounds(tiny)


@pytest.mark.parametrize(
    ("given", "claim", "expected"),
    [
        ("x in Real; x > 2**(10**9)", "x = 1", "unknown"),
        ("x in (0, exp(10**9))", "x = 1", "unknown"),
        ("n in Natural; n <= 10**(10**9)", "n = 3", "refuted"),
        ("n := 2**(10**9)", "n = 3", "refuted"),
        ("x in Real", "argmin((x - 2**(10**9))**2, x) = 2**(10**9)", "proved"),
    ],
)
def test_huge_numbers_in_what_is_given_stop_nobody(given: str, claim: str, expected: str) -> None:
    context = declare(given)
    assert decide(context, read_statement(claim, context), 2_000).verdict == expected
