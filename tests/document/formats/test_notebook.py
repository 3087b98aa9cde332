"""Notebooks: cells, escapes and places in the file of JSON."""

from __future__ import annotations

import json

import pytest

from derive.document import Document, read


def notebook(*sources: str | list[str], kind: str = "markdown", **metadata: object) -> str:
    """A notebook with some cells."""
    cells = [{"cell_type": kind, "metadata": metadata, "source": s} for s in sources]
    return json.dumps({"metadata": {}, "cells": cells, "nbformat": 4}, indent=1)


def escaped(text: str, document: Document) -> None:
    """Each character of a piece is where it says, or its backslash is."""
    for piece in document.pieces:
        for k, character in enumerate(piece.text):
            place = piece.offset(k)
            if text[place] != character:
                assert text[place] == "\\"
                assert json.loads(f'"{text[place : place + 2]}"') == character


def test_places_are_those_of_the_file() -> None:
    text = notebook(["so\n", "$$\n", '\\frac{a}{b} = "c"\n', "$$\n"], "$x \\in \\{0,1\\}$")
    document = read("a.ipynb", text)
    escaped(text, document)
    (display,) = (p for p in document.pieces if p.kind == "display")
    assert display.text == '\\frac{a}{b} = "c"'
    line, column = document.position(display.start)
    assert text.splitlines()[line - 1][column - 1 :].startswith("\\\\frac")
    assert [p.text for p in document.pieces if p.kind == "inline"] == ["x \\in \\{0,1\\}"]
    assert display.paragraph < document.pieces[-1].paragraph


def test_characters_outside_the_first_plane() -> None:
    text = notebook("\U0001d465 $$a = b$$")
    (display,) = (p for p in read("a.ipynb", text).pieces if p.kind == "display")
    assert text[display.start : display.end] == "a = b"


def test_code_is_left_alone_and_raw_cells_say_what_they_are() -> None:
    assert read("a.ipynb", notebook("$$a$$", kind="code")).pieces == ()
    raw = notebook("\\begin{align}a\\end{align}", kind="raw", raw_mimetype="text/latex")
    assert [p.text for p in read("a.ipynb", raw).pieces if p.kind == "display"] == ["a"]


def test_remarks() -> None:
    text = notebook("<!-- given: m = 2 -->\n$$a$$", derive={"given": ["n in Natural"]})
    given = [p for p in read("a.ipynb", text).pieces if p.kind == "given"]
    assert [p.text for p in given] == ["n in Natural", "m = 2"]
    assert given[0].paragraph <= given[1].paragraph


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "\x00", '{"cells": [{"source": "\\ud800"}]}', "[]", '"a"',
             '{"cells": 3}', '{"cells": {"a": "b"}}', '{"cells": ["a", ["b"]]}', "null"]
)  # fmt: skip
def test_every_text_can_be_read(text: str) -> None:
    document = read("a.ipynb", text)
    assert all(p.kind == "fault" and p.remark for p in document.pieces)
