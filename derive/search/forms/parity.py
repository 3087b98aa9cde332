"""Of an argument and its opposite one is chosen: ``erf(-u) = -erf(u)``, ``cos(-u) = cos(u)``.

Sines and cosines of half and whole turns have values.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.polynomial import Polynomial, SizeError
from derive.rules import ledger
from derive.search.equations import carried
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import term_of
from derive.search.index import heads
from derive.term import Term

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


#: What is said of the functions that are odd or even.
RULES = {"erf": "erf_odd", "sin": "sin_odd", "atan": "atan_odd", "cos": "cos_even"}


#: Functions of angles.
CIRCULAR = ("sin", "cos")


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


def turned(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``sin(n*pi)`` and ``cos(n*pi)`` for an integer n, and both of ``pi/2``."""
    if t.head not in CIRCULAR or "pi" not in heads(t):
        return None
    try:
        turns = half_turns(reduced(t.args[0]))
    except SizeError:
        return None
    if turns is None:
        return None
    half = Fraction(1, 2)
    n, whole = term_of(turns), term_of({m: c * half for m, c in turns.items()})
    tried = [(f"{t.head}_half_turns", {"n": n})]
    if turns == {(): half}:
        tried = [(f"{t.head}_half_pi", {})]
    elif t.head == "cos":
        tried.insert(0, ("cos_whole_turns", {"n": whole}))
    for rule, values in tried:
        used = facts.use(context, ledger()[rule], values)
        if used is not None:
            return carried(facts, context, used, (0, 0), t.args[0])
    return None


def half_turns(angle: Polynomial) -> Polynomial | None:
    """What pi is multiplied by in an angle that is a multiple of it; None for others."""
    pi = Term("pi")
    if not angle or any(dict(m).get(pi) != 1 for m in angle):
        return None
    return {tuple(p for p in m if p[0] != pi): c for m, c in angle.items()}
