"""Integrals of functions in pieces: split at the borders that lie between the ends."""

import pytest

from derive.plain import declare, read
from derive.search.facts import Facts
from derive.search.prove import equal

C = declare("m in Real; s > 0; l > 0; x in Real; low in Real; high in Real; low < high")
RECTANGLE = "Piecewise((1/(high - low), And(low <= z, z <= high)), (0, True))"
WAITING = "Piecewise((l*exp(-l*z), 0 <= z), (0, True))"
PEAK = "exp(-Abs(z - m)/s)/(2*s)"

TRUE = [
    ("Integral(Abs(z - 1), (z, 0, 3))", "5/2"),
    ("Integral(Abs(z), (z, -s, s))", "s**2"),
    ("Integral(Max(z, s), (z, 0, 2*s))", "5*s**2/2"),
    ("Integral(sign(z - m), (z, m - s, m + 2*s))", "s"),
    (f"Integral({RECTANGLE}, (z, -oo, oo))", "1"),
    (f"Integral({RECTANGLE}, (z, -oo, x))",
     "Piecewise((0, x < low), ((x - low)/(high - low), And(low <= x, x <= high)), (1, True))"),
    (f"Integral({WAITING}, (z, -oo, x))", "Piecewise((1 - exp(-l*x), 0 <= x), (0, True))"),
    (f"Integral({PEAK}, (z, -oo, x))",
     "Piecewise((exp((x - m)/s)/2, x < m), (1 - exp((m - x)/s)/2, True))"),
    ("Integral(LaplaceDensity(z, m, s), (z, -oo, m))", "1/2"),
    (f"Integral(Abs(z - m)*{PEAK}, (z, m - s, m + s))", "s*(1 - 2*exp(-1))"),
    ("Expectation(Abs(X - m), (X, Normal(mean=m, variance=s**2)))", "s*sqrt(2/pi)"),
    ("Expectation(Max(0, X), (X, Normal(mean=m, variance=s**2)))",
     "m*(1 + erf(m/(sqrt(2)*s)))/2 + s**2*NormalDensity(0, m, s**2)"),
]  # fmt: skip

FALSE = [
    ("Integral(Abs(z), (z, 0, x))", "x**2/2"),
    ("Integral(sign(z), (z, -s, x))", "x - s"),  # for x < 0
    (f"Integral({RECTANGLE}, (z, -oo, x))", "(x - low)/(high - low)"),
    (f"Integral({WAITING}, (z, -oo, x))", "1 - exp(-l*x)"),
    ("Integral(Piecewise((1/z, 0 < z), (0, True)), (z, -1, 1))", "0"),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_value(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is not None


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_no_value(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is None
