"""Relative entropies of laws on tables: tangents of logarithms below two sums."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.facts import Facts
from derive.search.order.inside import bounded, has_double_sum
from derive.search.prove import prove

SIZES = "n in Natural; m in Natural"
P = "a[i,j] > 0 for i in 1..n, j in 1..m"
Q = "b[i,j] > 0 for i in 1..n, j in 1..m"
ONE = "Sum(Sum({}[i,j], (j, 1, m)), (i, 1, n)) = 1"
LAW = f"{SIZES}; {P}; {ONE.format('a')}"
TWO = f"{LAW}; {Q}; {ONE.format('b')}"

TRUE = [
    (TWO, "Sum(Sum(a[i,j]*log(b[i,j]/a[i,j]), (j, 1, m)), (i, 1, n)) <= 0"),
    (LAW, "0 <= Sum(Sum(a[i,j]*log(n*m*a[i,j]), (j, 1, m)), (i, 1, n))"),
    (LAW, "0 <= Sum(Sum(a[i,j]*log(a[i,j]/(Sum(a[i,l], (l, 1, m))*Sum(a[k,j], (k, 1, n)))),"
          " (j, 1, m)), (i, 1, n))"),
    (f"{SIZES}; {P}", "n*m - Sum(Sum(1/a[i,j], (j, 1, m)), (i, 1, n))"
                      " <= Sum(Sum(log(a[i,j]), (j, 1, m)), (i, 1, n))"),
]  # fmt: skip

FALSE = [
    (f"{LAW}; {Q}", "Sum(Sum(a[i,j]*log(b[i,j]/a[i,j]), (j, 1, m)), (i, 1, n)) <= 0"),
    (TWO, "Sum(Sum(a[i,j]*log(b[i,j]/a[i,j]), (j, 1, m)), (i, 1, n)) < 0"),
    (LAW, "0 <= Sum(Sum(a[i,j]*log(a[i,j]/Sum(a[i,l], (l, 1, m))), (j, 1, m)), (i, 1, n))"),
    (f"{SIZES}; {P}", "Sum(Sum(a[i,j], (j, 1, m)), (i, 1, n)) - n*m"
                      " <= Sum(Sum(log(a[i,j]), (j, 1, m)), (i, 1, n))"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_tangents_hold_below_two_sums(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_what_no_tangent_gives_is_not_proved(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_a_logarithm_is_bounded_on_the_side_that_its_sign_asks_for() -> None:
    context = declare("c > 0; x > 0; y > 0")
    below = bounded(Facts(), context, read("c*log(x) - log(y)", context), lower=True)
    assert below is not None
    assert str(below.rhs) == "c*log(x) - log(y)"
    assert all(u.head != "log" for u in below.lhs.args)
    open_sign = declare("c in Real; x > 0")
    assert bounded(Facts(), open_sign, read("c*log(x)", open_sign), lower=True) is None


def test_only_logarithms_below_two_sums_are_looked_at() -> None:
    context = declare(LAW)
    double, single = (
        read_statement(f"0 <= {t}", context)
        for t in (
            "Sum(Sum(log(a[i,j]), (j, 1, m)), (i, 1, n))",
            "Sum(log(Sum(a[i,j], (j, 1, m))), (i, 1, n))",
        )
    )
    assert has_double_sum(double)
    assert not has_double_sum(single)
