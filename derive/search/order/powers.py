"""Bounds with powers and roots: Bernoulli's inequality, logarithms below roots.

``b**g`` is compared with its tangent at 1; ``log(x) <= x - 1`` at a root, ``x = sqrt(t)``, bounds
a logarithm by that root.  Where both x and its root occur, x is written as the square.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Polynomial, plus, power, small, times
from derive.rules import ledger
from derive.search.equations import equate, in_context
from derive.search.forms.reduced import atoms_of, monomial, reduced
from derive.search.forms.rewriting import Equation, Rewriter, term_of
from derive.search.order.squares import Product
from derive.search.order.tangents import classes, eliminating, tangent
from derive.term import Term, number

if TYPE_CHECKING:
    from derive.search.facts import Facts

_HALF = number(Fraction(1, 2))

#: Where the tangent at 1 lies below a power, and where above it; strict rules first.
_BERNOULLI = ("power_tangent_strict", "power_tangent", "power_chord_strict", "power_chord")


def bernoulli(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``1 + g*(b - 1) <= b**g``, or the reverse, for the powers of a polynomial."""
    for atom in atoms_of(p, lambda a: a.head == "Pow" and not small(a.args[1])):
        mapping = {"b": atom.args[0], "g": atom.args[1]}
        for name in _BERNOULLI:
            used = facts.use(context, ledger()[name], mapping)
            if used is not None:
                yield from eliminating(facts, context, p, used, atom)
                break


def by_roots(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``log(x) <= 2*sqrt(x) - 2`` at quotients of what has roots in the polynomial."""
    from derive.search.prove import normal_form

    rooted = {a.args[0] for a in atoms_of(p, _is_root)}
    for _, powers in classes(p) if rooted else ():
        if not any(u in rooted for u, _ in powers):
            continue
        roots = [(Term("Pow", (u, _HALF)), -e) for u, e in powers]
        for exponents in (roots, [(u, -e) for u, e in roots]):
            bound = tangent(facts, context, exponents)
            for k in range(2):
                form = bound and normal_form(facts, context, bound.statement.args[k], _HALF)
                bound = form and bound and kernel.rewrite((k,), bound, in_context(context, form))
            if bound is None:
                continue
            squared = in_roots(facts, context, bound, rooted)
            yield from eliminating(facts, context, p, squared, Term("log", (powers[0][0],)))


def _is_root(t: Term) -> bool:
    return t.head == "Pow" and t.args[1] == _HALF


def in_roots(facts: Facts, context: Context, theorem: Theorem, rooted: set[Term]) -> Theorem:
    """The theorem with ``sqrt(x)**2`` for x on its right side, and on the left of a comparison."""
    for k in (1,) if theorem.statement.head == "Eq" else (0, 1):
        t = theorem.statement.args[k]
        new = term_of(_squared(reduced(t), rooted))
        back = _plain(facts, context, new, rooted)
        same = back and equate(facts, context, t, back.rhs)
        if back is not None and same is not None:
            whole = kernel.transitive(in_context(context, same), kernel.symmetric(back))
            theorem = kernel.rewrite((k,), theorem, whole)
    return theorem


def rooted_atoms(p: Polynomial) -> set[Term]:
    """What stands in a polynomial by itself and under a root."""
    return {a.args[0] for a in atoms_of(p, _is_root)}.intersection(u for m in p for u, _ in m)


def _squared(p: Polynomial, rooted: set[Term]) -> Polynomial:
    out: Polynomial = {}
    for m, c in p.items():
        product: Polynomial = {(): c}
        for atom, e in m:
            root = Term("Pow", (atom, _HALF))
            factor = monomial(root, 2) if atom in rooted and e == 1 else monomial(atom)
            product = times(product, power(factor, e))
        out = plus(out, product)
    return reduced(term_of(out))


def _plain(facts: Facts, context: Context, t: Term, rooted: set[Term]) -> Theorem | None:
    """``t = u``, where u has x for ``sqrt(x)**2``."""

    def fits(s: Term) -> bool:
        return _is_root(s.args[0]) and s.args[0].args[0] in rooted

    squares = Equation.of_rule(ledger()["square_sqrt"], fits)
    return Rewriter(facts, [squares]).rewrite(context, t)


__all__ = ["bernoulli", "by_roots", "in_roots", "rooted_atoms"]
