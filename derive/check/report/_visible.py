r"""Text of others in front of a reader: every character that acts is shown, not done.

Control characters move the cursor and change colours, marks of direction reorder what is
read, invisible characters hide, and a line that begins with ``::`` or holds ``##[`` is a
command to some services that run checks.
"""

from __future__ import annotations

import re

#: Ranges of characters that are not seen or that act on what is around them.
_ACTING = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F),
    (0x2028, 0x202E), (0x2060, 0x206F), (0xD800, 0xDFFF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE0FFF),
)  # fmt: skip
_ACTS = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _ACTING) + "]")
#: Beginnings of commands in the logs of services, and what stands there instead.
_COMMAND = re.compile(r"##(?=\w*\[)")
_FIRST = re.compile(r"\A(\s*):(?=:)")


def visible(text: str) -> str:
    r"""One line of text in which nothing acts.

    >>> print(visible(chr(27) + "[31mred" + chr(0x202E) + "der" + chr(10) + "::error::no"))
    \x1b[31mred\u202eder\x0a::error::no
    >>> print(visible("::error::no"))
    \x3a:error::no
    """
    text = _ACTS.sub(_escape, text)
    return _FIRST.sub(r"\1\\x3a", _COMMAND.sub(r"#\\x23", text))


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def quiet(text: str) -> str:
    r"""JSON in which no string holds the beginning of a command of a service.

    >>> print(quiet('["##[error]"]'))
    ["#\u0023[error]"]
    """
    return text.replace("##", "#\\u0023")


def width(text: str) -> int:
    """How many columns of a terminal a visible text takes.

    >>> width("a" + chr(0x4E2D))
    3
    """
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
