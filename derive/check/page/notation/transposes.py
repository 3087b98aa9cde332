r"""Transposed vectors: which ``w^T x`` of a page are inner products, and no powers.

An italic T above a letter is a sign of transposition where the page uses T for nothing else,
and the letter with it stands before another vector: ``w^T x + b``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from derive.check.page.nodes import shape_of
from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.tree import Display, Node

#: What the name of such a number ends with.
SQUARED = "_squared"


def with_transposes(displays: Iterable[Display]) -> list[Display]:
    """The displays, transposed letters as such where T means nothing else."""
    shown = list(displays)
    sides = list(sides_of(shown))
    if not any(map(_has_transposed, sides)) or any(map(_uses_letter, sides)):
        return shown
    return mapped(shown, _marked)


def products(nodes: Iterable[Node]) -> Iterator[tuple[Node, Node]]:
    """The products in some trees: what is transposed, and the factor behind it; a function of
    an argument as a whole."""
    for node in nodes:
        for n in node.walk():
            if n.kind in ("juxtapose", "times"):
                for k, (a, b) in enumerate(zip(n.parts, n.parts[1:], strict=False)):
                    if a.kind == "decorated" and a.text in ("top", "T"):
                        called = k + 2 < len(n.parts) and n.parts[k + 2].kind == "group"
                        yield a.parts[0], n._replace(parts=n.parts[k + 1 : k + 3]) if called else b


def with_squares(node: Node, known: Callable[[Node], bool]) -> Node:
    r"""A tree with a number of its own for the product of a vector with itself, of which nothing
    says how long it is: ``x_1^T x_1``.  Of ``known`` vectors it is the sum of squares, and a
    capital may be a matrix."""
    parts = [with_squares(p, known) for p in node.parts]
    if node.kind in ("juxtapose", "times"):
        for k in range(len(parts) - 1, 0, -1):
            a, b = parts[k - 1 : k + 1]
            raised = a.kind == "decorated" and a.text in ("top", "T") and b.kind == "name"
            small = raised and b.text[:1].islower()
            if small and b.parts and shape_of(a.parts[0]) == shape_of(b) and not known(b):
                parts[k - 1 : k + 1] = [b._replace(start=a.start, text=f"{b.text}{SQUARED}")]
        if len(parts) == 1:
            return parts[0]
    return node._replace(parts=tuple(parts)) if node.parts else node


def _is_raised(node: Node) -> bool:
    """Whether a node is a letter, with its indices, below an italic T."""
    if node.kind != "power" or node.parts[0].kind != "name":
        return False
    exponent = node.parts[1]
    return exponent.kind == "name" and exponent.text == "T" and not exponent.parts


def _has_transposed(node: Node) -> bool:
    """Whether a letter below an italic T stands right before another letter."""
    return any(
        _is_raised(a) and b.kind == "name"
        for n in node.walk() if n.kind == "juxtapose"
        for a, b in zip(n.parts, n.parts[1:], strict=False)
    )  # fmt: skip


def _uses_letter(node: Node) -> bool:
    """Whether T stands anywhere but above a letter."""
    if _is_raised(node):
        return False
    if node.kind == "name" and node.text == "T":
        return True
    return any(map(_uses_letter, node.parts))


def _marked(node: Node) -> Node:
    if _is_raised(node):
        return node._replace(kind="decorated", text="top", parts=node.parts[:1])
    return node._replace(parts=tuple(map(_marked, node.parts))) if node.parts else node
