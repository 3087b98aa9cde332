"""Sums of sums with a Kronecker delta, split where its index enters the inner range.

``Sum(g[i]*Sum(KroneckerDelta(j, k)*f[i, j], (j, i, n)), (i, 1, n))`` has k among the j for
``i <= k`` and for no other i: split there, every inner sum is one term or none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.context import Context
from derive.kernel import Theorem
from derive.rules import ledger
from derive.search.equations import carried
from derive.search.forms.rewriting import simpler_index
from derive.term import ONE, Term, fresh, instantiate, symbol, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts


def split(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(f[i], (i, lo, hi)) = Sum(f[i], (i, lo, s)) + Sum(f[i], (i, s + 1, hi))``.

    s is where a delta's index enters or leaves the range of a sum in f[i]; None where there
    is no such sum, or s is not known to lie in the range.
    """
    low, high = t.args[1:]
    for s in _thresholds(t):
        if any(facts.prove(context, Term("Le", pair)) for pair in ((high, s), (s + ONE, low))):
            continue  # the inner sum is the same for all of this range
        mapping = {"f": t.args[0], "lo": low, "hi": high, "k": s}
        used = facts.use(context, ledger()["sum_split"], mapping)
        if used is None:
            continue
        start = simpler_index(s + ONE)
        if start is None or start == used.rhs.args[1].args[1]:
            return used
        return carried(facts, context, used, (1, 1, 1), start)
    return None


def _thresholds(t: Term) -> Iterator[Term]:
    """The last outer index before an inner range gains or loses the index of a delta."""
    i = fresh((t.names or ("i",))[0], set(t.free))
    j = fresh("j", {i, *t.free})
    found: dict[Term, None] = {}
    for _, u in walk(instantiate(t.args[0], symbol(i))):
        if u.head != "Sum" or u.loose or not (u.args[1].free | u.args[2].free) & {i}:
            continue
        body = instantiate(u.args[0], symbol(j))
        for k in _deltas(body, j, i):
            for end, behind in ((u.args[1], 0), (u.args[2], 1)):
                offset = simpler_index(end - symbol(i)) if i in end.free else None
                if offset is None or i in offset.free:
                    continue
                s = simpler_index(k - offset - behind)
                if s is not None:
                    found[s] = None
    yield from found


def _deltas(body: Term, j: str, i: str) -> Iterator[Term]:
    """The k of every ``KroneckerDelta(j, k)``, either way round, free of both indices."""
    for _, u in walk(body):
        if u.head == "KroneckerDelta" and symbol(j) in u.args and not u.loose:
            k = u.args[u.args[0] == symbol(j)]
            if not k.free & {i, j}:
                yield k


__all__ = ["split"]
