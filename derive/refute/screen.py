"""A quick look whether a statement is false somewhere: no witness is made, none minimised."""

from __future__ import annotations

from collections.abc import Iterator

from derive.context import Context
from derive.refute.balls import Point
from derive.refute.numbers import IllFormed
from derive.refute.relations import opened, refuting
from derive.refute.witness import candidates
from derive.term import Term


def refuting_points(context: Context, statement: Term, budget: int) -> Iterator[tuple[Point, ...]]:
    """The points, or groups of points, among ``budget`` many that refute the statement."""
    inner, body = opened(context, statement)
    for candidate in candidates(inner, body, budget, 0):
        try:
            if refuting(inner, body, candidate) is not None:
                yield candidate
        except IllFormed:
            continue


def refutable(context: Context, statement: Term, budget: int) -> bool:
    """Whether one of ``budget`` points refutes the statement.

    >>> from derive.plain import declare, read_statement
    >>> c = declare("x in Real")
    >>> refutable(c, read_statement("x**2 = x", c), 10)
    True
    """
    return next(refuting_points(context, statement, budget), None) is not None
