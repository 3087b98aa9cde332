"""Definitions by cases: the member that is varied, indicators."""

from derive.rules import Rule

_CASES = "definition"
_VALUE = "f(t) in Partial for t in Real; j in Real; k in Real; f(j) in Real"
_VALUE_OF_TWO = (
    "f(s, t) in Partial for s in Real, t in Real; "
    "i in Real; j in Real; a in Real; b in Real; f(i, j) in Real"
)
_SCALARS = "a in Real; b in Real; j in Real; k in Real"

RULES = [
    Rule(
        "member_at_point",
        "Piecewise((f(k), Eq(j, k)), (f(j), True))",
        "f(j)",
        _VALUE,
        "The first branch applies for j = k only, and then gives f(j) too.",
        _CASES,
    ),
    Rule(
        "member_at_point_swapped",
        "Piecewise((f(k), Eq(k, j)), (f(j), True))",
        "f(j)",
        _VALUE,
        "The first branch applies for k = j only, and then gives f(j) too.",
        _CASES,
    ),
    Rule(
        "member_at_point_2",
        "Piecewise((f(a, b), And(Eq(i, a), Eq(j, b))), (f(i, j), True))",
        "f(i, j)",
        _VALUE_OF_TWO,
        "The first branch applies for (i, j) = (a, b) only, and then gives f(i, j) too.",
        _CASES,
    ),
    Rule(
        "piecewise_same",
        "Piecewise((a, Eq(j, k)), (a, True))",
        "a",
        "a in Real; j in Real; k in Real",
        "Both branches have the same value.",
        _CASES,
    ),
    Rule(
        "piecewise_equal",
        "Piecewise((a, Eq(j, j)), (b, True))",
        "a",
        "a in Real; b in Partial; j in Real",
        "The first condition is true.",
        _CASES,
    ),
    Rule(
        "piecewise_unequal",
        "Piecewise((a, Eq(j, k)), (b, True))",
        "b",
        "a in Partial; b in Real; j in Partial; k in Partial; j != k",
        "The first condition is false.",
        _CASES,
    ),
    Rule(
        "piecewise_by_delta",
        "Piecewise((a, Eq(j, k)), (b, True))",
        "b + KroneckerDelta(j, k)*(a - b)",
        _SCALARS,
        "The delta is 1 where the first branch applies, else 0.",
        _CASES,
    ),
    Rule(
        "piecewise_by_two_deltas",
        "Piecewise((a, And(Eq(i, k), Eq(j, c))), (b, True))",
        "b + KroneckerDelta(i, k)*KroneckerDelta(j, c)*(a - b)",
        f"{_SCALARS}; i in Real; c in Real",
        "The product of the deltas is 1 where the first branch applies, else 0.",
        _CASES,
    ),
]
