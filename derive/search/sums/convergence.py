"""Sums without end: where they begin, and that they converge.

A sum from 1 or 2 on is brought to one from 0 on.  That a sum without a value of its own
converges follows from a larger one: ``log(gamma(k + 1)) <= k**2`` and ``log(u) <= u``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.rules import ledger
from derive.search.equations import carried, enter, equate, in_context
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Term, abstract, bound, instantiate, is_number, number, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: A sum that begins later is not brought to one from 0 on.
LATEST = 8


def from_zero(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(f[k], (k, 1, oo)) = value``, by the sum from 0 on: with the terms that are left
    out, where these have values, or counted from 0."""
    if t.args[1] == ZERO or not is_number(t.args[1]) or t.args[1].value.denominator > 1:
        return None
    if abs(t.args[1].value) > LATEST:
        return None
    return _with_more_terms(facts, context, t) or _counted_from_zero(facts, context, t)


def _with_more_terms(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(f[k], (k, 1, oo)) = Sum(f[k], (k, 0, oo)) - f[0]``."""
    from derive.search.calculus.integrals import evaluated

    body, low, high = t.args
    if low.value < 0:
        return None
    below = [number(j) for j in range(int(low.value))]
    if any(facts.defined(context, instantiate(body, j)) is None for j in below):
        return None
    found = evaluated(facts, context, Term("Sum", (body, ZERO, high), None, t.names))
    for j in below:
        if found is None:
            return None
        facts.remember(context, kernel.side(0, in_context(context, found)))
        mapping = {"lo": j, "f": body}
        rest = facts.use(context, ledger()["series_without_first"], mapping)
        start = number(j.value + 1)
        rest = None if rest is None else carried(facts, context, rest, (0, 1), start)
        if rest is None:
            return None
        found = kernel.rewrite((1, 0), in_context(context, rest), in_context(context, found))
    return found


def _counted_from_zero(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(f[k], (k, 1, oo)) = Sum(f[k + 1], (k, 0, oo))``."""
    from derive.search.calculus.integrals import evaluated

    body, low, high = t.args
    moved = instantiate(body, bound(0) + low)
    found = evaluated(facts, context, Term("Sum", (moved, ZERO, high), None, t.names))
    if found is None:
        return None
    facts.remember(context, kernel.side(0, in_context(context, found)))
    mapping = {"lo": ZERO, "f": moved, "c": number(-low.value)}
    shifted = facts.use(context, ledger()["series_shift"], mapping)
    shifted = None if shifted is None else carried(facts, context, shifted, (1, 1), low)
    entered = enter(facts, context, t)
    if shifted is None or entered is None:
        return None
    from derive.search.prove import by_normal_form

    inner, name, _ = entered
    mine, theirs = (instantiate(b, symbol(name)) for b in (shifted.rhs.args[0], body))
    same = by_normal_form(facts, inner, mine, theirs)
    if isinstance(same, tuple):
        return None
    shifted = kernel.rewrite((1, 0), in_context(context, shifted), in_context(inner, same))
    return kernel.transitive(kernel.symmetric(shifted), in_context(context, found))


def converges(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t in Real`` for a sum from 0 on, because a sum of larger terms converges."""
    entered = enter(facts, context, t)
    if entered is None:
        return None
    inner, name, _ = entered
    (m,) = spread(instantiate(t.args[0], symbol(name))) or ((),)
    for log, _ in m:
        rest = term_of({tuple((a, e - (a == log)) for a, e in m if (a, e) != (log, 1)): ONE.value})
        for larger in _majorants(log):
            less = (Term("Le", (ZERO, log)), Term("Le", (log, larger)))
            if all(facts.prove(inner, s) is not None for s in less):
                f, g, h = (abstract(u, name) for u in (rest, larger, log))
                found = _dominated(facts, context, t, {"f": f, "g": g, "h": h})
                own = Term("Mul", (rest, log))
                same = equate(facts, inner, own, instantiate(t.args[0], symbol(name)))
                if found is not None and same is not None:
                    return kernel.rewrite((0, 0), found, in_context(inner, same))
    return None


def _dominated(facts: Facts, context: Context, t: Term, mapping: dict[str, Term]) -> Theorem | None:
    """``Sum(f*h) in Real`` for ``0 <= h <= g``, because ``Sum(f*g)`` has a value."""
    from derive.search.calculus.integrals import evaluated

    product = Term("Mul", (mapping["f"], mapping["g"]))
    found = evaluated(facts, context, Term("Sum", (product, *t.args[1:]), None, t.names))
    if found is None:
        return None
    facts.remember(context, kernel.side(0, in_context(context, found)))
    used = facts.use(context, ledger()["series_dominated"], {"lo": t.args[1], **mapping})
    return None if used is None else in_context(context, used)


def _majorants(atom: Term) -> Iterator[Term]:
    """Terms that are larger than a logarithm."""
    if atom.head == "log":
        inside = atom.args[0]
        if inside.head == "gamma":
            yield term_of(spread(inside.args[0] - ONE)) ** number(2)
        else:
            yield inside
