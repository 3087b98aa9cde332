r"""Gradients that do not say by what they are taken: ``\nabla J(w)`` is that by w."""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.page.notation.mapped import mapped
from derive.latex.tree import Display, Node


def with_variables(displays: Iterable[Display]) -> list[Display]:
    """The displays, gradients of functions of one letter as those by that letter."""
    return mapped(displays, _by_argument)


def _by_argument(node: Node) -> Node:
    if node.parts:
        node = node._replace(parts=tuple(map(_by_argument, node.parts)))
    if node.kind != "derivative" or node.text != "nabla" or len(node.parts) != 1:
        return node
    body = node.parts[0]
    if body.kind != "juxtapose" or len(body.parts) != 2:
        return node
    head, group = body.parts
    if head.kind != "name" or group.kind != "group" or group.text != "(" or len(group.parts) != 1:
        return node
    argument = group.parts[0]
    if argument.kind != "name" or argument.parts:
        return node  # a point at which the gradient is taken
    return node._replace(parts=(body, argument))
