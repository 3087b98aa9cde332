"""Proofs in a handful of lines, each with a theorem of its own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from derive.kernel import is_theorem, transitive
from derive.plain import declare, read, read_statement
from derive.refute.balls import evaluate
from derive.refute.points import points
from derive.search.facts import Facts
from derive.search.forms.tidy import canonical, tidy
from derive.search.readable.condense import MOST_LINES, condensed, reasons
from derive.verdicts import decide

ROWS = "n in Natural; s > 0; u[i] in Real for i in 1..n; y[i] in Real for i in 1..n"
PROOFS = [
    ("log(a*b**2) = log(a) + 2*log(b)", "a > 0; b > 0"),
    ("a + b = b + a", "a > 0; b > 0"),
    ("log(a) <= a - 1", "a > 0"),
    (
        "-log(p**y*(1-p)**(1-y)) = -y*log(p) - (1-y)*log(1-p)",
        "y in {0,1}; p in (0,1)",
    ),
    (
        "-log(Product(1/sqrt(2*pi*s**2)*exp(-(y[i]-u[i])**2/(2*s**2)), (i,1,n))) = "
        "n*log(2*pi*s**2)/2 + Sum((y[i]-u[i])**2, (i,1,n))/(2*s**2)",
        ROWS,
    ),
    ("Derivative(log(sigmoid(z)), z) = 1 - sigmoid(z)", "z in Real"),
    ("q[1]*log(q[2]) = q[1]*log(1 - q[1])", "q[j] in (0,1) for j in 1..2; q[1] + q[2] = 1"),
]


@pytest.mark.parametrize(("claim", "given"), PROOFS)
def test_lines_are_theorems_that_make_the_statement(claim: str, given: str) -> None:
    context = declare(given)
    verdict = decide(context, read_statement(claim, context))
    assert verdict.theorem is not None
    steps = condensed(Facts(), verdict.theorem)
    assert 1 <= len(steps) <= MOST_LINES
    whole = steps[0].theorem
    for before, step in pairwise(steps):
        assert is_theorem(step.theorem)
        assert step.theorem.lhs == before.term
        whole = transitive(whole, step.theorem)
    assert all(step.reasons and step.theorem.rhs == step.term for step in steps)
    assert whole.context is verdict.theorem.context
    assert whole.statement == verdict.theorem.statement


def test_rules_that_only_find_terms_defined_are_not_named() -> None:
    context = declare("a > 0; b > 0")
    verdict = decide(context, read_statement("log(a*b) = log(a) + log(b)", context))
    assert verdict.theorem is not None
    assert reasons(verdict.theorem) == ["log_product"]


TERMS = [
    "(n - 1 + 1)*(-x + 1)", "(1/2)*(1/s**2)*x", "(-1)*(x*(-1))", "-(-x)", "0*x", "x*0 + 0",
    "(-x - n)/2", "-(x/(-s))", "x**(-1)*n/(2/3)", "(-1)*Sum((-1)*(u[i] - 0), (i, 1, n))",
    "1/(1/x)", "2*3*x - 4 + 5", "-2 - x",
]  # fmt: skip


@pytest.mark.parametrize("text", TERMS)
def test_tidying_keeps_the_value(text: str) -> None:
    context = declare(ROWS + "; x > 0")
    t = read(text, context)
    nice = tidy(t)
    assert canonical(nice) == canonical(t)
    assert tidy(nice) == nice
    for point in points(context, count=5):
        assert evaluate(nice, point) == evaluate(t, point)


@pytest.mark.parametrize(
    ("text", "nice"),
    [
        ("(n - 1 + 1)*(-x + 1)", "n*(1 - x)"),
        ("(1/2)*(1/s**2)*x", "x/(2*s**2)"),
        ("x + (-1)*n", "x - n"),
        ("-x + n", "n - x"),
        ("(-1)*x - n", "-(x + n)"),
    ],
)
def test_terms_are_written_as_one_would(text: str, nice: str) -> None:
    context = declare(ROWS + "; x > 0")
    assert tidy(read(text, context)) == read(nice, context)
