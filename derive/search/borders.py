"""Borders: two numbers of which each is at most the other are equal.

Formulas in pieces differ in whether a border belongs to one piece or the other; on the border
itself both conditions are known, and the goal is proved with the equation that they make.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

from derive import kernel
from derive.context import Context, Hypothesis
from derive.kernel import Theorem
from derive.polynomial import SizeError
from derive.search.equations import in_context
from derive.search.facts import Facts
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import term_of
from derive.term import ZERO, Term, size, walk


def at_border(
    facts: Facts, context: Context, goal: Term, prove: Callable[[Context], Theorem | None]
) -> Theorem | None:
    """``goal`` where ``u <= v`` and ``v <= u`` are assumed, proved under ``u = v``; or None."""
    tie = _tie(facts, context)
    if tie is None:
        return None
    x, value, scale = _solved(*tie[0].statement.args)
    equal, different = Term("Eq", (x, value)), Term("Ne", (x, value))
    apart = facts.prove(context, different)
    if apart is not None:
        return kernel.absurd(goal, impossible(*tie, in_context(context, apart), scale))
    sides = [facts.defined(context, t) for t in (x, value)]
    under, other = context.assume(equal), context.assume(different)
    found = prove(under) if None not in sides else None
    if found is None:
        return None
    below, above = (in_context(other, t) for t in tie)
    apart = kernel.hypothesis(other, different)
    nowhere = kernel.absurd(goal, impossible(below, above, apart, scale))
    return kernel.cases(equal, in_context(under, found), nowhere, *sides)


def _tie(facts: Facts, context: Context) -> tuple[Theorem, Theorem] | None:
    """``u <= v``, the last assumption, and ``v <= u``, when no equation says as much.

    The larger term is u.
    """
    known = set(context.hypotheses())
    last = context.entry.statement if isinstance(context.entry, Hypothesis) else ZERO
    if last.head != "Le":
        return None
    u, v = last.args
    back = Term("Le", (v, u))
    if {Term("Eq", (u, v)), Term("Eq", (v, u))} & known:
        return None
    found = facts.prove(context, back)
    if found is None:
        return None
    tie = kernel.hypothesis(context, last), in_context(context, found)
    return tie if (size(v), hash(v)) < (size(u), hash(u)) else tie[::-1]


def _solved(u: Term, v: Term) -> tuple[Term, Term, Fraction]:
    """``u = v`` as ``x = t`` with ``u - v = c*(x - t)``, x being a variable in a compound u."""
    if u.head in ("Add", "Neg", "Mul", "Div"):
        with suppress(SizeError):
            p = reduced(u - v)
            for m, c in p.items():
                alone = len(m) == 1 and m[0][1] == 1 and m[0][0].head in ("symbol", "member")
                rest = term_of({n: -d / c for n, d in p.items() if n != m})
                if alone and all(part != m[0][0] for _, part in walk(rest)):
                    return m[0][0], rest, c
    return u, v, Fraction(1)


def impossible(below: Theorem, above: Theorem, apart: Theorem, scale: Fraction) -> Theorem:
    """``0 < 0`` from ``u <= v``, ``v <= u`` and ``x != t``, where u - v is c*(x - t)."""
    zero = kernel.numeral(apart.context, ZERO)
    parts = ((Fraction(1), (0, 1)), (scale * scale, (2, 2)))
    return kernel.order("Lt", parts, zero, zero, below, above, apart)


__all__ = ["at_border", "impossible"]
