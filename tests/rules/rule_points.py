"""Points of a rule's context, and what a statement is worth at one of them.

Written apart from ``derive.refute.points``, which must satisfy many kinds of contexts: a rule
is small, so its points are drawn from small pools of awkward values (0, bits, negatives,
empty ranges, functions with kinks and gaps) and rejected when a need does not hold.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from derive.context import Context, Declaration
from derive.domains import PARTIAL, REAL, elements, interval, promises
from derive.functions import Abs, Le, Lt, Max, Min, Piecewise, exp, log
from derive.plain import read
from derive.refute import integrals, numbers
from derive.refute.balls import UNDEFINED, UNKNOWN, evaluate, working
from derive.refute.numbers import IllFormed
from derive.term import Term, bound, instantiate, number, symbol, walk

F = Fraction
HALVES = [F(k, 2) for k in (-4, -3, -2, -1, 0, 1, 2, 4, 5, 6)]
REALS = [*HALVES, F(0), F(1), F(1, 3), F(1, 10)]
UNITS = [F(1, 2), F(1, 3), F(2, 3), F(1, 4), F(3, 4), F(1, 10), F(9, 10)]
#: Where the functions of the library have kinks, gaps and poles: a grid must hold them.
CORNERS = (F(-1), F(0), F(1))
sin, cos = (lambda t, head=head: Term(head, (t,)) for head in ("sin", "cos"))
GAP = Term("Div", (number(1), number(0)))

Point = dict[str, Any]

#: Bits of a ball at first, and at most.
PRECISION, FINEST = 128, 512


class Rejected(Exception):  # noqa: N818  # a signal, not an error
    """The values drawn so far do not satisfy all needs; ``undefined``: one is not defined."""

    def __init__(self, undefined: bool = False) -> None:
        super().__init__()
        self.undefined = undefined


def _functions() -> list[Term]:
    """Functions of one variable, ``bound(0)``: smooth, with kinks, jumps, gaps, poles."""
    t = bound(0)
    half = number(F(1, 2))
    return [
        number(0), number(1), number(2), number(-1), t, t, -t, 2 * t + 1, 1 - t, t / 2, t**2, t**2,
        t**2 / 2, t - half, t**3, 1 + t**2, -(t**2), 1 / t, Abs(t), Max(t, 0), Min(t, 1), exp(t),
        exp(-t), log(t), t**half, GAP, Piecewise((t, Le(t, 0)), (2 * t, True)),
        Piecewise((t, Lt(t, 0)), (t + 1, True)), Piecewise((GAP, Lt(t, 0)), (t, True)),
        1 / (1 - t), -1 / t, Abs(t) + 1, Abs(t) - 1, Min(t, -1),
        Piecewise((t, Lt(t, 0)), (t - 5, True)), Piecewise((t, Le(t, 0)), (t - 5, True)),
        Piecewise((0, Lt(t, 0)), (1, True)), Piecewise((0, Le(t, 0)), (1, True)),
    ]  # fmt: skip


def _indexed() -> list[Term]:
    """Functions of an index ``bound(1)`` and a real number ``bound(0)``."""
    i, t = bound(1), bound(0)
    return [
        number(1), i, t, i * t, t + i, t**2 * i, t**2 + i, exp(i * t), exp(t) + i, Abs(t - i),
        log(t + i), 1 / (t - i), t * (t - i), Piecewise((t, Lt(i, 1)), (GAP, True)),
        Piecewise((GAP, Lt(i, 1)), (t**2, True)), Max(t, i),
    ]  # fmt: skip


ONE_VARIABLE, INDEX_AND_VARIABLE = _functions(), _indexed()


def _integrands() -> list[Term]:
    """Functions that are smooth, symmetric, integrable on the line, or have gaps."""
    t = bound(0)
    bell = exp(-(t**2))
    smooth = [number(0), number(1), t, t**2, t**3 + 1, exp(-t), sin(t), cos(t), 1 / (1 + t**2)]
    tame = [bell, t * bell, (t + 1) * bell, t**2 * bell, exp(-(t**2) + t), sin(t) * bell]
    inverse = 1 / ((1 - t) * (1 + t))
    gaps = [GAP, t / t, 1 / t, log(t), *[t**2 * bell / t] * 3, bell / t]
    gaps += [t * inverse, inverse] * 2
    return [*smooth, *tame, *tame, *gaps]


def _summands() -> list[Term]:
    """Functions of an index whose sums without end converge, or have gaps."""
    k = bound(0)
    half = number(F(1, 2))
    small = half ** (k + 9)  # indices from -9 on
    return [
        number(0), small, k * small, (-half) ** (k + 9), k**2 * small, number(1), number(-1), GAP,
        Piecewise((1, Le(k, 0)), (GAP, True)), exp(-k), small / k, small / k,
    ]  # fmt: skip


INTEGRANDS, SUMMANDS = _integrands(), _summands()

#: Real numbers beside integrals.
PLAIN = (F(-1), F(-1, 2), F(0), F(0), F(1), F(2))

#: Any law, as one of several.
LAWS = ("Normal(mean=1, variance=2)", "Poisson(rate=1/2)", "Bernoulli(p=1/3)",
        "Exponential(rate=2)", "Uniform(lower=0, upper=2)", "Binomial(n=3, p=1/4)",
        "Normal(mean=0, variance=-1)")  # fmt: skip


def _law(random: Random) -> Term:
    text = random.choice(LAWS)
    return read(f"Expectation(x, (x, {text}))").args[1]


@cache
def about_integrals(*statements: Term) -> bool:
    """Whether statements speak of integrals or expectations."""
    return any(t.head in ("Integral", "Expectation") for s in statements for _, t in walk(s))


def _number(t: Term, point: Point) -> Fraction:
    value = evaluate(t, point)
    if type(value) is not Fraction:
        raise Rejected
    return value


def _real(random: Random) -> Fraction:
    if random.random() < 0.15:
        return F(random.randint(-60, 60), random.randint(1, 12))
    return random.choice(REALS)


def _between(low: Fraction, high: Fraction, closed: bool, random: Random) -> Fraction:
    if high < low or (high == low and not closed):
        raise Rejected
    if closed and random.random() < 0.3:
        return random.choice((low, high))
    return low + (high - low) * random.choice(UNITS)


def draw(domain: Term, point: Point, random: Random) -> Any:
    """A value in a domain.  Raises Rejected when it is empty."""
    head = domain.head
    if head == "Partial":
        return GAP if random.random() < 0.1 else _real(random)
    if head == "Real":
        return _real(random)
    if head in ("Positive", "Nonnegative"):
        value = abs(_real(random))
        return value if value or head == "Nonnegative" else F(1, 7)
    if head == "Unit":
        return random.choice(UNITS)
    if head == "Bit":
        return F(random.randint(0, 1))
    if head == "FiniteSet":
        return _number(random.choice(domain.args), point)
    if head == "Range":
        first, last = _ends(domain, point)
        if last < first:
            raise Rejected
        return F(random.randint(first, last))
    low_integer = {"Integer": -2, "Natural": 1, "Natural0": 0}.get(head)
    if low_integer is not None:
        return F(random.randint(low_integer, 4))
    ends = interval(domain)
    assert ends is not None, f"no values for {domain}"
    low, high = (_number(a, point) for a in ends[:2])
    return _between(low, high, head == "Closed", random)


def _family(
    entry: Declaration, point: Point, random: Random, margin: int, integrand: bool = False
) -> Any:
    """A family as its members, an abstract function as a term."""
    discrete = [d.head == "Range" for d in entry.indices]
    if discrete == [True] and entry.indices[0].args[1].head == "oo":
        return random.choice(SUMMANDS)
    if integrand and len(discrete) == 1:
        return random.choice(INTEGRANDS)
    if not any(discrete):
        if len(discrete) > 1:
            return random.choice(INDEX_AND_VARIABLE)
        same = [v for v in point.values() if isinstance(v, Term) and v.loose == 1]
        reuse = same and random.random() < 0.4
        return random.choice(same if reuse else ONE_VARIABLE)
    if not all(discrete):
        return random.choice(INDEX_AND_VARIABLE)
    if entry.domain == PARTIAL and random.random() < 0.2:
        return GAP
    inside = set(_keys(entry, point, 0))
    members: dict[tuple[int, ...], Any] = {}
    common: Any = None
    alike = random.random() < 0.2  # constant and zero families are awkward values too
    for key in _keys(entry, point, margin):
        own = entry.domain if key in inside and entry.domain != PARTIAL else REAL
        own = instantiate(own, *map(number, key))
        if not (alike and key in inside and common is not None):
            members[key] = draw(own, point, random)
            common = members[key] if key in inside else common
        else:
            members[key] = common
    return members


def _keys(entry: Declaration, point: Point, margin: int) -> list[tuple[int, ...]]:
    """The indices of a family; with a margin also those just outside its ranges."""
    keys: list[tuple[int, ...]] = [()]
    for domain in entry.indices:
        grown: list[tuple[int, ...]] = []
        for key in keys:
            first, last = _ends(instantiate(domain, *map(number, key)), point)
            grown += [(*key, k) for k in range(first - margin, last + 1 + margin)]
        keys = grown
    return keys


def _ends(domain: Term, point: Point) -> tuple[int, int]:
    """The first and the last integer of a range."""
    low, high = (_number(a, point) for a in domain.args)
    return -(-low.numerator // low.denominator), high.numerator // high.denominator


def _repair(statement: Term, point: Point, random: Random) -> bool:
    """Change one value so that an equation may hold; whether anything was changed."""
    if statement.head != "Eq":
        return False
    for own, other in (statement.args, statement.args[::-1]):
        if own.head == "symbol":
            value = evaluate(other, point)
            if type(value) is Fraction:
                point[own.value] = value
                return True
    left, right = (evaluate(a, point) for a in statement.args)
    if type(left) is not Fraction or type(right) is not Fraction:
        return False
    families = (t.value for _, t in walk(statement) if t.head == "member")
    name = next((f for f in families if isinstance(point[f], dict)), None)
    if name is None or not point[name]:
        return False
    key = random.choice(list(point[name]))
    point[name] = {**point[name], key: point[name][key] + right - left}
    return True


def draw_point(context: Context, random: Random, margin: int = 0, integrand: bool = False) -> Point:
    """A point of the context.  Raises Rejected when the values drawn are none.

    With a margin, families have members outside their declared range too, real numbers of
    which nothing is promised.
    """
    point: Point = {}
    repaired = False
    for entry in context.entries():
        if isinstance(entry, Declaration):
            if entry.indices:
                point[entry.name] = _family(entry, point, random, margin, integrand)
            elif entry.name == "law":
                point[entry.name] = _law(random)
            elif integrand and entry.domain in (REAL, PARTIAL):
                # Quadrature costs: with few numbers the gaps are hit sooner.
                gap = entry.domain == PARTIAL and random.random() < 0.1
                point[entry.name] = GAP if gap else random.choice(PLAIN)
            else:
                point[entry.name] = draw(entry.domain, point, random)
        elif value_of(entry.statement, point) is not True:
            try:
                found = _repair(entry.statement, point, random)
            except IllFormed:
                raise Rejected from None
            if not found:
                raise Rejected(is_undefined(entry.statement, point))
            repaired = True
    if repaired and not _satisfies(context, point):
        raise Rejected
    return point


def _satisfies(context: Context, point: Point) -> bool:
    for entry in context.entries():
        if not isinstance(entry, Declaration):
            if value_of(entry.statement, point) is not True:
                return False
        elif entry.domain != PARTIAL and isinstance(point[entry.name], Fraction):
            inside = Term("In", (symbol(entry.name), entry.domain))
            if value_of(inside, point) is not True:
                return False
        elif isinstance(point[entry.name], dict):
            for key in _keys(entry, point, 0):
                indices = tuple(map(number, key))
                own = Term("member", indices, entry.name)
                inside = Term("In", (own, instantiate(entry.domain, *indices)))
                if value_of(inside, point) is not True:
                    return False
    return True


def is_undefined(statement: Term, point: Point) -> bool:
    """Whether a side of a need is certainly undefined at a point."""
    try:
        return any(evaluate(a, point) is UNDEFINED for a in statement.args if a.loose == 0)
    except IllFormed:
        return False


# -- what a statement is worth -------------------------------------------------------------


def value_of(statement: Term, point: Point) -> bool | None:
    """Whether a statement holds: False also when a side is undefined, None when undecided.

    Two enclosures that meet and are narrow count as equal: ball arithmetic can refute an
    equation between irrational numbers, and 20 digits that agree are all it can confirm.
    """
    if not about_integrals(statement):
        return _sure_value(statement, point)
    here = frozenset((name, _hashable(point[name])) for name in statement.free)
    key = (statement, here, FINEST, integrals.EVALUATIONS)
    if key not in _VALUES:  # integrals cost, and the pools are small: the same are asked again
        _VALUES[key] = _sure_value(statement, point)
    return _VALUES[key]


_VALUES: dict[Hashable, bool | None] = {}


def _hashable(value: Any) -> Hashable:
    return frozenset(value.items()) if isinstance(value, dict) else value


def _sure_value(statement: Term, point: Point) -> bool | None:
    try:
        return _value(statement, point)
    except IllFormed:
        return False


def _value(s: Term, point: Point) -> bool | None:
    if s.head == "ForAll":
        return _everywhere(s, point)
    if s.head == "In":
        return _inside(s.args[0], s.args[1], point)
    sides = [evaluate(a, point, PRECISION, FINEST) for a in s.args]
    if UNDEFINED in sides:
        return False
    if UNKNOWN in sides:
        return None
    return _compare(s.head, *sides)


def _compare(head: str, a: Any, b: Any) -> bool | None:
    with working(PRECISION):
        difference = numbers.add(b, -a)
        narrow = (1 + abs(numbers.ball(a))) * numbers.ball(F(1, 10**20))
    try:
        sign = numbers.exact_sign(difference)
    except numbers.Unsure:
        if not difference.rad() < narrow:
            return None
        return {"Eq": True, "Le": True, "Lt": None, "Ne": None}[head]
    return {"Eq": sign == 0, "Ne": sign != 0, "Le": sign >= 0, "Lt": sign > 0}[head]


def _inside(t: Term, domain: Term, point: Point) -> bool | None:
    value = evaluate(t, point, PRECISION, FINEST)
    if value is UNDEFINED:
        return False
    if value is UNKNOWN:
        return None
    if domain in (PARTIAL, REAL):
        return True
    if domain.head in ("Bit", "FiniteSet"):
        found = [_compare("Eq", value, evaluate(e, point)) for e in elements(domain) or ()]
        return True if True in found else None if None in found else False
    results: list[bool | None] = []
    for promise in promises(domain, t):
        if promise.head == "In":
            nearest = value if type(value) is Fraction else None
            results.append(None if nearest is None else nearest.denominator == 1)
        else:
            results.append(_value(promise, point))
    return False if False in results else None if None in results else True


def _everywhere(s: Term, point: Point) -> bool | None:
    body, domain = s.args
    if domain.head == "Range":
        endless = domain.args[1].head == "oo"
        first, last = (int(_number(domain.args[0], point)), 20) if endless else _ends(domain, point)
        places = [F(k) for k in range(first, last + 1)]
    else:
        ends = interval(domain)
        assert ends is not None
        wide = domain == REAL
        low, high = (F(-3), F(3)) if wide else tuple(_number(a, point) for a in ends[:2])
        inner = [low + (high - low) * F(k, 8) for k in range(1, 8)]
        places = sorted({p for p in (*inner, *CORNERS) if low < p < high})
    results = [_value(instantiate(body, number(p)), point) for p in places]
    return False if False in results else None if None in results else True
