"""Of an argument and its opposite one is chosen: ``erf(-u) = -erf(u)``, ``cos(-u) = cos(u)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import carried
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import term_of

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts
    from derive.term import Term


#: What is said of the functions that are odd or even.
RULES = {"erf": "erf_odd", "sin": "sin_odd", "atan": "atan_odd", "cos": "cos_even"}


def odd(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``erf(-u) = -erf(u)`` where the first coefficient of -u, by the names in it, is negative."""
    if t.head not in RULES:
        return None
    try:
        p = reduced(t.args[0])
    except SizeError:
        return None
    if not p or min((sorted(f"{a}**{e}" for a, e in m), c) for m, c in p.items())[1] > 0:
        return None
    opposite = term_of({m: -c for m, c in p.items()})
    used = facts.use(context, ledger()[RULES[t.head]], {"x": opposite})
    return None if used is None else carried(facts, context, used, (0, 0), t.args[0])
