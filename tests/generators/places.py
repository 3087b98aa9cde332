"""The places of a statement at which something can be put, with what is known there."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from derive.context import Context
from derive.domains import PARTIAL, REAL, interval
from derive.functions import COMPARISONS, CONNECTIVES, FUNCTIONS, RELATIONS, binder_range
from derive.term import (
    BINDERS,
    Path,
    Term,
    abstract,
    fresh,
    instantiate,
    is_number,
    replace,
    size,
    subterm,
    symbol,
)

#: Statements beyond this size are not made larger.
LARGEST = 160


class Place(NamedTuple):
    """A place: the term there, with the variables of binders around it as declared symbols.

    ``kind`` is ``term``, ``index`` (an index or the end of a range), ``condition``,
    ``point`` (a claimed minimiser, which must not mention what is minimised over) or
    ``statement``.  Inside a ``Derivative`` nothing is known of its variable.
    """

    path: Path
    kind: str
    context: Context
    names: tuple[str, ...]
    term: Term


def places(context: Context, statement: Term) -> list[Place]:
    """Every place of a statement, outside in."""
    return list(_places(context, statement, (), "statement", (), context))


def put(statement: Term, place: Place, new: Term) -> Term:
    """The statement with another term at a place."""
    return replace(statement, place.path, abstract(new, *place.names))


def _places(
    context: Context, whole: Term, path: Path, kind: str, names: tuple[str, ...], outer: Context
) -> Iterator[Place]:
    t = instantiate(subterm(whole, path), *map(symbol, names))
    yield Place(path, kind, context, names, t)
    under = BINDERS.get(t.head, 0)
    for k in range(len(t.args)):
        inner = _kind(context, t, k, kind)
        if inner is None:
            continue
        if k < under:
            hint = t.names[0] if t.names else "i"
            name = fresh(hint, set(context.names) | t.free)
            longer = context.declare(name, _domain(t))
            yield from _places(longer, whole, (*path, k), inner, (*names, name), outer)
        else:
            yield from _places(context, whole, (*path, k), inner, names, outer)


def _domain(t: Term) -> Term:
    if t.head == "ForAll":
        return t.args[1]
    found = binder_range(t)
    if found is not None:
        return found
    return REAL if t.head == "Integral" else PARTIAL


def _kind(context: Context, t: Term, k: int, kind: str) -> str | None:
    """What an argument is; None for what is left alone."""
    head = t.head
    if head in COMPARISONS:
        return "term"
    if head in CONNECTIVES:
        return kind
    if head in RELATIONS:
        return None if k > 1 else "point" if head == "Argmin" and k else "term"
    if kind == "point":
        return "index" if head in ("member", "Sum", "Product") and k else "point"
    if head == "ForAll":
        return "statement" if k == 0 else None
    if head == "In":
        return "term" if k == 0 else None
    if head == "Piecewise":
        return "condition" if k % 2 else "term"
    if head in ("Sum", "Product", "softmax", "logsumexp"):
        return "index" if k else "term"
    if head == "member":
        domain = context.names[t.value].indices[k]
        return "term" if interval(domain) is not None else "index"
    if head in ("Derivative", "Integral", "Expectation"):
        return None if k else "term"
    if head == "KroneckerDelta" or (head == "Pow" and k == 1 and is_number(t.args[1])):
        return "index"
    return kind if head in FUNCTIONS else None


# -- what is certain -------------------------------------------------------------------------


def positive(context: Context, t: Term) -> bool:
    """Whether a term is positive wherever it is defined; False means "not known"."""
    head, args = t.head, t.args
    if head == "number":
        return bool(t.value > 0)
    if head in ("symbol", "member"):
        return _positive_domain(context.names[t.value].domain)
    if head in ("exp", "sigmoid", "softplus", "cosh", "E", "pi", "softmax"):
        return True
    if head in ("Mul", "Div", "Max", "Min"):
        return all(positive(context, a) for a in args)
    if head == "Pow":
        return positive(context, args[0])
    if head == "Add":
        return all(positive(context, a) for a in args) or _complement(context, t)
    if head in ("Sum", "Product"):
        name = fresh("i", set(context.names) | t.free)
        inner = context.declare(name, _domain(t))
        body = instantiate(args[0], symbol(name))
        return (head == "Product" or not_empty(context, t)) and positive(inner, body)
    return False


def _positive_domain(domain: Term) -> bool:
    if domain.head in ("Natural", "Range"):
        return domain.head == "Natural" or (
            is_number(domain.args[0]) and bool(domain.args[0].value > 0)
        )
    if domain.head == "FiniteSet":
        return all(is_number(a) and a.value > 0 for a in domain.args)
    ends = interval(domain)
    if ends is None or not is_number(ends[0]):
        return False
    return bool(ends[0].value > 0 or (ends[0].value == 0 and ends[2]))


def _complement(context: Context, t: Term) -> bool:
    """``1 - p`` for p in (0, 1)."""
    if len(t.args) != 2 or not is_number(t.args[0]) or t.args[0].value < 1:
        return False
    second = t.args[1]
    if second.head != "Neg":
        return False
    p = second.args[0]
    known = p.head in ("symbol", "member") and context.names[p.value].domain.head == "Unit"
    return known or p.head == "sigmoid"


def not_empty(context: Context, t: Term) -> bool:
    """Whether the range of a sum certainly has a member."""
    low, high = t.args[1:3]
    if not is_number(low):
        return False
    if is_number(high):
        return bool(high.value >= low.value)
    if high.head != "symbol":
        return False
    domain = context.names[high.value].domain
    least = {"Natural": 1, "Natural0": 0}.get(domain.head)
    return least is not None and bool(low.value <= least)


def defined(context: Context, t: Term) -> bool:
    """Whether a term is certainly defined (members: where they have a meaning)."""
    head, args = t.head, t.args
    if head == "number":
        return True
    if head in ("symbol", "member"):
        if context.names[t.value].domain.head == "Partial":
            return False
        return all(defined(context, a) for a in args)
    if head in FUNCTIONS and FUNCTIONS[head].total:
        return all(defined(context, a) for a in args)
    if head == "Div":
        return all(defined(context, a) for a in args) and positive(context, args[1])
    if head == "Pow":
        whole = is_number(args[1]) and args[1].value.denominator == 1 and args[1].value >= 0
        good = whole or positive(context, args[0])
        return good and all(defined(context, a) for a in args)
    if head == "log":
        return defined(context, args[0]) and positive(context, args[0])
    return False


def scalars(context: Context, rng: Random) -> list[Term]:
    """The single real or integer symbols, in random order."""
    found = [
        symbol(d.name)
        for d in context.names.values()
        if not d.indices and d.domain.head != "Partial"
    ]
    rng.shuffle(found)
    return found


def small(t: Term) -> bool:
    """Whether a statement may still grow."""
    return size(t) <= LARGEST
