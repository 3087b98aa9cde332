"""The declarations of a page that are written as mathematics: where a symbol lies.

``y_i \\in \\{0,1\\}``, ``0 < p < 1``, ``\\sigma > 0``; an index set behind it, ``i = 1, ..., n``.
"""

from __future__ import annotations

from typing import NamedTuple

from derive.latex.tree import Node

#: How a sign reads from the other side.
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "in": "ni"}


class Lies(NamedTuple):
    """What a formula says of one name: ``signs`` with the other sides as seen from it."""

    name: Node
    signs: tuple[tuple[str, Node], ...]


def said_by(node: Node) -> list[Lies]:
    """What a relation says of the names in it.

    >>> p, zero = Node("name", 0, 1, "p"), Node("number", 4, 5, "0")
    >>> [(l.name.text, l.signs[0][0]) for l in said_by(Node("relation", 0, 5, ">", (p, zero)))]
    [('p', '>')]
    """
    sides, signs = _chain(node)
    found = []
    for k, side in enumerate(sides):
        for name in side.parts if _is_list(side) else (side,):
            if name.kind != "name":
                continue
            around = []
            if k > 0 and signs[k - 1] in _MIRROR:
                around.append((_MIRROR[signs[k - 1]], sides[k - 1]))
            if k < len(signs):
                around.append((signs[k], sides[k + 1]))
            seen = tuple((s, n) for s, n in around if s != "ni")
            if seen:
                found.append(Lies(name, seen))
    return found


def _is_list(node: Node) -> bool:
    return node.kind == "group" and node.text == "" and len(node.parts) > 1


def _chain(node: Node) -> tuple[list[Node], list[str]]:
    """The sides and signs of a relation; ``x, y > 0`` is a list whose last part is one."""
    if _is_list(node) and node.parts[-1].kind == "relation":
        last = node.parts[-1]
        sides, signs = _chain(last)
        names = Node("group", node.start, sides[0].end, "", (*node.parts[:-1], sides[0]))
        return [names, *sides[1:]], signs
    if node.kind != "relation":
        return [node], []
    return list(node.parts), list(node.notes) if len(node.parts) > 2 else [node.text]
