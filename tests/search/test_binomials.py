"""Sums over all choices: powers of the index before them, logarithms of masses, whole ranges."""

from __future__ import annotations

import pytest

from derive import prove

COINS = "n in Natural; p in (0,1)"
TRUE = (
    ("Sum(j*binomial(n, j)*p**j*(1 - p)**(n - j), (j, 0, n)) = n*p", COINS),
    ("Sum(j**3*binomial(n, j), (j, 0, n)) = n**2*(n + 3)*2**(n - 3)", "n in Natural0"),
    ("Sum((j - n*p)**2*BinomialMass(j, n, p), (j, 0, n)) = n*p*(1 - p)", COINS),
    ("Sum(j*a**j/(factorial(j)*factorial(n - j)), (j, 0, n)) = n*a*(1 + a)**(n - 1)/factorial(n)",
     "n in Natural; a in Positive"),
    ("Expectation(X*(X - 1), (X, Binomial(n=n, p=p))) = n*(n - 1)*p**2", COINS),
    ("Expectation(log_2(BinomialMass(X, n, p)), (X, Binomial(n=n, p=p))) = n*p*log_2(p)"
     " + n*(1 - p)*log_2(1 - p) + Expectation(log_2(binomial(n, X)), (X, Binomial(n=n, p=p)))",
     COINS),
    ("Expectation(log(BinomialMass(X, n, p)/BinomialMass(X, n, q)), (X, Binomial(n=n, p=p)))"
     " = n*p*log(p/q) + n*(1 - p)*log((1 - p)/(1 - q))", COINS + "; q in (0,1)"),
    ("Expectation(-log_b(BernoulliMass(X, p), c), (X, Bernoulli(p)))"
     " = -p*log_b(p, c) - (1 - p)*log_b(1 - p, c)", "p in (0,1); c in Positive; c != 1"),
    ("Expectation(X, (X, DiscreteUniform(lower=a, upper=b))) = (a + b)/2",
     "a in Integer; b in Integer; a <= b"),
    ("Expectation((X + 1)**2, (X, BetaBinomial(n=2, a=a, b=a))) = (3*a + 2)/(2*a + 1) + 3",
     "a in Positive"),
    ("Expectation(X, (X, BetaBinomial(n=n, a=a, b=b))) = n*a/(a + b)",
     "n in Natural; a in Positive; b in Positive"),
    ("log_b(x, b) = log_b(x, a)/log_b(b, a)",
     "x in Positive; a in Positive; b in Positive; a != 1; b != 1"),
    ("Sum(3*x**2 - x, (x, a, b)) = b**3 + b**2 - a**3 + 2*a**2 - a",
     "a in Integer; b in Integer; a <= b + 1"),
)  # fmt: skip

FALSE = (
    ("Sum(j*binomial(n, j)*p**j*(1 - p)**(n - j), (j, 0, n)) = (n - 1)*p", COINS),
    ("Sum(j*binomial(n, j)*a**j, (j, 0, n)) = n*a*(1 + a)**(n - 1)", "n in Natural0; a in Real"),
    ("Sum(x, (x, a, b)) = (b - a + 1)*(a + b)/2", "a in Integer; b in Integer"),
    ("Expectation(X, (X, Binomial(n=n, p=p))) = n*(1 - p)", COINS),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_statements_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_statements_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
