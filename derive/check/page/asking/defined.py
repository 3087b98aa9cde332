"""Whether the page says what a name is, so that nothing is declared for it."""

from __future__ import annotations

from derive.check.page.asking.means import Means
from derive.check.page.nodes import Head
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node


class Defined(Means):
    """Tells the names at one place of a page that have a definition there."""

    def _is_unfolded(self, head: Head, node: Node) -> bool:
        """Whether the page says what a name is: by itself, by its square, or for any index."""
        square = Head(f"{head.key}^2", head.name)
        if square.key not in self.under and self.definition(square) is not None:
            return True
        return self.definition(head) is not None or self._is_general(node)

    def _is_defined(self, node: Node) -> bool:
        """Whether the page defines a member of a family, or any of its members."""
        whole = spelled(node) or node.text
        return bool(self.definition(Head(whole, whole))) or self._is_general(node)

    def _is_general(self, node: Node) -> bool:
        """Whether a name is a member of a family that the page defines for any index."""
        found = self.page.general(node, self.shown, self.step)
        if node.text in self.kept:
            return False
        return found is not None and found[0].head.name not in (*self.under, spelled(node))
