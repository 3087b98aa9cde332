"""Collecting a loss: like terms together, constant factors in front of sums, few signs.

The collected form is only a proposal; what counts is the equation.  Squares and other powers
of sums stay as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus
from derive.search.equations import in_context
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import Rewriter
from derive.search.given import hypotheses
from derive.search.losses.weaker import readable
from derive.search.prove import equal
from derive.term import ONE, ZERO, Term, abstract, fresh, instantiate, size, substitute, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts


class _Way(NamedTuple):
    """How to collect: multiply products out, take sums apart, turn the sign of mixed sums."""

    expand: bool
    split: bool
    turn: bool


_WAYS = tuple(
    _Way(expand, split, turn)
    for split in (True, False)
    for expand in (False, True)
    for turn in (False, True)
)


def collected(facts: Facts, context: Context, t: Term) -> Iterator[Theorem]:
    """At most one equation ``t = u`` with u shorter than t, sums taken apart if possible."""
    proposals: dict[Term, _Way] = {}
    known = hypotheses(facts, context, ZERO)
    for way in _WAYS:
        with suppress(SizeError):
            u = _collect(t, way)
            proposals.setdefault(u, way)
            given = Rewriter(facts, known).rewrite(context, u) if known else None
            if given is not None and given.rhs != u:
                proposals.setdefault(given.rhs, way)
                proposals.setdefault(_collect(given.rhs, way), way)
    for u in sorted(proposals, key=lambda u: (not proposals[u].split, _length(u))):
        if u == t or _length(u) >= _length(t):
            continue
        theorem = equal(facts, context, t, u)
        if theorem is not None:
            yield in_context(context, theorem)
            return


def _length(t: Term) -> int:
    """How long a reader finds a term: its size, a minus sign of a bracket counting twice."""
    extra = 1 if t.head == "Neg" and t.args[0].head in ("Add", "Neg", "Sum", "Div") else 0
    return size(t) + extra + sum(_length(a) - size(a) for a in t.args)


# -- the proposal -------------------------------------------------------------------------------


def _collect(t: Term, way: _Way) -> Term:
    """The term with its sums taken apart by their constant factors.  Raises SizeError."""
    return _write(_terms(t, way))


def _terms(t: Term, way: _Way) -> Polynomial:
    """The summands, sums without their constant factors as atoms."""
    hidden: dict[str, Term] = {}
    p = reduced(_hide(t, hidden, way))
    out: Polynomial = {}
    for m, c in p.items():
        shown = tuple((substitute(a, hidden), e) for a, e in m)
        out = plus(out, {shown: c})
    return out


def _hide(t: Term, hidden: dict[str, Term], way: _Way) -> Term:
    """Powers of sums and, unless they are expanded, products with sums become symbols."""
    if t.head in ("Add", "Neg"):
        return Term(t.head, tuple(_hide(a, hidden, way) for a in t.args))
    if t.head == "Div":
        return Term("Div", (_hide(t.args[0], hidden, way), t.args[1]))
    if t.head == "Sum":
        return _apart(t, hidden, way)
    if t.head == "Mul":
        args = tuple(_hide(a, hidden, way) for a in t.args)
        several = [a for a in args if a.head == "Add"]
        if several and not way.expand:
            kept = [_opaque(a, hidden) if a.head == "Add" else a for a in args]
            return Term("Mul", tuple(kept))
        return Term("Mul", args)
    if t.head == "Pow" and t.args[0].head in ("Add", "Neg"):
        return _opaque(t, hidden)
    return t


def _opaque(t: Term, hidden: dict[str, Term]) -> Term:
    whole = substitute(t, hidden)
    for name, value in hidden.items():
        if value == whole:
            return symbol(name)
    name = f"hidden {len(hidden)}"
    hidden[name] = whole
    return symbol(name)


def _apart(t: Term, hidden: dict[str, Term], way: _Way) -> Term:
    """``a*Sum(f) + b*Sum(g)`` for a sum of ``a*f + b*g``; what has no index is multiplied."""
    name = fresh("index", t.free)
    p = _terms(instantiate(t.args[0], symbol(name)), way)
    if not way.split:
        return _whole(t, p, name, hidden, way)
    groups: dict[Monomial, Polynomial] = {}
    for m, c in p.items():
        outside = tuple(x for x in m if name not in x[0].free)
        inside = tuple(x for x in m if name in x[0].free)
        key = (*outside, (Term("number", (), Fraction(abs(c))), 1))
        groups.setdefault(key if inside else (), {})
        if inside:
            groups[key][inside] = c / abs(c)
        else:
            groups[()][outside] = c
    low, high = t.args[1:]
    parts: list[Term] = []
    for key, q in groups.items():
        if key == ():
            count = high if low == ONE else high - low + 1
            parts.append(Term("Mul", (_hide(count, hidden, way), _shown(q, hidden))))
            continue
        factor = _shown({key[:-1]: Fraction(key[-1][0].value)}, hidden)
        whole = _whole(t, q, name, hidden, way)
        parts.append(Term("Mul", (factor, whole)))
    if not parts:
        return ZERO
    return parts[0] if len(parts) == 1 else Term("Add", tuple(parts))


def _whole(t: Term, p: Polynomial, name: str, hidden: dict[str, Term], way: _Way) -> Term:
    """The sum t with another body, one minus in front of it where that reads better."""
    signs = {c < 0 for c in p.values()}
    minus = signs == {True} or (len(signs) == 2 and way.turn)
    body = _write({m: -c for m, c in p.items()} if minus else p)
    total = _opaque(Term("Sum", (abstract(body, name), *t.args[1:]), None, t.names), hidden)
    return -total if minus else total


def _shown(p: Polynomial, hidden: dict[str, Term]) -> Term:
    """A polynomial as a term in which sums and powers are hidden again."""
    return _hide(_write(p), hidden, _WAYS[-1])


def _write(p: Polynomial) -> Term:
    """The polynomial for a reader: a positive summand first, one minus before all."""
    if p and all(c < 0 for c in p.values()):
        return -readable({m: -c for m, c in p.items()})
    ordered = sorted(p.items(), key=lambda item: item[1] < 0)
    return readable(dict(ordered))
