"""Reads what binds a variable in SymPy: ranges, derivatives, substitutions.

Guarded sums (see ``derive.search.sympy.translation``) are read here, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.functions import derivative
from derive.search.sympy.names import EMPTY_VALUE, ConversionError, hint_of
from derive.term import Term, abstract, substitute, symbol

if TYPE_CHECKING:
    from derive.search.sympy.reader import Reader


def read_accumulator(self: Reader, e: Any) -> Term:
    """Sum, Product and Integral: the first range is the inmost."""
    return _read_ranges(self, self.kind(e), e.function, list(e.limits))


def _read_ranges(self: Reader, head: str, body: Any, limits: list[Any]) -> Term:
    if not limits:
        return self.read(body)
    variable, *ends = limits[-1]
    if len(ends) != 2:
        raise ConversionError(f"a {head} without bounds has no value; give its range")
    if head != "Integral" and any(end.is_infinite for end in ends):
        raise ConversionError(f"the bounds of a {head} are integers; an infinite one is a limit")
    lower, upper = map(self.read, ends)
    inside, names = self.under((variable,), lambda: _read_ranges(self, head, body, limits[:-1]))
    return Term(head, (abstract(inside, *names), lower, upper), None, (hint_of(variable),))


def read_piecewise(self: Reader, e: Any) -> Term:
    """A Piecewise; one that guards a sum of a range that may run backwards is the sum."""
    if _is_guard(self, e):
        return self.read(e.args[0].expr)
    return Term("Piecewise", tuple(self.read(part) for pair in e.args for part in pair.args))


def _is_guard(self: Reader, e: Any) -> bool:
    """Whether this is how a sum whose range may run backwards was written."""
    if len(e.args) != 2 or self.kind(e.args[1].cond) != "BooleanTrue":
        return False
    (found, condition), empty = e.args[0].args, e.args[1].expr
    if self.kind(found) not in EMPTY_VALUE or self.kind(condition) != "GreaterThan":
        return False
    if empty != EMPTY_VALUE[self.kind(found)]:
        return False
    _, *ends = found.limits[-1]
    return bool(tuple(condition.args) == tuple(reversed(ends)))


def read_derivative(self: Reader, e: Any) -> Term:
    """Variables from the first, which is the inmost."""
    body = self.read(e.expr)
    for variable, count in e.variable_count:
        if not count.is_Integer:
            raise ConversionError(f"a derivative of order {count} has no meaning here")
        if self.kind(variable) not in ("Symbol", "Dummy", "Idx", "Indexed"):
            raise ConversionError(f"a derivative is by a symbol or a member, not by {variable}")
        point = self.read(variable)
        domain = self.domain(point)
        for _ in range(int(count)):
            if point.head == "member":
                body = derivative(body, point, *domain)
            else:
                args = (abstract(body, point.value), point, *domain)
                body = Term("Derivative", args, None, (hint_of(variable),))
    return body


def read_subs(self: Reader, e: Any) -> Term:
    """A term at a point; what stands there as a derivative becomes one at that point."""
    points = list(map(self.read, e.point))
    body, names = self.under(tuple(e.variables), lambda: self.read(e.expr))
    if body.head == "Derivative" and body.args[1:] == (symbol(names[-1]),) and len(names) == 1:
        args = (body.args[0], points[0], *self.domain(points[0]))
        return Term("Derivative", args, None, body.names)
    return substitute(body, dict(zip(names, points, strict=True)))


def read_scores(self: Reader, name: str, e: Any) -> Term:
    """softmax and logsumexp: ``softmax(Lambda(k, scores), lower, upper, class)``."""
    wanted = 4 if name == "softmax" else 3
    if len(e.args) != wanted or not hasattr(e.args[0], "variables"):
        raise ConversionError(f"{e}: write {name}(Lambda(k, scores), lower, upper, ...)")
    scores, *rest = e.args
    body, names = self.under(tuple(scores.variables), lambda: self.read(scores.expr))
    args = (abstract(body, *names), *map(self.read, rest))
    return Term(name, args, None, (hint_of(scores.variables[0]),))
