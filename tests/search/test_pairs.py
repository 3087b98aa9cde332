"""Sums over pairs of indices, by sums over all of them."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.facts import Facts
from derive.search.prove import prove
from derive.search.sums.pairs import over_all, triangle

ROW = "n in Natural; a[i] in Real for i in 1..n; c in Real"
TABLE = "n in Natural; d in Natural; u[i,k] in Real for i in 1..n, k in 1..d"

TRUE = [
    (ROW, "Sum(Sum(a[i]**2*a[j]**2, (j, i + 1, n)), (i, 1, n))"
          " = (Sum(a[i]**2, (i, 1, n))**2 - Sum(a[i]**4, (i, 1, n)))/2"),
    (ROW, "Sum(a[i]*Sum(c*a[j], (j, 1, i - 1)), (i, 1, n))"
          " = c*(Sum(a[i], (i, 1, n))**2 - Sum(a[i]**2, (i, 1, n)))/2"),
    (ROW, "Sum(Sum((a[i] + a[j])/2, (j, 1, i - 1)), (i, 1, n)) = (n - 1)*Sum(a[i], (i, 1, n))/2"),
    (ROW, "2*Sum(Sum(Abs(a[i] - a[j]), (j, 1, i - 1)), (i, 1, n))"
          " = Sum(Sum(Abs(a[i] - a[j]), (j, 1, n)), (i, 1, n))"),
    (TABLE, "Sum(Sum(Sum(u[i,k]*u[j,k], (k, 1, d)), (j, i + 1, n)), (i, 1, n))"
            " = Sum(Sum(u[i,k], (i, 1, n))**2 - Sum(u[i,k]**2, (i, 1, n)), (k, 1, d))/2"),
]  # fmt: skip

FALSE = [
    (ROW, "Sum(Sum(a[i]*a[j], (j, i + 1, n)), (i, 1, n)) = Sum(a[i], (i, 1, n))**2/2"),
    (ROW, "Sum(Sum(a[i]*a[j], (j, i, n)), (i, 1, n))"
          " = (Sum(a[i], (i, 1, n))**2 - Sum(a[i]**2, (i, 1, n)))/2"),
    (ROW, "Sum(Sum(a[i]**2*a[j], (j, i + 1, n)), (i, 1, n))"
          " = (Sum(a[i], (i, 1, n))*Sum(a[i]**2, (i, 1, n)) - Sum(a[i]**3, (i, 1, n)))/2"),
    (ROW, "Sum(Sum(a[j], (j, 1, i - 1)), (i, 1, n)) = Sum(Sum(a[j], (j, i + 1, n)), (i, 1, n))"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_sums_over_pairs_are_half_of_all(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_terms_that_are_not_symmetric_or_diagonal_are_kept_apart(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_a_sum_over_pairs_is_seen_as_it_is_written() -> None:
    context = declare(ROW)
    above, below, whole, square = (
        read(f"Sum(Sum(a[i]*a[j], (j, {low}, {high})), (i, 1, n))", context)
        for low, high in (("i + 1", "n"), ("1", "i - 1"), ("i", "n"), ("1", "n"))
    )
    assert [triangle(t) for t in (above, below, whole, square)] == ["above", "below", "", ""]
    turned = over_all(Facts(), context, below)
    assert turned is not None
    assert triangle(turned.rhs) == "above"
    lopsided = read("Sum(Sum(a[i]*j, (j, i + 1, n)), (i, 1, n))", context)
    assert over_all(Facts(), context, lopsided) is None
