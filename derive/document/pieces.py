"""A document as a sequence of pieces, each with its place in the source file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple


class Piece(NamedTuple):
    """One piece of a document, in reading order.

    ``kind``: ``display`` and ``inline`` (the LaTeX between the delimiters, without them),
    ``prose`` (a paragraph as it is written, its inline mathematics included, displays and
    comments left out), ``heading`` (``level`` counts from 1), ``given`` (the declarations of a
    comment, sidecar or front matter), ``expect`` and ``ignore`` (comments), ``fault``
    (something like a display that cannot be read; ``remark`` says why).
    ``runs`` maps the text to the file: pairs (offset in ``text``, offset in the file), rising;
    between two of them both move together, so that removed indentation costs nothing.
    ``environment`` is ``align``, ``equation``, ``dollar``, ...; ``paragraph`` numbers the
    paragraph of the file to which the piece belongs: text without a blank line in it; ``scope``
    is ``file`` for declarations that hold everywhere.
    """

    kind: str
    text: str
    runs: tuple[tuple[int, int], ...]
    environment: str = ""
    label: str = ""
    level: int = 0
    paragraph: int = 0
    scope: str = ""
    remark: str = ""

    def offset(self, k: int) -> int:
        """The offset in the file of the k-th character of the text.

        >>> Piece("display", "a = b", ((0, 10), (2, 20))).offset(3)
        21
        """
        at = bisect_right(self.runs, (k, 1 << 62)) - 1
        own, file = self.runs[max(at, 0)]
        return file + (k - own)

    @property
    def start(self) -> int:
        """The offset in the file of the first character."""
        return self.offset(0)

    @property
    def end(self) -> int:
        """The offset in the file behind the last character."""
        return self.offset(len(self.text) - 1) + 1 if self.text else self.offset(0)


class Document(NamedTuple):
    """A document: where it is, what it says, and the macros that it or its project declares.

    ``macros`` maps a control word without its backslash to (number of arguments, body).
    ``replaced`` is the offset of the first character that was not UTF-8, or -1.
    """

    path: str
    text: str
    pieces: tuple[Piece, ...]
    macros: Mapping[str, tuple[int, str]]
    title: str = ""
    replaced: int = -1

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the file, both counted from 1 in code points.

        >>> Document("a.md", "ab" + chr(10) + "cd", (), {}).position(4)
        (2, 2)
        """
        starts = line_starts(self.text)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=4)
def line_starts(text: str) -> tuple[int, ...]:
    """The offsets at which the lines of a text begin.

    >>> line_starts("ab" + chr(10) + "c")
    (0, 3)
    """
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


#: Most pieces of one document; a book has fewer.
MAX_PIECES = 100_000


def bounded(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """The pieces, up to a limit; a fault says where the reader stopped.

    >>> bounded(iter([Piece("prose", "a", ((0, 0),))]))[0].text
    'a'
    """
    found = tuple(islice(pieces, MAX_PIECES))
    more = next(pieces, None)
    if more is None:
        return found
    remark = f"more than {MAX_PIECES} paragraphs and formulas; from here on nothing is read"
    return (*found, more._replace(kind="fault", remark=remark))


class Contents(NamedTuple):
    """What a format reads in a file: its pieces, its title and the macros of its head."""

    pieces: tuple[Piece, ...]
    title: str = ""
    macros: Mapping[str, tuple[int, str]] = {}
