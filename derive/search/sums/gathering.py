"""Putting back into a sum or product what stands apart at an end; counting upwards.

``f[1] + Sum(f[i], (i, 2, n))`` is one sum, and ``Sum(x[n + 1 - i], (i, 1, n))`` is the sum of
the x[i].  Statements are looked at in this shape first, what can be struck out being gone.
"""

from __future__ import annotations

from typing import NamedTuple

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Polynomial, SizeError, plus, times
from derive.rules import ledger
from derive.search.equations import carried, equate, in_context, reflexive
from derive.search.facts import Facts
from derive.search.forms.plainer import clumsy, equations, struck_out
from derive.search.forms.rewriting import Rewriter, simpler_index, term_of
from derive.search.forms.spreading import spread
from derive.search.sums.pairs import over_all, triangle
from derive.term import (
    BINDERS,
    ONE,
    Path,
    Term,
    abstract,
    fresh,
    instantiate,
    replace,
    symbol,
    walk,
)

_NEUTRAL = {"Sum": "Add", "Product": "Mul"}


def gathered(facts: Facts, context: Context, s: Term) -> tuple[Term, tuple[Theorem, ...]] | None:
    """A statement with both sides in this shape, and the equations that lead there.

    None when both sides have it already, or are not found to be defined.
    """
    apart = any(_looks_apart(u) or triangle(u) for _, u in walk(s))
    if not apart and not any(map(clumsy, s.args[:2])):
        return None
    ways = []
    for t in s.args[:2]:
        way = Rewriter(facts, equations(), (struck_out, over_all, together, upwards)).rewrite(
            context, t
        )
        if way is None:
            return None
        ways.append(in_context(context, way))
    new = Term(s.head, (*(way.rhs for way in ways), *s.args[2:]), s.value, s.names)
    return None if new == s else (new, tuple(ways))


def scattered(theorem: Theorem, ways: tuple[Theorem, ...]) -> Theorem:
    """The statement as it was, from the gathered one."""
    for k, way in enumerate(ways):
        if way.lhs != way.rhs:
            theorem = kernel.rewrite((k,), theorem, kernel.symmetric(way))
    return theorem


def _looks_apart(t: Term) -> bool:
    if t.head in _NEUTRAL:
        return _counts_down(t)
    return any(plan(t, head) is not None for head, join in _NEUTRAL.items() if t.head == join)


# -- what stands apart ------------------------------------------------------------------------


class Plan(NamedTuple):
    """Where a part belongs: the longer sum, the rule that sets its end apart, what remains."""

    whole: Term
    rule: str
    target: Term


