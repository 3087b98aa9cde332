"""Rigorous values of terms at points: exact where possible, else enclosed in a ball.

A *point* maps the name of a scalar to a Fraction, of a family to its members
(``{(1,): Fraction(1, 2), ...}``), of an abstract function to a term with one open variable
an argument.  A symbol or a family that is defined by a formula may have that formula (a
term, open in the indices) as its value.

The answer is a number, ``UNDEFINED`` (certainly), or ``UNKNOWN``.  A ball that does not
decide a question is refined; when that does not help either, the answer is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from derive.functions import FUNCTIONS
from derive.refute import jets, numbers
from derive.refute.jets import Jet
from derive.refute.numbers import ONE, ZERO, IllFormed, Undefined, Unsure
from derive.refute.values import VALUES
from derive.term import Term

PointValue = Fraction | Term | dict[tuple[int, ...], Fraction]
Point = Mapping[str, PointValue]

#: Bits of the first attempt and of the last.
PRECISION, FINEST = 64, 512

#: Turns of all loops of one evaluation.
STEPS = 50_000


class Nothing:
    """The answer when there is no number."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


UNDEFINED, UNKNOWN = Nothing("UNDEFINED"), Nothing("UNKNOWN")


class Evaluation:
    """One evaluation at one point; ``scope`` holds the values of the bound variables, and
    ``still`` those of what does not move while an integral is enclosed."""

    __slots__ = ("level", "point", "scope", "steps", "still")

    def __init__(self, point: Point, steps: int = STEPS) -> None:
        self.point = point
        self.scope: list[Any] = []
        self.still: dict[Term, Any] = {}
        self.steps = steps
        self.level = 0

    def value(self, t: Term) -> Any:
        """The value.  Raises Undefined, Unsure or IllFormed."""
        head = t.head
        if head == "number":
            return t.value
        if head == "bound":
            return self.scope[-1 - t.value]
        known = HANDLERS.get(head)
        if known is not None:
            return known(self, t)
        if head in VALUES:
            return self.call(head, [self.value(a) for a in t.args])
        if head.endswith(("Mass", "Density")):
            return self.value(density(t))
        raise Unsure(f"{head} has no value")

    def call(self, head: str, arguments: list[Any]) -> Any:
        """A function of the table at values; a jet when one of them is."""
        level = -1
        exact = True
        for a in arguments:
            if type(a) is not Fraction:
                exact = False
                if type(a) is Jet and a.level > level:
                    level = a.level
        function = VALUES[head]
        if exact and arguments:
            found = function.exact(*arguments)
            if found is not None:
                return found
        if level < 0:
            result = function.ball(*map(numbers.ball, arguments))
            if type(result) is not Fraction and not result.is_finite():
                raise Unsure(f"{head} has no finite enclosure", finer=True)
            return result
        return self._chain_rule(head, arguments, level)

    def _chain_rule(self, head: str, arguments: list[Any], level: int) -> Jet:
        split = [jets.parts(a, level) for a in arguments]
        inner = [value for value, _ in split]
        one_sided = any(type(a) is Jet and a.one_sided for a in arguments)
        slope: Any = ZERO
        try:
            value = self.call(head, inner)
        except Undefined:
            if one_sided:  # the limit lies at the border of where the function is defined
                raise Unsure(f"{head} at the border of its domain") from None
            raise
        for a, (_, change), partial in zip(arguments, split, VALUES[head].slopes, strict=True):
            if type(a) is not Jet or a.level != level:
                continue
            if partial is None:
                raise Unsure(f"the derivative of {head} is not known")
            try:
                factor = self.within(partial, inner)
            except Undefined:
                raise Unsure(f"the derivative of {head} at a border") from None
            slope = jets.add(slope, jets.multiply(factor, change))
        return Jet(level, value, slope, one_sided)

    def within(self, body: Term, scope: list[Any]) -> Any:
        """The value of a term that is open in the given values only."""
        kept, self.scope = self.scope, scope
        try:
            return self.value(body)
        finally:
            self.scope = kept

    def under(self, body: Term, value: Any) -> Any:
        """The value of a binder's body for a value of its variable."""
        self.scope.append(value)
        try:
            return self.value(body)
        finally:
            self.scope.pop()

    def spend(self, count: int = 1) -> None:
        """Take turns from the budget.  Raises Unsure when it is used up."""
        self.steps -= count
        if self.steps < 0:
            raise Unsure("the evaluation takes too many steps")

    def whole(self, t: Term) -> int:
        """The integer that a term denotes.  Raises Undefined when it is none."""
        value = self.value(t)
        if type(value) is Jet:
            if numbers.exact_sign(jets.core(value.slope)) != 0:
                raise Undefined("an integer that changes")
            raise Unsure("an integer that may change")
        return numbers.integer(value)

    def turns(self, lower: Term, upper: Term) -> Iterator[Fraction]:
        """The values of an index.  Raises Undefined when a bound is no integer."""
        for k in range(self.whole(lower), self.whole(upper) + 1):
            self.spend()
            yield Fraction(k)

    def truth(self, condition: Term) -> bool:
        """Whether a condition is true.  Raises Undefined or Unsure."""
        from derive.refute.truth import truth

        return truth(self, condition)


