"""Roots in one spelling, whatever is known of what stands below them."""

import pytest

from derive.plain import declare, read
from derive.search.facts import Facts
from derive.search.prove import equal, normal_form
from derive.term import ZERO

C = declare("a > 0; b > 0; s > 0; x in Real; y in Real; n in Natural")

TRUE = [
    ("sqrt(6*a/b)", "sqrt(2)*sqrt(3*a)/sqrt(b)"),
    ("sqrt(1/(2*s**2))", "1/(sqrt(2)*s)"),
    ("1/sqrt(8)", "sqrt(2)/4"),
    ("a**(5/2)/sqrt(a)", "a**2"),
    ("(1/s**2)**(3/2)", "1/s**3"),
    ("exp(log(a)/2)", "sqrt(a)"),
    ("sqrt(2*(a + b))", "sqrt(2)*sqrt(a + b)"),
    ("a**((n + 1)/2 - 1)", "exp(n*log(a)/2)/sqrt(a)"),
    ("sqrt(2)*x*sqrt(2)", "2*x"),
    ("(x + y)/sqrt(12)", "sqrt(3)*(x + y)/6"),
    ("sqrt(72*a**3/b)", "6*a*sqrt(2)*sqrt(a)/sqrt(b)"),
    ("erf((x - y)/(sqrt(2)*s))", "erf(sqrt(1/(2*s**2))*(x - y))"),
    ("NormalDensity(x, y, 1/a)", "sqrt(a/(2*pi))*exp(-a/2*(x - y)**2)"),
    ("NormalDensity(x, y, s**2)", "exp(-((x - y)/(sqrt(2)*s))**2)/(sqrt(2*pi)*s)"),
    ("Derivative(NormalDensity(x, y, s**2), x)",
     "(y - x)/(sqrt(2*pi)*s**3)*exp(-(x - y)**2/(2*s**2))"),
    ("Derivative(LogNormalDensity(a, x, s**2), a)",
     "-exp(-(log(a) - x)**2/(2*s**2))*(1 + (log(a) - x)/s**2)/(sqrt(2*pi)*a**2*s)"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_equal_roots(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is not None


FALSE = [
    ("sqrt(x**2)", "x"),
    ("sqrt(x**2*y**2)", "x*y"),
    ("sqrt(a + b)", "sqrt(a) + sqrt(b)"),
    ("sqrt(2)*sqrt(3)", "sqrt(5)"),
    ("1/sqrt(2)", "sqrt(2)"),
    ("NormalDensity(x, y, x**2)", "exp(-((x - y)/x)**2/2)/(sqrt(2*pi)*x)"),
]


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_unequal_roots(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is None


@pytest.mark.parametrize("text", ["sqrt(1/s**2)", "sqrt(4/9)", "sqrt(x**2)", "sqrt(2/3)"])
def test_the_form_is_final(text):
    form = normal_form(Facts(), C, read(text, C), ZERO)
    again = normal_form(Facts(), C, form.rhs, ZERO)
    assert again.rhs == form.rhs
