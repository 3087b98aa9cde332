"""Absolute values and largest numbers by cases; exponentials and roots by their arguments."""

from __future__ import annotations

import pytest

from derive import prove

FAMILIES = "n in Natural; " + "; ".join(f"{x}[i] in Real for i in 1..n" for x in "xyz")
SHARES = (
    "m in Natural; p[j] in (0,1) for j in 1..m; q[j] in (0,1) for j in 1..m; "
    "Sum(p[j], (j, 1, m)) = 1; Sum(q[j], (j, 1, m)) = 1"
)
PAIR = "a in Real; b in Real"
JENSEN_SHANNON = (
    "Sum(p[j]*log(2*p[j]/(p[j] + q[j])), (j, 1, m))/2 "
    "+ Sum(q[j]*log(2*q[j]/(p[j] + q[j])), (j, 1, m))/2"
)

TRUE = (
    (
        "Sum(Abs(x[i] - z[i]), (i, 1, n)) "
        "<= Sum(Abs(x[i] - y[i]), (i, 1, n)) + Sum(Abs(y[i] - z[i]), (i, 1, n))",
        FAMILIES,
    ),
    ("Abs(Sum(x[i], (i, 1, n))/n) <= Sum(Abs(x[i]), (i, 1, n))/n", FAMILIES),
    ("Abs(tanh(z)) <= 1", "z in Real"),
    ("Abs(Max(0, 1 - a) - Max(0, 1 - b)) <= Abs(a - b)", PAIR),
    ("log(1 + exp(-s)) <= Max(0, 1 - s) + log(2)", "s in Real"),
    ("Piecewise((1, s <= 0), (0, True)) <= log(1 + exp(-s))/log(2)", "s in Real"),
    ("log(Sum(exp(x[i] - Abs(x[i])), (i, 1, n))) <= log(n)", FAMILIES),
    ("Sum((sqrt(p[j]) - sqrt(q[j]))**2, (j, 1, m)) <= Sum(Abs(p[j] - q[j]), (j, 1, m))", SHARES),
    (f"{JENSEN_SHANNON} <= log(2)", SHARES),
)

FALSE = (
    (
        "Sum(Abs(x[i] - z[i]), (i, 1, n)) "
        "<= Sum(Abs(x[i] - y[i]), (i, 1, n)) - Sum(Abs(y[i] - z[i]), (i, 1, n))",
        FAMILIES,
    ),
    ("Sum(Abs(x[i]), (i, 1, n))/n <= Abs(Sum(x[i], (i, 1, n))/n)", FAMILIES),
    ("Abs(tanh(z)) <= 1/2", "z in Real"),
    ("Abs(Max(0, 1 - a) - Max(0, 1 - b)) <= Abs(a - b)/2", PAIR),
    ("Abs(Max(0, 1 - a) + Max(0, 1 - b)) <= Abs(a - b)", PAIR),
    ("log(1 + exp(-s)) <= Max(0, 1 - s)", "s in Real"),
    ("Piecewise((1, s <= 0), (0, True)) <= log(1 + exp(-s))", "s in Real"),
    ("log(Sum(exp(x[i] + Abs(x[i])), (i, 1, n))) <= log(n)", FAMILIES),
    ("2*Sum((sqrt(p[j]) - sqrt(q[j]))**2, (j, 1, m)) <= Sum(Abs(p[j] - q[j]), (j, 1, m))", SHARES),
    (f"{JENSEN_SHANNON} <= log(2)/2", SHARES),
)


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_comparisons_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_comparisons_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
