"""Exponentials of multiples of one product are powers of one of them."""

import pytest

from derive.plain import declare, read
from derive.search.facts import Facts
from derive.search.prove import equal

C = declare("x in Real; y in Real; s > 0")

TRUE = [
    ("exp(x/2)**2*exp(y)", "exp(x + y)"),
    ("exp(x/2)*exp(x/3)", "exp(5*x/6)"),
    ("sigmoid(x)", "exp(x/2)/(exp(x/2) + exp(-x/2))"),
    ("(exp(s**2) - 1)*exp(2*x + s**2) + exp(x + s**2/2)**2", "exp(2*x + 2*s**2)"),
]

FALSE = [
    ("exp(x/2)*exp(x/3)", "exp(x)"),
    ("exp(x/2) + exp(x/2)", "exp(x)"),
    ("exp(x*y/2)**2", "exp(x/2)**2*exp(y/2)**2"),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_equal(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is not None


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_not_equal(left, right):
    assert equal(Facts(), C, read(left, C), read(right, C)) is None
