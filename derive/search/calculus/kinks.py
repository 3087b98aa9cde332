"""Derivatives of functions in pieces, on their borders too.

A function with an absolute value, a maximum or cases in it is one formula on one side of a
border and another one on the other.  Inside a piece its derivative is that of the formula; on
the border both formulas must have one value and one derivative.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import REAL
from derive.functions import negation
from derive.kernel import Theorem
from derive.rules import ledger
from derive.search.calculus.pieces import comparisons
from derive.search.equations import enter, in_context
from derive.search.forms.rewriting import Equation, Rewriter
from derive.term import ZERO, Term, abstract, fresh, instantiate, rebuild, size, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.search.facts import Facts

#: The rules for the two sides and for the border, by the relation of the first piece.
_RULES = {"Le": "derivative_piecewise", "Lt": "derivative_piecewise_strict"}

#: How many comparisons are decided one after the other.
MOST_BORDERS = 6


def at_kinks(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Derivative(f, x) = value`` for a function f in pieces; None for others."""
    if next(comparisons(t.args[0]), None) is None:
        return None
    entered = enter(facts, context, t)
    if entered is None:
        return None
    inner, name, inside = entered
    f = instantiate(t.args[0], symbol(name))
    border = _smallest(f, name)
    if border is None:
        return None
    place = _place(facts, context, *(_at_point(u, name, t) for u in border.args))
    if place is None:
        return None
    first, second = _decided(f, border, holds=True), _decided(f, border, holds=False)
    side = Term(border.head, (_difference(*border.args), ZERO))
    pieces = Term("Piecewise", (first, side, second, Term("True", ())))
    whole = Term("Derivative", (abstract(pieces, name), t.args[1]), None, (name,))
    value = None if first == f else _value(facts, context, whole, place)
    if value is None:
        return None
    from derive.search.justify import by_cases

    goal = Term("Eq", (pieces, f))
    same = by_cases(facts, inner, border, lambda c: _equal(facts, c, pieces, f), goal)
    if same is None:
        return None
    return kernel.rewrite((0, 0), in_context(context, value), in_context(inner, same), *inside)


