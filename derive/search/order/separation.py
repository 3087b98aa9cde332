"""Telling a quotient apart from 1, from the hypothesis that two points differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Polynomial, SizeError, plus, quotient, times
from derive.rules import ledger
from derive.search.equations import equate, in_context
from derive.search.forms.reduced import coefficient, degree, monomial, over, reduced
from derive.search.forms.rewriting import term_of
from derive.term import ONE, ZERO, Term, substitute

if TYPE_CHECKING:
    from derive.search.facts import Facts


def apart(facts: Facts, context: Context, ratio: Term) -> Theorem | None:
    """``ratio != 1`` because it is 1 at a hypothesis ``x != t``'s t and differs by a factor."""
    from derive.search.prove import equal

    for h in context.hypotheses():
        if h.head != "Ne" or h.args[0] not in parts(ratio):
            continue
        x, t = h.args
        there = replaced(ratio, x, t)
        try:
            factor = _divided(_put(ratio, t, _OTHER), x)
        except SizeError:
            continue
        if not factor or equal(facts, context, there, ONE, 1) is None:
            continue
        known = x, t
        if all(c < 0 for c in factor.values()):
            factor, known = {m: -c for m, c in factor.items()}, (t, x)
        found = _multiple(facts, context, ratio, substitute(term_of(factor), {"?": t}), known)
        if found is not None:
            return found
    return None


def _multiple(
    facts: Facts, context: Context, ratio: Term, factor: Term, unequal: tuple[Term, Term]
) -> Theorem | None:
    """``ratio != 1`` because ``ratio - 1 = factor*(x - t)``, where ``x != t``."""
    from derive.search.prove import equal

    known, difference = (Term("Add", (u, Term("Neg", (v,)))) for u, v in (unequal, (ratio, ONE)))
    rules = ledger()
    if facts.prove(context, Term("Ne", (factor, ZERO))) is None:
        return None
    sides = dict(zip("ab", unequal, strict=True))
    if facts.use(context, rules["difference_nonzero"], sides) is None:
        return None
    whole = facts.use(context, rules["nonzero_product"], {"a": factor, "b": known})
    if whole is None:
        return None
    same = equal(facts, context, whole.lhs, difference, 1)
    if same is None:
        # Multiplied out, so that the square of a root is seen.
        top, bottom = map(term_of, quotient(term_of(reduced(whole.lhs))))
        written = equate(facts, context, whole.lhs, Term("Div", (top, bottom)))
        same = written and equal(facts, context, written.rhs, difference, 1)
        if written is None or same is None:
            return None
        same = kernel.transitive(in_context(context, written), in_context(context, same))
    same = in_context(context, same)
    moved = kernel.rewrite((0,), in_context(context, whole), same)
    facts.remember(context, moved)
    return facts.use(context, rules["unequal_by_difference"], {"a": ratio, "b": ONE})


_OTHER = Term("symbol", (), "?")


def _put(t: Term, old: Term, new: Term) -> Term:
    """A term with another in place of one of its parts."""
    if t == old:
        return new
    args = tuple(_put(a, old, new) for a in t.args)
    return t if args == t.args else Term(t.head, args, t.value, t.names)


def parts(t: Term) -> Iterator[Term]:
    """The term and all that stands in it."""
    yield t
    for a in t.args:
        yield from parts(a)


def replaced(t: Term, x: Term, value: Term) -> Term:
    """A value for a symbol, or for one member of a family, in a term."""
    if x.head == "symbol":
        return substitute(t, {x.value: value})
    if t == x:
        return value
    args = tuple(replaced(a, x, value) for a in t.args)
    return t if args == t.args else Term(t.head, args, t.value, t.names)


def _divided(u: Term, x: Term) -> Polynomial | None:
    """``(u - v)/(x - ?)`` for v being u with ? for x, as a rational function of x and ?."""
    (n, d), (m, e) = quotient(u), quotient(replaced(u, x, _OTHER))
    top: Polynomial = {}
    difference = plus(times(n, e), times(m, d), -1)
    # As a polynomial in x with x = ? as a root: divide step by step.
    high = degree(difference, x)
    carry: Polynomial = {}
    for k in range(high, 0, -1):
        carry = plus(coefficient(difference, x, k), times(carry, monomial(_OTHER)))
        top = plus(top, times(carry, monomial(x, k - 1)))
    if not top:
        return None
    bottom = times(d, e)
    atoms = {b: None for p in (top, bottom) for m in p for b, _ in m if b not in (x, _OTHER)}
    if any(a in (x, _OTHER) for b in atoms for a in parts(b)):
        return None
    return over(top, bottom)
