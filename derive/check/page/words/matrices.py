"""Capital letters that may be matrices, though nobody calls them so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from derive.latex.tree import Node

_MATRIX = re.compile(r"\bmatri(?:x|ces)\b", re.IGNORECASE)


def may_be_matrices(words: str, parts: Iterable[Node]) -> frozenset[str]:
    """The capital letters that stand side by side somewhere on a page that speaks of matrices:
    the order of such a product may matter.

    >>> from derive.latex import read
    >>> parts = list(read("W X + n A", {}).walk())
    >>> sorted(may_be_matrices("a product of matrices", parts)), may_be_matrices("", parts)
    (['W', 'X'], frozenset())
    """
    if not _MATRIX.search(words):
        return frozenset()
    pairs = (p for n in parts if n.kind == "juxtapose" for p in pairwise(n.parts))
    return frozenset(n.text for p in pairs if all(map(_is_capital, p)) for n in p)


def _is_capital(node: Node) -> bool:
    return node.kind == "name" and not node.parts and len(node.text) == 1 and node.text.isupper()