def density(t: Term) -> Term:
    """The formula of a mass or density with the arguments filled in."""
    from derive import distributions

    formula = getattr(distributions, "density_term", None)
    found: Term | None = None if formula is None else formula(t)
    if found is None:
        raise Unsure(f"{t.head} has no formula")
    return found


# -- heads that are not plain functions of their arguments -------------------------------


def _symbol(run: Evaluation, t: Term) -> Any:
    value = run.point.get(t.value)
    if type(value) is Fraction:
        return value
    if type(value) is Term:
        return run.within(value, [])
    raise IllFormed(f"{t.value} has no value at this point")


def _member(run: Evaluation, t: Term) -> Any:
    family = run.point.get(t.value)
    arguments = [run.value(a) for a in t.args]
    if type(family) is Term:
        return run.within(family, arguments)
    if type(family) is not dict:
        raise IllFormed(f"{t.value} has no members at this point")
    key = []
    for a in arguments:
        if type(a) is Jet:
            raise Unsure("an index that changes")
        key.append(numbers.integer(a))
    found = family.get(tuple(key))
    if found is None:
        shown = ", ".join(map(str, key))
        raise IllFormed(f"{t.value}[{shown}] is outside the declared range")
    return found


def _add(run: Evaluation, t: Term) -> Any:
    total = run.value(t.args[0])
    for a in t.args[1:]:
        total = jets.add(total, run.value(a))
    return total


def _mul(run: Evaluation, t: Term) -> Any:
    product = run.value(t.args[0])
    for a in t.args[1:]:
        product = jets.multiply(product, run.value(a))
    return product


def _fold(combine: Callable[[Any, Any], Any]) -> Callable[[Evaluation, Term], Any]:
    def fold(run: Evaluation, t: Term) -> Any:
        values = [run.value(a) for a in t.args]
        best = values[0]
        for v in values[1:]:
            best = combine(best, v)
        return best

    return fold


def _each(change: Callable[..., Any]) -> Callable[[Evaluation, Term], Any]:
    return lambda run, t: change(*[run.value(a) for a in t.args])


def _delta(a: Any, b: Any) -> Fraction:
    return ONE if jets.equal(a, b) else ZERO


def _piecewise(run: Evaluation, t: Term) -> Any:
    for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
        if run.truth(condition):
            return run.value(value)
    raise Undefined("no branch of the Piecewise applies")


def _sum(run: Evaluation, t: Term) -> Any:
    body, lower, upper = t.args
    if upper.head == "oo":
        from derive.refute.series import series

        return series(run, t)
    total: Any = ZERO
    for k in run.turns(lower, upper):
        total = jets.add(total, run.under(body, k))
    return total


def _product(run: Evaluation, t: Term) -> Any:
    body, lower, upper = t.args
    product: Any = ONE
    for k in run.turns(lower, upper):
        product = jets.multiply(product, run.under(body, k))
    return product


def _exponentials(run: Evaluation, t: Term) -> Any:
    body, lower, upper = t.args[:3]
    total: Any = ZERO
    for k in run.turns(lower, upper):
        total = jets.add(total, run.call("exp", [run.under(body, k)]))
    return total


def _softmax(run: Evaluation, t: Term) -> Any:
    body, lower, upper, place = t.args
    if not run.whole(lower) <= run.whole(place) <= run.whole(upper):
        raise Undefined("softmax of a class outside the range")
    if run.whole(lower) == run.whole(upper):
        run.under(body, Fraction(run.whole(place)))
        return ONE  # the only class
    total = _exponentials(run, t)
    own = run.call("exp", [run.under(body, Fraction(run.whole(place)))])
    return jets.divide(own, total)


