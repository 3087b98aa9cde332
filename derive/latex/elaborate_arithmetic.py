"""Sums, products, quotients, powers and roots."""

from __future__ import annotations

from fractions import Fraction

from derive.latex.elaborate_place import Place, refusal
from derive.latex.tree import Node
from derive.term import ONE, Term, lowest_terms, number


def inside(node: Node) -> Node:
    """What a bracket around one formula holds; other nodes as they are."""
    while node.kind == "group" and len(node.parts) == 1:
        node = node.parts[0]
    return node


def is_digits(node: Node, value: str) -> bool:
    """Whether a node is just this number, perhaps in brackets."""
    node = inside(node)
    return node.kind == "number" and node.text == value


def read_neg(node: Node, place: Place) -> Term:
    """Minus a term; minus a number is a number."""
    operand = place.term(node.parts[0])
    literal = operand.head == "number" and operand.value >= 0 and node.parts[0].kind != "group"
    return number(-operand.value) if literal else Term("Neg", (operand,))


def read_divide(node: Node, place: Place) -> Term:
    """A quotient; digits over digits are one number when in lowest terms."""
    a, b = (place.term(p) for p in node.parts)
    literal = all(p.kind in ("number", "neg") for p in node.parts)
    if literal and a.head == b.head == "number" and lowest_terms(a.value, b.value):
        return number(a.value / b.value)
    return Term("Div", (a, b))


def power(base: Term, exponent: Term) -> Term:
    """``base`` to ``exponent``; a power of Euler's number is an exponential."""
    return Term("exp", (exponent,)) if base.head == "E" else Term("Pow", (base, exponent))


def read_root(node: Node, place: Place) -> Term:
    """A square root, or another one of a number that is not negative."""
    radicand = place.term(node.parts[0])
    if len(node.parts) == 1:
        return Term("Pow", (radicand, number(Fraction(1, 2))))
    degree = place.term(node.parts[1])
    if degree.head == "number" and degree.value == 0:
        raise refusal(node.parts[1], "a root has no degree 0")
    if degree.head == "number" and degree.value.denominator == 1:
        return Term("Pow", (radicand, number(1 / degree.value)))
    return Term("Pow", (radicand, Term("Div", (ONE, degree))))


def read_group(node: Node, place: Place) -> Term:
    """A bracket around one formula.  Raises UnreadableError for a list."""
    if len(node.parts) != 1:
        raise refusal(node, "a list stands where one formula is expected")
    return place.term(node.parts[0])
