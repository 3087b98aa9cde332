"""Roots of sums of quotients: ``sqrt(1 + r**2/d**2) = sqrt(d**2 + r**2)/sqrt(d**2)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import SizeError, quotient
from derive.rules import ledger
from derive.search.equations import carried, equate, in_context
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import term_of
from derive.term import ONE, ZERO, Term, number, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

_HALF = ONE / number(2)


def over_one(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``sqrt(1 + r**2/d**2) = sqrt((d**2 + r**2)/d**2)``, and then ``sqrt(d**2 + r**2)/d``.

    What is divided by must be found to be positive.
    """
    if t.head != "Pow" or t.args[1] != _HALF or t.args[0].head != "Add":
        return None
    base = t.args[0]
    if not any(u.head == "Div" and u.args[1].free for u in base.args for _, u in walk(u)):
        return None
    try:
        n, d = quotient(term_of(reduced(base)))
        if len(d) != 1 or len(n) < 2:
            return None
        above, below = term_of(n), term_of(d)
    except SizeError:
        return None
    over = Term("Div", (above, below))
    equal = equate(facts, context, base, over)
    if equal is None or facts.prove(context, Term("Lt", (ZERO, base))) is None:
        return None
    if facts.prove(context, Term("Lt", (ZERO, above))) is None:
        scaled = _scaled(facts, context, in_context(context, equal), below)
        if scaled is None:
            return None
        facts.remember(context, scaled)
    values = {"a": above, "b": below, "e": t.args[1]}
    used = facts.use(context, ledger()["pow_of_quotient"], values)
    return None if used is None else carried(facts, context, used, (0, 0), base)


def _scaled(facts: Facts, context: Context, equal: Theorem, below: Term) -> Theorem | None:
    """``0 < n`` from ``0 < base``, ``base = n/d`` and ``0 < d``."""
    base, over = equal.statement.args
    known = [facts.prove(context, Term("Lt", (ZERO, u))) for u in (base, below)]
    right = facts.defined(context, over.args[0])
    if known[0] is None or known[1] is None or right is None:
        return None
    premises = [in_context(context, p) for p in (right, *known) if p is not None]
    zero = kernel.numeral(context, ZERO)
    return kernel.order("Lt", ((ONE.value, (0, 1)),), zero, *premises)


__all__ = ["over_one"]
