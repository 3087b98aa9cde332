"""Making a witness simple: smaller sizes, then simpler numbers, as long as it refutes."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.context import Context
from derive.functions import RELATIONS
from derive.refute.balls import Point, PointValue
from derive.refute.draws import SIMPLE, Draw, NoValue
from derive.refute.numbers import IllFormed, Undefined, Unsure
from derive.refute.points import Plan
from derive.refute.relations import refuting
from derive.refute.repair import Place, settle
from derive.term import Term

Points = tuple[dict[str, PointValue], ...]

#: Changes that are tried.
PATIENCE = 400

#: Points that are drawn again with the same sizes.
REDRAWS = 12


class _Search:
    def __init__(self, context: Context, s: Term, points: Points) -> None:
        self.context = context
        self.statement = s
        self.plan = Plan(context)
        self.thetas = {t.value for t in s.args[2:]} if s.head in RELATIONS else set()
        self.best = points
        self.refused: list[Points] = []
        self.left = PATIENCE

    def accept(self, points: Points) -> bool:
        """Whether these points refute as well; then they are the best."""
        if points in self.refused:
            return False
        try:
            good = refuting(self.context, self.statement, points) is not None
        except IllFormed:
            good = False
        if good:
            self.best = points
        else:
            self.refused.append(points)
        return good

    def smaller(self) -> None:
        """Smaller sizes, with everything else drawn again."""
        if len(self.best) > 1:
            return
        for name in sorted(self.plan.sizes & self.plan.drawn):
            now = self.best[0].get(name)
            if not isinstance(now, Fraction):
                continue
            for value in range(int(now)):
                if any(self._redrawn(name, Fraction(value), k) for k in range(6)):
                    break

    def rounder(self) -> None:
        """The same sizes with other numbers, when those are simpler altogether."""
        if len(self.best) > 1:
            return
        for turn in range(REDRAWS):
            sizes = {n: v for n, v in self.best[0].items() if n in self.plan.sizes}
            point = self.plan.attempt(Draw(Random(turn), turn + 5, ()), sizes)
            if point is not None and weight(point) < weight(self.best[0]):
                self.accept((point,))

    def _redrawn(self, name: str, value: Fraction, turn: int) -> bool:
        sizes = {n: v for n, v in self.best[0].items() if n in self.plan.sizes & self.plan.drawn}
        point = self.plan.attempt(Draw(Random(turn), turn + 5, ()), {**sizes, name: value})
        return point is not None and self.accept((point,))

    def simpler(self) -> None:
        """Simpler numbers, one place after the other, until nothing changes."""
        changed = True
        while changed and self.left > 0:
            changed = False
            for which, place in self._places():
                now = _get(self.best[which or 0], place)
                for value in SIMPLE:
                    if now is None or rank(value) >= rank(now) or self.left <= 0:
                        continue
                    self.left -= 1
                    if self._changed(which, place, value):
                        changed = True
                        break

    def _places(self) -> list[tuple[int | None, Place]]:
        """Places with the point they are changed at; None: at all points."""
        found: list[tuple[int | None, Place]] = []
        for name, value in self.best[0].items():
            if name not in self.plan.drawn or name in self.plan.sizes:
                continue
            keys = list(value) if isinstance(value, dict) else [()]
            where = range(len(self.best)) if name in self.thetas else (None,)
            found += [(which, (name, key)) for key in keys for which in where]
        return found

    def _changed(self, which: int | None, place: Place, value: Fraction) -> bool:
        points = []
        for k, old in enumerate(self.best):
            point = dict(old)
            if which is None or which == k:
                try:
                    settle(self.plan, point, place, value)
                except (NoValue, IllFormed, Undefined, Unsure):
                    return False
                if weight(point) >= weight(old) or not self.plan.verify(point):
                    return False
            points.append(point)
        if len(points) > 1 and not self._alike(points):
            return False
        return self.accept(tuple(points))

    def _alike(self, points: list[dict[str, PointValue]]) -> bool:
        """Whether the points still differ in theta alone."""
        return all(
            p[name] == points[0][name]
            for p in points
            for name in self.plan.drawn
            if name not in self.thetas
        )


def minimise(context: Context, s: Term, points: Points) -> Points:
    """A tuple of points that refutes the statement too, easier to read."""
    search = _Search(context, s, points)
    search.smaller()
    search.simpler()
    search.rounder()
    search.simpler()
    return search.best


def rank(x: Fraction) -> tuple[int, int, bool]:
    """Simple numbers first: 0, 1, -1, 2, 1/2, ..."""
    return abs(x.numerator) + 2 * (x.denominator - 1), x.denominator, x < 0


def weight(point: Point) -> list[int]:
    """How complicated the numbers of a point are, altogether."""
    total = signs = 0
    for value in point.values():
        numbers = value.values() if isinstance(value, dict) else (value,)
        for x in numbers:
            if isinstance(x, Fraction):
                total += rank(x)[0]
                signs += x < 0
    return [total, signs]


def _get(point: Point, place: Place) -> Fraction | None:
    value = point[place[0]]
    found = value.get(place[1]) if isinstance(value, dict) else value
    return found if isinstance(found, Fraction) else None
