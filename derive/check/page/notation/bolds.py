r"""Bold letters of vectors whose components are written in italics: ``\mathbf{w}`` and ``w_j``.

The two are one letter where a section writes the italic one with one index more, and never
otherwise; then ``\mathbf{w}`` is the family w without its last index.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.tree import Display, Node

_BOLD = "_bold"


def with_bolds(displays: Iterable[Display], sections: Iterable[int]) -> list[Display]:
    """The displays, each of a section, bold letters as those of their components."""
    pairs = list(zip(displays, sections, strict=True))
    return [
        d for _, some in groupby(pairs, key=itemgetter(1)) for d in _within([p[0] for p in some])
    ]


def _within(shown: list[Display]) -> list[Display]:
    """The same within one section."""
    counts: dict[str, set[int]] = {}
    for n in (n for side in sides_of(shown) for n in side.walk()):
        if n.kind == "name":
            counts.setdefault(n.text, set()).add(len(n.parts))
    bold = {
        name for name, found in counts.items()
        if name.endswith(_BOLD) and len(found) == 1
        and counts.get(name.removesuffix(_BOLD)) == {max(found) + 1}
    }  # fmt: skip
    if not bold:
        return shown
    return mapped(shown, lambda side: _plain(side, bold))


def _plain(node: Node, bold: set[str]) -> Node:
    """A tree with some bold letters as plain ones."""
    text = node.text.removesuffix(_BOLD) if node.kind == "name" and node.text in bold else node.text
    return node._replace(text=text, parts=tuple(_plain(p, bold) for p in node.parts))
