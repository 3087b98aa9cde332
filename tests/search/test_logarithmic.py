"""Positive terms that are equal because their logarithms are."""

from __future__ import annotations

import pytest

from derive import prove

SAMPLE = "n in Natural; x[i] in Real for i in 1..n; m in Real; s in Positive"
TRUE = (
    ("Product(NormalDensity(x[i], m, s), (i, 1, n)) = (2*pi*s)**(-n/2)"
     "*exp(-Sum((x[i] - m)**2, (i, 1, n))/(2*s))", SAMPLE),
    ("Product(exp(-(x[i] - m)**2/s), (i, 1, n)) = exp(-Sum(x[i]**2, (i, 1, n))/s)"
     "*exp(2*m/s*Sum(x[i], (i, 1, n)))*exp(-n*m**2/s)", SAMPLE),
    ("Product(LaplaceDensity(x[i], m, s), (i, 1, n)) = exp(-Sum(Abs(x[i] - m), (i, 1, n))/s)"
     "/(2*s)**n", SAMPLE),
    ("NormalDensity(x, m, s)*NormalDensity(m, a, t) = NormalDensity(x, a, s + t)"
     "*NormalDensity(m, (x*t + a*s)/(s + t), s*t/(s + t))",
     "x in Real; m in Real; a in Real; s in Positive; t in Positive"),
    ("m*Product(exp(x[i])/sqrt(s), (i, 1, n)) = m*s**(-n/2)*exp(Sum(x[i], (i, 1, n)))", SAMPLE),
    ("-Product(exp(x[i])/sqrt(s), (i, 1, n)) = -s**(-n/2)*exp(Sum(x[i], (i, 1, n)))", SAMPLE),
    ("gamma((r + 1)/2)/(sqrt(r*pi)*gamma(r/2))*(1 + u**2/r)**(-(r + 1)/2) = gamma((r + 1)/2)"
     "*r**(r/2)/(sqrt(pi)*gamma(r/2)*(r + u**2)**((r + 1)/2))", "r in Positive; u in Real"),
    ("(a/b)**(c/2)*(b*y/(a*(1 - y)))**(c/2 - 1) = (a/b)*(y/(1 - y))**(c/2 - 1)",
     "a in Positive; b in Positive; c in Positive; y in (0,1)"),
)  # fmt: skip

FALSE = (
    ("Product(NormalDensity(x[i], m, s), (i, 1, n)) = (2*pi*s)**(-n/2)"
     "*exp(-Sum((x[i] - m)**2, (i, 1, n))/s)", SAMPLE),
    ("m*Product(exp(x[i])/sqrt(s), (i, 1, n)) = -m*s**(-n/2)*exp(Sum(x[i], (i, 1, n)))", SAMPLE),
    ("sqrt(m**2)*exp(m) = m*exp(m)", SAMPLE),
    ("(a*b)**c = a**c*b", "a in Positive; b in Positive; c in Positive"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_statements_are_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_statements_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"
