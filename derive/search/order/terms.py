"""Bounds from below for what stands in a sum: without its logarithms or exponentials, or 0."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Polynomial, plus, times
from derive.rules import ledger
from derive.search.equations import in_context, reflexive
from derive.search.forms.reduced import atoms_of, cleared, coefficient, over, reduced, simplified
from derive.search.forms.rewriting import term_of
from derive.search.order.squares import Product, signed
from derive.search.order.tangents import classes, exponential, logarithmic, ratio_of
from derive.term import ONE, ZERO, Term

if TYPE_CHECKING:
    from derive.search.facts import Facts


def terms(
    facts: Facts, context: Context, body: Polynomial, strict: bool, depth: int
) -> Iterator[Theorem]:
    """``r <= f`` for what is summed: without its logarithms, or 0."""
    from derive.search.order.inequalities import inequality

    t = term_of(body)
    offered = [*logarithmic(facts, context, body)]
    offered = offered or [*exponential(facts, context, body)][:1]
    tried: list[Polynomial] = []
    for order in (offered, offered[::-1]):
        bounds, rest = _taken_out(order, body)
        if not bounds or rest in tried:
            continue
        tried.append(rest)
        if not any(a in _logs(body) for a in _logs(rest)):
            relaxed = _relaxed(facts, context, t, term_of(rest), bounds)
            if relaxed is not None:
                yield relaxed
    for product in _whole(facts, context, body):
        bounds, rest = _taken_out([product], body)
        relaxed = _relaxed(facts, context, t, term_of(rest), bounds) if bounds else None
        if relaxed is not None:
            yield relaxed
    # Where a tangent was of use, only cheap ways are tried.
    plain = not tried or any(a.head == "Pow" for m in body for a, _ in m)
    for head in ("Lt", "Le") if strict else ("Le",):
        found = inequality(facts, context, Term(head, (ZERO, t)), depth if plain else min(depth, 0))
        if found is not None:
            yield found
            return


_Scaled = tuple[Fraction, Product]


def _taken_out(bounds: list[Product], body: Polynomial) -> tuple[list[_Scaled], Polynomial]:
    """The bounds with the numbers that take a logarithm or exponential out, and what is left."""
    rest = body
    used: list[_Scaled] = []
    for product in bounds:
        value: Polynomial = {(): Fraction(1)}
        for u in product:
            value = times(value, reduced(u.rhs - u.lhs))
        value = simplified(value)
        c = _scale(rest, value)
        if c is not None:
            used.append((c, product))
            rest = plus(rest, value, -c)
    rest = simplified(rest)
    return used, rest if cleared([rest])[0] else {}


def _scale(p: Polynomial, value: Polynomial) -> Fraction | None:
    """How often a bound has to be taken for its first logarithm or exponential to vanish."""
    for a in atoms_of(value, lambda a: a.head in ("log", "exp")):
        wanted, own = coefficient(p, a), coefficient(value, a)
        ratio = over(wanted, own) if wanted and own else {}
        if ratio.keys() == {()}:
            return ratio[()] if ratio[()] > 0 else None
    return None


def _logs(p: Polynomial) -> list[Term]:
    return [a for m in p for a, _ in m if a.head == "log"]


def _relaxed(
    facts: Facts, context: Context, t: Term, rest: Term, bounds: list[_Scaled]
) -> Theorem | None:
    left, right = reflexive(facts, context, rest), reflexive(facts, context, t)
    if left is None or right is None:
        return None
    premises = [in_context(context, u) for _, product in bounds for u in product]
    parts: list[tuple[Fraction, tuple[int, ...]]] = []
    k = 0
    for c, product in bounds:
        parts.append((c, tuple(range(k, k + len(product)))))
        k += len(product)
    heads = [all(u.statement.head == "Lt" for u in product) for _, product in bounds]
    relation = "Lt" if any(heads) else "Le"
    sides = kernel.side(1, left), kernel.side(1, right)
    return kernel.order(relation, tuple(parts), *sides, *premises)


def _whole(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``c*(1 - exp(-r)/u) <= p`` for ``p = c*(log(u) + r)``: what stands beside is a logarithm."""
    from derive.search.prove import normal_form

    for _, powers in classes(p):
        logs: Polynomial = {((Term("log", (u,)), 1),): Fraction(e) for u, e in powers}
        factor = over(coefficient(p, Term("log", powers[0][:1])), {(): Fraction(powers[0][1])})
        beside = over(simplified(plus(p, times(factor, logs), -1)), factor)
        beside = {m: c for m, c in beside.items() if m}
        if not beside or any(_logarithmic(a) for m in beside for a, _ in m):
            continue
        positive = None if factor == {(): Fraction(1)} else signed(facts, context, factor)
        sign = 1 if positive is not None or factor == {(): Fraction(1)} else -1
        if sign < 0:
            positive = signed(facts, context, {m: -c for m, c in factor.items()})
            if positive is None:
                continue
        own = Term("exp", (term_of({m: -sign * c for m, c in beside.items()}),))
        ratio, _ = ratio_of(facts, context, [*((u, -sign * e) for u, e in powers), (own, 1)])
        if ratio is None:
            continue
        bound = facts.use(context, ledger()["log_tangent"], {"x": ratio})
        for k in range(2):
            form = bound and normal_form(facts, context, bound.statement.args[k], ONE)
            bound = form and bound and kernel.rewrite((k,), bound, in_context(context, form))
        if bound is not None:
            yield (bound,) if positive is None else (positive, bound)


def _logarithmic(t: Term) -> bool:
    return t.head == "log" or any(map(_logarithmic, t.args))


__all__ = ["terms"]
