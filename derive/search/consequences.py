"""Equations that follow from one that is given: ``a - b`` is a multiple of ``c - d``.

So a textbook solves an equation: from ``0 = n/t - n*m`` it goes to ``t = 1/m``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import Monomial, Polynomial, SizeError, plus, quotient, times
from derive.search.equations import equate, in_context
from derive.search.forms.parity import CIRCULAR
from derive.search.forms.rewriting import Method, Rewriter, term_of
from derive.search.index import heads
from derive.term import Term

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: More steps of a division than this are not made.
MOST_STEPS = 200


def consequence(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a = b`` from a hypothesis ``c = d`` with ``a - b = f*(c - d)``, f defined; or None."""
    given = list(_equations(context))
    more = _angles(a, b, given)
    left, right = (_form(facts, context, t, more) for t in (a, b)) if given else (None, None)
    if left is None or right is None:
        return None
    for known in given:
        try:
            found = _multiple(facts, context, left.rhs, right.rhs, known, more)
        except (SizeError, kernel.KernelError):
            continue
        if found is not None:
            middle = kernel.transitive(left, found)
            return kernel.transitive(middle, kernel.symmetric(right))
    return None


def _equations(context: Context) -> Iterator[Theorem]:
    """The equations that the context assumes, without those for all values of an index."""
    for h in context.hypotheses():
        if h.head == "Eq":
            yield in_context(context, kernel.hypothesis(context, h))


def _angles(a: Term, b: Term, given: list[Theorem]) -> tuple[Method, ...]:
    """Takes sums of angles apart where the goal and an equation have sines or cosines."""
    theirs = [t.statement for t in given if not heads(t.statement).isdisjoint(CIRCULAR)]
    if not theirs or (heads(a) | heads(b)).isdisjoint(CIRCULAR):
        return ()
    from derive.search.forms.circular import taken_apart

    return (taken_apart(a, b, *theirs),)


def _form(facts: Facts, context: Context, t: Term, more: tuple[Method, ...]) -> Theorem | None:
    """``t = form``, written out without the hypotheses."""
    from derive.search.forms import normal

    found, ways = normal.derivatives()
    rewriter = Rewriter(facts, [*normal.equations(), *found], (*normal.methods(), *ways, *more))
    form = rewriter.rewrite(context, t)
    return None if form is None else in_context(context, form)


def _multiple(
    facts: Facts, context: Context, a: Term, b: Term, known: Theorem, more: tuple[Method, ...]
) -> Theorem | None:
    """``a = b`` by ``a = b + f*(c - d) = b + f*(d - d) = b``."""
    forms = [_form(facts, context, t, more) for t in known.statement.args]
    first, second = forms
    if first is None or second is None:
        return None
    c, d = first.rhs, second.rhs
    factor = _factor(a - b, c - d)
    if factor is None:
        return None
    difference = Term("Add", (c, Term("Neg", (d,))))
    padded = equate(facts, context, a, Term("Add", (b, Term("Mul", (factor, difference)))))
    if padded is None:
        return None
    equal = kernel.transitive(kernel.transitive(kernel.symmetric(first), known), second)
    moved = kernel.rewrite((1, 1, 1, 0), in_context(context, padded), equal)
    last = equate(facts, context, moved.rhs, b)
    return None if last is None else kernel.transitive(moved, in_context(context, last))


def _factor(goal: Term, known: Term) -> Term | None:
    """``goal/known`` where one numerator divides the other, atoms aside; None otherwise.

    Raises SizeError.
    """
    (n, d), (p, q) = quotient(goal), quotient(known)
    if not p or not n:
        return None
    (above, n), (below, p) = _primitive(n), _primitive(p)
    over, under = times(above, q), times(below, d)
    divided = _divided(n, p)
    if divided is not None:
        return Term("Div", (term_of(times(divided, over)), term_of(under)))
    divided = _divided(p, n)
    if divided is None:
        return None
    return Term("Div", (term_of(over), Term("Mul", (term_of(divided), term_of(under)))))


def _primitive(p: Polynomial) -> tuple[Polynomial, Polynomial]:
    """The atoms that every monomial has, and what is left without them."""
    first, *others = (dict(m) for m in p)
    common = {a: min([e, *(m.get(a, 0) for m in others)]) for a, e in first.items()}
    content = tuple((a, common[a]) for a, _ in next(iter(p)) if common[a] > 0)
    return {content: Fraction(1)}, {_without(m, content): c for m, c in p.items()}


def _without(m: Monomial, n: Monomial) -> Monomial:
    taken = dict(n)
    return tuple((a, e - taken.get(a, 0)) for a, e in m if e > taken.get(a, 0))


def _divided(n: Polynomial, d: Polynomial) -> Polynomial | None:
    """The polynomial r with ``n = r*d``, or None; by leading monomials, in a fixed order."""
    order = {a: k for k, a in enumerate(dict.fromkeys(a for m in (*d, *n) for a, _ in m))}

    def rank(m: Monomial) -> tuple[int, ...]:
        exponents = [0] * len(order)
        for a, e in m:
            exponents[order[a]] = e
        return tuple(exponents)

    lead = max(d, key=rank)
    result: Polynomial = {}
    for _ in range(MOST_STEPS):
        if not n:
            return result
        top = max(n, key=rank)
        exponents = dict(top)
        if any(exponents.get(a, 0) < e for a, e in lead):
            return None
        step = {_without(top, lead): n[top] / d[lead]}
        result = plus(result, step)
        n = plus(n, times(step, d), -1)
    return None
