r"""Ends of ranges and integrals, which may be infinite: ``\infty``, ``(-\infty - \mu)/\sigma``."""

from __future__ import annotations

from derive.domains import INFINITY, MINUS_INFINITY
from derive.latex.elaborate_limits import sign_of
from derive.latex.elaborate_place import Place, refusal
from derive.latex.tree import Node, UnreadableError
from derive.term import Term, walk

#: Operations that have a value for all numbers: what is made by them is finite.
_TOTAL = frozenset(("number", "symbol", "member", "bound", "Add", "Mul", "Neg"))


def read_end(node: Node, place: Place) -> Term:
    """An end of a range or an integral.  A finite number beside infinity leaves it as it is,
    and a factor or a divisor whose sign is known turns it or does not.  Raises UnreadableError."""
    if node.kind == "name" and node.text == "oo" and not node.parts:
        return INFINITY
    if not _is_infinite(node):
        return place.term(node)
    if node.kind == "neg":
        return _turned(read_end(node.parts[0], place))
    if node.kind == "group" and len(node.parts) == 1:
        return read_end(node.parts[0], place)
    if node.kind == "add":
        return _sum(node, place)
    if node.kind == "divide" and not _is_infinite(node.parts[1]):
        return _scaled(node, node.parts[0], node.parts[1:], place)
    if node.kind in ("times", "juxtapose"):
        infinite = [p for p in node.parts if _is_infinite(p)]
        rest = tuple(p for p in node.parts if p not in infinite)
        if len(infinite) == 1:
            return _scaled(node, infinite[0], rest, place)
    raise _refused(node)


def _sum(node: Node, place: Place) -> Term:
    """What infinity and finite numbers add up to."""
    ends = {read_end(p, place) for p in node.parts if _is_infinite(p)}
    finite = [place.term(p) for p in node.parts if not _is_infinite(p)]
    if len(ends) != 1 or any(u.head not in _TOTAL for t in finite for _, u in walk(t)):
        raise _refused(node)
    return ends.pop()


def _scaled(node: Node, infinite: Node, factors: tuple[Node, ...], place: Place) -> Term:
    """Infinity times, or divided by, numbers whose signs are known."""
    end = read_end(infinite, place)
    for factor in factors:
        sign = sign_of(place.term(factor), place.reading.context)
        if sign == 0:
            raise _refused(node)
        end = end if sign > 0 else _turned(end)
    return end


def _turned(end: Term) -> Term:
    return MINUS_INFINITY if end == INFINITY else INFINITY


def _is_infinite(node: Node) -> bool:
    return any(n.kind == "name" and n.text == "oo" for n in node.walk())


def _refused(node: Node) -> UnreadableError:
    return refusal(node, "infinity is no number to reckon with", "write the end as it comes out")
