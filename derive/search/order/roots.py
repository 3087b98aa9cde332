"""A square root lies above every square below it: ``Abs(x) < sqrt(x**2 + c)`` for c > 0."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import carried
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ZERO, Term

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def above_squares(facts: Facts, context: Context, root: Term) -> Iterator[Theorem]:
    """``x < sqrt(y)`` and ``-x < sqrt(y)`` for every square x**2 in y that leaves c > 0."""
    try:
        p = spread(root.args[0])
    except SizeError:
        return
    for m, c in p.items():
        scale = _root(c)
        if scale is None or not m or any(e % 2 for _, e in m):
            continue
        x = term_of({tuple((a, e // 2) for a, e in m): scale})
        rest = term_of({n: d for n, d in p.items() if n != m})
        if rest == ZERO or facts.prove(context, Term("Lt", (ZERO, rest))) is None:
            continue
        for name in ("root_above_base", "root_above_opposite"):
            used = facts.use(context, ledger()[name], {"x": x, "c": rest})
            used = used and carried(facts, context, used, (1, 0), root.args[0])
            if used is not None:
                yield used


def _root(c: Fraction) -> Fraction | None:
    """The rational square root of a positive number, if it has one.

    >>> _root(Fraction(4, 9)), _root(Fraction(2)), _root(Fraction(-1))
    (Fraction(2, 3), None, None)
    """
    if c <= 0:
        return None
    above, below = map(isqrt, c.as_integer_ratio())
    return Fraction(above, below) if Fraction(above * above, below * below) == c else None


__all__ = ["above_squares"]
