"""Which display a comment ``expect:`` or ``derive: ignore`` speaks of: the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from derive.document.pieces import Document, Piece

VERDICTS = ("proved", "refuted", "unknown", "unreadable", "not a claim")

_EXPECT = re.compile(
    rf"(?P<verdict>{'|'.join(VERDICTS)})(?:\s+steps?\s+(?P<first>\d{{1,4}})(?:\s*-\s*(?P<last>\d{{1,4}}))?)?"
    r"(?P<rest>\s*[,;]\s*.+)?\s*\Z",
    re.DOTALL,
)
_CODES = re.compile(r"D\d{1,3}(?:\s*[, ]\s*D\d{1,3})*\Z")
#: Most steps that one expectation names.
_MOST = 500


class Mark(NamedTuple):
    """What a comment says of a display; ``display`` is its place in the pieces, or -1.

    ``kind`` is ``expect`` (``word`` a verdict, ``step`` counted from 1, or 0 for every step),
    ``ignore`` (``word`` a code or the beginning of one) or ``fault`` (``word`` what is wrong).
    """

    kind: str
    word: str
    step: int
    display: int
    comment: Piece


def marks(document: Document) -> Iterator[Mark]:
    """The comments of a document that speak of displays.

    >>> from derive.document import read
    >>> page = read("a.md", "<!-- expect: refuted step 2 -->" + chr(10) + "$$a = b = c$$")
    >>> [(m.kind, m.word, m.step, m.display) for m in marks(page)]
    [('expect', 'refuted', 2, 1)]
    """
    display = -1
    following: list[int] = []
    for k in range(len(document.pieces) - 1, -1, -1):
        display = k if document.pieces[k].kind == "display" else display
        following.append(display)
    for piece, of in zip(document.pieces, reversed(following), strict=True):
        if piece.kind == "expect":
            yield from _expected(piece, of)
        elif piece.kind == "ignore":
            yield from _ignored(piece, of)


def _expected(piece: Piece, display: int) -> Iterator[Mark]:
    rest = piece.text
    while rest:
        found = _EXPECT.match(rest)
        if found is None or display < 0:
            repair = f"write expect: {'|'.join(VERDICTS[:3])} [step k] before a display"
            yield Mark("fault", f"no display, or no verdict; {repair}", 0, display, piece)
            return
        first = int(found["first"] or 0)
        for step in range(first, min(int(found["last"] or first), first + _MOST) + 1):
            yield Mark("expect", found["verdict"], step, display, piece)
        rest = (found["rest"] or "").strip().lstrip(",;").strip()


def _ignored(piece: Piece, display: int) -> Iterator[Mark]:
    if display < 0 or not _CODES.match(piece.text):
        repair = "write derive: ignore D2 before a display"
        yield Mark("fault", f"no display, or no code; {repair}", 0, display, piece)
        return
    for code in re.findall(r"D\d+", piece.text):
        yield Mark("ignore", code, 0, display, piece)
