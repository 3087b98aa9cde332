"""Multiples of what is known: bounds times their coefficients, ``a != b`` from ``c != d``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import KernelError, Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, quotient, times
from derive.rules import ledger
from derive.search.equations import equate, in_context
from derive.search.forms.rewriting import term_of
from derive.term import ONE, ZERO, Term, is_number, neg

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Heads of terms that arithmetic takes apart, and of those that are no more than a name.
_OPEN = ("Add", "Mul", "Neg", "Div", "number", "symbol", "member")


# -- bounds times their coefficients ----------------------------------------------------------


def scaled(facts: Facts, context: Context, goal: Term, bounds: Sequence[Theorem]) -> Theorem | None:
    """``a <= b`` or ``a < b``, b being a with every bound used once, where its side stands.

    From log(x) <= x - 1 follows c*log(x) + d <= c*(x - 1) + d for a coefficient c >= 0, as
    the line itself shows it: ``c`` is read from the formula and not searched for.
    """
    a, b = goal.args
    premises: list[Theorem] = []
    parts: list[tuple[Fraction, tuple[int, ...]]] = []
    used: set[Term] = set()
    for bound in bounds:
        found = _coefficient(a, b, bound)
        if found is None or found[0] in used:
            continue
        used.add(found[0])
        number, positive = Fraction(1), None
        if is_number(found[1]):
            number = found[1].value
        else:
            positive = facts.prove(context, Term("Lt", (ZERO, found[1])))
            positive = positive or facts.prove(context, Term("Le", (ZERO, found[1])))
            if positive is None:
                return None
        if number <= 0:
            return None
        places = tuple(range(len(premises), len(premises) + 1 + (positive is not None)))
        premises += [bound] if positive is None else [positive, bound]
        parts.append((number, places))
    left, right = facts.defined(context, a), facts.defined(context, b)
    if not parts or left is None or right is None:
        return None
    left, right = in_context(context, left), in_context(context, right)
    with suppress(KernelError, SizeError):
        return kernel.order(goal.head, tuple(parts), left, right, *premises)
    return None


def _coefficient(a: Term, b: Term, bound: Theorem) -> tuple[Term, Term] | None:
    """A side of the bound that arithmetic does not take apart, and its coefficient."""
    for k, side in enumerate(bound.statement.args):
        if side.head in _OPEN:
            continue
        smaller, larger = (a, b) if k == 0 else (b, a)
        first, second = coefficient(smaller, side), coefficient(larger, side)
        if first is None or second is None or (first == ZERO and second == ZERO):
            continue
        return side, first if second == ZERO else first - second
    return None


def coefficient(t: Term, atom: Term) -> Term | None:
    """The factor of an atom in a term that is linear in it; None when it is not.

    >>> from derive.plain import read
    >>> coefficient(read("n*(a*log(x) + b)/2"), read("log(x)"))
    n*a/2
    """
    if t == atom:
        return ONE
    inside = [_occurs(atom, u) for u in t.args]
    if not any(inside):
        return ZERO
    if t.head == "Add":
        total = ZERO
        for u in t.args:
            c = coefficient(u, atom)
            if c is None:
                return None
            total = c if total == ZERO else total if c == ZERO else total + c
        return total
    if t.head not in ("Neg", "Mul", "Div") or sum(inside) > 1 or (t.head == "Div" and inside[1]):
        return None
    k = inside.index(True)
    c = coefficient(t.args[k], atom)
    if c is None or t.head == "Neg":
        return None if c is None else neg(c)
    if t.head == "Div":
        return c / t.args[1]
    product: Term | None = None
    for j, u in enumerate(t.args):
        factor = c if j == k else u
        if factor != ONE:
            product = factor if product is None else product * factor
    return ONE if product is None else product


def _occurs(atom: Term, t: Term) -> bool:
    return t == atom or any(_occurs(atom, u) for u in t.args)


# -- inequations ------------------------------------------------------------------------------


def proportional(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a != b`` because a - b is a multiple of c - d, for a hypothesis ``c != d``.

    >>> from derive.plain import declare, read_statement
    >>> from derive.search.facts import Facts
    >>> context = declare("p > 0; q > 0; p != q")
    >>> Facts().prove(context, read_statement("p/q != 1", context))
    |- p/q != 1
    """
    for h in context.hypotheses():
        if h.head != "Ne" or not h.free <= a.free | b.free:
            continue
        for factor in ratios(a - b, h.args[0] - h.args[1]):
            found = _multiple(facts, context, (a, b), factor, h)
            if found is not None:
                return found
    return None


def ratios(difference: Term, known: Term) -> Iterator[Term]:
    """A term u with ``difference = u*known``, u a quotient of a monomial."""
    try:
        (n, d), (p, q) = quotient(difference), quotient(known)
        whole = times(n, q)
        if not whole or len(whole) != len(p):
            return
        first, c = next(iter(whole.items()))
        for m, e in p.items():
            above: Polynomial = {first: c}
            below: Polynomial = {m: e}
            if times(whole, below) == times(p, above):
                yield _over(above, times(below, d))
    except SizeError:
        return


def _over(above: Polynomial, below: Polynomial) -> Term:
    """A monomial over a polynomial, without the factors that all monomials share."""
    ((monomial, c),) = above.items()
    common = dict(monomial)
    for m in below:
        powers = dict(m)
        common = {x: min(e, powers.get(x, 0)) for x, e in common.items()}
    top = {_without(monomial, common): Fraction(1)}
    bottom = {_without(m, common): v / c for m, v in below.items()}
    if list(bottom) == [()]:
        return term_of({m: v / bottom[()] for m, v in top.items()})
    return term_of(top) / term_of(bottom)


def _without(m: Monomial, common: dict[Term, int]) -> Monomial:
    return tuple((x, e - common.get(x, 0)) for x, e in m if e > common.get(x, 0))


def _multiple(
    facts: Facts, context: Context, sides: tuple[Term, Term], factor: Term, h: Term
) -> Theorem | None:
    a, b = sides
    known, difference = (Term("Add", (u, Term("Neg", (v,)))) for u, v in (h.args, sides))
    rules = ledger()
    nonzero = facts.use(context, rules["difference_nonzero"], {"a": h.args[0], "b": h.args[1]})
    product, whole = known, nonzero
    if factor != ONE:
        product = Term("Mul", (factor, known))
        whole = facts.use(context, rules["nonzero_product"], {"a": factor, "b": known})
    equal = equate(facts, context, product, difference)
    if whole is None or equal is None:
        return None
    moved = kernel.rewrite((0,), in_context(context, whole), in_context(context, equal))
    facts.remember(context, moved)
    return facts.use(context, rules["unequal_by_difference"], {"a": a, "b": b})
