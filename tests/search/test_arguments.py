"""Logarithms of differences; sums of logarithms by their products; double sums in either order."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.arguments import with_positive_arguments
from derive.search.facts import Facts
from derive.search.forms.logarithmic import by_products
from derive.search.prove import prove

ORDERED = "s in Real; t in Real; s < t"
TABLE = "n in Natural; m in Natural; u[i] in Real for i in 1..n; v[j] in Real for j in 1..m"

TRUE = [
    (ORDERED, "log(exp(t) - exp(s)) = t + log(1 - exp(s - t))"),
    (ORDERED, "log(sigmoid(t) - sigmoid(s)) = log(exp(t) - exp(s))"
              " - log(1 + exp(s)) - log(1 + exp(t))"),
    ("x > 1", "log(x**2 - 1) - log(x - 1) = log(x + 1)"),
    (TABLE, "Sum(Sum(Max(u[i], v[j]), (j, 1, m)), (i, 1, n))"
            " = Sum(Sum(u[i] + v[j] + Abs(u[i] - v[j]), (i, 1, n)), (j, 1, m))/2"),
    (TABLE, "Sum(Sum(Piecewise((1, u[i] <= v[j]), (0, True)), (j, 1, m)), (i, 1, n))/(n*m)"
            " = 1 - Sum(Sum(Piecewise((1, v[j] < u[i]), (0, True)), (j, 1, m)), (i, 1, n))/(n*m)"),
]  # fmt: skip

SPREAD = (
    "n in Natural; u[i] in Real for i in 1..n; w in Real; "
    "0 < Sum((u[i] - Sum(u[k], (k, 1, n))/n)**2, (i, 1, n))"
)
TRUE += [
    (SPREAD, "Sum(u[i], (i, 1, n))**2/n < Sum(u[i]**2, (i, 1, n))"),
    (SPREAD, "1 - (w - 1)**2/Sum((u[i] - Sum(u[k], (k, 1, n))/n)**2, (i, 1, n))"
             " ~ 2*w - w**2 in w"),
]  # fmt: skip

FALSE = [
    (SPREAD, "Sum(u[i], (i, 1, n))**2 < Sum(u[i]**2, (i, 1, n))"),
    (SPREAD, "(w - 1)**2/Sum((u[i] - Sum(u[k], (k, 1, n))/n)**2, (i, 1, n)) ~ 2*w - w**2 in w"),
    ("s in Real; t in Real", "log(exp(t) - exp(s)) = t + log(1 - exp(s - t)) + 0*s - 1"),
    (ORDERED, "log(exp(t) - exp(s)) = t - s"),
    ("x > 0", "log(x**2 - 1) - log(x - 1) = log(x + 1)"),
    (TABLE, "Sum(Sum(Piecewise((1, u[i] <= v[j]), (0, True)), (j, 1, m)), (i, 1, n))/(n*m)"
            " = 1 - Sum(Sum(Piecewise((1, v[j] <= u[i]), (0, True)), (j, 1, m)), (i, 1, n))/(n*m)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_what_holds_is_proved(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_what_does_not_is_not(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is None or not context.extends(found.context)


def test_an_inequality_gives_a_logarithm_its_value() -> None:
    context = declare(ORDERED)
    t = read("log(1 - exp(s - t))", context)
    known = with_positive_arguments(Facts(), context, [t])
    assert known is not None
    assert known.defined(context, t) is not None
    assert with_positive_arguments(Facts(), context, [read("log(exp(t))", context)]) is None


def test_sums_of_logarithms_are_compared_by_their_products() -> None:
    context = declare("x > 1")
    left, right = (read(t, context) for t in ("2*log(x)", "log(x**3) - log(x)"))
    assert by_products(Facts(), context, left, right) is not None
    other = read("log(x**3) - 2*log(x)", context)
    assert by_products(Facts(), context, left, other) is None
