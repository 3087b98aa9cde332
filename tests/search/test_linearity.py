"""Sums are linear; small linear systems have non-negative solutions or none."""

from fractions import Fraction
from random import Random

import pytest

from derive.context import EMPTY
from derive.plain import declare, read
from derive.search.facts import Facts
from derive.search.justify import Steps, justify
from derive.search.order.linear import combine

GIVEN = (
    "n in Natural0; m in Natural; a in Real; b in Real; c in Positive; "
    "x[i] in Real for i in 1..n; y[i] in Real for i in 1..n; p[i] in Positive for i in 1..n; "
    "w[i,j] in Real for i in 1..n, j in 1..m"
)

TRUE = [
    ("Sum(a*x[i] - b*y[i], (i, 1, n))", "a*Sum(x[i], (i, 1, n)) - b*Sum(y[i], (i, 1, n))"),
    ("-Sum(x[i]*(y[i] - a), (i, 1, n))", "Sum(x[i]*(a - y[i]), (i, 1, n))"),
    ("Sum(x[i]/c, (i, 1, n))", "Sum(x[i], (i, 1, n))/c"),
    ("Sum(p[i]*(x[i]/p[i] - 1), (i, 1, n))", "Sum(x[i], (i, 1, n)) - Sum(p[i], (i, 1, n))"),
    ("Sum((x[i] - a)**2, (i, 1, n))",
     "Sum(x[i]**2, (i, 1, n)) - 2*a*Sum(x[i], (i, 1, n)) + a**2*Sum(1, (i, 1, n))"),
    ("Sum(Sum(a*w[i,j], (j, 1, m)), (i, 1, n))", "a*Sum(Sum(w[i,j], (j, 1, m)), (i, 1, n))"),
]  # fmt: skip

FALSE = [
    ("Sum(x[i]*y[i], (i, 1, n))", "Sum(x[i], (i, 1, n))*Sum(y[i], (i, 1, n))"),
    ("Sum(x[i] + a, (i, 1, n))", "Sum(x[i], (i, 1, n)) + a"),
    ("Sum(x[i]**2, (i, 1, n))", "Sum(x[i], (i, 1, n))**2"),
]


def follows(left: str, right: str) -> bool:
    context = declare(GIVEN, EMPTY)
    sides = read(left, context), read(right, context)
    return justify(Facts(), context, "Eq", *sides, Steps(linear=True)) is not None


@pytest.mark.parametrize("case", TRUE)
def test_linear(case: tuple[str, str]) -> None:
    assert follows(*case)


@pytest.mark.parametrize("case", FALSE)
def test_not_linear(case: tuple[str, str]) -> None:
    assert not follows(*case)


def combined(columns: list[dict[str, Fraction]], by: dict[int, Fraction]) -> dict[str, Fraction]:
    """The combination, without zeros."""
    total = {key: sum(c * columns[k].get(key, 0) for k, c in by.items()) for key in "abcde"}
    return {key: Fraction(value) for key, value in total.items() if value}


def test_combinations_are_found_and_right() -> None:
    draw = Random(7)
    for _ in range(200):
        columns = [
            {key: Fraction(draw.choice([-3, -2, -1, 1, 2, 3])) for key in draw.sample("abcde", 3)}
            for _ in range(9)
        ]
        chosen = {k: Fraction(draw.randint(1, 4)) for k in draw.sample(range(9), 3)}
        target = combined(columns, chosen)
        wanted = draw.choice([None, [next(iter(chosen))]])
        found = combine(columns, target, wanted)
        assert found is not None
        assert all(c > 0 for c in found.values())
        assert wanted is None or any(k in wanted for k in found)
        assert combined(columns, found) == target


def test_impossible_combinations_are_refused() -> None:
    x, y = {"x": Fraction(1)}, {"x": Fraction(1), "y": Fraction(1)}
    assert combine([x, y], {"x": Fraction(-1)}) is None
    assert combine([x, y], {"y": Fraction(1)}) is None
    assert combine([x, y], {"x": Fraction(2)}, [1]) is None
    assert combine([x, {"x": Fraction(-1)}], {}, [0]) == {0: 1, 1: 1}
