r"""Inverse functions: which ``g^{-1}(y)`` of a page are values of an inverse, and no products.

A name before a bracket is a function where the page never uses it otherwise.  Then
``g^{-1}`` is a function of its own, ``g_inverse``, of which nothing is known but what the page
says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Display, Node

_SAID = re.compile(r"\binverse (?:\w+ ){0,3}function|\binverse of the (?:\w+ ){0,3}function")


def with_inverses(displays: Iterable[Display], words: str) -> list[Display]:
    """The displays, the inverses of functions as names of their own."""
    shown = list(displays)
    raised: set[str] = set()
    called: set[str] = set()
    bare: set[str] = set()
    for node in sides_of(shown):
        _uses(node, raised, called, bare)
    said = raised if _SAID.search(words) else set()
    inverted = frozenset(raised & (called | said) - bare)
    if not inverted:
        return shown
    return mapped(shown, lambda side: _renamed(side, inverted))


def _uses(node: Node, raised: set[str], called: set[str], bare: set[str]) -> None:
    """Names with ``^{-1}`` before a bracket, names before a bracket, and names that stand
    otherwise."""
    skipped = set()
    if node.kind in ("juxtapose", "times"):
        for k, (a, b) in enumerate(zip(node.parts, node.parts[1:], strict=False)):
            if not _is_bracket(b):
                continue
            base = _inverted(a)
            head = a.parts[0] if a.kind == "prime" else a
            if base is not None:
                raised.add(spelled(base) or base.text)
                skipped.add(k)
            elif head.kind == "name":
                called.add(spelled(head) or head.text)
                skipped.add(k)
    if node.kind == "name":
        bare.add(spelled(node) or node.text)
    for k, part in enumerate(node.parts):
        if k not in skipped:
            _uses(part, raised, called, bare)


def _is_bracket(node: Node) -> bool:
    while node.kind == "power":
        node = node.parts[0]
    return node.kind == "group" and node.text in ("(", "[")


def _inverted(node: Node) -> Node | None:
    """The name below an exponent -1."""
    if node.kind != "power" or node.parts[0].kind != "name":
        return None
    exponent = node.parts[1]
    while exponent.kind == "group" and len(exponent.parts) == 1:
        exponent = exponent.parts[0]
    minus_one = exponent.kind == "neg" and exponent.parts[0].text == "1"
    return node.parts[0] if minus_one else None


def _renamed(node: Node, inverted: frozenset[str]) -> Node:
    parts = [_renamed(p, inverted) for p in node.parts]
    if node.kind in ("juxtapose", "times"):
        for k, part in enumerate(node.parts[:-1]):
            base = _inverted(part)
            if base is None or not _is_bracket(node.parts[k + 1]):
                continue
            if (spelled(base) or base.text) in inverted:
                parts[k] = base._replace(end=part.end, text=f"{base.text}_inverse")
    return node._replace(parts=tuple(parts)) if node.parts else node
