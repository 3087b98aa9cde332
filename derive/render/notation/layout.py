"""Lines of limited width: measuring, padding, wrapping words, breaking formulas."""

from __future__ import annotations

_OPENING, _CLOSING = "([{⌊", ")]}⌋"
_BREAK_BEFORE = ("+ ", "- ", "= ", "≤ ", "< ", "≠ ", "~ ", "for ", "if ")


def width(text: str) -> int:
    """How many terminal columns the text takes.

    >>> width("p = 1"), width("y" + chr(0x302))
    (5, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in ("W", "F") else 1 for c in text)


def padded(text: str, columns: int) -> str:
    """The text with spaces behind it up to that many columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Words on lines of that many columns; a longer word has a line of its own.

    >>> wrapped("one two three", 7)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and width(lines[-1]) + 1 + width(word) <= columns:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines or [""]


def broken(text: str, columns: int) -> list[str]:
    """A formula on lines of that many columns, broken where it binds least tightly.

    >>> broken("a + b (c + d) + e", 14)
    ['a + b (c + d)', '    + e']
    """
    lines: list[str] = []
    indent = ""
    depth = 0
    while width(indent + text) > columns:
        at = _best_break(text, columns - len(indent), depth)
        if at is None:
            break
        head = text[:at].rstrip()
        lines.append(indent + head)
        depth += sum((c in _OPENING) - (c in _CLOSING) for c in head)
        text, indent = text[at:].lstrip(), "    "
    return [*lines, indent + text]


def _best_break(text: str, room: int, depth: int) -> int | None:
    """Where to break: outside most brackets, then before a sign, then furthest right."""
    best: tuple[tuple[int, int, int], int] | None = None
    used = 0
    for k, c in enumerate(text):
        if used > room:
            break
        if c == " " and k > 2:
            sign = not text.startswith(_BREAK_BEFORE, k + 1)
            # Deep breaks cost; so do breaks that leave a line almost empty.
            cost = (depth + (2 if sign else 0) + (3 if 4 * used < room else 0), sign, -k)
            if best is None or cost < best[0]:
                best = cost, k
        depth += (c in _OPENING) - (c in _CLOSING)
        used += width(c)
    return None if best is None else best[1]
