"""Whether given points refute a statement: the only judge of a witness.

For ``=``, ``!=``, ``<=``, ``<`` and membership one point speaks.  The relations in theta
look at several points that differ in theta alone.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.context import Context, as_function
from derive.domains import is_open
from derive.functions import COMPARISONS, RELATIONS, derivative
from derive.refute.balls import UNDEFINED, UNKNOWN, Point, PointValue, evaluate, holds, working
from derive.refute.numbers import ball, disjoint
from derive.term import Term, member, number, substitute, symbol

#: Points that each relation in theta needs.
NEEDED = {"Affine": 3, "SameOrder": 2, "SameArgmin": 1, "Argmin": 1, "SameGradient": 1}

#: Bits: a first look, and a closer one where the balls still meet.
PRECISIONS = (64, 256)

Sides = tuple[Any, Any]


def refuting(context: Context, s: Term, points: tuple[Point, ...]) -> list[Sides] | None:
    """Both sides at each point when these points refute the statement, else None."""
    if s.head in RELATIONS:
        return _JUDGES[s.head](context, s, points)
    (point,) = points
    if s.head in COMPARISONS:
        return _compare(s, point)
    if s.head == "In":
        value = evaluate(s.args[0], point)
        return [(value, value)] if holds(s, point) is False else None
    if s.head == "And":
        found = (refuting(context, part, points) for part in s.args)
        return next((f for f in found if f is not None), None)
    if s.head in ("Or", "Not") and holds(s, point) is False:
        return [(UNDEFINED, UNDEFINED)]
    return None


def _is_number(*values: Any) -> bool:
    return not any(v is UNDEFINED or v is UNKNOWN for v in values)


def _compare(s: Term, point: Point) -> list[Sides] | None:
    left, right = s.args
    if left == right:
        if s.head in ("Eq", "Le"):
            return None
        value = evaluate(left, point)
        return [(value, value)] if _is_number(value) else None
    for precision in PRECISIONS:
        a, b = (evaluate(t, point, precision) for t in (left, right))
        if a is UNKNOWN or b is UNKNOWN:
            return None
        if a is UNDEFINED or b is UNDEFINED:
            alone = s.head == "Eq" and a is not b
            return [(a, b)] if alone else None
        if _contradicts(s.head, a, b):
            return [(a, b)]
        if type(a) is Fraction and type(b) is Fraction:
            return None
        if disjoint(a, b):
            return None
    return None


def _contradicts(head: str, a: Any, b: Any) -> bool:
    exact = type(a) is Fraction and type(b) is Fraction
    if head == "Eq":
        return disjoint(a, b)
    if head == "Ne":
        return bool(exact and a == b)
    if exact:
        return bool(a > b or (head == "Lt" and a == b))
    return disjoint(a, b) and bool(ball(a) > ball(b))


# -- relations in theta ---------------------------------------------------------------


def _side(a: Any, b: Any) -> int | None:
    """Whether a is above, at or below b; None when that is not certain."""
    if type(a) is Fraction and type(b) is Fraction:
        return (a > b) - (a < b)
    x, y = ball(a), ball(b)
    return 1 if x > y else -1 if x < y else None


def _values(s: Term, points: tuple[Point, ...], precision: int) -> list[Sides]:
    return [(evaluate(s.args[0], p, precision), evaluate(s.args[1], p, precision)) for p in points]


def _alone(sides: list[Sides]) -> list[Sides] | None:
    """The first point where one side alone is defined."""
    for a, b in sides:
        if (a is UNDEFINED) != (b is UNDEFINED) and a is not UNKNOWN and b is not UNKNOWN:
            return [(a, b)]
    return None


def _order(_: Context, s: Term, points: tuple[Point, ...]) -> list[Sides] | None:
    """Two points that f and g order differently, or where one side alone is defined."""
    for precision in PRECISIONS:
        sides = _values(s, points, precision)
        if not all(_is_number(*pair) for pair in sides):
            return sides if len(points) == 1 and _alone(sides) else None
        if len(points) != 2:
            return None
        f, g = (_side(sides[0][k], sides[1][k]) for k in (0, 1))
        if f is not None and g is not None:
            return sides if f != g else None
    return None


def _affine(context: Context, s: Term, points: tuple[Point, ...]) -> list[Sides] | None:
    """As for the order; or three points whose differences are not proportional."""
    if len(points) < 3:
        return _order(context, s, points)
    for precision in PRECISIONS:
        sides = _values(s, points, precision)
        if not all(_is_number(*pair) for pair in sides):
            return None
        with working(precision):
            (f1, g1), (f2, g2), (f3, g3) = (tuple(map(ball, pair)) for pair in sides)
            left, right = (f1 - f2) * (g1 - g3), (f1 - f3) * (g1 - g2)
            if disjoint(left, right):
                return sides
        if all(type(v) is Fraction for pair in sides for v in pair):
            return None
    return None


def _gradient(context: Context, s: Term, points: tuple[Point, ...]) -> list[Sides] | None:
    """A partial derivative that differs."""
    (point,) = points
    for theta in s.args[2:]:
        declared = context.names[theta.value]
        rest = None if is_open(declared.domain) else declared.domain
        if not declared.indices:
            variables = [(theta, rest)]
        else:
            family = point[theta.value]
            if not isinstance(family, dict) or declared.domain.loose:
                continue
            variables = [(member(theta.value, *map(number, key)), rest) for key in family]
        for variable, domain in variables:
            sides = [derivative(f, variable, domain) for f in s.args[:2]]
            found = _compare(Term("Eq", tuple(sides)), point)
            if found is not None:
                return found
    return None


def _argmin(context: Context, s: Term, points: tuple[Point, ...]) -> list[Sides] | None:
    """A point s as good as t, or t outside of the domain: f(s), f(t)."""
    f, t, *thetas = s.args
    (point,) = points
    declared = context.names[thetas[0].value]
    if len(thetas) != 1 or len(declared.indices) > 1:
        return None
    theta = as_function(thetas[0], declared, context)
    t = as_function(t, declared, context)
    best = substitute(f, {declared.name: t})
    values = evaluate(f, point), evaluate(best, point)
    inside, same = Term("In", (t, declared.domain)), Term("Eq", (theta, t))
    if declared.indices:
        inside, same = (Term("ForAll", (s, declared.indices[0])) for s in (inside, same))
    if holds(inside, point) is False:
        return [values]
    for h in context.hypotheses():
        if declared.name in h.free and holds(substitute(h, {declared.name: t}), point) is False:
            return [values]
    if values[1] is UNDEFINED and _is_number(values[0]):
        return [values]
    if not _is_number(*values) or holds(same, point) is not False:
        return None
    side = _side(*values)
    return [values] if side is not None and side <= 0 else None


def _same_argmin(context: Context, s: Term, points: tuple[Point, ...]) -> list[Sides] | None:
    """Minimisers that differ, where theta has finitely many values."""
    f, g, *thetas = s.args
    (point,) = points
    names = [t.value for t in thetas]
    choices = _choices(context, names, point)
    if choices is None:
        return None
    own = [h for h in context.hypotheses() if not h.free.isdisjoint(names)]
    verdicts = [[holds(h, {**point, **x}) for h in own] for x in choices]
    if any(v is None for row in verdicts for v in row):
        return None  # it is not certain which choices are allowed
    allowed = [x for x, row in zip(choices, verdicts, strict=True) if all(row)]
    values = [[evaluate(t, {**point, **x}) for x in allowed] for t in (f, g)]
    if not all(_is_number(*row) for row in values) or not allowed:
        return None
    here = {name: point[name] for name in names}
    for x, a, b in zip(allowed, *values, strict=True):
        if x == here:
            least = [_least(v, row) for v, row in zip((a, b), values, strict=True)]
            return [(a, b)] if None not in least and least[0] != least[1] else None
    return None


#: Values of theta that are compared.
_MOST_CHOICES = 64


def _choices(
    context: Context, names: list[str], point: Point
) -> list[dict[str, PointValue]] | None:
    """All values of theta; None when they are not known to be few."""
    from itertools import product

    found: list[dict[str, PointValue]] = [{}]
    for name in names:
        declared = context.names[name]
        family = point[name]
        keys = list(family) if declared.indices and isinstance(family, dict) else [()]
        own = _finite(declared.domain, point) if not declared.domain.loose else None
        if own is None or isinstance(family, Term) or len(own) ** len(keys) > _MOST_CHOICES:
            return None
        values: list[PointValue] = [
            dict(zip(keys, chosen, strict=True)) if declared.indices else chosen[0]
            for chosen in product(own, repeat=len(keys))
        ]
        found = [{**earlier, name: value} for earlier in found for value in values]
        if len(found) > _MOST_CHOICES:
            return None
    return found


def _least(value: Any, row: list[Any]) -> bool | None:
    sides = [_side(value, other) for other in row if other is not value]
    if any(s == 1 for s in sides):
        return False
    return None if None in sides else True


def _finite(domain: Term, point: Point) -> list[Fraction] | None:
    from derive.refute.balls import Evaluation, refined
    from derive.refute.truth import members

    found = refined(lambda: list(members(Evaluation(point), domain)))
    if found is UNDEFINED or found is UNKNOWN:
        return None
    return found if all(type(x) is Fraction for x in found) else None


_JUDGES = {
    "Affine": _affine,
    "SameOrder": _order,
    "SameGradient": _gradient,
    "Argmin": _argmin,
    "SameArgmin": _same_argmin,
}


def opened(context: Context, s: Term) -> tuple[Context, Term]:
    """A quantified statement as one in a longer context, its indices declared symbols."""
    from derive.term import fresh, instantiate

    while s.head == "ForAll":
        body, domain = s.args
        hint = s.names[0] if s.names else "i"
        name = fresh(hint, set(context.names) | body.free)
        context = context.declare(name, domain)
        s = instantiate(body, symbol(name))
    return context, s
