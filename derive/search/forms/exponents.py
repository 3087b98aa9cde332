"""Exponentials whose arguments are multiples of one another, as powers of a common one.

``exp(x)`` and ``exp(x/2)`` are two atoms for arithmetic; both are powers of ``exp(x/2)``.
"""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import Monomial, SizeError
from derive.rules import ledger
from derive.search.equations import atoms, carried, equate, in_context
from derive.search.forms.reduced import is_reciprocal, reduced
from derive.search.forms.rewriting import term_of
from derive.term import Term, number

if TYPE_CHECKING:
    from fractions import Fraction

    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: No exponential is written as a higher power than this.
LARGEST_POWER = 16


def common_bases(
    facts: Facts, context: Context, first: Theorem, second: Theorem
) -> tuple[Theorem, Theorem] | None:
    """``a = u`` and ``b = v`` with common bases of the exponentials in u and v; None if none are.

    The two theorems are ``a = s`` and ``b = t``; all exponentials of s and t are looked at.
    """
    found: dict[Term, tuple[Monomial, Fraction]] = {}
    for form in (first, second):
        for _, u in atoms(form.rhs):
            single = _single(u)
            if single is not None:
                found[u] = single
    shares: dict[Monomial, int] = {}
    for m, c in found.values():
        shares[m] = lcm(shares.get(m, 1), c.denominator)
    several = {u for u, (m, c) in found.items() if c * shares[m] != 1}
    # Whole multiples of a product are powers already; those of 1 are not.
    split = {u: found[u] for u in several if shares[found[u][0]] > 1 or not found[u][0]}
    if not split:
        return None
    forms = []
    for form in (first, second):
        changed: Theorem | None = form
        for path, u in list(atoms(form.rhs, (1,))):
            if u in split and changed is not None:
                m, c = split[u]
                power = _as_power(facts, context, u, m, c, shares[m])
                changed = power and kernel.rewrite(path, changed, power)
        if changed is None:
            return None
        forms.append(changed)
    return forms[0], forms[1]


def same_exponents(
    facts: Facts, context: Context, first: Theorem, second: Theorem
) -> Theorem | None:
    """``a = u`` from ``a = s``: s with the exponentials of the other product in place of its own.

    ``b = t`` is the other one; the exponents of each have the same sum as a rational function.
    """
    mine_, theirs_ = (_factors(form.rhs) for form in (first, second))
    if mine_ is None or theirs_ is None:
        return None
    (own, rest), (other, _) = mine_, theirs_
    mine, theirs = (_product(facts, context, w) for w in (own, other))
    if mine is None or theirs is None or mine.rhs == theirs.rhs:
        return None
    equal = equate(facts, context, mine.lhs, theirs.lhs)
    start = equate(facts, context, first.rhs, Term("Mul", (rest, mine.rhs)))
    if equal is None or start is None:
        return None
    moved = kernel.transitive(kernel.symmetric(mine), in_context(context, equal))
    moved = kernel.transitive(moved, theirs)
    whole = kernel.transitive(first, in_context(context, start))
    return kernel.rewrite((1, 1), whole, moved)


def _factors(t: Term) -> tuple[list[tuple[Term, int]], Term] | None:
    """The exponents with their multiplicities, and the other factors of a product."""
    try:
        p = reduced(t)
    except SizeError:
        return None
    if len(p) != 1:
        return None
    ((m, c),) = p.items()
    found: list[tuple[Term, int]] = []
    rest: list[tuple[Term, int]] = []
    for atom, e in m:
        inside, sign = (atom.args[1], -e) if is_reciprocal(atom) else (atom, e)
        if inside.head == "exp":
            found.append((inside.args[0], sign))
        else:
            rest.append((atom, e))
    return (found, term_of({tuple(rest): c})) if len(found) > 0 else None


def _product(facts: Facts, context: Context, parts: list[tuple[Term, int]]) -> Theorem | None:
    """``exp(n*u + ...) = exp(u)**n*...``."""
    whole: Theorem | None = None
    for u, n in reversed(parts):
        used = facts.use(context, ledger()["exp_multiple"], {"a": number(n), "b": u})
        if used is None:
            return None
        used = in_context(context, used)
        if whole is None:
            whole = used
            continue
        values = {"a": used.lhs.args[0], "b": whole.lhs.args[0]}
        joined = facts.use(context, ledger()["exp_sum"], values)
        if joined is None:
            return None
        joined = kernel.rewrite((1, 0), in_context(context, joined), used)
        whole = kernel.rewrite((1, 1), joined, whole)
    return whole


def _single(u: Term) -> tuple[Monomial, Fraction] | None:
    """The monomial and the coefficient of an exponential of a single product."""
    if u.head != "exp":
        return None
    try:
        p = reduced(u.args[0])
    except SizeError:
        return None
    if len(p) != 1:
        return None
    ((m, c),) = p.items()
    return tuple(sorted(m, key=str)), c


def _as_power(
    facts: Facts, context: Context, u: Term, m: Monomial, c: Fraction, share: int
) -> Theorem | None:
    """``exp(c*m) = exp(m/share)**(c*share)``."""
    exponent = c * share
    if exponent.denominator != 1 or abs(exponent) > LARGEST_POWER:
        return None
    base = term_of({m: c / exponent})
    used = facts.use(context, ledger()["exp_multiple"], {"a": number(exponent), "b": base})
    if used is None:
        return None
    power = carried(facts, context, used, (0,), u)
    return None if power is None else in_context(context, power)
