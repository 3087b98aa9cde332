"""Borders: two numbers of which each is at most the other are equal.

Formulas in pieces differ in whether a border belongs to one piece or the other; on the border
itself both conditions are known, and the goal is proved with the equation that they make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction

from derive import kernel
from derive.context import Context
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
    for u, v in _ties(context):
        x, value, scale = _solved(u, v)
        equal = Term("Eq", (x, value))
        sides = [facts.defined(context, t) for t in (x, value)]
        under, other = context.assume(equal), context.assume(Term("Ne", (x, value)))
        found = prove(under) if None not in sides else None
        if found is not None:
            nowhere = kernel.absurd(goal, impossible(other, (u, v), (x, value), scale))
            return kernel.cases(equal, in_context(under, found), nowhere, *sides)
    return None


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


def _ties(context: Context) -> Iterator[tuple[Term, Term]]:
    """The pairs that the context ties to each other without saying so, the larger term first."""
    known = set(context.hypotheses())
    for h in known:
        u, v = h.args[:2] if h.head == "Le" else (ZERO, ZERO)
        said = {Term("Eq", (u, v)), Term("Eq", (v, u))} & known
        if Term("Le", (v, u)) in known and not said and (size(v), hash(v)) < (size(u), hash(u)):
            yield u, v


def impossible(
    context: Context, tie: tuple[Term, Term], apart: tuple[Term, Term], scale: Fraction
) -> Theorem:
    """``0 < 0`` from the hypotheses ``u <= v``, ``v <= u`` and ``x != t``; u - v is c*(x - t)."""
    (u, v), different = tie, Term("Ne", apart)
    known = [
        kernel.hypothesis(context, h)
        for h in (Term("Le", (v, u)), Term("Le", (u, v)), different)
    ]
    zero = kernel.numeral(context, ZERO)
    parts = ((Fraction(1), (0, 1)), (scale * scale, (2, 2)))
    return kernel.order("Lt", parts, zero, zero, *known)


__all__ = ["at_border", "impossible"]
