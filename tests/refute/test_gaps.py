"""Statements that fail in few places only: corners, one size, one line, beside a minimiser."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.plain import declare, read_statement
from derive.refute.points import points
from derive.refute.witness import WitnessError, refute, verify, witness_at

SIMPLEX = (
    "m in Natural; p[j] in (0,1) for j in 1..m; q[j] in (0,1) for j in 1..m;"
    "Sum(p[j],(j,1,m)) = 1; Sum(q[j],(j,1,m)) = 1"
)
ROWS_AND_COLUMNS = "Sum(P[i,j],(j,1,n)) = 1 for i in 1..n; Sum(P[i,j],(i,1,n)) = 1 for j in 1..n"
DOUBLY = "n in Natural; P[i,j] in (0,1) for i in 1..n, j in 1..n;" + ROWS_AND_COLUMNS
PERMUTATION = "n in Natural; P[i,j] in {0,1} for i in 1..n, j in 1..n;" + ROWS_AND_COLUMNS
PLANE = "x in Real; y in Real"

FALSE = [
    ("n in Natural", "Max(0, n - 50) = 0"),
    ("n in Natural", "Sum(i,(i,1,n)) = n*(n+1)/2 + Max(0, n-57)"),
    ("n in Natural; x[i] in Real for i in 1..n", "Sum(x[i],(i,1,n))*Max(0,n-14) = 0"),
    (
        "m in Natural; p[j] in (0,1) for j in 1..m; Sum(p[j],(j,1,m)) = 1",
        "Max(0,p[1]-17/20) = 0",
    ),
    (SIMPLEX, "Sum(p[j]*log(p[j]/q[j]),(j,1,m)) <= 6/5"),
    (SIMPLEX, "Sum(p[j]*log(p[j]/q[j]),(j,1,m)) > 0"),
    (DOUBLY, "Sum(P[i,i],(i,1,n)) = 1"),
    (PERMUTATION, "Sum(P[i,i],(i,1,n)) = n"),
    (PERMUTATION, "Sum(P[i,i],(i,1,n)) != 1"),
    (PLANE, "(x**2-y**2)/(x-y) = x+y"),
    (PLANE, "(x - 2*y + 3/7)/(x - 2*y + 3/7) = 1"),
    ("x in Real; y in Positive", "log(x+3*y) - log(x+3*y) = 0"),
    ("x in Real; v in Real", "argmin((x-v)**2, x) = v + 1/1000"),
    (
        "n in Natural; u in Real; x[i] in Real for i in 1..n",
        "argmin(Sum((x[i]-u)**2,(i,1,n)), u) = Sum(x[i],(i,1,n))/n + 1/100000",
    ),
    (
        SIMPLEX + "; r[j] in (0,1) for j in 1..m; Sum(r[j],(j,1,m)) = 1",
        "argmin(-Sum(p[j]*log(q[j]),(j,1,m)), q) = r",
    ),
    (SIMPLEX, "argmin(Sum((p[j]-q[j])**2,(j,1,m))+q[1]/1000, q) = p"),
    ("a in {0,1}; b in {0,1}", "argmin(a + b - 3*a*b, a, b) = argmin(a + b, a, b)"),
    (
        "n in Natural; a[i] in {0,1} for i in 1..n",
        "argmin(Sum(a[i],(i,1,n)), a) = argmin(Sum(1-a[i],(i,1,n)), a)",
    ),
    ("p in (0,1)", "p > 1/500"),
    ("x in Real", "x**2 < 9000"),
    ("x in Positive", "x*log(x) > -1/3"),
    (
        "s in Positive; a in Real",
        "Integral(exp(-(x-a)**2/(2*s**2)),(x,-oo,oo)) = sqrt(2*pi)*s + 1/1000",
    ),
    (
        "s in Positive; a in Real",
        "Integral(x**2*exp(-(x-a)**2/(2*s**2))/sqrt(2*pi*s**2),(x,-oo,oo)) = s**2",
    ),
    ("b in Positive", "Integral(exp(-b*x),(x,0,oo)) = b"),
    ("b in Positive", "Integral(x**2*exp(-b*x),(x,0,oo)) = 1/b**3"),
    (
        "x in Real",
        "Piecewise((1, x < 1/3), (2, True)) = Piecewise((1, x <= 1/3), (2, True))",
    ),
    (PLANE, "Max(x,y) > Min(x,y)"),
    (PLANE, "(sqrt(2)*x-sqrt(2)*x)**2 + y = y + 1/10**9"),
    ("x in Real", "(log(2)-log(2))**2 = 1"),
    ("x in Real", "(log(2)+log(3)-log(6))**3 = 1"),
    (
        "u in Real; v in Positive; n in Natural; x[i] in Real for i in 1..n",
        "Sum((x[i]-u)**2,(i,1,n))/(2*v) ~ Sum((x[i]-u)**2,(i,1,n)) + u/100 in u",
    ),
    ("x in Real", "order(x**3 - x/1000, x) = order(x, x)"),
]


@pytest.mark.parametrize(("given", "claim"), FALSE)
def test_it_is_refuted(given: str, claim: str) -> None:
    context = declare(given)
    statement = read_statement(claim, context)
    witness = refute(context, statement)
    assert witness is not None
    assert verify(witness, context, statement)


TRUE = [
    ("n in Natural", "Sum(i,(i,1,n)) = n*(n+1)/2"),
    (SIMPLEX, "Sum(p[j]*log(p[j]/q[j]),(j,1,m)) >= 0"),
    (SIMPLEX, "argmin(-Sum(p[j]*log(q[j]),(j,1,m)), q) = p"),
    (DOUBLY, "Sum(Sum(P[i,j],(j,1,n)),(i,1,n)) = n"),
    (PERMUTATION, "Sum(Sum(P[i,j]**2,(j,1,n)),(i,1,n)) = n"),
    ("x in Real; v in Real", "argmin((x-v)**2, x) = v"),
    ("a in {0,1}; b in {0,1}", "argmin(a + b, a, b) = argmin(2*a + b, a, b)"),
    ("x in Real; y in Real; x != y", "(x**2-y**2)/(x-y) = x+y"),
    ("b in Positive", "Integral(x*exp(-b*x),(x,0,oo)) = 1/b**2"),
]


@pytest.mark.parametrize(("given", "claim"), TRUE)
def test_what_is_true_is_not(given: str, claim: str) -> None:
    context = declare(given)
    assert refute(context, read_statement(claim, context)) is None


def test_a_minimiser_without_meaning_is_passed_over() -> None:
    context = declare("n in Natural; y[i] in Real for i in 1..n; u in Real")
    statement = read_statement("argmin((u - y[1])**2, u) = y[3]", context)
    witness = refute(context, statement)
    assert witness is not None
    size = witness.values[0]["n"]
    assert isinstance(size, Fraction)
    assert size >= 3


@pytest.mark.parametrize("given", [DOUBLY, PERMUTATION])
def test_rows_and_columns_sum_to_1(given: str) -> None:
    found = list(points(declare(given), count=15))
    assert {point["n"] for point in found} >= {Fraction(2), Fraction(3)}
    for point in found:
        family = point["P"]
        assert isinstance(family, dict)
        for side in (0, 1):
            for k in range(1, int(str(point["n"])) + 1):
                assert sum(x for key, x in family.items() if key[side] == k) == 1


def test_almost_all_weight_on_one_class() -> None:
    families = [point["p"] for point in points(declare(SIMPLEX), count=40)]
    heaviest = [max(f.values()) for f in families if isinstance(f, dict)]
    assert sum(x >= Fraction(9, 10) for x in heaviest) >= 3


@pytest.mark.parametrize(
    ("claim", "at"),
    [
        ("x**3 ~ x in x", {}),
        ("x**3 ~ x in x", {"x": Fraction(2)}),
        ("order(-x, x) = order(x, x)", {"x": Fraction(1)}),
        ("order(x*y, x) = order(x, x)", {"y": Fraction(-1), "x": Fraction(0)}),
    ],
)
def test_a_named_point_is_completed(claim: str, at: dict[str, Fraction]) -> None:
    context = declare(PLANE)
    statement = read_statement(claim, context)
    given = {"x": Fraction(0), **at}
    witness = witness_at(context, statement, given)
    assert verify(witness, context, statement)
    assert witness.values[0]["x"] == given["x"]


def test_a_named_point_that_does_not_refute() -> None:
    context = declare(PLANE)
    statement = read_statement("order(x*y, x) = order(x, x)", context)
    with pytest.raises(WitnessError, match="not refuted"):
        witness_at(context, statement, {"x": Fraction(0), "y": Fraction(2)})
