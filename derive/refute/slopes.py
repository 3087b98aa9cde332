"""The value of a ``Derivative``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.domains import INFINITY, MINUS_INFINITY, interval
from derive.refute import jets, numbers
from derive.refute.jets import Jet, Kink
from derive.refute.numbers import ONE, Undefined, Unsure
from derive.term import Term

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation


def derivative(run: Evaluation, t: Term) -> Any:
    """The derivative.  Raises Undefined at kinks and outside the interior of the domain."""
    body = t.args[0]
    point = run.value(t.args[1])
    if len(t.args) > 2:
        _interior(run, point, t.args[2])
    try:
        return _slope(run, body, point, ONE, one_sided=False)[1]
    except Kink:
        if run.level or type(point) is Jet:
            raise
    here = run.under(body, point)
    sides = []
    reason: Unsure | None = None
    for direction in (ONE, -ONE):
        try:
            sides.append(_slope(run, body, point, direction, one_sided=True))
        except Unsure as unsure:  # the other side may still be undefined
            reason = unsure
    if reason is not None:
        raise Unsure(str(reason), reason.finer)
    return _agreeing(here, *sides)


def _slope(
    run: Evaluation, body: Term, point: Any, direction: Fraction, one_sided: bool
) -> tuple[Any, Any]:
    """Value (one-sided: limit) and slope of the body when its variable moves."""
    level = run.level
    run.level += 1
    try:
        result = run.under(body, Jet(level, point, direction, one_sided))
    finally:
        run.level = level
    return jets.parts(result, level)


def _agreeing(here: Any, right: tuple[Any, Any], left: tuple[Any, Any]) -> Any:
    for limit, _ in (right, left):
        if numbers.disjoint(limit, here):
            raise Undefined("the derivative at a jump")
    slopes = right[1], jets.negate(left[1])
    if numbers.disjoint(*slopes):
        raise Undefined("the derivative at a kink")
    if all(type(v) is Fraction for v in (here, right[0], left[0], *slopes)):
        return slopes[0]
    raise Unsure("whether both sides of a kink agree is not decided", finer=True)


def _interior(run: Evaluation, point: Any, domain: Term) -> None:
    """Raises Undefined when the point is not inside an interval."""
    ends = interval(domain)
    if ends is None:
        if domain.head == "Partial":
            raise Unsure("a derivative in no declared domain")
        raise Undefined("the derivative by a variable that cannot vary")
    at = jets.core(point)
    low, high, _, _ = ends
    if (
        low != MINUS_INFINITY
        and numbers.exact_sign(numbers.add(at, -jets.core(run.value(low)))) <= 0
    ):
        raise Undefined("the derivative at the end of an interval")
    if high != INFINITY and numbers.exact_sign(numbers.add(jets.core(run.value(high)), -at)) <= 0:
        raise Undefined("the derivative at the end of an interval")
