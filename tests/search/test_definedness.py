"""Equations that hold wherever their sides have values, of functions that not always have one."""

from __future__ import annotations

import pytest

from derive.plain import declare, read_statement
from derive.verdicts import decide, prove

FAMILY = "n in Natural; x[i] in Real for i in 1..n; y[i] in Real for i in 1..n; m in Real"
SQUARES = "Sum((x[i] - m)**2, (i, 1, n))"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x**y = x**y", "x in Real; y in Real"),
        ("x**y + 1 = 1 + x**y", "x in Real; y in Real"),
        ("gamma(x) + 1 = 1 + gamma(x)", "x in Real"),
        ("log_b(x, b) = log(x)/log(b)", "x in Real; b in Real"),
        ("binomial(n, k) = factorial(n)/(factorial(k)*factorial(n - k))",
         "n in Natural0; k in Integer"),
        ("Expectation(g(X), (X, Exponential(rate=c)))"
         " = c*Integral(g(x)*exp(-c*x), (x, 0, oo))", "c in Positive; g(x) in Real"),
        ("Expectation(2*g(X), (X, Poisson(rate=c)))"
         " = exp(-c)*Sum(c**k*2*g(k)/factorial(k), (k, 0, oo))", "c in Positive; g(x) in Real"),
        ("Expectation(exp(t*X), (X, Gamma(shape=a, rate=c)))"
         " = Integral(exp(t*x)*GammaDensity(x, a, c), (x, 0, oo))",
         "a in Positive; c in Positive; t in Real"),
        ("Expectation(-log_b(GeometricMass(X, p), c), (X, Geometric(p)))"
         " = -Sum(GeometricMass(k, p)*log_b(GeometricMass(k, p), c), (k, 1, oo))",
         "p in (0,1); c in Real"),
        ("Expectation(-log_b(BernoulliMass(X, p), c), (X, Bernoulli(p)))"
         " = -Sum(BernoulliMass(k, p)*log_b(BernoulliMass(k, p), c), (k, 0, 1))",
         "p in (0,1); c in Real"),
        # Writing out the squares would lose sight of the divisor.
        (f"2/{SQUARES} = (1 + 1)/{SQUARES}", FAMILY),
        (f"Sum((x[i] - m)*y[i], (i, 1, n))/{SQUARES} = Sum(y[i]*(x[i] - m), (i, 1, n))/{SQUARES}",
         FAMILY),
    ],
)  # fmt: skip
def test_proved_where_defined(claim: str, given: str) -> None:
    assert prove(claim, given=given).verdict == "proved"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x**y - x**y = 0", "x in Real; y in Real"),
        ("log_b(x, b)/log_b(x, b) = 1", "x in Real; b in Real"),
        ("binomial(n, k) - binomial(n, k) = 0", "n in Natural0; k in Integer"),
        (
            "Sum(g(k) - g(k), (k, 0, oo)) = Sum(g(k), (k, 0, oo)) - Sum(g(k), (k, 0, oo))",
            "g(x) in Real",
        ),
        (
            "Expectation(g(X), (X, Poisson(rate=c))) = Sum(g(k)*PoissonMass(k, c), (k, 1, oo))",
            "c in Positive; g(x) in Real",
        ),
        (
            "Expectation(g(X), (X, Poisson(rate=c))) = Sum(g(k)*PoissonMass(k, c), (k, 0, oo))",
            "c in Real; g(x) in Real; c <= 0",
        ),
        ("gamma(x)/gamma(x) = 1", "x in Real"),
        ("x**y = (x**2)**(y/2)", "x in Real; y in Real"),
    ],
)
def test_not_proved_where_one_side_alone_is_defined(claim: str, given: str) -> None:
    assert prove(claim, given=given).verdict != "proved"


MEAN = "Sum(x[k], (k, 1, n))/n"
SPREAD = f"Sum((x[j] - {MEAN})**2, (j, 1, n))"
WEIGHTS = f"Sum((x[i] - {MEAN})/{SPREAD}, (i, 1, n))"


def test_what_is_equal_where_defined_comes_before_a_long_search() -> None:
    assert decided(f"{WEIGHTS} = Sum(x[i] - {MEAN}, (i, 1, n))/{SPREAD}") == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        f"{WEIGHTS} = Sum(x[i], (i, 1, n))/{SPREAD}",
        f"{WEIGHTS} = 1",
        "1/m = x[1]/(m*x[1])",
    ],
)
def test_what_is_not_is_not_proved(claim: str) -> None:
    assert decided(claim) != "proved"


def decided(claim: str) -> str:
    """The verdict within few steps."""
    context = declare(FAMILY)
    return decide(context, read_statement(claim, context), steps=5_000).verdict
