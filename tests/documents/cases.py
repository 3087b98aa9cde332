"""Cases as documents: prose, formulas, and before each display the verdicts that it must get.

A Markdown file of this folder is a test.  A new case is a new line in it:

    <!-- expect: proved -->
    $$ a + b = b + a $$

    <!-- expect: proved step 1, refuted step 2 -->
    $$ a = a = a + 1 $$

``expect: proved`` without a step speaks of every step of the display.  Declarations stand as
in any document: ``<!-- given: ... -->``, front matter, or in the text.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from derive.document import Document, read
from derive.document.marks import Mark, marks

HERE = Path(__file__).resolve().parent


class Case(NamedTuple):
    """A display and the verdict that one of its steps (0: each of them) must get."""

    document: Document
    display: int
    step: int
    verdict: str

    @property
    def line(self) -> int:
        """The line of the display."""
        return self.document.position(self.document.pieces[self.display].start)[0]


def files() -> list[Path]:
    """The documents of this folder."""
    return sorted(HERE.glob("*.md"))


def open_document(path: Path) -> Document:
    """One of them."""
    return read(path.name, path.read_text(encoding="utf-8"))


def cases(document: Document) -> list[Case]:
    """The cases of a document, in order."""
    found: list[Mark] = [m for m in marks(document) if m.kind == "expect"]
    return [Case(document, m.display, m.step, m.word) for m in found]
