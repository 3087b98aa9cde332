"""Integrals whose value is assumed: densities of which only the total mass is known."""

from __future__ import annotations

import pytest

from derive import prove

GIVEN = (
    "p(x) in Positive for x in Real; a in Real; b in Real; a < b; c in Real; "
    "Integral(p(x), (x, a, b)) = 1"
)

PROVED = [
    "Integral(c*p(x), (x, a, b)) = c",
    "Integral(p(x)*log(1/(b - a)), (x, a, b)) = -log(b - a)",
    "2 - Integral(p(x), (x, a, b)) = 1",
]

NOT_PROVED = [
    "Integral(c*p(x), (x, a, b)) = 2*c",
    "Integral(p(x)**2, (x, a, b)) = 1",
    "Integral(p(x), (x, a, c)) = 1",
    "Integral(p(x)*log(p(x)), (x, a, b)) = 0",
]


@pytest.mark.parametrize("claim", PROVED)
def test_the_value_is_used(claim: str) -> None:
    assert prove(claim, given=GIVEN).verdict == "proved"


@pytest.mark.parametrize("claim", NOT_PROVED)
def test_nothing_more_is_concluded(claim: str) -> None:
    assert prove(claim, given=GIVEN).verdict != "proved"


def test_what_must_converge_besides_is_named() -> None:
    claim = "Integral(p(x)*log(p(x)/2), (x, a, b)) = Integral(p(x)*log(p(x)), (x, a, b)) - log(2)"
    found = prove(claim, given=GIVEN)
    assert found.verdict == "unknown"
    assert found.reason == "condition"
