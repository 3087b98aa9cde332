"""Roots, functions of equal arguments, sums of logarithms; what known products say; increments."""

from __future__ import annotations

import pytest

from derive.gate import is_proof
from derive.kernel import is_theorem
from derive.plain import declare, read_statement
from derive.search.facts import Facts
from derive.search.prove import prove

TRUE = [
    ("y in Positive; u in Positive", "(y - u)/(sqrt(y) + sqrt(u)) = sqrt(y) - sqrt(u)"),
    ("u in Positive", "u**(3/2)/u = sqrt(u)"),
    ("u in Nonnegative; v in Positive", "(sqrt(u)*sqrt(v) + v)/sqrt(v) = sqrt(u) + sqrt(v)"),
    (
        "d in Natural; c in Real; a[k] in Real for k in 1..d; b[k] in Real for k in 1..d",
        "Max(0, Sum((a[k] - b[k])**2, (k, 1, d)) - c)"
        " = Max(Sum(a[k]**2 - 2*a[k]*b[k] + b[k]**2, (k, 1, d)) - c, 0)",
    ),
    ("x in Real; y in Real; y != 0; 0 < x/y; 0 < y/x", "log(x/y) = -log(y/x)"),
    ("x in Real; y in Real; z in Real; 0 < x*y; 0 < y*z; 0 < x*z; 0 < y**2",
     "log(x*y) + log(y*z) = log(x*z) + log(y**2)"),
    ("x in Real; y in Real; x*y != 0", "y != 0"),
    ("x in Real; y in Real; y != 0; x/y < 0", "x != 0"),
    ("x in Real; y in Real; 0 < x*y", "0 < y/x"),
    ("x in Real; y in Real; z in Real; 0 < x*y/z", "0 < x*y*z"),
    ("n in Natural0; b in (0,1); c in Real", "(1 - b)*Sum(b**(n - i)*c, (i, 1, n)) = c*(1 - b**n)"),
    ("n in Natural; b in (0,1)", "(1 - b)*Sum(b**i, (i, 0, n - 1)) = 1 - b**n"),
    ("c in Positive; x in Real", "Max(0, c - c*x) = c*(Abs(1 - x) + 1 - x)/2"),
    ("c in Positive; y in Real; z in Real; 0 < y**2",
     "Max(0, c - c*y*z) ~ Abs(1 - y*z) + 1 - y*z in z"),
    ("n in Natural; r[i] in Real for i in 1..n",
     "Sum(log(cosh(r[i])), (i, 1, n)) <= Sum(Abs(r[i]), (i, 1, n))"),
    ("p in (0,1)", "0 < 1 - sqrt(p)**2"),
    ("p in (0,1); c in Positive", "0 < 1 - p*c/c"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "text"), TRUE)
def test_true_statements_are_proved(given: str, text: str) -> None:
    context = declare(given)
    s = read_statement(text, context)
    theorem = prove(Facts(), context, s)
    assert is_theorem(theorem)
    assert theorem is not None
    assert is_proof(theorem, s, context)


FALSE = [
    ("y in Positive", "sqrt(y)*sqrt(y) = y**2"),
    ("y in Positive; u in Positive", "sqrt(y) + sqrt(u) = sqrt(y + u)"),
    ("x in Real; y in Real", "Max(0, x) = Max(y, 0)"),
    ("x in Real; y in Real; y != 0; 0 < x/y; 0 < y/x", "log(x/y) = log(y/x)"),
    ("x in Real; y in Real; 0 < x/y; y != 0", "0 < x"),
    ("x in Real; y in Real; x*y < 0", "0 < y/x"),
    ("x in Real; y in Real; z in Real; 0 < x*y/z; z != 0", "0 < x*y"),
    ("x in Real; y in Real; x*y <= 0", "x != 0"),
    ("n in Natural0; b in (0,1)", "(1 - b)*Sum(b**(n - i), (i, 1, n)) = 1 - b**(n + 1)"),
    ("c in Real; x in Real", "Max(0, c*x) = c*Max(0, x)"),
    ("c in Real; y in Real; z in Real", "Max(0, c - c*y*z) ~ Abs(1 - y*z) + 1 - y*z in z"),
    ("n in Natural0; x[i] in Real for i in 1..n + 1",
     "x[1] + Sum(x[i], (i, 2, n + 1)) = Sum(x[i], (i, 1, n))"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "text"), FALSE)
def test_false_statements_are_not(given: str, text: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(text, context)) is None
