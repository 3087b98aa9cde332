"""Inequalities that are proved without being told how, and false ones that are not."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.facts import Facts
from derive.search.forms.reduced import cleared, reduced
from derive.search.forms.rewriting import term_of
from derive.search.order.separation import apart
from derive.search.order.squares import squares
from derive.search.order.tangents import classes, tangent
from derive.search.prove import prove
from derive.term import Term

SIMPLEX = "m in Natural; p[i] in Positive for i in 1..m; Sum(p[i], (i, 1, m)) = 1"
TWO = f"{SIMPLEX}; q[i] in Positive for i in 1..m; Sum(q[i], (i, 1, m)) = 1"
DATA = "n in Natural; x[i] in Real for i in 1..n"

TRUE = [
    ("a in Real; b in Real", "2*a*b <= a**2 + b**2"),
    ("a in Real; b in Real; c in Real", "a*b + b*c + c*a <= a**2 + b**2 + c**2"),
    ("p in (0,1)", "p*(1 - p) <= 1/4"),
    ("x in Real", "2*x**2 <= x**4 + 1"),
    ("x > 0", "2 <= x + 1/x"),
    ("x > 0; x != 1", "2 < x + 1/x"),
    ("x in Real", "1 + x <= exp(x)"),
    ("x > 0", "x/(1 + x) <= log(1 + x)"),
    ("x > 0", "2*log(x) <= x**2 - 1"),
    ("x > 0; y > 0; x != y", "log(x) - log(y) < x/y - 1"),
    ("x > 0; y > 0; x < y", "log(x) < log(y)"),
    ("x > 0", "sqrt(x) <= (1 + x)/2"),
    ("p in (0,1); q in (0,1)", "0 <= p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))"),
    ("p in (0,1)", "-p*log(p) - (1 - p)*log(1 - p) <= log(2)"),
    ("a in (0,1); x > 0; y > 0", "a*log(x) + (1 - a)*log(y) <= log(a*x + (1 - a)*y)"),
    ("x in Real; y in Real", "Max(x, y) <= Abs(x) + Abs(y)"),
    ("x in Real", "Abs(x) <= (1 + x**2)/2"),
    ("y in {0,1}; p in (0,1)", "0 < -y*log(p) - (1 - y)*log(1 - p)"),
    ("z in Real; y in {-1,1}", "Max(0, 1 - y*z) <= (1 - y*z)**2 + 1"),
    (f"{DATA}; y[i] in (0,1) for i in 1..n", "Sum(y[i], (i, 1, n)) < n"),
    ("n in Natural; k[i] in Integer for i in 1..n; k[i] >= 2 for i in 1..n",
     "n/Sum(k[i], (i, 1, n)) < 1"),
    (DATA, "Sum(x[i], (i, 1, n))**2 <= n*Sum(x[i]**2, (i, 1, n))"),
    ("n in Natural; x[i] in Positive for i in 1..n",
     "Sum(log(x[i]), (i, 1, n))/n <= log(Sum(x[i], (i, 1, n))/n)"),
    (TWO, "0 <= Sum(p[i]*log(p[i]/q[i]), (i, 1, m))"),
    (SIMPLEX, "-Sum(p[i]*log(p[i]), (i, 1, m)) <= log(m)"),
    ("z in Real", "log(cosh(z)) <= z**2/2"),
]  # fmt: skip

FALSE = [
    ("a in Real; b in Real", "2*a*b < a**2 + b**2"),
    ("x > 0", "x - 1 <= log(x)"),
    ("x > 0", "2 < x + 1/x"),
    ("x > 0; y > 0", "log(x) - log(y) < x/y - 1"),
    ("x in Real", "x <= x**2"),
    ("p in (0,1)", "p*(1 - p) < 1/4"),
    (f"{DATA}; y[i] in [0,1] for i in 1..n", "Sum(y[i], (i, 1, n)) < n"),
    ("n in Natural0; y[i] in (0,1) for i in 1..n", "Sum(y[i], (i, 1, n)) < n"),
    (f"{SIMPLEX}; q[i] in (0,1) for i in 1..m", "0 <= Sum(p[i]*log(p[i]/q[i]), (i, 1, m))"),
    (TWO, "0 < Sum(p[i]*log(p[i]/q[i]), (i, 1, m))"),
    (SIMPLEX, "-Sum(p[i]*log(p[i]), (i, 1, m)) < log(m)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_true_inequalities_are_proved(given: str, claim: str) -> None:
    context = declare(given)
    statement = read_statement(claim, context)
    found = prove(Facts(), context, statement)
    assert found is not None
    assert found.statement == statement
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_false_inequalities_are_not(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_logarithms_are_grouped_by_coefficient() -> None:
    context = declare("a > 0; x > 0; y > 0; z > 0")
    found = classes(reduced(read("a*log(x) - a*log(y) + 2*log(z)", context)))
    groups = {str(term_of(c)): [(str(u), int(e)) for u, e in powers] for c, powers in found}
    assert groups == {"a": [("x", 1), ("y", -1)], "1": [("z", 2)]}


def test_a_tangent_is_strict_where_the_quotient_is_not_one() -> None:
    context = declare("x > 0; t > 0; x != t")
    x, t = (read(name, context) for name in "xt")
    found = tangent(Facts(), context, [(x, 2), (t, -2)])
    assert found is not None
    assert found.statement.head == "Lt"
    loose = tangent(Facts(), declare("x > 0; t > 0"), [(x, 1), (t, -1)])
    assert loose is not None
    assert loose.statement.head == "Le"


def test_a_root_is_told_apart_by_its_square() -> None:
    context = declare("s > 0; a > 0")
    context = context.assume(Term("Ne", (read("s", context), read("sqrt(a)", context))))
    ratio = read("s**2/a", context)
    found = apart(Facts(), context, ratio)
    assert found is not None
    assert found.statement == Term("Ne", (ratio, read("1")))
    assert apart(Facts(), context, read("s**2/(2*a)", context)) is None


def test_squares_are_completed_with_symbolic_coefficients() -> None:
    context = declare("a > 0; b in Real; x in Real")
    assert squares(Facts(), context, reduced(read("a*x**2 + b*x + b**2/(4*a)", context)))
    assert squares(Facts(), context, reduced(read("a*x**2 + b*x", context))) is None


def test_divisors_are_cleared_alike() -> None:
    first, second = cleared([reduced(read("1/(2*x - 2*y)")), reduced(read("x/(y - x)"))])
    assert first == {(): read("1/2").value}
    assert second == {m: -c for m, c in reduced(read("x")).items()}
    assert cleared([reduced(read("x")), reduced(read("1/y"))])[1] is None
