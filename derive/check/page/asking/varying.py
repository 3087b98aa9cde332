r"""Whether what a page defines is a constant in a step: not where the step varies what it is of.

With ``Z = \sum_j e^{z_j}`` the derivative of ``e^{z_k} / Z`` by ``z_k`` is not that of a multiple
of ``e^{z_k}``, and ``\int_0^1 u\,dx`` with ``u = x + 1`` is not u: there a name stands for its
value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.check.page.asking.lawless import averaged
from derive.check.page.nodes import names_in
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.check.page.page import Page
    from derive.check.page.shown import Shown
    from derive.check.page.steps import Step


def varies_defined(page: Page, shown: Shown, step: Step) -> bool:
    """Whether a step varies a letter (differentiates by it, sums, integrates or averages over it)
    by means of which the page defines a name of the step."""
    sides = (step.left, step.right)
    letters = {
        m.text
        for side in sides
        for n in side.walk()
        for part in _varied(n)
        for m in part.walk()
        if m.kind == "name"
    }
    random = bool(averaged(sides))
    if not letters and not random:
        return False
    nodes = [n for side in sides for n in side.walk() if n.kind == "name"]
    return any(
        name in letters or (random and (page.is_random(name) or _is_capital(name)))
        for name in _means(page, shown, step, nodes)
    )


def _varied(node: Node) -> tuple[Node, ...]:
    """The parts of a tree that name what it varies."""
    if node.kind == "big" and node.text == "Integral":
        return node.parts[3:]
    if node.kind == "big":
        below = node.parts[1]
        whole = below.kind == "relation" and below.text == "="
        return below.parts[:1] if whole else (below,)
    if node.kind in ("derivative", "evaluated"):
        return node.parts[1:]
    if node.kind == "operator":
        return node.parts
    primed = node.kind == "juxtapose" and node.parts[0].kind == "prime"
    return node.parts[1:] if primed else ()


def _is_capital(name: str) -> bool:
    return len(name) == 1 and name.isupper()


def _means(page: Page, shown: Shown, step: Step, nodes: list[Node]) -> Iterator[str]:
    """The letters by means of which the page defines some names, those of their own definitions
    among them; without those that run there, and indices that stand for any."""
    seen: set[tuple[int, int]] = set()
    while nodes:
        node = nodes.pop()
        name = spelled(node) or node.text
        # What is defined for an index is a family as a symbol: it varies with the index by itself.
        own = tuple(n.text for part in node.parts for n in part.walk() if n.kind == "name")
        found = [
            (page.definition(key, shown.at, shown.section, step.number), own)
            for key in (name, f"{name}^2")
        ]
        general = page.general(node, shown, step.number)
        for definition, indices in (*found, *(() if general is None else (general,))):
            if definition is None or (definition.at, definition.step) in seen:
                continue
            seen.add((definition.at, definition.step))
            below = [n for n in definition.value.walk() if n.kind == "name"]
            bound: set[str] = set(indices).union(
                *(
                    names_in(m)
                    for n in definition.value.walk()
                    if n.kind == "big"
                    for m in _varied(n)
                )
            )
            yield from {n.text for n in below} - bound
            nodes.extend(below)
