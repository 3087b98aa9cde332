"""Macros that documents and projects declare, read as data and never expanded here.

A macro stands for one thing in a whole document.  Where a document gives a name two
meanings, or uses it before it says what it means, or gives it arguments that are not
understood, the name stands for a control word that nobody knows, so that every formula with
it is unreadable instead of misread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from derive.document.pieces import Contents, Document, Piece

Macros = Mapping[str, tuple[int, str]]

#: What a macro stands for that cannot be relied on.
TWICE = (0, r"\definedtwice")
LATE = (0, r"\definedlater")
UNSUPPORTED = (0, r"\definedwithoptions")
#: Most macros of a document, and longest body, that are read.
MAX_MACROS, MAX_BODY = 2_000, 2_000

_START = re.compile(
    r"(?<!\\)(?:\\\\)*(?P<start>\\)(?P<how>newcommand|renewcommand|providecommand|def|gdef|edef"
    r"|let|DeclareMathOperator|DeclarePairedDelimiter|DeclareRobustCommand)\b(?P<star>\*?)[ \t]*"
)
_NAME = re.compile(r"\{?[ \t]*\\(?P<name>[A-Za-z]+|[^A-Za-z\s])[ \t]*\}?[ \t]*")
_COUNT = re.compile(r"[ \t]*\[(\d)\]")
_PARAMETERS = re.compile(r"(?:#[1-9])*")
_TARGET = re.compile(r"=?[ \t]*(\\(?:[A-Za-z]+|.)|\S)")


class Definition(NamedTuple):
    """A definition of a macro that stands at ``start`` to ``end`` of a text."""

    name: str
    meaning: tuple[int, str]
    start: int
    end: int


def definitions(text: str) -> Iterator[Definition]:
    r"""The macros that a text of LaTeX defines, in order.

    >>> [(d.name, d.meaning) for d in definitions(r"\newcommand{\R}{\mathbb{R}}")]
    [('R', (0, '\\mathbb{R}'))]
    """
    at = count = 0
    while (start := _START.search(text, at)) is not None:
        at = start.end()
        name = _NAME.match(text, at)
        if name is None:
            continue
        at = name.end()
        count += 1
        meaning, end = UNSUPPORTED, at
        if count <= MAX_MACROS:
            meaning, end = _meaning(text, at, start["how"], start["star"])
        at = end
        yield Definition(name["name"], meaning, start.start("start"), end)


def _meaning(text: str, at: int, how: str, star: str) -> tuple[tuple[int, str], int]:
    """What stands for a name, and the place behind it; the same place if nothing does."""
    if how == "let":
        target = _TARGET.match(text, at)
        return ((0, target[1]), target.end()) if target else (UNSUPPORTED, at)
    if how == "DeclarePairedDelimiter":
        left = group(text, at)
        right = group(text, left[1]) if left else None
        if left is None or right is None:
            return UNSUPPORTED, at
        return (1, rf"\left{left[0]} #1 \right{right[0]}"), right[1]
    count, begin, usual = 0, at, True
    if how in ("def", "gdef", "edef"):
        parameters = _PARAMETERS.match(text, at)
        assert parameters is not None
        count, begin = len(parameters[0]) // 2, parameters.end()
        brace = text.find("{", begin, begin + 200)
        usual = brace == begin and how != "edef"
        begin = brace if brace >= 0 else begin
    elif (number := _COUNT.match(text, at)) is not None:
        count, begin = int(number[1]), number.end()
        if text.startswith("[", begin):
            usual, begin = False, text.find("]", begin, begin + 1000) + 1
    body = group(text, begin)
    if body is None:
        return UNSUPPORTED, at
    if not usual or len(body[0]) > MAX_BODY:
        return UNSUPPORTED, body[1]
    if how == "DeclareMathOperator":
        return (0, rf"\operatorname{star}{{{body[0]}}}"), body[1]
    return (count, body[0]), body[1]


def group(text: str, at: int, most: int = 2 * MAX_BODY) -> tuple[str, int] | None:
    r"""The inside of the group in braces, or the control word, at a place, and what is behind it.

    >>> group(r"\x{a{b}} c", 2)
    ('a{b}', 8)
    """
    while at < len(text) and text[at] in " \t\n":
        at += 1
    if not text.startswith("{", at):
        word = re.compile(r"\\(?:[A-Za-z]+|.)").match(text, at)
        return (word[0], word.end()) if word else None
    depth = 0
    for mark in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at, at + most):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth == 0:
            return text[at + 1 : mark.start()], mark.end()
    return None


def merged(
    found: list[tuple[int, Definition]], uses: Mapping[str, int]
) -> dict[str, tuple[int, str]]:
    """One meaning for each name.

    ``found`` are the definitions with their offsets in the file, ``uses`` where each control
    word is first used in a formula.
    """
    macros: dict[str, tuple[int, str]] = {}
    for offset, definition in sorted(found):
        name, meaning = definition.name, definition.meaning
        if macros.get(name, meaning) != meaning:
            meaning = TWICE
        elif uses.get(name, offset) < offset:
            meaning = LATE
        macros[name] = meaning
    return macros


def with_macros(path: str, text: str, contents: Contents, project: Macros) -> Document:
    """The document of some contents: definitions are taken out of its formulas."""
    found: list[tuple[int, Definition]] = []
    uses: dict[str, int] = {}
    pieces: list[Piece] = []
    for piece in contents.pieces:
        kept = piece
        if piece.kind in ("display", "inline", "macros"):
            here = list(definitions(piece.text)) if "\\" in piece.text else []
            found += [(piece.offset(d.start), d) for d in here]
            if here:
                kept = _without(piece, here)
            if not kept.text.strip() or piece.kind == "macros":
                continue
            for word in re.finditer(r"\\([A-Za-z]+|[^A-Za-z\s])", kept.text):
                uses.setdefault(word[1], kept.offset(word.start()))
        pieces.append(kept)
    macros = {**project, **contents.macros, **merged(found, uses)}
    return Document(path, text, tuple(pieces), macros, contents.title)


def _without(piece: Piece, found: list[Definition]) -> Piece:
    from derive.document.views import View

    spans: list[tuple[int, int]] = []
    at = 0
    for definition in found:
        spans.append((at, definition.start))
        at = definition.end
    rest = View(piece.text, piece.runs).take(*spans, (at, len(piece.text))).stripped()
    return piece._replace(text=rest.text, runs=rest.runs)


def arguments_in(body: str) -> int:
    """How many arguments a macro takes, by what its body mentions.

    >>> arguments_in("#1 + #2")
    2
    """
    return max((int(k) for k in re.findall(r"#([1-9])", body)), default=0)
