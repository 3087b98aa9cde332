"""What every reader of documents owes: each character of a piece stands where it says."""

from __future__ import annotations

from derive.document import Document, read


def read_exactly(path: str, text: str) -> Document:
    """The document, each character of each piece compared with the file."""
    document = read(path, text)
    for piece in document.pieces:
        places = [piece.offset(k) for k in range(len(piece.text))]
        assert "".join(text[k] for k in places) == piece.text, piece
        assert places == sorted(set(places)), piece
    return document


def found(path: str, text: str, *kinds: str) -> list[str]:
    """The texts of the pieces of some kinds."""
    return [p.text for p in read_exactly(path, text).pieces if p.kind in kinds]
