"""Taking away what a reader would strike out at once: ``log(exp(x))``, ``x + c - c``, ``x*c/c``.

Unlike the normal form this leaves everything else as it is written.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import atoms, equate, in_context
from derive.search.forms.rewriting import Equation, Rewriter, term_of
from derive.search.forms.spreading import factors
from derive.term import ONE, ZERO, Term, is_number, number, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts

RULES = ("log_exp", "exp_log", "square_sqrt", "log_reciprocal")

_TWO = number(2)
#: A polynomial with more atoms than this is left alone.
MOST_ATOMS = 12


@cache
def equations() -> tuple[Equation, ...]:
    """The rules, ready to rewrite with."""
    return tuple(Equation.of_rule(ledger()[name]) for name in RULES)


def clumsy(t: Term) -> bool:
    """Whether something in a term may be struck out, by what is written alone.

    >>> from derive.plain import read
    >>> [clumsy(read(t)) for t in ("log(exp(x)) + 1", "x + y - y", "x*y/y", "x + log(y)")]
    [True, True, True, False]
    """
    return any(_inverse(u) or _fewer(u) is not None for _, u in walk(t))


def _inverse(t: Term) -> bool:
    """Whether a function meets its inverse."""
    inner = t.args[0].head if t.args else ""
    if t.head == "Pow":
        half = inner == "Pow" and is_number(t.args[0].args[1]) and t.args[1] == _TWO
        return half and bool(t.args[0].args[1].value == 1 / _TWO.value)
    if t.head == "log":
        return inner == "exp" or (inner == "Div" and t.args[0].args[0] == number(1))
    return t.head == "exp" and inner == "log"


def _fewer(t: Term) -> Term | None:
    """The same rational function with something struck out, or None."""
    if t.head not in ("Add", "Mul", "Div"):
        return None
    found = _cancelled(t)
    return _with_fewer_atoms(t) if found is None else found


def _cancelled(t: Term) -> Term | None:
    """Without the factors above and below the line, or the summands with either sign."""
    parts = _summands(t) if t.head == "Add" else factors(t)
    kept = [parts[0][:], parts[1][:]]
    for u in parts[0]:
        if u in kept[1]:
            for side in kept:
                side.remove(u)
    if kept[0] == parts[0]:
        return None
    if t.head == "Add":
        summands = (*kept[0], *(Term("Neg", (u,)) for u in kept[1]))
        return _joined("Add", summands, ZERO)
    over, under = (_joined("Mul", tuple(side), ONE) for side in kept)
    return over if under == ONE else Term("Div", (over, under))


def _joined(head: str, parts: tuple[Term, ...], empty: Term) -> Term:
    return empty if not parts else parts[0] if len(parts) == 1 else Term(head, parts)


def _summands(t: Term, sign: int = 0) -> tuple[list[Term], list[Term]]:
    """What is added, and what is subtracted."""
    if t.head == "Neg":
        return _summands(t.args[0], 1 - sign)
    if t.head != "Add":
        return ([t], []) if sign == 0 else ([], [t])
    parts = [_summands(a, sign) for a in t.args]
    return [u for p in parts for u in p[0]], [u for p in parts for u in p[1]]


def _with_fewer_atoms(t: Term) -> Term | None:
    own = {u for _, u in atoms(t)}
    if not 0 < len(own) <= MOST_ATOMS:
        return None
    from derive.search.forms.reduced import reduced

    try:
        p = reduced(t)
    except SizeError:
        return None
    left = {u for m in p for a, _ in m for _, u in atoms(a)}
    return term_of(p) if left < own else None


def struck_out(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``x + c - c = x`` and ``x*c/c = x``."""
    target = _fewer(t)
    return None if target is None else equate(facts, context, t, target)


def plainer(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t = u`` with nothing left to strike out; None where nothing was, or t may be undefined."""
    if not clumsy(t):
        return None
    found = Rewriter(facts, equations(), (struck_out,)).rewrite(context, t)
    return None if found is None or found.rhs == t else in_context(context, found)


def compare_plainer(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A comparison from the one whose sides are plainer."""
    ways = [plainer(facts, context, t) for t in s.args]
    if not any(ways):
        return None
    sides = (t if way is None else way.rhs for t, way in zip(s.args, ways, strict=True))
    found = facts.prove(context, Term(s.head, tuple(sides)))
    if found is None:
        return None
    found = in_context(context, found)
    for k, way in enumerate(ways):
        found = found if way is None else kernel.rewrite((k,), found, kernel.symmetric(way))
    return found
