"""Views: some of the characters of a file, each with its place in the file.

A reader cuts a file into ever smaller views (a cell of a notebook, its paragraphs, the formula
in one of them) and no cut forgets where a character came from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from derive.document.pieces import Piece

Span = tuple[int, int]


class View:
    """A text and its places: ``runs`` as in ``Piece``.

    >>> whole = View("> a = b")
    >>> inner = whole.take((2, 3), (6, 7))
    >>> inner.text, inner.runs
    ('ab', ((0, 2), (1, 6)))
    """

    __slots__ = ("_own", "runs", "text")

    def __init__(self, text: str, runs: tuple[Span, ...] = ((0, 0),)) -> None:
        self.text, self.runs = text, runs
        self._own = [own for own, _ in runs]

    def offset(self, k: int) -> int:
        """The offset in the file of the k-th character of the text."""
        own, file = self.runs[max(bisect_right(self._own, k) - 1, 0)]
        return file + (k - own)

    def take(self, *spans: Span) -> View:
        """The characters of some spans of the text, one after the other."""
        runs: list[Span] = []
        texts: list[str] = []
        length = 0
        for start, end in spans:
            if start >= end and (runs or len(spans) > 1):
                continue
            first = max(bisect_right(self._own, start) - 1, 0)
            _append(runs, length, self.offset(start))
            for k in range(first + 1, bisect_right(self._own, end - 1)):
                own, file = self.runs[k]
                _append(runs, length + own - start, file)
            texts.append(self.text[start:end])
            length += max(end - start, 0)
        return View("".join(texts), tuple(runs) or ((0, self.offset(spans[0][0])),))

    def stripped(self, start: int = 0, end: int | None = None) -> View:
        """The characters from ``start`` to ``end`` without the white space around them."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.take((start, end))

    def piece(self, kind: str, **notes: object) -> Piece:
        """The view as a piece of a document."""
        return Piece(kind, self.text, self.runs, **notes)  # type: ignore[arg-type]  # fields of Piece


def _append(runs: list[Span], own: int, file: int) -> None:
    """One more run, unless it only continues the one before."""
    if runs and file - runs[-1][1] == own - runs[-1][0]:
        return
    runs.append((own, file))


class Line(NamedTuple):
    """A line of a view: from ``start`` to ``end``, its line break included."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the line."""
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """How many characters of white space it begins with."""
        return len(self.text) - len(self.text.lstrip())


def lines_of(view: View) -> list[Line]:
    """The lines of a view; ``text`` is without the line break.

    >>> [line.text for line in lines_of(View("a" + chr(10) + "b"))]
    ['a', 'b']
    """
    found: list[Line] = []
    at = 0
    for whole in view.text.split("\n"):
        end = min(at + len(whole) + 1, len(view.text))
        found.append(Line(at, end, whole.rstrip("\r")))
        at += len(whole) + 1
    return found


def dedented(view: View, lines: Sequence[Line]) -> View:
    """Some lines of a view without the indentation that they share.

    >>> view = View("  a" + chr(10) + "   b")
    >>> dedented(view, lines_of(view)).text.split(chr(10))
    ['a', ' b']
    """
    shared = min((line.indent for line in lines if not line.blank), default=0)
    spans = [(min(n.start + shared, n.start + len(n.text)), n.end) for n in lines]
    return view.take(*spans) if spans else view.take((0, 0))
