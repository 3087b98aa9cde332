"""Equations that hold wherever their sides have values, of functions that not always have one."""

from __future__ import annotations

import pytest

from derive.verdicts import prove

FAMILY = "n in Natural; x[i] in Real for i in 1..n; y[i] in Real for i in 1..n; m in Real"
SQUARES = "Sum((x[i] - m)**2, (i, 1, n))"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x**y = x**y", "x in Real; y in Real"),
        ("x**y + 1 = 1 + x**y", "x in Real; y in Real"),
        ("gamma(x) + 1 = 1 + gamma(x)", "x in Real"),
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
        ("gamma(x)/gamma(x) = 1", "x in Real"),
        ("x**y = (x**2)**(y/2)", "x in Real; y in Real"),
    ],
)
def test_not_proved_where_one_side_alone_is_defined(claim: str, given: str) -> None:
    assert prove(claim, given=given).verdict != "proved"
