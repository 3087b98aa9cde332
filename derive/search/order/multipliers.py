"""The sign of a slope by the sign of a positive multiple of it.

The slope ``n/s - S/s**3`` falls again behind its zero; times s**3 it is ``n*s**2 - S``, which
increases.  What is tried: what divides the slope, one after the other and all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError
from derive.search.equations import in_context
from derive.search.forms.reduced import is_reciprocal, reduced
from derive.search.forms.rewriting import term_of
from derive.term import ONE, ZERO, Term

if TYPE_CHECKING:
    from derive.context import Context
    from derive.search.facts import Facts

#: Multipliers that are tried.
MOST_MULTIPLIERS = 4


def multiplied(
    facts: Facts,
    context: Context,
    value: Term,
    name: str,
    signed: Callable[[Term], Theorem | None],
) -> Theorem | None:
    """``value < 0`` or ``0 < value``, as ``signed`` finds it for a positive multiple of value."""
    for factor in _multipliers(value, name):
        positive = facts.prove(context, Term("Lt", (ZERO, Term("Div", (ONE, factor)))))
        sides = [facts.defined(context, t) for t in (value, ZERO)]
        if positive is None or sides[0] is None or sides[1] is None:
            continue
        try:
            multiple = term_of(reduced(Term("Mul", (factor, value))))
        except SizeError:
            continue
        known = signed(multiple)
        if known is None:
            continue
        ends = sides if known.rhs == ZERO else sides[::-1]
        product = ((Fraction(1), (0, 1)),)
        parts = [in_context(context, p) for p in (*ends, known, positive) if p is not None]
        return kernel.order("Lt", product, *parts)
    return None


def _multipliers(value: Term, name: str) -> Iterator[Term]:
    """Powers of what depends on a symbol and divides a term, and their product first."""
    try:
        p = reduced(value)
    except SizeError:
        return
    powers: dict[Term, int] = {}
    for m in p:
        for atom, e in m:
            if is_reciprocal(atom) and name in atom.free:
                powers[atom.args[1]] = max(e, powers.get(atom.args[1], 0))
    found = [tuple(powers.items())] if powers else []
    found += [((d, e),) for d, exponent in powers.items() for e in range(exponent, 0, -1)]
    found += [((u, 1),) for u in _exponentials(p, name)]
    for m in dict.fromkeys(found[:MOST_MULTIPLIERS]):
        yield term_of({m: Fraction(1)})


def _exponentials(p: Polynomial, name: str) -> list[Term]:
    return list(dict.fromkeys(u for m in p for u in _growing(m, name)))


def _growing(m: Monomial, name: str) -> Iterator[Term]:
    return (u for u, _ in m if u.head == "exp" and name in u.free)


__all__ = ["multiplied"]
