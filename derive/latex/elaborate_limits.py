"""Limits at infinity that are plain: of sums of powers and of these times exponentials.

A body is taken apart into terms ``c * x**k * exp(-r*x)`` with numbers k; only where every one
of them has a limit that follows from the declared signs is there an answer.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from derive.context import Context
from derive.domains import interval
from derive.term import ZERO, Term, neg


class _Growth(NamedTuple):
    """How a factor behaves as x grows: like ``x**power * exp(rate)``, where the sign of the
    rate is that of its growth; and what does not depend on x."""

    power: Fraction = Fraction(0)
    rate: int = 0
    order: int = 0
    factors: tuple[Term, ...] = ()


def limit(body: Term, variable: Term, upwards: bool, context: Context) -> Term | None:
    """The limit of a body as a variable goes to infinity, or to minus infinity; None where it
    is none, or is not plain.

    >>> from derive.plain import declare, read
    >>> from derive.term import symbol
    >>> limit(read("3 - x*exp(-r*x)/r"), symbol("x"), True, declare("r > 0"))
    3
    """
    if variable.value not in body.free:
        return body
    if body.head == "Neg":
        inner = limit(body.args[0], variable, upwards, context)
        return None if inner is None else ZERO if inner == ZERO else neg(inner)
    if body.head == "Add":
        found = [limit(a, variable, upwards, context) for a in body.args]
        if any(f is None for f in found):
            return None
        kept = tuple(f for f in found if f is not None and f != ZERO)
        return Term("Add", kept) if len(kept) > 1 else kept[0] if kept else ZERO
    if body.head in ("Mul", "Div"):
        spread = _spread(body, variable)
        if spread is not None:
            return limit(spread, variable, upwards, context)
    growth = _growth(body, variable, upwards, context)
    if growth is None:
        return None
    vanishing = growth.rate < 0 or (growth.rate == 0 and growth.power < 0)
    return ZERO if vanishing else None


def _spread(body: Term, variable: Term) -> Term | None:
    """A product with a sum that mentions the variable, or a quotient of one, multiplied out."""
    for k, a in enumerate(body.args):
        above = body.head == "Mul" or k == 0
        if above and a.head in ("Add", "Neg") and variable.value in a.free:
            parts = [Term(body.head, (*body.args[:k], p, *body.args[k + 1 :])) for p in a.args]
            return Term(a.head, tuple(parts))
    return None


def _growth(t: Term, variable: Term, upwards: bool, context: Context) -> _Growth | None:
    """How a product of powers and exponentials behaves; None where that is not plain."""
    if variable.value not in t.free:
        return _Growth()
    if t == variable:
        return _Growth(Fraction(1))
    if t.head in ("Mul", "Div"):
        total = _Growth()
        for k, a in enumerate(t.args):
            one = _growth(a, variable, upwards, context)
            if one is None:
                return None
            turned = t.head == "Div" and k == 1
            joined = _joined(total, _Growth(-one.power, -one.rate, one.order) if turned else one)
            if joined is None:
                return None
            total = joined
        return total
    if t.head == "Pow" and t.args[1].head == "number":
        base = _growth(t.args[0], variable, upwards, context)
        exponent = t.args[1].value
        if base is None or base.rate or (not upwards and exponent.denominator != 1):
            return None
        return _Growth(base.power * exponent)
    if t.head == "exp":
        leading = _leading(t.args[0], variable, context)
        if leading is None:
            return None
        sign, order = leading
        return _Growth(Fraction(0), sign if upwards or order % 2 == 0 else -sign, order)
    return None


def _joined(a: _Growth, b: _Growth) -> _Growth | None:
    """The behaviour of a product; None where two exponentials work against each other."""
    if a.rate * b.rate < 0:
        return None
    return _Growth(a.power + b.power, a.rate or b.rate, max(a.order, b.order))


def _leading(t: Term, variable: Term, context: Context) -> tuple[int, int] | None:
    """The sign of the coefficient and the exponent of a monomial c*x**k, or of a sum of one
    and constants; None for anything else."""
    if t.head == "Add":
        varying = [a for a in t.args if variable.value in a.free]
        return _leading(varying[0], variable, context) if len(varying) == 1 else None
    if t.head == "Neg":
        inner = _leading(t.args[0], variable, context)
        return None if inner is None else (-inner[0], inner[1])
    if t == variable:
        return 1, 1
    if t.head == "Pow" and t.args[0] == variable and t.args[1].head == "number":
        exponent = t.args[1].value
        whole = exponent.denominator == 1 and exponent > 0
        return (1, int(exponent)) if whole else None
    if t.head == "Div":
        return _signed(t.args[0], (t.args[1],), variable, context)
    if t.head == "Mul":
        varying = [a for a in t.args if variable.value in a.free]
        rest = tuple(a for a in t.args if variable.value not in a.free)
        return _signed(varying[0], rest, variable, context) if len(varying) == 1 else None
    return None


def _signed(
    t: Term, rest: tuple[Term, ...], variable: Term, context: Context
) -> tuple[int, int] | None:
    inner = _leading(t, variable, context)
    signs = [sign_of(r, context) for r in rest]
    if inner is None or not all(signs):
        return None
    sign = inner[0]
    for s in signs:
        sign *= s
    return sign, inner[1]


def sign_of(t: Term, context: Context) -> int:
    """The sign of a term, from numbers and declared domains; 0 where it is not known.

    >>> from derive.plain import declare, read
    >>> sign_of(read("-2*r"), declare("r > 0"))
    -1
    """
    if t.head == "number":
        return int(t.value > 0) - int(t.value < 0)
    if t.head == "Neg":
        return -sign_of(t.args[0], context)
    if t.head in ("Mul", "Div"):
        sign = 1
        for a in t.args:
            sign *= sign_of(a, context)
        return sign
    if t.head == "Pow":
        return 1 if sign_of(t.args[0], context) > 0 else 0
    if context.knows(Term("Lt", (ZERO, t))):
        return 1
    if context.knows(Term("Lt", (t, ZERO))):
        return -1
    if t.head == "symbol" and t.value in context.names:
        declared = context.names[t.value]
        ends = interval(declared.domain)
        if ends is None:
            return 0
        low, high, low_out, high_out = ends
        if low.head == "number" and (low.value > 0 or (low.value == 0 and low_out)):
            return 1
        if high.head == "number" and (high.value < 0 or (high.value == 0 and high_out)):
            return -1
    return 0
