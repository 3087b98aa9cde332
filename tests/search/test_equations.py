"""Equality by arithmetic and congruence."""

from __future__ import annotations

import pytest

from derive import kernel
from derive.domains import REAL
from derive.functions import derivative
from derive.plain import declare, read, read_statement
from derive.search.equations import atoms, carried, congruent, enter, equate, in_context, reflexive
from derive.search.facts import Facts
from derive.term import Term, symbol

C = declare(
    "x in Real; y in Real; p in (0,1); n in Natural; u[i] in Real for i in 1..n; k in 1..n; "
    "f(t) in Real for t in Real"
)
x = symbol("x")


def equal(a: str, b: str, context=C):
    return equate(Facts(), context, read(a, context), read(b, context))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("x + y", "y + x"),
        ("(x + y)*(x - y)", "x**2 - y**2"),
        ("exp(x + y)", "exp(y + x)"),
        ("exp(2*x)*y", "y*exp(x + x)"),
        ("exp(exp(x*1) + 0)", "exp(exp(x))"),
        ("exp(x + y) - exp(y + x)", "0"),
        ("f(x + 0)", "f(x)"),
        ("u[k + 1 - 1] + 1", "1 + u[k]"),
        ("Sum(u[i]*2, (i, 1, n))", "Sum(u[j] + u[j], (j, 1, n))"),
        ("Sum(x, (i, 1, n))", "Sum(x, (i, 1, 2*n - n))"),
        ("Sum(exp(u[i] + x), (i, 1, n))", "Sum(exp(x + u[i]), (i, 1, n))"),
        ("Sum(Sum(u[i]*u[j], (j, 1, n)), (i, 1, n))", "Sum(Sum(u[j]*u[i], (j, 1, n)), (i, 1, n))"),
        ("Max(x + y, 1)", "Max(y + x, 2 - 1)"),
        ("Piecewise((x + y, x < y + 0), (1, True))", "Piecewise((y + x, x < y), (1, True))"),
        ("1/(1 - p)", "-1/(p - 1)"),
        ("log(p*1)", "log(p)"),
        ("p/p", "1"),
    ],
)
def test_equal(a, b):
    found = equal(a, b)
    assert found is not None
    assert found.statement == read_statement(f"{a} = {b}", C)
    assert kernel.is_theorem(found)
    assert C.extends(found.context)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("x", "y"),
        ("exp(x)", "exp(y)"),
        ("exp(x + y)", "exp(x - y)"),
        ("exp(x)", "cos(x)"),
        ("f(x)", "f(y)"),
        ("u[k]", "u[1]"),
        ("x/x", "1"),
        ("1/x - 1/x", "0"),
        ("log(x) - log(x)", "0"),
        ("Sum(u[i], (i, 1, n))", "Sum(u[i], (i, 1, n - 1))"),
        ("Sum(u[i], (i, 1, n))", "Sum(u[i] + 1, (i, 1, n))"),
        ("Sum(u[i], (i, 1, n))", "Product(u[i], (i, 1, n))"),
        ("Max(x, y)", "Min(x, y)"),
        ("Piecewise((x, x < y), (1, True))", "Piecewise((x, x <= y), (1, True))"),
        ("Piecewise((x, x < y), (1, True))", "Piecewise((x, y < x), (1, True))"),
        ("Piecewise((x, x < y), (1, True))", "Piecewise((x, x < y), (2, True))"),
        ("x**100", "x**101"),
    ],
)
def test_not_known_to_be_equal(a, b):
    assert equal(a, b) is None


def test_below_a_derivative():
    d = declare("x in (0,1); y in Real")
    facts = Facts()
    left, right = (derivative(read(t, d), x) for t in ("x*y", "y*x"))
    found = equate(facts, d, left, right)
    assert found is not None
    assert (found.lhs, found.rhs) == (left, right)
    assert equate(facts, d, left, derivative(read("x*y*y", d), x)) is None


def test_a_hypothesis_on_the_point_is_not_used_below_a_derivative():
    d = declare("x in (0,1); x = 1/2")
    left, right = derivative(x, x), derivative(read("1/2 + 0*x", d), x)
    assert equate(Facts(), d, left, right) is None


def test_reflexive_and_in_context():
    facts = Facts()
    same = reflexive(facts, C, x * 2)
    assert same is not None
    assert same.lhs == same.rhs == x * 2
    assert reflexive(facts, C, read("log(x)", C)) is None
    more = C.declare("z", REAL)
    assert in_context(more, same).context is more
    assert in_context(C, same) is same


def test_carried():
    facts = Facts()
    theorem = reflexive(facts, C, read("exp(x + y)", C))
    found = carried(facts, C, theorem, (1, 0), read("y + x", C))
    assert found is not None
    assert found.statement == read_statement("exp(x + y) = exp(y + x)", C)
    assert carried(facts, C, theorem, (1, 0), x) is None


def test_atoms():
    t = read("x*exp(y)**2 + 3/x - u[k]**y", C)
    found = [str(subterm) for _, subterm in atoms(t)]
    assert found == ["x", "exp(y)", "x", "u[k]**y"]
    for path, atom in atoms(t):
        at = t
        for step in path:
            at = at.args[step]
        assert at == atom


def test_congruence_needs_the_same_head():
    facts = Facts()
    a, b = read("exp(x + y)", C), read("exp(y + x)", C)
    assert congruent(facts, C, a, b) is not None
    assert congruent(facts, C, a, read("cos(y + x)", C)) is None
    assert congruent(facts, C, x, x) is None
    assert congruent(facts, C, read("Max(x, y)", C), read("Max(x, y, 1)", C)) is None


def test_entering_binders():
    facts = Facts()
    total = read("Sum(u[i], (i, 1, n))", C)
    inner, name, inside = enter(facts, C, total)
    assert inner.parent is C
    assert inner.names[name].domain == Term("Range", total.args[1:])
    assert inside == ()
    slope = derivative(read("p*x", C), symbol("p"))
    inner, name, (point,) = enter(facts, C, slope)
    assert inner.names[name].domain == point.rhs
    assert point.lhs == symbol("p")
    area = read("Integral(t, (t, 0, 1))", C)
    inner, name, (lower,) = enter(facts, C, area)
    assert inner.names[name].domain == Term("Open", area.args[1:])
    assert str(lower) == "|- 0 <= 1"
    for text, domain in (("(t, -oo, oo)", "Real"), ("(t, -oo, 0)", "(-oo, 0)"),
                         ("(t, 1, 0)", "(0, 1)"), ("(t, u[1], u[2])", "Real")):  # fmt: skip
        inner, name, _ = enter(facts, C, read(f"Integral(t, {text})", C))
        assert str(inner.names[name].domain).removeprefix("Open") == domain
    # A name that the context has is not taken again.
    d = declare("n in Natural; i in 1..n; u[i] in Real for i in 1..n")
    _, name, _ = enter(facts, d, read("Sum(u[i], (i, 1, n))", d))
    assert name != "i"
