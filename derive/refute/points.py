"""Points of a context: values that satisfy every declaration and every hypothesis.

Sizes are drawn first, then families; hypotheses are repaired as soon as their symbols have
values, and the finished point is verified.  The same seed gives the same points.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from random import Random

from derive.context import Context, Declaration, Hypothesis
from derive.domains import INFINITY, MINUS_INFINITY
from derive.functions import FUNCTIONS
from derive.refute.balls import UNDEFINED, UNKNOWN, Evaluation, Point, PointValue, evaluate, holds
from derive.refute.draws import Draw, NoValue
from derive.refute.numbers import IllFormed, Undefined, Unsure
from derive.refute.repair import enforce
from derive.term import Term, instantiate, number, walk

#: Draws for each point that is wanted, before giving up.
PATIENCE = 12

#: Draws without any point after which there will be none: hypotheses with derivatives,
#: integrals and likelihoods take long to look at and are rarely met by chance, and so are
#: equations between sums of functions that are not rational.
HOPELESS, HOPELESS_SUMS, HOPELESS_COSTLY = 240, 24, 6
_COSTLY = ("Derivative", "Integral", "Expectation", "Product")
_RATIONAL = ("Add", "Mul", "Neg", "Div", "Pow", "Sum", "Eq", "ForAll", "Range")

#: Members of one family.
LARGEST = 400


def points(
    context: Context, seed: int = 0, count: int = 40, constants: tuple[Fraction, ...] = ()
) -> Iterator[dict[str, PointValue]]:
    """At most ``count`` different points of a context.

    ``constants`` are numbers worth trying, such as those of a statement.

    >>> from derive.context import EMPTY
    >>> from derive.domains import UNIT
    >>> all(0 < p["p"] < 1 for p in points(EMPTY.declare("p", UNIT), count=5))
    True
    """
    seen: set[object] = set()
    plan = Plan(context)
    found = misses = turn = 0
    hopeless = min(map(_hopeless, plan.hypotheses), default=HOPELESS)
    while found < count and misses < (PATIENCE * count + 60 if found else hopeless):
        random = Random(seed * 1_000_003 + turn)
        draw = Draw(random, turn, constants)
        turn += 1
        point = plan.attempt(draw)
        key = None if point is None else _key(point)
        if point is None or key in seen:
            misses += 1
            if key is not None and len(seen) * 30 < misses:
                return  # the context has few points, and these are they
            continue
        seen.add(key)
        found += 1
        yield point


def _hopeless(h: Term) -> int:
    """After how many draws without a point nothing more is hoped for."""
    heads = {u.head for _, u in walk(h)}
    if any(head in _COSTLY or head.endswith(("Mass", "Density")) for head in heads):
        return HOPELESS_COSTLY
    functions = heads.difference(_RATIONAL) & FUNCTIONS.keys()
    return HOPELESS_SUMS if functions and {"Eq", "Sum"} <= heads else HOPELESS


class Sample:
    """Points of a context that are drawn when they are asked for, and kept."""

    __slots__ = ("_source", "kept")

    def __init__(self, source: Iterator[dict[str, PointValue]]) -> None:
        self._source = source
        self.kept: list[dict[str, PointValue]] = []

    def __iter__(self) -> Iterator[dict[str, PointValue]]:
        k = 0
        while True:
            if k == len(self.kept):
                point = next(self._source, None)
                if point is None:
                    return
                self.kept.append(point)
            yield dict(self.kept[k])
            k += 1


#: How many points a sample has at most.
SAMPLE = 12


@lru_cache(maxsize=4)
def sample(context: Context, constants: tuple[Fraction, ...] = ()) -> Sample:
    """The first ``points``, remembered: several questions look at the same ones."""
    return Sample(points(context, 0, SAMPLE, constants))


def _key(point: Point) -> object:
    return tuple(
        (name, tuple(value.items()) if isinstance(value, dict) else value)
        for name, value in point.items()
    )


class Plan:
    """What must be drawn, read off a context once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.declarations = tuple(e for e in context.entries() if isinstance(e, Declaration))
        self.hypotheses = tuple(e.statement for e in context.entries() if isinstance(e, Hypothesis))
        self.sizes = frozenset(
            name for d in self.declarations for i in d.indices for name in i.free
        )
        self.drawn: set[str] = {d.name for d in self.declarations if d.definition is None}
        #: What an integral without end is said to converge with, functions among it.
        self.decaying = {
            name for h in self.hypotheses for _, u in walk(h)
            if u.head == "Integral" and not {INFINITY, MINUS_INFINITY}.isdisjoint(u.args)
            for name in u.free
        }  # fmt: skip
        #: Whether equations share a family, so that they must be solved together.
        self.linked = _is_linked(self)

    def attempt(self, draw: Draw, fixed: Point | None = None) -> dict[str, PointValue] | None:
        """One point, or None when this draw does not lead to one.

        Symbols in ``fixed`` get these values.
        """
        fixed = fixed or {}
        point: dict[str, PointValue] = {}
        waiting = list(self.declarations)
        open_hypotheses = list(self.hypotheses)
        try:
            while waiting:
                chosen = self._next(waiting, point)
                waiting.remove(chosen)
                point[chosen.name] = (
                    fixed[chosen.name] if chosen.name in fixed else self._draw(chosen, point, draw)
                )
                for h in tuple(open_hypotheses):
                    if all(name in point for name in h.free):
                        open_hypotheses.remove(h)
                        self._repair(h, point, draw, fixed)
            self.define(point)
            point = {d.name: point[d.name] for d in self.declarations}
            if self.verify(point):
                return point
            return self._all_at_once(point, draw, fixed)
        except (NoValue, IllFormed, Undefined, Unsure):
            return None

    def _all_at_once(
        self, point: dict[str, PointValue], draw: Draw, fixed: Point
    ) -> dict[str, PointValue] | None:
        """The point with its equations solved together, where one alone undoes another."""
        from derive.refute.linked import solve_linked

        if not self.linked or any(self.context.names[name].indices for name in fixed):
            return None
        solve_linked(self, point, draw)
        self.define(point)
        return point if self.verify(point) else None

    def _next(self, waiting: list[Declaration], point: Point) -> Declaration:
        """Scalars before families; what a domain mentions before the domain."""
        ready = [
            d
            for d in waiting
            if all(
                name in point
                for t in (*d.indices, d.domain, *(() if d.definition is None else (d.definition,)))
                for name in t.free
            )
        ]
        if not ready:
            raise NoValue
        return min(ready, key=lambda d: len(d.indices) > 0)

    def _draw(self, d: Declaration, point: Point, draw: Draw) -> PointValue:
        if d.definition is not None:
            return defined(d, point)
        if not d.indices:
            return draw.member(d.domain, point, size=d.name in self.sizes)
        keys = index_values(d, point)
        if d.name in self.decaying and keys is None:
            return draw.decaying(d.domain, len(d.indices))
        if keys is None or d.domain.head == "Partial":
            return draw.function(d.domain, len(d.indices))
        return {key: draw.member(_at(d.domain, key), point) for key in keys}

    def _repair(self, h: Term, point: dict[str, PointValue], draw: Draw, fixed: Point) -> None:
        settled = set(fixed) | {
            name
            for d in self.declarations
            if d.indices and d.name in point
            for i in d.indices
            for name in i.free
        }
        targets = {d.name: d for d in self.declarations if d.name in self.drawn - settled}
        try:
            enforce(h, point, draw, targets)
        except NoValue:
            if not self.linked:
                raise

    def define(self, point: dict[str, PointValue]) -> None:
        """Compute the definitions again.  Raises NoValue where one is undefined."""
        for d in self.declarations:
            if d.definition is not None:
                point[d.name] = defined(d, point)

    def verify(self, point: Point) -> bool:
        """Whether the values satisfy every entry, certainly."""
        return all(in_domain(d, point) for d in self.declarations) and all(
            holds(h, point) is True for h in self.hypotheses
        )


