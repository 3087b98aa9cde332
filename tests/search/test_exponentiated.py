"""Sums of logarithms compared by what they are logarithms of."""

from __future__ import annotations

import pytest

from derive import prove

TRUE = (
    ("log(1 + exp(x)) <= log(2) + Max(x, 0)", "x in Real"),
    ("log(cosh(x)) <= Abs(x)", "x in Real"),
    ("log(x) + log(y) <= 2*log((x + y)/2)", "x in Positive; y in Positive"),
    ("log(1 + exp(-x)) + log(1 + exp(x)) >= 2*log(2)", "x in Real"),
    ("log(1 + exp(x)) > x", "x in Real"),
)

FALSE = (
    ("log(1 + exp(x)) <= x", "x in Real"),
    ("log(x) + log(y) <= log((x + y)/2)", "x in Positive; y in Positive"),
    ("log(cosh(x)) <= Abs(x)/2", "x in Real"),
)


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_comparisons_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_comparisons_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"


def test_logarithms_of_numbers_are_those_of_primes() -> None:
    assert prove("log(12)/3 = (2*log(2) + log(3))/3").verdict == "proved"
    assert prove("log(2/3) = log(2) - log(3)").verdict == "proved"
    assert prove("log(6) = 2*log(3)").verdict == "refuted"
