"""The declarations of a page that are written as mathematics: where a symbol lies.

``y_i \\in \\{0,1\\}``, ``0 < p < 1``, ``\\sigma > 0``; an index set behind it, ``i = 1, ..., n``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from derive.latex.tree import Node

#: How a sign reads from the other side.
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "in": "ni"}


#: Where indices run, by name, and by their place in a family.
Ranges = Mapping[str, tuple[Node, Node]]
Ends = Mapping[int, tuple[Node, Node]]


class Lies(NamedTuple):
    """What a formula says of one name: ``signs`` with the other sides as seen from it.

    In ``x_1, \\ldots, x_n > 0`` it is said of x_n and all members from ``first`` on.
    """

    name: Node
    signs: tuple[tuple[str, Node], ...]
    first: Node | None = None


def said_by(node: Node) -> list[Lies]:
    """What a relation says of the names in it.

    >>> p, zero = Node("name", 0, 1, "p"), Node("number", 4, 5, "0")
    >>> [(l.name.text, l.signs[0][0]) for l in said_by(Node("relation", 0, 5, ">", (p, zero)))]
    [('p', '>')]
    """
    sides, signs = _chain(node)
    found = []
    for k, side in enumerate(sides):
        first = first_of(side)
        names = side.parts if _is_list(side) else (side,)
        for name in names[-1:] if first is not None else names:
            if name.kind != "name":
                continue
            around = []
            if k > 0 and signs[k - 1] in _MIRROR:
                around.append((_MIRROR[signs[k - 1]], sides[k - 1]))
            if k < len(signs):
                around.append((signs[k], sides[k + 1]))
            seen = tuple((s, n) for s, n in around if s != "ni")
            if seen:
                found.append(Lies(name, seen, first))
    return found


def first_of(node: Node) -> Node | None:
    """The first member of a list of all members of a family, ``x_1, \\ldots, x_n``.

    >>> one, n = Node("number", 2, 3, "1"), Node("name", 13, 14, "n")
    >>> ends = Node("name", 0, 3, "x", (one,)), Node("name", 11, 14, "x", (n,))
    >>> first_of(Node("group", 0, 14, "", (ends[0], Node("ellipsis", 5, 9), ends[1]))).parts[0].text
    '1'
    """
    if not _is_list(node) or not any(p.kind == "ellipsis" for p in node.parts):
        return None
    ends = node.parts[0], node.parts[-1]
    members = [p for p in node.parts if p.kind != "ellipsis"]
    same = all(m.kind == "name" and m.text == ends[0].text and m.parts for m in members)
    varied = [len({*map(_plain, m)}) for m in zip(*(m.parts for m in members), strict=False)]
    return ends[0] if same and len(varied) == 1 and len(members) in (2, 3) else None


def ranges_of(node: Node) -> Ranges | None:
    """Where indices run: ``i = 1, \\ldots, n`` or ``i \\in \\{1, \\ldots, n\\}``; None where that
    is something else.

    >>> one, n = Node("number", 4, 5, "1"), Node("name", 13, 14, "n")
    >>> run = Node("group", 4, 14, "", (one, Node("ellipsis", 6, 11), n))
    >>> list(ranges_of(Node("relation", 0, 14, "=", (Node("name", 0, 1, "i"), run))))
    ['i']
    """
    if node.kind != "relation" or node.text not in ("=", "in") or len(node.parts) != 2:
        return None
    names, run = node.parts
    if run.kind != "group" or len(run.parts) not in (3, 4) or run.parts[-2].kind != "ellipsis":
        return None
    letters = names.parts if _is_list(names) else (names,)
    if not all(n.kind == "name" and not n.parts for n in letters):
        return None
    return {n.text: (run.parts[0], run.parts[-1]) for n in letters}


def _plain(node: Node) -> tuple[str, str]:
    return node.kind, node.text


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
