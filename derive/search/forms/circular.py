"""Sines and cosines: squares of sines by cosines, and angles that are sums taken apart.

Nothing of this runs before two normal forms with sines or cosines are found to differ.  Squares
are replaced first; only then ``sin(a + b)`` and ``sin(2*a)`` are written out, with the angles
divided so that a half angle and the whole one come to the same parts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from functools import partial
from math import lcm
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import Monomial, Polynomial, SizeError, plus
from derive.rules import ledger
from derive.search.equations import atoms, carried, equate, in_context
from derive.search.forms.conjugates import Square, by_squares
from derive.search.forms.parity import CIRCULAR, half_turns
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import Method, term_of
from derive.search.forms.spreading import spread
from derive.search.index import heads
from derive.term import ONE, ZERO, Term, number, size, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: An angle of more parts than this, each counted as often as it is taken, is left as it is, and
#: angles are divided by no larger number than this.
MOST_PARTS, LARGEST_DIVISOR = 6, 12

_TWO = number(2)

#: Brings a term to its normal form, with more methods than usual.
Form = Callable[["Facts", "Context", Term, Term, tuple[Method, ...]], "Theorem | None"]


def by_circle(
    facts: Facts, context: Context, first: Theorem, second: Theorem, form: Form
) -> tuple[Theorem, Theorem] | Theorem | None:
    """``a = b`` from ``a = u`` and ``b = v``, or these with u and v written out further.

    None where one of them is not found to be defined.
    """
    found = _by_sines(facts, context, first, second)
    if found is not None:
        return found
    for ways in ((squared,), (taken_apart(first.rhs, second.rhs), squared)):
        left = form(facts, context, first.rhs, ZERO, ways)
        right = form(facts, context, second.rhs, ZERO, ways)
        if left is None or right is None:
            return None
        first, second = kernel.transitive(first, left), kernel.transitive(second, right)
        middle = equate(facts, context, first.rhs, second.rhs)
        if middle is not None:
            whole = kernel.transitive(first, in_context(context, middle))
            return kernel.transitive(whole, kernel.symmetric(second))
        found = _by_sines(facts, context, first, second)
        if found is not None:
            return found
    return first, second


def _by_sines(facts: Facts, context: Context, first: Theorem, second: Theorem) -> Theorem | None:
    """``a = b`` where u - v vanishes once the squares of sines are replaced."""
    present = (u for t in (first.rhs, second.rhs) for _, u in atoms(t))
    sines = dict.fromkeys(u for u in present if u.head == "sin")
    squares = [
        Square(u, ONE - _power(u, "cos"), partial(_square, facts, context, u)) for u in sines
    ]
    return by_squares(facts, context, first, second, squares)


def _power(u: Term, head: str) -> Term:
    """The square of the sine or cosine of the same angle."""
    return Term("Pow", (Term(head, u.args), _TWO))


def _square(facts: Facts, context: Context, sine: Term) -> Theorem | None:
    """``sin(x)**2 = 1 - cos(x)**2``."""
    one = facts.use(context, ledger()["circular_identity"], {"x": sine.args[0]})
    if one is None:
        return None
    square, cosine = _power(sine, "sin"), _power(sine, "cos")
    start = equate(facts, context, square, Term("Add", (one.lhs, Term("Neg", (cosine,)))))
    if start is None:
        return None
    return kernel.rewrite((1, 0), in_context(context, start), in_context(context, one))


def squared(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``sin(x)**2 = 1 - cos(x)**2`` in a product or a power; sums of such are multiplied out."""
    if t.head not in ("Add", "Mul", "Pow") or heads(t).isdisjoint(CIRCULAR):
        return None
    try:
        p = spread(t)
    except SizeError:
        return None
    sine = next((a for m in p for a, e in m if a.head == "sin" and e > 1), None)
    if sine is None:
        plain = term_of(p)
        return equate(facts, context, t, plain) if size(plain) < size(t) else None
    equal = equate(facts, context, t, _without_square(p, sine))
    known = _square(facts, context, sine)
    if equal is None or known is None:
        return None
    theorem = in_context(context, equal)
    square = _power(sine, "sin")
    for path, u in list(walk(theorem.rhs)):
        if u == square and not u.loose:
            theorem = kernel.rewrite((1, *path), theorem, in_context(context, known))
    return theorem


def _without_square(p: Polynomial, sine: Term) -> Term:
    """The sum with ``sin(x)**2`` as a factor of its own wherever the power is at least 2."""
    square = Term("Pow", (sine, _TWO))
    summands: list[Term] = []
    for m, c in p.items():
        e = dict(m).get(sine, 0)
        if e < 2:
            summands.append(term_of({m: c}))
            continue
        rest: Monomial = tuple((a, k - 2 if a == sine else k) for a, k in m if a != sine or k > 2)
        factor = term_of({rest: c})
        summands.append(square if factor == ONE else Term("Mul", (factor, square)))
    return summands[0] if len(summands) == 1 else Term("Add", tuple(summands))


def taken_apart(*terms: Term) -> Method:
    """The method that writes out sines and cosines of sums, for the angles of these terms."""
    divisor = _divisor(terms)

    def method(facts: Facts, context: Context, t: Term) -> Theorem | None:
        if t.head not in CIRCULAR:
            return None
        try:
            angle = reduced(t.args[0])
        except SizeError:
            return None
        first = _first_part(angle, divisor)
        if first is None:
            return None
        rest = plus(angle, first, -1)
        values = {"a": term_of(first), "b": term_of(rest)}
        used = facts.use(context, ledger()[f"{t.head}_sum"], values)
        return None if used is None else carried(facts, context, used, (0, 0), t.args[0])

    return method


def _first_part(angle: Polynomial, divisor: int) -> Polynomial | None:
    """What is taken from an angle: all multiples of pi at once, else one part of those it has."""
    turns = {m: c for m, c in angle.items() if any(a.head == "pi" for a, _ in m)}
    if turns and len(turns) < len(angle):
        return turns
    numeric = half_turns(angle)
    if numeric is not None and numeric.keys() == {()}:
        divisor = 2
    whole = {m: c * divisor for m, c in angle.items()}
    parts = sum(abs(c) for c in whole.values())
    if not 1 < parts <= MOST_PARTS or any(c.denominator != 1 for c in whole.values()):
        return None
    m, c = next(iter(angle.items()))
    return {m: Fraction(1 if c > 0 else -1, divisor)}


def _divisor(terms: tuple[Term, ...]) -> int:
    """What angles are divided by, so that all of them are whole multiples of their parts."""
    found = 1
    angles = (u.args[0] for t in terms for _, u in walk(t) if u.head in CIRCULAR)
    for angle in dict.fromkeys(angles):
        with suppress(SizeError):
            parts = (c for m, c in reduced(angle).items() if all(a.head != "pi" for a, _ in m))
            found = lcm(found, *(c.denominator for c in parts))
    return found if found <= LARGEST_DIVISOR else 1


__all__ = ["by_circle"]
