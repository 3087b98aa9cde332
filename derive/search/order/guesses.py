"""Guessing which point is the minimiser of a loss."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from derive.functions import derivative
from derive.polynomial import Polynomial, SizeError
from derive.search.forms.reduced import coefficient, degree
from derive.search.forms.rewriting import term_of
from derive.term import Term, neg

if TYPE_CHECKING:
    from derive.context import Context
    from derive.search.facts import Facts


def candidates(facts: Facts, context: Context, f: Term, theta: Term) -> Iterator[Term]:
    """Points where the derivative of a loss in one variable vanishes, as far as that is easy."""
    from derive.polynomial import quotient
    from derive.search.prove import normal_form

    entry = context.names[theta.value]
    if entry.indices:
        return
    slope = derivative(f, theta)
    form = normal_form(facts, context, slope, slope)
    if form is None:
        return
    with suppress(SizeError):
        p, _ = quotient(form.rhs)
        yield from _roots(p, theta)


def _roots(p: Polynomial, theta: Term) -> Iterator[Term]:
    low = min((dict(m).get(theta, 0) for m in p), default=0)
    high = degree(p, theta)
    if any(theta.value in a.free for m in p for a, _ in m if a != theta) or high == low:
        return
    top, bottom = coefficient(p, theta, low), coefficient(p, theta, high)
    if any(coefficient(p, theta, k) for k in range(low + 1, high)):
        return
    root = Term("Div", (neg(term_of(top)), term_of(bottom)))
    if high - low == 1:
        yield root
    elif high - low == 2:
        yield Term("Pow", (root, Term("Div", (Term("number", (), 1), Term("number", (), 2)))))


__all__ = ["candidates"]
