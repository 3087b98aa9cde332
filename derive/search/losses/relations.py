"""Proving relations in theta: affine, same ordering, same minimiser, minimiser, same gradient."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.functions import COMPARISONS, derivative, negation
from derive.kernel import KernelError, Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus, times
from derive.search.equations import in_context, reflexive, unify
from derive.search.forms.reduced import over, reduced, simplified
from derive.search.forms.rewriting import term_of
from derive.search.losses.conclusions import same_order
from derive.search.order.guesses import candidates
from derive.search.order.minimisers import minimiser
from derive.term import ZERO, Term, fresh, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts


def relation(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A theorem that says a relation in theta, or None."""
    ways = {
        "Affine": _affine,
        "SameOrder": _ordering,
        "SameArgmin": _same_argmin,
        "SameGradient": _same_gradient,
    }
    with suppress(KernelError, SizeError):
        if s.head == "Argmin":
            f, t, *theta = s.args
            return minimiser(facts, context, f, t, theta[0]) if len(theta) == 1 else None
        if s.head in ways:
            return ways[s.head](facts, context, s.args[0], s.args[1], s.args[2:])
    return None


Theta = tuple[Term, ...]


# -- affine -----------------------------------------------------------------------------------


def _affine(facts: Facts, context: Context, f: Term, g: Term, theta: Theta) -> Theorem | None:
    """``f = a*g + b``, a and b read off the normal forms."""
    from derive.search.order.inequalities import inequality
    from derive.search.prove import equal

    names = tuple(t.value for t in theta)
    for a, b in _guesses(facts, context, f, g, frozenset(names)):
        goal = Term("Lt", (ZERO, a))
        positive = facts.prove(context, goal) or inequality(facts, context, goal, 2)
        if positive is None:
            continue
        right = Term("Add", (Term("Mul", (a, g)), b))
        equation = equal(facts, context, f, right)
        if equation is not None:
            premises = in_context(context, equation), in_context(context, positive)
            return kernel.affine(names, *premises)
    return None


def _guesses(
    facts: Facts, context: Context, f: Term, g: Term, names: frozenset[str]
) -> Iterator[tuple[Term, Term]]:
    """Candidates for a and b: what they are everywhere, or in the cases of a first question."""
    from derive.search.questions import questions

    yield from _factors(facts, context, f, g, names)
    yield from _factors(facts, context, f, g, names, written=True)
    on = next(questions(facts, context, [f, g]), None)
    for case in (on, negation(on)) if on is not None and on.head in COMPARISONS else ():
        if case is not None:
            yield from _factors(facts, context.assume(case), f, g, names)


def _factors(
    facts: Facts, context: Context, f: Term, g: Term, names: frozenset[str], written: bool = False
) -> Iterator[tuple[Term, Term]]:
    """Candidates for a and b: the quotient of two coefficients, and what then remains.

    The coefficients are those of the normal forms, or of f and g as they are written.
    """
    from derive.search.prove import normal_form

    kept: list[Term] = []
    forms: list[Polynomial] = []
    for t, other in ((f, g), (g, f)):
        plain = reflexive(facts, context, t) if written else None
        form = plain if written else normal_form(facts, context, t, other)
        if form is None:
            return
        forms.append(reduced(unify(facts, context, in_context(context, form), kept).rhs))
    parts = [_by_theta(p, names) for p in forms]
    seen: set[Term] = set()
    for m, own in parts[0].items():
        other_part = parts[1].get(m)
        if not m or not other_part:
            continue
        ratio = over(own, other_part)
        a = _quotient(ratio)
        if a in seen:
            continue
        seen.add(a)
        rest = simplified(plus(forms[0], times(ratio, forms[1]), -1))
        if all(names.isdisjoint(u.free) for n in rest for u, _ in n):
            yield a, _quotient(rest)
    if not seen and forms[0] and forms[1]:
        ratio = over(forms[0], forms[1])
        if all(names.isdisjoint(u.free) for n in ratio for u, _ in n):
            yield _quotient(ratio), ZERO


def _by_theta(p: Polynomial, names: frozenset[str]) -> dict[Monomial, Polynomial]:
    """The coefficients, free of theta, of the monomials in what depends on theta."""
    out: dict[Monomial, Polynomial] = {}
    for m, c in p.items():
        depends = tuple(x for x in m if not names.isdisjoint(x[0].free))
        free = tuple(x for x in m if names.isdisjoint(x[0].free))
        out.setdefault(depends, {})[free] = c
    return out


def _quotient(p: Polynomial) -> Term:
    """The polynomial as a reader writes it: one fraction for a single monomial."""
    if len(p) != 1:
        return term_of(p)
    ((m, c),) = p.items()
    top = {tuple(x for x in m if x[0].head != "Div"): c * c.denominator}
    bottom: Polynomial = {(): c.denominator * c / c}
    for u, e in m:
        if u.head == "Div":
            for _ in range(e):
                bottom = times(bottom, reduced(u.args[1]))
    if bottom == {(): 1}:
        return term_of(top)
    return Term("Div", (term_of(top), term_of(bottom)))


# -- gradient ------------------------------------------------------------------------------------


def _same_gradient(
    facts: Facts, context: Context, f: Term, g: Term, theta: Theta
) -> Theorem | None:
    """Equal derivatives by each symbol, by each member of a family."""
    from derive.search.prove import equal

    found: list[Theorem] = []
    for t in theta:
        entry = context.names[t.value]
        inner, variable = context, t
        if entry.indices:
            if len(entry.indices) > 1:
                return None
            k = fresh("k", {*context.names})
            inner = context.declare(k, entry.indices[0])
            variable = Term("member", (symbol(k),), t.value)
        equation = equal(facts, inner, derivative(f, variable), derivative(g, variable))
        if equation is None:
            return None
        found.append(in_context(inner, equation))
    each = [kernel.gradient(f, g, t.value, e) for t, e in zip(theta, found, strict=True)]
    return reduce(kernel.gradients, each)


# -- ordering ------------------------------------------------------------------------------------


def _ordering(facts: Facts, context: Context, f: Term, g: Term, theta: Theta) -> Theorem | None:
    """From an affine relation, or because one is an increasing function of the other."""
    with suppress(KernelError, SizeError):
        linear = _affine(facts, context, f, g, theta)
        if linear is not None:
            return kernel.same_order(linear)
    with suppress(KernelError, SizeError):
        return same_order(facts, context, f, g, *theta)
    return None


def _same_argmin(facts: Facts, context: Context, f: Term, g: Term, theta: Theta) -> Theorem | None:
    """One unique minimiser of both, or the same ordering and a minimiser of one of them."""
    if len(theta) != 1:
        return None
    ordering = _ordering(facts, context, f, g, theta)
    for first, second in ((f, g), (g, f)):
        for t in candidates(facts, context, first, theta[0]):
            least = minimiser(facts, context, first, t, theta[0])
            if least is None:
                continue
            other = ordering
            if other is None:
                other = minimiser(facts, context, second, t, theta[0])
                found = None if other is None else kernel.same_argmin(least, other)
            else:
                found = kernel.same_argmin(other if first == f else kernel.symmetric(other), least)
            if found is not None:
                return found if first == f else kernel.symmetric(found)
    return None


__all__ = ["relation"]
