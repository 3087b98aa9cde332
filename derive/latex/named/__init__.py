r"""Objects of probability by the names of textbooks: laws, expectations, densities."""

from __future__ import annotations

from derive.latex.elaborate_place import Place
from derive.latex.tree import Node
from derive.term import Term


def read_named(call: Node, place: Place) -> Term | None:
    """What a name with a bracket behind it is as an object of probability; None if none."""
    return None