def _logsumexp(run: Evaluation, t: Term) -> Any:
    body, lower, upper = t.args
    if run.whole(lower) == run.whole(upper):
        return run.under(body, Fraction(run.whole(lower)))
    return run.call("log", [_exponentials(run, t)])


def _derivative(run: Evaluation, t: Term) -> Any:
    from derive.refute.slopes import derivative

    return derivative(run, t)


def _integral(run: Evaluation, t: Term) -> Any:
    from derive.refute.integrals import integral

    return integral(run, t)


def _expectation(run: Evaluation, t: Term) -> Any:
    from derive.refute.integrals import expectation

    return expectation(run, t)


HANDLERS: dict[str, Callable[[Evaluation, Term], Any]] = {
    "symbol": _symbol,
    "member": _member,
    "Add": _add,
    "Mul": _mul,
    "Neg": _each(jets.negate),
    "Div": _each(jets.divide),
    "Pow": _each(jets.power),
    "Abs": _each(jets.absolute),
    "sign": _each(jets.signum),
    "floor": _each(jets.floor),
    "Max": _fold(jets.larger),
    "Min": _fold(jets.smaller),
    "KroneckerDelta": _each(_delta),
    "Piecewise": _piecewise,
    "Sum": _sum,
    "Product": _product,
    "softmax": _softmax,
    "logsumexp": _logsumexp,
    "Derivative": _derivative,
    "Integral": _integral,
    "Expectation": _expectation,
}


def missing_heads() -> tuple[str, ...]:
    """Heads of formulas that have no value; ``oo`` is none by design."""
    return tuple(h for h in FUNCTIONS if h not in HANDLERS and h not in VALUES and h != "oo")


# -- asking ------------------------------------------------------------------------------


@contextmanager
def working(precision: int) -> Iterator[None]:
    """Balls of so many bits within the block."""
    earlier = numbers.set_precision(precision)
    try:
        yield
    finally:
        numbers.set_precision(earlier)


def refined(compute: Callable[[], Any], precision: int = PRECISION, finest: int = FINEST) -> Any:
    """What ``compute`` returns, with a higher precision when that may decide it.

    UNDEFINED or UNKNOWN when it raises so.
    """
    while True:
        earlier = numbers.set_precision(precision)
        try:
            return compute()
        except Undefined:
            return UNDEFINED
        except Unsure as reason:
            if not reason.finer or precision * 2 > finest:
                return UNKNOWN
        except RecursionError:
            return UNKNOWN
        finally:
            numbers.set_precision(earlier)
        precision *= 2


def evaluate(
    t: Term, point: Point, precision: int = PRECISION, finest: int = FINEST, steps: int = STEPS
) -> Any:
    """The value of a term at a point: a Fraction, a ball, UNDEFINED or UNKNOWN.

    Raises IllFormed when a symbol or a member has no value at the point.

    >>> from derive.term import symbol
    >>> x = symbol("x")
    >>> evaluate(x / x, {"x": Fraction(3)}), evaluate(x / x, {"x": Fraction(0)})
    (Fraction(1, 1), UNDEFINED)
    """

    def compute() -> Any:
        value = Evaluation(point, steps).value(t)
        if type(value) is not Fraction and not value.is_finite():
            raise Unsure("no finite enclosure", finer=True)
        return value

    return refined(compute, precision, finest)


def between(t: Term, point: Point) -> tuple[Fraction, Fraction] | None:
    """Ends of an interval that holds the value of a term; None where no value is certain.

    >>> from derive.plain import declare, read
    >>> low, high = between(read("log(x)", declare("x in Real")), {"x": Fraction(2)})
    >>> round(float(low), 6), round(float(high), 6)
    (0.693147, 0.693147)
    """
    value = evaluate(t, point)
    if value is UNDEFINED or value is UNKNOWN:
        return None
    try:
        return numbers.bounds(value)
    except Unsure:
        return None


def holds(statement: Term, point: Point, finest: int = FINEST) -> bool | None:
    """Whether a statement holds at a point; None when that is not certain.

    See ``derive.refute.truth.holds``.
    """
    from derive.refute import truth

    return truth.holds(statement, point, finest)
