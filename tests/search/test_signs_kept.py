"""Signs that are not lost where a term is written out, differentiated or divided by."""

from __future__ import annotations

import pytest

from derive.plain import declare, read
from derive.search.conditions import conditions
from derive.search.facts import Facts
from derive.verdicts import prove

SAMPLE = "n in Natural; x[i] in Real for i in 1..n; y[i] in Real for i in 1..n; k in 1..n; e > 0"
MEAN = "Sum(x[j], (j, 1, n))/n"
NORM = "sqrt(Sum(x[i]**2, (i, 1, n)))"
SCORE = "a in Real; b in Real; z in Real; a < b"
SHARES = "n in Natural; p[i] in (0,1) for i in 1..n; y[i] in (0,1) for i in 1..n; a > 0"

TRUE = [
    (SAMPLE, f"Sum((x[i] - {MEAN})/sqrt(Sum((x[k] - {MEAN})**2, (k, 1, n))/n + e), (i, 1, n)) = 0"),
    (
        SAMPLE,
        f"Derivative(Sum(x[i]*y[i], (i, 1, n))/{NORM}, x[k])"
        f" = y[k]/{NORM} - x[k]*Sum(x[i]*y[i], (i, 1, n))/Sum(x[i]**2, (i, 1, n))**(3/2)",
    ),
    (
        SCORE,
        "Derivative(-log(sigmoid(b - z) - sigmoid(a - z)), z)"
        " = 1 - sigmoid(a - z) - sigmoid(b - z)",
    ),
    (
        SHARES,
        "Derivative(1/(1 + a*Sum(p[i]*(1 - y[i]), (i, 1, n))), a)"
        " = -Sum(p[i]*(1 - y[i]), (i, 1, n))/(1 + a*Sum(p[i]*(1 - y[i]), (i, 1, n)))**2",
    ),
    (SHARES, "0 < -n/Sum(log(p[i]), (i, 1, n))"),
    (SHARES, "a/Sum(log(p[i]), (i, 1, n)) < 0"),
    ("x in Real", "Derivative(-log(x)*x, x) = -log(x) - 1"),
]

FALSE = [
    (SAMPLE, f"Sum(x[i]/sqrt(Sum((x[k] - {MEAN})**2, (k, 1, n))/n + e), (i, 1, n)) = 0"),
    (
        SAMPLE,
        f"Derivative(Sum(x[i]*y[i], (i, 1, n))/{NORM}, x[k])"
        f" = y[k]/{NORM} + x[k]*Sum(x[i]*y[i], (i, 1, n))/Sum(x[i]**2, (i, 1, n))**(3/2)",
    ),
    (SAMPLE, f"Derivative({NORM}, x[k])*{NORM} = x[k]"),  # the norm may be 0
    (SCORE, "Derivative(log(sigmoid(a - z) - sigmoid(b - z)), z) = 0*z"),
    (
        SCORE,
        "Derivative(-log(sigmoid(b - z) - sigmoid(a - z)), z)"
        " = 1 - sigmoid(a - z) + sigmoid(b - z)",
    ),
    (SHARES, "0 < n/Sum(log(p[i]), (i, 1, n))"),
    (SHARES, "0 < -n/Sum(log(2*p[i]), (i, 1, n))"),
    ("x in Real", "Derivative(log(x), x) = 1/x"),
]


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_a_sign_is_kept(given: str, claim: str) -> None:
    assert prove(claim, given=given).verdict == "proved"


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_no_sign_is_made_up(given: str, claim: str) -> None:
    assert prove(claim, given=given).verdict != "proved"


def test_where_a_derivative_exists_its_function_has_a_value() -> None:
    context = declare(SAMPLE)
    found = conditions(Facts(), context, read(f"Derivative(1/{NORM}, x[k])", context))
    assert [str(c.statement) for c in found] == ["0 < Sum(x[i]**2, (i, 1, n))"]
