"""Witnesses: points that refute a statement, with rigorous values of both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from derive import notebook
from derive.context import Context
from derive.functions import RELATIONS
from derive.recall import memorable
from derive.refute.balls import UNDEFINED, UNKNOWN, Point, PointValue, evaluate
from derive.refute.critical import beside, large_points, neighbours, special_points
from derive.refute.draws import Draw, NoValue
from derive.refute.glance import unsuspicious
from derive.refute.numbers import IllFormed, decimals
from derive.refute.points import SAMPLE, Plan, index_values, points, sample
from derive.refute.relations import NEEDED, opened, refuting
from derive.term import Term, instantiate, symbol, walk

#: A ball as decimal strings that enclose the value; or that there is none.
Enclosure = tuple[str, str] | str

BUDGET = 60


class WitnessError(ValueError):
    """A point that is none of the context, or that does not refute the statement."""


class Place(NamedTuple):
    """One point of a witness: the symbols that matter, and both sides there."""

    at: dict[str, str]
    lhs: Enclosure
    rhs: Enclosure


class Witness:
    """Points of a context that refute a statement."""

    __slots__ = ("points", "relation", "values")

    def __init__(self, relation: str, places: tuple[Place, ...], values: tuple[Point, ...]) -> None:
        self.relation = relation
        #: What is shown.
        self.points = places
        #: The points themselves, every symbol of the context with its value.
        self.values = values

    def __repr__(self) -> str:
        return f"<Witness {self.sentence()}>"

    def _repr_html_(self) -> str:
        return notebook.html(self)

    def _repr_latex_(self) -> str:
        return notebook.latex(self)

    def data(self) -> dict[str, Any]:
        """The witness as plain data, ready for JSON."""
        return {
            "points": [
                {
                    "at": dict(p.at),
                    "lhs": p.lhs if isinstance(p.lhs, str) else list(p.lhs),
                    "rhs": p.rhs if isinstance(p.rhs, str) else list(p.rhs),
                }
                for p in self.points
            ]
        }

    def sentence(self) -> str:
        """One sentence for a reader."""
        said = []
        for p in self.points:
            where = ", ".join(f"{name} = {value}" for name, value in p.at.items())
            head = f"at {where}: " if where else ""
            if p.lhs == p.rhs and self.relation == "In":
                said.append(f"{head}the value is {_spoken(p.lhs)}")
            else:
                left, right = _NAMES.get(self.relation, ("the left side", "the right side"))
                said.append(f"{head}{left} is {_spoken(p.lhs)}, {right} is {_spoken(p.rhs)}")
        return "; ".join(said)


_NAMES = {
    "Argmin": ("the objective", "its value at the claimed minimiser"),
    "SameGradient": ("the left derivative", "the right derivative"),
}


def _spoken(value: Enclosure) -> str:
    if isinstance(value, str):
        return value
    low, high = value
    if low == high:
        return low
    shared = 0
    while shared < min(len(low), len(high)) and low[shared] == high[shared]:
        shared += 1
    digits = low[: max(shared, 1)]
    if "e" in low or "." not in digits.rstrip("."):
        return f"between {low} and {high}"
    return f"{digits[: digits.index('.') + 9]}..."


# -- searching ---------------------------------------------------------------------------


@memorable
def refute(
    context: Context,
    statement: Term,
    budget: int = BUDGET,
    seed: int = 0,
    thorough: bool = True,
    glance: bool = False,
) -> Witness | None:
    """A witness against the statement, made simple; None when none was found.

    ``budget`` is the number of points that are drawn.  ``thorough``: special positions and
    large integers are tried too, which takes several times as long when nothing is found.
    ``glance``: points at which the statement plainly seems to hold are passed over.

    >>> from derive.context import EMPTY
    >>> from derive.domains import REAL
    >>> from derive.functions import Eq
    >>> x = symbol("x")
    >>> refute(EMPTY.declare("x", REAL), Eq(x / x, 1)).sentence()
    'at x = 0: the left side is undefined, the right side is 1'
    """
    context, s = opened(context, statement)
    for candidate in candidates(context, s, budget, seed, thorough):
        try:
            if glance and len(candidate) == 1 and unsuspicious(s, candidate[0]):
                continue
            if refuting(context, s, candidate) is None:
                continue
        except IllFormed:
            continue
        from derive.refute.minimise import minimise

        return made(context, s, minimise(context, s, candidate))
    return None


def candidates(
    context: Context, s: Term, budget: int, seed: int, thorough: bool = True
) -> Iterator[tuple[dict[str, PointValue], ...]]:
    """Tuples of points that might refute a statement: ``budget`` drawn ones, some aimed at."""
    constants = constants_of(s, *context.hypotheses())
    if any(u.head in ("Integral", "Expectation") for _, u in walk(s)):
        budget, thorough = -(-budget // 6), False  # quadrature is slow
    if s.head not in RELATIONS or NEEDED[s.head] == 1:
        remembered = seed == 0 and budget <= SAMPLE
        for point in (
            islice(sample(context, constants), budget)
            if remembered
            else points(context, seed, budget, constants)
        ):
            yield (point,)
            if s.head == "Argmin" and len(s.args) == 3:
                yield from ((other,) for other in neighbours(context, s, point))
        for aimed in (special_points, large_points) if thorough else ():
            yield from ((point,) for point in aimed(context, s, seed, constants))
        return
    plan = Plan(context)
    for turn, base in enumerate(points(context, seed, max(budget // 4, 4), constants)):
        yield (base,)
        yield from groups(plan, s, base, seed + 7919 * turn, constants)


def groups(
    plan: Plan,
    s: Term,
    base: dict[str, PointValue],
    seed: int,
    constants: tuple[Fraction, ...],
    count: int = 8,
) -> Iterator[tuple[dict[str, PointValue], ...]]:
    """Points that differ in theta alone, as many at once as the relation needs."""
    thetas = {t.value for t in s.args[2:]}
    fixed = {
        d.name: base[d.name]
        for d in plan.declarations
        if d.name not in thetas and d.definition is None
    }
    yield from ((base, other) for other in beside(plan, base, sorted(thetas)))
    group: list[dict[str, PointValue]] = [base]
    for k in range(count):
        other = plan.attempt(Draw(Random(seed + k), 99, constants), fixed)
        if other is None or other in group:
            continue
        group.append(other)
        for earlier in group[:-1]:
            yield earlier, other
        if NEEDED[s.head] == 3 and len(group) >= 3:
            yield group[-3], group[-2], group[-1]
            yield base, group[-2], group[-1]


def constants_of(*terms: Term) -> tuple[Fraction, ...]:
    """The small numbers that occur."""
    found = {
        t.value: None for u in terms for _, t in walk(u) if t.head == "number" and abs(t.value) < 50
    }
    return tuple(found)


# -- showing -----------------------------------------------------------------------------


def made(context: Context, s: Term, chosen: tuple[Point, ...]) -> Witness:
    """The witness that these points are.  Raises WitnessError when they refute nothing."""
    sides = refuting(context, s, chosen)
    if sides is None:
        raise WitnessError("the statement is not refuted there")
    places = tuple(
        Place(shown(context, s, point), enclosure(a), enclosure(b))
        for point, (a, b) in zip(chosen, sides, strict=True)
    )
    return Witness(s.head, places, chosen)


def enclosure(value: Any) -> Enclosure:
    """A value as decimal strings."""
    if value is UNDEFINED:
        return "undefined"
    if value is UNKNOWN:
        return "unknown"
    return decimals(value)


def shown(context: Context, s: Term, point: Point) -> dict[str, str]:
    """The symbols that matter to a statement, as they were declared, with their values."""
    names: dict[str, None] = {}
    waiting = [t.value for _, t in walk(s) if t.head in ("symbol", "member")]
    while waiting:
        name = waiting.pop(0)
        if name in names:
            continue
        names[name] = None
        definition = context.names[name].definition
        if definition is not None:
            waiting += sorted(definition.free)
    at: dict[str, str] = {}
    for name in filter(names.__contains__, context.names):  # as they were declared
        value = point[name]
        if isinstance(value, dict):
            for key, number in value.items():
                at[f"{name}[{','.join(map(str, key))}]"] = str(number)
        elif isinstance(value, Term):
            at.update(_formula(context, name, value, point))
        else:
            at[name] = str(value)
    return at


def _formula(context: Context, name: str, value: Term, point: Point) -> dict[str, str]:
    """A definition by its ball, an abstract function by its formula."""
    declared = context.names[name]
    if not declared.indices:
        found = evaluate(value, point)
        if found is UNKNOWN or found is UNDEFINED:
            return {}
        low, high = decimals(found)
        return {name: low if low == high else f"[{low}, {high}]"}
    hints = declared.hints[: value.loose] if value.loose else ()
    arguments = [symbol(h) for h in (*hints, *"tuvw")][: len(declared.indices)]
    called = ", ".join(a.value for a in arguments)
    return {f"{name}({called})": repr(instantiate(value, *arguments))}


# -- checking ----------------------------------------------------------------------------


def verify(witness: Witness, context: Context, statement: Term) -> bool:
    """Whether the points are points of the context and refute the statement."""
    return remade(context, statement, witness.values) is not None


def remade(context: Context, statement: Term, values: tuple[Point, ...]) -> Witness | None:
    """The witness that some points are, when they are points of the context and refute."""
    context, s = opened(context, statement)
    plan = Plan(context)
    try:
        good = (
            bool(values)
            and all(set(p) == set(context.names) and plan.verify(p) for p in values)
            and _only_theta_differs(s, values)
        )
        return made(context, s, values) if good else None
    except (IllFormed, ValueError):
        return None


def _only_theta_differs(s: Term, values: tuple[Point, ...]) -> bool:
    thetas = {t.value for t in s.args[2:]} if s.head in RELATIONS else set()
    first = values[0]
    return all(
        p[name] == first[name] or isinstance(p[name], Term)
        for p in values[1:]
        for name in first
        if name not in thetas
    )


def witness_at(context: Context, statement: Term, assignments: Mapping[str, Fraction]) -> Witness:
    """The witness at a point that somebody names: ``{"n": 2, "p[1]": Fraction(1, 2)}``.

    Raises WitnessError when the values are not a point of the context, leave a symbol of
    the statement open, or do not refute it.
    """
    context, s = opened(context, statement)
    plan = Plan(context)
    fixed = _assigned(plan, assignments)
    for name in s.free:
        if name not in fixed and context.names[name].definition is None:
            raise WitnessError(f"{name} has no value at this point")
    found = None
    for turn in range(20):
        try:
            point = plan.attempt(Draw(Random(turn), turn, ()), fixed)
        except ValueError as error:
            raise WitnessError(str(error)) from None
        if point is not None:
            found = point
            if refuting(context, s, (point,)) is not None:
                break
            group = _with_other_theta(plan, s, point)
            if group is not None:
                return made(context, s, group)
            if set(plan.drawn) <= set(fixed):
                break
    if found is None:
        raise WitnessError("these values do not satisfy the context")
    return made(context, s, (found,))


def _with_other_theta(
    plan: Plan, s: Term, base: dict[str, PointValue]
) -> tuple[dict[str, PointValue], ...] | None:
    """Points that refute a relation in theta, the first one given."""
    if NEEDED.get(s.head, 1) == 1:
        return None
    for group in groups(plan, s, base, 0, constants_of(s), 24):
        if group[0] is base and refuting(plan.context, s, group) is not None:
            return group
    return None


def _assigned(plan: Plan, assignments: Mapping[str, Fraction]) -> dict[str, PointValue]:
    fixed: dict[str, PointValue] = {}
    families: dict[str, dict[tuple[int, ...], Fraction]] = {}
    for spelled, value in assignments.items():
        name, bracket, inside = spelled.partition("[")
        if name not in plan.context.names:
            raise WitnessError(f"{name} is not declared")
        if not bracket:
            fixed[name] = Fraction(value)
            continue
        try:
            key = tuple(int(k) for k in inside.rstrip("] ").split(","))
        except ValueError:
            raise WitnessError(f"{spelled} is not a member with whole indices") from None
        families.setdefault(name, {})[key] = Fraction(value)
    for name, family in families.items():
        fixed[name] = _whole_family(plan, name, family, fixed)
    return fixed


def _whole_family(
    plan: Plan, name: str, family: dict[tuple[int, ...], Fraction], fixed: dict[str, PointValue]
) -> PointValue:
    try:
        keys = index_values(plan.context.names[name], fixed)
    except (NoValue, IllFormed):
        keys = None
    if keys is None:
        raise WitnessError(f"give values to the sizes of {name} too")
    missing = [k for k in keys if k not in family]
    extra = [k for k in family if k not in keys]
    for wrong, what in ((missing, "has no value"), (extra, "is outside the declared range")):
        if wrong:
            raise WitnessError(f"{name}[{','.join(map(str, wrong[0]))}] {what}")
    return {k: family[k] for k in keys}