def together(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``f[lo - 1] + Sum(f[i], (i, lo, hi)) = Sum(f[i], (i, lo - 1, hi))``, and its like."""
    found = next(
        (p for head, join in _NEUTRAL.items() if t.head == join for p in (plan(t, head),) if p),
        None,
    )
    if found is None:
        return None
    body, low, high = found.whole.args
    start = reflexive(facts, context, found.target)
    apart = facts.use(context, ledger()[found.rule], {"f": body, "lo": low, "hi": high})
    path = next((p for p, u in walk(found.target) if u == found.whole), None)
    if start is None or apart is None or path is None:
        return None
    back = kernel.rewrite((1, *path), start, in_context(context, apart))
    equal = equate(facts, context, t, back.rhs)
    return None if equal is None else kernel.transitive(equal, kernel.symmetric(back))


def plan(t: Term, head: str) -> Plan | None:
    """How one part of a sum or product goes back into another, by what is written alone."""
    parts = [u for u in _parts(t) if u.head == head]
    if not parts or len(t.args) < 2:
        return None
    for whole, rule, end, own in (x for u in parts for x in _longer(u)):
        target = (_without if head == "Sum" else _left)(t, own, end, whole)
        if target is not None:
            return Plan(whole, rule, target)
    return None


def _parts(t: Term) -> list[Term]:
    """The sums or products in a sum or product, behind signs and factors too."""
    found = []
    for a in t.args:
        if a.head in ("Add", "Mul", "Neg"):
            found += _parts(a)
        elif a.head in _NEUTRAL:
            found.append(a)
    return found


def _longer(u: Term) -> list[tuple[Term, str, Term, Term]]:
    """The sum with one term more at either end: it, its rule, that term, and the sum."""
    body, low, high = u.args
    found = []
    for name, step in (("first", -ONE), ("last", ONE)):
        end = simpler_index((low if name == "first" else high) + step)
        if end is not None:
            ends = (end, high) if name == "first" else (low, end)
            whole = Term(u.head, (body, *ends), None, u.names)
            found.append((whole, f"{u.head.lower()}_{name}", instantiate(body, end), u))
    return found


def _without(t: Term, own: Term, end: Term, whole: Term) -> Term | None:
    """A sum with ``c*whole`` for ``c*own`` and ``c*end``; None when it has no ``c*end``."""
    try:
        p, last = spread(t), spread(end)
        for m, c in p.items():
            if (own, 1) not in m:
                continue
            rest: Polynomial = {tuple(x for x in m if x[0] != own): c}
            apart = times(rest, last)
            if apart and all(p.get(k) == v for k, v in apart.items()):
                left = plus(plus(p, apart, -1), {m: c}, -1)
                return term_of(plus(left, times(rest, {((whole, 1),): c / c})))
    except SizeError:
        pass
    return None


def _left(t: Term, own: Term, end: Term, whole: Term) -> Term | None:
    """A product with ``whole`` for the factors ``own`` and ``end``."""
    factors, wanted = _factors(t), [own, *_factors(end)]
    for factor in wanted:
        if factor not in factors:
            return None
        factors.remove(factor)
    factors.append(whole)
    return factors[0] if len(factors) == 1 else Term("Mul", tuple(factors))


def _factors(t: Term) -> list[Term]:
    return [f for a in t.args for f in _factors(a)] if t.head == "Mul" else [t]


# -- the direction of counting -----------------------------------------------------------------


def upwards(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(x[n + 1 - i], (i, 1, n)) = Sum(x[i], (i, 1, n))``: the index counts upwards."""
    if t.head not in _NEUTRAL or not _counts_down(t):
        return None
    mapping = dict(zip(("f", "lo", "hi"), t.args, strict=True))
    turned = facts.use(context, ledger()[f"{t.head.lower()}_reflect"], mapping)
    if turned is None or turned.lhs != t:
        return None
    name = fresh((t.names or ("i",))[0], set(context.names) | t.free)
    body = instantiate(turned.rhs.args[0], symbol(name))
    for path, u in list(_slots(body, name)):
        plain = simpler_index(u)
        body = body if plain is None else replace(body, path, plain)
    target = Term(t.head, (abstract(body, name), *t.args[1:]), None, t.names)
    return carried(facts, context, turned, (1,), target)


def _counts_down(t: Term) -> bool:
    """Whether the index of a sum occurs in indices and exponents with a minus alone."""
    name = fresh("i", set(t.free))
    body = instantiate(t.args[0], symbol(name))
    slots = list(_slots(body, name))
    i = ((symbol(name), 1),)
    try:
        down = all(spread(u).get(i, 0) == -1 for _, u in slots)
    except SizeError:
        return False
    return bool(slots) and down and _uses(body, name) == sum(_uses(u, name) for _, u in slots)


def _uses(t: Term, name: str) -> int:
    return sum(u.head == "symbol" and u.value == name for _, u in walk(t))


def _slots(t: Term, name: str, path: Path = ()) -> list[tuple[Path, Term]]:
    """The indices and exponents that mention a symbol, outermost ones, with their paths."""
    if name not in t.free:
        return []
    found = []
    for k, a in enumerate(t.args):
        place = t.head == "member" or (t.head == "Pow" and k == 1)
        if place and name in a.free:
            found.append(((*path, k), a))
        elif not (t.head in BINDERS and k >= BINDERS[t.head]):
            found += _slots(a, name, (*path, k))
    return found
