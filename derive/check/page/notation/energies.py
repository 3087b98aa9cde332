r"""Pages on which an italic E is a function, an error or an energy, and no expectation.

``E(w)`` is a function of w where the page also writes E without a bracket: as what it
differentiates, ``dE/dw``, or as a formula of its own.  ``E[..]``, and an upright or blackboard E,
stay expectations.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.tree import Display, Node

#: The note on a name that it is the name of a function, whatever else it may mean.
FUNCTION = "function"


def with_energies(displays: Iterable[Display]) -> list[Display]:
    """The displays, the letter E marked where it is a function."""
    shown = list(displays)
    sides = list(sides_of(shown))
    bare = any(_is_letter(side) for side in sides) or any(
        n.kind == "derivative" and _is_letter(n.parts[0]) for side in sides for n in side.walk()
    )
    if not bare or any(_is_of_random(n) for side in sides for n in side.walk()):
        return shown
    return mapped(shown, _marked)


def _is_letter(node: Node) -> bool:
    return node.kind == "name" and node.text == "E" and "upright" not in node.notes


def _is_of_random(node: Node) -> bool:
    """Whether an E has a bracket with a capital letter behind it: ``E(X)``, ``E(Y^2)``."""
    return node.kind == "juxtapose" and any(
        _is_letter(a) and b.kind == "group"
        and any(n.kind == "name" and len(n.text) == 1 and n.text.isupper() for n in b.walk())
        for a, b in zip(node.parts, node.parts[1:], strict=False)
    )  # fmt: skip


def _marked(node: Node) -> Node:
    parts = [_marked(p) for p in node.parts]
    if node.kind == "juxtapose":
        for k, (a, b) in enumerate(zip(node.parts, node.parts[1:], strict=False)):
            if _is_letter(a) and b.kind == "group" and b.text == "(":
                parts[k] = a._replace(notes=(*a.notes, FUNCTION))
    return node._replace(parts=tuple(parts)) if node.parts else node
