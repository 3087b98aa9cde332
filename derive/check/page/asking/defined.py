"""Whether the page says what a name is, so that nothing is declared for it; and whether a letter is
a number of its own where others have it with indices."""

from __future__ import annotations

from derive.check.page.asking.means import Means
from derive.check.page.asking.singles import is_argument_of_numbers, is_number_in
from derive.check.page.nodes import Head
from derive.check.page.notation.apart import is_above
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

    def _is_number(self, name: str) -> bool:
        """Whether a letter that also has indices on the page is a number here by its form."""
        if name in self.vectors:
            return False
        if any("end" in u.roles and not u.indices for u in self.page.shape(name).uses):
            return True  # a size, whatever else has its letter
        if self._is_numbered(name):
            return True
        if is_number_in(name, self._here) or name in self.page.totals:
            return True
        section = self.shown.section
        known = [(d.head, d.value) for d in self.page.definitions if d.section == section]
        return is_argument_of_numbers(name, self._here, known)

    def _is_numbered(self, name: str) -> bool:
        r"""Whether a letter has indices for nothing but the number of an example above it,
        ``y^{(i)}``: by itself it is that of any example, in a display that numbers none."""
        section = self.page.shape_in(name, self.shown.section)
        indexed = [u for u in section.uses if u.indices] if section is not None else []
        above = all(len(u.node.parts) == 1 and is_above(u.node.parts[0]) for u in indexed)
        return bool(indexed) and above and self._is_told_apart(name, Node("name", 0, 0, name))

    def _is_told_apart(self, name: str, node: Node) -> bool:
        """Whether a letter that also has indices on the page may be a number of its own here:
        the display gives it none, and nothing calls it a vector."""
        indexed = any(n.kind == "name" and n.text == name and n.parts
                      for side in self._here for n in side.walk())  # fmt: skip
        kind = self.page.kinds.get(name) or self.page.kinds.get(node.text)
        return not indexed and kind not in ("vector", "matrix", "set", "distribution")
