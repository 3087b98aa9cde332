"""Integrals by an antiderivative, and derivatives of integrals that have a value."""

import pytest

from derive.plain import declare, read
from derive.search.facts import Facts
from derive.search.prove import equal

C = declare("a > 0; b > 0; s > 0; t > a; m in Real; r in Real; n in Natural; q in (0,1)")

TRUE = [
    ("Integral(1/x, (x, a, t))", "log(t) - log(a)"),
    ("Integral(3/x**4, (x, a, t))", "1/a**3 - 1/t**3"),
    ("Integral(x**n, (x, m, r))", "(r**(n + 1) - m**(n + 1))/(n + 1)"),
    ("Integral(x**(-q), (x, 1, 3))", "(3**(1 - q) - 1)/(1 - q)"),
    ("Integral(b*a**b/x**(b + 1), (x, a, t))", "1 - (a/t)**b"),
    ("Integral(1/(4 + x**2), (x, 0, m))", "atan(m/2)/2"),
    ("Integral(cos(2*x), (x, 0, m))", "sin(2*m)/2"),
    ("Integral(x**2*exp(-x), (x, 0, m))", "2 - exp(-m)*(m**2 + 2*m + 2)"),
    ("Integral(x*exp(-x**2/(2*s**2)), (x, m, r))",
     "s**2*(exp(-m**2/(2*s**2)) - exp(-r**2/(2*s**2)))"),
    ("Integral((2*x + 3)*exp(x**2 + 3*x), (x, 0, m))", "exp(m**2 + 3*m) - 1"),
    ("Integral(LogisticDensity(x, m, s), (x, a, t))",
     "sigmoid((t - m)/s) - sigmoid((a - m)/s)"),
    ("Integral(WeibullDensity(x, s, b), (x, a, t))", "exp(-(a/s)**b) - exp(-(t/s)**b)"),
    ("Integral(log(x)**2/x, (x, a, t))", "(log(t)**3 - log(a)**3)/3"),
    ("Integral(2*x/(1 + x**2)**2, (x, 0, m))", "1 - 1/(1 + m**2)"),
    ("Integral(sigmoid(x)*(1 - sigmoid(x)), (x, m, r))", "sigmoid(r) - sigmoid(m)"),
    ("Derivative(Integral(NormalDensity(x, m, s**2), (x, -oo, r)), r)",
     "NormalDensity(r, m, s**2)"),
    ("Derivative(Integral(x*exp(-x), (x, 0, r)), r)", "r*exp(-r)"),
    ("Derivative(Integral(exp(-b*x), (x, t, oo)), t)", "-exp(-b*t)"),
]  # fmt: skip

FALSE = [
    ("Integral(1/x, (x, m, r))", "log(r) - log(m)"),  # 0 may lie between the ends
    ("Integral(1/x**2, (x, -1, 1))", "-2"),
    ("Integral(1/x, (x, 0, a))", "log(a)"),
    ("Integral(x**(-q), (x, m, r))", "(r**(1 - q) - m**(1 - q))/(1 - q)"),
    ("Integral(x**(m - 1), (x, 1, 2))", "(2**m - 1)/m"),  # m = 0
    ("Integral(sign(x), (x, m, r))", "r - m"),
    ("Integral(cos(m*x), (x, 0, 1))", "sin(m)/m"),
    ("Derivative(Integral(Abs(x), (x, 0, r)), r)", "r"),
    ("Derivative(Integral(exp(-x), (x, r, 1)), r)", "exp(-r)"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_value(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is not None


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_no_value(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is None
