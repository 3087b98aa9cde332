"""Matching the left side of a rule against a term.

The variables of a rule are the names its context declares.  A variable without indices
stands for a closed term; a family ``f[i]`` below the rule's own binder for any term that may
mention the variable of that binder.  Sums and products of a rule have two parts, those of a
term any number: each way to split them into two is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derive.context import EMPTY, Context
from derive.domains import REAL
from derive.term import BINDERS, Term, abstract, bound, instantiate, substitute, symbol

Mapping_ = dict[str, Term]

#: Names of variables that matching opened; no reader accepts them.
_LOCAL = "#"


def match(pattern: Term, t: Term, variables: Context) -> Iterator[Mapping_]:
    """Every way to give terms for the variables so that the pattern becomes the term.

    Sums and products are matched up to their grouping, so that the instance of the pattern
    may differ from the term in grouping and order; the caller proves the two equal.
    """
    for found, later in _match(pattern, t, {}, (), variables, 0):
        for whole in _abstracted(_indexed(found, later, variables), later):
            if all(substitute(p, whole) == u for p, u in later):
                yield whole
                break


_Later = tuple[tuple[Term, Term], ...]


def _match(
    pattern: Term, t: Term, found: Mapping_, later: _Later, variables: Context, depth: int
) -> Iterator[tuple[Mapping_, _Later]]:
    if pattern.head == "symbol" and pattern.value in variables.names:
        if not any(name.startswith(_LOCAL) for name in t.free):
            yield from _bind(pattern.value, t, found, later)
        return
    if pattern.head == "member" and pattern.value in variables.names:
        yield from _match_family(pattern, t, found, later)
        return
    if pattern.head != t.head or pattern.value != t.value:
        return
    if pattern.head in ("Add", "Mul") and len(pattern.args) == 2:
        for split in _splits(t):
            yield from _match_all(pattern.args, split, found, later, variables, depth)
        return
    if len(pattern.args) != len(t.args):
        return
    under = BINDERS.get(pattern.head, 0)
    if under:
        local = symbol(f"{_LOCAL}{depth}")
        mine = tuple(instantiate(a, local) for a in pattern.args[:under]) + pattern.args[under:]
        theirs = tuple(instantiate(a, local) for a in t.args[:under]) + t.args[under:]
        # Ranges and points first: they say what the variables of the body may be.
        order = (*range(under, len(mine)), *range(under))
        yield from _match_all(
            tuple(mine[k] for k in order),
            tuple(theirs[k] for k in order),
            found,
            later,
            variables,
            depth + 1,
        )
        return
    yield from _match_all(pattern.args, t.args, found, later, variables, depth)


def _indexed(found: Mapping_, later: _Later, variables: Context) -> Mapping_:
    """Values for indices that occur in known families only, such as k in ``f[k]`` where a sum
    over ``f[i]`` tells f."""
    for p, u in later:
        names = [a.value for a in p.args if a.head == "symbol" and a.value in variables.names]
        missing = [n for n in names if n not in found]
        if not missing or p.value not in found:
            continue
        apart, alone = {n: symbol(f"?{n}") for n in missing}, EMPTY
        for new in apart.values():
            alone = alone.declare(new.value, REAL)
        values = tuple(substitute(a, {**found, **apart}) for a in p.args)
        for got in match(instantiate(found[p.value], *values), u, alone):
            found = {**found, **{n: got[v.value] for n, v in apart.items() if v.value in got}}
            break
    return found


def _abstracted(found: Mapping_, later: _Later) -> Iterator[Mapping_]:
    """Values for families that occur at known terms only, such as f in f(k).

    From f(k) and a term u in its place, f is what is left of u without every k in it.
    """
    unknown = next((p.value for p, _ in later if p.value not in found), None)
    if unknown is None:
        yield found
        return
    for p, u in later:
        values = tuple(substitute(a, found) for a in p.args)
        if p.value == unknown and not any(n.startswith(_LOCAL) for n in u.free):
            yield from _abstracted({**found, unknown: _without(u, values)}, later)


def _without(t: Term, values: tuple[Term, ...], depth: int = 0) -> Term:
    """The term with open variables in place of every occurrence of some closed terms."""
    if t in values:
        return bound(depth + len(values) - 1 - values.index(t))
    if not t.args:
        return t
    under = BINDERS.get(t.head, 0)
    args = tuple(_without(a, values, depth + (k < under)) for k, a in enumerate(t.args))
    return Term(t.head, args, t.value, t.names)


def _match_all(
    patterns: tuple[Term, ...],
    terms: tuple[Term, ...],
    found: Mapping_,
    later: _Later,
    variables: Context,
    depth: int,
) -> Iterator[tuple[Mapping_, _Later]]:
    if not patterns:
        yield found, later
        return
    for got, rest in _match(patterns[0], terms[0], found, later, variables, depth):
        yield from _match_all(patterns[1:], terms[1:], got, rest, variables, depth)


def _bind(
    name: str, value: Term, found: Mapping_, later: _Later
) -> Iterator[tuple[Mapping_, _Later]]:
    if name not in found:
        yield {**found, name: value}, later
    elif found[name] == value:
        yield found, later


def _match_family(
    pattern: Term, t: Term, found: Mapping_, later: _Later
) -> Iterator[tuple[Mapping_, _Later]]:
    names = [a.value for a in pattern.args if a.head == "symbol"]
    local = [n for n in names if n.startswith(_LOCAL)]
    if len(local) == len(pattern.args) == len(set(local)):
        if all(n in local or not n.startswith(_LOCAL) for n in t.free):
            yield from _bind(pattern.value, abstract(t, *local), found, later)
        return
    yield found, (*later, (pattern, t))


def _splits(t: Term) -> Iterator[tuple[Term, Term]]:
    """Every way to see a sum or product as one of two parts, each in the given order."""
    args = t.args
    if len(args) == 2:
        yield args[0], args[1]
        yield args[1], args[0]
        return
    # The parts without the variable of the binder together, as a constant factor.
    closed = tuple(a for a in args if not any(n.startswith(_LOCAL) for n in a.free))
    if 1 < len(closed) < len(args):
        opened = tuple(a for a in args if a not in closed)
        both = _group(t.head, closed), _group(t.head, opened)
        yield both
        yield both[::-1]
    for k, a in enumerate(args):
        rest = _group(t.head, (*args[:k], *args[k + 1 :]))
        yield a, rest
        if k == len(args) - 1:
            yield rest, a


def _group(head: str, args: tuple[Term, ...]) -> Term:
    return args[0] if len(args) == 1 else Term(head, args)


def is_complete(mapping: Mapping[str, Term], variables: Context) -> bool:
    """Whether every variable has a value."""
    return set(mapping) == set(variables.names)
