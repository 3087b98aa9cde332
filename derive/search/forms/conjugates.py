"""Equations between terms with square roots of sums, by the squares of these roots.

``(sqrt(y) - x)*(sqrt(y) + x) = y - x**2`` is no arithmetic of the root alone: a - b is written
as a multiple of ``sqrt(y)**2 - y``, or as a sum of such multiples.  The same is done for other
terms whose squares are known, such as sines by their cosines.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from derive import kernel
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus, quotient, times
from derive.rules import ledger
from derive.search.equations import atoms, equate, in_context
from derive.search.forms.rewriting import term_of
from derive.term import Term, number

if TYPE_CHECKING:
    from derive.context import Context
    from derive.search.facts import Facts

_HALF = number(Fraction(1, 2))
_TWO = number(2)

#: A root that stands in a higher power than this, or more roots, are left as they are.
MOST_POWERS, MOST_ROOTS = 8, 3


class Square(NamedTuple):
    """A term, what its square is equal to, and what proves that."""

    root: Term
    value: Term
    known: Callable[[], Theorem | None]


def by_squares_of_roots(
    facts: Facts, context: Context, first: Theorem, second: Theorem
) -> Theorem | None:
    """``a = b`` from ``a = u`` and ``b = v``, where u - v vanishes once roots are squared."""
    present = (u for t in (first.rhs, second.rhs) for _, u in atoms(t))
    roots = dict.fromkeys(u for u in present if u.head == "Pow" and u.args[1] == _HALF)
    rule = ledger()["square_sqrt"]
    squares = [
        Square(r, r.args[0], partial(facts.use, context, rule, {"x": r.args[0]})) for r in roots
    ]
    return by_squares(facts, context, first, second, squares)


def by_squares(
    facts: Facts, context: Context, first: Theorem, second: Theorem, squares: list[Square]
) -> Theorem | None:
    """``a = b`` from ``a = u`` and ``b = v``, where u - v vanishes by what some squares are."""
    if not 0 < len(squares) <= MOST_ROOTS:
        return None
    a, b = first.rhs, second.rhs
    try:
        n, d = quotient(a - b)
        parts, scale = _multiples(n, squares)
        summands = [
            Term("Mul", (Term("Div", (term_of(f), term_of(times(d, scale)))), _gap(r)))
            for r, f in parts
        ]
    except SizeError:
        return None
    if not summands:
        return None
    start = equate(facts, context, a, Term("Add", (b, *summands)))
    if start is None:
        return None
    moved = in_context(context, start)
    for k, (r, _) in enumerate(parts):
        known = r.known()
        if known is None:
            return None
        moved = kernel.rewrite((1, 1 + k, 1, 0), moved, in_context(context, known))
    last = equate(facts, context, moved.rhs, b)
    if last is None:
        return None
    middle = kernel.transitive(moved, in_context(context, last))
    return kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))


def _gap(square: Square) -> Term:
    """``sqrt(y)**2 - y``."""
    return Term("Add", (Term("Pow", (square.root, _TWO)), Term("Neg", (square.value,))))


class _Reduced(NamedTuple):
    """``scale*n = the sum of all f*(r**2 - y)``, for the f and the squares of ``parts``."""

    parts: list[tuple[Square, Polynomial]]
    scale: Polynomial


def _multiples(n: Polynomial, squares: list[Square]) -> _Reduced:
    """Divide by ``r**2 - y`` for one root after the other; no parts if something is left.

    Raises SizeError.
    """
    scale: Polynomial = {(): Fraction(1)}
    parts: list[tuple[Square, Polynomial]] = []
    for square in squares:
        r = square.root
        above, below = quotient(square.value)
        factor: Polynomial = {}
        for _ in range(MOST_POWERS):
            top = max((dict(m).get(r, 0) for m in n), default=0)
            if top < 2:
                break
            lead = {_without_square(m, r): c for m, c in n.items() if dict(m).get(r, 0) == top}
            # below*n = (what is left of n with y for r**2) + lead*below*(r**2 - y)
            rest = {m: c for m, c in n.items() if dict(m).get(r, 0) < top}
            n = plus(times(rest, below), times(lead, above))
            factor = plus(times(factor, below), times(lead, below))
            scale = times(scale, below)
            parts = [(s, times(f, below)) for s, f in parts]
        if factor:
            parts.append((square, factor))
    return _Reduced([] if n else parts, scale)


def _without_square(m: Monomial, r: Term) -> Monomial:
    return tuple((a, e - 2 if a == r else e) for a, e in m if a != r or e > 2)


__all__ = ["Square", "by_squares", "by_squares_of_roots"]
