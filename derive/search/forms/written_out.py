"""Sums and products over ranges of numbers, written out term by term."""

from __future__ import annotations

from derive import kernel
from derive.context import Context
from derive.kernel import KernelError, Theorem
from derive.search.equations import equate, in_context
from derive.search.facts import Facts
from derive.search.forms.rewriting import Rewriter
from derive.search.given import unrolling
from derive.term import Term, walk

#: Sums and products with more terms than this are left as they are.
MOST_TERMS = 8


def written_out(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t = u`` with sums over numbers written out; None when t stays as it is."""
    if not any(_long(u) is False for _, u in walk(t)) or any(_long(u) for _, u in walk(t)):
        return None
    found = Rewriter(facts, unrolling()).rewrite(context, t)
    if found is None or found.rhs == t:
        return None
    level = equate(facts, context, found.rhs, _level(found.rhs))
    if level is not None:
        found = kernel.transitive(found, in_context(context, level))
    return found


def both_sides(facts: Facts, theorem: Theorem) -> Theorem:
    """The theorem with sums over numbers written out on both sides."""
    for k in range(min(2, len(theorem.statement.args))):
        equation = written_out(facts, theorem.context, theorem.statement.args[k])
        if equation is None:
            continue
        try:
            theorem = kernel.rewrite((k,), theorem, in_context(theorem.context, equation))
        except KernelError:
            continue  # a relation that would lose its theta keeps its sums
    return theorem


def _level(t: Term) -> Term:
    """The term without sums in sums and products in products, as writing out leaves them."""
    args: list[Term] = []
    for a in map(_level, t.args):
        args += a.args if a.head == t.head and t.head in ("Add", "Mul") else (a,)
    return Term(t.head, tuple(args), t.value, t.names)


def _long(t: Term) -> bool | None:
    """Whether a sum over a range of numbers is too long to write out; None for other terms."""
    if t.head not in ("Sum", "Product") or any(a.head != "number" for a in t.args[1:]):
        return None
    low, high = (a.value for a in t.args[1:])
    return bool(high - low >= MOST_TERMS)
