"""Points where a function has no value, and the interval between them around a point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.domains import INFINITY, MINUS_INFINITY, interval
from derive.polynomial import SizeError
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.search.index import heads
from derive.term import BINDERS, Term, fresh, instantiate, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def between_gaps(facts: Facts, context: Context, derivative: Term, around: Theorem) -> Theorem:
    """``x in (a, b)`` for the point x of a derivative that lies in an interval, a and b being the
    ends of it or roots of divisors and of arguments of logarithms.

    Only where the function is a derivative itself; else, and where no root is nearer, it is
    the interval that is known.
    """
    if "Derivative" not in heads(derivative.args[0]):
        return around
    body, point = derivative.args[:2]
    low, high, *_ = interval(around.rhs) or (MINUS_INFINITY, INFINITY)
    ends = low, high

    def less(a: Term, b: Term) -> bool:
        return facts.prove(context, Term("Lt", (a, b))) is not None

    for root in gaps(body, {*context.names, *derivative.free}):
        if (high == INFINITY or less(root, high)) and less(point, root):
            high = root
        elif (low == MINUS_INFINITY or less(low, root)) and less(root, point):
            low = root
    if (low, high) == ends:
        return around
    return facts.prove(context, Term("In", (point, Term("Open", (low, high))))) or around


def gaps(body: Term, names: set[str]) -> list[Term]:
    """The roots of divisors, bases and arguments of logarithms that are linear in the variable."""
    x = fresh("x", names)
    found: dict[Term, None] = {}
    for u in _parts(instantiate(body, symbol(x))):
        part = u.args[1] if u.head == "Div" else u.args[0] if u.head in ("log", "Pow") else None
        root = None if part is None else _root(part, x)
        if root is not None:
            found[root] = None
    return list(found)


def _parts(t: Term) -> Iterator[Term]:
    """The parts of a term outside binders, derivatives being looked into at their points."""
    if t.head == "Derivative":
        yield from _parts(instantiate(*t.args[:2]))
    elif t.head not in BINDERS:
        yield t
        for a in t.args:
            yield from _parts(a)


def _root(t: Term, x: str) -> Term | None:
    """Where a term with one product before x, and no other x, is 0."""
    if t.head == "Pow" and t.args[1].head == "number":
        t = t.args[0]
    if x not in t.free:
        return None
    try:
        p = spread(t)
    except SizeError:
        return None
    own = (symbol(x), 1)
    slope = {tuple(a for a in m if a != own): c for m, c in p.items() if own in m}
    rest = {m: -c for m, c in p.items() if own not in m}
    if len(slope) != 1 or any(x in a.free for m in (*slope, *rest) for a, _ in m):
        return None
    ((m, c),) = slope.items()
    above = term_of({k: d / c for k, d in rest.items()})
    return above / term_of({m: c / c}) if m else above


__all__ = ["between_gaps", "gaps"]
