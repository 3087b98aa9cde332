r"""The sets below the sums and integrals of formulas: ``\sum_{x \in S}``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node


def sets_below(below: Node) -> Iterator[tuple[str, str]]:
    """The sets below a sign, by name, with the variable that runs through each."""
    for part in below.walk():
        if part.kind == "relation" and part.text == "in" and part.parts[0].kind == "name":
            name = spelled(part.parts[1]) if part.parts[1].kind == "name" else None
            if name is not None and not name.endswith("_bb"):
                yield name, part.parts[0].text


def set_names(sides: Iterable[Node], sign: str) -> frozenset[str]:
    """The sets below the sums or integrals of some trees, by name."""
    below = (n.parts[1] for side in sides for n in side.walk()
             if n.kind == "big" and n.text == sign)  # fmt: skip
    found: set[str | None] = set()
    for node in below:
        found |= {name for name, _ in sets_below(node)}
        whole = inside(node)
        found |= {spelled(whole)} if whole.kind == "name" else set()
    return frozenset(name for name in found if name is not None and name.endswith("_cal"))
