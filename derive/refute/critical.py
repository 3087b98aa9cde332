"""Where a statement is likely to fail: special positions, large integers, nearby minimisers.

A random point rarely hits the place where a divisor is 0, where the branches of a
``Piecewise`` meet or where both sides of ``<`` are equal.  Here such places are aimed at:
the condition for them becomes one more hypothesis, and points of the longer context are
points of the context.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

from derive.context import Context, ContextError, as_function
from derive.functions import COMPARISONS
from derive.refute.balls import Point, PointValue, between
from derive.refute.draws import Draw, NoValue
from derive.refute.numbers import IllFormed
from derive.refute.points import Plan, index_values
from derive.term import BINDERS, ONE, ZERO, Term, instantiate, number, walk

#: Conditions that are aimed at, and points for each.
MOST, TRIES = 12, 2

#: Integers beyond those that are drawn; fewer below nested sums.
_EVERY = tuple(range(6, 61))
_SOME = (6, 7, 8, 10, 12, 16, 25, 51)

#: Distances from a claimed minimiser.
_STEPS = (*(Fraction(1, 10**k) for k in (3, 1, 5, 8)), Fraction(1))


def critical(s: Term) -> list[Term]:
    """Equations of the places where something changes in a statement."""
    found: dict[Term, None] = {}
    if s.head in ("Le", "Lt", "Ne"):
        found[Term("Eq", s.args)] = None
    for u in _parts(s):
        for a, b in _meeting(u):
            if a != b and a.free | b.free:
                found[Term("Eq", (a, b))] = None
    return list(found)[:MOST]


def _parts(t: Term) -> Iterator[Term]:
    """All closed parts, inner ones first; the variables of sums are 1."""
    under = BINDERS.get(t.head, 0)
    if t.head not in ("Derivative", "Integral", "Expectation"):
        for k, a in enumerate(t.args):
            yield from _parts(instantiate(a, ONE) if k < under else a)
    yield t


def _meeting(t: Term) -> Iterator[tuple[Term, Term]]:
    """Pairs of terms at whose equality the value of a term changes its nature."""
    if t.head == "Div":
        yield t.args[1], ZERO
    elif t.head in ("log", "Abs", "sign", "loggamma", "digamma", "Pow"):
        yield t.args[0], ZERO
    elif t.head in ("Max", "Min"):
        yield t.args[0], t.args[-1]
    elif t.head == "KroneckerDelta":
        yield t.args[0], t.args[1]
    elif t.head == "Piecewise":
        for condition in t.args[1::2]:
            for _, u in walk(condition):
                if u.head in COMPARISONS:
                    yield u.args[0], u.args[1]


def special_points(
    context: Context, s: Term, seed: int, constants: tuple[Fraction, ...]
) -> Iterator[dict[str, PointValue]]:
    """Points of the context where a critical equation of the statement holds."""
    for k, equation in enumerate(critical(s)):
        try:
            plan = Plan(context.assume(equation))
        except ContextError:
            continue
        for turn in range(TRIES):
            point = plan.attempt(Draw(Random(seed + 31 * k + turn), 20 + turn, constants))
            if point is not None:
                yield point


def large_points(
    context: Context, s: Term, seed: int, constants: tuple[Fraction, ...]
) -> Iterator[dict[str, PointValue]]:
    """Points with one large integer, for statements that hold up to some size."""
    depth = _nesting(s)
    plan = Plan(context)
    wanted = _EVERY if depth < 2 and not _expensive(s) else _SOME
    extra = tuple(int(c) + d for c in constants if 60 <= abs(c) < 2000 for d in (0, 1))
    for name in sorted(s.free):
        entry = context.names[name]
        if entry.indices or entry.definition is not None or (name in plan.sizes and depth > 1):
            continue
        if entry.domain.head not in ("Natural", "Natural0", "Integer", "Range"):
            continue
        values = _SOME if name in plan.sizes else (*wanted, *(extra if depth < 2 else ()))
        missed = 0
        for k, value in enumerate(values):
            draw = Draw(Random(seed + k), 20 + k, constants)
            point = plan.attempt(draw, {name: Fraction(value)})
            if point is not None:
                yield point
            missed = 0 if point is not None else missed + 1
            if missed > 3:
                break


def _nesting(t: Term) -> int:
    """How deep sums, products and the like stand in each other."""
    own = t.head in ("Sum", "Product", "softmax", "logsumexp")
    return own + max((_nesting(a) for a in t.args), default=0)


def _expensive(t: Term) -> bool:
    return any(u.head in ("Integral", "Expectation", "Derivative") for _, u in walk(t))


# -- beside a claimed minimiser ---------------------------------------------------------------


def neighbours(context: Context, s: Term, point: Point) -> Iterator[dict[str, PointValue]]:
    """Points that differ from a claimed minimiser a little, in theta alone."""
    entry = context.names[s.args[2].value]
    plan = Plan(context)
    try:
        here = _minimiser(context, s, point)
    except (NoValue, IllFormed):
        return
    keys = list(here)
    for move in _moves(keys):
        moved: PointValue = (
            {k: x + move.get(k, 0) for k, x in here.items()}
            if entry.indices
            else here[()] + move[()]
        )
        other = {**point, entry.name: moved}
        if _is_point(plan, other):
            yield other


def _is_point(plan: Plan, point: dict[str, PointValue]) -> bool:
    """Whether values are those of a point of the context; defined names get theirs anew."""
    try:
        plan.define(point)
        return plan.verify(point)
    except (NoValue, IllFormed):
        return False


def _minimiser(context: Context, s: Term, point: Point) -> dict[tuple[int, ...], Fraction]:
    """The members of a claimed minimiser, or numbers next to them.  Raises NoValue."""
    entry = context.names[s.args[2].value]
    keys = index_values(entry, point) if entry.indices else [()]
    value = as_function(s.args[1], entry, context)
    here: dict[tuple[int, ...], Fraction] = {}
    for key in keys or ():
        t = instantiate(value, *map(number, key)) if entry.indices else value
        ends = between(t, point)
        if ends is None:
            raise NoValue
        here[key] = ends[0]
    return here


def _moves(keys: Sequence[tuple[int, ...]]) -> Iterator[dict[tuple[int, ...], Fraction]]:
    """Small changes of one member, or of two against each other."""
    for step in _STEPS:
        for key in keys[:3]:
            yield {key: step}
            yield {key: -step}
        for a, b in pairwise(keys[:4]):
            yield {a: step, b: -step}
            yield {a: -step, b: step}


def beside(plan: Plan, point: Point, names: list[str]) -> Iterator[dict[str, PointValue]]:
    """Points where a single real symbol differs a little."""
    for name in names:
        value = point[name]
        if not isinstance(value, Fraction):
            continue
        for step in _STEPS[:2]:
            other: dict[str, PointValue] = {**point, name: value + step}
            if _is_point(plan, other):
                yield other
