r"""Families over one range of which the page writes no end: ``\sum_i y_i \log \hat y_i``.

A sum without ends runs through all members of each family that has its index, so that these
families have one range; and so has a family with those that its definition has at its index,
``\hat y_i = e^{z_i} / \sum_j e^{z_j}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from derive.check.page.steps import Step
from derive.latex.big import indices
from derive.latex.tree import Node

#: A letter with the place of one of its indices.
Place = tuple[str, int]


def alike(sides: Iterable[Node], steps: Iterable[Step]) -> Mapping[Place, frozenset[Place]]:
    r"""The indices that run through one range, by each of them.

    >>> from derive.latex import read
    >>> found = alike([read(r"\sum_i y_i z_{ij}", {})], [])
    >>> sorted(found[("y", 0)])
    [('y', 0), ('z', 0)]
    """
    groups: list[set[Place]] = []
    for some in (*_summed(sides), *_defined(steps)):
        if len(some) > 1:
            joined = some.union(*(g for g in groups if not g.isdisjoint(some)))
            groups = [g for g in groups if g.isdisjoint(joined)] + [joined]
    return {place: frozenset(g) for g in groups for place in g}


def _summed(sides: Iterable[Node]) -> Iterator[set[Place]]:
    """The places of the index of each sum without ends."""
    for n in (n for side in sides for n in side.walk()):
        if n.kind == "big" and n.text in ("Sum", "Product") and n.parts[2].kind == "nothing":
            lower = n.parts[1]
            listed = lower.kind == "group" and not lower.text and set(lower.notes) <= {","}
            for one in lower.parts if listed else (lower,):
                if one.kind == "name" and not one.parts:
                    yield set(_places(n.parts[0], one.text))


def _defined(steps: Iterable[Step]) -> Iterator[set[Place]]:
    """The places of each index of a family that a step says what it is."""
    for step in steps:
        left = step.left
        if step.continued or step.sign.text not in ("=", ":=") or left.kind != "name":
            continue
        for k, index in enumerate(left.parts):
            if index.kind == "name" and not index.parts:
                yield {(left.text, k), *_places(step.right, index.text)}


def _places(node: Node, name: str) -> Iterator[Place]:
    """The places in a tree where a letter stands as the index of another one."""
    if node.kind == "big" and name in indices(node.parts[1]):
        return
    if node.kind == "name":
        for k, part in enumerate(node.parts):
            if part.kind == "name" and part.text == name and not part.parts:
                yield node.text, k
        return
    for part in node.parts:
        yield from _places(part, name)
