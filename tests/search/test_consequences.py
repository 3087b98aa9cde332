"""What follows from an equation that is given, and what does not."""

from __future__ import annotations

import pytest

from derive import prove

_DATA = "n in Natural; x[i] in Real for i in 1..n; mu in Real; s in Positive; "

TRUE = (
    ("x = a/(a + b)", "a in Positive; b in Positive; x in Real; x*(a + b) = a"),
    ("t = 1/m", "t in Positive; m in Positive; n in Natural; 0 = n/t - n*m"),
    ("mu = Sum(x[i], (i, 1, n))/n", _DATA + "Sum(x[i] - mu, (i, 1, n))/s = 0"),
    ("s = Sum((x[i] - mu)**2, (i, 1, n))/n",
     _DATA + "-n/(2*s) + Sum((x[i] - mu)**2, (i, 1, n))/(2*s**2) = 0"),
    ("p = k/n", "k in Natural; n in Natural; p in (0,1); k/p - (n - k)/(1 - p) = 0"),
    ("x = 3", "x in Positive; x**2 = 9"),
)  # fmt: skip

#: Each loses a solution of what is given.
FALSE = (
    ("x = 3", "x in Real; x**2 = 9"),
    ("x = 0", "x in Real; y in Real; x*y = 0"),
    ("y = 1", "x in Real; y in Real; x*y = x"),
    ("x = 1/2", "x in Real; (x - 1/2)*(x - 1) = 0"),
)


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_what_follows_is_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_what_loses_a_solution_is_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
