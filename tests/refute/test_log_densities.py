"""Integrals of logarithms of products: entropies and divergences, singular at an end."""

from __future__ import annotations

import pytest

from derive import prove

#: An expectation, its value, and the parameters.
TRUE = [
    (
        "Expectation(-log(GammaDensity(X, a, b)), (X, Gamma(shape=a, rate=b)))",
        "a - log(b) + log(gamma(a)) + (1 - a)*digamma(a)",
        "a in Positive; b in Positive",
    ),
    (
        "Expectation(-log(BetaDensity(X, a, b)), (X, Beta(a=a, b=b)))",
        "log(beta(a, b)) - (a - 1)*digamma(a) - (b - 1)*digamma(b) + (a + b - 2)*digamma(a + b)",
        "a in Positive; b in Positive",
    ),
    (
        "Expectation(log(GammaDensity(X, a, b)/GammaDensity(X, c, d)), "
        "(X, Gamma(shape=a, rate=b)))",
        "(a - c)*digamma(a) - log(gamma(a)/gamma(c)) + c*log(b/d) + a*(d - b)/b",
        "a in Positive; b in Positive; c in Positive; d in Positive",
    ),
    (
        "Expectation(log(BetaDensity(X, a, b)/BetaDensity(X, c, d)), (X, Beta(a=a, b=b)))",
        "log(beta(c, d)/beta(a, b)) + (a - c)*digamma(a) + (b - d)*digamma(b) "
        "+ (c - a + d - b)*digamma(a + b)",
        "a in Positive; b in Positive; c in Positive; d in Positive",
    ),
    (
        "Expectation(log(3*X), (X, Exponential(rate=r)))",
        "digamma(1) + log(3/r)",
        "r in Positive",
    ),
]


@pytest.mark.parametrize(("mean", "value", "given"), TRUE)
def test_what_they_are_is_proved(mean: str, value: str, given: str) -> None:
    assert prove(f"{mean} = {value}", given=given).verdict == "proved"


@pytest.mark.parametrize(("mean", "value", "given"), TRUE)
@pytest.mark.parametrize("change", ["-({}) + 1/7", "{} + 1/1000000", "{} - 1/1000000"])
def test_neighbours_are_refuted(mean: str, value: str, given: str, change: str) -> None:
    assert prove(f"{mean} = {change.format(value)}", given=given).verdict == "refuted"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (
            "Expectation(-log(GammaDensity(X, a, b)), (X, Gamma(shape=a, rate=b))) = "
            "a + log(b) + log(gamma(a)) + (1 - a)*digamma(a)",
            "a in Positive; b in Positive",
        ),
        ("Expectation(log(X/b), (X, Gamma(shape=a, rate=b))) = digamma(a)", "a > 0; b > 0"),
        ("Expectation(log(X**2*3), (X, Beta(a=a, b=b))) = 2*digamma(a) + log(3)", "a > 0; b > 0"),
    ],
)
def test_wrong_entropies_are_refuted(claim: str, given: str) -> None:
    assert prove(claim, given=given).verdict == "refuted"


def test_a_parameter_at_its_end_has_no_law() -> None:
    claim = "Expectation(log(X), (X, Gamma(shape=a, rate=1))) = digamma(a)"
    assert prove(claim, given="a in Nonnegative").verdict != "proved"
