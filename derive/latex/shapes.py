"""How names are used in formulas: with which indices, where these run, with which arguments.

This is what can be seen without any declaration; it serves to declare what a page does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from derive.latex.elaborate_names import spelled
from derive.latex.named.objects import looks_named
from derive.latex.tree import Node

#: Roles that a part of a formula may play; a use has those of all the parts around it.
ROLES = ("exponent", "base", "log", "divisor", "root", "factorial", "end", "index", "random",
         "compared")  # fmt: skip


class Index(NamedTuple):
    """One index of a use: ``number``, ``name`` (free), ``range`` (bound by a sum, with its
    ends as far as they are written), or ``other``; ``apart``: the factors of a product such
    as ``2i``, which may be meant as several indices."""

    kind: str
    node: Node
    low: Node | None = None
    high: Node | None = None
    apart: tuple[Index, ...] = ()


class Use(NamedTuple):
    """One use of a free name: its indices, the number of its arguments (0: no bracket
    follows), its roles, and whether it is the variable of a derivative."""

    node: Node
    indices: tuple[Index, ...]
    arguments: int
    roles: frozenset[str]
    differentiated: bool = False


class Shape(NamedTuple):
    """All uses of a free name."""

    name: str
    uses: tuple[Use, ...]

    @property
    def arities(self) -> frozenset[int]:
        """The numbers of indices that occur."""
        return frozenset(len(u.indices) for u in self.uses)

    @property
    def called(self) -> frozenset[int]:
        """The numbers of arguments with which a bracket follows; 0 where none does."""
        return frozenset(u.arguments for u in self.uses)

    @property
    def roles(self) -> frozenset[str]:
        """The roles that some use plays."""
        return frozenset().union(*(u.roles for u in self.uses))

    def at(self, place: int) -> tuple[Index, ...]:
        """What stands at one place of the indices, over all uses."""
        return tuple(u.indices[place] for u in self.uses if place < len(u.indices))


class _Run(NamedTuple):
    """Where a bound variable runs, as far as it is written."""

    low: Node | None = None
    high: Node | None = None


_Bound = Mapping[str, _Run]


def shapes(nodes: Iterable[Node]) -> dict[str, Shape]:
    r"""The uses of every free name of some trees, by the name without its indices.

    Bound variables are no names here; the heads of named objects (``E[X]``, ``f_X(x)``,
    ``\mathcal{N}(x; \mu, \sigma^2)``) are not either, but what stands in them is.

    >>> i, n = Node("name", 0, 1, "i"), Node("name", 0, 1, "n")
    >>> below = Node("relation", 0, 1, "=", (i, Node("number", 0, 1, "1")))
    >>> whole = Node("big", 0, 1, "Sum", (Node("name", 0, 1, "x", (i,)), below, n))
    >>> found = shapes([whole])
    >>> sorted(found), found["x"].at(0)[0].kind, found["n"].roles
    (['n', 'x'], 'range', frozenset({'end'}))
    """
    seen = _Seen()
    for node in nodes:
        seen.visit(node, {}, frozenset())
    return {name: Shape(name, _split(uses)) for name, uses in sorted(seen.uses.items())}


class _Seen:
    """Collects uses on the way through trees."""

    def __init__(self) -> None:
        self.uses: dict[str, list[Use]] = {}

    def visit(self, node: Node, bound: _Bound, roles: frozenset[str]) -> None:
        """Note the uses in a node."""
        if node.kind == "name":
            self.name(node, bound, roles, 0)
        elif node.kind == "juxtapose":  # with a sign, a * (b + c), it is a product
            self._factors(node.parts, bound, roles)
        elif node.kind == "big":
            self._big(node, bound, roles)
        elif node.kind == "derivative":
            self.visit(node.parts[0], bound, roles)
            for variable in node.parts[1:]:
                self.name(variable, bound, roles, 0, differentiated=True)
        else:
            for k, part in enumerate(node.parts):
                self.visit(part, bound, roles | _role(node, k))

    def name(
        self, node: Node, bound: _Bound, roles: frozenset[str], arguments: int,
        differentiated: bool = False,
    ) -> None:  # fmt: skip
        """Note one use of a name, and those in its indices."""
        if node.kind != "name":
            self.visit(node, bound, roles)
            return
        if (spelled(node) or node.text) not in bound and node.text not in bound:
            indices = tuple(_index(p, bound) for p in node.parts)
            use = Use(node, indices, arguments, roles, differentiated)
            self.uses.setdefault(node.text, []).append(use)
        for part in node.parts:
            self.visit(part, bound, roles | {"index"})

    def _factors(self, parts: tuple[Node, ...], bound: _Bound, roles: frozenset[str]) -> None:
        for k, part in enumerate(parts):
            behind = _group(parts[k + 1]) if k + 1 < len(parts) else None
            head = part.parts[0] if part.kind == "prime" else part
            if head.kind != "name" or behind is None:
                if k == 0 or not self._was_read(parts[k - 1], part):
                    self.visit(part, bound, roles)
                continue
            call = Node("juxtapose", head.start, behind.end, "", (head, behind))
            if looks_named(call):
                inner = self._drawn(head, bound, roles)
            else:
                self.name(head, bound, roles, max(len(behind.parts), 1))
                inner = bound
            self.visit(parts[k + 1], inner, roles | ({"random"} if inner is not bound else set()))

    @staticmethod
    def _was_read(before: Node, part: Node) -> bool:
        """Whether a bracket was visited together with the name before it."""
        head = before.parts[0] if before.kind == "prime" else before
        return head.kind == "name" and _group(part) is not None

    def _drawn(self, head: Node, bound: _Bound, roles: frozenset[str]) -> _Bound:
        """The bound variables below an expectation that names its variable and law."""
        inner = dict(bound)
        for part in head.parts:
            if part.kind == "relation" and part.text == "sim" and part.parts[0].kind == "name":
                inner[spelled(part.parts[0]) or part.parts[0].text] = _Run()
                self.visit(part.parts[1], bound, roles)
            elif part.kind == "name":
                self.name(part, bound, roles | {"random"}, 0)
        return inner

    def _big(self, node: Node, bound: _Bound, roles: frozenset[str]) -> None:
        body, below, above = node.parts[:3]
        inner = dict(bound)
        if node.text == "Integral":
            inner[spelled(node.parts[3]) or node.parts[3].text] = _Run(below, above)
            ends = [(below, "limit"), (above, "limit")]
        else:
            ends = self._run(below, above, inner)
        for end, role in ends:
            self.visit(end, bound, roles | {role})
        self.visit(body, inner, roles)

    @staticmethod
    def _run(below: Node, above: Node, inner: dict[str, _Run]) -> list[tuple[Node, str]]:
        """Bind what stands below a sign; the ends and sets that are written there, and what the
        index is not to be."""
        ends = [(above, "end")]
        listed = below.kind == "juxtapose" or (below.kind == "group" and not below.text)
        for part in below.parts if listed else (below,):
            if part.kind == "name":
                inner[spelled(part) or part.text] = _Run(None, None if listed else _some(above))
            elif part.kind == "relation" and part.parts[0].kind == "name":
                name = spelled(part.parts[0]) or part.parts[0].text
                if name not in inner or part.text == "=":
                    low = part.parts[1] if part.text == "=" else None
                    inner[name] = _Run(low, _some(above) if low is not None else None)
                role = "compared" if part.text == "!=" else "end"
                ends += [(p, role) for p in part.parts[1:]]
            else:
                ends.append((part, "end"))
        return ends


def _some(node: Node) -> Node | None:
    return None if node.kind == "nothing" else node


def _group(node: Node) -> Node | None:
    """The bracket of an argument, below an exponent, factorial sign or index."""
    while node.kind in ("power", "factorial", "entry"):
        node = node.parts[0]
    return node if node.kind == "group" else None


def _role(node: Node, k: int) -> frozenset[str]:
    """The role that the k-th part of a node plays in it."""
    roles = {
        "power": ("base", "exponent"),
        "divide": ("", "divisor"),
        "root": ("root", ""),
        "factorial": ("factorial",),
        "function": ("log" if node.text == "log" else "", "base"),
        "relation": ("compared", "compared") if node.text in ("=", "!=") else (),
    }.get(node.kind, ())
    return frozenset({roles[k]}) if k < len(roles) and roles[k] else frozenset()


def _index(node: Node, bound: _Bound) -> Index:
    if node.kind == "group" and node.text == "^" and len(node.parts) == 1:
        node = node.parts[0]  # one in brackets above the name
    if node.kind == "number":
        return Index("number", node)
    if node.kind == "name":
        run = bound.get(spelled(node) or node.text)
        return Index("name", node) if run is None else Index("range", node, run.low, run.high)
    letters = node.kind == "juxtapose" and all(p.kind in ("name", "number") for p in node.parts)
    apart = letters and node.parts[0].kind == "number"
    return Index("other", node, apart=tuple(_index(p, bound) for p in node.parts) if apart else ())


def _split(uses: list[Use]) -> tuple[Use, ...]:
    """The uses, a product such as ``2i`` in an index as several indices where some other use
    has so many."""
    counts = {len(u.indices) for u in uses if not any(i.apart for i in u.indices)}
    found = []
    for use in uses:
        indices = tuple(j for i in use.indices for j in (i.apart or (i,)))
        fits = len(indices) > len(use.indices) and len(indices) in counts
        found.append(use._replace(indices=indices) if fits else use)
    return tuple(found)