def _is_linked(plan: Plan) -> bool:
    """Whether two equations are about one family that is drawn."""
    seen: set[str] = set()
    for h in plan.hypotheses:
        while h.head == "ForAll":
            h = h.args[0]
        if h.head == "Eq":
            own = {n for n in h.free if n in plan.drawn and plan.context.names[n].indices}
            if not own.isdisjoint(seen):
                return True
            seen |= own
    return False


def _at(domain: Term, key: tuple[int, ...]) -> Term:
    return instantiate(domain, *map(number, key)) if domain.loose else domain


def index_values(d: Declaration, point: Point) -> list[tuple[int, ...]] | None:
    """The indices of a family at a point; None for a function of real arguments."""
    keys: list[tuple[int, ...]] = [()]
    for domain in d.indices:
        longer: list[tuple[int, ...]] = []
        for key in keys:
            here = _at(domain, key)
            if here.head == "Bit":
                values = range(2)
            elif here.head == "Range":
                run = Evaluation(point)
                values = range(run.whole(here.args[0]), run.whole(here.args[1]) + 1)
            else:
                return None
            longer += [(*key, k) for k in values]
            if len(longer) > LARGEST:
                raise NoValue
        keys = longer
    return keys


def defined(d: Declaration, point: Point) -> PointValue:
    """The value of a definition: exact, else the formula itself.  Raises NoValue."""
    assert d.definition is not None
    if not d.indices:
        value = evaluate(d.definition, point)
        if value is UNDEFINED or value is UNKNOWN:
            raise NoValue
        return value if type(value) is Fraction else d.definition
    keys = index_values(d, point)
    if keys is None:
        return d.definition
    members: dict[tuple[int, ...], Fraction] = {}
    for key in keys:
        value = evaluate(instantiate(d.definition, *map(number, key)), point)
        if value is UNDEFINED or value is UNKNOWN:
            raise NoValue
        if type(value) is not Fraction:
            return d.definition
        members[key] = value
    return members


def in_domain(d: Declaration, point: Point) -> bool:
    """Whether the value of a symbol certainly lies where it was declared."""
    if d.domain.head == "Partial":
        return True
    value = point[d.name]
    if not d.indices:
        return holds(Term("In", (Term("symbol", (), d.name), d.domain)), point) is True
    keys = index_values(d, point)
    if isinstance(value, dict):
        if keys is None or set(value) != set(keys):
            return False
    elif d.definition is None or keys is None:
        return d.definition is None or d.domain.head == "Real"  # drawn to lie in the domain
    return all(
        holds(
            Term("In", (Term("member", tuple(map(number, key)), d.name), _at(d.domain, key))), point
        )
        is True
        for key in keys
    )
