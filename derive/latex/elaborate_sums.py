r"""Sums and products with ranges, sets, bare indices and conditions below their sign."""

from __future__ import annotations

from typing import NamedTuple

from derive.domains import INFINITY, MINUS_INFINITY, NAMED_INTERVALS, elements, interval
from derive.functions import TRUE
from derive.latex.big import indices, split_body
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_cases import read_condition
from derive.latex.elaborate_ends import read_end
from derive.latex.elaborate_names import find, spelled
from derive.latex.elaborate_place import Bound, Place, closed, put_in, refusal
from derive.latex.elaborate_sets import read_domain
from derive.latex.tree import Node
from derive.term import ONE, ZERO, Term, instantiate, walk

_RANGE = r"write \sum_{i=1}^{n}"


class _Index(NamedTuple):
    """A variable below the sign, with what is written of its range."""

    node: Node
    name: str
    lower: Node | None = None
    upper: Node | None = None
    within: Node | None = None


def read_big(node: Node, place: Place) -> Term:
    """A sum, product or integral; extrema and limits over a range are refused."""
    if "reach" in node.notes:
        return _read_reaching(node, place)
    if node.text in ("Sum", "Product"):
        return _read_sum(node, place)
    if node.text == "Integral":
        return read_integral(node, place)
    shown = {"lim": "a limit", "argmin": "the place of a minimum", "argmax": "the place of a "
             "maximum"}.get(node.text, f"{node.text} over a range")  # fmt: skip
    raise refusal(node, f"{shown} is no formula that can be reckoned with")


def _read_reaching(node: Node, place: Place) -> Term:
    """A product with factors behind it that mention no index, and may be its own or not."""
    ways = ("the product up to its last factor with an index", "the product of all that follows")
    if place.reading.choose("reach of a product", *ways):
        return place.term(node._replace(notes=()))
    body, *outer = split_body(node.parts[0], indices(node.parts[1]))
    product = node._replace(parts=(body, *node.parts[1:]), end=body.end, notes=())
    return place.term(node._replace(kind="times", text="", parts=(product, *outer), notes=()))


def _read_sum(node: Node, place: Place) -> Term:
    body_node, below, above = node.parts[:3]
    indices, conditions = _below(below, above, place)
    opened: list[tuple[_Index, Bound, Place]] = []
    inner = place
    for index in indices:
        outer = inner
        inner, entry = inner.opened(index.name, _written(index, outer), _element(index, outer))
        opened.append((index, entry, outer))
    body = inner.term(body_node)
    if conditions:
        parts = tuple(read_condition(c, inner) for c in conditions)
        condition = parts[0] if len(parts) == 1 else Term("And", parts)
        empty = ZERO if node.text == "Sum" else ONE
        body = Term("Piecewise", (body, condition, empty, TRUE))
    for index, entry, outer in reversed(opened):
        domain = entry.domain
        if domain is None:
            domain = _settled(index, entry, body, outer)
        body = _over(node, entry, body, domain)
    return body


def _over(node: Node, entry: Bound, body: Term, domain: Term) -> Term:
    """The sum or product over a domain of integers, or over a listed set."""
    if domain.head in ("Natural", "Natural0"):
        domain = Term("Range", (ONE if domain.head == "Natural" else ZERO, INFINITY))
    if domain.head == "Range":
        return closed(node.text, entry, body, *domain.args)
    members = elements(domain)
    if members is None:
        raise refusal(node.parts[1], f"{domain} is no set to sum over", _RANGE)
    values = [m.value for m in members if m.head == "number"]
    if len(values) == len(members) and values == [values[0] + k for k in range(len(values))]:
        return closed(node.text, entry, body, members[0], members[-1])
    name, count = entry.value.value, len(members)
    terms = tuple(put_in(body, {name: m}, node, count) for m in members)
    return terms[0] if len(terms) == 1 else Term("Add" if node.text == "Sum" else "Mul", terms)


# -- what stands below and above -------------------------------------------------------------


def _below(below: Node, above: Node, place: Place) -> tuple[list[_Index], list[Node]]:
    if below.kind == "nothing":
        raise refusal(below, "this sum has no index", _RANGE)
    listed = below.kind == "group" and below.text == "" and set(below.notes) <= {",", ";"}
    parts = below.parts if listed or below.kind == "juxtapose" else (below,)
    indices: list[_Index] = []
    conditions: list[Node] = []
    for part in parts:
        known = [i.name for i in indices]
        index = _index(part, place, known)
        if index is not None and index.name not in known:
            indices.append(index)
        if index is None or (part.kind == "relation" and _is_restriction(index)):
            conditions.append(part)
    if above.kind != "nothing":
        if len(indices) != 1 or indices[0].upper or indices[0].within:
            raise refusal(above, "of which index this is the end is not clear", _RANGE)
        indices[0] = indices[0]._replace(upper=above)
    if not indices:
        raise refusal(below, "this sum has no index", _RANGE)
    return indices, conditions


def _is_restriction(index: _Index) -> bool:
    return index.lower is None and index.within is None


