"""A letter for the point where a slope vanishes, so that its size does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.domains import is_open
from derive.search.equations import in_context
from derive.search.order.slopes import falling_and_rising
from derive.search.order.vanishing import vanishing
from derive.term import ZERO, Term, abstract, fresh, substitute, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def at_stationary(facts: Facts, context: Context, f: Term, name: str, t: Term) -> Theorem | None:
    """``f(t) < f(x)`` under ``x != t``, by way of a letter for t where the slope vanishes.

    What t is made of is not looked at but for that; so its size does no harm.
    """
    from derive.search.prove import normal_form

    outer, entry = context.parent, context.names[name]
    if outer is None or t.head == "symbol" or not is_open(entry.domain):
        return None
    slope = Term("Derivative", (abstract(f, name), symbol(name)), None, (name,))
    form = normal_form(facts, outer, slope, slope)
    if form is None or form.rhs.head == "Derivative":
        return None
    zero = vanishing(facts, context, substitute(form.rhs, {name: t}))
    if zero is None:
        return None
    letter = fresh("t", {*context.names})
    at_letter = Term("Eq", (substitute(form.rhs, {name: symbol(letter)}), ZERO))
    inner = outer.declare(letter, entry.domain).assume(at_letter)
    inner = inner.assume(Term("Ne", (symbol(name), symbol(letter))))
    found = falling_and_rising(facts, inner, f, name, symbol(letter), strict=True)
    if found is None:
        return None
    facts.remember(context, in_context(context, zero))
    return facts.instance(context, in_context(inner, found), {letter: t})


__all__ = ["at_stationary"]
