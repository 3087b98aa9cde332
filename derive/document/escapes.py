"""Strings inside other languages: what they say, and where each character of it stands.

An escaped character stands where its backslash stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.document.views import Span, View

_JSON = re.compile(r'[^"\\]+|\\u[0-9a-fA-F]{4}|\\.', re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_PYTHON = re.compile(
    r"[^\\\r]+|\r\n?|\\(?:\r\n|N\{[^{}\n]{1,100}\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
    r"|U[0-9a-fA-F]{8}|[0-7]{1,3}|.)",
    re.DOTALL,
)
_RAW = re.compile(r"[^\r]+|\r\n?")
_LITERAL = re.compile(r"(?:\s|\\\r?\n|#[^\r\n]*)*(?P<prefix>[rRuU]{0,2})(?P<quote>\"\"\"|'''|\"|')")
#: What stands before the quote that ends a literal.
_INSIDE = {
    '"""': re.compile(r'[^\\"]*(?:(?:\\.|"(?!""))[^\\"]*)*', re.DOTALL),
    "'''": re.compile(r"[^\\']*(?:(?:\\.|'(?!''))[^\\']*)*", re.DOTALL),
    '"': re.compile(r'[^\\"]*(?:\\.[^\\"]*)*', re.DOTALL),
    "'": re.compile(r"[^\\']*(?:\\.[^\\']*)*", re.DOTALL),
}


class _Builder:
    """A text and its places, as they grow."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.runs: list[Span] = []
        self.length = 0

    def add(self, text: str, offset: int) -> None:
        """Some characters that stand one after the other in the file."""
        if text:
            self.runs.append((self.length, offset))
            self.texts.append(text)
            self.length += len(text)

    def view(self) -> View:
        """What has grown."""
        return View("".join(self.texts), tuple(self.runs) or ((0, 0),))


def json_strings(text: str, spans: list[Span]) -> View:
    r"""What some strings of JSON say together; the spans are without their quotes.

    >>> json_strings(r'"\\x\n"', [(1, 6)]).text == chr(92) + "x" + chr(10)
    True
    """
    made = _Builder()
    for start, end in spans:
        high: tuple[int, int] | None = None  # the first half of a surrogate pair, and its place
        for part in _JSON.finditer(text, start, end):
            word, at = part[0], part.start()
            code = int(word[2:], 16) if word.startswith("\\u") and len(word) == 6 else -1
            if high is not None and 0xDC00 <= code < 0xE000:
                made.add(chr(0x10000 + ((high[0] - 0xD800) << 10) + code - 0xDC00), high[1])
                high = None
                continue
            if high is not None:
                made.add("\ufffd", high[1])
            high = (code, at) if 0xD800 <= code < 0xDC00 else None
            if high is None:
                _add(made, word, at, lambda w: _SIMPLE.get(w[1], w[1]), code)
        if high is not None:
            made.add("\ufffd", high[1])
    return made.view()


def _add(made: _Builder, word: str, at: int, simple: Callable[[str], str], code: int) -> None:
    if not word.startswith("\\"):
        made.add(word, at)
    elif code >= 0:
        made.add("\ufffd" if 0xD800 <= code < 0xE000 else chr(code), at)
    else:
        made.add(simple(word), at)


def python_literals(text: str, start: int, end: int) -> View | None:
    """What the string literals between two places say together, or None if they are not such.

    >>> python_literals("r'a' 'b'", 0, 8).text
    'ab'
    """
    made = _Builder()
    at = start
    while at < end:
        literal = _LITERAL.match(text, at, end)
        if literal is None:
            return None
        inside = _INSIDE[literal["quote"]].match(text, literal.end(), end)
        assert inside is not None
        raw = "r" in literal["prefix"].lower()
        for part in (_RAW if raw else _PYTHON).finditer(text, literal.end(), inside.end()):
            _add_python(made, part[0], part.start())
        at = inside.end() + len(literal["quote"])
    return made.view()


def _add_python(made: _Builder, word: str, at: int) -> None:
    """One part of a literal; of a line break of two characters the second one counts."""
    if word.startswith("\r"):
        made.add("\n", at + len(word) - 1)
    elif not word.startswith("\\") or len(word) < 2:
        made.add(word, at)
    elif word[1] in "\r\n":
        return
    elif word[1] in "xuU":
        made.add(_character(int(word[2:], 16)) if len(word) > 2 else word, at)
    elif word[1] in "01234567":
        made.add(chr(int(word[1:], 8)), at)
    elif word.startswith("\\N{"):
        from unicodedata import lookup

        try:
            made.add(lookup(word[3:-1]), at)
        except KeyError:
            made.add(word, at)
    else:
        usual = {**_SIMPLE, "a": "\a", "v": "\v", "\\": "\\", "'": "'", '"': '"'}
        made.add(usual.get(word[1], word), at)


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 else "\ufffd"
