"""Recognising a loss as the negative log-likelihood of a law of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, islice, product
from typing import TYPE_CHECKING, Any, NamedTuple

from derive.context import Context
from derive.kernel import Theorem
from derive.refute.balls import UNDEFINED, UNKNOWN, Point, evaluate
from derive.refute.numbers import add, disjoint, multiply
from derive.refute.points import Plan, index_values, points
from derive.refute.witness import candidates, constants_of
from derive.search.losses.weaker import forms_of, scaled
from derive.term import ONE, Term, apply, div, number, symbol, walk

if TYPE_CHECKING:
    from derive.distributions import Distribution
    from derive.search.facts import Facts

#: Values of theta that are tried first: what a reader can follow.
VALUES = tuple(map(Fraction, ("0", "1", "1/2", "9/10", "2", "-1", "1/4", "3")))
#: Pairs of points at which a loss is compared with a law before a proof is looked for.
LOOKS = 6
#: Laws, with values of their parameters, that are compared with one loss.
MOST_LAWS = 3_000


class Density(NamedTuple):
    """``s*loss - log(h) = nll(law) + offset``; the offset does not mention theta.

    An offset that mentions the label belongs to the base measure.
    """

    law: Term
    offset: Term
    theorem: Theorem

    def spoken(self, label: str) -> str:
        """The law: ``y ~ Normal(mu, 1)``."""
        from derive.plain import write

        return f"{label} ~ {write(self.law)}"

    def sentence(self, label: str) -> str:
        """The finding for a reader."""
        from derive.plain import write

        said = f"the loss is the negative log-likelihood of {self.spoken(label)}"
        if self.offset == number(0):
            return said
        return f"{said} up to {write(self.offset)}, which is free of theta"


def as_density(
    facts: Facts,
    context: Context,
    loss: Term,
    base: Term,
    label: str,
    labels: Term,
    theta: tuple[str, ...],
) -> Density | None:
    """The law over these labels whose negative log-likelihood the loss is, or None."""
    from derive.distributions import LawError, nll, registry

    y = symbol(label)
    whole = loss if base == ONE else loss - apply("log", base)
    tried = 0
    pairs = list(islice(moved(context, whole, theta), LOOKS))
    for found in registry().values():
        if "[" in found.variable or _support(found) != labels:
            continue
        for arguments in _arguments(found, loss, label, theta):
            tried += 1
            if tried > MOST_LAWS:
                return None
            law = Term(found.law, arguments)
            try:
                g = nll(law, y)
            except LawError:
                continue
            if not all(_agree(whole, g, *pair) for pair in pairs):
                continue
            density = _same(facts, context, whole, g, law, theta)
            if density is not None:
                return density
    return None


def _same(
    facts: Facts, context: Context, f: Term, g: Term, law: Term, theta: tuple[str, ...]
) -> Density | None:
    if facts.defined(context, g) is None or any(name not in g.free for name in theta):
        return None
    forms = forms_of(facts, context, f, g)
    found = None if forms is None else scaled(facts, context, f, g, forms, theta)
    if found is None or found.a != ONE:
        return None
    return Density(law, number(0) if found.b is None else found.b, found.theorem)


def _agree(f: Term, g: Term, first: Point, second: Point) -> bool:
    """Whether f - g may be the same at both points."""
    values = []
    for point in (first, second):
        a, b = evaluate(f, point), evaluate(g, point)
        if any(v is UNDEFINED or v is UNKNOWN for v in (a, b)):
            return False
        values.append(add(a, multiply(Fraction(-1), b)))
    return not disjoint(*values)


def _support(found: Distribution) -> Term | None:
    from derive.plain import declare

    context = declare(f"{found.parameters}; {found.support}")
    return context.names[found.variable.partition("[")[0]].domain


def _arguments(
    found: Distribution, loss: Term, label: str, theta: tuple[str, ...]
) -> Iterator[tuple[Term, ...]]:
    """Values for the parameters: theta in some of them, what the loss has in the others."""
    moving = [_moving(loss, label, theta, k) for k in (True, False)]
    places = range(len(found.arguments))
    for count in range(1, min(len(theta), len(places)) + 1):
        for chosen in combinations(places, count):
            yield from product(*(moving[0] if k in chosen else moving[1] for k in places))


def _moving(loss: Term, label: str, theta: tuple[str, ...], moves: bool) -> list[Term]:
    """Terms for a parameter that depends on theta, or for one that does not."""
    offered: dict[Term, None] = {}
    if moves:
        for name in theta:
            t = symbol(name)
            links = (apply("exp", t), apply("sigmoid", t), t**2, div(ONE, t), apply("exp", -t))
            offered.update(dict.fromkeys((t, *links)))
        for _, u in walk(loss):
            own = label not in u.free and not u.free.isdisjoint(theta) and u.loose == 0
            if own and u.head not in ("Neg", "log"):
                offered[u] = None
        return list(offered)[:10]
    offered.update(dict.fromkeys((ONE, number(Fraction(1, 2)), number(2))))
    for name in sorted(loss.free - {label} - set(theta)):
        t = symbol(name)
        offered.update(dict.fromkeys((t, t**2, div(ONE, t), div(ONE, 2 * t))))
    return list(offered)[:8]


# -- looking first ----------------------------------------------------------------------------


def moved(context: Context, z: Term, theta: tuple[str, ...]) -> Iterator[tuple[Point, Point]]:
    """Pairs of points that differ in theta alone; simple values of theta first."""
    plan = Plan(context)
    for base in points(context, count=6, constants=constants_of(z)):
        good: list[Point] = []
        for value in VALUES:
            point = {**base, **{name: _all(context, name, base, value) for name in theta}}
            if plan.verify(point):
                yield from ((earlier, point) for earlier in good)
                good.append(point)
    symbols = tuple(map(symbol, theta))
    for candidate in candidates(context, Term("SameOrder", (z, z, *symbols)), 60, 0):
        if len(candidate) == 2:
            yield candidate[0], candidate[1]


def _all(context: Context, name: str, point: Point, value: Fraction) -> Any:
    """A value for a symbol, or for every member of a family."""
    entry = context.names[name]
    if not entry.indices:
        return value
    keys = index_values(entry, point)
    return {} if keys is None else dict.fromkeys(keys, value)
