"""Slopes of modified Bessel functions, as in the likelihood of the von Mises law."""

from __future__ import annotations

import pytest

from derive import prove

CLAIMS = [
    ("Derivative(log(besseli(0, k)), k) = besseli(1, k)/besseli(0, k)", "k > 0", "proved"),
    ("Derivative(besseli(1, 2*k), k) = 2*besseli(2, 2*k) + besseli(1, 2*k)/k", "k > 0", "proved"),
    ("Derivative(besselk(0, k), k) = -besselk(1, k)", "k > 0", "proved"),
    (
        "Derivative(Sum(k*cos(y[i] - m), (i, 1, n)) - n*log(besseli(0, k)), k) = "
        "Sum(cos(y[i] - m), (i, 1, n)) - n*besseli(1, k)/besseli(0, k)",
        "n in Natural; y[i] in Real for i in 1..n; m in Real; k > 0",
        "proved",
    ),
    ("Derivative(log(besseli(0, k)), k) = -besseli(1, k)/besseli(0, k)", "k > 0", "refuted"),
    ("Derivative(besseli(1, k), k) = besseli(2, k)", "k > 0", "refuted"),
    ("Derivative(besselk(0, k), k) = besselk(1, k)", "k > 0", "refuted"),
    ("Derivative(besseli(0, 2*k), k) = besseli(1, 2*k)", "k > 0", "refuted"),
]


@pytest.mark.parametrize(("claim", "given", "verdict"), CLAIMS)
def test_slopes(claim: str, given: str, verdict: str) -> None:
    assert prove(claim, given=given).verdict == verdict
