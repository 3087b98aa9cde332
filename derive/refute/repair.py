"""Changing a drawn point so that a hypothesis holds: simplex, solving, redrawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.context import Declaration
from derive.domains import INFINITY, MINUS_INFINITY, interval
from derive.refute.balls import Evaluation, PointValue, evaluate, holds
from derive.refute.draws import Draw, NoValue
from derive.refute.numbers import ZERO
from derive.refute.truth import members
from derive.term import Term, instantiate, number, term, walk

if TYPE_CHECKING:
    from derive.refute.points import Plan

Values = dict[str, PointValue]
#: A place that can be changed: a scalar, or a member of a family.
Place = tuple[str, tuple[int, ...]]

#: Redraws of single values for one hypothesis.
REDRAWS = 16


def enforce(h: Term, point: Values, draw: Draw, targets: Mapping[str, Declaration]) -> None:
    """Change the targets until the hypothesis holds.  Raises NoValue when that fails."""
    for instance in instances(h, point):
        if holds(instance, point) is True:
            if instance.head != "Eq" or not _simplex(instance, point, draw, targets):
                continue
            if holds(instance, point) is True:
                continue
        if not _enforce_one(instance, point, draw, targets):
            raise NoValue


def instances(h: Term, point: Values) -> Iterator[Term]:
    """The statements that a hypothesis makes at a point: without ``ForAll`` and ``And``."""
    if h.head == "ForAll":
        for k in list(members(Evaluation(point), h.args[1])):
            yield from instances(instantiate(h.args[0], number(k)), point)
    elif h.head == "And":
        for part in h.args:
            yield from instances(part, point)
    else:
        yield h


def _enforce_one(h: Term, point: Values, draw: Draw, targets: Mapping[str, Declaration]) -> bool:
    if h.head == "Eq" and _simplex(h, point, draw, targets) and holds(h, point) is True:
        return True
    places = places_of(h, point, targets)
    for place in _preferred(h, places, draw):
        if h.head == "Eq" and _solve(h, place, point, targets):
            return True
        if h.head in ("Lt", "Le", "Ne") and _step_aside(h, place, point, draw, targets):
            return True
    if h.head == "Eq" and _scale(h, places, point, targets):
        return True
    if not places:
        return False
    for _ in range(REDRAWS):
        name, key = draw.random.choice(places)
        value = draw.member(place_domain(targets[name], key), point)
        put_value(point, (name, key), value)
        if holds(h, point) is True:
            return True
    return False


def places_of(h: Term, point: Values, targets: Mapping[str, Declaration]) -> list[Place]:
    """The values that a statement reads and that may be changed, in reading order."""
    found: dict[Place, None] = {}
    for _, t in walk(h):
        if t.head == "symbol" and t.value in targets and not targets[t.value].indices:
            found[t.value, ()] = None
        family = point.get(t.value) if t.head == "member" and t.value in targets else None
        if isinstance(family, dict):
            if t.loose:
                found.update(dict.fromkeys((t.value, key) for key in family))
            else:
                key = tuple(Evaluation(point).whole(a) for a in t.args)
                found[t.value, key] = None
    return list(found)


def _preferred(h: Term, places: list[Place], draw: Draw) -> list[Place]:
    """A side that stands alone is solved for first, then the others in random order."""
    alone: list[Place] = [(s.value, ()) for s in h.args if s.head == "symbol"]
    alone += [
        (s.value, tuple(int(a.value) for a in s.args))
        for s in h.args
        if s.head == "member" and all(a.head == "number" for a in s.args)
    ]
    first = [p for p in alone if p in places]
    rest = [p for p in places if p not in first]
    draw.random.shuffle(rest)
    return [*first, *rest]


def place_domain(d: Declaration, key: tuple[int, ...]) -> Term:
    """Where one value of a symbol or family lies."""
    return instantiate(d.domain, *map(number, key)) if d.domain.loose else d.domain


def value_at(point: Values, place: Place) -> Fraction | None:
    """The value of a place; None when it has none."""
    name, key = place
    value = point[name]
    if key and isinstance(value, dict):
        return value.get(key)
    return value if isinstance(value, Fraction) else None


def put_value(point: Values, place: Place, value: Fraction) -> None:
    """Change one value; families that other points share are copied."""
    name, key = place
    family = point[name]
    point[name] = {**family, key: value} if key and isinstance(family, dict) else value


def _allowed(place: Place, value: Fraction, point: Values, d: Declaration) -> bool:
    return holds(Term("In", (term(value), place_domain(d, place[1]))), point) is True


def _solve(h: Term, place: Place, point: Values, targets: Mapping[str, Declaration]) -> bool:
    """Solve an equation that is linear in one value, found by two probes."""
    before = value_at(point, place)
    if before is None:
        return False
    difference = h.args[0] - h.args[1]
    probes = []
    for x in (Fraction(1), Fraction(2)):
        put_value(point, place, x)
        probes.append(evaluate(difference, point, finest=64))
    slope = probes[1] - probes[0] if all(type(p) is Fraction for p in probes) else ZERO
    if slope:
        root = 1 - probes[0] / slope
        put_value(point, place, root)
        if _allowed(place, root, point, targets[place[0]]) and holds(h, point) is True:
            return True
    put_value(point, place, before)
    return False


def _step_aside(
    h: Term, place: Place, point: Values, draw: Draw, targets: Mapping[str, Declaration]
) -> bool:
    """Move one value to a side of the other expression."""
    before = value_at(point, place)
    if before is None:
        return False
    ends = [evaluate(a, point, finest=64) for a in h.args]
    near = [e for e in ends if type(e) is Fraction]
    steps = [Fraction(1), Fraction(1, 2), Fraction(2), Fraction(1, 10)]
    draw.random.shuffle(steps)
    for base in near:
        for step in steps:
            for value in (base + step, base - step, base):
                put_value(point, place, value)
                if _allowed(place, value, point, targets[place[0]]) and holds(h, point) is True:
                    return True
    put_value(point, place, before)
    return False


def _scale(h: Term, places: list[Place], point: Values, targets: Mapping[str, Declaration]) -> bool:
    """Multiply all values by one number, for ``p[1] + p[2] + p[3] = 1``."""
    sides = [evaluate(a, point, finest=64) for a in h.args]
    if any(type(s) is not Fraction for s in sides) or 0 in sides:
        return False
    before = {place: value_at(point, place) for place in places}
    for factor in (sides[1] / sides[0], sides[0] / sides[1]):
        for place, value in before.items():
            if value is not None:
                put_value(point, place, value * factor)
        if holds(h, point) is True and all(
            _allowed(p, v * factor, point, targets[p[0]])
            for p, v in before.items()
            if v is not None
        ):
            return True
    for place, value in before.items():
        if value is not None:
            put_value(point, place, value)
    return False


def settle(plan: Plan, point: Values, place: Place, value: Fraction) -> None:
    """Give one place a value, and another one what the equations then need.

    Raises NoValue when a definition has no value then; the result is still to be verified.
    """
    put_value(point, place, value)
    for h in plan.hypotheses:
        if place[0] not in h.free:
            continue
        targets = {d.name: d for d in plan.declarations if d.name in plan.drawn - plan.sizes}
        for instance in instances(h, point):
            if instance.head != "Eq" or holds(instance, point) is True:
                continue
            others = [p for p in places_of(instance, point, targets) if p != place]
            if not any(_solve(instance, other, point, targets) for other in others):
                raise NoValue
    plan.define(point)


def _simplex(h: Term, point: Values, draw: Draw, targets: Mapping[str, Declaration]) -> bool:
    """Redraw the members of a sum at once, for ``Sum(p[j], (j, 1, m)) = 1``."""
    for total, other in (h.args, h.args[::-1]):
        if total.head != "Sum" or total.args[0].head != "member":
            continue
        body, lower, upper = total.args
        family = point.get(body.value)
        value = evaluate(other, point, finest=64)
        if not isinstance(family, dict) or body.value not in targets or type(value) is not Fraction:
            continue
        run = Evaluation(point)
        keys = []
        for k in list(run.turns(lower, upper)):
            here = instantiate(body, number(k))
            keys.append(tuple(run.whole(a) for a in here.args))
        if not keys or len(set(keys)) < len(keys) or any(key not in family for key in keys):
            return False
        chosen = _parts(place_domain(targets[body.value], keys[0]), len(keys), value, draw)
        if chosen is None:
            return False
        point[body.value] = {**family, **dict(zip(keys, chosen, strict=True))}
        return True
    return False


def _parts(domain: Term, count: int, total: Fraction, draw: Draw) -> list[Fraction] | None:
    """Members of a domain that add up to the total."""
    if domain.head in ("Bit", "Natural0") or domain.head == "FiniteSet":
        if total.denominator != 1 or not 0 <= total <= count:
            return None
        ones = set(draw.random.sample(range(count), int(total)))
        return [Fraction(k in ones) for k in range(count)]
    ends = interval(domain)
    if ends is not None and ends[0] != MINUS_INFINITY:
        closed = not ends[2]
        return draw.simplex(count, total, zeros=closed)
    if ends is not None and ends[1] == INFINITY:
        values = [draw.fraction() for _ in range(count - 1)]
        return [*values, total - sum(values, ZERO)]
    return None
