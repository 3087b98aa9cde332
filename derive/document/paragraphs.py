"""The paragraphs of a text that is read line by line."""

from __future__ import annotations

from collections.abc import Iterator

from derive.document.inline import Syntax, paragraph_pieces
from derive.document.pieces import Piece
from derive.document.views import Span, View, lines_of


class Paragraphs:
    """A text by its lines, and the paragraph so far: ``pending``, the spans of its lines.

    >>> reader = Paragraphs(View("Let $x > 0$."), Syntax())
    >>> reader.pending.append((0, 12))
    >>> [(p.kind, p.text) for p in reader.finish()], reader.pending, reader.number
    ([('prose', 'Let $x > 0$.'), ('inline', 'x > 0')], [], 1)
    """

    def __init__(self, view: View, syntax: Syntax) -> None:
        self.view, self.syntax = view, syntax
        self.lines = lines_of(view)
        self.pending: list[Span] = []
        self.number = 0

    def finish(self) -> Iterator[Piece]:
        """The pieces of the paragraph that ends here."""
        if self.pending:
            paragraph = self.view.take(*self.pending)
            self.pending = []
            self.number += 1
            yield from paragraph_pieces(paragraph, self.number, self.syntax)
