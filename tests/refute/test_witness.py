"""Points satisfy their context; false statements get a witness, true ones never do."""

from fractions import Fraction
from itertools import islice

import pytest

from derive.context import EMPTY, Hypothesis
from derive.domains import BIT, NATURAL, NATURAL0, PARTIAL, POSITIVE, REAL, UNIT
from derive.functions import (
    Abs,
    Eq,
    Le,
    Lt,
    Ne,
    Product,
    Sum,
    apply,
    binomial,
    cosh,
    derivative,
    exp,
    log,
    sinh,
    sqrt,
)
from derive.refute.balls import holds
from derive.refute.points import points
from derive.refute.witness import Witness, WitnessError, refute, verify, witness_at
from derive.term import bind, number, symbol, term

x, y, z, n, m, i = map(symbol, ("x", "y", "z", "n", "m", "i"))
j, k, p, P, Y = map(symbol, ("j", "k", "p", "P", "Y"))
F = Fraction


def span(low, high):
    return apply("Range", term(low), term(high))


REALS = EMPTY.declare("x", REAL).declare("y", REAL)
ROWS = (
    EMPTY.declare("n", NATURAL)
    .declare("m", NATURAL)
    .declare("Y", BIT, (span(1, n), span(1, m)))
    .declare("P", UNIT, (span(1, n), span(1, m)))
    .assume(bind("ForAll", "i", Eq(Sum(Y[i, j], (j, 1, m)), 1), span(1, n)))
    .assume(bind("ForAll", "i", Eq(Sum(P[i, j], (j, 1, m)), 1), span(1, n)))
)
SIMPLEX = (
    EMPTY.declare("m", NATURAL)
    .declare("p", UNIT, (span(1, m),))
    .assume(Eq(Sum(p[j], (j, 1, m)), 1))
)
THREE = EMPTY.declare("x", UNIT).declare("y", UNIT).declare("z", UNIT).assume(Eq(x + y + z, 1))
CHAIN = REALS.declare("z", POSITIVE).assume(Lt(x, y)).assume(Eq(x * 2 + y, z + 3)).assume(Ne(y, 0))
DEFINED = ROWS.declare("q", REAL, definition=Sum(P[i, 1], (i, 1, n)) / n).assume(Eq(m, 2))
CONTEXTS = [REALS, ROWS, SIMPLEX, THREE, CHAIN, DEFINED, EMPTY]

CE = -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n))
BCE = -Sum(Y[i, 1] * log(P[i, 1]) + (1 - Y[i, 1]) * log(1 - P[i, 1]), (i, 1, n))
NATURALS = EMPTY.declare("n", NATURAL0)


@pytest.mark.parametrize("context", CONTEXTS)
def test_points_satisfy_their_context(context):
    found = list(points(context, seed=3, count=20))
    assert len(found) == (1 if context is EMPTY else 20)
    for point in found:
        assert set(point) == set(context.names)
        for entry in context.entries():
            if isinstance(entry, Hypothesis):
                assert holds(entry.statement, point) is True


def test_points_depend_on_the_seed_alone():
    first = list(points(CHAIN, seed=1, count=6))
    assert first == list(points(CHAIN, seed=1, count=6))
    assert first != list(points(CHAIN, seed=2, count=6))


def test_sizes_and_corners_come_first():
    sizes = {point["m"] for point in islice(points(ROWS), 8)}
    assert {F(2), F(3), F(4)} <= sizes  # one class alone cannot have p in (0, 1)
    assert F(0) in {point["n"] for point in points(NATURALS)}
    assert {F(0), F(1)} <= {point["x"] for point in points(REALS)}


def test_a_contradictory_context_has_no_points():
    assert list(points(REALS.assume(Lt(x, x)), count=3)) == []
    assert list(points(SIMPLEX.assume(Eq(m, 1)), count=3)) == []


FALSE = [
    (REALS, Eq(x / x, 1)),
    (REALS, Eq(log(x**2), 2 * log(x))),
    (REALS, Eq(exp(log(x)), x)),
    (REALS, Eq(sqrt(x**2), x)),
    (REALS, Eq(sqrt(x * y), sqrt(x) * sqrt(y))),
    (REALS, Le(x**2, x + 5)),
    (REALS, Lt(0, x**2)),
    (REALS, Ne(x, 7)),
    (REALS, apply("In", x, UNIT)),
    (REALS, Eq(derivative(Abs(x), x), apply("sign", x))),
    (ROWS, Eq(CE, BCE)),
    (ROWS.assume(Eq(m, 3)), Eq(CE, BCE)),
    (SIMPLEX, Eq(Sum(p[j] ** 2, (j, 1, m)), 1)),
    (SIMPLEX, bind("ForAll", "k", Lt(p[k], F(1, 2)), span(1, m))),
    (NATURALS, Eq(Sum((-1) ** j * binomial(n, j), (j, 0, n)), 0)),
    (EMPTY.declare("p", UNIT), Eq(log(p - 1), 17)),
    (EMPTY.declare("y", BIT), Eq(log(y), 0)),
    (EMPTY.declare("y", BIT), Eq(2 * y, 1)),
    (
        EMPTY.declare("n", NATURAL).declare("x", REAL, (span(1, n),)),
        Eq(exp(Sum(log(x[i] ** 2) / 2, (i, 1, n))), Product(x[i], (i, 1, n))),
    ),
    (
        EMPTY.declare("n", NATURAL).declare("x", REAL, (span(1, n),)),
        Eq(Sum(i, (i, 1, n - 2)), Sum(i, (i, 1, n)) - n - (n - 1) + n - 1),
    ),
    (THREE, Eq(derivative(x + y, x), 0)),
    (REALS, apply("Affine", x**3, x, x)),
    (REALS, apply("Affine", -x, x, x)),
    (REALS, apply("SameOrder", x**2, x, x)),
    (REALS, apply("SameGradient", x**2, 2 * x**2, x)),
    (REALS, apply("Argmin", x**2 - 2 * x, 2, x)),
    (REALS, apply("Argmin", x**2 * (x - 1) ** 2, 1, x)),
    (EMPTY.declare("p", UNIT), apply("Argmin", (p - 1) ** 2, 1, p)),
    (EMPTY.declare("p", BIT), apply("SameArgmin", p, 1 - p, p)),
]


