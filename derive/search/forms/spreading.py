"""Terms as polynomials over their atoms, a quotient by a sum being an atom too; factors."""

from __future__ import annotations

from fractions import Fraction

from derive.polynomial import Polynomial, plus, power, small, times
from derive.term import ONE, Term, is_number


def spread(t: Term) -> Polynomial:
    """A term as a polynomial; ``1/d`` is an atom for each atom or sum d that divides."""
    head, args = t.head, t.args
    if head == "Add":
        total: Polynomial = {}
        for a in args:
            total = plus(total, spread(a))
        return total
    if head == "Neg":
        return {m: -c for m, c in spread(args[0]).items()}
    if head == "Mul":
        product: Polynomial = {(): Fraction(1)}
        for a in args:
            product = times(product, spread(a))
        return product
    if head == "Div":
        return times(spread(args[0]), _reciprocal(args[1]))
    if head == "Pow" and small(args[1]):
        exponent = int(args[1].value)
        base = spread(args[0]) if exponent >= 0 else _reciprocal(args[0])
        return power(base, abs(exponent))
    if head == "number":
        return {(): t.value} if t.value else {}
    return {((t, 1),): Fraction(1)}


def _reciprocal(d: Term) -> Polynomial:
    if is_number(d) and d.value:
        return {(): 1 / d.value}
    if d.head == "Mul":
        product: Polynomial = {(): Fraction(1)}
        for a in d.args:
            product = times(product, _reciprocal(a))
        return product
    if d.head == "Neg":
        return {m: -c for m, c in _reciprocal(d.args[0]).items()}
    if d.head == "Div":
        return times(_reciprocal(d.args[0]), spread(d.args[1]))
    return {((Term("Div", (ONE, d)), 1),): Fraction(1)}


def factors(t: Term) -> tuple[list[Term], list[Term]]:
    """What stands above the line, and what below.

    >>> from derive.plain import read
    >>> factors(read("a*(b/c)/d"))
    ([a, b], [c, d])
    """
    if t.head == "Div":
        (a, b), (c, d) = map(factors, t.args)
        return [*a, *d], [*b, *c]
    if t.head != "Mul":
        return [t], []
    parts = [factors(a) for a in t.args]
    return [u for p in parts for u in p[0]], [u for p in parts for u in p[1]]
