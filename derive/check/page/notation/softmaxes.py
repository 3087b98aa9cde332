r"""Softmax functions of vectors, written out: ``\hat y = \mathrm{softmax}(z)`` as the quotients
``\hat y_i = e^{z_i} / \sum_j e^{z_j}``.

A letter is that of a vector where its section writes it with one index; every other one is a
number, as a temperature is.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from operator import itemgetter

from derive.check.page.nodes import names_in
from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.tree import Display, Node, Row

_LINEAR = ("name", "number", "add", "neg", "divide", "juxtapose", "times", "group")


def with_softmaxes(displays: Iterable[Display], sections: Iterable[int]) -> list[Display]:
    r"""The displays, each of a section, entries of softmax functions as quotients.

    >>> from derive.latex import parse
    >>> texts = r"p = \mathrm{softmax}(z)", "p_k + z_k = 1"
    >>> first, _ = with_softmaxes([parse(t, {}) for t in texts], (0, 0))
    >>> [side.kind for side in first.rows[0].sides]
    ['name', 'divide']
    """
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
    vectors = frozenset(name for name, found in counts.items() if found in ({1}, {0, 1}))
    whole = [d._replace(rows=tuple(_defined(row, vectors) for row in d.rows)) for d in shown]
    return mapped(whole, lambda side: _entries(side, vectors))


def _defined(row: Row, vectors: frozenset[str]) -> Row:
    """A row, the vectors that it sets equal to softmax functions as any component of them."""
    sides = list(row.sides)
    for k, (left, right) in enumerate(pairwise(sides)):
        argument = _argument(right)
        named = left.kind == "name" and not left.parts and left.text in vectors
        if argument is not None and named and row.signs[k].text in ("=", ":="):
            index = Node("name", right.end, right.end, "i")
            found = _written(right, argument, index, vectors)
            if found is not None:
                sides[k : k + 2] = [left._replace(parts=(index,)), found]
    return row._replace(sides=tuple(sides))


def _entries(node: Node, vectors: frozenset[str]) -> Node:
    """A tree with ``softmax(z)_i`` written out."""
    parts = tuple(_entries(p, vectors) for p in node.parts)
    node = node._replace(parts=parts) if parts else node
    if node.kind != "juxtapose" or len(parts) != 2 or parts[1].kind != "entry":
        return node
    whole = node._replace(parts=(parts[0], parts[1].parts[0]))
    argument, index = _argument(whole), parts[1].parts[1:]
    if argument is None or len(index) != 1:
        return node
    return _written(node, argument, index[0], vectors) or node


def _argument(node: Node) -> Node | None:
    """What a softmax function is taken of; None for anything else."""
    if node.kind != "juxtapose" or len(node.parts) != 2:
        return None
    head, group = node.parts
    called = head.kind == "name" and head.text == "softmax" and not head.parts
    return group.parts[0] if called and group.kind == "group" and len(group.parts) == 1 else None


def _written(node: Node, argument: Node, index: Node, vectors: frozenset[str]) -> Node | None:
    """The entry of a softmax function as a quotient; None where its argument is not that of a
    vector, added to others or times a number."""
    if not _is_vector(argument, vectors):
        return None
    taken = names_in(argument) | names_in(index)
    other = Node("name", node.end, node.end, next(c for c in "jklmr" if c not in taken))
    above, below = (_power(_member(argument, vectors, i), node) for i in (index, other))
    nothing = Node("nothing", node.end, node.end)
    total = Node("big", node.start, node.end, "Sum", (below, other, nothing))
    return Node("divide", node.start, node.end, "frac", (above, total))


def _power(exponent: Node, node: Node) -> Node:
    return Node("function", node.start, node.end, "exp", (exponent,))


def _is_vector(node: Node, vectors: frozenset[str]) -> bool:
    """Whether a tree is that of a vector by its form: of one that is added, or has a factor."""
    if node.kind == "name":
        return not node.parts and node.text in vectors
    if node.kind in ("neg", "group"):
        return len(node.parts) == 1 and _is_vector(node.parts[0], vectors)
    if node.kind == "divide":
        return _is_vector(node.parts[0], vectors) and _is_number(node.parts[1], vectors)
    if node.kind in ("juxtapose", "times"):
        *numbers, last = node.parts
        return _is_vector(last, vectors) and all(_is_factor(n, vectors) for n in numbers)
    if node.kind == "add":
        found = [_is_vector(p, vectors) for p in node.parts]
        return any(found) and all(
            v or _is_number(p, vectors) for v, p in zip(found, node.parts, strict=True)
        )
    return False


def _is_number(node: Node, vectors: frozenset[str]) -> bool:
    """Whether a tree is made of numbers and small letters that are none of vectors."""
    return all(
        n.kind in _LINEAR and not (n.kind == "name" and (n.parts or n.text in vectors))
        for n in node.walk()
    )


def _is_factor(node: Node, vectors: frozenset[str]) -> bool:
    """Whether a factor before a vector is a number: a capital there is a matrix."""
    capital = node.kind == "name" and node.text[:1].isupper()
    return not capital and _is_number(node, vectors)


def _member(node: Node, vectors: frozenset[str], index: Node) -> Node:
    """A tree with an index at every vector."""
    if node.kind == "name" and node.text in vectors and not node.parts:
        return node._replace(parts=(index,))
    return node._replace(parts=tuple(_member(p, vectors, index) for p in node.parts))
