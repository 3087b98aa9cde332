"""Notebooks: the cells of text, with places in the file of JSON itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from derive.document.escapes import json_strings
from derive.document.pieces import Contents, Piece, bounded
from derive.document.views import Span, View

SUFFIXES = (".ipynb",)

_TOKEN = re.compile(r'"(?P<string>[^"\\]*(?:\\.[^"\\]*)*)"|[{}\[\]:,]', re.DOTALL)
_MARKS = ("given", "expect", "ignore")
#: How a raw cell is read, by what it says of itself.
_RAW = {
    "text/latex": "latex",
    "text/restructuredtext": "restructured",
    "text/x-rst": "restructured",
}


class _Value(NamedTuple):
    """A string of the file: the keys and numbers that lead to it, and where it stands."""

    path: tuple[str | int, ...]
    span: Span


def read(view: View) -> Contents:
    """The pieces of a notebook.

    >>> text = '{"cells": [{"cell_type": "markdown", "source": ["so $$a = b$$"]}]}'
    >>> [p.text for p in read(View(text)).pieces]
    ['so', 'a = b']
    """
    import json

    try:
        json.loads(view.text)
    except (ValueError, RecursionError) as e:
        where = getattr(e, "pos", 0)
        remark = f"this is not a notebook: {getattr(e, 'msg', 'its brackets nest too deep')}"
        place = view.take((min(where, len(view.text)), min(where + 1, len(view.text))))
        return Contents((place.piece("fault", remark=remark),))
    cells: dict[tuple[str | int, ...], dict[tuple[str | int, ...], list[Span]]] = {}
    for value in _strings(view.text):
        if "cells" in value.path[:3]:
            cut = value.path.index("cells") + 2
            inside = value.path[cut:]
            key = tuple(k for k in inside if isinstance(k, str))
            cells.setdefault(value.path[:cut], {}).setdefault(key, []).append(value.span)
    found: list[Contents] = [_cell(view, cell) for cell in cells.values()]
    title = next((c.title for c in found if c.title), "")
    macros = {name: meaning for c in found for name, meaning in c.macros.items()}
    return Contents(bounded(_numbered(found)), title, macros)


def _numbered(cells: list[Contents]) -> Iterator[Piece]:
    """The pieces of the cells, their paragraphs counted through."""
    before = 0
    for cell in cells:
        for piece in cell.pieces:
            yield piece._replace(paragraph=before + piece.paragraph)
        before += 1 + max((p.paragraph for p in cell.pieces), default=0)


def _cell(view: View, cell: dict[tuple[str | int, ...], list[Span]]) -> Contents:
    """What a cell says.  Code says nothing."""
    from derive.document.formats import latex, markdown, restructured

    def said(*key: str) -> str:
        return json_strings(view.text, cell.get(key, [])).text

    kind = said("cell_type")
    if kind not in ("markdown", "raw", "heading"):
        return Contents(())
    mimetype = said("metadata", "raw_mimetype") or said("metadata", "format")
    source = json_strings(view.text, cell.get(("source",), []))
    if kind == "raw" and mimetype == "text/latex":
        contents = latex.read(source)
    elif kind == "raw" and mimetype in ("text/restructuredtext", "text/x-rst"):
        contents = restructured.read(source)
    else:
        contents = markdown.read(source)
    remarks = tuple(
        json_strings(view.text, [span]).stripped().piece(mark, paragraph=1)
        for mark in _MARKS
        for span in cell.get(("metadata", "derive", mark), [])
    )
    return contents._replace(pieces=remarks + contents.pieces)


def _strings(text: str) -> Iterator[_Value]:
    """The strings that are values in a text of JSON, in order."""
    path: list[str | int] = []
    key = True  # whether a string here is a key
    span: Span | None = None  # the string read last
    objects: list[bool] = []
    for token in _TOKEN.finditer(text):
        sign = token[0][0]
        if sign == '"':
            span = token.span("string")
            if key and objects and objects[-1]:
                path[-1] = json_strings(text, [span]).text
            elif len(path) < 8:
                yield _Value(tuple(path), span)
        elif sign == ":":
            key = False
        elif sign == ",":
            key = True
            if objects and not objects[-1]:
                path[-1] = int(path[-1]) + 1
        elif sign in "{[":
            objects.append(sign == "{")
            path.append("" if sign == "{" else 0)
            key = True
        else:
            objects.pop()
            path.pop()
