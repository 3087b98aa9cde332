"""Sums without end: where they begin, what stands before them, logarithms of factorials."""

from __future__ import annotations

import pytest

from derive import prove

RATE = "r in Positive"
TRUE = (
    ("Sum(q**k, (k, 1, oo)) = q/(1 - q)", "q in (0,1)"),
    ("Sum(k*q**(k - 1), (k, 1, oo)) = 1/(1 - q)**2", "q in (0,1)"),
    ("Sum(q**k, (k, -2, oo)) = 1/(q**2*(1 - q))", "q in (0,1)"),
    ("Sum(k*(k - 1)*r**k/factorial(k), (k, 0, oo)) = r**2*Sum(r**(k - 2)/factorial(k - 2),"
     " (k, 2, oo))", RATE),
    ("Sum(k*(k - 1)*(r**k/(k*(k - 1)*factorial(k - 2))), (k, 2, oo)) = r**2*exp(r)", RATE),
    ("Sum(k*PoissonMass(k, r), (k, 0, oo)) = exp(-r)*Sum(r**k/factorial(k - 1), (k, 1, oo))", RATE),
    ("Sum(log(k)*q**k, (k, 1, oo)) = q*Sum(log(k + 1)*q**k, (k, 0, oo))", "q in (0,1)"),
    ("Expectation(-log(PoissonMass(X, r)), (X, Poisson(r)))"
     " = r - r*log(r) + Expectation(log(factorial(X)), (X, Poisson(r)))", RATE),
    ("Sum(PoissonMass(k, r)*log_2(PoissonMass(k, r)), (k, 0, oo)) = r*log_2(r) - r/log(2)"
     " - exp(-r)*Sum(r**k*log_2(factorial(k))/factorial(k), (k, 0, oo))", RATE),
    ("Expectation(log(factorial(X))**2, (X, Poisson(r)))"
     " = Sum(log(factorial(k))**2*PoissonMass(k, r), (k, 0, oo))", RATE),
    ("Expectation(-log_2(GeometricMass(X, p)), (X, Geometric(p)))"
     " = -log_2(p) - (1 - p)/p*log_2(1 - p)", "p in (0,1)"),
)  # fmt: skip

FALSE = (
    ("Sum(q**k, (k, 1, oo)) = 1/(1 - q)", "q in (0,1)"),
    ("Sum(k*r**k/factorial(k), (k, 2, oo)) = r*exp(r)", RATE),
    ("Sum(log(k)*q**k, (k, 1, oo)) = Sum(log(k + 1)*q**k, (k, 0, oo))", "q in (0,1)"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_statements_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_statements_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
