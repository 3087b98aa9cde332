"""Text of the plain spelling before it means anything: tokens, places and reading errors.

Python's grammar knows neither ``f = g`` nor ``i in 1..n`` nor ``[a, b)``.  So a text is cut
into tokens here, split at the signs outside every bracket, and only the formulas between
them are handed to Python's parser (``derive.plain.formula``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

#: Longest text, deepest brackets and longest number that are read at all.
MAX_TEXT, MAX_BRACKETS, MAX_DIGITS = 100_000, 100, 1_000

_TWO = ("**", "<=", ">=", "!=", "==", ":=", "..")
_ONE = "+-*/()[]{}<>=~,;"
_PAIRS = {"(": ")]", "[": ")]", "{": "}"}
_ADVICE = {
    "^": "write ** for a power",
    "\\": "this is the plain spelling, not LaTeX: write log(x), Sum(x[i], (i, 1, n))",
    ".": "there are no attributes; a range is written 1..n",
    "%": "there is no remainder here",
    "|": "write Abs(x) for an absolute value",
    '"': "there are no strings here",
    "'": "there are no strings here",
    "\u2212": "write - for minus",
    "\u00b7": "write * for a product",
    "\u00d7": "write * for a product",
    "\u2264": "write <=",
    "\u2265": "write >=",
    "\u2260": "write !=",
    "\u2208": "write in",
    ":": "write := for a definition",
    "!": "write factorial(n), or != for not equal",
}
FLOAT_ADVICE = "write y/2 or Rational(1, 2)"


class ReadError(ValueError):
    """A text that cannot be read: what is wrong, where, and what to write instead.

    ``line`` and ``column`` count from 1, in code points.

    >>> print(ReadError("q is not declared", "p + q", 4, "declare it: q in Real"))
    q is not declared
      p + q
          ^
    declare it: q in Real
    """

    def __init__(self, message: str, text: str, offset: int, repair: str | None = None) -> None:
        self.message, self.text, self.offset, self.repair = message, text, offset, repair
        before = text[:offset]
        self.line = before.count("\n") + 1
        self.column = offset - (before.rfind("\n") + 1) + 1
        super().__init__(message)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.text, self.offset, self.repair)

    def __str__(self) -> str:
        start = self.offset - self.column + 1
        end = self.text.find("\n", start)
        line = self.text[start:] if end < 0 else self.text[start:end]
        # A window: an error in one long line must not print all of it.
        left = max(0, self.column - 61)
        shown = "".join(c if c.isprintable() else "\ufffd" for c in line[left : left + 100])
        caret = " " * (self.column - 1 - left) + "^"
        return "\n".join(filter(None, (self.message, "  " + shown, "  " + caret, self.repair)))


class UndeclaredError(ReadError):
    """A name that the context does not declare: ``name``, used with ``indices`` indices."""

    def __init__(
        self,
        message: str,
        text: str,
        offset: int,
        repair: str | None = None,
        name: str = "",
        indices: int = 0,
    ) -> None:
        super().__init__(message, text, offset, repair)
        self.name, self.indices = name, indices

    def __reduce__(self) -> tuple[Any, ...]:
        given = (self.message, self.text, self.offset, self.repair, self.name, self.indices)
        return type(self), given


class Token(NamedTuple):
    """A word of the text.  ``kind`` is name, number, sign or newline.

    ``depth`` is the number of brackets around it; a bracket is outside itself.
    """

    kind: str
    text: str
    start: int
    depth: int


class Piece(NamedTuple):
    """Some consecutive tokens of a text."""

    text: str
    tokens: tuple[Token, ...]
    start: int
    end: int

    @property
    def depth(self) -> int:
        """How many brackets stand around the whole piece."""
        return min((t.depth for t in self.tokens), default=0)

    def find(self, *words: str, after: int = 0) -> int | None:
        """Place of the first of these signs or words outside every bracket of the piece."""
        depth = self.depth
        for k in range(after, len(self.tokens)):
            token = self.tokens[k]
            if token.depth == depth and token.text in words and token.kind != "number":
                return k
        return None

    def cut(self, first: int, last: int) -> Piece:
        """The tokens from ``first`` up to, not including, ``last``."""
        tokens = self.tokens[first:last]
        if tokens:
            return Piece(self.text, tokens, tokens[0].start, end_of(tokens[-1]))
        at = self.tokens[first].start if first < len(self.tokens) else self.end
        return Piece(self.text, (), at, at)

    def split(self, *words: str) -> list[Piece]:
        """The pieces between these signs or words."""
        found, first = [], 0
        while (k := self.find(*words, after=first)) is not None:
            found.append(self.cut(first, k))
            first = k + 1
        return [*found, self.cut(first, len(self.tokens))]

    def error(self, message: str, repair: str | None = None) -> ReadError:
        """A reading error at the beginning of the piece."""
        return ReadError(message, self.text, self.start, repair)

    def error_at(self, token: Token, message: str, repair: str | None = None) -> ReadError:
        """A reading error at one token."""
        return ReadError(message, self.text, token.start, repair)


def end_of(token: Token) -> int:
    """The offset right behind a token."""
    return token.start + len(token.text)


def scan(text: str) -> Piece:
    """All tokens of a text, each bracket closed.

    Raises ReadError for a text that is too long or too deep, for a float, and for a
    character that stands for nothing.
    """
    if len(text) > MAX_TEXT:
        message = f"the text is too long: {len(text)} characters, at most {MAX_TEXT} are read"
        raise ReadError(message, text[:200], 0, "split it into several statements")
    tokens: list[Token] = []
    opened: list[Token] = []
    for kind, word, start in _words(text):
        if kind == "newline":
            if opened or not tokens or _continues(tokens[-1]):
                continue
        elif word in "([{":
            token = Token(kind, word, start, len(opened))
            tokens.append(token)
            opened.append(token)
            if len(opened) > MAX_BRACKETS:
                raise ReadError(f"more than {MAX_BRACKETS} nested brackets", text, start)
            continue
        elif word in ")]}":
            if not opened or word not in _PAIRS[opened[-1].text]:
                raise ReadError(f"{word} closes no bracket", text, start)
            opened.pop()
        tokens.append(Token(kind, word, start, len(opened)))
    if opened:
        raise ReadError(f"{opened[-1].text} is never closed", text, opened[-1].start)
    return Piece(text, tuple(tokens), tokens[0].start if tokens else 0, len(text.rstrip()))


def _continues(token: Token) -> bool:
    """Whether a line that ends so goes on in the next line."""
    if token.kind == "sign":
        return token.text not in ")]};"
    return token.kind == "newline" or token.text in ("in", "for", "under")


def _words(text: str) -> Iterator[tuple[str, str, int]]:
    at = 0
    while at < len(text):
        c = text[at]
        if c == "\n":
            yield "newline", c, at
            at += 1
        elif c.isspace():
            at += 1
        elif c.isidentifier():
            end = at + 1
            while end < len(text) and ("a" + text[end]).isidentifier():
                end += 1
            yield "name", text[at:end], at
            at = end
        elif c in "0123456789":
            end = _number_end(text, at)
            yield "number", text[at:end], at
            at = end
        else:
            word = text[at : at + 2] if text[at : at + 2] in _TWO else c
            if word == c and c not in _ONE:
                raise _stray(text, at)
            yield "sign", word, at
            at += len(word)


def _number_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in "0123456789":
        end += 1
    rest = text[end : end + 3]
    if end - start > MAX_DIGITS:
        raise ReadError(f"a number of more than {MAX_DIGITS} digits", text, start)
    exponent = rest[:1] in ("e", "E") and rest[1:].lstrip("+-")[:1].isdigit()
    if exponent or (rest[:1] == "." and rest[1:2] != "."):
        raise ReadError("a float is not exact", text, start, FLOAT_ADVICE)
    if rest[:1].isidentifier():
        shown = text[start : end + 1]
        raise ReadError(
            f"{shown} is neither a number nor a name",
            text,
            start,
            f"write {text[start:end][:20]}*{rest[0]} for the product",
        )
    return end


def _stray(text: str, at: int) -> ReadError:
    c = text[at]
    if c == "." and text[at + 1 : at + 2].isdigit():
        return ReadError("a float is not exact", text, at, FLOAT_ADVICE)
    return ReadError(f"unexpected character {c!r}", text, at, _ADVICE.get(c))
