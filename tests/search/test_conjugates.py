"""Equations between terms with roots of sums."""

from __future__ import annotations

import pytest

from derive.plain import declare, read_statement
from derive.search.facts import Facts
from derive.search.prove import prove

GIVEN = "a > 0; b > 0; x in Real; n in Natural"

TRUE = [
    "(x + sqrt(x**2 + 4*a))/2 - x = 2*a/(x + sqrt(x**2 + 4*a))",
    "sqrt(x**2 + a)**3 = (x**2 + a)*sqrt(x**2 + a)",
    "1/(sqrt(x**2 + a) - x) = (sqrt(x**2 + a) + x)/a",
    "1/(sqrt(a + 2) + sqrt(a + 1)) = sqrt(a + 2) - sqrt(a + 1)",
    "sqrt(1 + x**2/a**2) = sqrt(a**2 + x**2)/a",
    "sqrt(a/n + x**2) = sqrt(a + n*x**2)/sqrt(n)",
    "(sqrt(x**2/n + a) - x)*(sqrt(x**2/n + a) + x) = a - x**2*(1 - 1/n)",
]

FALSE = [
    "(x + sqrt(x**2 + 4*a))/2 - x = a/(x + sqrt(x**2 + 4*a))",
    "sqrt(x**2 + a)**3 = (x**2 - a)*sqrt(x**2 + a)",
    "1/(sqrt(x**2 + a) - x) = (sqrt(x**2 + a) - x)/a",
    "1/(sqrt(a + 1) - sqrt(b + 1)) = (sqrt(a + 1) + sqrt(b + 1))/(a - b + 1)",
    "sqrt(1 + a**2/x**2) = sqrt(x**2 + a**2)/x",
    "sqrt(a/n + x**2) = sqrt(a + x**2)/sqrt(n)",
    "sqrt(a + 1)*sqrt(b + 1) = sqrt(a*b + 1)",
    "sqrt(x**2 - a)**2 = x**2 - a + 0*x",
]


@pytest.mark.parametrize("claim", TRUE)
def test_squares_of_roots_are_what_stands_below_them(claim: str) -> None:
    context = declare(GIVEN)
    assert prove(Facts(), context, read_statement(claim, context)) is not None


@pytest.mark.parametrize("claim", FALSE)
def test_other_equations_with_roots_are_not_proved(claim: str) -> None:
    context = declare(GIVEN)
    assert prove(Facts(), context, read_statement(claim, context)) is None
