"""Tangent lines as bounds: of logarithms with one coefficient, of exponentials.

From ``log(x) <= x - 1`` at a quotient of powers follows a bound for every sum of logarithms
with integer factors; multiplied by the coefficient that a formula has, it leaves the formula
without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, plus
from derive.rules import ledger
from derive.search.equations import in_context, reflexive
from derive.search.forms.reduced import (
    atoms_of,
    coefficient,
    degree,
    over,
    reduced,
)
from derive.search.order.separation import apart, parts, replaced
from derive.search.order.squares import Product, signed
from derive.term import ONE, ZERO, Term, number

if TYPE_CHECKING:
    from derive.search.facts import Facts

Powers = list[tuple[Term, int]]


# -- logarithms -------------------------------------------------------------------------------


def logarithmic(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """Bounds that take the logarithms out of the polynomial, one for each coefficient."""
    for factor, powers in classes(p):
        positive = None if factor == {(): Fraction(1)} else signed(facts, context, factor)
        if factor != {(): Fraction(1)} and positive is None:
            factor = {m: -c for m, c in factor.items()}
            powers = [(u, -e) for u, e in powers]
            positive = signed(facts, context, factor)
            if positive is None:
                continue
        common = gcd(*(e for _, e in powers))
        for divisor in dict.fromkeys((1, common)):
            lower = [(u, -e // divisor) for u, e in powers]
            bound = tangent(facts, context, lower)
            if bound is not None:
                yield (bound,) if positive is None else (positive, bound)


def classes(p: Polynomial) -> list[tuple[Polynomial, Powers]]:
    """The coefficients of the logarithms up to numbers, with the integers before them.

    A coefficient that is the sum of all the others goes to each of those.
    """
    groups: dict[tuple[tuple[Monomial, Fraction], ...], Powers] = {}
    for atom in atoms_of(p, lambda a: a.head == "log"):
        c = coefficient(p, atom)
        if not c or degree(p, atom) > 1 or any(a.head == "log" for m in c for a, _ in m):
            continue
        leading = c[min(c, key=lambda m: (len(m), tuple(hash(a) for a, _ in m)))]
        primitive = tuple(sorted(((m, v / leading) for m, v in c.items()), key=_by_monomial))
        groups.setdefault(primitive, []).append((atom.args[0], leading))  # type: ignore[arg-type]  # whole below
    shared = _distributed(groups)
    return [
        (dict(key), powers)
        for key, fractions in shared.items()
        if (powers := _whole(fractions)) is not None
    ]


def _by_monomial(item: tuple[Monomial, Fraction]) -> tuple[int, ...]:
    return tuple(hash(a) for a, _ in item[0])


def _whole(fractions: Powers) -> Powers | None:
    """Integer factors; the coefficient takes what is left."""
    denominator = 1
    for _, e in fractions:
        denominator = (
            denominator * Fraction(e).denominator // gcd(denominator, Fraction(e).denominator)
        )
    whole = [(u, int(e * denominator)) for u, e in fractions if e]
    return whole if whole and max(abs(e) for _, e in whole) <= 12 else None


_Groups = dict[tuple[tuple[Monomial, Fraction], ...], Powers]


def _distributed(groups: _Groups) -> _Groups:
    if len(groups) < 3:
        return groups
    for key in groups:
        total: Polynomial = {}
        for other in groups:
            if other != key:
                total = plus(total, dict(other))
        if total == dict(key):
            extra = groups[key]
            return {other: [*fs, *extra] for other, fs in groups.items() if other != key}
    return groups


def tangent(facts: Facts, context: Context, powers: Powers) -> Theorem | None:
    """``e*log(u) + ... <= u**e*... - 1``, strictly where the quotient is known not to be 1.

    Both sides are written with ``log(u)`` and u as they are.
    """
    ratio, split = ratio_of(facts, context, powers)
    if ratio is None:
        return None
    strict = facts.prove(context, Term("Ne", (ratio, ONE))) or apart(facts, context, ratio)
    if strict is not None:
        facts.remember(context, in_context(context, strict))
    name = "log_tangent" if strict is None else "log_tangent_strict"
    used = facts.use(context, ledger()[name], {"x": ratio})
    if used is None or split is None:
        return used
    return kernel.rewrite((0,), used, in_context(context, split))


def ratio_of(facts: Facts, context: Context, powers: Powers) -> tuple[Term | None, Theorem | None]:
    """The quotient of powers, and its logarithm split up (None when there is one factor)."""
    above, below = [(u, e) for u, e in powers if e > 0], [(u, -e) for u, e in powers if e < 0]
    top, upper = _product(facts, context, above) if above else (ONE, None)
    if not below:
        return top, upper
    bottom, lower = _product(facts, context, below)
    ratio = Term("Div", (top, bottom)) if top is not None and bottom is not None else None
    if ratio is None:
        return None, None
    rule = ledger()["log_quotient"]
    split = facts.use(context, rule, dict(zip("ab", ratio.args, strict=True)))
    if split is None:
        return None, None
    if above:
        if upper is not None:
            split = kernel.rewrite((1, 0), split, in_context(context, upper))
    else:
        one = facts.use(context, ledger()["log_one"], {})
        split = None if one is None else kernel.rewrite((1, 0), split, one)
    if lower is not None and split is not None:
        split = kernel.rewrite((1, 1, 0), split, in_context(context, lower))
    return ratio, split


def _product(facts: Facts, context: Context, powers: Powers) -> tuple[Term | None, Theorem | None]:
    """``log(u**e*v**d*...) = e*log(u) + (d*log(v) + ...)``."""
    u, e = powers[0]
    own = u if e == 1 else Term("Pow", (u, number(e)))
    split: Theorem | None = None
    if e != 1:
        split = facts.use(context, ledger()["log_power"], {"b": u, "e": number(e)})
        if split is None:
            return None, None
    if len(powers) == 1:
        return own, split
    rest, last = _product(facts, context, powers[1:])
    if rest is None:
        return None, None
    both = facts.use(context, ledger()["log_product"], {"a": own, "b": rest})
    if both is None:
        return None, None
    for k, part in enumerate((split, last)):
        if part is not None:
            both = kernel.rewrite((1, k), both, in_context(context, part))
    return Term("Mul", (own, rest)), both


def log_of_powers(facts: Facts, context: Context, powers: Powers) -> Theorem | None:
    """``log(u**e*v**d*...) = e*log(u) + d*log(v) + ...``; of ``log(1) = 0`` for no powers."""
    if not powers:
        return facts.use(context, ledger()["log_one"], {})
    own, split = _product(facts, context, powers)
    return None if own is None else split or reflexive(facts, context, Term("log", (own,)))


# -- exponentials -----------------------------------------------------------------------------


def exponential(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``exp(v)*(1 + u - v) <= exp(u)`` for the exponentials of the polynomial."""
    from derive.search.prove import normal_form

    atoms = atoms_of(p, lambda a: a.head == "exp")
    for atom in atoms:
        u = atom.args[0]
        points = [ZERO, *(b.args[0] for b in atoms if b != atom)]
        for h in context.hypotheses():
            if h.head == "Ne" and h.args[0] in parts(u):
                points.insert(0, replaced(u, *h.args))
        for v in dict.fromkeys(points):
            x = u if v == ZERO else u - v
            strict = facts.prove(context, Term("Ne", (x, ZERO)))
            name = "exp_tangent" if strict is None else "exp_tangent_strict"
            used = facts.use(context, ledger()[name], {"x": x})
            form = used and normal_form(facts, context, used.rhs, used.rhs)
            if used is None or form is None:
                continue
            bound = kernel.rewrite((1,), used, in_context(context, form))
            yield from eliminating(facts, context, p, bound, atom)


def eliminating(
    facts: Facts, context: Context, p: Polynomial, bound: Theorem, atom: Term
) -> Iterator[Product]:
    """The bound times what makes it have the atom as often as the polynomial has it."""
    own = coefficient(reduced(bound.rhs - bound.lhs), atom)
    wanted = coefficient(p, atom)
    if not own or not wanted:
        return
    factor = over(wanted, own)
    if factor.keys() == {()}:
        yield (bound,)
        return
    positive = signed(facts, context, factor)
    if positive is not None:
        yield positive, bound


__all__ = [
    "Product",
    "classes",
    "eliminating",
    "exponential",
    "log_of_powers",
    "logarithmic",
    "tangent",
]
