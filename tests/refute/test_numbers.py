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


@pytest.mark.parametrize("n", [10**20, 10**20 - 1, 2**4000, 7**1500, 10**6000 + 1])
def test_exact_numbers_are_rounded_outwards(n: int) -> None:
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
    ("given", "claim"),
    [
        ("x in Real; x > 2**(10**9)", "x = 1"),
        ("x in (0, exp(10**9))", "x = 1"),
        ("n in Natural; n <= 10**(10**9)", "n = 3"),
        ("n := 2**(10**9)", "n = 3"),
        ("x in Real", "argmin((x - 2**(10**9))**2, x) = 2**(10**9)"),
    ],
)
def test_huge_numbers_in_what_is_given_stop_nobody(given: str, claim: str) -> None:
    context = declare(given)
    verdict = decide(context, read_statement(claim, context), 2_000)
    assert verdict.verdict in ("refuted", "unknown", "proved")
    assert verdict.verdict == "refuted" or "= 1" not in claim or "> 2" in given
