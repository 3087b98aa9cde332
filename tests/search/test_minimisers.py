"""Unique minimisers by stationarity: roots, exponentials, slopes that fall again, letters."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.facts import Facts
from derive.search.order.letters import by_letters
from derive.search.order.multipliers import multiplied
from derive.search.order.roots import above_squares
from derive.search.prove import prove

SAMPLE = "n in Natural; x[i] in Positive for i in 1..n; u in Real; a > 0; b > 0"
SPREAD = f"{SAMPLE}; Sum((x[i] - u)**2, (i, 1, n)) > 0"

TRUE = [
    (
        f"{SAMPLE}; z in Real; s > 0",
        "argmin((s - z)**2/2 - a*log(s), s) = (z + sqrt(z**2 + 4*a))/2",
    ),
    (f"{SAMPLE}; s > 0", "argmin(a*s**2 + b/s, s) = (b/(2*a))**(1/3)"),
    ("p in (0,1); f in Real", "argmin(p*exp(-f) + (1 - p)*exp(f), f) = log(p/(1 - p))/2"),
    (
        f"{SAMPLE}; s > 0",
        "argmin(Sum((log(x[i]) - log(s))**2, (i, 1, n)), s) = exp(Sum(log(x[i]), (i, 1, n))/n)",
    ),
    (
        f"{SAMPLE}; s > 0",
        "argmin(-Sum(log(b/s*(x[i]/s)**(b - 1)*exp(-(x[i]/s)**b)), (i, 1, n)), s)"
        " = (Sum(x[i]**b, (i, 1, n))/n)**(1/b)",
    ),
    (
        f"{SPREAD}; s > 0",
        "argmin(Sum((x[i] - u)**2, (i, 1, n))/(2*s**2) + n*log(s), s)"
        " = sqrt(Sum((x[i] - u)**2, (i, 1, n))/n)",
    ),
    (
        f"{SPREAD}; s > 0",
        "argmin(Sum(s*(x[i] - u)**2 - log(s), (i, 1, n)), s) = n/Sum((x[i] - u)**2, (i, 1, n))",
    ),
    (
        "n in Natural; p[i] in (0,1) for i in 1..n; s > 0",
        "argmin(-Sum(log(s*p[i]**(s - 1)), (i, 1, n)), s) = -n/Sum(log(p[i]), (i, 1, n))",
    ),
    (
        "q in (0,1); a in Real; b in Real",
        "argmin(q*a + (1 - q)*b + q*log(q) + (1 - q)*log(1 - q), q) = exp(-a)/(exp(-a) + exp(-b))",
    ),
]

FALSE = [
    (
        f"{SAMPLE}; z in Real; s > 0",
        "argmin((s - z)**2/2 - a*log(s), s) = (z + sqrt(z**2 + 2*a))/2",
    ),
    (
        f"{SAMPLE}; z in Real; s > 0",
        "argmin((s - z)**2/2 - a*log(s), s) = (z - sqrt(z**2 + 4*a))/2",
    ),
    (f"{SAMPLE}; s > 0", "argmin(a*s**2 + b/s, s) = (b/a)**(1/3)"),
    (
        "q in (0,1); a in Real; b in Real",
        "argmin(q*a + (1 - q)*b + q*log(q) + (1 - q)*log(1 - q), q) = exp(a)/(exp(a) + exp(b))",
    ),
    (f"{SAMPLE}; s > 0", "argmin(a*log(s) - b/s, s) = b/a"),  # a maximum of its negative only
    (f"{SAMPLE}; s in Real", "argmin(s**3 - 3*s, s) = 1"),  # local only
    ("p in (0,1); f in Real", "argmin(p*exp(-f) + (1 - p)*exp(f), f) = log(p/(1 - p))"),
    (f"{SAMPLE}; s > 0", "argmin(-(s - a)**2, s) = a"),
    (
        f"{SAMPLE}; s > 0",  # all x may be u
        "argmin(Sum((x[i] - u)**2, (i, 1, n))/(2*s**2) + n*log(s), s)"
        " = sqrt(Sum((x[i] - u)**2, (i, 1, n))/n)",
    ),
    (
        f"{SPREAD}; s > 0",
        "argmin(Sum((x[i] - u)**2, (i, 1, n))/(2*s**2) + n*log(s), s)"
        " = Sum((x[i] - u)**2, (i, 1, n))/n",
    ),
]


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_a_stationary_point_is_the_only_minimiser(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_other_points_are_not_proved(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_a_hypothesis_on_theta_leaves_no_letters() -> None:
    given = f"{SPREAD}; s > 0; s**2 < 2"
    context = declare(given)
    f, t = (read(u, context) for u in ("s*Sum((x[i] - u)**2, (i, 1, n)) - log(s)", "a"))
    assert by_letters(Facts(), context, f, "s", t, lambda *_: None) is None


def test_a_multiplier_must_be_positive() -> None:
    context = declare("s in Real; s != 0")
    value = read("1/s", context)
    assert multiplied(Facts(), context, value, "s", lambda _: None) is None


def test_a_root_lies_above_squares_that_leave_something_positive() -> None:
    context = declare("x in Real; y in Real; c > 0")
    facts = Facts()
    found = above_squares(facts, context, read("sqrt(c + 4*x**2*y**2)", context))
    assert sorted(str(t.lhs) for t in found) == ["-2*x*y", "2*x*y"]
    for other in ("sqrt(x**2 + y**2)", "sqrt(x**2 - c)", "sqrt(2*x**2 + c)", "sqrt(x + c)"):
        assert list(above_squares(facts, context, read(other, context))) == []
