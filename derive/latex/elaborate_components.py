r"""Equations of vectors, ``\nabla_w L = \sum_i (\hat y_i - y_i) x_i + \lambda w``, by components.

A formula is a vector where it is a family without its last index, a gradient by such, a sum or
a multiple of vectors, or a sum over vectors.  Its component is the formula with an index at
each of them.
"""

from __future__ import annotations

from derive.latex.big import indices
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_place import Place, refusal
from derive.latex.elaborate_vectors import family_of
from derive.latex.tree import Node
from derive.term import Term

_GRADIENTS = ("partial", "nabla", "d")


class Components:
    """The components of vectors at one place, all with one index and over one range.

    ``index`` is a name that nothing on the page has; ``domain`` is the range that was found.
    """

    def __init__(self, index: str, place: Place) -> None:
        self.index, self.place = index, place
        self.domain: Term | None = None

    def is_vector(self, node: Node) -> bool:
        """Whether a formula is a vector."""
        node = inside(node)
        if node.kind == "name":
            return family_of(node, self.place) is not None
        if node.kind in ("add", "neg"):
            return all(map(self.is_vector, node.parts))
        if node.kind in ("juxtapose", "times"):
            return self._vector_of(node) is not None
        if node.kind == "derivative":
            return self._by_vector(node)
        if node.kind == "big" and node.text == "Sum":
            return self._below(node).is_vector(node.parts[0])
        return node.kind == "divide" and self.is_vector(node.parts[0])

    def _below(self, node: Node) -> Components:
        """The same below a sum, where its indices are bound."""
        inner = self.place
        for name in sorted(indices(node.parts[1])):
            inner, _ = inner.opened(name)
        below = Components(self.index, inner)
        below.domain = self.domain
        return below

    def component(self, node: Node) -> Node:
        """The component of a vector, or of 0.  Raises UnreadableError where it is none."""
        node = inside(node)
        if node.kind == "number" and node.text == "0":
            return node
        if not self.is_vector(node):
            raise refusal(node, "a vector is expected here", "write the equation of components")
        if node.kind == "name":
            return self._member(node)
        if node.kind in ("add", "neg"):
            return node._replace(parts=tuple(map(self.component, node.parts)))
        if node.kind == "derivative":
            body, variable = node.parts
            return node._replace(text="partial", parts=(body, self._member(variable)))
        if node.kind == "big":
            below = self._below(node)
            body = below.component(node.parts[0])
            self.domain = below.domain
            return node._replace(parts=(body, *node.parts[1:]))
        at = self._vector_of(node) if node.kind in ("juxtapose", "times") else 0
        parts = [self.component(p) if k == at else p for k, p in enumerate(node.parts)]
        return node._replace(parts=tuple(parts))

    def _by_vector(self, node: Node) -> bool:
        """Whether a derivative is a gradient by one vector."""
        plain = node.text in _GRADIENTS and len(node.parts) == 2
        return plain and node.parts[0].kind != "nothing" and self.is_vector(node.parts[1])

    def _vector_of(self, node: Node) -> int | None:
        r"""Which factor is the vector of a product of one vector with numbers: in
        ``w^\top x_i x_i`` the last, the others are an inner product."""
        found: list[int] = []
        skipped = -1
        for k, part in enumerate(node.parts):
            if part.kind == "decorated":
                skipped = k + 1  # the vector behind it belongs to it
            elif k != skipped and self.is_vector(part):
                found.append(k)
        return found[0] if len(found) == 1 else None

    def _member(self, node: Node) -> Node:
        """A member of a family that is written without its last index."""
        node = inside(node)
        found = family_of(node, self.place)
        assert found is not None
        domain = found[2]
        if domain.loose or self.domain not in (None, domain):
            raise refusal(node, "these vectors do not have one range")
        self.domain = domain
        index = Node("name", node.end, node.end, self.index)
        return node._replace(parts=(*node.parts, index))
