"""Minimisers with letters for what does not depend on the fitted symbol.

In ``Sum((log(x[i]) - u)**2, (i, 1, n))/(2*v) + n*log(v)/2`` every square is a constant in v.
Multiplied out it would lose its sign; so a letter ``w[i] >= 0`` stands for it while v is looked
at, and what was proved for all such letters is said of the squares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from derive.context import Context, as_function
from derive.domains import NONNEGATIVE, POSITIVE, REAL
from derive.functions import COMPARISONS, binder_range
from derive.term import (
    BINDERS,
    Term,
    abstract,
    fresh,
    instantiate,
    is_number,
    rebuild,
    substitute,
    symbol,
)

if TYPE_CHECKING:
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: More letters than this are not introduced.
MOST_LETTERS = 6

#: Steps that the search with letters may take.
STEPS = 6_000

#: Proves ``f(t) < f(theta)`` in a context that declares the letters, for f and t with letters.
Prove = Callable[["Facts", Context, Term, Term], "Theorem | None"]


def by_letters(
    facts: Facts, context: Context, f: Term, name: str, t: Term, prove: Prove
) -> Theorem | None:
    """``f(t) < f(theta)`` where theta is not t, by way of letters for constant squares.

    None when there are none, or hypotheses narrow theta's domain.
    """
    if any(name in h.free for h in context.hypotheses()):
        return None
    letters = _Letters(facts, context, name)
    shorter = letters.replaced(f, ())
    if not letters.values:
        return None
    point = letters.replaced(t, ())
    inner = letters.context
    for h in context.hypotheses():
        said = letters.replaced(h, ()) if h.head in COMPARISONS else h
        inner = inner if said == h else inner.assume(said)
    from derive.search.facts import Facts as Fresh

    own = Fresh()
    own.steps = STEPS
    try:
        found = prove(own, inner, shorter, point)
    except OverflowError:
        return None
    goal = context.assume(Term("Ne", (symbol(name), t)))
    used = found and facts.instance(goal, found, letters.values)
    better = Term("Lt", (substitute(f, {name: t}), f))
    return used if used is not None and used.statement == better else None


class _Open(NamedTuple):
    """A bound index that stands open, and its range."""

    name: str
    domain: Term


class _Letters:
    """The letters that were introduced so far, what they stand for, and their context."""

    def __init__(self, facts: Facts, context: Context, theta: str) -> None:
        self.facts, self.theta = facts, theta
        self.before = self.context = context
        self.values: dict[str, Term] = {}

    def replaced(self, t: Term, indices: tuple[_Open, ...]) -> Term:
        """The term with letters for the powers of sums in it that do not mention theta."""
        if self.theta not in t.free and _is_power_of_sum(t):
            letter = self._letter(t, indices)
            return t if letter is None else letter
        domain = binder_range(t) if t.head in BINDERS else None
        if domain is not None:
            taken = {*self.context.names, *t.free, *(i.name for i in indices)}
            index = _Open(fresh((t.names or ("i",))[0], taken), domain)
            body = self.replaced(instantiate(t.args[0], symbol(index.name)), (*indices, index))
            return Term(t.head, (abstract(body, index.name), *t.args[1:]), t.value, t.names)
        return t if t.head in BINDERS else rebuild(t, lambda u, _: self.replaced(u, indices), 0)

    def _letter(self, t: Term, indices: tuple[_Open, ...]) -> Term | None:
        """The letter for a term, a new one for a new term."""
        mine = [i for i in indices if i.name in t.free]
        if len(mine) > 1 or any(i.domain.free & {k.name for k in indices} for i in mine):
            return None
        value = abstract(t, mine[0].name) if mine else t
        ranges = tuple(i.domain for i in mine)
        for known, meaning in self.values.items():
            if meaning == value and self.context.names[known].indices == ranges:
                return self._named(known, mine)
        if len(self.values) >= MOST_LETTERS:
            return None
        within = self.before
        for i in mine:
            within = within.declare(i.name, i.domain)
        domain = next(
            (
                d
                for d in (POSITIVE, NONNEGATIVE, REAL)
                if self.facts.prove(within, Term("In", (t, d))) is not None
            ),
            None,
        )
        if domain is None:
            return None
        new = fresh("w", set(self.context.names))
        self.context = self.context.declare(new, domain, ranges)
        self.values[new] = as_function(value, self.context.names[new], self.context)
        return self._named(new, mine)

    def _named(self, name: str, mine: list[_Open]) -> Term:
        return Term("member", tuple(symbol(i.name) for i in mine), name) if mine else symbol(name)


def _is_power_of_sum(t: Term) -> bool:
    """Whether a term is a power with a whole number as exponent, and a sum in its base."""
    whole = t.head == "Pow" and is_number(t.args[1]) and t.args[1].value.denominator == 1
    return whole and _has_sum(t.args[0])


def _has_sum(t: Term) -> bool:
    parts = t.args if t.head in ("Mul", "Neg", "Div") else ()
    return t.head == "Add" or any(map(_has_sum, parts))


__all__ = ["by_letters"]
