"""The inequality of Cauchy and Schwarz with the weights that a formula suggests.

``Sum(f)**2 <= Sum(w)*Sum(f**2/w)``: the weights w are read off other sums over the same
range, off the constraints that let weights sum to a number, and off what is summed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.kernel import KernelError
from derive.polynomial import Polynomial, SizeError, times
from derive.rules import ledger
from derive.search.equations import in_context
from derive.search.forms.reduced import atoms_of, is_reciprocal, monomial, over, reduced, simplified
from derive.search.forms.rewriting import Equation, Rewriter, term_of
from derive.search.order.sums import in_normal_form, squared_as_in
from derive.search.order.tangents import eliminating
from derive.term import Term, abstract, fresh, instantiate, number, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts
    from derive.search.order.squares import Product

#: How many inequalities are offered for one goal.
MOST_BOUNDS = 8

_HALF = number(Fraction(1, 2))
_ONE: Polynomial = {(): Fraction(1)}


def cauchy(facts: Facts, context: Context, goal: Polynomial, kept: list[Term]) -> Iterator[Product]:
    """``Sum(f*g)**2 <= Sum(f**2)*Sum(g**2)`` times what makes it have a sum as the goal has it."""
    sums = _sums(goal)
    offered = 0
    for bounds in dict.fromkeys(a.args[1:] for a in sums):
        i = symbol(fresh("i", {*context.names}))
        own = [a for a in sums if a.args[1:] == bounds]
        for atom, f, w in _candidates(context, goal, own, i):
            if offered == MOST_BOUNDS:
                return
            with suppress(KernelError, SizeError):
                used = _bound(facts, context, bounds, (f, w), i.value)
                form = used and in_normal_form(facts, context, used, kept)
                if form is None:
                    continue
                for product in _eliminating(facts, context, goal, form, atom):
                    offered += 1
                    yield product


def _sums(goal: Polynomial) -> list[Term]:
    """The finite sums of the goal, also those that it divides by."""
    parts = (a.args[1] if is_reciprocal(a) else a for m in goal for a, _ in m)
    return [*dict.fromkeys(t for t in parts if t.head == "Sum" and t.args[2].head != "oo")]


def _candidates(
    context: Context, goal: Polynomial, sums: list[Term], i: Term
) -> Iterator[tuple[Term, Polynomial, Polynomial]]:
    """A sum of the goal, f and w: the sum is that of f, where it is squared, or of f**2/w."""
    bodies = [reduced(instantiate(a.args[0], i)) for a in sums]
    weights = [reduced(instantiate(w, i)) for w in _weights(context, sums[0].args[1:])]
    for k, atom in enumerate(sums):
        if any(dict(m).get(atom, 0) == 2 for m in goal):
            others = [b for j, b in enumerate(bodies) if j != k]
            offered = [_ONE, *weights, *others, *_divisors(bodies), *_factors(bodies[k])]
            for t in dict.fromkeys(map(term_of, offered)):
                yield atom, bodies[k], reduced(t)
    for k, atom in enumerate(sums):
        for w in (*bodies[k + 1 :], *weights, _ONE):
            f = _root(simplified(times(bodies[k], w)), whole=True) if w != bodies[k] else None
            if f is not None:
                yield atom, f, w


def _weights(context: Context, bounds: tuple[Term, ...]) -> Iterator[Term]:
    """What the context lets sum to a number over the range."""
    for h in context.hypotheses():
        if h.head == "Eq" and h.args[0].head == "Sum" and h.args[0].args[1:] == bounds:
            yield h.args[0].args[0]


def _divisors(bodies: list[Polynomial]) -> list[Polynomial]:
    """What the terms of the sums are divided by."""
    found = dict.fromkeys(a for p in bodies for a in atoms_of(p, is_reciprocal))
    return [reduced(a.args[1]) for a in found]


def _factors(p: Polynomial) -> list[Polynomial]:
    """The factors of a product."""
    return [monomial(a) for m in p for a, _ in m] if len(p) == 1 else []


def _root(p: Polynomial, *, whole: bool = False) -> Polynomial | None:
    """A square root of a monomial, up to a number; None where it has none.

    Unless it is to be ``whole``, it may have ``exp(u/2)`` for ``exp(u)``.
    """
    if len(p) != 1:
        return None
    ((m, c),) = p.items()
    if c <= 0 or any(e % 2 and (whole or a.head != "exp") for a, e in m):
        return None
    out: Polynomial = {(): Fraction(1)}
    for a, e in m:
        out = times(out, monomial(a, e // 2) if e % 2 == 0 else monomial(_half(a), e))
    return out


def _half(t: Term) -> Term:
    """``exp(u/2)`` for ``exp(u)``, which is its square."""
    half = {m: c / 2 for m, c in reduced(t.args[0]).items()}
    return Term("exp", (term_of(half),))


def _bound(
    facts: Facts,
    context: Context,
    bounds: tuple[Term, ...],
    split: tuple[Polynomial, Polynomial],
    name: str,
) -> Theorem | None:
    """The inequality for the factors sqrt(w) and f/sqrt(w); for h and f/h where w is h**2."""
    f, w = split
    half = _root(w)
    rest = None if half is None else over(f, half)
    by_root = half is None or rest is None or any(is_reciprocal(a) for m in rest for a, _ in m)
    if by_root or half is None or rest is None:
        root = Term("Pow", (term_of(w), _HALF))
        factors = [Term("Div", (term_of(f), root)), root]
    else:
        factors = [term_of(rest), term_of(half)]
    mapping = {k: abstract(t, name) for k, t in zip("fg", factors, strict=True)}
    mapping |= {"lo": bounds[0], "hi": bounds[1]}
    found = facts.use(context, ledger()["cauchy_schwarz"], mapping)
    if found is None or by_root or all(a.head != "exp" for m in half or {} for a, _ in m):
        return found
    squares = Rewriter(facts, [Equation.of_rule(ledger()["exp_power"])])
    plain = squares.rewrite(context, found.rhs)
    return found if plain is None else kernel.rewrite((1,), found, in_context(context, plain))


def _eliminating(
    facts: Facts, context: Context, goal: Polynomial, form: Theorem, atom: Term
) -> Iterator[Product]:
    squared = squared_as_in(facts, context, goal, form, atom)
    if squared is not None:
        yield squared
    else:
        yield from eliminating(facts, context, goal, form, atom)


__all__ = ["cauchy"]