def summed(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Derivative(Sum(f(i, x), ...), x)`` term by term, each f in pieces."""
    total = t.args[0]
    if total.head != "Sum" or next(comparisons(total.args[0]), None) is None:
        return None
    outer = enter(facts, context, t)
    inner = outer and enter(facts, context, instantiate(total, t.args[1]))
    if outer is None or inner is None:
        return None
    name = fresh(outer[1], {inner[1], *outer[0].names})
    body = instantiate(instantiate(total, symbol(name)).args[0], symbol(inner[1]))
    one = Term("Derivative", (abstract(body, name), t.args[1]), None, (name,))
    found = _exists(facts, inner[0], one)
    if found is None:
        return None
    facts.remember(inner[0], in_context(inner[0], found))
    return Rewriter(facts, ()).apply(context, Equation.of_rule(ledger()["derivative_of_sum"]), t)


def _exists(facts: Facts, context: Context, t: Term, depth: int = MOST_BORDERS) -> Theorem | None:
    """``Derivative(f, x) in Real``, wherever the point may lie."""
    from derive.search.borders import at_border
    from derive.search.justify import by_cases

    goal = Term("In", (t, REAL))
    found = facts.prove(context, goal)
    if found is not None or depth == 0:
        return found
    below = next(asked(facts, context, t), None)
    if below is None:
        return at_border(facts, context, goal, lambda c: facts.prove(c, goal))
    return by_cases(facts, context, below, lambda c: _exists(facts, c, t, depth - 1), goal)


def asked(facts: Facts, context: Context, t: Term) -> Iterator[Term]:
    """The comparisons that say where the point of a derivative lies, if that is open."""
    if len(t.args) != 2 or next(comparisons(t.args[0]), None) is None:
        return
    name = fresh("t", set(t.free))
    f = instantiate(t.args[0], symbol(name))
    border = _smallest(f, name)
    if border is None:
        return
    a, b = (_at_point(u, name, t) for u in border.args)
    place = _place(facts, context, a, b)
    if place is None:
        at_least = facts.prove(context, Term("Le", (b, a))) is not None
        yield Term("Lt", (b, a) if at_least else (a, b))
        return
    for holds in {"left": (True,), "right": (False,), "border": (True, False)}[place]:
        piece = _decided(f, border, holds=holds)
        if piece != f:
            whole = Term("Derivative", (abstract(piece, name), *t.args[1:]), None, t.names)
            yield from asked(facts, context, whole)


def _smallest(f: Term, name: str) -> Term | None:
    """The smallest comparison that depends on a variable: it may decide larger ones."""
    found = (c for c in comparisons(f) if c.head in _RULES and name in c.free)
    return min(found, key=size, default=None)


def _at_point(u: Term, name: str, t: Term) -> Term:
    return instantiate(abstract(u, name), t.args[1])


def _place(facts: Facts, context: Context, a: Term, b: Term) -> str | None:
    """Whether ``a < b``, the left, or ``b < a``, the right, or both are equal; None if open."""
    if facts.prove(context, Term("Lt", (a, b))) is not None:
        return "left"
    if facts.prove(context, Term("Lt", (b, a))) is not None:
        return "right"
    on = all(facts.prove(context, Term("Le", pair)) is not None for pair in ((a, b), (b, a)))
    return "border" if on else None


def _difference(a: Term, b: Term) -> Term:
    return a if b == ZERO else a - b


def _decided(t: Term, border: Term, *, holds: bool) -> Term:
    """The term where the border's comparison holds, or fails."""
    if t.head == "Piecewise":
        return _branches(t, border, holds=holds)
    t = rebuild(t, lambda a, d: a if d else _decided(a, border, holds=holds), 0)
    compared = (ZERO, *t.args) if t.head == "Abs" else t.args
    if t.head not in ("Abs", "Max", "Min") or {*compared} != {*border.args}:
        return t
    rises = holds == (compared == border.args)  # on the border itself it makes no difference
    if t.head == "Abs":
        return t.args[0] if rises else Term("Neg", t.args)
    return t.args[rises == (t.head == "Max")]


def _branches(t: Term, border: Term, *, holds: bool) -> Term:
    left: list[Term] = []
    settled = {border: holds, negation(border): not holds, Term("True", ()): True}
    for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
        last = settled.get(condition)
        if last is False:
            continue
        value, other = (_decided(u, border, holds=holds) for u in (value, condition))
        left += [value, Term("True", ()) if last else other]
        if last:
            break
    return left[0] if len(left) == 2 else Term("Piecewise", tuple(left))


def _value(facts: Facts, context: Context, t: Term, place: str) -> Theorem | None:
    """The derivative of two pieces on the side where its point is."""
    first, condition, second, _ = t.args[0].args
    point = t.args[1]
    if place == "border":
        slopes = [Term("Derivative", (f, point), None, t.names) for f in (first, second)]
        values = [instantiate(f, point) for f in (first, second)]
        for a, b in (values, slopes):
            same = _equal(facts, context, a, b)
            if same is None:
                return None
            facts.remember(context, same)
    else:
        _remember(facts, context, instantiate(condition, point), place)
    rule = ledger()[f"{_RULES[condition.head]}_{place}"]
    return Rewriter(facts, ()).apply(context, Equation.of_rule(rule), t)


def _equal(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    from derive.search.consequences import consequence
    from derive.search.prove import by_normal_form

    direct = by_normal_form(facts, context, a, b)
    found = direct if isinstance(direct, Theorem) else consequence(facts, context, a, b)
    return None if found is None else in_context(context, found)


def _remember(facts: Facts, context: Context, condition: Term, place: str) -> None:
    """``w < 0`` or ``0 < w`` for the difference w of which the condition speaks."""
    a, b = condition.args
    pair = (a, b) if place == "left" else (b, a)
    u, v = _sides(a) if pair == condition.args else _sides(a)[::-1]
    known = facts.prove(context, Term("Lt", (u, v)))
    ends = [facts.defined(context, t) for t in pair]
    if known is not None and None not in ends:
        premises = [in_context(context, p) for p in (*ends, known) if p is not None]
        facts.remember(context, kernel.order("Lt", ((Fraction(1), (0,)),), *premises))


def _sides(w: Term) -> tuple[Term, Term]:
    """The terms of which w is the difference, as the border has them."""
    if w.head == "Add" and len(w.args) == 2 and w.args[1].head == "Neg":
        return w.args[0], w.args[1].args[0]
    return w, ZERO


__all__ = ["asked", "at_kinks", "summed"]
