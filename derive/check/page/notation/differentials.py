r"""Integrals by a formula, ``\int_0^1 f(u) \, \mathrm{d}(2u)``, as substitutions leave them.

That is the integral of Riemann and Stieltjes: its ends are those of u, and it is the one of
``f(u)`` times the derivative of ``2u`` by u.  The variable is the one letter of the formula by
which the display also integrates as usual.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.latex.tree import Display, Node

#: The note on an integral that it was read so.
STIELTJES = "by a formula"


def with_differentials(displays: Iterable[Display]) -> list[Display]:
    r"""The displays, integrals by formulas as usual ones; what is not clear is unreadable.

    >>> from derive.latex import parse, show
    >>> page = [parse(r"\int_0^1 u \, \mathrm{d}(c u) = \int_0^1 c u \, \mathrm{d}u", {})]
    >>> print(show(with_differentials(page)[0].rows[0].sides[0]))
    \int_{0}^{1} u \cdot \frac{\partial c u}{\partial u} \, \mathrm{d}u
    """
    return [_settled(display) for display in displays]


def _settled(display: Display) -> Display:
    sides = [side for row in display.rows for side in row.sides]
    nodes = [n for side in sides for n in side.walk() if _is_integral(n)]
    if not any(_is_by_formula(n) for n in nodes):
        return display
    usual = {n.parts[3].text for n in nodes if n.parts[3].kind == "name"}
    rows = (
        row._replace(sides=tuple(_read(side, usual) for side in row.sides)) for row in display.rows
    )
    return display._replace(rows=tuple(rows))


def _is_integral(node: Node) -> bool:
    return node.kind == "big" and node.text == "Integral"


def _is_by_formula(node: Node) -> bool:
    return _is_integral(node) and node.parts[3].kind == "group"


def _read(node: Node, usual: set[str]) -> Node:
    """A tree with its integrals by formulas as usual ones."""
    if node.parts:
        node = node._replace(parts=tuple(_read(part, usual) for part in node.parts))
    if not _is_by_formula(node):
        return node
    body, lower, upper, group = node.parts
    formula = group.parts[0]
    letters = {n.text: n for n in formula.walk() if n.kind == "name" and n.text in usual}
    if len(letters) != 1:
        message = "the variable of the integral is no name"
        repair = r"write the derivative into the integral, and \mathrm{d}x"
        return Node("unreadable", group.start, group.end, message, (), (repair,))
    (variable,) = letters.values()
    factor = body if body.kind not in ("add", "neg") else body._replace(
        kind="group", text="(", parts=(body,), notes=())  # fmt: skip
    slope = Node("derivative", group.start, group.end, "partial", (formula, variable))
    whole = Node("times", body.start, group.end, "", (factor, slope))
    return node._replace(parts=(whole, lower, upper, variable), notes=(*node.notes, STIELTJES))
