"""A document as a sequence of pieces, each with its place in the source file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple


class Piece(NamedTuple):
    """One piece of a document, in reading order.

    ``kind``: ``display`` and ``inline`` (the LaTeX between the delimiters, without them),
    ``prose`` (a paragraph as plain text), ``heading`` (``level`` counts from 1), ``given`` (the
    declarations of a comment, sidecar or front matter), ``expect`` and ``ignore`` (comments).
    ``runs`` maps the text to the file: pairs (offset in ``text``, offset in the file), rising;
    between two of them both move together, so that removed indentation costs nothing.
    ``environment`` is ``align``, ``equation``, ``dollar``, ...; ``paragraph`` numbers the
    paragraph of the file to which the piece belongs; ``scope`` is ``file`` for declarations
    that hold everywhere.
    """

    kind: str
    text: str
    runs: tuple[tuple[int, int], ...]
    environment: str = ""
    label: str = ""
    level: int = 0
    paragraph: int = 0
    scope: str = ""

    def offset(self, k: int) -> int:
        """The offset in the file of the k-th character of the text.

        >>> Piece("display", "a = b", ((0, 10), (2, 20))).offset(3)
        21
        """
        at = bisect_right(self.runs, (k, 1 << 62)) - 1
        own, file = self.runs[max(at, 0)]
        return file + (k - own)


class Document(NamedTuple):
    """A document: where it is, what it says, and the macros that it or its project declares.

    ``macros`` maps a control word without its backslash to (number of arguments, body).
    """

    path: str
    text: str
    pieces: tuple[Piece, ...]
    macros: Mapping[str, tuple[int, str]]
    title: str = ""

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the file, both counted from 1 in code points.

        >>> Document("a.md", "ab" + chr(10) + "cd", (), {}).position(4)
        (2, 2)
        """
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
