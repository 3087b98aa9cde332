"""Polynomials in atoms and in reciprocals of atoms, in which ``x*(1/x)`` is 1.

``spread`` takes a quotient by a sum as one more atom.  Here every such atom is ``1/d`` with d
an atom or a primitive polynomial, so that equal quotients are spelled alike, and ``cleared``
multiplies a list of polynomials by all that divides one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from derive.polynomial import (
    Monomial,
    Polynomial,
    SizeError,
    plus,
    power,
    quotient,
    small,
    times,
)
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, Term


def reduced(t: Term) -> Polynomial:
    """A term as a polynomial in atoms and primitive reciprocals.  Raises SizeError.

    >>> from derive.plain import read
    >>> term_of(reduced(read("x/(2*x - 2*y)*(1/x)*2")))
    1/(x - y)
    """
    return simplified(spread(t))


def simplified(p: Polynomial) -> Polynomial:
    """The polynomial with primitive reciprocals, cancelled.  Raises SizeError."""
    out: Polynomial = {}
    for m, c in p.items():
        product: Polynomial = {(): c}
        for atom, e in m:
            factor = _inverse(atom.args[1]) if is_reciprocal(atom) else monomial(atom)
            product = times(product, power(factor, e))
        for n, d in product.items():
            key = _cancelled(n)
            out = plus(out, {key: d})
    return out


def monomial(atom: Term, exponent: int = 1) -> Polynomial:
    """A power of an atom; 1 for the exponent 0."""
    return {((atom, exponent),): Fraction(1)} if exponent else {(): Fraction(1)}


def is_reciprocal(atom: Term) -> bool:
    """Whether an atom stands for ``1/d``."""
    return atom.head == "Div" and atom.args[0] == ONE


def _inverse(d: Term) -> Polynomial:
    if d.head == "Pow" and small(d.args[1]) and d.args[1].value > 0:
        return power(_inverse(d.args[0]), int(d.args[1].value))
    if d.head not in ("Add", "Mul", "Neg", "Div"):
        return monomial(Term("Div", (ONE, d)))
    numerator, denominator = quotient(d)
    return {_cancelled(m): c for m, c in times(inverse(numerator), denominator).items()}


def inverse(p: Polynomial) -> Polynomial:
    """``1/p``, by the primitive polynomial and the atoms that divide all its monomials.

    Raises SizeError for p = 0.
    """
    if not p:
        raise SizeError("nothing is divided by 0")
    common: dict[Term, int] = dict(next(iter(p)))
    for m in p:
        exponents = dict(m)
        common = {a: min(e, exponents.get(a, 0)) for a, e in common.items()}
    common = {a: e for a, e in common.items() if e}
    rest = {
        tuple((a, e - common.get(a, 0)) for a, e in m if e > common.get(a, 0)): c
        for m, c in p.items()
    }
    first = min(rest, key=_rank)
    leading = rest[first]
    out: Polynomial = {(): 1 / leading}
    for a, e in common.items():
        # 1/(1/d) is d.
        factor = spread(a.args[1]) if is_reciprocal(a) else monomial(Term("Div", (ONE, a)))
        out = times(out, power(factor, e))
    if rest.keys() == {()}:
        return out
    primitive = term_of({m: rest[m] / leading for m in sorted(rest, key=_rank)})
    return times(out, monomial(Term("Div", (ONE, primitive))))


def _rank(m: Monomial) -> tuple[int, tuple[tuple[int, int], ...]]:
    """An order of monomials that no hash seed changes: high degrees first."""
    return -sum(e for _, e in m), tuple((hash(a), e) for a, e in m)


def _cancelled(m: Monomial) -> Monomial:
    left = dict(m)
    for atom, e in m:
        if is_reciprocal(atom):
            common = min(e, left.get(atom.args[1], 0))
            if common:
                left[atom] -= common
                left[atom.args[1]] -= common
    return tuple((a, left[a]) for a, _ in m if left[a])


def cleared(polynomials: Sequence[Polynomial], first: int = 1) -> list[Polynomial | None]:
    """All of them times what divides the first ones; None for those that others divide.

    Both sides of an identity may be multiplied by what does not vanish.
    """
    divisors: dict[Term, int] = {}
    for p in polynomials[:first]:
        for m in p:
            for a, e in m:
                if is_reciprocal(a):
                    divisors[a] = max(e, divisors.get(a, 0))
    values = {a: spread(a.args[1]) for a in divisors}
    return [_cleared(p, divisors, values) for p in polynomials]


def _cleared(
    p: Polynomial, divisors: dict[Term, int], values: dict[Term, Polynomial]
) -> Polynomial | None:
    out: Polynomial = {}
    for m, c in p.items():
        have = {a: e for a, e in m if is_reciprocal(a)}
        if any(e > divisors.get(a, 0) for a, e in have.items()):
            return None
        product: Polynomial = {tuple((a, e) for a, e in m if a not in have): c}
        for a, e in divisors.items():
            product = times(product, power(values[a], e - have.get(a, 0)))
        out = plus(out, product)
    return out


def coefficient(p: Polynomial, atom: Term, exponent: int = 1) -> Polynomial:
    """What stands before a power of an atom."""
    return {
        tuple((a, e) for a, e in m if a != atom): c
        for m, c in p.items()
        if dict(m).get(atom, 0) == exponent
    }


def degree(p: Polynomial, atom: Term) -> int:
    """The highest exponent of an atom."""
    return max((dict(m).get(atom, 0) for m in p), default=0)


def atoms_of(p: Polynomial, wanted: Callable[[Term], bool]) -> list[Term]:
    """The atoms of a kind, in order of appearance."""
    return list(dict.fromkeys(a for m in p for a, _ in m if wanted(a)))


def over(p: Polynomial, q: Polynomial) -> Polynomial:
    """``p/q`` for q not zero, cancelled where monomials cancel.  Raises SizeError."""
    return simplified(times(p, inverse(q)))


__all__ = [
    "SizeError", "atoms_of", "cleared", "coefficient", "degree", "inverse",
    "is_reciprocal", "monomial", "over", "reduced", "simplified",
]  # fmt: skip
