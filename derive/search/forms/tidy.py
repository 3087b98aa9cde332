"""Terms that are the same by algebra: one for all of them, and one that reads well."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from derive.polynomial import SizeError
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Term, is_number, number


@lru_cache(4096)
def canonical(t: Term) -> Term:
    """One term for all that are the same by algebra, inside of functions and sums too.

    >>> from derive.term import symbol
    >>> x = symbol("x")
    >>> canonical(x*(x + 1)) == canonical(x + x**2)
    True
    """
    if not t.args:
        return t
    t = Term(t.head, tuple(map(canonical, t.args)), t.value, t.names)
    if t.head not in ("Add", "Mul", "Neg", "Div", "Pow"):
        return t
    try:
        p = spread(t)
    except SizeError:
        return t
    ordered = sorted(p.items(), key=lambda item: (len(item[0]), hash(item[0])))
    return term_of(dict(ordered))


def tidy(t: Term) -> Term:
    """The same by algebra, as one would write it: ``a - b`` for ``a + (-1)*b``.

    Nothing is multiplied out and nothing cancelled.

    >>> from derive.term import symbol
    >>> n, p = symbol("n"), symbol("p")
    >>> tidy((n - 1 + 1)*(-p + 1)*(1/n))
    n*(1 - p)/n
    """
    if not t.args:
        return t
    t = Term(t.head, tuple(map(tidy, t.args)), t.value, t.names)
    if t.head in ("Mul", "Div"):
        return _product(t)
    if t.head == "Add":
        return _sum(t)
    if t.head == "Neg":
        return _negative(t.args[0])
    return t


def _negative(t: Term) -> Term:
    if is_number(t):
        return number(-t.value)
    return t.args[0] if t.head == "Neg" else -t


def _product(t: Term) -> Term:
    """One quotient of products without signs or neutral factors; numbers stand in front."""
    value = Fraction(1)
    parts: tuple[list[Term], list[Term]] = [], []
    waiting = [(t, 0)]
    while waiting:
        a, below = waiting.pop()
        if a.head == "Mul":
            waiting += [(b, below) for b in reversed(a.args)]
        elif a.head == "Div":
            waiting += [(a.args[1], 1 - below), (a.args[0], below)]
        elif a.head == "Neg":
            value = -value
            waiting.append((a.args[0], below))
        elif is_number(a) and (a.value or not below):
            value = value / a.value if below else value * a.value
        elif a.head == "Pow" and a.args[1] == number(-1):
            waiting.append((a.args[0], 1 - below))
        else:
            parts[below].append(a)
    above = _times(abs(value.numerator), parts[0])
    beneath = _times(value.denominator, parts[1])
    whole = above if beneath == ONE else Term("Div", (above, beneath))
    return _negative(whole) if value < 0 else whole


def _times(value: int, factors: list[Term]) -> Term:
    if value == 0 and not factors:
        return ZERO
    if value != 1 or not factors:
        factors = [number(value), *factors]
    return factors[0] if len(factors) == 1 else Term("Mul", tuple(factors))


def _sum(t: Term) -> Term:
    """One sum: numbers added up, a summand without a sign first."""
    constant = Fraction(0)
    place = 0
    summands: list[Term] = []
    waiting = [(a, False) for a in reversed(t.args)]
    while waiting:
        a, negative = waiting.pop()
        if a.head == "Add":
            waiting += [(b, negative) for b in reversed(a.args)]
        elif a.head == "Neg":
            waiting.append((a.args[0], not negative))
        elif is_number(a):
            constant += -a.value if negative else a.value
            place = len(summands)
        else:
            summands.append(-a if negative else a)
    if constant:
        summands.insert(place, number(constant) if constant > 0 else -number(-constant))
    if not summands:
        return ZERO
    first = next((k for k, a in enumerate(summands) if a.head != "Neg"), None)
    if first is None and len(summands) > 1:
        return -Term("Add", tuple(a.args[0] for a in summands))
    if first:
        summands.insert(0, summands.pop(first))
    return summands[0] if len(summands) == 1 else Term("Add", tuple(summands))
