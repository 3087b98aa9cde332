r"""Sums over a letter alone: ``\\sum_x`` runs through the set that the page writes below other
sums over that letter, ``\\sum_{x \\in S}``, where this is always the same one.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.page.mapped import mapped, sides_of
from derive.check.page.nodes import shape_of
from derive.latex.tree import Display, Node


def with_sets(displays: Iterable[Display]) -> list[Display]:
    """The displays, with the sets below sums over a letter alone."""
    shown = list(displays)
    found: dict[str, dict[str, Node]] = {}
    for n in (n for side in sides_of(shown) for n in side.walk()):
        if n.kind == "big" and n.text in ("Sum", "Product"):
            for part in n.parts[1].walk():
                if part.kind == "relation" and part.text == "in" and not part.notes:
                    name, within = part.parts
                    if name.kind == "name" and not name.parts:
                        found.setdefault(name.text, {})[shape_of(within)] = within
    sets = {name: next(iter(ways.values())) for name, ways in found.items() if len(ways) == 1}
    if not sets:
        return shown
    return mapped(shown, lambda side: _ranged(side, sets))


def _ranged(node: Node, sets: dict[str, Node]) -> Node:
    parts = tuple(_ranged(p, sets) for p in node.parts)
    if node.kind == "big" and node.text in ("Sum", "Product"):
        body, below, above, *rest = parts
        within = sets.get(below.text) if below.kind == "name" and not below.parts else None
        if within is not None and above.kind == "nothing" and not _indexes(body, below.text):
            place = within._replace(start=below.start, end=below.end)
            below = Node("relation", below.start, below.end, "in", (below, place))
            parts = (body, below, above, *rest)
    return node._replace(parts=parts) if node.parts else node


def _indexes(node: Node, name: str) -> bool:
    """Whether a letter stands in the index of another one: then the family says where it runs."""
    return any(
        n.kind == "name" and any(m.text == name for p in n.parts for m in p.walk())
        for n in node.walk()
    )
