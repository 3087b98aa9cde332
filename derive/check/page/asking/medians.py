r"""Medians of variables whose law the page gives: where the distribution function is a half.

The laws with a density that are known here have distribution functions that are continuous and
increase on an interval, so that :math:`\mathrm{median}(X) = m` says :math:`F_X(m) = 1/2`, and the
other way round.
"""

from __future__ import annotations

from derive.check.page.asking.resolving import Resolver
from derive.check.page.asking.supports import is_multivariate
from derive.distributions import distribution, support
from derive.domains import interval
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node

_NAMES = frozenset({"median", "Median", "med", "Med"})


class Medians(Resolver):
    """Reads medians at one place of a page."""

    def by_median(self, left: Node, right: Node) -> tuple[Node, Node]:
        """The sides of an equation; where one is a median, what it says of the other."""
        left, right = self._halved(left), self._halved(right)
        for one, other in ((left, right), (right, left)):
            variable = self._variable_of_median(one)
            if variable is not None and self._variable_of_median(other) is None:
                return _at_half(variable, other)
        return left, right

    def _halved(self, node: Node) -> Node:
        """A tree with 1/2 for the distribution function of a variable at its median."""
        if node.kind == "juxtapose" and len(node.parts) == 2 and len(node.parts[1].parts) == 1:
            name, group = node.parts
            variable = self._variable_of_median(group.parts[0])
            own = variable is not None and [p.text for p in name.parts] == [variable.text]
            if own and name.text == "F":
                return _half(node)
        return node._replace(parts=tuple(map(self._halved, node.parts)))

    def _variable_of_median(self, node: Node) -> Node | None:
        """The variable of which a call is the median, where its law is one with a density."""
        if node.kind != "juxtapose" or len(node.parts) != 2:
            return None
        head, group = node.parts
        if head.kind != "name" or head.text not in _NAMES or group.kind != "group":
            return None
        if head.parts or len(group.parts) != 1 or group.parts[0].kind != "name":
            return None
        variable = group.parts[0]
        law = None if variable.parts else self._law(spelled(variable) or "")
        found = None if law is None or is_multivariate(law) else distribution(law.head)
        if law is None or found is None or found.kind != "density":
            return None
        return variable if interval(support(law)) is not None else None


def _at_half(variable: Node, value: Node) -> tuple[Node, Node]:
    """``F_X(m) = 1/2`` at a place."""
    ends = value.start, value.end
    function = Node("name", *ends, "F", (variable,))
    called = Node("juxtapose", *ends, "", (function, Node("group", *ends, "(", (value,))))
    return called, _half(value)


def _half(place: Node) -> Node:
    ends = place.start, place.end
    return Node("divide", *ends, "frac", tuple(Node("number", *ends, text) for text in "12"))
