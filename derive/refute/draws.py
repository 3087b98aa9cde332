"""Random values: members of a domain, and functions whose values lie in one."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.domains import INFINITY, MINUS_INFINITY, interval
from derive.functions import Abs, Le, Lt, Piecewise, exp, log, sigmoid
from derive.refute.balls import Point, between
from derive.term import Term, apply, number, term

#: Where a value is looked for, in this order of simplicity.
SIMPLE = tuple(
    Fraction(top, bottom)
    for top, bottom in (
        *((0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 1), (-3, 1)),
        *((1, 3), (2, 3), (3, 2), (-3, 2), (1, 4), (3, 4), (4, 1), (5, 1), (10, 1)),
        *((-1, 3), (7, 3), (1, 10)),
    )
)
_WEIGHTS = tuple(
    Fraction(top, bottom)
    for top, bottom in (
        *((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (4, 5)),
        *((1, 10), (9, 10), (1, 100), (99, 100)),
    )
)
#: Distances from the ends of a domain.
_NEAR = (Fraction(1, 100), Fraction(1, 1000), Fraction(1, 10**6))
#: Numbers that are far out.
_FAR = tuple(Fraction(sign * size) for size in (20, 60, 100, 1000) for sign in (1, -1))
#: So many simple numbers are given to every symbol at once, then to the first one.
CORNERS = 7
_SIZES = (2, 1, 3, 0, 4)


class NoValue(Exception):  # noqa: N818  # a signal, not an error
    """The domain has no member here, or none that was found."""


class Draw:
    """A source of values; the first ones are small and simple, later ones are not."""

    def __init__(self, random: Random, turn: int, constants: tuple[Fraction, ...]) -> None:
        self.random = random
        self.turn = turn
        self.drawn = 0
        near = [c + d for c in constants for d in (0, 1, -1, Fraction(1, 2))]
        self.pool = tuple(dict.fromkeys((*SIMPLE, *near)))
        self.constants = constants

    def fraction(self) -> Fraction:
        """Any rational number; the first draws go through the corners in order."""
        self.drawn += 1
        if self.turn < CORNERS or (self.turn < 2 * CORNERS and self.drawn == 1):
            return SIMPLE[self.turn % CORNERS]
        if self.turn < 2 * CORNERS + len(self.constants) and self.drawn == 1:
            return self.constants[self.turn - 2 * CORNERS]
        choice = self.random.random()
        if choice < 0.55:
            return self.random.choice(SIMPLE[:12])
        if choice < 0.8:
            return self.random.choice(self.pool)
        if choice < 0.85:
            return self.random.choice(_FAR)
        return Fraction(self.random.randint(-60, 60), self.random.randint(1, 13))

    def size(self) -> int:
        """How many members a family gets."""
        if self.turn < len(_SIZES):
            return _SIZES[self.turn]
        near = [int(c) + d for c in self.constants if c.denominator == 1 for d in (0, 1)]
        wanted = [k for k in near if 0 <= k <= 6]
        if wanted and self.random.random() < 0.3:
            return self.random.choice(wanted)
        return self.random.choice(_SIZES)

    def member(self, domain: Term, point: Point, size: bool = False) -> Fraction:
        """A member of a domain whose ends have values at the point.  Raises NoValue."""
        ends = interval(domain)
        if ends is not None:
            low, high, low_out, high_out = ends
            return self._between(_end(low, point), _end(high, point), low_out, high_out)
        if domain.head in ("Integer", "Natural", "Natural0"):
            return self._integer(domain.head, size)
        if domain.head == "Bit":
            return Fraction(self.random.randint(0, 1))
        if domain.head == "FiniteSet":
            return _exact(self.random.choice(domain.args), point)
        if domain.head == "Range":
            first, last = (_exact(a, point) for a in domain.args)
            return self._in_range(first, last, size)
        return self.fraction()

    def _in_range(self, low: Fraction, high: Fraction, size: bool) -> Fraction:
        if high < low or low.denominator != 1:
            raise NoValue
        wanted = low + self.size()
        if size and wanted <= high:
            return wanted
        return low + self.random.randint(0, min(int(high - low), 6))

    def _integer(self, head: str, size: bool) -> Fraction:
        least = {"Natural": 1, "Natural0": 0, "Integer": -4}[head]
        if size:
            return Fraction(max(self.size(), least))
        near = [c + d for c in self.constants if c.denominator == 1 for d in (0, 1, -1)]
        wanted = [k for k in near if least <= k <= 50]
        choice = self.random.random()
        if wanted and choice < 0.3:
            return self.random.choice(wanted)
        return Fraction(self.random.randint(least, 5 if choice < 0.9 else 20))

    def _between(
        self, low: Fraction | None, high: Fraction | None, low_out: bool, high_out: bool
    ) -> Fraction:
        for turn in range(12):
            x = self.fraction() if turn == 0 else self.random.choice(self.pool)
            if turn == 0 and self.random.random() < 0.1:
                return self._near(low, high, x)
            if low is not None and high is not None:
                if not low_out and self.random.random() < 0.15:
                    return low
                if not high_out and self.random.random() < 0.15:
                    return high
                if not low < x < high or self.random.random() < 0.6:
                    x = low + (high - low) * self.random.choice(_WEIGHTS)
            elif low is not None and x < low:
                x = 2 * low - x
            elif high is not None and x > high:
                x = 2 * high - x
            above = low is None or x > low or (x == low and not low_out)
            if above and (high is None or x < high or (x == high and not high_out)):
                return x
        raise NoValue

    def _near(self, low: Fraction | None, high: Fraction | None, x: Fraction) -> Fraction:
        """A number just inside of an end."""
        ends = [(end, side) for end, side in ((low, 1), (high, -1)) if end is not None]
        if not ends:
            return x
        end, side = self.random.choice(ends)
        length = 1 if low is None or high is None else high - low
        return end + side * length * self.random.choice(_NEAR)

    def simplex(self, count: int, total: Fraction, zeros: bool) -> list[Fraction]:
        """Numbers of one sign that add up to the total; often almost all of it is one."""
        if count > 1 and self.random.random() < 0.3:
            part = self.random.choice((Fraction(1, 10), Fraction(1, 100), Fraction(1, 3)))
            most = self.random.randrange(count)
            return [
                total * (1 - part) if k == most else total * part / (count - 1)
                for k in range(count)
            ]
        weights = [self.random.randint(0 if zeros else 1, 5) for _ in range(count)]
        if not sum(weights):
            weights[self.random.randrange(count)] = 1
        return [total * w / sum(weights) for w in weights]

    def function(self, domain: Term, count: int) -> Term:
        """A term open in so many variables with values in the domain.  Raises NoValue."""
        arguments = [Term("bound", (), count - 1 - k) for k in range(count)]
        t = self.random.choice(arguments)
        if count > 1:
            total = arguments[0]
            for a in arguments[1:]:
                total = total + a
            t = self.random.choice([*arguments, total, total])
        return self.random.choice(_functions(domain, t))

    def decaying(self, domain: Term, count: int) -> Term:
        """A function in the domain that falls so fast that what it is a factor of converges.

        Raises NoValue."""
        bell: Term = exp(-sum((Term("bound", (), k) ** 2 for k in range(1, count)),
                              Term("bound", (), 0) ** 2))  # fmt: skip
        positive = [bell, 2 * bell, bell / 2]
        known = {
            "Real": [*positive, -bell, number(0)], "Positive": positive, "Unit": [bell / 2],
            "Nonnegative": [*positive, number(0)],
        }  # fmt: skip
        return self.random.choice(known.get(domain.head) or _functions(domain, bell))


def _functions(domain: Term, t: Term) -> list[Term]:
    half = number(Fraction(1, 2))
    positive = [exp(t), t**2 + 1, number(2), exp(-(t**2)), number(1), 1 / (1 + t**2)]
    real = [t, t**2, exp(t), 1 - t, number(0), t**3 - t, apply("sin", t), number(-1)]
    step = Piecewise((1, Lt(0, t)), (0, True))
    known: dict[str, list[Term]] = {
        "Real": real,
        "Positive": positive,
        "Nonnegative": [*positive, t**2, Abs(t), number(0)],
        "Unit": [sigmoid(t), half, 1 / (2 + t**2), exp(-1 - t**2)],
        "Partial": [t, t**2, 1 / t, log(t), exp(t), Abs(t), number(2), number(0), 1 - t, 2 * t],
        "Integer": [number(0), number(1), number(-2), apply("floor", t)],
        "Natural": [number(1), number(2), 1 + step],
        "Natural0": [number(0), number(2), step],
        "Bit": [number(0), number(1), step, Piecewise((1, Le(t, 1)), (0, True))],
    }
    if domain.head in known:
        return known[domain.head]
    ends = interval(domain)
    if ends is None or domain.loose:
        raise NoValue
    low, high = ends[:2]
    if low == MINUS_INFINITY:
        return [high - p for p in positive]
    if high == INFINITY:
        return [low + p for p in positive]
    return [low + (high - low) * p for p in known["Unit"]]


def _end(t: Term, point: Point) -> Fraction | None:
    if t in (INFINITY, MINUS_INFINITY):
        return None
    return _exact(t, point)


def _exact(t: Term, point: Point) -> Fraction:
    """The value; of a ball some number in it, which is checked later."""
    ends = between(term(t), point)
    if ends is None:
        raise NoValue
    return ends[0]
