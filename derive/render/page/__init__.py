"""Pages of steps with verdicts: one look for derivations, claims and checked documents.

Fill in a ``Sheet`` (``derive.render.page.data``: plain strings, LaTeX where a formula is
meant) and ask for its ``section``, or for a whole ``page`` around sections:

>>> from derive.render.page.data import Block, Sheet, Step
>>> steps = Step("x + x"), Step("2 x", "=", verdict="proved")
>>> shown = section(Sheet("double", "Twice", blocks=(Block(steps=steps, verdict="proved"),)))
>>> shown.count("<tr "), "Proved" in shown
(2, True)

Every text is escaped here and nowhere else, so a sheet of strangers' text runs nothing.
A section wants ``stylesheet()`` and, for copying and a few comforts, ``script()`` on its
page; formulas are legible without either.
"""

from __future__ import annotations

from derive.render.page.blocks import anchor, escape, math, section
from derive.render.page.document import font, page, script, stylesheet

__all__ = ["anchor", "escape", "font", "math", "page", "script", "section", "stylesheet"]
