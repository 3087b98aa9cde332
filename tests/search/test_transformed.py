"""Comparisons by the logarithms and by the squares of both sides; Cauchy and Schwarz."""

from __future__ import annotations

import pytest

from derive import prove

POSITIVE = "n in Natural; x[i] in Positive for i in 1..n"
WEIGHTS = f"{POSITIVE}; w[i] in Positive for i in 1..n; Sum(w[i], (i, 1, n)) = 1"
REAL = "n in Natural; a[i] in Real for i in 1..n; b[i] in Real for i in 1..n"
BOTH = f"{REAL}; x[i] in Positive for i in 1..n"
SHARES = (
    "m in Natural; p[j] in (0,1) for j in 1..m; q[j] in (0,1) for j in 1..m; "
    "Sum(p[j], (j, 1, m)) = 1; Sum(q[j], (j, 1, m)) = 1"
)
HAZARDS = "n in Natural0; h[i] in (0,1) for i in 1..n"

TRUE = (
    # logarithms of both sides
    ("Product(1 - h[i], (i, 1, n)) <= exp(-Sum(h[i], (i, 1, n)))", HAZARDS),
    ("exp(-Sum(h[i]/(1 - h[i]), (i, 1, n))) <= Product(1 - h[i], (i, 1, n))", HAZARDS),
    ("Product(x[i], (i, 1, n))**(1/n) <= Sum(x[i], (i, 1, n))/n", POSITIVE),
    ("n/Sum(1/x[i], (i, 1, n)) <= Product(x[i], (i, 1, n))**(1/n)", POSITIVE),
    ("Product(x[i]**w[i], (i, 1, n)) <= Sum(w[i]*x[i], (i, 1, n))", WEIGHTS),
    ("exp(-Sum(p[j]*log(p[j]), (j, 1, m))) <= m", SHARES),
    ("Product(1 + x[i], (i, 1, n)) < exp(Sum(x[i], (i, 1, n)))", POSITIVE),
    # squares of both sides
    ("Sum(Abs(a[i]), (i, 1, n))/n <= sqrt(Sum(a[i]**2, (i, 1, n))/n)", REAL),
    ("sqrt(x**2 + e**2) <= Abs(x) + e", "x in Real; e in Positive"),
    (
        "Sum(a[i]*b[i], (i, 1, n)) <= sqrt(Sum(a[i]**2, (i, 1, n)))*sqrt(Sum(b[i]**2, (i, 1, n)))",
        REAL,
    ),
    (
        "sqrt(Sum((a[i] + b[i])**2, (i, 1, n)))"
        " <= sqrt(Sum(a[i]**2, (i, 1, n))) + sqrt(Sum(b[i]**2, (i, 1, n)))",
        REAL,
    ),
    # Cauchy and Schwarz with weights
    ("Sum(a[i], (i,1,n))**2/Sum(x[i], (i,1,n)) <= Sum(a[i]**2/x[i], (i,1,n))", BOTH),
    ("Sum(Abs(p[j] - q[j]), (j, 1, m))**2 <= Sum((p[j] - q[j])**2/q[j], (j, 1, m))", SHARES),
    ("1/Sum(w[i]*x[i], (i, 1, n)) <= Sum(w[i]/x[i], (i, 1, n))", WEIGHTS),
    ("1/m <= Sum(p[j]**2, (j, 1, m))", SHARES),
    (
        "log(Sum(exp((a[i] + b[i])/2), (i, 1, n)))"
        " <= log(Sum(exp(a[i]), (i, 1, n)))/2 + log(Sum(exp(b[i]), (i, 1, n)))/2",
        REAL,
    ),
    # linear parts as logarithms of exponentials
    ("Sum(a[i], (i, 1, n))/n + log(n) <= log(Sum(exp(a[i]), (i, 1, n)))", REAL),
    ("exp(Sum(a[i], (i, 1, n))/n) <= Sum(exp(a[i]), (i, 1, n))/n", REAL),
)

FALSE = (
    (
        "sqrt(Sum((a[i] + b[i])**2, (i, 1, n)))"
        " <= sqrt(Sum(a[i]**2, (i, 1, n))) - sqrt(Sum(b[i]**2, (i, 1, n)))",
        REAL,
    ),
    (
        "log(Sum(exp(a[i] + b[i]), (i, 1, n)))"
        " <= log(Sum(exp(a[i]), (i, 1, n)))/2 + log(Sum(exp(b[i]), (i, 1, n)))/2",
        REAL,
    ),
    ("Product(1 - h[i], (i, 1, n)) <= exp(-2*Sum(h[i], (i, 1, n)))", HAZARDS),
    ("exp(-Sum(h[i], (i, 1, n))) <= Product(1 - h[i], (i, 1, n))", HAZARDS),
    ("Sum(x[i], (i, 1, n))/n <= Product(x[i], (i, 1, n))**(1/n)", POSITIVE),
    ("Product(x[i], (i, 1, n)) <= Sum(x[i], (i, 1, n))/n", POSITIVE),
    ("exp(-2*Sum(p[j]*log(p[j]), (j, 1, m))) <= m", SHARES),
    ("Sum(Abs(a[i]), (i, 1, n)) <= sqrt(Sum(a[i]**2, (i, 1, n))/n)", REAL),
    ("sqrt(Sum(a[i]**2, (i, 1, n))/n) <= Sum(Abs(a[i]), (i, 1, n))/n", REAL),
    ("sqrt(x**2 + e**2) <= Abs(x) + e/2", "x in Real; e in Positive"),
    ("x <= -sqrt(x**2)", "x in Real"),
    ("Sum(a[i], (i, 1, n))**2 <= Sum(a[i]**2/x[i], (i, 1, n))", BOTH),
    ("2*Sum(Abs(p[j] - q[j]), (j, 1, m))**2 <= Sum((p[j] - q[j])**2/q[j], (j, 1, m))", SHARES),
    ("2/m <= Sum(p[j]**2, (j, 1, m))", SHARES),
    ("Sum(a[i], (i, 1, n))/n + n <= log(Sum(exp(a[i]), (i, 1, n)))", REAL),
)


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_comparisons_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_comparisons_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
