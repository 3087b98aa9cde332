"""A display with its steps, and what a page says of the laws of its symbols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from derive.check.page.steps import Step
from derive.document import Piece
from derive.latex.tree import Display, Node


class Shown(NamedTuple):
    """A display, or inline mathematics, with its steps.  ``at`` is the number of its piece,
    ``section`` counts the headings before it, ``chain`` the displays; 0 for inline."""

    at: int
    section: int
    chain: int
    piece: Piece
    display: Display
    steps: tuple[Step, ...]


class Law(NamedTuple):
    """``X ~ law`` on the page: the name, its indices and the law as written; ``label``: what
    stands before it, as in ``P: X ~ law``; ``defined``: the label is set equal to it."""

    name: Node
    law: Node
    at: int
    section: int
    label: str = ""
    defined: bool = False


def nodes_of(shown: Shown) -> Iterator[Node]:
    """The sides of a display, in order."""
    for row in shown.display.rows:
        yield from row.sides


def varied_in(sides: Iterable[Node]) -> Iterator[Node]:
    """What some sides differentiate by, ``f'`` aside."""
    for side in sides:
        for n in side.walk():
            if n.kind == "derivative":
                yield from n.parts[1:]
