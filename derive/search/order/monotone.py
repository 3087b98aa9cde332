"""Exponentials, logarithms and roots of one formula, compared by their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from derive.polynomial import Polynomial, SizeError
from derive.rules import ledger
from derive.search.equations import in_context
from derive.search.forms.reduced import atoms_of, degree, is_reciprocal, monomial
from derive.search.forms.spreading import spread
from derive.search.index import heads
from derive.search.order.squares import Product, signed
from derive.search.order.sums import in_normal_form
from derive.search.order.tangents import eliminating
from derive.term import Term, number, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: More atoms of one kind than these are not compared.
MOST_ATOMS = 5

#: Differences of more summands, or with other functions, are compared by signs alone.
MOST_TERMS = 3
_PLAIN = {"Add", "Mul", "Neg", "number", "symbol", "member", "bound", "Abs", "Max", "Min"}

_HALF = number(Fraction(1, 2))
_RULES = {
    "exp": ("exp_strictly_increasing", "exp_increasing"),
    "log": ("log_strictly_increasing", "log_increasing"),
    "Pow": ("pow_strictly_increasing", "pow_increasing"),
}


def compared(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``exp(u) <= exp(v)`` where ``u <= v``, times what takes one of them out of the polynomial."""
    for kind in ("exp", "log", "Pow"):
        own = atoms_of(p, lambda a, kind=kind: _is(a, kind))  # type: ignore[misc]  # at once
        below = [a.args[1] for a in atoms_of(p, is_reciprocal) if _is(a.args[1], kind)]
        atoms = list(dict.fromkeys((*own, *below)))
        for small, large in permutations(atoms, 2) if len(atoms) <= MOST_ATOMS else ():
            used = _increasing(facts, context, kind, small, large)
            if used is not None:
                yield from _scaled(facts, context, p, used, (small, large))


def _increasing(
    facts: Facts, context: Context, kind: str, small: Term, large: Term
) -> Theorem | None:
    mapping = {"a": small.args[0], "b": large.args[0]}
    if kind == "Pow":
        mapping["e"] = _HALF
    simple = facts.simple or not _is_short(small.args[0], large.args[0])
    with facts.simply(simple):
        found = (facts.use(context, ledger()[name], mapping) for name in _RULES[kind])
        return next((used for used in found if used is not None), None)


def _is_short(a: Term, b: Term) -> bool:
    """Whether a difference is so simple that all that is known of its parts may be looked at."""
    try:
        return heads(b - a) <= _PLAIN and len(spread(b - a)) <= MOST_TERMS
    except SizeError:
        return False


def _scaled(
    facts: Facts, context: Context, p: Polynomial, bound: Theorem, pair: tuple[Term, Term]
) -> Iterator[Product]:
    """The bound, also times the atoms where those are squared."""
    seen: list[Product] = []
    for atom in pair:
        found = [*eliminating(facts, context, p, bound, atom)]
        positive = signed(facts, context, monomial(atom)) if degree(p, atom) > 1 else None
        if positive is not None:
            found += [(bound,), (positive, bound)]
        for product in found:
            if product not in seen:
                seen.append(product)
                yield product


def members(facts: Facts, context: Context, p: Polynomial, kept: list[Term]) -> Iterator[Product]:
    """``f[k] <= Sum(f)`` and ``log(f[k]) <= log(Sum(f))`` at the indices of the polynomial."""
    indices = dict.fromkeys(
        u.args[0]
        for a in atoms_of(p, lambda a: a.head in ("member", "exp", "log", "Pow"))
        for _, u in walk(a)
        if u.head == "member" and len(u.args) == 1 and not u.loose
    )
    for atom in atoms_of(p, _is_sum) if len(indices) <= MOST_ATOMS else ():
        total = atom.args[0] if atom.head == "log" else atom
        body, low, high = total.args
        for k in indices:
            mapping = {"f": body, "lo": low, "hi": high, "k": k}
            used = facts.use(context, ledger()["sum_member_bound"], mapping)
            if used is not None and atom.head == "log":
                facts.remember(context, in_context(context, used))
                ends = {"a": used.lhs, "b": used.rhs}
                used = facts.use(context, ledger()["log_increasing"], ends)
            form = used and in_normal_form(facts, context, used, kept)
            if form is not None:
                yield from eliminating(facts, context, p, form, atom)


def _is_sum(a: Term) -> bool:
    total = a.args[0] if a.head == "log" else a
    return total.head == "Sum" and total.args[2].head != "oo"


def _is(a: Term, kind: str) -> bool:
    return a.head == kind and (kind != "Pow" or a.args[1] == _HALF)


__all__ = ["compared", "members"]
