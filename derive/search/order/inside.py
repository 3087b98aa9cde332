"""Tangents of logarithms below sums, where they stand as they are written.

``Sum(Sum(p*log(p/q)))`` is at least ``Sum(Sum(p - q))``: the quotient in the logarithm is lost
when it is written out, and with it the bound.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Polynomial, plus, times
from derive.rules import ledger
from derive.search.equations import enter, in_context, reflexive
from derive.search.forms.reduced import atoms_of, coefficient, degree, reduced, simplified
from derive.search.forms.rewriting import term_of
from derive.search.index import heads
from derive.search.order.squares import signed
from derive.term import ZERO, Term, abstract, instantiate, number, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts


def inside(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """``a <= b`` because ``r <= b - a`` and ``0 <= r``, r being without the logarithms."""
    from derive.search.order.inequalities import inequality
    from derive.search.prove import equal

    a, b = s.args
    below = bounded(facts, context, b - a, lower=True) if s.head == "Le" else None
    above: Theorem | None = None
    if below is not None:
        above = equal(facts, context, ZERO, below.lhs)
        above = above or inequality(facts, context, Term("Le", (ZERO, below.lhs)), depth - 1)
    sides = [facts.defined(context, t) for t in s.args]
    if below is None or above is None or sides[0] is None or sides[1] is None:
        return None
    premises = [in_context(context, t) for t in (sides[0], sides[1], below, above)]
    return kernel.order("Le", ((Fraction(1), (0,)), (Fraction(1), (1,))), *premises)


def bounded(facts: Facts, context: Context, t: Term, *, lower: bool) -> Theorem | None:
    """``r <= t``, or ``t <= r``, by the tangents of the logarithms in t; None without any."""
    if t.head == "Sum":
        return _of_sum(facts, context, t, lower=lower)
    p = reduced(t)
    rest = p
    premises: list[Theorem] = []
    parts: list[tuple[Fraction, tuple[int, ...]]] = []
    for atom in atoms_of(p, lambda u: u.head == "log" or (u.head == "Sum" and _logarithmic(u))):
        q = coefficient(p, atom)
        if degree(p, atom) != 1:
            return None
        size, falls, positive = _sign(facts, context, q)
        if size == 0 and positive is None:
            return None
        bound = _of_atom(facts, context, atom, lower=lower != falls)
        if bound is None:
            return None
        factors = [bound] if positive is None else [positive, bound]
        places = tuple(range(len(premises), len(premises) + len(factors)))
        premises += [in_context(context, u) for u in factors]
        parts.append((size if positive is None else Fraction(1), places))
        own = reduced(number(size) if positive is None else positive.rhs - positive.lhs)
        value = times(own, reduced(bound.rhs - bound.lhs))
        rest = simplified(plus(rest, value, -1 if lower else 1))
    ends = [reflexive(facts, context, u) for u in (term_of(rest), t)]
    if not parts or ends[0] is None or ends[1] is None:
        return None
    first, second = (kernel.side(1, e) for e in ends if e is not None)
    sides = (first, second) if lower else (second, first)
    return kernel.order("Le", tuple(parts), *sides, *premises)


def _logarithmic(t: Term) -> bool:
    return "log" in heads(t)


def _sign(facts: Facts, context: Context, q: Polynomial) -> tuple[Fraction, bool, Theorem | None]:
    """The size of a number, whether a coefficient is negative, and that its size is positive."""
    if q.keys() == {()}:
        return abs(q[()]), q[()] < 0, None
    for falls in (False, True):
        found = signed(facts, context, {m: -c for m, c in q.items()} if falls else q)
        if found is not None:
            return Fraction(0), falls, found
    return Fraction(0), False, None


def _of_atom(facts: Facts, context: Context, atom: Term, *, lower: bool) -> Theorem | None:
    if atom.head == "Sum":
        return bounded(facts, context, atom, lower=lower)
    rule = ledger()["log_lower" if lower else "log_tangent"]
    return facts.use(context, rule, {"x": atom.args[0]})


def _of_sum(facts: Facts, context: Context, t: Term, *, lower: bool) -> Theorem | None:
    entered = enter(facts, context, t) if t.args[2].head != "oo" else None
    if entered is None:
        return None
    inner, name, _ = entered
    found = bounded(facts, inner, instantiate(t.args[0], symbol(name)), lower=lower)
    if found is None:
        return None
    facts.remember(inner, in_context(inner, found))
    f, g = (abstract(u, name) for u in found.statement.args)
    mapping = {"f": f, "g": g, "lo": t.args[1], "hi": t.args[2]}
    return facts.use(context, ledger()["sum_monotone"], mapping)


def has_double_sum(s: Term) -> bool:
    """Whether a logarithm stands below two sums."""
    return any(_below(t, 0) for t in s.args)


def _below(t: Term, sums: int) -> bool:
    if t.head == "log" and sums > 1:
        return True
    return any(_below(u, sums + (t.head == "Sum")) for u in t.args)


__all__ = ["bounded", "has_double_sum", "inside"]
