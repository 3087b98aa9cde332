"""Assumptions that could be missing: what a statement and its context suggest.

``candidates`` lists them from the weakest on: that a size is at least 2, signs, the unit
interval, bits, sums that are 1, one-hot families, equal symbols, and values.  Nothing here
is believed; whoever asks has to prove the statement under an assumption, and to find a
point.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from derive.context import Context, Declaration
from derive.domains import BIT, UNIT, elements, interval
from derive.refute.witness import constants_of
from derive.term import (
    BINDERS,
    ONE,
    ZERO,
    Term,
    bound,
    is_number,
    number,
    shift,
    symbol,
    walk,
)


class Assumption(NamedTuple):
    """Statements to be assumed together; ``rank`` is small for weak ones."""

    rank: int
    statements: tuple[Term, ...]

    @property
    def kind(self) -> str:
        """What is assumed: ``size``, ``nonzero``, ``bit``, ``sum``, ``value``, ..."""
        return _RANKS[self.rank]

    def pairs(self, other: Assumption) -> bool:
        """Whether the two are worth being assumed together: not twice of one symbol."""
        if self.kind in _ALONE or other.kind in _ALONE:
            return False
        mine, theirs = (_about(a) for a in (self, other))
        return mine != theirs or "sum" in (self.kind, other.kind)


def _about(a: Assumption) -> frozenset[str]:
    return frozenset().union(*(s.free for s in a.statements))


#: How strong each kind is; those of one rank are tried in the order of the declarations.
_RANKS = (
    "size", "nonzero", "nonnegative", "positive", "negative", "unit", "bit", "sum", "one-hot",
    "total", "number", "same", "value", "values",
)  # fmt: skip
#: Kinds that are no part of a pair: what they say of a symbol is seldom meant.
_ALONE = ("negative", "total", "values")
_RANK = {name: k for k, name in enumerate(_RANKS)}


def candidates(context: Context, statement: Term) -> list[Assumption]:
    """What could be assumed of the symbols of a statement, weakest first.

    >>> from derive.plain import declare, read_statement
    >>> c = declare("x in Real")
    >>> [a.statements for a in candidates(c, read_statement("sqrt(x**2) = x", c))][:3]
    [(x != 0,), (0 <= x,), (0 < x,)]
    """
    names = _mentioned(context, statement)
    found: dict[tuple[Term, ...], Assumption] = {}
    for kind, statements in _offers(context, statement, names):
        if not all(context.knows(s) for s in statements):
            found.setdefault(statements, Assumption(_RANK[kind], statements))
    return sorted(found.values(), key=lambda a: a.rank)


def _mentioned(context: Context, statement: Term) -> list[Declaration]:
    """The symbols of a statement and the sizes of its families, as they were declared."""
    waiting, names = sorted(statement.free), dict[str, None]()
    while waiting:
        name = waiting.pop(0)
        if name not in names and name in context.names:
            names[name] = None
            entry = context.names[name]
            for t in (*entry.indices, *([entry.definition] if entry.definition else [])):
                waiting += sorted(t.free)
    return [d for d in context.names.values() if d.name in names and d.definition is None]


_Offer = tuple[str, tuple[Term, ...]]


def _offers(context: Context, statement: Term, names: list[Declaration]) -> Iterator[_Offer]:
    constants = _constants(statement)
    for d in names:
        if d.domain.head in ("Natural", "Natural0", "Integer", "Range"):
            if not d.indices:
                yield from _of_size(d, constants)
        else:
            yield from _of_values(d, constants)
        if d.indices:
            yield from _of_sums(context, statement, d)
    for k, d in enumerate(names):
        for other in names[k + 1 :]:
            yield from _same(d, other)


def _constants(statement: Term) -> list[Fraction]:
    """Numbers that are worth being a value."""
    own = constants_of(statement)
    usual = (Fraction(1), Fraction(0), Fraction(2), Fraction(1, 2))
    return list(dict.fromkeys((*usual, *own)))


def _of_size(d: Declaration, constants: list[Fraction]) -> Iterator[_Offer]:
    n = symbol(d.name)
    least = {"Natural": 1, "Natural0": 0}.get(d.domain.head)
    for bound_below in (1, 2):
        if least is None or bound_below > least:
            yield "size", (Term("Le", (number(bound_below), n)),)
    for value in constants:
        if value.denominator == 1 and (least is None or value >= least):
            yield "number", (Term("Eq", (n, number(value))),)


def _of_values(d: Declaration, constants: list[Fraction]) -> Iterator[_Offer]:
    """Signs, the unit interval, bits, and single values, for each member of a family."""
    x = _generic(d)
    ends = interval(d.domain)
    members = elements(d.domain)
    if ends is not None:
        low = ends[0] if is_number(ends[0]) else None
        known_sign = low is not None and low.value >= 0
        if not (known_sign and ends[2]):
            yield "nonzero", (_each(d, Term("Ne", (x, ZERO))),)
            if not known_sign:
                yield "nonnegative", (_each(d, Term("Le", (ZERO, x))),)
            yield "positive", (_each(d, Term("Lt", (ZERO, x))),)
        if not known_sign:
            yield "negative", (_each(d, Term("Lt", (x, ZERO))),)
        if d.domain != UNIT and not is_number(ends[1]):
            yield "unit", (_each(d, Term("In", (x, UNIT))),)
        if d.domain.head in ("Real", "Nonnegative") or d.domain.head == "Closed":
            yield "bit", (_each(d, Term("In", (x, BIT))),)
    values = constants if members is None else [m.value for m in members if is_number(m)]
    for value in values:
        if ends is None or _inside(value, ends):
            kind = "values" if d.indices else "value"
            yield kind, (_each(d, Term("Eq", (x, number(value)))),)


def _inside(value: Fraction, ends: tuple[Term, Term, bool, bool]) -> bool:
    low, high, low_out, high_out = ends
    above = not is_number(low) or value > low.value or (value == low.value and not low_out)
    below = not is_number(high) or value < high.value or (value == high.value and not high_out)
    return above and below


def _generic(d: Declaration) -> Term:
    """The symbol, or the member at indices that are still to be bound."""
    if not d.indices:
        return symbol(d.name)
    return Term("member", tuple(bound(k) for k in reversed(range(len(d.indices)))), d.name)


def _each(d: Declaration, body: Term) -> Term:
    """The statement for every index of a family."""
    for k in reversed(range(len(d.indices))):
        body = Term("ForAll", (body, d.indices[k]), None, d.hints[k : k + 1])
    return body


# -- sums that are 1 ------------------------------------------------------------------------------


def _of_sums(context: Context, statement: Term, d: Declaration) -> Iterator[_Offer]:
    """That the members over one index add up to 1, over the range that is written."""
    if d.domain.head not in ("Bit", "Unit", "Positive", "Nonnegative", "Real", "Closed"):
        return
    for k, domain in enumerate(d.indices):
        if domain.head != "Range" or any(i.loose for i in d.indices):
            continue
        for over in dict.fromkeys((domain.args, *_written(statement, d, k))):
            sums = _summing(d, k, over)
            yield "total" if d.domain.head == "Real" else "sum", (sums,)
            if d.domain.head in ("Nonnegative", "Real", "Closed"):
                yield "one-hot", (_each(d, Term("In", (_generic(d), BIT))), sums)
    del context


def _written(statement: Term, d: Declaration, k: int) -> Iterator[tuple[Term, ...]]:
    """Ranges of sums in the statement over which this index of the family runs."""
    for _, t in walk(statement):
        if t.head in ("Sum", "Product", "softmax", "logsumexp") and BINDERS.get(t.head) == 1:
            ends = t.args[1:3]
            if not any(e.loose for e in ends) and _runs(t.args[0], d, k, 0):
                yield ends


def _runs(body: Term, d: Declaration, k: int, depth: int) -> bool:
    if body.head == "member" and body.value == d.name and body.args[k] == bound(depth):
        return True
    under = BINDERS.get(body.head, 0)
    return any(_runs(a, d, k, depth + (j < under)) for j, a in enumerate(body.args))


def _summing(d: Declaration, k: int, over: tuple[Term, ...]) -> Term:
    """``Sum(x[.., j, ..], (j, lo, hi)) = 1`` for each of the other indices."""
    others = [i for i in range(len(d.indices)) if i != k]
    # Inside the sum its variable is bound(0), the other indices are those of the ForAlls.
    place = {i: len(others) - n for n, i in enumerate(others)}
    indices = tuple(bound(0) if i == k else bound(place[i]) for i in range(len(d.indices)))
    member = Term("member", indices, d.name)
    ends = tuple(shift(e, 0) for e in over)
    body = Term("Eq", (Term("Sum", (member, *ends), None, d.hints[k : k + 1]), ONE))
    for i in reversed(others):
        body = Term("ForAll", (body, d.indices[i]), None, d.hints[i : i + 1])
    return body


def _same(d: Declaration, other: Declaration) -> Iterator[_Offer]:
    """Two symbols, or two families over the same ranges, that are the same."""
    kinds = {d.domain.head, other.domain.head}
    whole = {"Natural", "Natural0", "Integer", "Range"}
    if d.indices != other.indices or (kinds & whole and not kinds <= whole):
        return
    yield "same", (_each(d, Term("Eq", (_generic(d), _generic(other)))),)


__all__ = ["Assumption", "candidates"]
