"""Derivatives by one member of sums whose inner range depends on the outer index."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.facts import Facts
from derive.search.prove import prove
from derive.search.sums.ranges import aligned
from derive.search.sums.thresholds import split

SCORES = "n in Natural; k in 1..n; s[i] in Real for i in 1..n; c[i] in Real for i in 1..n"
LATER = "Sum(exp(s[j]), (j, i, n))"
EARLIER = "Sum(exp(s[j]), (j, 1, i))"

TRUE = [
    f"Derivative(Sum(log({LATER}) - s[i], (i, 1, n)), s[k])"
    f" = exp(s[k])*Sum(1/{LATER}, (i, 1, k)) - 1",
    f"Derivative(Sum(c[i]*log({EARLIER}), (i, 1, n)), s[k])"
    f" = exp(s[k])*Sum(c[i]/{EARLIER}, (i, k, n))",
    f"Derivative(Sum(log({LATER}), (i, 1, n)), s[n]) = exp(s[n])*Sum(1/{LATER}, (i, 1, n))",
    f"Derivative(Sum(log({LATER}), (i, 1, n)), s[1]) = exp(s[1])/Sum(exp(s[j]), (j, 1, n))",
    "Derivative(Sum((c[i] - Sum(s[j], (j, 1, i)))**2, (i, 1, n)), s[k])"
    " = -2*Sum(c[i] - Sum(s[j], (j, 1, i)), (i, k, n))",
    "Derivative(Sum(Sum(log(1 + exp(s[j] - s[i])), (j, i + 1, n)), (i, 1, n)), s[k])"
    " = Sum(sigmoid(s[k] - s[i]), (i, 1, k - 1)) - Sum(sigmoid(s[j] - s[k]), (j, k + 1, n))",
    "Derivative(Sum(Sum(c[i]*s[j], (j, 1, i - 1)), (i, 1, n)), s[k]) = Sum(c[i], (i, k + 1, n))",
    "Derivative(log(Sum(exp(s[j]), (j, 1, n))), s[k], s[k])"
    " = exp(s[k])/Sum(exp(s[j]), (j, 1, n))*(1 - exp(s[k])/Sum(exp(s[j]), (j, 1, n)))",
    "Sum(s[i], (i, 1, n)) = Sum(s[i], (i, 1, k - 1)) + s[k] + Sum(s[i], (i, k + 1, n))",
    "Sum(exp(s[i]), (i, k, n)) = Sum(exp(s[i]), (i, 1, n)) - Sum(exp(s[i]), (i, 1, k - 1))",
]

FALSE = [
    f"Derivative(Sum(log({LATER}) - s[i], (i, 1, n)), s[k])"
    f" = exp(s[k])*Sum(1/{LATER}, (i, 1, k - 1)) - 1",
    f"Derivative(Sum(log({LATER}), (i, 1, n)), s[k]) = exp(s[k])*Sum(1/{LATER}, (i, k, n))",
    f"Derivative(Sum(c[i]*log({EARLIER}), (i, 1, n)), s[k])"
    f" = exp(s[k])*Sum(c[i]/{EARLIER}, (i, k + 1, n))",
    "Derivative(Sum(Sum(c[i]*s[j], (j, 1, i - 1)), (i, 1, n)), s[k]) = Sum(c[i], (i, k, n))",
    "Derivative(Sum(Sum(c[i]*s[j], (j, i + 1, n)), (i, 1, n)), s[k]) = Sum(c[i], (i, 1, k))",
    "Derivative(log(Sum(exp(s[j]), (j, 1, n))), s[k], s[k]) = exp(s[k])/Sum(exp(s[j]), (j, 1, n))",
    "Sum(s[i], (i, 1, n)) = Sum(s[i], (i, 1, k)) + s[k] + Sum(s[i], (i, k + 1, n))",
    "Sum(exp(s[i]), (i, k, n)) = Sum(exp(s[i]), (i, 1, n)) - Sum(exp(s[i]), (i, 1, k))",
]


@pytest.mark.parametrize("claim", TRUE)
def test_the_index_of_the_member_splits_the_outer_sum(claim: str) -> None:
    context = declare(SCORES)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize("claim", FALSE)
def test_ranges_that_are_off_by_one_or_turned_round_are_not_proved(claim: str) -> None:
    context = declare(SCORES)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_a_sum_is_split_once() -> None:
    context = declare(SCORES)
    whole = read("Sum(Sum(KroneckerDelta(j, k)*s[j], (j, i, n)), (i, 1, n))", context)
    found = split(Facts(), context, whole)
    assert found is not None
    assert str(found.rhs).count("(i, 1, k)") == str(found.rhs).count("(i, k + 1, n)") == 1
    for part in found.rhs.args:
        assert split(Facts(), context, part) is None


@pytest.mark.parametrize(
    "summed",
    [
        "Sum(Sum(KroneckerDelta(j, i)*s[j], (j, i, n)), (i, 1, n))",  # the delta goes with i
        "Sum(Sum(KroneckerDelta(j, k)*s[j], (j, 1, n)), (i, 1, n))",  # the range does not
        "Sum(Sum(KroneckerDelta(j, k)*j, (j, 2*i, n)), (i, 1, n))",  # k may be odd
        "Sum(Sum(KroneckerDelta(j, k + n)*j, (j, i, n)), (i, 1, n))",  # no index of the range
    ],
)
def test_a_sum_without_a_place_to_split_is_left_as_it_is(summed: str) -> None:
    context = declare(SCORES)
    assert split(Facts(), context, read(summed, context)) is None


def test_ranges_are_split_at_indices_within_them_only() -> None:
    context = declare("n in Natural; k in Integer; s[i] in Real for i in Integer")
    a, b = (read(t, context) for t in ("Sum(s[i], (i, 1, n))", "Sum(s[i], (i, 1, k))"))
    assert aligned(Facts(), context, a, b, lambda *_: None) is None
