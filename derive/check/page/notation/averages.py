r"""Expectations over laws that a page only names: :math:`\mathbb E_{x \sim p}[f(x)]`.

Where nothing says what p is, such a mean is the sum or the integral of :math:`p(x) f(x)`: over the
values through which the page sums or integrates with the letter x, else over an interval of its
own, ``x_values``, on which p is a density.  The same with ``\mathbb E_{q(z \mid x)}``, with angle
brackets and ``q(z)`` behind them, and with an integral over a density that has no ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from derive.check.page.nodes import applications, shape_of
from derive.check.page.notation.mapped import mapped, sides_of
from derive.check.page.notation.ranging import VALUES, is_label
from derive.latex.big import indices
from derive.latex.elaborate_antiderivatives import is_free
from derive.latex.named.laws import law_call, written_names
from derive.latex.named.objects import EXPECTATIONS
from derive.latex.tree import Display, Node

#: Letters of masses and densities: what else stands behind ``x \sim`` may be anything.
_LETTERS = frozenset({"p", "q", "P", "Q"})
_NOTHING = Node("nothing", 0, 0)


def with_averages(
    displays: Iterable[Display], sections: Iterable[int], without: Collection[str]
) -> list[Display]:
    """The displays, each of a section, with such expectations as sums and integrals; none over
    the letters ``without``, which are no numbers."""
    pairs = groupby(zip(displays, sections, strict=True), key=itemgetter(1))
    return [d for _, some in pairs for d in _within([p[0] for p in some], without)]


def _within(shown: list[Display], without: Collection[str]) -> list[Display]:
    """The same within one section."""
    known = set(_with_law(shown))
    frames: dict[str, dict[str, Node]] = {}
    for n in (n for side in sides_of(shown) for n in side.walk()):
        for letter in _letters(n):
            frames.setdefault(letter, {})[n.text + shape_of(n.parts[1]) + shape_of(n.parts[2])] = n

    def put(node: Node) -> Node:
        if not node.parts:
            return node
        parts = list(map(put, node.parts))
        if node.kind == "juxtapose":
            for k in range(len(parts) - 1, 0, -1):
                mean = found(_of_bracket(*parts[k - 1 : k + 1]), parts[k - 1].start, parts[k].end)
                if mean is not None:
                    parts[k - 1 : k + 1] = [mean]
            if len(parts) == 1:
                return parts[0]
        node = node._replace(parts=tuple(parts))
        return found(_of_angles(node), node.start, node.end) or node

    def found(mean: tuple[Node, Node] | None, start: int, end: int) -> Node | None:
        weight = None if mean is None else _density(mean[0])
        if mean is None or weight is None:
            return None
        name, letter = weight.parts[0], weight.parts[1].parts[0].text
        ways = frames.get(letter, {})
        if letter in without or shape_of(name) in known or len(ways) > 1:
            return None
        frame = next(iter(ways.values())) if ways else _interval(letter)
        body = Node("group", mean[1].start, mean[1].end, "(", (mean[1],))
        whole = Node("times", start, end, "", (weight, body))
        return frame._replace(start=start, end=end, parts=(whole, *frame.parts[1:]))

    return [_with_ends(d, known) for d in mapped(shown, put)]


def _with_ends(display: Display, known: set[str]) -> Display:
    """A display, its integrals over densities with ends where their letter stands for nothing
    else."""
    sides = tuple(sides_of([display]))

    def put(node: Node) -> Node:
        node = node._replace(parts=tuple(map(put, node.parts))) if node.parts else node
        if not _is_of_density(node) or is_free(node.parts[3], sides):
            return node
        if not known.isdisjoint((shape_of(node.parts[3]), *_masses(node))):
            return node
        return node._replace(parts=(node.parts[0], *_interval(node.parts[3].text).parts[1:]))

    return mapped([display], put)[0]


def _of_bracket(head: Node, group: Node) -> tuple[Node, Node] | None:
    """What stands below an expectation, and what is averaged."""
    usual = head.kind == "name" and head.text in EXPECTATIONS and len(head.parts) == 1
    if not usual or group.kind != "group" or len(group.parts) != 1:
        return None
    return head.parts[0], group.parts[0]


def _of_angles(node: Node) -> tuple[Node, Node] | None:
    """The same of angle brackets with a density behind them."""
    if node.kind != "entry" or node.parts[0].kind != "inner" or len(node.parts) != 2:
        return None
    return (node.parts[1], node.parts[0].parts[0]) if len(node.parts[0].parts) == 1 else None


def _density(below: Node) -> Node | None:
    r"""The density at its letter: ``p(x)`` of ``x \sim p``, and ``q(z | x)`` as it stands."""
    drawn = None
    if below.kind == "relation" and below.text == "sim" and not below.notes:
        drawn, below = below.parts
        if below.kind == "name":
            group = Node("group", below.start, below.end, "(", (drawn,))
            below = Node("juxtapose", below.start, below.end, "", (below, group))
    if below.kind != "juxtapose" or len(below.parts) != 2:
        return None
    name, group = below.parts
    if not _is_mass(name) or group.kind != "group":
        return None
    if not all(a.kind == "name" for a in group.parts) or group.notes[:1] not in ((), ("|",)):
        return None
    first = group.parts[0]
    usual = first.text.isalpha() and first.text.islower() and not first.parts
    return below if usual and (drawn is None or shape_of(drawn) == shape_of(first)) else None


def _letters(node: Node) -> list[str]:
    """The letters through whose values a sum, or an integral with ends, runs."""
    if node.kind != "big" or node.text not in ("Sum", "Product", "Integral"):
        return []
    if node.text == "Integral":
        bare = node.parts[1].kind == node.parts[2].kind == "nothing"
        return [n.text for n in node.parts[3:] if n.kind == "name" and not bare]
    return sorted(indices(node.parts[1]))


def _is_of_density(node: Node) -> bool:
    """Whether a node is an integral without ends of something with a density at its letter, which
    stands in it to tell values of functions only."""
    if node.kind != "big" or node.text != "Integral" or node.parts[3].kind != "name":
        return False
    bare = node.parts[1].kind == node.parts[2].kind == "nothing"
    letter = node.parts[3].text
    return bare and is_label(letter, node.parts[0]) and any(_masses(node))


def _masses(node: Node) -> Iterator[str]:
    """The densities below an integral at its letter."""
    for name, group in applications(node.parts[0]):
        own = any(p.kind == "name" and p.text == node.parts[3].text for p in group.parts)
        if own and _is_mass(name):
            yield shape_of(name)


def _is_mass(name: Node) -> bool:
    """Whether a name is that of a mass or density, perhaps with an index: p, ``q_phi``."""
    letter = name.text.removesuffix("_tilde").removesuffix("_hat").partition("_")[0]
    return name.kind == "name" and letter in _LETTERS


def _interval(letter: str) -> Node:
    """An integral over all values of a letter, of nothing yet."""
    variable, where = Node("name", 0, 0, letter), Node("name", 0, 0, f"{letter}{VALUES}")
    return Node("big", 0, 0, "Integral", (_NOTHING, where, _NOTHING, variable))


def _with_law(shown: list[Display]) -> Iterator[str]:
    """Letters that a page gives a law with a name, ``x ~ N(a, b)``, and those of its densities,
    ``q(z) = N(z; a, b)``; letters of laws that are set equal to one, ``P = N(a, b)``."""
    for row in (row for d in shown for row in d.rows):
        for side, after, sign in zip(row.sides, row.sides[1:], row.signs, strict=False):
            call = law_call(after)
            if sign.text in ("=", ":=", "sim") and call is not None and call[0] in written_names():
                yield from (shape_of(n) for n in side.walk() if n.kind == "name")
