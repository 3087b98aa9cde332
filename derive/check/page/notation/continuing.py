r"""Displays that begin with a relation sign: they go on with the display before them.

``$$ L = a $$``, some words, ``$$ = b $$``: the second says that a = b.  So it is read where the
display before, in the same section, is one unbroken chain without a condition beside it, and no
other formula stands right before the sign, of which it could be the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.check.page.shown import Shown
from derive.check.page.steps import STATED
from derive.document import Document, Piece
from derive.latex.tree import Display, Node

_WORD = re.compile(r"[^\W\d_]{2,}")


def open_end(
    document: Document, earlier: Sequence[Shown], piece: Piece, display: Display, section: int
) -> Node | None:
    """The side with which a display goes on that has none before its first sign; else None."""
    first = display.rows[0] if display.rows else None
    if first is None or not first.signs or first.sides[0].kind != "nothing":
        return None
    before = next((s for s in reversed(earlier) if s.piece.kind == "display"), None)
    usual = first.signs[0].text in STATED and first.signs[0].text != ":="
    if before is None or before.section != section or not usual or first.remarks:
        return None
    rows, steps = before.display.rows, before.steps
    chain = {s.run for s in steps}
    if any(row.remarks for row in rows) or len(chain) != 1 or not steps[-1].is_relation:
        return None
    end = steps[-1].right
    if rows[-1].sides[-1] is not end or any(n.kind == "unreadable" for n in end.walk()):
        return None
    if _is_led_to(document, before.piece, piece):
        return None
    return _moved(end, len(before.piece.text) + 1)


def with_end(display: Display, end: Node) -> Display:
    """The display with the side that it goes on with."""
    first, *rest = display.rows
    return display._replace(rows=(first._replace(sides=(end, *first.sides[1:])), *rest))


def _is_led_to(document: Document, before: Piece, piece: Piece) -> bool:
    """Whether a formula in the text stands right before a display, without a word between."""
    between = [p for p in document.pieces if before.end <= p.start < piece.start]
    ends = [p.end for p in between if p.kind == "prose"]
    return any(
        p.kind == "inline" and not _WORD.search(document.text[p.end : max(ends, default=p.end)])
        for p in between
    )


def _moved(node: Node, back: int) -> Node:
    """A tree with its places before all places of another text."""
    parts = tuple(_moved(p, back) for p in node.parts)
    return node._replace(start=node.start - back, end=node.end - back, parts=parts)
