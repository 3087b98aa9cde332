"""Polynomials over opaque subterms: the arithmetic behind ``ring`` and ``order``.

A polynomial is a map from monomials to rational coefficients; a monomial is a tuple of
``(atom, exponent)`` with positive exponents.  Everything that is not ``+ - * /`` or a power
with a small integer exponent is an atom, whatever it is.  A *fraction* is a pair of
polynomials; its denominator is a product of terms that cannot vanish where the original
term is defined.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from derive.term import Term, walk

Monomial = tuple[tuple[Term, int], ...]
Polynomial = dict[Monomial, Fraction]
Quotient = tuple[Polynomial, Polynomial]

#: A power above this is an atom, and a product with more monomials is refused.
LARGEST_EXPONENT, LARGEST_SIZE = 64, 20_000

#: Binary digits of a coefficient: powers of powers of numbers would fill the memory.
LARGEST_NUMBER = 100_000

ONE: Polynomial = {(): Fraction(1)}


class SizeError(ValueError):
    """Multiplying out would need more monomials than anybody wants to read."""


def plus(a: Polynomial, b: Polynomial, factor: Fraction | int = 1) -> Polynomial:
    """``a + factor*b``."""
    out = dict(a)
    for m, c in b.items():
        value = out.get(m, Fraction(0)) + factor * c
        if value:
            out[m] = value
        else:
            out.pop(m, None)
    return out


def times(a: Polynomial, b: Polynomial) -> Polynomial:
    """The product.  Raises SizeError."""
    if a == ONE:
        return b
    if b == ONE:
        return a
    if len(a) * len(b) > LARGEST_SIZE:
        raise SizeError(f"a product of {len(a)} by {len(b)} monomials is not multiplied out")
    out: Polynomial = {}
    for m, c in a.items():
        for n, d in b.items():
            key = _join(m, n)
            value = out.get(key, Fraction(0)) + c * d
            if value:
                out[key] = value
            else:
                out.pop(key, None)
    return out


def _join(m: Monomial, n: Monomial) -> Monomial:
    if not m:
        return n
    if not n:
        return m
    exponents = dict(m)
    for atom, e in n:
        exponents[atom] = exponents.get(atom, 0) + e
    # Any fixed order does: a set of pairs would compare more slowly.
    ordered = sorted(exponents.items(), key=_key)
    if any(_key(a) == _key(b) for a, b in pairwise(ordered)):
        ordered.sort(key=_structure)
    return tuple(ordered)


def _key(item: tuple[Term, int]) -> int:
    return hash(item[0])


def _structure(item: tuple[Term, int]) -> str:
    """For different atoms with the same hash, a text that tells them apart."""
    return repr([(path, t.head, t.value) for path, t in walk(item[0])])


def power(a: Polynomial, exponent: int) -> Polynomial:
    """``a**exponent`` for an exponent >= 0.  Raises SizeError."""
    digits = (c.numerator.bit_length() + c.denominator.bit_length() for c in a.values())
    longest = max(digits, default=0)
    if longest * exponent > LARGEST_NUMBER:
        raise SizeError(f"a number with {longest * exponent} binary digits is not written out")
    out = ONE
    for _ in range(exponent):
        out = times(out, a)
    return out


def quotient(t: Term) -> Quotient:
    """Numerator and denominator of a term.  Raises SizeError.

    Where the term is defined the denominator is not 0, because it is a product of
    divisors of the term and of their own denominators.
    """
    head, args = t.head, t.args
    if head == "number":
        return ({(): t.value} if t.value else {}), ONE
    if head == "Neg":
        n, d = quotient(args[0])
        return {m: -c for m, c in n.items()}, d
    if head == "Add":
        n, d = quotient(args[0])
        for a in args[1:]:
            n, d = _sum(n, d, *quotient(a))
        return n, d
    if head == "Mul":
        n, d = ONE, ONE
        for a in args:
            p, q = quotient(a)
            n, d = times(n, p), times(d, q)
        return n, d
    if head == "Div":
        (n, d), (p, q) = quotient(args[0]), quotient(args[1])
        return times(n, q), times(d, p)
    if head == "Pow" and small(args[1]):
        n, d = quotient(args[0])
        e = int(args[1].value)
        return (power(n, e), power(d, e)) if e >= 0 else (power(d, -e), power(n, -e))
    return {((t, 1),): Fraction(1)}, ONE


def _sum(n: Polynomial, d: Polynomial, p: Polynomial, q: Polynomial) -> Quotient:
    if d == q:
        return plus(n, p), d
    return plus(times(n, q), times(p, d)), times(d, q)


def small(exponent: Term) -> bool:
    """Whether a power with this exponent is multiplied out."""
    return (
        exponent.head == "number"
        and exponent.value.denominator == 1
        and abs(exponent.value) <= LARGEST_EXPONENT
    )


def same_quotient(a: Term, b: Term) -> bool:
    """Whether two terms are equal as rational functions of their atoms.  Raises SizeError."""
    (n, d), (p, q) = quotient(a), quotient(b)
    return n == p if d == q else times(n, q) == times(p, d)
