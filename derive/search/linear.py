"""Non-negative solutions of small linear systems, in exact arithmetic.

``combine(columns, target, wanted)`` finds coefficients c >= 0 with ``sum c_k columns[k] =
target`` such that a column of ``wanted`` has a positive coefficient (any solution when
``wanted`` is None).  Vectors are maps from a key to a Fraction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    if used is None:
        return None
    rows = list(dict.fromkeys([*target, *(key for k in used for key in columns[k])]))
    table = []
    for key in rows:
        row = [columns[k].get(key, _ZERO) for k in used]
        goal = target.get(key, _ZERO)
        table.append([*([-v for v in row] if goal < 0 else row), abs(goal)])
    width = len(used)
    basis = _feasible(table, width)
    if basis is None:
        return None
    if wanted is not None:
        _maximise(table, basis, [Fraction(k in wanted) for k in used])
    found = {used[b]: row[-1] for b, row in zip(basis, table, strict=True) if b < width and row[-1]}
    if wanted is not None and not any(k in wanted for k in found):
        return None
    return dict(sorted(found.items()))


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
                signs.setdefault(key, set()).add(value > 0)
        for key, value in target.items():
            if value and (value > 0) not in signs.get(key, set()):
                return None
            signs.setdefault(key, set()).add(value < 0)
        kept = [k for k in used if all(len(signs[key]) == 2 for key in columns[k])]
        if len(kept) == len(used):
            return used
        used = kept


def _feasible(table: list[list[Fraction]], width: int) -> list[int] | None:
    """Phase one: a basis of a solution; artificial variables start at ``width``."""
    height = len(table)
    for k, row in enumerate(table):
        row[width:width] = [Fraction(k == j) for j in range(height)]
    basis = [width + k for k in range(height)]
    _maximise(table, basis, [_ZERO] * width + [Fraction(-1)] * height)
    if any(b >= width and row[-1] for b, row in zip(basis, table, strict=True)):
        return None
    for k, b in enumerate(basis):
        if b >= width:
            pivot = next((j for j in range(width) if table[k][j]), None)
            if pivot is not None:
                _pivot(table, basis, k, pivot)
    for row in table:
        row[width : width + height] = [_ZERO] * height
    return basis


def _maximise(table: list[list[Fraction]], basis: list[int], weights: list[Fraction]) -> None:
    """The simplex method with Bland's rule, which cannot cycle; stops where unbounded."""
    weights = weights + [_ZERO] * (len(table[0]) - 1 - len(weights)) if table else weights
    for _ in range(400):
        prices = list(weights)
        for b, row in zip(basis, table, strict=True):
            if weights[b]:
                prices = [p - weights[b] * v for p, v in zip(prices, row, strict=False)]
        enter = next((j for j, p in enumerate(prices) if p > 0), None)
        if enter is None:
            return
        ratios = [
            (row[-1] / row[enter], basis[k], k) for k, row in enumerate(table) if row[enter] > 0
        ]
        if not ratios:
            _ray(table, basis, enter)
            return
        _pivot(table, basis, min(ratios)[2], enter)


def _ray(table: list[list[Fraction]], basis: list[int], enter: int) -> None:
    """An unbounded direction: take one step along it, so that the variable is positive."""
    for row in table:
        row[-1] -= row[enter]
    table.append([Fraction(j == enter) for j in range(len(table[0]))])
    table[-1][-1] = Fraction(1)
    basis.append(enter)


def _pivot(table: list[list[Fraction]], basis: list[int], k: int, j: int) -> None:
    divisor = table[k][j]
    table[k] = pivot = [v / divisor for v in table[k]]
    for i, row in enumerate(table):
        if i != k and row[j]:
            factor = row[j]
            table[i] = [v - factor * p for v, p in zip(row, pivot, strict=True)]
    basis[k] = j
