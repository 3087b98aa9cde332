r"""Integrals without ends: ``\int f(x) \, dx = F(x)`` says that the derivative of F is f.

Both sides stand for functions of x up to a constant.  They are equal so where their
derivatives are; an integral without ends may therefore only stand as a term of a side, with
a factor that does not mention its variable.  Where the integrals cancel nothing is left that
stands for a constant: what is beside them has to be equal as it is.
"""

from __future__ import annotations

from derive.latex.elaborate import place_of
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_derivatives import differentiated
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Place, Reading, refusal
from derive.latex.shapes import shapes
from derive.latex.tree import Node, UnreadableError
from derive.plain.reading import product
from derive.term import ZERO, Term


def indefinite(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The variables of the integrals without ends in some trees.

    >>> x, none = Node("name", 0, 1, "x"), Node("nothing", 0, 0)
    >>> [v.text for v in indefinite((Node("big", 0, 1, "Integral", (x, none, none, x)),))]
    ['x']
    """
    found: dict[str, Node] = {}
    for n in (m for node in nodes for m in node.walk()):
        if _is_indefinite(n):
            found.setdefault(spelled(n.parts[3]) or n.parts[3].text, n.parts[3])
    return tuple(found.values())


def is_free(variable: Node, nodes: tuple[Node, ...]) -> bool:
    """Whether the variable of an integral stands outside of integrals over it, too: then an
    integral without ends is a function of it."""
    shape = shapes(nodes).get(variable.text)
    name = spelled(variable)
    return shape is not None and any(spelled(u.node) == name for u in shape.uses)


def up_to_constant(left: Node, right: Node, reading: Reading) -> tuple[Term, Term]:
    """The derivatives of two sides of which one has an integral without ends.

    Raises UnreadableError: there are several variables, or the integral is no term of its
    side.
    """
    variables = indefinite((left, right))
    if len(variables) != 1:
        raise refusal(left, "integrals without ends over several variables are not read")
    place = place_of(reading)
    return _derivative(left, variables[0], place), _derivative(right, variables[0], place)


def beside(left: Node, right: Node, reading: Reading) -> tuple[Term, Term]:
    """What stands beside the integrals without ends of two sides."""
    place = place_of(reading)
    return _value(left, place), _value(right, place)


def alone(left: Node, right: Node, reading: Reading) -> tuple[Term, Term]:
    """The derivatives of the integrals without ends of two sides: 0 for all beside them."""
    place, variable = place_of(reading), indefinite((left, right))[0]
    a, b = (_derivative(side, variable, place, alone=True) for side in (left, right))
    return a, b


def _is_indefinite(node: Node) -> bool:
    ends = node.kind == "big" and node.text == "Integral" and node.parts[1:3]
    return bool(ends) and all(end.kind == "nothing" for end in ends or ())


def _has_indefinite(node: Node) -> bool:
    return any(map(_is_indefinite, node.walk()))


def _value(node: Node, place: Place) -> Term:
    """A side without its integrals."""
    node = inside(node)
    if not _has_indefinite(node):
        return place.term(node)
    if node.kind == "neg":
        return Term("Neg", (_value(node.parts[0], place),))
    if node.kind == "add":
        return Term("Add", tuple(_value(p, place) for p in node.parts))
    if node.kind == "divide":
        return Term("Div", (_value(node.parts[0], place), place.term(node.parts[1])))
    if node.kind in ("juxtapose", "times"):
        return product([_value(p, place) for p in node.parts], place.reading.zero_log)
    return ZERO


def _derivative(node: Node, variable: Node, place: Place, alone: bool = False) -> Term:
    """The derivative of a side by the variable; ``alone``: of its integrals only."""
    node = inside(node)
    if not _has_indefinite(node):
        if alone:
            return ZERO
        body = place.term(node)
        name = place.term(variable)
        if body.free.isdisjoint({name.value, *place.defined_through({name.value})}):
            return ZERO  # a constant
        return differentiated(node, body, name, variable, place)
    if node.kind == "neg":
        return Term("Neg", (_derivative(node.parts[0], variable, place, alone),))
    if node.kind == "add":
        return Term("Add", tuple(_derivative(p, variable, place, alone) for p in node.parts))
    if _is_indefinite(node):
        if _has_indefinite(node.parts[0]):
            raise refusal(node, "an integral without ends inside another one is not read")
        return place.term(node.parts[0])
    if node.kind in ("juxtapose", "times"):
        return _multiple(node, variable, place, alone)
    if node.kind == "divide" and not _has_indefinite(node.parts[1]):
        below = _constant(node.parts[1], variable, place)
        return Term("Div", (_derivative(node.parts[0], variable, place, alone), below))
    raise _misplaced(node)


def _multiple(node: Node, variable: Node, place: Place, alone: bool) -> Term:
    """The derivative of a constant times an integral, or a sum with one in brackets."""
    with_it = [p for p in node.parts if _has_indefinite(p)]
    rest = tuple(p for p in node.parts if not _has_indefinite(p))
    if len(with_it) != 1 or not rest:
        raise _misplaced(node)
    factor = _constant(node._replace(parts=rest) if len(rest) > 1 else rest[0], variable, place)
    return product(
        [factor, _derivative(with_it[0], variable, place, alone)], place.reading.zero_log
    )


def _constant(node: Node, variable: Node, place: Place) -> Term:
    value = place.term(node)
    name = place.term(variable)
    if not value.free.isdisjoint({name.value, *place.defined_through({name.value})}):
        raise _misplaced(node)
    return value


def _misplaced(node: Node) -> UnreadableError:
    message = "an integral without ends stands for a function up to a constant"
    return refusal(node, message, r"write its ends, \int_{a}^{b}")
