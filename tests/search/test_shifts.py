"""Sums that begin with a term that stands apart: contrastive losses with one positive score."""

from __future__ import annotations

import pytest

from derive import prove

FROM_ZERO = "K in Natural; s[j] in Real for j in 0..K; t > 0"
FROM_ONE = "n in Natural; s[j] in Real for j in 1..n"

TRUE = (
    (
        "-log(exp(s[0])/Sum(exp(s[j]), (j, 0, K))) = log(1 + Sum(exp(s[j] - s[0]), (j, 1, K)))",
        FROM_ZERO,
    ),
    (
        "-log(exp(s[0]/t)/Sum(exp(s[j]/t), (j, 0, K)))"
        " = log(1 + Sum(exp((s[j] - s[0])/t), (j, 1, K)))",
        FROM_ZERO,
    ),
    (
        "-log(exp(s[1])/Sum(exp(s[j]), (j, 1, n))) = log(1 + Sum(exp(s[j] - s[1]), (j, 2, n)))",
        FROM_ONE,
    ),
    (
        "Derivative(-log(exp(s[0])/Sum(exp(s[j]), (j, 0, K))), s[0])"
        " = exp(s[0])/Sum(exp(s[j]), (j, 0, K)) - 1",
        FROM_ZERO,
    ),
    (
        "Derivative(-log(exp(s[0])/Sum(exp(s[j]), (j, 0, K))), s[0])"
        " = -Sum(exp(s[j]), (j, 1, K))/Sum(exp(s[j]), (j, 0, K))",
        FROM_ZERO,
    ),
)

FALSE = (
    (
        "-log(exp(s[0])/Sum(exp(s[j]), (j, 0, K))) = log(1 + Sum(exp(s[j] - s[0]), (j, 0, K)))",
        FROM_ZERO,
    ),
    (
        "-log(exp(s[1])/Sum(exp(s[j]), (j, 1, n))) = log(Sum(exp(s[j] - s[1]), (j, 2, n)))",
        f"{FROM_ONE}; n >= 2",
    ),
    (
        "Derivative(-log(exp(s[0])/Sum(exp(s[j]), (j, 0, K))), s[0])"
        " = exp(s[0])/Sum(exp(s[j]), (j, 1, K)) - 1",
        FROM_ZERO,
    ),
)


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_statements_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_statements_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
