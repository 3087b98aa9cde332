"""Masses and densities in formulas, and what is summed or integrated with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derive.latex.tree import Node


class Mass(NamedTuple):
    """A mass or density: its name, and the letters of the values that it is taken at."""

    name: Node
    letters: tuple[str, ...]

    def at(self, sign: str = ",") -> Node:
        """The mass at its letters; ``|`` stands for the first given the second."""
        return called(self.name, tuple(map(named, self.letters)), (sign,) * len(self.letters[1:]))


def base(logarithm: Node) -> int | None:
    """The base of a logarithm; 0 where none is written, None where it is no number."""
    if len(logarithm.parts) == 1:
        return 0
    written = logarithm.parts[1].text
    return int(written) if written.isdigit() else None


def averaged(mass: Mass, amount: Node) -> tuple[tuple[str, ...], Node]:
    """The letters of a mass, and the mass times an amount at them."""
    return mass.letters, Node("times", 0, 0, "", (mass.at(), amount))


def ratio(a: Mass, b: Mass) -> Node:
    """A mass by another one."""
    return divided(a.at(), b.at())


def divided(a: Node, b: Node) -> Node:
    """A quotient."""
    return Node("divide", 0, 0, "frac", (a, b))


def log_of(pattern: Node, of: Node) -> Node:
    """The logarithm of something, to the base of another logarithm."""
    return pattern._replace(start=0, end=0, parts=(of, *pattern.parts[1:]))


def called(name: Node, letters: tuple[Node, ...], notes: tuple[str, ...]) -> Node:
    """A name called with letters."""
    return Node("juxtapose", 0, 0, "", (name, Node("group", 0, 0, "(", letters, notes)))


def named(letter: str) -> Node:
    """A letter."""
    return Node("name", 0, 0, letter)


def ranges(side: Node) -> Iterator[Node]:
    """The sums and integrals in a side."""
    return (n for n in side.walk() if n.kind == "big" and n.text in ("Sum", "Integral"))


def runs(node: Node) -> str | None:
    """The letter that goes through a set, in a sum or an integral over it."""
    below, above = node.parts[1:3]
    if above.kind != "nothing":
        return None
    if node.text == "Integral":
        name = node.parts[3]
        return name.text if below.kind == "name" and name.kind == "name" else None
    if below.kind != "relation" or below.text != "in" or below.parts[0].kind != "name":
        return None
    return below.parts[0].text


def is_letter(node: Node) -> bool:
    """Whether a node is one small letter."""
    return node.kind == "name" and not node.parts and len(node.text) == 1 and node.text.islower()


def is_capital(text: str) -> bool:
    """Whether a text is one capital letter."""
    return len(text) == 1 and text.isupper()


def uppers(letters: tuple[str, ...]) -> tuple[str, ...]:
    """Letters as capital ones."""
    return tuple(letter.upper() for letter in letters)
