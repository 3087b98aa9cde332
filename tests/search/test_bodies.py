"""Derivatives of log-likelihoods; sums compared term by term, the rest shared out."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.calculus.bodies import written_out
from derive.search.facts import Facts
from derive.search.prove import prove
from derive.term import walk

CLASSES = (
    "m in Natural; t > 0; u[j] in Real for j in 1..m; k in 1..m; a[j] in (0,1) for j in 1..m; "
    "Sum(a[j], (j, 1, m)) = 1"
)
ROW = "n in Natural; r[i] in Real for i in 1..n; c in Real; y[i] in {0,1} for i in 1..n"
COUNT = "n in Natural; k in 1..n"

TRUE = [
    (CLASSES, "Derivative(-Sum(a[j]*log(exp(t*u[j])/Sum(exp(t*u[l]), (l, 1, m))), (j, 1, m)), u[k])"
              " = t*(exp(t*u[k])/Sum(exp(t*u[l]), (l, 1, m)) - a[k])"),
    (CLASSES, "grad(Sum(a[j]*log(a[j]*Sum(exp(u[l]), (l, 1, m))/exp(u[j])), (j, 1, m)), u)"
              " = grad(log(Sum(exp(u[l]), (l, 1, m))) - Sum(a[j]*u[j], (j, 1, m)), u)"),
    (ROW, "Derivative(-log(Product(sigmoid(r[i] - c)**y[i]*(1 - sigmoid(r[i] - c))**(1 - y[i]),"
          " (i, 1, n))), c) = Sum(y[i] - sigmoid(r[i] - c), (i, 1, n))"),
    (ROW, "Sum(Abs(r[i]) + r[i], (i, 1, n)) = 2*Sum(Max(r[i], 0), (i, 1, n))"),
    (ROW, "Sum(Max(r[i], c), (i, 1, n))/n = c + Sum(Max(r[i] - c, 0), (i, 1, n))/n"),
    (COUNT, "Product((n - i)/(n - i + 1), (i, 1, k)) = 1 - k/n"),
    (COUNT, "Sum(1/((n + 1 - i)*(n + 2 - i)), (i, 1, k)) = 1/(n + 1 - k) - 1/(n + 1)"),
]  # fmt: skip

FALSE = [
    (CLASSES, "Derivative(-Sum(a[j]*log(exp(t*u[j])/Sum(exp(t*u[l]), (l, 1, m))), (j, 1, m)), u[k])"
              " = exp(t*u[k])/Sum(exp(t*u[l]), (l, 1, m)) - a[k]"),
    (CLASSES.replace("; Sum(a[j], (j, 1, m)) = 1", ""),
     "Derivative(-Sum(a[j]*log(exp(u[j])/Sum(exp(u[l]), (l, 1, m))), (j, 1, m)), u[k])"
     " = exp(u[k])/Sum(exp(u[l]), (l, 1, m)) - a[k]"),
    (ROW, "Sum(Max(r[i], c), (i, 1, n)) = c + Sum(Max(r[i] - c, 0), (i, 1, n))"),
    (ROW.replace("Natural", "Natural0"),
     "Sum(Max(r[i], c), (i, 1, n)) = c*(n + 1) + Sum(Max(r[i] - c, 0), (i, 1, n))"),
    (COUNT, "Product((n - i)/(n - i + 1), (i, 1, k)) = (n - k)/(n + 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_what_follows_when_it_is_written_out(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_what_does_not(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_the_logarithm_is_written_out_before_it_is_differentiated() -> None:
    context = declare("x > 0; a > 0")
    found = written_out(Facts(), context, read("Derivative(log(a*x**2), x)", context))
    assert found is not None
    inside = {str(u.args[0]) for _, u in walk(found.rhs) if u.head == "log"}
    assert "a*x**2" not in inside
    assert written_out(Facts(), context, read("Derivative(x**2, x)", context)) is None
