"""What a case distinction may be made on."""

from __future__ import annotations

from collections.abc import Iterator

from derive.context import Context
from derive.domains import elements
from derive.functions import COMPARISONS, negation
from derive.search.facts import Facts
from derive.term import BINDERS, ZERO, Term, size


def questions(facts: Facts, context: Context, terms: list[Term]) -> Iterator[Term]:
    """Comparisons and listed numbers on which the value of the terms depends.

    Smaller comparisons come first: they may decide larger ones.
    """
    offered: dict[Term, None] = {}
    for t in terms:
        for u in closed_parts(t):
            if u.head == "Piecewise":
                parts = (p for c in u.args[1::2] for p in (c.args if c.head == "And" else (c,)))
                offered.update((c, None) for c in parts if c.head in COMPARISONS)
            elif u.head in ("Abs", "sign"):
                offered[Term("Le", (ZERO, u.args[0]))] = None
            elif u.head in ("Max", "Min") and len(u.args) == 2:
                offered[Term("Le", (u.args[0], u.args[1]))] = None
            elif u.head == "Derivative" and len(u.args) == 2:
                from derive.search.calculus.kinks import asked

                offered.update((c, None) for c in asked(facts, context, u))
    offered = dict.fromkeys(sorted(offered, key=size))
    for t in terms:
        for u in closed_parts(t):
            if u.head in ("symbol", "member") and _listed(facts, context, u):
                offered[u] = None
            elif u.head == "KroneckerDelta":
                offered[Term("Eq", u.args)] = None
    for on in offered:
        if on.head not in COMPARISONS or _open(facts, context, on):
            yield on


def closed_parts(t: Term) -> Iterator[Term]:
    """The parts of a term below no binder, inner ones first."""
    for k, a in enumerate(t.args):
        if k >= BINDERS.get(t.head, 0):
            yield from closed_parts(a)
    yield t


def _listed(facts: Facts, context: Context, t: Term) -> bool:
    if facts.prove(context, Term("In", (t, Term("Real")))) is None:
        return False
    if any(h.head == "Eq" and h.args[0] == t for h in context.hypotheses()):
        return False
    for found in facts.inclusions(context, t):
        members = elements(found.rhs)
        if members and len(members) <= 4:
            return True
    return False


def _open(facts: Facts, context: Context, on: Term) -> bool:
    opposite = negation(on)
    return (
        facts.prove(context, on) is None
        and opposite is not None
        and facts.prove(context, opposite) is None
    )
