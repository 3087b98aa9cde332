r"""Sample means that a page writes and does not define: ``\bar x`` beside ``x_1, ..., x_n``."""

from __future__ import annotations

from derive.check.page.asking.supports import Supports
from derive.check.page.nodes import Head
from derive.latex.tree import Node
from derive.plain import write
from derive.term import ONE, Term, bound

_BARS = ("_bar", "_overline")
#: What a page says of a name in words, beside nothing at all, where it may be a mean.
_OPEN_KINDS = (None, "meaning", "moment")


class Means(Supports):
    r"""Reads ``\bar x`` as the mean of the family x where the page does not say what it is."""

    def mean_of(self, name: str, node: Node) -> Term | None:
        """The mean that a name with a bar is by convention; None for any other name."""
        base = next((name.removesuffix(b) for b in _BARS if name.endswith(b)), "")
        if not base or node.parts or name in self.context.names:
            return None
        if self.definition(Head(name, name)) is not None:
            return None
        if self.page.has_other_means(self.shown.section):
            return None
        if any(use.indices for use in self.page.shape(name).uses):
            return None  # each member has a bar of its own, whatever that is
        kind = self.page.kinds.get(name)
        said = kind is None or self.page.speaks_of_means
        if kind not in _OPEN_KINDS or not said or self._running(base) != 1:
            return None
        if not self._takes(base, 1) and base not in self.context.names:
            self._family(base, node._replace(text=base), 1)
        declared = self.context.names.get(base)
        if declared is None or len(declared.indices) != 1 or declared.law is not None:
            return None
        domain = declared.indices[0]
        if domain.head != "Range" or domain.loose or domain.args[0] != ONE:
            return None
        low, size = domain.args
        body = Term("member", (bound(0),), base)
        mean = Term("Div", (Term("Sum", (body, low, size), None, declared.hints), size))
        self.conventions[name] = f"{name} := {write(mean, self.context)}"
        return mean
