"""Formulas in pieces: equal on their borders, and differentiated there."""

from __future__ import annotations

import pytest

from derive.plain import declare, read, read_statement
from derive.search.borders import at_border
from derive.search.calculus.kinks import asked, at_kinks
from derive.search.facts import Facts
from derive.search.prove import prove

ROW = "n in Natural; c > 0; r[i] in Real for i in 1..n; u in Real"

TWO = "t in Real; c > 0"

TRUE = [
    (TWO, "Piecewise((c*t, t < c), (t**2, True)) = Piecewise((c*t, t <= c), (t**2, True))"),
    (TWO, "Piecewise((t**2, Abs(t) < c), (c*Abs(t), True))"
          " = c*Piecewise((t**2/c, Abs(t) <= c), (Abs(t), True))"),
    (ROW, "Sum(Piecewise((r[i]**2, r[i] < c), (c*r[i], True)), (i, 1, n))/c"
          " = Sum(Piecewise((r[i]**2/c, r[i] <= c), (r[i], True)), (i, 1, n))"),
    ("t in Real", "Derivative(Max(0, t)**3, t) = 3*Max(0, t)**2"),
    ("t in Real", "Derivative(t**2*Abs(t), t) = 3*t*Abs(t)"),
    ("t in Real", "Derivative(Piecewise((sin(t), t < 0), (t, True)), t)"
                  " = Piecewise((cos(t), t < 0), (1, True))"),
    (TWO, "Derivative(Piecewise((t**2, Abs(t) <= c), (2*c*Abs(t) - c**2, True)), t)"
          " = 2*Max(-c, Min(c, t))"),
    (ROW, "Derivative(Sum(Max(0, r[i]*u - c)**2, (i, 1, n)), u)"
          " = 2*Sum(r[i]*Max(0, r[i]*u - c), (i, 1, n))"),
    ("t in Real", "Derivative(Max(t, 0) + log(1 + exp(-Abs(t))), t) = sigmoid(t)"),
    ("t in Real; t != 1", "Derivative(Abs(t - 1), t) = Piecewise((1, 1 < t), (-1, True))"),
]  # fmt: skip

FALSE = [
    (TWO, "Piecewise((t, t < c), (t**2, True)) = Piecewise((t, t <= c), (t**2, True))"),
    ("t in Real", "Derivative(Max(0, t), t) = Piecewise((1, 0 < t), (0, True))"),
    (TWO, "Derivative(Piecewise((t**2, t <= c), (t*c, True)), t)"
          " = Piecewise((2*t, t <= c), (c, True))"),
    (TWO, "Derivative(Piecewise((t**2, t <= c), (2*c*t, True)), t)"
          " = Piecewise((2*t, t <= c), (2*c, True))"),
    (ROW, "Derivative(Sum(Max(0, r[i] - u), (i, 1, n)), u)"
          " = -Sum(Piecewise((1, u < r[i]), (0, True)), (i, 1, n))"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "claim"), TRUE, ids=[c for _, c in TRUE])
def test_formulas_in_pieces_meet_on_their_borders(given: str, claim: str) -> None:
    context = declare(given)
    found = prove(Facts(), context, read_statement(claim, context))
    assert found is not None
    assert context.extends(found.context)


@pytest.mark.parametrize(("given", "claim"), FALSE, ids=[c for _, c in FALSE])
def test_kinks_and_jumps_are_not_overlooked(given: str, claim: str) -> None:
    context = declare(given)
    assert prove(Facts(), context, read_statement(claim, context)) is None


def test_a_border_is_an_equation_for_a_variable() -> None:
    context = declare("s in Real; c > 0; c <= 2*s").assume(read_statement("2*s <= c"))
    goal = read_statement("2*s = c", context)
    seen = []
    at_border(Facts(), context, goal, lambda inner: seen.extend(inner.hypotheses()))
    assert [str(h) for h in seen if h.head == "Eq"] == ["s = (1/2)*c"]


def test_the_smallest_border_is_asked_for_first() -> None:
    context = declare("t in Real; c > 0")
    slope = read("Derivative(Piecewise((t, Abs(t) < c), (c, True)), t)", context)
    assert [str(c) for c in asked(Facts(), context, slope)] == ["0 < t"]
    right = declare("t > 0; c > 0")
    assert [str(c) for c in asked(Facts(), right, slope)] == ["t < c"]


def test_a_kink_has_no_derivative() -> None:
    context = declare("t in Real; t = 0")
    assert at_kinks(Facts(), context, read("Derivative(Abs(t), t)", context)) is None
    smooth = at_kinks(Facts(), context, read("Derivative(t*Abs(t), t)", context))
    assert smooth is not None
