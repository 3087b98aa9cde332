"""What the symbols of one loss could stand for in terms of another's.

A symbol may be renamed, when the other loss has one of the same kind, or be written by a link:
p := sigmoid(z), mu := exp(f), y := (1 + t)/2, p[j] := softmax(z[k], (k, 1, m), j).  These are
proposals: the statement after the substitution still has to be proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice, product
from typing import NamedTuple

from derive.context import Context, Declaration
from derive.domains import interval
from derive.term import (
    ONE,
    Term,
    apply,
    bound,
    div,
    number,
    shift,
    substitute,
    symbol,
)

#: Choices that are looked at for one pair of losses.
MOST_CHOICES = 400


class Substitution(NamedTuple):
    """Values for symbols of one loss; families have one open in their indices."""

    mapping: tuple[tuple[str, Term], ...]
    links: int


def substitutions(
    left: Context, f: Term, right: Context, g: Term, shared: bool
) -> Iterator[Substitution]:
    """Values for the symbols of g in terms of those of f, the plainest first.

    With ``shared`` both formulas are about the same symbols: only what f lacks is replaced.
    """
    wanted = [d for d in right.names.values() if d.name in _used(right, g)]
    if shared:
        wanted = [d for d in wanted if d.name not in f.free and not _is_size(d)]
        offered = [d for d in left.names.values() if d.name in f.free - g.free]
    else:
        offered = [d for d in left.names.values() if d.name in _used(left, f)]
    options = [(d, _options(d, offered)) for d in wanted]
    if not options or any(not values for _, values in options):
        return
    found: list[Substitution] = []
    for chosen in islice(product(*(values for _, values in options)), MOST_CHOICES):
        used = {o.source.name for o in chosen}
        pairs = [(d, o) for (d, _), o in zip(options, chosen, strict=True)]
        if len(used) < len(chosen) or not _ranges_agree(pairs):
            continue
        mapping = tuple(
            (d.name, o.value)
            for d, o in pairs
            if o.value != member_of(d) or not _same_symbol(d, left)
        )
        if mapping:
            found.append(Substitution(mapping, sum(o.cost for o in chosen)))
    yield from sorted(found, key=lambda s: s.links)


def _used(context: Context, t: Term) -> set[str]:
    """The symbols of a formula and the sizes of its families."""
    names = set(t.free)
    for name in t.free:
        if name in context.names:
            for d in context.names[name].indices:
                names |= d.free
    return names


def _is_size(d: Declaration) -> bool:
    return not d.indices and d.domain.head in ("Natural", "Natural0", "Integer", "Range")


def _same_symbol(d: Declaration, left: Context) -> bool:
    own = left.names.get(d.name)
    return own is not None and own[1:3] == d[1:3]


def _ranges_agree(pairs: list[tuple[Declaration, _Option]]) -> bool:
    """Whether families stand for families that run over the same ranges."""
    sizes = {d.name: o.value for d, o in pairs if not d.indices}
    return all(tuple(substitute(i, sizes) for i in d.indices) == o.source.indices for d, o in pairs)


# -- what one symbol could be ---------------------------------------------------------------------


class _Option(NamedTuple):
    """A value, open in the indices of the symbol, what it costs, and what it is made of."""

    value: Term
    cost: int
    source: Declaration


def _options(d: Declaration, offered: list[Declaration]) -> list[_Option]:
    """Values for one symbol; its own name costs nothing.

    A symbol of the same name may have a wider domain: then it is narrowed.
    """
    found: dict[Term, _Option] = {}
    for other in offered:
        if len(other.indices) != len(d.indices):
            continue
        values: list[tuple[Term, int]] = []
        if _fits(other.domain, d.domain) or other.name == d.name:
            values.append((member_of(other), (other.name != d.name) + (other.domain != d.domain)))
        if other.indices and d.domain.head in ("Positive", "Unit") and other.domain.head == "Real":
            values.append((_softmax(other), 3))
        values += [(link(member_of(other)), 4) for link in _links(other.domain, d.domain)]
        for value, cost in values:
            found.setdefault(value, _Option(value, cost, other))
    return sorted(found.values(), key=lambda o: o.cost)


_WHOLE = ("Natural", "Natural0", "Integer", "Range")


def _fits(own: Term, wanted: Term) -> bool:
    """Whether a symbol of one domain may stand for one of another."""
    if own == wanted:
        return True
    if own.head in _WHOLE or wanted.head in _WHOLE:
        return own.head in _WHOLE and wanted.head in _WHOLE
    numbers = interval(wanted) is not None
    return wanted.head == "Real" or (numbers and own.head in ("Unit", "Positive", "Bit"))


_Link = Callable[[Term], Term]


def _links(own: Term, wanted: Term) -> Iterator[_Link]:
    """Functions from one domain to another that models use."""
    signs = Term("FiniteSet", (number(-1), ONE))
    if wanted.head == "Unit" and own.head == "Real":
        yield lambda z: apply("sigmoid", z)
    if wanted.head == "Positive" and own.head == "Real":
        yield lambda z: apply("exp", z)
        yield lambda z: apply("softplus", z)
    if wanted.head == "Bit" and set(own.args) == set(signs.args) and own.head == "FiniteSet":
        yield lambda t: div(ONE + t, number(2))
    if wanted.head == "FiniteSet" and set(wanted.args) == set(signs.args) and own.head == "Bit":
        yield lambda y: number(2) * y - 1
    if wanted.head == "Positive" and own.head == "Positive":
        yield lambda s: s ** number(2)
        yield lambda s: div(ONE, s)
        yield lambda s: s ** number(Fraction(1, 2))


def member_of(d: Declaration) -> Term:
    """The symbol, or a member of the family open in its indices."""
    if not d.indices:
        return symbol(d.name)
    return Term("member", tuple(bound(k) for k in reversed(range(len(d.indices)))), d.name)


def _softmax(d: Declaration) -> Term:
    """``softmax(z[.., k], (k, lo, hi), j)`` open in the indices of the family."""
    if d.indices[-1].head != "Range":
        return member_of(d)
    scores = Term("member", (*shift(member_of(d), 1).args[:-1], bound(0)), d.name)
    low, high = (shift(end, 1) for end in d.indices[-1].args)
    return Term("softmax", (scores, low, high, bound(0)), None, ("k",))
