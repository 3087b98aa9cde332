"""The tokens of a display, each with its place in the display's own text.

Blanks and comments separate tokens and are dropped.  Words in text mode are one token, and
so is a control word with an argument that is no mathematics (``\\label{..}``,
``\\begin{..}``), which stands in ``value``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Iterator
from typing import NamedTuple

from derive.latex.characters import MARKS, UNICODE
from derive.latex.symbols import collection
from derive.latex.tree import UnreadableError


class Token(NamedTuple):
    """One token.  ``kind``: ``number``, ``letter``, ``command``, ``text``, ``word``, ``raw``,
    ``parameter``, ``open``, ``close``, ``end`` or ``mark`` (anything else, by itself).

    ``gap``: a spacing command such as ``\\,`` stands before it.
    """

    kind: str
    text: str
    start: int
    end: int
    value: str = ""
    gap: bool = False


#: Control words with an argument that is read as it is written.
RAW = collection(
    "label tag tag* eqref ref cref autoref cite citep citet color hspace hspace* vspace vspace* "
    "begin end operatorname operatorname* textcolor colorbox class style href require "
    "mspace mkern kern hskip footnote bibitem cssId"
)
TEXT = collection("text textrm textnormal textup mbox hbox textsf intertext shortintertext")

_TOKEN = re.compile(
    r"""(?P<blank>\s+|%[^\n]*)
    |(?P<command>\\(?:[A-Za-z]+\*?|\\\*?|[^A-Za-z]))
    |(?P<number>\d+(?:\{,\}\d+)*(?:\.\d+)?|\.\d+)
    |(?P<letter>[A-Za-z][\u0300-\u036f\u20d7]?)
    |\#(?P<parameter>\#?\d)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_STARRED = ("operatorname*", "tag*", "hspace*", "vspace*", "DeclareMathOperator*")
_EXPONENT = re.compile(r"[eE][+-]?\d")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def tokenize(text: str) -> list[Token]:
    r"""The tokens of a text.  Raises UnreadableError for what is no mathematics at all.

    >>> [t.text for t in tokenize(r"\frac12 x_{i} + \text{if } ≤")]
    ['\\frac', '12', 'x', '_', '{', 'i', '}', '+', 'if ', '\\leq']
    """
    return list(_tokens(text, 0, len(text), inside=False))


def _tokens(text: str, at: int, end: int, *, inside: bool) -> Iterator[Token]:
    while at < end:
        found = _TOKEN.match(text, at, end)
        assert found is not None  # the last alternative matches any character
        start, at = found.span()
        kind = str(found.lastgroup)
        if kind == "blank":
            if found[0].count("\n") > 1 and not inside and found[0].isspace():
                yield Token("mark", "blank", start, at)
            continue
        if kind == "command":
            name = found[0][1:]
            if name.endswith("*") and name not in _STARRED and len(name) > 2:
                name, at = name[:-1], at - 1
            if name in TEXT and not inside:
                close, inner = _braces(text, at, end)
                yield from _text(text, start, inner, close)
                at = close + 1
            elif name in RAW:
                close, inner = _braces(text, at, end)
                yield Token("raw", "\\" + name, start, close + 1, text[inner:close].strip())
                at = close + 1
            else:
                yield Token("command", "\\" + name, start, at)
        elif kind == "letter" and len(found[0]) == 2:
            yield from _accented(found[0], start, at)
        elif kind == "other":
            if not found[0].isascii():
                at = yield from _unicode(text, start, end)
            elif found[0] < " " or found[0] == "\x7f":
                message = "a control character stands in the formula"
                yield Token("unknown", found[0], start, at, message)
            else:
                yield Token("mark", found[0], start, at)
        else:
            if kind == "number" and _EXPONENT.match(text, at, end):
                message = "whether this e is an exponent of ten or a number is not clear"
                yield Token("unknown", "e", at, at + 1, message)
            yield Token(kind, found[kind], start, at)


def _braces(text: str, at: int, end: int) -> tuple[int, int]:
    """Where the braces at a place close, and where their content begins."""
    opening = at
    while opening < end and text[opening].isspace():
        opening += 1
    if opening >= end or text[opening] != "{":
        raise UnreadableError("an argument in braces is missing", at, min(at + 1, end))
    depth = 0
    for found in _BRACE.finditer(text, opening, end):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return found.start(), opening + 1
    raise UnreadableError("this brace is never closed", opening, opening + 1, "close it with }")


def _text(text: str, start: int, inner: int, close: int) -> Iterator[Token]:
    r"""The words of a ``\text``; mathematics between dollars in it is mathematics again."""
    parts = text[inner:close].split("$")
    if len(parts) % 2 == 0:
        raise UnreadableError("a dollar sign stands alone in the text", inner, close)
    at = inner
    for k, part in enumerate(parts):
        if k % 2:
            yield from _tokens(text, at, at + len(part), inside=True)
        elif part.strip():
            first = start if k == 0 else at
            last = close + 1 if k == len(parts) - 1 else at + len(part)
            yield Token("text", part.replace("\\ ", " ").replace("~", " "), first, last)
        at += len(part) + 1


def _spelled(latex: str, start: int, end: int) -> Iterator[Token]:
    """Tokens for the LaTeX that a Unicode sign stands for, all at the place of the sign."""
    for token in _tokens(latex, 0, len(latex), inside=True):
        yield token._replace(start=start, end=end)


def _accented(letters: str, start: int, end: int) -> Iterator[Token]:
    accent = MARKS.get(letters[1])
    if accent is None:
        message = f"the accent on {letters!r} is not known"
        yield Token("unknown", letters, start, end, message)
        return
    yield from _spelled(accent + "{" + letters[0] + "}", start, end)


def _script(character: str) -> tuple[str, str]:
    """Whether a character is a raised or a lowered one, and which."""
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    if kind in ("<super>", "<sub>") and " " not in code:
        below = chr(int(code, 16))
        return ("^" if kind == "<super>" else "_"), UNICODE.get(below, below)
    return "", ""


def _unicode(text: str, start: int, end: int) -> Generator[Token, None, int]:
    """The tokens of a character outside ASCII, or of a run of raised or lowered ones."""
    character = text[start]
    if character in UNICODE:
        yield from _spelled(UNICODE[character], start, start + 1)
        return start + 1
    where, _ = _script(character)
    if where:
        at, content = start, ""
        while at < end and _script(text[at])[0] == where:
            content += _script(text[at])[1]
            at += 1
        yield from _spelled(where + "{" + content + "}", start, at)
        return at
    parts = unicodedata.normalize(
        "NFKD" if "MATHEMATICAL ITALIC" in _name(character) else "NFD", character
    )
    if parts != character and parts[0].isascii() and parts[0].isalpha() and len(parts) <= 2:
        if len(parts) == 1:
            yield Token("letter", parts, start, start + 1)
        else:
            yield from _accented(parts, start, start + 1)
        return start + 1
    message = f"the character {character!r} is not known"
    yield Token("unknown", character, start, start + 1, message)
    return start + 1


def _name(character: str) -> str:
    return unicodedata.name(character, "")
