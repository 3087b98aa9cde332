"""Relations in theta that are proved without being told how, and false ones that are not."""

from __future__ import annotations

import pytest

from derive.plain import declare, read_statement
from derive.search.facts import Facts
from derive.search.prove import prove

DATA = "n in Natural; x[i] in Real for i in 1..n"
POSITIVE = "n in Natural; x[i] in Positive for i in 1..n"
SQUARES = "Sum((x[i] - u)**2, (i, 1, n))"
SIMPLEX = (
    "m in Natural; c[j] in Positive for j in 1..m; Sum(c[j], (j, 1, m)) = 1; "
    "p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1"
)

TRUE = [
    (f"{DATA}; u in Real; s > 0", f"{SQUARES}/(2*s**2) + log(s) ~ {SQUARES}/n in u"),
    ("b > 0; u in Real", "-log(exp(-Abs(u)/b)/(2*b)) ~ 3*Abs(u) - 5 in u"),
    (f"{DATA}; u in Real", f"argmin({SQUARES}, u) = Sum(x[i], (i, 1, n))/n"),
    (f"{POSITIVE}; l > 0", "argmin(l*Sum(x[i], (i, 1, n)) - n*log(l), l) = n/Sum(x[i], (i, 1, n))"),
    ("a > 0; b > 0; u > 0", "argmin(a*u + b/u, u) = sqrt(b/a)"),
    ("a in (0,1); z in Real", "argmin(softplus(z) - a*z, z) = log(a/(1 - a))"),
    ("a in Real; z in Real", "argmin(log(cosh(z - a)), z) = a"),
    ("a in Real; z in Real", "argmin(Abs(z - a), z) = a"),
    ("a > 0; z in Real", "argmin(exp(z) - a*z, z) = log(a)"),
    (SIMPLEX, "argmin(-Sum(c[j]*log(p[j]), (j, 1, m)), p) = c"),
    (f"{DATA}; u[i] in Real for i in 1..n", "argmin(Sum((x[i] - u[i])**2, (i, 1, n)), u) = x"),
    (f"{DATA}; u in Real", f"argmin({SQUARES}, u) = argmin({SQUARES}/n + 1, u)"),
    ("x > 0", "order(log(x), x) = order(x, x)"),
    ("n in Natural; u > 0", "order(exp(-u*n), u) = order(-u, u)"),
    (f"{DATA}; y[i] in Real for i in 1..n",
     "grad(Sum((x[i] - y[i])**2, (i, 1, n)), x) = grad(Sum(x[i]**2 - 2*x[i]*y[i], (i, 1, n)), x)"),
]  # fmt: skip

FALSE = [
    (f"{DATA}; u in Real; s > 0", f"-{SQUARES}/(2*s**2) ~ {SQUARES}/n in u"),
    (f"{DATA}; u in Real", f"{SQUARES} ~ Sum(Abs(x[i] - u), (i, 1, n)) in u"),
    ("a in Real; u in Real", "a*u**2 ~ u**2 in u"),
    (f"{DATA}; u in Real", f"argmin({SQUARES}, u) = Sum(x[i], (i, 1, n))/(n + 1)"),
    (f"{DATA}; u in Real", f"argmin(-{SQUARES}, u) = Sum(x[i], (i, 1, n))/n"),
    ("u in (0,1)", "argmin(u**2, u) = 0"),
    ("a in Real; z in Real", "argmin(Max(Abs(z - a), 1), z) = a"),
    ("a > 0; b in Real; u > 0", "argmin(a*u + b/u, u) = sqrt(Abs(b)/a)"),
    ("x in Real", "order(x**2, x) = order(x, x)"),
    (f"{DATA}; u in Real", f"grad({SQUARES}, u) = grad({SQUARES}/n, u)"),
]


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_true_relations_are_proved(given: str, claim: str) -> None:
    context = declare(given)
    statement = read_statement(claim, context)
    found = prove(Facts(), context, statement)
    assert found is not None
    assert found.statement == statement
    assert found.context is context


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_false_relations_are_not(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None
