"""Sums and products over ranges that differ by a few terms, or are counted otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import carried, in_context
from derive.search.facts import Facts
from derive.search.forms.rewriting import Equation, Rewriter, simpler_index
from derive.search.forms.spreading import spread
from derive.search.index import heads
from derive.term import ONE, Term, walk

#: How many terms may stand apart at an end.
MOST_APART = 3

_BINDERS = ("Sum", "Product")


def from_one(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(f[i], (i, 0, n - 1)) = Sum(f[i - 1], (i, 1, n))``: ranges of numbers begin at 1."""
    if t.head not in _BINDERS or t.args[1].head != "number" or t.args[1].value == 1:
        return None
    if t.args[2].head == "oo" or not heads(t.args[0]).isdisjoint(("binomial", "factorial")):
        return None  # these are written out first: a sum over all choices has a value
    low = t.args[1].value
    if low.denominator != 1 or _difference(t.args[2], t.args[1]) is not None:
        return None
    mapping = {
        "f": t.args[0], "lo": t.args[1], "hi": t.args[2],
        "c": Term("number", (), low - 1),
    }  # fmt: skip
    return facts.use(context, ledger()[f"{t.head.lower()}_shift"], mapping)


def _difference(a: Term, b: Term) -> Fraction | None:
    """``a - b`` when it is a number."""
    try:
        p = spread(a - b)
    except SizeError:
        return None
    if not p:
        return Fraction(0)
    return p[()] if set(p) == {()} else None


def aligned(
    facts: Facts,
    context: Context,
    a: Term,
    b: Term,
    equal: Callable[[Term, Term], Theorem | None],
) -> Theorem | None:
    """``a = b`` after the longer of two like sums is split where the other one ends or begins.

    A few terms, or everything behind an index that is known to lie in the range, stand apart.
    """
    equations = [e for head in _BINDERS for e in _apart(head, _shortest(head, a, b))]
    cuts = _cuts(a, b)
    if not equations and not cuts:
        return None
    ways = (partial(_cut, cuts),) if cuts else ()
    first = Rewriter(facts, equations, ways).rewrite(context, a)
    second = Rewriter(facts, equations, ways).rewrite(context, b)
    if first is None or second is None or (first.rhs, second.rhs) == (a, b):
        return None
    middle = equal(first.rhs, second.rhs)
    if middle is None:
        return None
    whole = kernel.transitive(first, in_context(context, middle))
    return kernel.transitive(whole, kernel.symmetric(second))


def reflected(
    facts: Facts, context: Context, b: Term, equal: Callable[[Term], Theorem | None]
) -> Theorem | None:
    """``a = b`` when it holds with the sums of b counted from their other end."""
    sums = {u for _, u in walk(b) if u.head in _BINDERS}
    rules = ledger()
    names = ("sum_reflect", "product_reflect")
    turn = [Equation.of_rule(rules[name], lambda t: t in sums) for name in names]
    turned = Rewriter(facts, turn).rewrite(context, b) if sums else None
    if turned is None or turned.rhs == b:
        return None
    found = equal(turned.rhs)
    return None if found is None else kernel.transitive(found, kernel.symmetric(turned))


def _shortest(head: str, *terms: Term) -> dict[Term, tuple[Term, Term]]:
    """For each summand the range that lies in all comparable ranges it is summed over."""
    found: dict[Term, tuple[Term, Term]] = {}
    longer = set()
    for t in terms:
        for _, u in walk(t):
            if u.head != head or u.args[1].loose or u.args[2].loose:
                continue
            body, low, high = u.args
            if body not in found:
                found[body] = low, high
                continue
            known_low, known_high = found[body]
            up, down = _difference(low, known_low), _difference(known_high, high)
            if up is None or down is None or not (up or down):
                continue
            longer.add(body)
            found[body] = low if up > 0 else known_low, high if down > 0 else known_high
    return {body: ends for body, ends in found.items() if body in longer}


def _apart(head: str, ranges: dict[Term, tuple[Term, Term]]) -> list[Equation]:
    """Equations that set the ends of longer ranges apart."""
    if not ranges:
        return []

    def at_front(t: Term) -> bool:
        ends = ranges.get(t.args[0])
        return ends is not None and 0 < (_difference(ends[0], t.args[1]) or 0) <= MOST_APART

    def at_back(t: Term) -> bool:
        ends = ranges.get(t.args[0])
        return ends is not None and 0 < (_difference(t.args[2], ends[1]) or 0) <= MOST_APART

    stem, rules = head.lower(), ledger()
    return [
        Equation.of_rule(rules[f"{stem}_first"], at_front),
        Equation.of_rule(rules[f"{stem}_last"], at_back),
    ]


# -- ranges with one end in common -------------------------------------------------------------


def _cuts(*terms: Term) -> dict[Term, tuple[Term, ...]]:
    """For each summand the indices behind which a sum of it ends that another goes on from."""
    ranges: dict[Term, dict[tuple[Term, Term], None]] = {}
    for t in terms:
        for _, u in walk(t):
            if u.head == "Sum" and not u.loose and u.args[2].head != "oo":
                ranges.setdefault(u.args[0], {})[u.args[1], u.args[2]] = None
    found = {}
    for body, known in ranges.items():
        ends = [s for one in known for other in known for s in _last_of(one, other)]
        if ends:
            found[body] = tuple(dict.fromkeys(ends))
    return found


def _last_of(short: tuple[Term, Term], long: tuple[Term, Term]) -> list[Term]:
    """Where to split the longer of two ranges that begin or end together."""
    if short[0] == long[0] and _difference(long[1], short[1]) is None:
        return [short[1]]
    if short[1] == long[1] and _difference(long[0], short[0]) is None:
        before = simpler_index(short[0] - ONE)
        return [] if before is None else [before]
    return []


def _cut(
    cuts: Mapping[Term, tuple[Term, ...]], facts: Facts, context: Context, t: Term
) -> Theorem | None:
    """``Sum(f, (i, lo, hi)) = Sum(f, (i, lo, s)) + Sum(f, (i, s + 1, hi))`` at one of the cuts."""
    for s in cuts.get(t.args[0], ()) if t.head == "Sum" else ():
        body, low, high = t.args
        if _difference(high, s) == 0 or _difference(low, s + ONE) == 0:
            continue
        mapping = {"f": body, "lo": low, "hi": high, "k": s}
        used = facts.use(context, ledger()["sum_split"], mapping)
        if used is not None:
            start = simpler_index(s + ONE)
            assert start is not None
            return carried(facts, context, used, (1, 1, 1), start)
    return None
