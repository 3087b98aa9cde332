"""Proving that a point is the only minimiser of a loss."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from derive import kernel
from derive.context import Context, Declaration, as_function, doubled
from derive.functions import derivative
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError
from derive.search.equations import in_context, opened, reflexive, unify
from derive.search.order.inequalities import inequality, less
from derive.search.order.letters import Prove, by_letters
from derive.search.order.slopes import falling_and_rising
from derive.search.order.stationary import at_stationary
from derive.search.order.vanishing import vanishing
from derive.search.prove import joined
from derive.term import BINDERS, ZERO, Term, fresh, instantiate, substitute, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts


def minimiser(facts: Facts, context: Context, f: Term, t: Term, theta: Term) -> Theorem | None:
    """``argmin(f, theta) = t``, or None."""
    name = theta.value
    entry = context.names.get(name)
    if entry is None or name in t.free or len(entry.indices) > 1:
        return None
    value = as_function(t, entry, context)
    premises: list[Theorem] = []
    defined = facts.defined(context, f)
    if defined is None:
        return None
    premises.append(in_context(context, defined))
    inside = Term("In", (value, entry.domain))
    if entry.indices:
        inside = Term("ForAll", (inside, entry.indices[0]), None, entry.hints)
    found = domain_member(facts, context, inside)
    if found is None:
        return None
    premises.append(found)
    for h in context.hypotheses():
        if name in h.free:
            condition = _condition(facts, context, substitute(h, {name: value}))
            if condition is None:
                return None
            premises.append(condition)
    inner, here, there = context, theta, value
    if entry.indices:
        k = fresh("k", {*context.names})
        inner = context.declare(k, entry.indices[0])
        here, there = Term("member", (symbol(k),), name), _at(value, symbol(k))
    inner = inner.assume(Term("Ne", (here, there)))
    strict = None
    if not entry.indices:
        strict = by_letters(facts, context, f, name, value, _with_letters(name, entry.domain))
    strict = strict or _better(_Goal(facts, context, inner, f, name, value, premises[1:]))
    if strict is None:
        return None
    return kernel.minimiser(f, t, name, *premises, in_context(inner, strict))


def _with_letters(name: str, domain: Term) -> Prove:
    """How ``f(t) < f(theta)`` is proved for a loss and a point with letters in them."""

    def better(facts: Facts, context: Context, f: Term, t: Term) -> Theorem | None:
        inside = domain_member(facts, context, Term("In", (t, domain)))
        if inside is None:
            return None
        inner = context.assume(Term("Ne", (symbol(name), t)))
        strict = _better(_Goal(facts, context, inner, f, name, t, [inside]))
        return None if strict is None else in_context(inner, strict)

    return better


class _Goal(NamedTuple):
    """``f(t) < f(theta)`` in the context ``inner``, where theta is not t.

    ``name`` is theta's, ``value`` is t, and ``inside`` says that t is a point of its domain.
    """

    facts: Facts
    context: Context
    inner: Context
    f: Term
    name: str
    value: Term
    inside: list[Theorem]


def _better(goal: _Goal) -> Theorem | None:
    """``f(t) < f(theta)``, by bounds first, then below sums, then by the derivative."""
    facts, context, inner, _, name, value, _ = goal
    pairs: list[tuple[Theorem, Theorem]] = []
    smooth: list[tuple[Theorem, Theorem]] = []
    for forms in (_at_both, _as_they_stand, _each_alone):
        with suppress(KernelError, SizeError):
            pair = forms(goal)
            if pair is None:
                continue
            if pair[0].rhs == substitute(pair[1].rhs, {name: value}):
                smooth.append(pair)
            kept: list[Term] = []
            first, second = (unify(facts, inner, in_context(inner, t), kept) for t in pair)
            pairs.append((first, second))
            middle = less(facts, inner, "Lt", first, second, kept, 0)
            if middle is not None:
                return joined(first, middle, second)
    scalar = not context.names[name].indices
    if scalar:
        smooth = [p for p in smooth if _stationary(facts, context, p[1].rhs, name, value)]
    if scalar and not smooth:
        return None
    for first, second in pairs[:1]:
        with suppress(KernelError, SizeError):
            kept = []
            first, second = (unify(facts, inner, t, kept) for t in (first, second))
            middle = less(facts, inner, "Lt", first, second, kept, 1)
            if middle is not None:
                return joined(first, middle, second)
    for first, second in smooth if scalar else ():
        with suppress(KernelError, SizeError):
            middle = falling_and_rising(facts, inner, second.rhs, name, value, strict=True)
            middle = middle or at_stationary(facts, inner, second.rhs, name, value)
            if middle is not None:
                first, second = (in_context(inner, t) for t in (first, second))
                return joined(first, in_context(inner, middle), second)
    return None


def _stationary(facts: Facts, context: Context, f: Term, name: str, value: Term) -> bool:
    """Whether the derivative is found to vanish at the point: else long searches are in vain."""
    from derive.search.prove import normal_form

    slope = derivative(f, symbol(name))
    form = normal_form(facts, context, slope, slope)
    if form is None:
        return False
    return vanishing(facts, context, substitute(form.rhs, {name: value})) is not None


def _as_they_stand(goal: _Goal) -> tuple[Theorem, Theorem] | None:
    """Both values, not rewritten."""
    first = reflexive(goal.facts, goal.inner, substitute(goal.f, {goal.name: goal.value}))
    second = reflexive(goal.facts, goal.inner, goal.f)
    return None if first is None or second is None else (first, second)


def _each_alone(goal: _Goal) -> tuple[Theorem, Theorem] | None:
    """Both values in normal form, t taken apart too."""
    from derive.search.prove import normal_form

    there = substitute(goal.f, {goal.name: goal.value})
    first = normal_form(goal.facts, goal.inner, there, goal.f)
    second = normal_form(goal.facts, goal.inner, goal.f, there)
    return None if first is None or second is None else (first, second)


def _at_both(goal: _Goal) -> tuple[Theorem, Theorem] | None:
    """Both values by the normal form at any point, which is found once.

    It is found for a second point s, so that t is not taken apart, and what is positive at s
    is known to be so at t.
    """
    from derive.search.prove import normal_form

    facts, context, inner, f, name, value, inside = goal
    copied, renaming = doubled(context, (name,))
    s = substitute(f, renaming)
    form = normal_form(facts, copied, s, s)
    if form is None:
        return None
    form = in_context(copied, form)
    new = next(n for n in copied.names if n not in context.names)
    there = {new: value}
    for u in _divisors(form.rhs):
        positive = facts.prove(copied, Term("Lt", (ZERO, u))) if new in u.free else None
        if positive is not None:
            at = kernel.instance(context, there, in_context(copied, positive), *inside)
            facts.remember(inner, in_context(inner, at))
    first = kernel.instance(context, there, form, *inside)
    second = _at_theta(facts, context, copied, form, new, name)
    return None if second is None else (first, second)


def _at_theta(
    facts: Facts, context: Context, copied: Context, form: Theorem, new: str, name: str
) -> Theorem | None:
    """What was proved for the second point, at the first."""
    entry = context.names[name]
    value = as_function(symbol(name), entry, context)
    proofs: list[Theorem] = []
    for e in copied.entries(context):
        if isinstance(e, Declaration):
            wanted = Term("In", (value, e.domain))
            for d in reversed(e.indices):
                wanted = Term("ForAll", (wanted, d), None, e.hints)
        else:
            wanted = substitute(e.statement, {new: value})
        proof = facts.prove(context, wanted)
        if proof is None:
            return None
        proofs.append(proof)
    return kernel.instance(context, {new: value}, form, *proofs)


def _divisors(t: Term) -> Iterator[Term]:
    """What stands below a quotient or in a logarithm, under no binder."""
    for k, a in enumerate(t.args):
        if k >= BINDERS.get(t.head, 0):
            yield from _divisors(a)
    if t.head == "log":
        yield t.args[0]
    elif t.head == "Div":
        yield t.args[1]


def _at(value: Term, k: Term) -> Term:
    return instantiate(value, k)


def domain_member(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``t in D``, its bounds proved as inequalities where they are no known facts."""
    from derive.domains import promises

    found = facts.prove(context, s)
    if found is not None:
        return found
    inner, body = opened(context, s)
    proofs: list[Theorem] = []
    for p in promises(body.args[1], body.args[0]):
        proof = inequality(facts, inner, p) if p.head in ("Lt", "Le") else facts.prove(inner, p)
        if proof is None:
            return None
        proofs.append(in_context(inner, proof))
    return kernel.belongs(body.args[1], body.args[0], *proofs) if proofs else None


def _condition(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A hypothesis on theta, for the point."""
    from derive.search.prove import prove

    inner, body = opened(context, s)
    found = prove(facts, inner, body)
    return None if found is None else in_context(inner, found)


__all__ = ["domain_member", "minimiser"]
