r"""Sums written without brackets: ``\sum_i y_i \log p_i + (1 - y_i) \log (1 - p_i)``.

A body ends at the first ``+`` or ``-``.  A term behind it that mentions the index of the sum
would be one for each index, though the display says nothing of any: where the display has
that index nowhere else, the term belongs to the body.  Behind a minus sign, ``-\sum_i a_i -
b_i``, some mean that it holds for the whole bracket, and some write it once more: unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.page.notation.mapped import mapped
from derive.latex.big import indices, mentions
from derive.latex.tree import Display, Node

_UNCLEAR = "whether this term belongs to the sum before it is not clear"


def with_bodies(displays: Iterable[Display]) -> list[Display]:
    """The displays, sums with the terms that belong to them.

    >>> from derive.latex import parse
    >>> shown = with_bodies([parse(r"a = \\sum_{i=1}^n x_i + y_i", {})])
    >>> shown[0].rows[0].sides[1].kind
    'big'
    """
    return [_within(d) for d in displays]


def _within(display: Display) -> Display:
    found: set[str] = set()
    (changed,) = mapped([display], lambda side: _whole(side, found))
    sides = [side for row in changed.rows for side in row.sides]
    free = any(mentions(side, name) for side in sides for name in found)
    return display if free or not found else changed


def _whole(node: Node, found: set[str]) -> Node:
    """A tree in which sums have the terms behind them that mention their index; ``found``:
    such indices."""
    parts = [_whole(p, found) for p in node.parts]
    if node.kind != "add":
        return node._replace(parts=tuple(parts)) if parts else node
    k = 0
    while k < len(parts):
        index = _index_of(parts[k])
        own = [j for j in range(k + 1, len(parts)) if any(_is_of(parts[j], i) for i in index)]
        if own:
            taken = parts[k + 1 : own[-1] + 1]
            found |= {i for i in index if any(mentions(t, i) for t in taken)}
            parts[k : own[-1] + 1] = [_joined(parts[k], taken)]
        k += 1
    return parts[0] if len(parts) == 1 else node._replace(parts=tuple(parts))


def _last(term: Node) -> Node:
    """The last factor of a term."""
    while term.kind in ("neg", "juxtapose", "times"):
        term = term.parts[-1]
    return term


def _index_of(term: Node) -> set[str]:
    """The indices of the sum with which a term ends."""
    last = _last(term)
    return indices(last.parts[1]) if last.kind == "big" and last.text == "Sum" else set()


def _is_of(term: Node, name: str) -> bool:
    """Whether a term mentions a name, and as an index only."""
    return mentions(term, name) and not _stands(term, name)


def _stands(node: Node, name: str) -> bool:
    """Whether a name stands in a tree other than as an index, or bound."""
    if node.kind == "name":
        return node.text == name
    if node.kind == "big" and name in indices(node.parts[1]):
        return False
    return any(_stands(p, name) for p in node.parts)


def _joined(term: Node, taken: list[Node]) -> Node:
    """A term that ends with a sum, with some terms in the body of that."""
    if term.kind == "neg" and any(t.kind == "neg" for t in taken):
        return Node("unreadable", taken[0].start, taken[-1].end, _UNCLEAR,
                    notes=("put the body in brackets",))  # fmt: skip
    end = taken[-1].end
    if term.kind == "big":
        body, *rest = term.parts
        terms = body.parts if body.kind == "add" else (body,)
        whole = Node("add", body.start, end, "", (*terms, *taken))
        return term._replace(end=end, parts=(whole, *rest))
    return term._replace(end=end, parts=(*term.parts[:-1], _joined(term.parts[-1], taken)))
