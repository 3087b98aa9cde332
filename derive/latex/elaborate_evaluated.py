r"""Values at a point, ``F|_{x=a}``, and differences of two, ``[F]_a^b``."""

from __future__ import annotations

from derive.domains import INFINITY, MINUS_INFINITY
from derive.latex.elaborate_derivatives import variable_at
from derive.latex.elaborate_ends import read_end
from derive.latex.elaborate_limits import limit
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Place, refusal
from derive.latex.tree import Node
from derive.term import Term, substitute


def read_evaluated(node: Node, place: Place) -> Term:
    """A value at a point, or the difference of two.  Raises UnreadableError."""
    body_node, lower, upper = node.parts
    if upper.kind == "nothing":
        return _at_point(body_node, lower, place)
    names = _integrated(body_node, place)
    if len(names) != 1:
        message = "at which variable these ends are put in is not clear"
        raise refusal(node, message, r"write \left. F \right|_{x=a}")
    inner, entry = place.opened(names.pop())
    body = inner.term(body_node)
    high, low = (_at_end(body, entry.value, read_end(end, place), node, place)
                 for end in (upper, lower))  # fmt: skip
    return Term("Add", (high, Term("Neg", (low,))))


def _at_end(body: Term, variable: Term, end: Term, node: Node, place: Place) -> Term:
    """A body at the end of a range; at infinity its limit, where that is plain."""
    if end not in (INFINITY, MINUS_INFINITY):
        return substitute(body, {variable.value: end})
    found = limit(body, variable, end == INFINITY, place.reading.context)
    if found is None:
        raise refusal(node, "the limit at infinity is not plain",
                      "declare the signs that it depends on, such as lambda > 0")  # fmt: skip
    return found


def _integrated(node: Node, place: Place) -> set[str]:
    """The variables of integrals of the display that the bracket mentions."""
    names = {spelled(n) for n in node.walk() if n.kind == "name"}
    return {n for n in names if n is not None and n in place.reading.integrated}


def _at_point(body_node: Node, lower: Node, place: Place) -> Term:
    if lower.kind != "relation" or lower.text != "=" or lower.notes:
        raise refusal(lower, "a point is expected here", "write x = a")
    variable = variable_at(lower.parts[0], place)
    if variable.head != "symbol":
        raise refusal(lower, "a value at a member of a family is not read")
    return substitute(place.term(body_node), {variable.value: place.term(lower.parts[1])})
