"""Mathematics as textbooks write it in LaTeX: a strict reader.

``parse`` turns the text of a display into a tree (``derive.latex.tree``): every token is
consumed, or the part of the row in which it stands is ``unreadable``.  ``elaborate`` turns
trees into terms with the declarations of the page at hand.
"""

from __future__ import annotations

from derive.latex.macros import declared
from derive.latex.reading import parse, read
from derive.latex.show import show

__all__ = ["declared", "parse", "read", "show"]
