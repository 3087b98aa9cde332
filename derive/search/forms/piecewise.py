"""Piecewise functions: which branch holds, and that each has a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import REAL
from derive.functions import COMPARISONS, negation
from derive.kernel import Theorem
from derive.search.equations import in_context
from derive.term import BINDERS, Term, replace, subterm

if TYPE_CHECKING:
    from derive.search.facts import Facts


def select(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Piecewise(...) = value`` when the known facts settle which branch holds."""
    conditions: list[Theorem] = []
    for k in range(len(t.args) // 2):
        holds = _holds(facts, context, t.args[2 * k + 1])
        if holds is not None:
            value = facts.defined(context, t.args[2 * k])
            if value is None:
                return None
            in_context = kernel.instance(context, {}, value)
            return kernel.branch(t, k, in_context, *conditions, *holds)
        fails = _fails(facts, context, t.args[2 * k + 1])
        if fails is None:
            return None
        conditions += fails
    return None


def _holds(facts: Facts, context: Context, condition: Term) -> tuple[Theorem, ...] | None:
    parts = condition.args if condition.head == "And" else (condition,)
    proofs = [facts.prove(context, c) for c in parts if c.head != "True"]
    return None if any(p is None for p in proofs) else tuple(p for p in proofs if p is not None)


def _fails(facts: Facts, context: Context, condition: Term) -> tuple[Theorem, ...] | None:
    if condition.head != "And":
        opposite = negation(condition)
        proof = None if opposite is None else facts.prove(context, opposite)
        return None if proof is None else (proof,)
    sides = [facts.defined(context, a) for c in condition.args for a in c.args]
    if any(s is None for s in sides):
        return None
    for c in condition.args:
        opposite = negation(c)
        proof = None if opposite is None else facts.prove(context, opposite)
        if proof is not None:
            return (proof, *(kernel.side(0, s) for s in sides if s is not None))
    return None


def piecewise_member(
    facts: Facts, context: Context, t: Term, domain: Term = REAL
) -> Theorem | None:
    """``Piecewise(...) in D``, by cases on its conditions."""
    selected = select(facts, context, t)
    if selected is not None:
        value = facts.prove(context, Term("In", (selected.rhs, domain)))
        back = kernel.symmetric(selected)
        return None if value is None else kernel.rewrite((0,), in_context(context, value), back)
    condition = _undecided(facts, context, t)
    if condition is None:
        return None
    return by_cases(facts, context, condition, lambda c: piecewise_member(facts, c, t, domain))


def piecewise_inclusions(
    facts: Facts, context: Context, t: Term, domains: frozenset[str] | None
) -> Iterator[Theorem]:
    """Domains of the last value in which all the other values lie too."""
    for inclusion in facts.inclusions(context, t.args[-2], domains):
        found = piecewise_member(facts, context, t, inclusion.rhs)
        if found is not None:
            yield found


def compared(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A comparison with a ``Piecewise`` in it, by cases on its conditions."""
    place = _place(s)
    if place is None:
        return None
    t = subterm(s, place)
    selected = select(facts, context, t)
    if selected is not None:
        found = facts.prove(context, replace(s, place, selected.rhs))
        back = kernel.symmetric(selected)
        return None if found is None else kernel.rewrite(place, in_context(context, found), back)
    condition = _undecided(facts, context, t)
    if condition is None:
        return None
    return by_cases(facts, context, condition, lambda c: compared(facts, c, s))


def _place(s: Term) -> tuple[int, ...] | None:
    """The place of the first ``Piecewise`` that stands below no binder."""
    if s.head == "Piecewise":
        return ()
    for k, part in enumerate(s.args):
        inside = _place(part) if k >= BINDERS.get(s.head, 0) else None
        if inside is not None:
            return (k, *inside)
    return None


def _undecided(facts: Facts, context: Context, t: Term) -> Term | None:
    """A comparison in the conditions that neither holds nor fails."""
    for condition in t.args[1::2]:
        for c in condition.args if condition.head == "And" else (condition,):
            known = _holds(facts, context, c) or _fails(facts, context, c)
            if c.head in COMPARISONS and known is None:
                return c
    return None


def by_cases(
    facts: Facts,
    context: Context,
    condition: Term,
    prove: Callable[[Context], Theorem | None],
) -> Theorem | None:
    """What is proved under the condition and under its opposite."""
    sides = [facts.defined(context, a) for a in condition.args]
    if any(s is None for s in sides):
        return None
    opposite = negation(condition)
    assert opposite is not None
    under, over = context.assume(condition), context.assume(opposite)
    first = prove(under)
    second = prove(over) if first is not None else None
    if first is None or second is None:
        return None
    return kernel.cases(
        condition, kernel.instance(under, {}, first), kernel.instance(over, {}, second), *sides
    )
