"""Finding that an integral converges that has no value of its own.

The integrand is smooth up to the ends; or the range is a part of one over which the table gives
a value, as for a cumulative distribution; or the integrand is such a function times a smooth one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import INFINITY, MINUS_INFINITY
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import enter, equate, in_context
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Term, abstract, instantiate, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: More factors than this are not tried one by one.
MOST_FACTORS = 8


def converges(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Integral(f) in Real`` for an integral whose body is a product, or None."""
    found = _smooth(facts, context, t) or _part(facts, context, t) or _factor(facts, context, t)
    return None if found is None else in_context(context, found)


def _finite(t: Term) -> bool:
    return MINUS_INFINITY not in t.args[1:] and INFINITY not in t.args[1:]


def _smooth(facts: Facts, context: Context, t: Term) -> Theorem | None:
    if not _finite(t):
        return None
    body, low, high = t.args
    values = {"a": low, "b": high, "f": body}
    for name in ("integral_smooth", "integral_smooth_everywhere"):
        used = facts.use(context, ledger()[name], values)
        if used is not None:
            return used
    return None


# -- a part of a range ----------------------------------------------------------------------------


def _part(facts: Facts, context: Context, t: Term) -> Theorem | None:
    body, low, high = t.args
    for whole, name, values in _wholes(low, high):
        if whole == (low, high) or not _within(facts, context, whole, (low, high)):
            continue
        wide = Term("Integral", (body, *whole), None, t.names)
        if facts.defined(context, wide) is not None:
            return facts.use(context, ledger()[name], {**values, "f": body})
    return None


def _wholes(low: Term, high: Term) -> Iterator[tuple[tuple[Term, Term], str, dict[str, Term]]]:
    """Ranges of which these ends may give a part, with the rule and its values."""
    ends = {"c": low, "d": high}
    own = {k: v for k, v in ends.items() if v not in (INFINITY, MINUS_INFINITY)}
    part = {("c", "d"): "part", ("c",): "upper_part", ("d",): "lower_part"}.get(tuple(own), "")
    if part == "part":
        yield (ZERO, ONE), "integral_part", {"a": ZERO, "b": ONE, **own}
    if part in ("part", "upper_part"):
        yield (ZERO, INFINITY), f"integral_{part}_from", {"a": ZERO, **own}
    if part:
        yield (MINUS_INFINITY, INFINITY), f"integral_{part}_line", own


def _within(
    facts: Facts, context: Context, whole: tuple[Term, Term], part: tuple[Term, Term]
) -> bool:
    """Whether the ends of a part are found to lie in the whole."""
    inner = [e for e in part if e not in (INFINITY, MINUS_INFINITY)]
    low, high = whole
    above = [Term("Le", (low, e)) for e in inner if low != MINUS_INFINITY]
    below = [Term("Le", (e, high)) for e in inner if high != INFINITY]
    return all(facts.prove(context, s) is not None for s in (*above, *below))


# -- a smooth factor ------------------------------------------------------------------------------


def _factor(facts: Facts, context: Context, t: Term) -> Theorem | None:
    entered = enter(facts, context, t)
    if entered is None or not _finite(t):
        return None
    inner, name, inside = entered
    f = instantiate(t.args[0], symbol(name))
    try:
        (m,) = spread(f)
    except (SizeError, ValueError):
        return None
    if not 1 < len(m) <= MOST_FACTORS:
        return None
    parts = [term_of({((atom, e),): ONE.value}) for atom, e in m]
    smooth = [p for p in parts if _differentiable(facts, context, t, name, p)]
    rough = [p for p in parts if p not in smooth]
    if not smooth or not rough:
        return None
    g, h = (u[0] if len(u) == 1 else Term("Mul", tuple(u)) for u in (rough, smooth))
    own = Term("Integral", (abstract(g, name), *t.args[1:]), None, t.names)
    if facts.defined(context, own) is None:
        return None
    values = {"a": t.args[1], "b": t.args[2], "f": abstract(g, name), "g": abstract(h, name)}
    used = facts.use(context, ledger()["integral_smooth_factor"], values)
    same = equate(facts, inner, Term("Mul", (g, h)), f)
    if used is None or same is None:
        return None
    return kernel.rewrite((0, 0), in_context(context, used), in_context(inner, same), *inside)


def _differentiable(facts: Facts, context: Context, t: Term, name: str, h: Term) -> bool:
    """Whether a factor is found to be differentiable at both ends."""
    body = abstract(h, name)
    ends = (Term("Derivative", (body, end), None, (name,)) for end in t.args[1:])
    return all(facts.defined(context, d) is not None for d in ends)
