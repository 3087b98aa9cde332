"""A glance at two sides before balls are computed: exact fractions, then plain floats.

A glance decides nothing.  It says where both sides are so plainly what a statement claims
that a closer look can wait until no proof is found; a difference, a doubt, or a function
that is not in the table here calls for the closer look.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import exp, log
from typing import TYPE_CHECKING, Any

from derive.refute.numbers import ONE, ZERO, IllFormed

if TYPE_CHECKING:
    from derive.refute.balls import Point
    from derive.term import Term

#: Floats beyond this size, and divisors or logarithms of less than this, are left alone.
LARGEST, SMALLEST = 1e6, 1e-6

#: Sides that differ by no more than this, relative to their size, seem equal.
NEAR = 1e-9

#: Turns of all loops of one glance.
STEPS = 20_000


class Unclear(Exception):  # noqa: N818  # a signal, not an error
    """A glance is not enough."""


def unsuspicious(s: Term, point: Point) -> bool:
    """Whether a comparison seems to hold at a point, both sides being defined.

    >>> from derive.functions import Eq, log
    >>> from derive.term import symbol
    >>> x = symbol("x")
    >>> [unsuspicious(Eq(log(x**2), 2*log(x)), {"x": Fraction(k)}) for k in (3, -3)]
    [True, False]
    """
    if s.head not in ("Eq", "Le", "Lt"):
        return False
    a, b = (roughly(t, point) for t in s.args)
    if a is None or b is None:
        return False
    if type(a) is Fraction and type(b) is Fraction:
        return a == b if s.head == "Eq" else a < b
    near = NEAR * max(1.0, abs(float(a)), abs(float(b)))
    return abs(float(a) - float(b)) <= near if s.head == "Eq" else bool(float(b) - float(a) > near)


def roughly(t: Term, point: Point) -> Fraction | float | None:
    """The value where it is exact, else about the value; None where that takes more care.

    Raises IllFormed when a symbol or a member has no value at the point.
    """
    try:
        found: Fraction | float = _Glance(point).value(t)
    except (Unclear, OverflowError, ZeroDivisionError, ValueError) as error:
        if isinstance(error, IllFormed):
            raise
        return None
    return found


class _Glance:
    """One evaluation; ``scope`` holds the values of the bound variables."""

    __slots__ = ("point", "scope", "steps")

    def __init__(self, point: Point) -> None:
        self.point = point
        self.scope: list[Fraction] = []
        self.steps = STEPS

    def value(self, t: Term) -> Any:
        """A Fraction or a float.  Raises Unclear or IllFormed."""
        if t.head == "number":
            return t.value
        if t.head == "bound":
            return self.scope[-1 - t.value]
        handler = _HANDLERS.get(t.head)
        if handler is None:
            raise Unclear
        found = handler(self, t)
        if type(found) is float and not -LARGEST < found < LARGEST:
            raise Unclear
        return found

    def whole(self, t: Term) -> int:
        value = self.value(t)
        if type(value) is not Fraction or value.denominator != 1:
            raise Unclear
        return value.numerator

    def turns(self, t: Term) -> list[Any]:
        """The values of a binder's body over its range."""
        body, lower, upper = t.args
        found = []
        for k in range(self.whole(lower), self.whole(upper) + 1):
            self.steps -= 1
            if self.steps < 0:
                raise Unclear
            self.scope.append(Fraction(k))
            try:
                found.append(self.value(body))
            finally:
                self.scope.pop()
        return found


def _symbol(run: _Glance, t: Term) -> Fraction:
    value = run.point.get(t.value)
    if type(value) is not Fraction:
        raise Unclear
    return value


def _member(run: _Glance, t: Term) -> Fraction:
    family = run.point.get(t.value)
    if type(family) is not dict:
        raise Unclear
    key = tuple(run.whole(a) for a in t.args)
    if key not in family:
        shown = ", ".join(map(str, key))
        raise IllFormed(f"{t.value}[{shown}] is outside the declared range")
    return family[key]


def _sum(values: list[Any]) -> Any:
    """Exact parts first: a float cannot be added to a fraction more than once."""
    exact, rough = ZERO, 0.0
    found = True
    for v in values:
        if type(v) is Fraction:
            exact += v
        else:
            rough, found = rough + v, False
    return exact if found else float(exact) + rough


def _product(values: list[Any]) -> Any:
    exact, rough = ONE, 1.0
    found = True
    for v in values:
        if type(v) is Fraction:
            exact *= v
        else:
            rough, found = rough * v, False
    return exact if found or not exact else float(exact) * rough


def _div(run: _Glance, t: Term) -> Any:
    a, b = run.value(t.args[0]), run.value(t.args[1])
    _away_from_zero(b)
    return a / b


def _pow(run: _Glance, t: Term) -> Any:
    b, e = run.value(t.args[0]), run.value(t.args[1])
    if type(e) is Fraction and e.denominator == 1:
        if e <= 0:
            _away_from_zero(b)
        if type(b) is Fraction and abs(e) > 64:
            raise Unclear
        return b ** int(e)
    _positive(b)
    return float(b) ** float(e)


def _away_from_zero(x: Any) -> None:
    if not x or (type(x) is float and abs(x) < SMALLEST):
        raise Unclear


def _positive(x: Any) -> None:
    _away_from_zero(x)
    if x < 0:
        raise Unclear


def _log(run: _Glance, t: Term) -> Any:
    a = run.value(t.args[0])
    if a == 1 and type(a) is Fraction:
        return ZERO
    _positive(a)
    return log(a)


def _exp(run: _Glance, t: Term) -> Any:
    a = run.value(t.args[0])
    return exp(a) if a or type(a) is float else ONE


_HANDLERS: dict[str, Callable[[_Glance, Term], Any]] = {
    "symbol": _symbol,
    "member": _member,
    "Add": lambda run, t: _sum([run.value(a) for a in t.args]),
    "Mul": lambda run, t: _product([run.value(a) for a in t.args]),
    "Neg": lambda run, t: -run.value(t.args[0]),
    "Abs": lambda run, t: abs(run.value(t.args[0])),
    "Sum": lambda run, t: _sum(run.turns(t)),
    "Product": lambda run, t: _product(run.turns(t)),
    "Div": _div,
    "Pow": _pow,
    "log": _log,
    "exp": _exp,
}
