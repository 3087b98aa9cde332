"""Bernoulli's inequality, logarithms bounded by roots, sums of products of roots."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.equations import reflexive
from derive.search.facts import Facts
from derive.search.forms.reduced import reduced
from derive.search.order.powers import in_roots, rooted_atoms
from derive.search.prove import prove

SIMPLEX = "m in Natural; a[i] in Positive for i in 1..m; Sum(a[i], (i, 1, m)) = 1"
TWO = f"{SIMPLEX}; b[i] in Positive for i in 1..m; Sum(b[i], (i, 1, m)) = 1"

TRUE = [
    ("t >= 0; s >= 1", "1 + s*(t - 1) <= t**s"),
    ("t > 0; t != 1; s > 1", "1 + s*(t - 1) < t**s"),
    ("t >= 0; s in (0,1)", "(1 + t)**s <= 1 + s*t"),
    ("t in (0,1); s >= 2; c > 0", "c*(1 - s*t) <= c*(1 - t)**s"),
    ("x in Real; c > 0", "c*sqrt(1 + x**2) <= c + c*x**2/2"),
    ("t > 0", "log(t) <= 2*sqrt(t) - 2"),
    ("s > 0; t > 0", "2*s - 2*sqrt(s*t) <= s*log(s) - s*log(t)"),
    ("s > 0; t > 0", "2*sqrt(s*t) <= s + t"),
    (TWO, "Sum(sqrt(a[i])*sqrt(b[i]), (i, 1, m)) <= 1"),
    (
        TWO,
        "0 <= Sum(a[i]*log(a[i]/b[i]), (i, 1, m)) - Sum((sqrt(a[i]) - sqrt(b[i]))**2, (i, 1, m))",
    ),
]

FALSE = [
    ("t >= 0; s > 0", "1 + s*(t - 1) <= t**s"),
    ("t >= 0; s >= 1", "1 + s*(t - 1) < t**s"),
    ("t > 0; s in (0,2)", "t**s <= 1 + s*(t - 1)"),
    ("t > 0", "log(t) <= sqrt(t) - 1"),
    ("t > 0", "log(t) < 2*sqrt(t) - 2"),
    ("s > 0; t > 0", "s - sqrt(s*t) <= s*log(s) - s*log(t) - 1/100"),
    (TWO, "Sum(sqrt(a[i])*sqrt(b[i]), (i, 1, m)) < 1"),
    (f"{SIMPLEX}; b[i] in Positive for i in 1..m", "Sum(sqrt(a[i])*sqrt(b[i]), (i, 1, m)) <= 1"),
]


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_bounds_with_powers_are_proved(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_false_bounds_with_powers_are_not(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_what_has_a_root_is_written_as_a_square() -> None:
    context = declare("s > 0; t > 0")
    t = read("s - 2*sqrt(s) + log(s)*t", context)
    rooted = rooted_atoms(reduced(t))
    assert [str(u) for u in rooted] == ["s"]
    start = reflexive(Facts(), context, t)
    assert start is not None
    found = in_roots(Facts(), context, start, rooted)
    assert found.lhs == t
    assert rooted_atoms(reduced(found.rhs)) == set()
