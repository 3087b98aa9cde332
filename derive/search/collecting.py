"""Collecting a loss: like terms together, constant factors in front of sums, few signs.

The collected form is only a proposal; what counts is the equation.  Squares and other powers
of sums stay as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus
from derive.search.equations import in_context
from derive.search.given import hypotheses
from derive.search.linearity import _cancelled
from derive.search.prove import equal
from derive.search.reduced import reduced
from derive.search.rewriting import Rewriter
from derive.search.weaker import readable
from derive.term import ONE, ZERO, Term, abstract, fresh, instantiate, size, substitute, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts


def collected(facts: Facts, context: Context, t: Term) -> Iterator[Theorem]:
    """At most one equation ``t = u`` with u shorter than t, the shortest that is proved."""
    proposals: dict[Term, None] = {}
    for expand in (False, True):
        try:
            u = _collect(t, expand)
        except SizeError:
            continue
        proposals[u] = None
        known = Rewriter(facts, hypotheses(facts, context, ZERO)).rewrite(context, u)
        if known is not None and known.rhs != u:
            try:
                proposals[_collect(known.rhs, expand)] = None
            except SizeError:
                continue
    for u in sorted(proposals, key=_length):
        if u == t or _length(u) >= _length(t):
            return
        theorem = equal(facts, context, t, u)
        if theorem is not None:
            yield in_context(context, theorem)
            return


def _length(t: Term) -> int:
    """How long a reader finds a term: its size, a minus sign of a bracket counting twice."""
    extra = 1 if t.head == "Neg" and t.args[0].head in ("Add", "Neg", "Sum") else 0
    return size(t) + extra + sum(_length(a) - size(a) for a in t.args)


# -- the proposal -------------------------------------------------------------------------------


def _collect(t: Term, expand: bool) -> Term:
    """The term with its sums taken apart by their constant factors.  Raises SizeError."""
    return _write(_terms(t, expand))


def _terms(t: Term, expand: bool) -> Polynomial:
    """The summands, sums without their constant factors as atoms."""
    hidden: dict[str, Term] = {}
    p = reduced(_hide(t, hidden, expand))
    out: Polynomial = {}
    for m, c in p.items():
        shown = tuple((substitute(a, hidden), e) for a, e in m)
        out = plus(out, {shown: c})
    return _cancelled(out)


def _hide(t: Term, hidden: dict[str, Term], expand: bool) -> Term:
    """Powers of sums and, unless they are expanded, products with sums become symbols."""
    if t.head in ("Add", "Neg"):
        return Term(t.head, tuple(_hide(a, hidden, expand) for a in t.args))
    if t.head == "Div":
        return Term("Div", (_hide(t.args[0], hidden, expand), t.args[1]))
    if t.head == "Sum":
        return _apart(t, hidden, expand)
    if t.head == "Mul":
        args = tuple(_hide(a, hidden, expand) for a in t.args)
        several = [a for a in args if a.head == "Add"]
        if several and not expand:
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


def _apart(t: Term, hidden: dict[str, Term], expand: bool) -> Term:
    """``a*Sum(f) + b*Sum(g)`` for a sum of ``a*f + b*g``; what has no index is multiplied."""
    name = fresh("index", t.free)
    p = _terms(instantiate(t.args[0], symbol(name)), expand)
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
            parts.append(Term("Mul", (_hide(count, hidden, expand), _shown(q, hidden))))
            continue
        factor = _shown({key[:-1]: Fraction(key[-1][0].value)}, hidden)
        minus = all(c < 0 for c in q.values())
        body = _write({m: -c for m, c in q.items()} if minus else q)
        total = _opaque(Term("Sum", (abstract(body, name), low, high), None, t.names), hidden)
        product = Term("Mul", (factor, total))
        parts.append(-product if minus else product)
    if not parts:
        return ZERO
    return parts[0] if len(parts) == 1 else Term("Add", tuple(parts))


def _shown(p: Polynomial, hidden: dict[str, Term]) -> Term:
    """A polynomial as a term in which sums and powers are hidden again."""
    return _hide(_write(p), hidden, True)


def _write(p: Polynomial) -> Term:
    """The polynomial for a reader: a positive summand first, one minus before all."""
    if p and all(c < 0 for c in p.values()):
        return -readable({m: -c for m, c in p.items()})
    ordered = sorted(p.items(), key=lambda item: item[1] < 0)
    return readable(dict(ordered))
