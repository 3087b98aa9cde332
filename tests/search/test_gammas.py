"""Gamma functions, factorials, binomial coefficients and powers of whole exponents."""

from __future__ import annotations

import pytest

from derive import prove

TRUE = (
    ("gamma(x + 3) = (x + 2)*(x + 1)*x*gamma(x)", "x in Positive"),
    ("factorial(n) = n*factorial(n - 1)", "n in Natural"),
    ("factorial(5) = 120", ""),
    ("gamma(7/2) = 15*sqrt(pi)/8", ""),
    ("binomial(n, k) = binomial(n, n - k)", "n in Natural; k in 0..n"),
    ("binomial(n, k) + binomial(n, k - 1) = binomial(n + 1, k)", "n in Natural; k in 1..n"),
    ("k*binomial(n, k) = n*binomial(n - 1, k - 1)", "n in Natural; k in 1..n"),
    ("beta(a + 1, b)/beta(a, b) = a/(a + b)", "a in Positive; b in Positive"),
    ("digamma(x + 2) = digamma(x) + 1/x + 1/(x + 1)", "x in Positive"),
    ("log(factorial(n)) = loggamma(n) + log(n)", "n in Natural"),
    ("x**n*x**m = x**(n + m)", "x in Real; n in Natural; m in Natural"),
    ("(x*y)**n = x**n*y**n", "x in Real; y in Real; n in Natural"),
    ("y**p = y", "y in {0,1}; p in Positive"),
    ("Sum(binomial(n, k), (k, 0, n)) = 2**n", "n in Natural0"),
    ("Sum((-1)**k*binomial(n, k), (k, 0, n)) = 0", "n in Natural"),
    ("Sum(binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) = 1", "n in Natural0; p in [0,1]"),
    ("Sum(binomial(n, k)*2**k/3**n, (k, 0, n)) = 1", "n in Natural0"),
    ("Sum(a**k*factorial(n)/(factorial(k)*factorial(n - k)), (k, 0, n)) = (1 + a)**n",
     "n in Natural0; a in Real"),
    ("Sum(exp(t*x)*binomial(n, x)*p**x*(1 - p)**(n - x), (x, 0, n)) = (p*exp(t) + 1 - p)**n",
     "n in Natural; p in (0,1); t in Real"),
)  # fmt: skip

FALSE = (
    ("gamma(x + 1) = x*gamma(x)", "x in Real"),
    ("factorial(n) = n*factorial(n - 1)", "n in Natural0"),
    ("gamma(x + 2) = x*(x + 2)*gamma(x)", "x in Positive"),
    ("binomial(n, 2) = n*(n - 1)/2", "n in Natural"),
    ("x**n*x**m = x**(n + m)", "x in Real; n in Integer; m in Integer"),
    ("y**p = y", "y in {0,1}; p in Nonnegative"),
    ("Sum((-1)**k*binomial(n, k), (k, 0, n)) = 0", "n in Natural0"),
    ("Sum(binomial(n, k), (k, 1, n)) = 2**n", "n in Natural"),
    ("Sum(binomial(n, k)*a**k, (k, 0, n)) = (2 + a)**n", "n in Natural; a in Real"),
    ("Sum(binomial(m, k), (k, 0, n)) = 2**n", "n in Natural; m in Natural"),
)


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_statements_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_statements_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
