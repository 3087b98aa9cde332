"""Integrals of functions in pieces: split where a condition on the variable changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import INFINITY, MINUS_INFINITY
from derive.functions import COMPARISONS
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.calculus.kernels import suffix_of
from derive.search.equations import enter, in_context
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import term_of
from derive.term import BINDERS, ZERO, Term, instantiate, rebuild, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def by_pieces(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Integral(f, (x, a, b)) = u + v`` with a border of f between a and b; or None."""
    entered = enter(facts, context, t)
    if entered is None:
        return None
    inner, name, _ = entered
    body = _unfolded(facts, inner, instantiate(t.args[0], symbol(name)))
    for border in dict.fromkeys(_borders(body, name)):
        if _between(facts, context, t, border):
            return _split(facts, context, t, border)
    return None


def _unfolded(facts: Facts, inner: Context, f: Term) -> Term:
    """The function with the formulas of densities in their places."""
    meaning = facts.unfolded(inner, f) if f.head.endswith("Density") else None
    if meaning is not None:
        return meaning.rhs
    return rebuild(f, lambda a, d: a if d else _unfolded(facts, inner, a), 0)


def _borders(f: Term, name: str) -> Iterator[Term]:
    """Where comparisons of which the function is made change, if they are linear."""
    for s in comparisons(f):
        if name in s.free:
            try:
                p = reduced(s.args[1] - s.args[0])
            except SizeError:
                continue
            own = ((symbol(name), 1),)
            slope = p.pop(own, None)
            rest = term_of(p)
            if slope is not None and name not in rest.free:
                yield term_of({m: -c / slope for m, c in p.items()})


def comparisons(t: Term) -> Iterator[Term]:
    """The comparisons on which the value of a term depends, below no binder."""
    if t.head in COMPARISONS:
        yield t
    elif t.head in ("Abs", "sign"):
        yield Term("Le", (ZERO, t.args[0]))
    elif t.head in ("Max", "Min") and len(t.args) == 2:
        yield Term("Le", t.args)
    for k, a in enumerate(t.args):
        if k >= BINDERS.get(t.head, 0):
            yield from comparisons(a)


def _between(facts: Facts, context: Context, t: Term, border: Term) -> bool:
    """Whether the border is found to lie between the ends, and is none."""
    low, high = t.args[1:]
    above = low == MINUS_INFINITY or _ordered(facts, context, low, border)
    return above and (high == INFINITY or _ordered(facts, context, border, high))


def _ordered(facts: Facts, context: Context, a: Term, b: Term) -> bool:
    return a != b and facts.prove(context, Term("Le", (a, b))) is not None


def _split(facts: Facts, context: Context, t: Term, border: Term) -> Theorem | None:
    from derive.search.calculus.integrals import evaluated

    body, low, high = t.args
    parts = [Term("Integral", (body, *e), None, t.names) for e in ((low, border), (border, high))]
    values = []
    for part in parts:
        value = evaluated(facts, context, part)
        if value is None:
            return None
        values.append(in_context(context, value))
        facts.remember(context, kernel.side(0, values[-1]))
    ends = {"a": low, "b": high}
    own = {k: v for k, v in ends.items() if v not in (INFINITY, MINUS_INFINITY)}
    rule = ledger()[f"integral_split{suffix_of(t)}"]
    used = facts.use(context, rule, {**own, "c": border, "f": body})
    if used is None:
        return None
    first = kernel.rewrite((1, 0), in_context(context, used), values[0])
    return kernel.rewrite((1, 1), first, values[1])
