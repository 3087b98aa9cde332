"""Symbols that a page sets equal to each other: ``n = a + b`` beside ``a = n - b``.

One of the two is an equation for what was spoken of before, and defines nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.check.page.page import Definition

#: Where a name of a section stands first: the piece, and the place in it.
Uses = Mapping[tuple[int, str], tuple[int, int]]


def without_circles(found: list[Definition], first_uses: Uses) -> list[Definition]:
    """The definitions without those that close a circle: the one in most circles goes first, of
    two that are alike the one whose symbol was spoken of before, else the later one."""
    left = list(found)
    pairs = _circles(left)
    while pairs:
        counts = Counter(id(d) for pair in pairs for d in pair)
        worst = max(
            (d for pair in pairs for d in pair),
            key=lambda d: (counts[id(d)], _is_known(d, first_uses), d.at, d.step),
        )
        left = [d for d in left if d is not worst]
        pairs = [pair for pair in pairs if worst is not pair[0] and worst is not pair[1]]
    return left


def _circles(found: list[Definition]) -> list[tuple[Definition, Definition]]:
    """The pairs of symbols of a section that are defined by each other."""
    alone = [d for d in found if not d.head.called]
    values = [names_of(d.value) for d in alone]
    by_name: dict[tuple[int, str], list[int]] = {}
    for k, d in enumerate(alone):
        by_name.setdefault((d.section, d.head.name), []).append(k)
    return [
        (alone[k], alone[m])
        for k, d in enumerate(alone)
        for name in sorted(values[k])
        for m in by_name.get((d.section, name), ())
        if m > k and d.head.name in values[m]
    ]


def _is_known(one: Definition, first_uses: Uses) -> bool:
    """Whether the page speaks of a symbol before it defines it."""
    first = first_uses.get((one.section, one.head.name))
    return first is not None and first[0] < one.at


def names_of(node: Node) -> frozenset[str]:
    """The names in a tree as they are spelled; members of families are others.

    >>> sorted(names_of(Node("neg", 0, 2, "", (Node("name", 1, 2, "x"),))))
    ['x']
    """
    return frozenset(spelled(n) or "" for n in node.walk() if n.kind == "name")


def stands_in(name: str, node: Node) -> bool:
    """Whether a name stands in a tree as it is spelled; its members are others.

    >>> stands_in("x", Node("neg", 0, 2, "", (Node("name", 1, 2, "x"),)))
    True
    """
    return name in names_of(node)