@pytest.mark.parametrize(("context", "statement"), FALSE)
def test_false_statements_are_refuted(context, statement):
    witness = refute(context, statement)
    assert isinstance(witness, Witness)
    assert verify(witness, context, statement)
    assert witness.sentence()
    assert witness.data()["points"]


TRUE = [
    (REALS, Eq(sinh(x) + cosh(x), exp(x))),
    (REALS, Eq(sqrt(x**2), Abs(x))),
    (REALS, Eq(x / x, x / x * 1)),
    (REALS, Eq(log(x) - log(x), 0 * log(x))),
    (REALS, Le(2 * x, x**2 + 1)),
    (REALS, Le(exp(x) * exp(-x), 1)),
    (ROWS.assume(Eq(m, 2)), Eq(CE, BCE)),
    (EMPTY.declare("p", UNIT), Lt(log(p), 0)),
    (REALS, apply("Affine", 2 * x**2 + y, x**2, x)),
    (REALS, apply("SameOrder", x**3, x, x)),
    (REALS, apply("SameGradient", x**2, x**2 + y, x)),
    (REALS, apply("Argmin", x**2 - 2 * x, 1, x)),
    (REALS, apply("Argmin", exp(x) - x, 0, x)),
    (EMPTY.declare("p", BIT), apply("SameArgmin", p, 2 * p + 1, p)),
]


@pytest.mark.parametrize(("context", "statement"), TRUE)
def test_true_statements_are_never_refuted(context, statement):
    assert refute(context, statement, budget=40) is None


def test_the_witness_is_simple():
    shown = refute(ROWS, Eq(CE, BCE)).points[0].at
    assert shown["n"] == "1"
    assert int(shown["m"]) in (1, 3)
    assert list(shown)[:2] == ["n", "m"]
    assert refute(REALS, Eq(log(x**2), 2 * log(x))).points[0].at == {"x": "-1"}


def test_the_values_are_enclosed():
    place = refute(ROWS.assume(Eq(m, 3)), Eq(CE, BCE)).points[0]
    (low, high), right = place.lhs, place.rhs
    assert F(low) < F(high)
    assert F(high) < F(right[0]) or F(right[1]) < F(low)


def test_a_forged_witness_is_refused():
    witness = refute(REALS, Eq(x**2, x))
    assert verify(witness, REALS, Eq(x**2, x))
    assert not verify(witness, REALS, Eq(x**2, x * x))
    forged = Witness("Eq", witness.points, ({"x": F(-1), "p": F(2)},))
    assert not verify(forged, REALS, Eq(x**2, x))
    outside = Witness("Eq", witness.points, ({"p": F(2)},))
    assert not verify(outside, EMPTY.declare("p", UNIT), Eq(p, 0))


def test_a_point_that_somebody_names():
    statement = Eq(Sum(p[j] ** 2, (j, 1, m)), 1)
    third = {"m": F(2), "p[1]": F(1, 3), "p[2]": F(2, 3)}
    assert witness_at(SIMPLEX, statement, third).points[0].at["p[2]"] == "2/3"
    with pytest.raises(WitnessError, match="do not satisfy"):
        witness_at(SIMPLEX, statement, {**third, "p[2]": F(1, 2)})
    with pytest.raises(WitnessError, match=r"p\[2\] has no value"):
        witness_at(SIMPLEX, statement, {"m": F(2), "p[1]": F(1, 3)})
    with pytest.raises(WitnessError, match=r"p\[3\] is outside"):
        witness_at(SIMPLEX, statement, {**third, "p[3]": F(1, 3)})
    with pytest.raises(WitnessError, match="not declared"):
        witness_at(SIMPLEX, statement, {"r": F(2)})
    with pytest.raises(WitnessError, match="not refuted"):
        witness_at(REALS, Eq(x**2, x), {"x": F(1)})
    with pytest.raises(WitnessError, match="x has no value"):
        witness_at(REALS, Eq(x**2, x), {"y": F(1)})


def test_abstract_functions_get_formulas():
    context = EMPTY.declare("x", REAL).declare("L", POSITIVE, (REAL,))
    level = symbol("L")
    assert refute(context, Eq(level[x], level[number(0)])) is not None
    assert refute(context, Lt(0, level[x]), budget=40) is None
    partial = EMPTY.declare("x", REAL).declare("f", PARTIAL, (REAL,))
    assert refute(partial, Eq(symbol("f")[x] * 0, 0)) is not None
