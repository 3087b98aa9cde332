r"""Declarations as documents write them: in LaTeX, in the plain spelling, or mixed.

Each is turned into the plain spelling and declared by ``derive.plain``, so that there is one
meaning of a declaration and one place that decides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from derive.context import EMPTY, Context
from derive.document.macros import Macros
from derive.plain import ReadError, ReadOptions, declare_with_options
from derive.term import Term

if TYPE_CHECKING:
    from derive.latex.elaborate import Choice

#: The longest text of declarations that is read.
LONGEST = 60_000

_SPLIT = re.compile(r"\\.|[()\[\]{};\n]", re.DOTALL)
_GOES_ON = re.compile(
    r"(?:[,=+*/<>~&-]|\\(?:in|sim|le|ge|leq|geq|cdot|quad)|\b(?:for|in|all|and))\s*\Z"
)
_FOR = re.compile(r"[ \t]*(?:for\b|\\forall\b|\\quad\b)")
_LATEX = re.compile(r"\\|\^|\bfor\s+(?:all\b|[A-Za-z]\s*=)|_\{")
_ZERO_LOG = re.compile(
    r"(?:\\text\{)?(?:convention\b\}?)?\s*0\s*(?:\\cdot|\\,|\*)?\s*\\(?:log|ln)\s*\{?\(?\s*0\s*\)?\}?\s*:?=\s*0"
)


class Part(NamedTuple):
    """One declaration of a text: the text and where it stands."""

    text: str
    start: int
    latex: bool


class Entry(NamedTuple):
    """A declaration that was made: in plain spelling, the names that it declares, its place."""

    plain: str
    names: tuple[str, ...]
    start: int
    end: int


class Declarations(NamedTuple):
    """A context with declarations of a text, and how they were read.

    ``either`` are the questions that the text leaves open, such as whether the second
    parameter of a law is a variance; see ``derive.latex.elaborate.alternatives``.
    """

    context: Context
    options: ReadOptions
    entries: tuple[Entry, ...]
    either: tuple[Choice, ...] = ()


def parts(text: str) -> Iterator[Part]:
    r"""The declarations of a text: semicolons and line breaks outside brackets separate them.

    >>> [p.text for p in parts(r"n \in \{1, \ldots\}; y_i > 0\;" + chr(10) + "m = 2")]
    ['n \\in \\{1, \\ldots\\}', 'y_i > 0\\;', 'm = 2']
    """
    depth = start = 0
    for mark in _SPLIT.finditer(text):
        sign = mark[0]
        if sign in ("\\{", "(", "[", "{"):
            depth += 1
        elif sign in ("\\}", ")", "]", "}"):
            depth = max(depth - 1, 0)
        elif sign == ";" or (sign == "\n" and not depth):
            if sign == "\n" and _FOR.match(text, mark.end()):
                continue
            if sign == "\n" and _GOES_ON.search(text, max(start, mark.start() - 30), mark.start()):
                continue
            yield from _part(text, start, mark.start())
            depth, start = 0, mark.end()
    yield from _part(text, start, len(text))


def _part(text: str, start: int, end: int) -> Iterator[Part]:
    inside = text[start:end]
    body = inside.strip()
    if body:
        start += len(inside) - len(inside.lstrip())
        yield Part(body, start, bool(_LATEX.search(" " + body)))


def declare(
    text: str,
    context: Context = EMPTY,
    options: ReadOptions | None = None,
    macros: Macros | None = None,
    chosen: Mapping[str, int] | None = None,
    sets: Mapping[str, Term] | None = None,
) -> Declarations:
    r"""A context and the declarations of a text, in LaTeX or plain.

    ``chosen`` answers open questions, ``sets`` says what names of sets stand for.  Raises
    ReadError with the place in ``text``.

    >>> made = declare(r"n \in \{1, 2, \ldots\}; \hat{y}_i \in (0,1) for i = 1, \ldots, n")
    >>> [e.plain for e in made.entries]
    ['n in Natural', 'y_hat[i] in (0,1) for i in 1..n']
    """
    if len(text) > LONGEST:
        message = f"more than {LONGEST} characters of declarations are not read"
        raise ReadError(message, text[:200], 0, "split them")
    made = Declarations(context, options or ReadOptions(), ())
    for part in parts(text):
        try:
            made = _declared(part, made, macros or {}, chosen or {}, sets or {})
        except ReadError as e:
            offset = part.start + (e.offset if e.text == part.text else 0)
            raise ReadError(e.message, text, offset, e.repair) from None
    return made


def _declared(
    part: Part,
    made: Declarations,
    macros: Macros,
    chosen: Mapping[str, int],
    sets: Mapping[str, Term],
) -> Declarations:
    """One more declaration."""
    context, options, entries, either = made
    asked: list[Choice] = []
    plains = [part.text]
    if _ZERO_LOG.fullmatch(part.text):
        plains = ["convention 0*log(0) = 0"]
    elif part.latex:
        from derive.document.declared_latex import Reader

        reader = Reader(part.text, context, options, macros, chosen, sets)
        plains, asked = reader.plain(), reader.either
    for plain in plains:
        before = context
        context, options = declare_with_options(plain, context, options)
        names = tuple(n for n in context.names if n not in before.names)
        entry = Entry(plain, names, part.start, part.start + len(part.text))
        entries = (*entries, entry)
    new = tuple(c for c in asked if c not in either)
    return Declarations(context, options, entries, either + new)
