r"""One letter for a vector and for several vectors: ``w^\top x`` beside ``w^\top x_i``.

Where a section takes inner products of a letter alone and of the same letter with one index,
``x`` is any vector and ``x_i`` the i-th one of a list: two things, of which neither says anything
of the other.  Then the one without index is called by a name of its own, ``x_any``.  So it is
where one of the two stands in an inner product, and both as the same argument of a function,
``f(x) = w^\top x`` beside ``f(x_i)``.

Examples may have their numbers above the letter, ``x^{(i)}``: then ``x_j`` is a component of any
vector, and in ``x_j^{(i)}`` the number of the example comes first.

And one letter for a mean and for the means of parts: where ``\bar y`` is squared it is a number,
and the mean of a part, ``\bar y_1``, is none of its components but ``y_bar_part``.

And one letter for the entries of a vector and for several vectors: where a section writes both
``x_j`` and ``x^{(i)}``, the latter is ``x_above``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from derive.check.page.nodes import applications
from derive.check.page.notation.mapped import mapped, sides_of
from derive.check.page.notation.transposes import products
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Display, Node

#: What the name of any vector ends with, beside those of a list.
ANY = "_any"


class Apart(NamedTuple):
    """Letters that stand for several things in a section: ``alone`` for any vector where they
    have no index, ``components`` where they have one below, ``listed`` with the number of an
    example above, and ``parts`` for means of parts."""

    alone: frozenset[str]
    components: frozenset[str]
    listed: frozenset[str]
    parts: frozenset[str]


def with_any(displays: Iterable[Display], sections: Iterable[int]) -> list[Display]:
    """The displays, each of a section, the letters of such vectors told apart."""
    pairs = list(zip(displays, sections, strict=True))
    return [
        d for _, some in groupby(pairs, key=itemgetter(1)) for d in _within([p[0] for p in some])
    ]


def _within(shown: list[Display]) -> list[Display]:
    """The same within one section."""
    sides = list(sides_of(shown))
    counts: dict[str, set[int]] = {}
    for n in (n for side in sides for n in side.walk()):
        if n.kind == "name":
            counts.setdefault(n.text, set()).add(len(n.parts))
    squared = {n.parts[0].text for side in sides for n in side.walk() if _is_square_of_mean(n)}
    parts = frozenset(name for name in squared if len(counts[name]) > 1)
    multiplied: dict[str, set[int]] = {}
    for pair in products(sides):
        for n in pair:
            if n.kind == "name":
                multiplied.setdefault(n.text, set()).add(len(n.parts))
    listed = frozenset(
        n.text for side in sides for n in side.walk()
        if n.kind == "name" and n.text in multiplied and list(map(is_above, n.parts)) == [True]
    )  # fmt: skip
    both = {name for name, found in multiplied.items() if found == {0, 1} == counts[name]}
    alone = {name for name in multiplied if _is_any(name, multiplied[name], sides)}
    found = Apart(frozenset(both | alone) | listed, listed, listed, parts)
    if any(found):
        shown = mapped(shown, lambda side: _told_apart(side, found))
    raised = _raised_too(shown)
    return mapped(shown, lambda side: _above(side, raised)) if raised else shown


def _raised_too(shown: list[Display]) -> set[tuple[str, int]]:
    """The letters, with the number of their indices, that have them below and above."""
    forms: dict[tuple[str, int], set[int]] = {}
    for n in (n for side in sides_of(shown) for n in side.walk()):
        if n.kind == "name" and n.parts:
            forms.setdefault((n.text, len(n.parts)), set()).add(_raised(n))
    return {key for key, found in forms.items() if len(found) > 1}


def is_above(index: Node) -> bool:
    """Whether an index is one in brackets above the letter."""
    return index.kind == "group" and index.text == "^"


def _is_any(name: str, multiplied: set[int], sides: Sequence[Node]) -> bool:
    """Whether a letter stands alone and with one index as the same argument of a function, never
    with one index elsewhere but in inner products, and in these at all."""
    if not multiplied <= {0, 1}:
        return False
    places: dict[tuple[str, int, int], set[int]] = {}
    known: set[int] = {id(n) for pair in products(sides) for n in pair}
    for side in sides:
        for head, group in applications(side):
            for k, n in enumerate(group.parts):
                if n.kind == "name" and n.text == name:
                    place = (spelled(head) or head.text, len(group.parts), k)
                    places.setdefault(place, set()).add(len(n.parts))
                    known.add(id(n))
    if not any(found == {0, 1} for found in places.values()):
        return False
    single = (n for side in sides for n in side.walk()
              if n.kind == "name" and n.text == name and len(n.parts) == 1)  # fmt: skip
    return all(id(n) in known for n in single)


def _raised(node: Node) -> int:
    """How many indices of a letter stand above it in brackets."""
    return sum(map(is_above, node.parts))


def _above(node: Node, raised: set[tuple[str, int]]) -> Node:
    """A tree, letters with indices above them as names of their own."""
    text = node.text
    if node.kind == "name" and _raised(node) and (text, len(node.parts)) in raised:
        text = f"{text}_above"
    return node._replace(text=text, parts=tuple(_above(p, raised) for p in node.parts))


def _is_square_of_mean(node: Node) -> bool:
    r"""Whether a node is ``\bar y^2``, with nothing below the letter."""
    if node.kind != "power" or node.parts[1].text != "2" or node.parts[0].kind != "name":
        return False
    return not node.parts[0].parts and node.parts[0].text.endswith("_bar")


def _told_apart(node: Node, found: Apart) -> Node:
    """A tree, some letters without an index as names of their own, and others with one."""
    text, parts = node.text, tuple(_told_apart(p, found) for p in node.parts)
    if node.kind == "name":
        above = list(map(is_above, node.parts))
        if not above:
            text += ANY if text in found.alone else ""
        elif text in found.parts:
            text += "_part"
        elif above == [False] and text in found.components:
            text += ANY
        elif above == [False, True] and text in found.listed:
            parts = parts[::-1]
    return node._replace(text=text, parts=parts)
