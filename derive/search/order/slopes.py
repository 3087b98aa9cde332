"""Inequalities by the sign of a derivative, for losses of one variable.

A function whose derivative increases and vanishes at t is least there: left of t it falls,
right of t it rises.  The derivative increases because its own derivative is positive, or a
positive multiple of it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import is_open
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.borders import impossible
from derive.search.equations import in_context
from derive.search.order.vanishing import vanishing
from derive.term import ONE, ZERO, Term, abstract, fresh, substitute, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts


def by_slope(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """``a <= b`` because b - a is convex in a symbol and 0 at its only minimum.

    The points that are tried: 0, 1, and the numbers and symbols of the goal.
    """
    if s.head != "Le" or depth < 2:
        return None
    f = s.args[1] - s.args[0]
    for name in sorted(f.free):
        entry = context.names.get(name)
        if entry is None or entry.indices or not is_open(entry.domain):
            continue
        if any(name in h.free for h in context.hypotheses()):
            continue
        for t in _points(f, name):
            with suppress(KernelError, SizeError):
                found = _above_minimum(facts, context, s, f, name, t)
                if found is not None:
                    return found
    return None


def _points(f: Term, name: str) -> Iterator[Term]:
    others = [u for u in _leaves(f) if u.head in ("number", "symbol") and u != symbol(name)]
    yield from dict.fromkeys((ZERO, ONE, *others[:6]))


def _leaves(t: Term) -> Iterator[Term]:
    yield t
    for a in t.args:
        yield from _leaves(a)


def _above_minimum(
    facts: Facts, context: Context, s: Term, f: Term, name: str, t: Term
) -> Theorem | None:
    """``0 <= f`` because f(t) = 0 and f(t) < f(x) for every other x."""
    from derive.search.prove import equal

    there = substitute(f, {name: t})
    inside = facts.prove(context, Term("In", (t, context.names[name].domain)))
    zero = equal(facts, context, there, ZERO, 1) if inside is not None else None
    if zero is None:
        return None
    least = falling_and_rising(facts, context, f, name, t, strict=False)
    left, right = (facts.defined(context, u) for u in s.args)
    if least is None or left is None or right is None:
        return None
    parts = ((Fraction(1), (0,)), (Fraction(1), (1,)))
    zero = kernel.symmetric(in_context(context, zero))
    return kernel.order("Le", parts, left, right, in_context(context, least), zero)


def falling_and_rising(
    facts: Facts, context: Context, f: Term, name: str, t: Term, *, strict: bool
) -> Theorem | None:
    """``f(t) <= f(x)``; strictly, in a context that assumes ``x != t``."""
    x = symbol(name)
    sides = [facts.defined(context, u) for u in (x, t)]
    if not is_open(context.names[name].domain) or None in sides:
        return None
    left = Term("Lt", (x, t))
    before, after = context.assume(left), context.assume(Term("Le", (t, x)))
    falling = _monotone(facts, before, f, name, (x, t), t, strict=strict)
    if falling is None:
        return None
    if not strict:
        rising = _monotone(facts, after, f, name, (t, x), t, strict=False)
        if rising is None:
            return None
        return kernel.cases(left, in_context(before, falling), in_context(after, rising), *sides)
    goal, right = Term("Lt", (substitute(f, {name: t}), f)), Term("Lt", (t, x))
    beyond, equal = after.assume(right), after.assume(Term("Le", (x, t)))
    rising = _monotone(facts, beyond, f, name, (t, x), t, strict=True)
    if rising is None:
        return None
    pairs = Term("Le", (x, t)), Term("Le", (t, x)), Term("Ne", (x, t))
    below, above, apart = (kernel.hypothesis(equal, s) for s in pairs)
    nowhere = kernel.absurd(goal, impossible(below, above, apart, Fraction(1)))
    last = kernel.cases(right, in_context(beyond, rising), nowhere, *sides[::-1])
    return kernel.cases(left, in_context(before, falling), last, *sides)


def _monotone(
    facts: Facts,
    context: Context,
    f: Term,
    name: str,
    ends: tuple[Term, Term],
    t: Term,
    *,
    strict: bool,
) -> Theorem | None:
    """``f(t) < f(x)``, or ``<=``, because f falls from x to t, or rises from t to x."""
    low, high = ends
    r = fresh("r", {*context.names})
    inner = context.declare(r, Term("Open", ends))
    body = abstract(f, name)
    slope = Term("Derivative", (body, symbol(r)), None, (name,))
    signed = _sign(facts, inner, slope, r, t, falling=high == t, strict=strict)
    if signed is None:
        return None
    facts.remember(inner, signed)
    rule = _RULES[high == t, strict]
    if not strict and high == t:
        least = kernel.order("Le", ((Fraction(1), (0,)),), *_ends(facts, context, ends))
        facts.remember(context, least)
    return facts.use(context, ledger()[rule], {"f": body, "s": low, "t": high})


_RULES = {
    (True, True): "decreasing_on_interval",
    (False, True): "increasing_on_interval",
    (True, False): "nonincreasing_on_interval",
    (False, False): "nondecreasing_on_interval",
}


def _ends(facts: Facts, context: Context, ends: tuple[Term, Term]) -> list[Theorem]:
    """Both ends are defined, and the hypothesis that orders them."""
    found = [facts.defined(context, u) for u in ends]
    known = kernel.hypothesis(context, Term("Lt", ends))
    return [*(in_context(context, p) for p in found if p is not None), known]


def _sign(
    facts: Facts, context: Context, slope: Term, r: str, t: Term, *, falling: bool, strict: bool
) -> Theorem | None:
    """``slope < 0`` left of t or ``0 < slope`` right of it: it increases and is 0 at t."""
    from derive.search.prove import normal_form

    form = normal_form(facts, context, slope, slope)
    if form is None or form.rhs.head == "Derivative":
        return None
    signed = _increasing(facts, context, form.rhs, r, t, falling=falling, strict=strict)
    if signed is None and strict:
        from derive.search.order.multipliers import multiplied

        def signed_multiple(value: Term) -> Theorem | None:
            return _increasing(facts, context, value, r, t, falling=falling, strict=True)

        signed = multiplied(facts, context, form.rhs, r, signed_multiple)
    if signed is None:
        return None
    return kernel.rewrite(
        (0 if falling else 1,), signed, kernel.symmetric(in_context(context, form))
    )


def _increasing(
    facts: Facts, context: Context, value: Term, r: str, t: Term, *, falling: bool, strict: bool
) -> Theorem | None:
    """``value < 0`` for r left of t or ``0 < value`` right of it, by its own derivative."""
    zero = vanishing(facts, context, substitute(value, {r: t}))
    if zero is None:
        return None
    ends = (symbol(r), t) if falling else (t, symbol(r))
    q = fresh("r", {*context.names})
    inner = context.declare(q, Term("Open", ends))
    body = abstract(value, r)
    second = Term("Derivative", (body, symbol(q)), None, (r,))
    curved = _positive(facts, inner, second, strict=strict)
    if curved is None:
        return None
    facts.remember(inner, curved)
    rule = ledger()[_RULES[False, strict]]
    if not strict:
        ordered = Term("Lt", ends)
        known = facts.prove(context, ordered)
        sides = [facts.defined(context, u) for u in ends]
        if known is None or None in sides:
            return None
        known = kernel.order("Le", ((Fraction(1), (0,)),), *sides, known)
        facts.remember(context, known)
    grown = facts.use(context, rule, {"f": body, "s": ends[0], "t": ends[1]})
    if grown is None:
        return None
    k = 1 if falling else 0
    return kernel.rewrite((k,), in_context(context, grown), in_context(context, zero))


def _positive(facts: Facts, context: Context, second: Term, *, strict: bool) -> Theorem | None:
    """``0 < second``, or ``0 <= second``, for a second derivative."""
    from derive.search.order.inequalities import inequality
    from derive.search.prove import normal_form

    form = normal_form(facts, context, second, second)
    if form is None:
        return None
    found = inequality(facts, context, Term("Lt" if strict else "Le", (ZERO, form.rhs)), 1)
    if found is None:
        return None
    return kernel.rewrite((1,), found, kernel.symmetric(in_context(context, form)))


__all__ = ["by_slope", "falling_and_rising"]
