r"""Letters that are used both with and without indices: which are numbers in a display; and
letters that stand before brackets.

Many pages call a vector and a number by one letter, one after the other.  Where a display never
gives the letter an index, and adds it to a number, takes its exponential or divides by it, it
is a number there; a rule for every component of a vector is then read for one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from derive.check.page.nodes import Head, heads_in
from derive.latex.elaborate_functions import KNOWN
from derive.latex.tree import Node

#: Known functions of a whole family.
_OF_FAMILIES = frozenset({"softmax", "logsumexp", "LSE"})
#: What is made of vectors only.
_OF_VECTORS = ("norm", "inner", "decorated", "matrix")


def is_number_in(name: str, nodes: tuple[Node, ...]) -> bool:
    r"""Whether a letter is a number in some trees, all of one display.

    >>> one, p = Node("number", 0, 1, "1"), Node("name", 4, 5, "p")
    >>> whole = Node("add", 0, 5, "", (one, Node("neg", 2, 5, "", (p,))))
    >>> is_number_in("p", (whole,)), is_number_in("q", (whole,))
    (True, False)
    """
    named = [n for node in nodes for n in node.walk() if n.kind == "name" and n.text == name]
    if not named or any(n.parts for n in named):
        return False
    if any(_has_vector(node, name) for node in nodes) or any(map(_transposes, nodes)):
        return False
    return any(_is_added(n, name) for node in nodes for n in node.walk())


def is_argument_of_numbers(
    name: str, nodes: tuple[Node, ...], known: Iterable[tuple[Head, Node]]
) -> bool:
    """Whether some trees have a letter as the argument of a function that is defined for numbers,
    by the form of what it is defined to be; ``known``: what is defined, and as what."""
    here = [h for h in heads_in(*nodes) if any(_is_letter(a, name) for a in h.arguments)]
    return any(
        is_number_in(own.text, (value,))
        for h in here for head, value in known if head.name == h.name
        for own, put in zip(head.arguments, h.arguments, strict=False)
        if _is_letter(put, name) and own.kind == "name" and not own.parts
    )  # fmt: skip


def _is_letter(node: Node, name: str) -> bool:
    return node.kind == "name" and node.text == name and not node.parts


def _mentions(node: Node, name: str) -> bool:
    """Whether a tree mentions a letter outside of arguments of functions that may be of a
    vector."""
    if node.kind == "name":
        return node.text == name
    for k, part in enumerate(node.parts):
        head = node.parts[k - 1] if k > 0 and node.kind in ("juxtapose", "times") else None
        called = head is not None and head.kind == "name" and part.kind == "group"
        of_numbers = head is not None and head.text in KNOWN - _OF_FAMILIES
        if (not called or of_numbers) and _mentions(part, name):
            return True
    return False


def _has_vector(node: Node, name: str) -> bool:
    """Whether the letter stands where only a vector can stand."""
    if node.kind == "entry" or node.kind in _OF_VECTORS:
        return any(n.kind == "name" and n.text == name for n in node.walk())
    return any(_has_vector(p, name) for p in node.parts)


def _transposes(node: Node) -> bool:
    """Whether an italic T stands as an exponent: then it may be that of a transposed vector."""
    return any(n.kind == "power" and n.parts[1].text == "T" for n in node.walk())


def _is_added(node: Node, name: str) -> bool:
    """Whether a node adds a number to the letter, or is a function of one number of it."""
    if node.kind == "add":
        parts = [p.parts[0] if p.kind == "neg" else p for p in node.parts]
        return any(map(_is_number, parts)) and any(_mentions(p, name) for p in parts)
    if node.kind == "function" and node.text not in ("Max", "Min"):
        return _mentions(node.parts[0], name)
    if node.kind == "power":
        return _mentions(node.parts[1], name)
    if node.kind == "divide":
        return _mentions(node.parts[1], name)
    if node.kind == "derivative":
        return any(v.kind == "name" and v.text == name for v in node.parts[1:])
    if node.kind == "big" and node.text == "Integral":
        return any(_mentions(end, name) for end in node.parts[1:3])
    return node.kind == "factorial" and _mentions(node.parts[0], name)


def _is_number(node: Node) -> bool:
    """Whether a term is a number by its form: a literal one, a norm, an inner product."""
    if node.kind == "divide":
        return all(map(_is_number, node.parts))
    if node.kind == "juxtapose":
        parts = [p for p in node.parts if not _is_number(p)]
        return not parts or (len(parts) == 2 and parts[0].kind == "decorated")
    return node.kind in ("number", "norm", "inner", "abs")


def only_called(sides: Sequence[Node]) -> frozenset[str]:
    """Letters that stand in some trees before brackets with names alone or values at such,
    ``r(x)``, and nowhere else but as such an argument: nobody writes a product so.

    >>> from derive.latex import read
    >>> sorted(only_called([read("r(x) + k(x) k", {}), read("c (1 - c) w(r)", {})]))
    ['r', 'w']
    """
    counts: Counter[str] = Counter()
    called: Counter[str] = Counter()
    heads: set[str] = set()
    for n in (n for side in sides for n in side.walk()):
        if n.kind == "name":
            counts[n.text] += 1
        for a, b in zip(n.parts, n.parts[1:], strict=False) if n.kind == "juxtapose" else ():
            group = b.parts[0] if b.kind == "power" else b
            if a.kind == "name" and group.kind == "group" and _holds_values(group):
                heads.add(a.text)
                called.update(p.text for p in (a, *group.parts) if p.kind == "name")
    indexed = {n.text for side in sides for n in side.walk() if n.kind == "name" and n.parts}
    alone = {n for n in heads if len(n) == 1 and called[n] == counts[n]}
    return frozenset(alone - indexed)


def _holds_values(group: Node) -> bool:
    """Whether a bracket holds names alone, or values of functions at such."""
    return bool(group.parts) and group.text == "(" and all(
        p.kind == "name"
        or (p.kind == "juxtapose" and len(p.parts) == 2 and p.parts[0].kind == "name"
            and p.parts[1].kind == "group" and _holds_values(p.parts[1]))
        for p in group.parts
    )  # fmt: skip
