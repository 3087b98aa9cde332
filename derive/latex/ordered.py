r"""Sums over indices in order: ``\sum_{1 \le i < j \le n}`` is one sum below another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.latex.formula import Formula


def is_ordered(lower: Node) -> bool:
    r"""Whether a limit is a chain of two or more indices between ends, ``1 \le i < j \le n``."""
    if lower.kind != "relation" or len(lower.parts) < 4 or set(lower.notes) - {"<", "<="}:
        return False
    first, *names, last = lower.parts
    texts = {n.text for n in names}
    plain = all(n.kind == "name" and not n.parts for n in names) and len(texts) == len(names)
    return plain and not any(n.text in texts for end in (first, last) for n in end.walk())


def nested(formula: Formula, start: int, body: Node, lower: Node) -> Node:
    """A sum over indices in order, as one sum below another: each begins behind the one before."""
    first, *names, last = lower.parts
    one = Node("number", lower.end, lower.end, "1")
    open_above = lower.notes[-1] == "<" and last.text != "oo"
    end = formula.node("add", lower.end, "", [last, Node("neg", lower.end, lower.end, "", (one,))])
    upper = end if open_above else last
    for before, sign, name in reversed([*zip((first, *names), lower.notes, names, strict=False)]):
        begin = formula.node("add", lower.end, "", [before, one]) if sign == "<" else before
        below = formula.node("relation", lower.start, "=", [name, begin])
        body = formula.node("big", start, "Sum", [body, below, upper])
    return body
