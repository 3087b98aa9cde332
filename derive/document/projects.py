"""What a project says beside its documents: files of macros, and files of declarations.

A sidecar file, ``page.given`` beside ``page.md``, holds blocks of declarations:

    [file]
    n in Natural
    [lines 40-52]
    y_i \\in \\{0,1\\} for i = 1..n
    [at "the loss is"]
    p in (0,1)

What stands before the first block is for the whole file; ``#`` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from derive.document.frontmatter import macro_lines
from derive.document.macros import Definition, arguments_in, definitions, merged
from derive.document.pieces import Document, Piece, line_starts
from derive.document.views import Line, Span, View, lines_of

_BLOCK = re.compile(
    r"\s*\[\s*(?:(?P<file>file)"
    r"|lines?\s+(?P<first>\d{1,9})(?:\s*(?:-|\.\.)\s*(?P<last>\d{1,9}))?"
    r"|at\s+(?P<quote>[\"'])(?P<text>.+)(?P=quote))\s*\]\s*(?:#.*)?$"
)
_COMMENT = re.compile(r"\s*#")
_TEX_COMMENT = re.compile(r"(?<!\\)%[^\n]*")


class Sidecar(NamedTuple):
    """A file of declarations for a document: a piece for each block, ``given`` or ``fault``.

    ``scope`` of a piece is ``file``, ``lines 40-52`` or ``at`` with the text; its offsets are
    those of the sidecar file.
    """

    path: str
    text: str
    pieces: tuple[Piece, ...]


def read_sidecar(path: str, text: str) -> Sidecar:
    """The blocks of a sidecar file.  Every text can be read.

    >>> side = read_sidecar("a.given", "[lines 2-3]" + chr(10) + "n in Natural")
    >>> [(p.scope, p.text) for p in side.pieces]
    [('lines 2-3', 'n in Natural')]
    """
    return Sidecar(path, text, tuple(_blocks(View(text))))


def _blocks(view: View) -> Iterator[Piece]:
    scope, spans = "file", list[Span]()
    for line in lines_of(view):
        block = _BLOCK.match(line.text)
        if block is None and _looks_like_block(line):
            remark = 'a block is headed by [file], [lines 40-52] or [at "some words"]'
            yield view.stripped(line.start, line.end).piece("fault", remark=remark)
        elif block is None:
            if not _COMMENT.match(line.text):
                spans.append((line.start, line.end))
            continue
        yield from _block(view, spans, scope)
        scope, spans = _scope(block) if block else scope, []
    yield from _block(view, spans, scope)


def _looks_like_block(line: Line) -> bool:
    """Whether a line is a heading gone wrong: no declaration begins with such a word."""
    return bool(re.match(r"\s*\[\s*(?:file|lines?|at)\b", line.text))


def _scope(block: re.Match[str]) -> str:
    if block["file"]:
        return "file"
    if block["first"]:
        return f"lines {block['first']}-{block['last'] or block['first']}"
    return f"at {block['text']}"


def _block(view: View, spans: list[Span], scope: str) -> Iterator[Piece]:
    body = view.take(*spans).stripped() if spans else View("")
    if body.text:
        yield body.piece("given", scope=scope)


def places(document: Document, piece: Piece) -> tuple[Span, ...]:
    """Where in a document the declarations of a sidecar hold: from an offset to another.

    ``at`` some words: the paragraphs and displays in which these stand, each with the
    displays behind it up to the next paragraph; no place if they stand nowhere.

    >>> from derive.document import read
    >>> places(read("a.md", "a" + chr(10) + "b"), Piece("given", "", (), scope="lines 2-2"))
    ((2, 3),)
    """
    text, kind, rest = document.text, *piece.scope.partition(" ")[::2]
    if kind == "file":
        return ((0, len(text)),)
    if kind == "lines":
        first, last = (int(k) for k in rest.split("-"))
        starts = (*line_starts(text), len(text))
        if not 1 <= first <= min(last, len(starts) - 1):
            return ()
        return ((starts[first - 1], starts[min(last, len(starts) - 1)]),)
    return tuple(_around(document, rest))


def _around(document: Document, words: str) -> Iterator[Span]:
    found = [p for p in document.pieces if p.kind in ("prose", "display", "heading")]
    sought = " ".join(words.split())
    for k, piece in enumerate(found):
        if sought not in " ".join(piece.text.split()):
            continue
        last = k
        while piece.kind != "display" and found[last + 1 : last + 2]:
            if found[last + 1].kind != "display":
                break
            last += 1
        yield piece.start, found[last].end


def read_macros(path: str, text: str) -> dict[str, tuple[int, str]]:
    r"""The macros that a file of a project declares: TeX, or MyST's mapping as YAML or JSON.

    >>> read_macros("a.tex", r"\newcommand{\R}{\mathbb{R}} % reals")
    {'R': (0, '\\mathbb{R}')}
    >>> read_macros("myst.yml", "  '\\R': '\\mathbb{R}'")
    {'R': (0, '\\mathbb{R}')}
    """
    suffix = path.rsplit(".", 1)[-1].lower()
    if suffix == "json":
        return dict(_json_macros(text))
    if suffix in ("yml", "yaml"):
        return {name: (arguments_in(body), body) for name, body in macro_lines(text)}
    plain = _TEX_COMMENT.sub("", text)
    found: list[tuple[int, Definition]] = [(d.start, d) for d in definitions(plain)]
    return merged(found, {})


def _json_macros(text: str) -> Iterator[tuple[str, tuple[int, str]]]:
    """MathJax's way: a body, or a list of a body and the number of arguments."""
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    for name, body in found.items() if isinstance(found, dict) else ():
        if isinstance(body, list) and body and isinstance(body[0], str):
            body = body[0]
        if isinstance(body, str):
            yield name.lstrip("\\"), (arguments_in(body), body)
