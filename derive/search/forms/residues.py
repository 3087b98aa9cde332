"""Telling rational functions apart by their values modulo a prime, before they are multiplied out.

Equal rational functions have equal values at every point; the atoms get values that depend on
nothing but themselves.  Where the values differ the functions do; where they agree nothing is
known yet.
"""

from __future__ import annotations

from derive.polynomial import small
from derive.term import Term

#: A prime of Mersenne.
PRIME = 2**61 - 1


def may_be_equal(a: Term, b: Term) -> bool:
    """False only when the terms are different rational functions of their atoms.

    >>> from derive.plain import read
    >>> may_be_equal(read("(x + 1)**2"), read("x**2 + 2*x + 1"))
    True
    >>> may_be_equal(read("x/(x + y)"), read("x/(x - y)"))
    False
    """
    try:
        return residue(a) == residue(b)
    except ZeroDivisionError:
        return True


def residue(t: Term) -> int:
    """The value of a term modulo the prime.  Raises ZeroDivisionError for a divisor that is 0."""
    head, args = t.head, t.args
    if head == "number":
        return int(t.value.numerator) * _inverse(t.value.denominator) % PRIME
    if head == "Add":
        return sum(map(residue, args)) % PRIME
    if head == "Neg":
        return -residue(args[0]) % PRIME
    if head == "Mul":
        product = 1
        for a in args:
            product = product * residue(a) % PRIME
        return product
    if head == "Div":
        return residue(args[0]) * _inverse(residue(args[1])) % PRIME
    if head == "Pow" and small(args[1]):
        exponent = int(args[1].value)
        base = residue(args[0])
        return pow(base if exponent >= 0 else _inverse(base), abs(exponent), PRIME)
    return (hash(t) * 0x9E3779B97F4A7C15 + 1) % PRIME


def _inverse(n: int) -> int:
    if n % PRIME == 0:
        raise ZeroDivisionError
    return pow(n, -1, PRIME)
