"""Non-negative solutions of linear systems: what is found solves, what exists is found."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.search.order.linear import combine

F = Fraction


def vector(text: str) -> dict[str, Fraction]:
    """``x:1 y:-2`` as a vector."""
    return {key: F(value) for key, value in (part.split(":") for part in text.split())}


def solves(columns, target, found):
    total: dict[str, Fraction] = {}
    for k, c in found.items():
        assert c > 0
        for key, value in columns[k].items():
            total[key] = total.get(key, F(0)) + c * value
    keys = {*total, *target}
    return all(total.get(key, F(0)) == target.get(key, F(0)) for key in keys)


@pytest.mark.parametrize(
    ("columns", "target", "wanted"),
    [
        (["x:1", "x:1 y:1"], "x:3 y:2", {0: F(1), 1: F(2)}),
        (["x:1"], "x:1/2", {0: F(1, 2)}),
        (["x:-2"], "x:-3", {0: F(3, 2)}),
        (["x:1", "x:-1"], "", {}),
        ([], "", {}),
        (["x:1", "y:1"], "x:0", {}),
        (["x:1 y:-1", "y:1 z:-1", "z:1"], "x:2", {0: F(2), 1: F(2), 2: F(2)}),
    ],
)
def test_solutions(columns, target, wanted):
    assert combine([vector(c) for c in columns], vector(target)) == wanted


@pytest.mark.parametrize(
    ("columns", "target"),
    [
        ([], "x:1"),
        (["x:1"], "x:-1"),
        (["x:1"], "y:1"),
        (["x:1 y:1"], "x:1"),
        (["x:1 y:1", "x:1 y:2"], "x:1 y:3"),
        (["x:1 y:-1", "x:-1 y:1"], "x:1 y:1"),
        (["x:2 y:1", "x:1 y:2"], "x:1 y:-1"),
    ],
)
def test_there_is_none(columns, target):
    assert combine([vector(c) for c in columns], vector(target)) is None


def test_one_of_the_wanted_columns_takes_part():
    columns = [vector("x:1"), vector("x:1"), vector("x:-1"), vector("y:1")]
    for wanted in ([0], [1], [2], [0, 3]):
        found = combine(columns, vector("x:1"), wanted)
        assert found is not None
        assert solves(columns, vector("x:1"), found)
        assert set(wanted) & set(found)
    assert combine(columns, vector("x:1"), [3]) is None
    assert combine(columns, vector("x:1"), []) is None


def test_a_direction_without_end_may_be_wanted():
    """x - x = 0: the two columns may be added as often as one likes."""
    columns = [vector("x:1"), vector("x:-1")]
    found = combine(columns, {}, [0])
    assert found is not None
    assert found[0] == found[1] > 0


def test_a_cycle_in_the_pivots_ends():
    """Beale's example, on which the first simplex methods never stopped."""
    columns = [
        vector("a:1/4 b:1/2"), vector("a:-60 b:-90"), vector("a:-1/25 b:-1/50 c:1"),
        vector("a:9 b:3"), vector("a:1"), vector("b:1"), vector("c:1"),
    ]  # fmt: skip
    for k in range(7):
        found = combine(columns, vector("c:1"), [k])
        assert found is None or solves(columns, vector("c:1"), found)


NUMBERS = st.integers(-3, 3).map(Fraction)
VECTORS = st.dictionaries(st.sampled_from("xyz"), NUMBERS, max_size=3)
FEW = settings(max_examples=150, deadline=None)


@FEW
@given(st.lists(VECTORS, max_size=5), VECTORS)
def test_what_is_found_solves(columns, target):
    found = combine(columns, target)
    if found is not None:
        assert solves(columns, target, found)


@FEW
@given(st.lists(VECTORS, min_size=1, max_size=5), st.data())
def test_what_exists_is_found(columns, data):
    weights = [F(data.draw(st.integers(0, 3))) for _ in columns]
    target: dict[str, Fraction] = {}
    for c, column in zip(weights, columns, strict=True):
        for key, value in column.items():
            target[key] = target.get(key, F(0)) + c * value
    found = combine(columns, target)
    assert found is not None
    assert solves(columns, target, found)
    used = [k for k, c in enumerate(weights) if c]
    if used:
        with_one = combine(columns, target, used[:1])
        assert with_one is not None
        assert used[0] in with_one
        assert solves(columns, target, with_one)


@pytest.mark.parametrize("size", [12])
def test_many_columns(size):
    """All vectors with entries -1, 0, 1 in three keys."""
    columns = [dict(zip("xyz", map(F, v), strict=True)) for v in product((-1, 0, 1), repeat=3)]
    target = {"x": F(size), "y": F(-size), "z": F(1, size)}
    found = combine(columns, target)
    assert found is not None
    assert solves(columns, target, found)
    assert len(found) <= 3
