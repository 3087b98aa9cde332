"""Equations that share their unknowns, such as rows and columns that both sum to 1.

The equations are taken to be linear in the drawn values.  Bits are found by a search with
bounds; other numbers by projecting the drawn ones onto all equations at once, exactly, and
by moving from there towards the projection of equal numbers until they lie in the domains.
Whatever comes out is verified by the caller.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.refute.balls import PointValue, evaluate
from derive.refute.draws import Draw
from derive.refute.numbers import ONE, ZERO
from derive.refute.repair import Place, instances, place_domain, places_of, put_value, value_at
from derive.term import Term

if TYPE_CHECKING:
    from derive.refute.points import Plan

Values = dict[str, PointValue]
Row = tuple[dict[Place, Fraction], Fraction]

#: Unknowns of one system, and nodes of one search for bits.
LARGEST, NODES = 40, 2000

_BLENDS = (*tuple(Fraction(1, k) for k in (1, 2, 4, 10, 40)), ZERO)


def solve_linked(plan: Plan, point: Values, draw: Draw) -> None:
    """Change drawn values so that all equations hold, if that can be done like this."""
    bits, numbers = _unknowns(plan, point)
    if bits:
        rows = [r for r in _rows(plan, point, bits) if r[0]]
        if not rows or not _choose(rows, bits, point, draw):
            return
    if numbers:
        _project(plan, _rows(plan, point, numbers), numbers, point)


def _targets(plan: Plan) -> dict[str, Term]:
    return {d.name: d.domain for d in plan.declarations if d.name in plan.drawn - plan.sizes}


def _equations(plan: Plan, point: Values) -> list[Term]:
    return [i for h in plan.hypotheses for i in instances(h, point) if i.head == "Eq"]


def _unknowns(plan: Plan, point: Values) -> tuple[list[Place], list[Place]]:
    """The places that equations read: bits, and other numbers."""
    targets = {d.name: d for d in plan.declarations if d.name in _targets(plan)}
    found: dict[Place, None] = {}
    for equation in _equations(plan, point):
        found.update(dict.fromkeys(places_of(equation, point, targets)))
    if len(found) > LARGEST:
        return [], []
    heads = {p: place_domain(targets[p[0]], p[1]).head for p in found}
    bits = [p for p in found if heads[p] == "Bit"]
    return bits, [p for p in found if heads[p] in _CONTINUOUS]


_CONTINUOUS = ("Real", "Positive", "Nonnegative", "Unit", "Open", "Closed", "LeftOpen", "RightOpen")


def _rows(plan: Plan, point: Values, unknowns: list[Place]) -> list[Row]:
    """The equations as coefficients and right sides, read off by changing one value each."""
    rows = []
    for equation in _equations(plan, point):
        difference = equation.args[0] - equation.args[1]
        base = evaluate(difference, point, finest=64)
        coefficients: dict[Place, Fraction] = {}
        for place in unknowns:
            if place[0] not in equation.free:
                continue
            other = dict(point)
            put_value(other, place, (value_at(point, place) or ZERO) + 1)
            moved = evaluate(difference, other, finest=64)
            if type(base) is Fraction and type(moved) is Fraction and moved != base:
                coefficients[place] = moved - base
        if type(base) is Fraction:
            here = sum((c * (value_at(point, p) or ZERO) for p, c in coefficients.items()), ZERO)
            rows.append((coefficients, here - base))
    return rows


# -- bits -----------------------------------------------------------------------------------------


def _choose(rows: list[Row], bits: list[Place], point: Values, draw: Draw) -> bool:
    """Set the bits so that every row holds; False when no way was found."""
    chosen: dict[Place, Fraction] = {}
    left = [NODES]

    def possible(place: Place) -> bool:
        for coefficients, wanted in rows:
            if place not in coefficients:
                continue
            rest = wanted - sum(c * chosen[p] for p, c in coefficients.items() if p in chosen)
            free = [c for p, c in coefficients.items() if p not in chosen]
            low = sum((c for c in free if c < 0), ZERO)
            high = sum((c for c in free if c > 0), ZERO)
            if not low <= rest <= high:
                return False
        return True

    def search(k: int) -> bool:
        if k == len(bits):
            return True
        order = [ZERO, ONE]
        draw.random.shuffle(order)
        for value in order:
            left[0] -= 1
            chosen[bits[k]] = value
            if left[0] > 0 and possible(bits[k]) and search(k + 1):
                return True
        del chosen[bits[k]]
        return False

    if not search(0):
        return False
    for place, value in chosen.items():
        put_value(point, place, value)
    return True


# -- numbers --------------------------------------------------------------------------------------


def _project(plan: Plan, rows: list[Row], unknowns: list[Place], point: Values) -> None:
    matrix = [[r[0].get(p, ZERO) for p in unknowns] + [r[1]] for r in rows if r[0]]
    reduced = _eliminated(matrix, len(unknowns))
    if not reduced:
        return
    start = [value_at(point, p) or ZERO for p in unknowns]
    mean = sum(start, ZERO) / len(start)
    drawn = _nearest(reduced, start)
    centre = _nearest(reduced, [mean] * len(start))
    if drawn is None or centre is None:
        return
    for blend in _BLENDS:
        for place, a, b in zip(unknowns, drawn, centre, strict=True):
            put_value(point, place, b + blend * (a - b))
        if plan.verify(point):
            return


def _eliminated(matrix: list[list[Fraction]], width: int) -> list[list[Fraction]] | None:
    """Independent rows with the same solutions; None when there are none."""
    rows = [list(r) for r in matrix]
    done: list[list[Fraction]] = []
    for column in range(width):
        pivot = next((r for r in rows if r[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [x / pivot[column] for x in pivot]
        rows = [_less(r, pivot, r[column]) for r in rows]
        done = [_less(r, pivot, r[column]) for r in done] + [pivot]
    return None if any(r[-1] for r in rows) else done


def _less(row: list[Fraction], pivot: list[Fraction], factor: Fraction) -> list[Fraction]:
    return [a - factor * b for a, b in zip(row, pivot, strict=True)] if factor else row


def _nearest(rows: list[list[Fraction]], start: list[Fraction]) -> list[Fraction] | None:
    """The solution next to some numbers: ``x + A' (A A')^-1 (b - A x)``."""
    sides = [r[:-1] for r in rows]
    missing = [r[-1] - sum(map(_product, r[:-1], start), ZERO) for r in rows]
    gram = [
        [sum(map(_product, a, b), ZERO) for b in sides] + [gap]
        for a, gap in zip(sides, missing, strict=True)
    ]
    solved = _eliminated(gram, len(rows))
    if solved is None or len(solved) < len(rows):
        return None
    weights = [r[-1] for r in solved]
    return [
        x + sum((w * r[k] for w, r in zip(weights, sides, strict=True)), ZERO)
        for k, x in enumerate(start)
    ]


def _product(a: Fraction, b: Fraction) -> Fraction:
    return a * b
