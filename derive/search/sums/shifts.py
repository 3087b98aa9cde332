"""Sums that are counted as their members are: ``Sum(s[i - 1], (i, 1, n + 1))`` is one from 0.

The normal form lets ranges begin at 1; sums over parts of one range are seen to be so when
each of them counts the indices of the members themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import carried, equate, in_context, reflexive
from derive.search.forms.rewriting import Rewriter, simpler_index, term_of
from derive.search.forms.spreading import spread
from derive.search.sums.ranges import aligned
from derive.term import Term, instantiate, number, symbol, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

_INDEX = "?"


def moved(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``KroneckerDelta(i + c, k) = KroneckerDelta(i, k - c)`` for a number c."""
    if t.head != "KroneckerDelta":
        return None
    c = _ahead(t.args[0])
    if not c:
        return None
    i, k = (u - number(c) for u in t.args)
    mapping = {"i": _tidy(i), "k": _tidy(k), "c": number(c)}
    used = facts.use(context, ledger()["delta_translate"], mapping)
    return used and carried(facts, context, used, (0,), t)


def _ahead(t: Term) -> Fraction | None:
    """The number that is added to what else stands in a term; None where nothing else does."""
    try:
        p = spread(t)
    except SizeError:
        return None
    return p.get((), Fraction(0)) if len(p) > 1 else None


def _tidy(t: Term) -> Term:
    tidy = simpler_index(t)
    return t if tidy is None else tidy


def counted_by_members(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(f[i - 1], (i, 1, n + 1)) = Sum(f[i], (i, 0, n))``, where all members count so."""
    if t.head not in ("Sum", "Product") or t.args[2].head == "oo":
        return None
    body = instantiate(t.args[0], symbol(_INDEX))
    indices = [a for _, u in walk(body) if u.head == "member" for a in u.args if _INDEX in a.free]
    steps = {_ahead(a) for a in indices}
    c = steps.pop() if len(steps) == 1 else None
    if not c or c.denominator != 1:
        return None
    mapping = {"f": t.args[0], "lo": t.args[1], "hi": t.args[2], "c": number(-c)}
    return facts.use(context, ledger()[f"{t.head.lower()}_shift"], mapping)


def _exponent(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``exp(x/c) = exp(1/c*x)``: exponents in one spelling."""
    if t.head != "exp" or t.args[0].head not in ("Mul", "Div", "Add", "Neg"):
        return None
    try:
        plain = term_of(spread(t.args[0]))
    except SizeError:
        return None
    same = equate(facts, context, t.args[0], plain) if plain != t.args[0] else None
    start = reflexive(facts, context, t) if same is not None else None
    return kernel.rewrite((1, 0), start, same) if start is not None and same is not None else None


def aligned_forms(
    facts: Facts,
    context: Context,
    first: Theorem,
    second: Theorem,
    equal: Callable[[Term, Term], Theorem | None],
) -> Theorem | None:
    """``a = b`` from two normal forms, sums of which are split where others end or begin."""
    ways = Rewriter(facts, (), (counted_by_members, _exponent))
    found = [ways.rewrite(context, form.rhs) for form in (first, second)]
    if found[0] is None or found[1] is None:
        return None
    u, v = (
        kernel.transitive(in_context(context, form), in_context(context, way))
        for form, way in zip((first, second), found, strict=True)
        if way is not None
    )
    middle = aligned(facts, context, u.rhs, v.rhs, equal)
    if middle is None:
        return None
    return kernel.transitive(kernel.transitive(u, in_context(context, middle)), kernel.symmetric(v))


__all__ = ["aligned_forms", "counted_by_members", "moved"]
