r"""Sums over a letter alone: ``\\sum_x`` runs through the set that the page writes below other
sums over that letter, ``\\sum_{x \\in S}``, where this is always the same one.

Where the page writes none, and uses the letter for nothing but to tell values of functions of
which it does not say what they are, ``\\sum_z q(z) \\log p(x, z)``, the letter runs through a set
of its own, of which nothing is known: ``z_values``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.check.page.nodes import applications, head_of, logged_head, shape_of
from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.big import indices
from derive.latex.tree import Display, Node

#: What the name of a set ends with of which nothing is said but the letter of its members.
VALUES = "_values"


def with_sets(displays: Iterable[Display]) -> list[Display]:
    """The displays, with the sets below sums over a letter alone."""
    shown = list(displays)
    found: dict[str, dict[str, Node]] = {}
    for n in (n for side in sides_of(shown) for n in side.walk()):
        if n.kind == "big" and n.text in ("Sum", "Product"):
            for part in n.parts[1].walk():
                if part.kind == "relation" and part.text == "in" and not part.notes:
                    name, within = part.parts
                    if name.kind == "name" and not name.parts:
                        found.setdefault(name.text, {})[shape_of(within)] = within
    sets = {name: next(iter(ways.values())) for name, ways in found.items() if len(ways) == 1}
    bare = _bare(shown) - found.keys()
    sets |= {name: Node("name", 0, 0, f"{name}{VALUES}") for name in bare}
    if not sets:
        return shown
    return mapped(shown, lambda side: _ranged(side, sets))


def _ranged(node: Node, sets: dict[str, Node]) -> Node:
    parts = tuple(_ranged(p, sets) for p in node.parts)
    if node.kind == "big" and node.text in ("Sum", "Product"):
        body, below, above, *rest = parts
        if above.kind == "nothing":
            listed = below.kind == "group" and not below.text and set(below.notes) <= {","}
            over = [_within(n, body, sets) for n in (below.parts if listed else (below,))]
            below = below._replace(parts=tuple(over)) if listed else over[0]
            parts = (body, below, above, *rest)
    return node._replace(parts=parts) if node.parts else node


def _within(index: Node, body: Node, sets: dict[str, Node]) -> Node:
    """What stands below a sum, with the set through which a lone letter runs."""
    within = sets.get(index.text) if index.kind == "name" and not index.parts else None
    if within is None or _indexes(body, index.text):
        return index
    place = within._replace(start=index.start, end=index.end)
    return Node("relation", index.start, index.end, "in", (index, place))


def _bare(shown: list[Display]) -> set[str]:
    """Small letters over which the page sums without any range, and which only tell values of
    functions that it does not define for numbers."""
    letters: set[str] = set()
    used: dict[str, set[str]] = {}
    numbers: set[str] = set()
    for n in (n for side in sides_of(shown) for n in side.walk()):
        if n.kind == "big" and n.text in ("Sum", "Product"):
            body, below, above = n.parts[:3]
            listed = below.kind == "group" and not below.text and set(below.notes) <= {","}
            for one in below.parts if listed else (below,):
                alone = one.kind == "name" and not one.parts and above.kind == "nothing"
                if alone and len(one.text) == 1 and one.text.islower() and is_label(one.text, body):
                    letters.add(one.text)
                    functions = {h.text for h, g in applications(body) if _mentions(g, one.text)}
                    used.setdefault(one.text, set()).update(functions)
                else:
                    numbers |= {m.text for m in one.walk() if m.kind == "name"}
        elif n.kind in ("derivative", "evaluated") or (n.kind == "big" and n.text == "Integral"):
            last = n.parts[1:] if n.kind == "derivative" else n.parts[-1:]
            numbers |= {m.text for part in last for m in part.walk() if m.kind == "name"}
        elif n.kind == "name":
            numbers |= {m.text for p in n.parts for m in p.walk()}
    defined = set(_of_numbers(shown))
    return {z for z in letters - numbers if used[z] and used[z].isdisjoint(defined)}


def _of_numbers(shown: list[Display]) -> Iterator[str]:
    """Functions of which the page says what they are in terms of their arguments as numbers."""
    for row in (row for d in shown for row in d.rows):
        for side, after, sign in zip(row.sides, row.sides[1:], row.signs, strict=False):
            if sign.text in ("=", ":=", "propto"):
                head = head_of(side) or logged_head(side)
                names = {m.text for a in head.arguments for m in a.walk()} if head else set()
                if head is not None and not all(is_label(name, after) for name in names):
                    yield head.name


def _mentions(node: Node, name: str) -> bool:
    return any(n.kind == "name" and n.text == name for n in node.walk())


def is_label(index: str, body: Node) -> bool:
    """Whether a variable stands in a body only as an index, or alone as an argument."""
    if body.kind == "name":
        return body.text != index
    if body.kind == "big" and index in indices(body.parts[1]):
        return True  # another one of that name
    for k, part in enumerate(body.parts):
        argument = (
            body.kind in ("juxtapose", "times")
            and k > 0
            and part.kind == "group"
            and body.parts[k - 1].kind == "name"
            and all(p.kind == "name" for p in part.parts)
        )
        if not argument and not is_label(index, part):
            return False
    return True


def _indexes(node: Node, name: str) -> bool:
    """Whether a letter stands in the index of another one: then the family says where it runs."""
    return any(
        n.kind == "name" and any(m.text == name for p in n.parts for m in p.walk())
        for n in node.walk()
    )
