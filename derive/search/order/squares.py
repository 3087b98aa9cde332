"""Polynomials as sums of squares with positive coefficients.

``2*a*b <= a**2 + b**2`` because the difference is ``(a - b)**2``; a parabola is completed to
a square, also with symbolic coefficients whose signs are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Polynomial, plus, times
from derive.rules import ledger
from derive.search.forms.reduced import (
    atoms_of,
    cleared,
    coefficient,
    degree,
    is_reciprocal,
    monomial,
    over,
    simplified,
)
from derive.search.forms.rewriting import term_of
from derive.term import ZERO, Term, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Theorems ``a <= b`` or ``a < b`` (an even number of ``a != b`` too) whose product is >= 0.
Product = tuple[Theorem, ...]


def signed(facts: Facts, context: Context, p: Polynomial) -> Theorem | None:
    """``0 < p`` or ``0 <= p``, or None."""
    if not p:
        return None
    t = term_of(p)
    found = facts.prove(context, Term("Lt", (ZERO, t)))
    found = found or facts.prove(context, Term("Le", (ZERO, t)))
    sums = any(a.head == "Sum" for m in p for a, _ in m) and 1 < len(p) < 5
    if found is None and sums and all(u.head != "log" for _, u in walk(t)):
        from derive.search.order.inequalities import inequality

        found = inequality(facts, context, Term("Lt", (ZERO, t)), 1)
    return found


def unequal(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``(x - t)**2 > 0`` for the hypotheses ``x != t``, times the coefficient of ``x**2``."""
    for h in context.hypotheses():
        if h.head != "Ne":
            continue
        different = kernel.hypothesis(context, h)
        for x in atoms_of(p, lambda a, x=h.args[0]: a == x):  # type: ignore[misc]  # bound at once
            factor = coefficient(p, x, 2)
            if not factor:
                continue
            if factor.keys() == {()}:
                yield different, different
                continue
            positive = signed(facts, context, factor)
            if positive is not None:
                yield positive, different, different


def squares(
    facts: Facts, context: Context, p: Polynomial, depth: int = 6
) -> list[tuple[Fraction, Product]] | None:
    """``p`` as a sum of squares times positive coefficients and of products of known signs."""
    if not p or not cleared([p])[0]:
        return []
    known = _monomials(facts, context, p)
    if known is not None:
        return known
    if depth == 0 or len(p) > 60:
        return None
    for x in atoms_of(p, lambda a: not is_reciprocal(a)):
        high = degree(p, x)
        if high == 0 or high % 2:
            continue
        leading = coefficient(p, x, high)
        constant = leading.keys() == {()}
        positive = None if constant else signed(facts, context, leading)
        if (constant and leading[()] < 0) or (not constant and positive is None):
            continue
        if positive is not None and positive.statement.head != "Lt":
            continue
        found = _completed(facts, context, p, x, high // 2, leading, positive, depth)
        if found is not None:
            return found
    return None


def _completed(
    facts: Facts,
    context: Context,
    p: Polynomial,
    x: Term,
    half: int,
    leading: Polynomial,
    positive: Theorem | None,
    depth: int,
) -> list[tuple[Fraction, Product]] | None:
    """``p = (2*c*x**k + b)**2/(4*c) + rest`` with rest a sum of squares in its turn."""
    linear: Polynomial = {}
    for k in range(half, 2 * half):
        shifted = times(coefficient(p, x, k), monomial(x, k - half))
        linear = plus(linear, shifted)
    base = plus(monomial(x, half), over(linear, leading), Fraction(1, 2))
    rest = simplified(plus(p, times(leading, times(base, base)), -1))
    others = squares(facts, context, rest, depth - 1)
    if others is None:
        return None
    square = squared(facts, context, term_of(base))
    if square is None:
        return None
    if positive is None:
        return [(leading[()], (square,)), *others]
    return [(Fraction(1), (positive, square)), *others]


def squared(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``0 < t**2``, or ``0 <= t**2``."""
    strict = facts.prove(context, Term("Ne", (t, ZERO))) is not None
    name = "square_positive" if strict else "square_nonnegative"
    found = facts.use(context, ledger()[name], {"x": t})
    return None if found is None else kernel.promise(0, found)


def _monomials(
    facts: Facts, context: Context, p: Polynomial
) -> list[tuple[Fraction, Product]] | None:
    """Each monomial as a product of atoms with known signs, or None."""
    out: list[tuple[Fraction, Product]] = []
    for m, c in p.items():
        if c < 0:
            return None
        factors: list[Theorem] = []
        for atom, e in m:
            square = squared(facts, context, atom) if e > 1 else None
            alone = e % 2 or square is None
            positive = signed(facts, context, monomial(atom)) if alone else None
            if e % 2 and positive is None:
                return None
            if square is not None:
                factors += [square] * (e // 2)
            if e % 2 and positive is not None:
                factors.append(positive)
        out.append((c, tuple(factors)))
    return out
