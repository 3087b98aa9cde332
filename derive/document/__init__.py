"""Documents that other people wrote, as sequences of pieces; one format, one file.

Nothing in a document is evaluated, imported, opened or executed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from derive.document.macros import with_macros
from derive.document.pieces import Contents, Document, Piece
from derive.document.views import View

__all__ = ["Contents", "Document", "Piece", "decode", "read", "read_bytes", "suffixes"]


@cache
def suffixes() -> dict[str, str]:
    """The suffixes of the files that can be read, each with the name of its format.

    >>> suffixes()[".md"]
    'markdown'
    """
    return {suffix: name for name in _names() for suffix in _format(name).SUFFIXES}


def _names() -> list[str]:
    folder = Path(__file__).parent / "formats"
    return sorted(f.stem for f in folder.glob("*.py") if not f.name.startswith("_"))


def _format(name: str) -> ModuleType:
    return import_module(f"derive.document.formats.{name}")


def read(
    path: str, text: str, macros: Mapping[str, tuple[int, str]] | None = None, suffix: str = ""
) -> Document:
    """The document that a text is, by the suffix of its path.

    ``macros`` are those of the project; what the document says of a name comes after it.
    Every text can be read: what is broken in it is a piece of the kind ``fault``.  An
    unknown suffix is read as Markdown.

    >>> read("a.md", "$$a = b$$").pieces[0].text
    'a = b'
    """
    suffix = suffix or Path(path).suffix
    name = suffixes().get(suffix.lower(), "markdown")
    contents: Contents = _format(name).read(View(text))
    return with_macros(path, text, contents, macros or {})


def read_bytes(
    path: str, data: bytes, macros: Mapping[str, tuple[int, str]] | None = None, suffix: str = ""
) -> Document:
    """As ``read``, for the bytes of a file; ``replaced`` tells where they were not UTF-8.

    >>> read_bytes("a.md", b"$$a$$ " + bytes([255])).replaced
    6
    """
    text, replaced = decode(data)
    return read(path, text, macros, suffix)._replace(replaced=replaced)


def decode(data: bytes) -> tuple[str, int]:
    """The text of a file and the offset of the first character that was not UTF-8, or -1.

    Each such byte stands in the text as U+FFFD, so that the places behind it stay right.

    >>> decode(b"a" + bytes([255]))[1]
    1
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8"), -1
    except UnicodeDecodeError as e:
        return data.decode("utf-8", "replace"), len(data[: e.start].decode("utf-8"))
