"""A quick look whether a statement is false somewhere: no witness is made, none minimised."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from derive.context import Context
from derive.refute.balls import Point
from derive.refute.draws import Draw
from derive.refute.numbers import IllFormed
from derive.refute.points import Plan
from derive.refute.relations import opened, refuting
from derive.refute.witness import candidates, constants_of
from derive.term import Term, walk


def refuting_points(context: Context, statement: Term, budget: int) -> Iterator[tuple[Point, ...]]:
    """The points, or groups of points, among ``budget`` many that refute the statement."""
    inner, body = opened(context, statement)
    for candidate in candidates(inner, body, budget, 0):
        try:
            if refuting(inner, body, candidate) is not None:
                yield candidate
        except IllFormed:
            continue


def few_points(context: Context, most: int, attempts: int, like: Term) -> list[Point]:
    """At most so many points, found in at most so many attempts; none where it is hard."""
    plan, constants = Plan(context), constants_of(like)
    found: list[Point] = []
    for turn in range(attempts):
        point = plan.attempt(Draw(Random(turn), turn, constants))
        if point is not None:
            found.append(point)
        if len(found) == most:
            break
    return found


def heavy(*terms: Term) -> bool:
    """Whether values are integrals, which take long to enclose."""
    return any(t.head in ("Integral", "Expectation") for u in terms for _, t in walk(u))


def refutable(context: Context, statement: Term, budget: int) -> bool:
    """Whether one of ``budget`` points refutes the statement.

    >>> from derive.plain import declare, read_statement
    >>> c = declare("x in Real")
    >>> refutable(c, read_statement("x**2 = x", c), 10)
    True
    """
    return next(refuting_points(context, statement, budget), None) is not None
