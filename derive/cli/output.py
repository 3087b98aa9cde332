"""Writing to the terminal: colour where it is wanted, control characters never."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

#: C0 and C1 controls except the newline, and the marks that reorder text.
_CONTROLS = (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F),
             *range(0x2066, 0x206A), 0x200E, 0x200F)  # fmt: skip
_VISIBLE = {c: f"\\x{c:02x}" if c < 256 else f"\\u{c:04x}" for c in _CONTROLS}
_VISIBLE[9] = "    "


def escaped(text: str) -> str:
    r"""The text with control characters made visible; lines stay lines.

    >>> escaped("a\x1b[31mb\nc")
    'a\\x1b[31mb\nc'
    """
    return text.translate(_VISIBLE)


def put(text: str, *, painted: bool = False, stream: TextIO | None = None) -> None:
    """Write to standard output, or another stream.

    ``painted`` text has colours and was escaped by whoever painted it.  What the terminal's
    encoding does not have is replaced.
    """
    out = sys.stdout if stream is None else stream
    if not painted:
        text = escaped(text)
    try:
        out.write(text)
    except UnicodeEncodeError:
        encoding = out.encoding or "ascii"
        out.write(text.encode(encoding, "replace").decode(encoding))


def say(text: str) -> None:
    """Write a line to standard output."""
    put(text + "\n")


def complain(text: str) -> None:
    """Write a line to standard error."""
    put(text + "\n", stream=sys.stderr)


def colours() -> bool:
    """Whether standard output takes colours: a terminal, unless NO_COLOR is set.

    FORCE_COLOR asks for them everywhere; NO_COLOR wins.
    """
    from os import environ

    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return environ.get("TERM") != "dumb" and sys.stdout.isatty()
