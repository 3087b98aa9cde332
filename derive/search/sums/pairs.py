"""Sums over pairs of indices: half of a sum over all of them, where the terms are symmetric."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.rules import ledger
from derive.search.equations import enter, equate, in_context, reflexive
from derive.search.facts import Facts
from derive.term import ONE, Path, Term, abstract, bound, fresh, instantiate, number, symbol

_HALF = number(Fraction(1, 2))
_VARIABLE = bound(0)
_RULES = {"above": "sum_over_pairs", "below": "sum_exchange_strict_triangle"}


def over_all(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(Sum(f[i, j], (j, i + 1, n)), (i, a, n))`` by sums over all pairs; None if it is none.

    There f[i, j] and f[j, i] must be equal.  A sum over ``j < i`` becomes one
    over ``j > i``.
    """
    side = triangle(t)
    opened = _open(facts, context, t) if side else None
    if opened is None:
        return None
    f = abstract(opened.term, opened.i, opened.j)
    if side == "above":
        f = Term("Mul", (_HALF, f))
    mapping = {"f": f, "a": t.args[1], "b": t.args[2]}
    used = facts.use(context, ledger()[_RULES[side]], mapping)
    start = reflexive(facts, context, t)
    if used is None or start is None:
        return None
    row = instantiate(used.lhs.args[0], symbol(opened.i))
    rows = opened.row.context
    same = equate(facts, rows, opened.row.rhs, row) or _by_terms(facts, opened, row)
    if same is None:
        return None
    whole = kernel.transitive(opened.row, in_context(rows, same))
    return kernel.transitive(kernel.rewrite((1, 0), start, whole), in_context(context, used))


def _by_terms(facts: Facts, opened: _Opened, row: Term) -> Theorem | None:
    """The row is as the rule has it because the terms are, cases included."""
    from derive.search.prove import equal

    rows = opened.row.context
    start = reflexive(facts, rows, opened.row.rhs)
    entered = enter(facts, rows, opened.row.rhs)
    if start is None or entered is None:
        return None
    inner, j, _ = entered
    mine, theirs = (instantiate(t.args[0], symbol(j)) for t in (opened.row.rhs, row))
    found = equal(facts, inner, mine, theirs, 1)
    return found and kernel.rewrite((1, 0), start, in_context(inner, found))


def triangle(t: Term) -> str:
    """Whether a sum is one over pairs ``i < j``, "above", or ``j < i``, "below"; else empty."""
    inner = subsum(t)
    if inner is None:
        return ""
    _, low, high = t.args[0].args if t.args[0].head == "Sum" else _at(t.args[0], inner).args
    if high == t.args[2] and low in (_VARIABLE + ONE, ONE + _VARIABLE):
        return "above"
    below = (_VARIABLE - ONE, Term("Add", (_VARIABLE, number(-1))))
    return "below" if low == t.args[1] and high in below else ""


def subsum(t: Term) -> Path | None:
    """The place of the only sum among the factors of what is summed."""
    if t.head != "Sum":
        return None
    if t.args[0].head == "Sum":
        return ()
    factors = t.args[0].args if t.args[0].head == "Mul" else ()
    places = [(k,) for k, u in enumerate(factors) if u.head == "Sum"]
    return places[0] if len(places) == 1 else None


def _at(t: Term, path: Path) -> Term:
    return t.args[path[0]] if path else t


class _Opened(NamedTuple):
    """A sum over pairs: both indices, the term, and ``f*Sum(g) = Sum(f*g)`` for a row."""

    i: str
    j: str
    term: Term
    row: Theorem


def _open(facts: Facts, context: Context, t: Term) -> _Opened | None:
    entered = enter(facts, context, t)
    path = subsum(t)
    if entered is None or path is None:
        return None
    rows, i, _ = entered
    body = instantiate(t.args[0], symbol(i))
    inner = _at(body, path)
    j = fresh((inner.names or ("j",))[0], {*rows.names, *body.free})
    g = instantiate(inner.args[0], symbol(j))
    start = reflexive(facts, rows, body)
    if start is None or not path:
        return None if start is None else _Opened(i, j, g, start)
    others = tuple(u for u in body.args if u is not inner)
    c = others[0] if len(others) == 1 else Term("Mul", others)
    mapping = {"c": c, "f": inner.args[0], "lo": inner.args[1], "hi": inner.args[2]}
    pulled = facts.use(rows, ledger()["sum_factor"], mapping)
    same = pulled and equate(facts, rows, body, pulled.rhs)
    if pulled is None or same is None:
        return None
    back = kernel.symmetric(in_context(rows, pulled))
    row = kernel.transitive(in_context(rows, same), back)
    return _Opened(i, j, Term("Mul", (c, g)), row)


__all__ = ["over_all", "triangle"]
