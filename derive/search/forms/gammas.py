"""Gamma functions whose arguments differ by whole numbers, brought to the lowest of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import carried
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Term, rebuild

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: The rule that takes 1 off the argument.
STEPS = {"gamma": "gamma_step", "digamma": "digamma_step"}

#: The whole number in an argument stays between these, so that the way down is short.
LOWEST, HIGHEST = -3, 24


def stepped(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``gamma(x + 1) = x*gamma(x)`` for x found to be positive, and the same for digamma.

    Two values whose arguments differ by a whole number then come to the same one.
    """
    if t.head not in STEPS:
        return None
    try:
        argument = spread(t.args[0])
    except SizeError:
        return None
    constant = argument.get((), ZERO.value)
    if not LOWEST < constant <= HIGHEST:
        return None
    below = term_of({m: c for m, c in {**argument, (): constant - 1}.items() if c})
    if facts.prove(context, Term("Lt", (ZERO, below))) is None:
        return None
    used = facts.use(context, ledger()[STEPS[t.head]], {"x": below})
    return None if used is None else carried(facts, context, used, (0,), t)


def with_factorials(t: Term) -> Term:
    """The term with ``x!`` written for ``gamma(x + 1)``, which is what it means.

    >>> from derive.plain import read
    >>> with_factorials(read("1/gamma(y + 1)"))
    1/factorial(y)
    """
    if t.head == "gamma" and t.args[0].head == "Add" and t.args[0].args[1:] == (ONE,):
        return Term("factorial", t.args[0].args[:1])
    return rebuild(t, lambda part, _: with_factorials(part), 0)
