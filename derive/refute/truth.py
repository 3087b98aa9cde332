"""Whether a statement holds at a point."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.domains import INFINITY, MINUS_INFINITY, interval
from derive.refute import jets, numbers
from derive.refute.numbers import ONE, ZERO, Undefined, Unsure
from derive.term import Term

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation, Point


def truth(run: Evaluation, s: Term) -> bool:
    """The truth value of a condition.  Raises Undefined or Unsure."""
    head = s.head
    if head == "True":
        return True
    if head in ("Eq", "Ne", "Le", "Lt"):
        return _compare(run, head, *s.args)
    if head == "In":
        return _inside(run, run.value(s.args[0]), s.args[1])
    if head == "And":
        found = [truth(run, a) for a in s.args]  # strict: all are looked at
        return all(found)
    if head == "Or":
        found = [truth(run, a) for a in s.args]
        return any(found)
    if head == "Not":
        return not truth(run, s.args[0])
    if head == "ForAll":
        return _everywhere(run, s)
    raise Unsure(f"{head} is no condition")


def _compare(run: Evaluation, head: str, left: Term, right: Term) -> bool:
    a = run.value(left)
    if left == right:  # also where balls would never decide
        return head in ("Eq", "Le")
    b = run.value(right)
    if type(a) is Fraction and type(b) is Fraction:
        side = (a > b) - (a < b)
    else:
        side = jets.sign(jets.subtract(a, b))
    if head == "Eq":
        return side == 0
    if head == "Ne":
        return side != 0
    return side <= 0 if head == "Le" else side < 0


def _inside(run: Evaluation, x: Any, domain: Term) -> bool:
    ends = interval(domain)
    if ends is not None:
        low, high, low_out, high_out = ends
        if low != MINUS_INFINITY:
            side = jets.sign(jets.subtract(x, run.value(low)))
            if side < 0 or (low_out and side == 0):
                return False
        if high != INFINITY:
            side = jets.sign(jets.subtract(run.value(high), x))
            if side < 0 or (high_out and side == 0):
                return False
        return True
    if domain.head == "Partial":
        return True
    if domain.head == "Bit":
        return jets.equal(x, ZERO) or jets.equal(x, ONE)
    if domain.head == "FiniteSet":
        return any(jets.equal(x, run.value(e)) for e in domain.args)
    return _integral(run, x, domain)


def _integral(run: Evaluation, x: Any, domain: Term) -> bool:
    try:
        k = numbers.integer(jets.core(x))
    except Undefined:
        return False
    if domain.head in ("Natural", "Natural0"):
        return k >= (domain.head == "Natural")
    if domain.head == "Range":
        return run.whole(domain.args[0]) <= k <= run.whole(domain.args[1])
    if domain.head == "Integer":
        return True
    raise Unsure(f"{domain.head} is no domain")


def members(run: Evaluation, domain: Term) -> Iterator[Any]:
    """The members of a finite domain.  Raises Unsure for others."""
    if domain.head == "Range":
        yield from run.turns(*domain.args)
    elif domain.head == "Bit":
        yield from (ZERO, ONE)
    elif domain.head == "FiniteSet":
        for e in domain.args:
            yield run.value(e)
    else:
        raise Unsure("a statement on infinitely many values")


def _everywhere(run: Evaluation, s: Term) -> bool:
    body, domain = s.args
    for k in members(run, domain):
        run.scope.append(k)
        try:
            if not truth(run, body):
                return False
        finally:
            run.scope.pop()
    return True


def holds(statement: Term, point: Point, finest: int) -> bool | None:
    """Whether a statement holds at a point; None when that is not certain.

    False also when exactly one side of a comparison is defined, None when both sides are
    undefined (``both_undefined``).
    """
    from derive.refute.balls import UNDEFINED, UNKNOWN, Evaluation, evaluate, refined

    found = refined(lambda: truth(Evaluation(point), statement), finest=finest)
    if isinstance(found, bool):
        return found
    if found is UNKNOWN or statement.head not in ("Eq", "Ne", "Le", "Lt"):
        return None
    sides = [evaluate(a, point, finest=finest) for a in statement.args]
    if any(v is UNKNOWN for v in sides) or sum(v is UNDEFINED for v in sides) != 1:
        return None
    return False


def both_undefined(statement: Term, point: Point) -> bool:
    """Whether both sides of a comparison are certainly undefined at a point."""
    from derive.refute.balls import UNDEFINED, evaluate

    return all(evaluate(a, point) is UNDEFINED for a in statement.args[:2])
