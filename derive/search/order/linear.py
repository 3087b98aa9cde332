"""Non-negative solutions of small linear systems, in exact arithmetic.

``combine(columns, target, wanted)`` finds coefficients c >= 0 with ``sum c_k columns[k] =
target`` such that a column of ``wanted`` has a positive coefficient (any solution when
``wanted`` is None).  Vectors are maps from a key to a Fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

Vector = Mapping[Any, Fraction]
_ZERO = Fraction(0)


def combine(
    columns: Sequence[Vector], target: Vector, wanted: Collection[int] | None = None
) -> dict[int, Fraction] | None:
    """Coefficients by column, without zeros; None when there are none.

    >>> x, y = {"x": Fraction(1)}, {"x": Fraction(1), "y": Fraction(1)}
    >>> combine([x, y], {"x": Fraction(3), "y": Fraction(2)})
    {0: Fraction(1, 1), 1: Fraction(2, 1)}
    """
    used = _reachable(columns, target)
    if used is None or (wanted is not None and not any(k in wanted for k in used)):
        return None
    system = _System([columns[k] for k in used], target)
    if not system.feasible():
        return None
    found: dict[int, Fraction] | None = system.solution()
    if wanted is not None:
        found = system.positive([j for j, k in enumerate(used) if k in wanted])
    return None if found is None else {used[j]: c for j, c in sorted(found.items())}


def _reachable(columns: Sequence[Vector], target: Vector) -> list[int] | None:
    """The columns worth looking at: a key that only one sign of columns has must cancel.

    A column with a key that no other column can cancel, and that the target lacks, has the
    coefficient 0.  None when some key of the target cannot be reached at all.
    """
    used = list(range(len(columns)))
    while True:
        signs: dict[Any, set[bool]] = {}
        for k in used:
            for key, value in columns[k].items():
                if value:
                    signs.setdefault(key, set()).add(value > 0)
        for key, value in target.items():
            if value and (value > 0) not in signs.get(key, set()):
                return None
            signs.setdefault(key, set()).add(value < 0)
        kept = [k for k in used if all(len(signs[key]) == 2 for key, v in columns[k].items() if v)]
        if len(kept) == len(used):
            return used
        used = kept


class _System:
    """The simplex method over exact sparse rows, in the end with Bland's rule, which cannot cycle.

    Row k says: the sum of ``rows[k][j]*x[j]`` is ``right[k]`` >= 0.  ``basis[k]`` is the column
    that row k is solved for; negative numbers are artificial variables.
    """

    def __init__(self, columns: Sequence[Vector], target: Vector) -> None:
        keys = dict.fromkeys(target)
        for column in columns:
            keys.update(dict.fromkeys(column))
        places = {key: k for k, key in enumerate(keys)}
        self.rows: list[dict[int, Fraction]] = [{} for _ in places]
        self.right = [Fraction(target.get(key, _ZERO)) for key in places]
        for j, column in enumerate(columns):
            for key, value in column.items():
                if value:
                    place = places[key]
                    self.rows[place][j] = -value if self.right[place] < 0 else value
        self.right = [abs(v) for v in self.right]
        self.basis = [k - len(places) for k in range(len(places))]

    def feasible(self) -> bool:
        """Phase one: drive the artificial variables out; whether that can be done."""
        prices: dict[int, Fraction] = {}
        for row in self.rows:
            _add(prices, row, Fraction(1))
        self._maximise(prices, lambda: not any(self._artificial()))
        if any(self._artificial()):
            return False
        for k in reversed(range(len(self.rows))):
            if self.basis[k] < 0:
                if self.rows[k]:
                    self._pivot(k, min(self.rows[k]))
                else:
                    del self.rows[k], self.right[k], self.basis[k]
        return True

    def _artificial(self) -> list[Fraction]:
        return [v for b, v in zip(self.basis, self.right, strict=True) if b < 0]

    def solution(self) -> dict[int, Fraction]:
        """The columns that are not 0, with their coefficients."""
        return {b: v for b, v in zip(self.basis, self.right, strict=True) if b >= 0 and v}

    def positive(self, wanted: Collection[int]) -> dict[int, Fraction] | None:
        """A solution in which one of the wanted columns is positive."""
        prices = dict.fromkeys(wanted, Fraction(1))
        for b, row in zip(self.basis, self.rows, strict=True):
            if b in wanted:
                _add(prices, row, Fraction(-1))
        ray = self._maximise(prices, lambda: any(j in wanted for j in self.solution()))
        found = self.solution()
        if ray is not None:
            for b, row in zip(self.basis, self.rows, strict=True):
                found[b] = found.get(b, _ZERO) - row.get(ray, _ZERO)
            found[ray] = Fraction(1)
            found = {j: v for j, v in found.items() if v}
        return found if any(j in wanted for j in found) else None

    def _maximise(self, prices: dict[int, Fraction], done: Callable[[], bool]) -> int | None:
        """Pivot until it is done or nothing gains; a column without a bound is returned."""
        for step in range(400):
            gains = [j for j, p in prices.items() if p > 0]
            if not gains or done():
                return None
            # The steepest column is quick but may cycle, the first one cannot.
            enter = max(gains, key=lambda j: (prices[j], -j)) if step < 60 else min(gains)
            ratios = [
                (self.right[k] / row[enter], self.basis[k], k)
                for k, row in enumerate(self.rows)
                if row.get(enter, _ZERO) > 0
            ]
            if not ratios:
                return enter
            k = min(ratios)[2]
            self._pivot(k, enter)
            _add(prices, self.rows[k], -prices[enter])
        return None

    def _pivot(self, k: int, j: int) -> None:
        """Solve row k for column j and put that into the other rows."""
        divisor = self.rows[k][j]
        row = {i: v / divisor for i, v in self.rows[k].items()}
        self.rows[k], self.right[k], self.basis[k] = row, self.right[k] / divisor, j
        for i, other in enumerate(self.rows):
            factor = other.get(j)
            if i != k and factor:
                _add(other, row, -factor)
                self.right[i] -= factor * self.right[k]


def _add(to: dict[int, Fraction], row: Mapping[int, Fraction], factor: Fraction) -> None:
    """``to += factor*row``, without zeros."""
    for j, v in row.items():
        value = to.get(j, _ZERO) + factor * v
        if value:
            to[j] = value
        else:
            to.pop(j, None)
