r"""One letter for a vector and for several vectors: ``w^\top x`` beside ``w^\top x_i``.

Where a section takes inner products of a letter alone and of the same letter with one index,
``x`` is any vector and ``x_i`` the i-th one of a list: two things, of which neither says anything
of the other.  Then the one without index is called by a name of its own, ``x_any``.

And one letter for a mean and for the means of parts: where ``\bar y`` is squared it is a number,
and the mean of a part, ``\bar y_1``, is none of its components but ``y_bar_part``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from derive.check.page.notation.mapped import mapped, sides_of
from derive.check.page.notation.transposes import products
from derive.latex.tree import Display, Node


def with_any(displays: Iterable[Display], sections: Iterable[int]) -> list[Display]:
    """The displays, each of a section, the letters of such vectors told apart."""
    pairs = list(zip(displays, sections, strict=True))
    return [
        d for _, some in groupby(pairs, key=itemgetter(1)) for d in _within([p[0] for p in some])
    ]


def _within(shown: list[Display]) -> list[Display]:
    """The same within one section."""
    sides = list(sides_of(shown))
    multiplied: dict[str, set[int]] = {}
    for pair in products(sides):
        for n in pair:
            if n.kind == "name":
                multiplied.setdefault(n.text, set()).add(len(n.parts))
    counts: dict[str, set[int]] = {}
    for n in (n for side in sides for n in side.walk()):
        if n.kind == "name":
            counts.setdefault(n.text, set()).add(len(n.parts))
    both = {name for name, found in multiplied.items() if found == {0, 1} == counts[name]}
    squared = {n.parts[0].text for side in sides for n in side.walk() if _is_square_of_mean(n)}
    parts = {name for name in squared if len(counts[name]) > 1}
    if not both and not parts:
        return shown
    return mapped(shown, lambda side: _told_apart(side, both, parts))


def _is_square_of_mean(node: Node) -> bool:
    r"""Whether a node is ``\bar y^2``, with nothing below the letter."""
    if node.kind != "power" or node.parts[1].text != "2" or node.parts[0].kind != "name":
        return False
    return not node.parts[0].parts and node.parts[0].text.endswith("_bar")


def _told_apart(node: Node, alone: set[str], parts: set[str]) -> Node:
    """A tree, some letters without an index as names of their own, and others with one."""
    text = node.text
    if node.kind == "name" and text in (parts if node.parts else alone):
        text = f"{text}_part" if node.parts else f"{text}_any"
    inside = tuple(_told_apart(p, alone, parts) for p in node.parts)
    return node._replace(text=text, parts=inside)