def _index(part: Node, place: Place, known: list[str]) -> _Index | None:
    """The index that a part introduces; None for a condition on others."""
    if part.kind == "name":
        return _Index(part, _fresh(part, place))
    if part.kind != "relation":
        raise refusal(part, "a range is expected below this sign", _RANGE)
    signs = part.notes or (part.text,)
    first = part.parts[0]
    if signs in (("=",), ("in",)) and first.kind == "name":
        name = _fresh(first, place)
        if signs == ("=",) and part.parts[1].kind == "group":
            # i = 1, ..., n is i in {1, ..., n}
            return _Index(first, name, within=part.parts[1]._replace(text="{"))
        if signs == ("=",):
            return _Index(first, name, lower=part.parts[1])
        return _Index(first, name, within=part.parts[1])
    if signs == ("<=", "<=") and part.parts[1].kind == "name":
        name = _fresh(part.parts[1], place)
        return _Index(part.parts[1], name, part.parts[0], part.parts[2])
    new = [p for p in part.parts if _is_new(p, place)]
    if any(spelled(p) in known for p in part.parts if p.kind == "name"):
        new = []
    elif len(new) != 1 or len(signs) > 1:
        raise refusal(part, "which of these is the index is not clear", _RANGE)
    return _Index(new[0], _fresh(new[0], place)) if new else None


def _fresh(node: Node, place: Place) -> str:
    """The name of an index; a member of a family is none."""
    name = spelled(node)
    if name is None:
        raise refusal(node, "a name is expected as the index", _RANGE)
    if node.parts:
        declared = find(node.text, place)
        if declared is not None and declared.indices:
            raise refusal(node, "a member of a family is no index", _RANGE)
    return name


def _is_new(node: Node, place: Place) -> bool:
    if node.kind != "name" or node.parts:
        return False
    return place.bound(node.text) is None and find(node.text, place) is None


def _element(index: _Index, place: Place) -> str | None:
    """What the elements of a set are that is only named; None for numbers."""
    within = index.within
    name = spelled(within) if within is not None and within.kind == "name" else None
    return None if name is None else place.reading.points.get(name)


def _written(index: _Index, place: Place) -> Term | None:
    """The domain that is written; None where it must follow from the body."""
    if index.within is not None:
        return read_domain(index.within, place)
    if index.lower is None:
        return None
    if index.upper is None:
        raise refusal(index.node, "the end of this range is missing", _RANGE)
    lower, upper = read_end(index.lower, place), read_end(index.upper, place)
    if MINUS_INFINITY in (lower, upper) or lower == INFINITY:
        raise refusal(index.node, "a sum begins at an integer", _RANGE)
    return Term("Range", (lower, upper))


def _settled(index: _Index, entry: Bound, body: Term, place: Place) -> Term:
    """The range of a bare index: that of the members which it counts in the body."""
    found: set[Term] = set()
    for _, t in walk(body):
        declared = place.declared(t.value) if t.head == "member" else None
        for k, argument in enumerate(t.args if declared is not None else ()):
            if argument == entry.value and declared is not None:
                found.add(instantiate(declared.indices[k], *t.args[:k]))
    repair = rf"write its range, as in \sum_{{{entry.name}=1}}^{{n}}"
    if not found:
        raise refusal(index.node, f"the range of {entry.name} is not known", repair)
    domain = found.pop()
    usable = domain.head == "Range" and not domain.loose and entry.value.value not in domain.free
    if found or not usable:
        raise refusal(index.node, f"the range of {entry.name} is not clear", repair)
    if index.upper is not None and place.term(index.upper) != domain.args[1]:
        raise refusal(index.upper, f"{entry.name} does not run so far by its declaration", repair)
    return domain


# -- integrals -------------------------------------------------------------------------------


def read_integral(node: Node, place: Place) -> Term:
    """An integral between its ends, which may be infinite, or over a declared support."""
    body_node, below, above, variable = node.parts
    name = spelled(variable) if variable.kind == "name" else None
    if name is None:
        raise refusal(variable, "the variable of an integral is a name")
    low, high = _ends(node, below, above, name, place)
    between = Term("Open", (low, high))
    inner, entry = place.opened(name, NAMED_INTERVALS.get(between, between))
    return closed("Integral", entry, inner.term(body_node), low, high)


def _ends(node: Node, below: Node, above: Node, name: str, place: Place) -> tuple[Term, Term]:
    if above.kind != "nothing" and below.kind != "nothing":
        return read_end(below, place), read_end(above, place)
    support = place.reading.supports.get(name) if below.kind == "nothing" else None
    whole = interval(support) if support is not None and above.kind == "nothing" else None
    if whole is not None:
        return whole[0], whole[1]
    if below.kind == "nothing" or above.kind != "nothing":
        raise refusal(node, "the ends of this integral are missing", r"write \int_{a}^{b}")
    where = inside(below)
    if where.kind == "relation" and where.text == "in" and spelled(where.parts[0]) == name:
        where = where.parts[1]
    found = interval(read_domain(where, place))
    if found is None:
        raise refusal(below, "this is no interval to integrate over", r"write \int_{a}^{b}")
    return found[0], found[1]
