"""Symbols that a page sets equal to each other: ``n = a + b`` beside ``a = n - b``.

One of the two is an equation for what was spoken of before, and defines nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
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
    while True:
        pairs = [(a, b) for a, b in combinations(left, 2) if _are_circular(a, b)]
        if not pairs:
            return left
        counts = Counter(id(d) for pair in pairs for d in pair)
        left.remove(
            max(
                (d for pair in pairs for d in pair),
                key=lambda d: (counts[id(d)], _is_known(d, first_uses), d.at, d.step),
            )
        )


def _are_circular(a: Definition, b: Definition) -> bool:
    """Whether two symbols of a section are defined by each other."""
    alone = not a.head.called and not b.head.called and a.section == b.section
    return alone and stands_in(a.head.name, b.value) and stands_in(b.head.name, a.value)


def _is_known(one: Definition, first_uses: Uses) -> bool:
    """Whether the page speaks of a symbol before it defines it."""
    first = first_uses.get((one.section, one.head.name))
    return first is not None and first[0] < one.at


def stands_in(name: str, node: Node) -> bool:
    """Whether a name stands in a tree as it is spelled; its members are others.

    >>> stands_in("x", Node("neg", 0, 2, "", (Node("name", 1, 2, "x"),)))
    True
    """
    return any(n.kind == "name" and spelled(n) == name for n in node.walk())
