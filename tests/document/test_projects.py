"""Sidecar files, their scopes, and files of macros."""

from __future__ import annotations

import pytest

from derive.document import read
from derive.document.macros import TWICE
from derive.document.projects import places, read_macros, read_sidecar

SIDECAR = """# what the page leaves out
n in Natural

[lines 3-4]
y_i \\in \\{0,1\\} for i = 1..n
# a comment
m = 2
[at "the loss is"]  # there
p in (0,1)
[lines]
[file]
"""

PAGE = "# Loss\n\nFor all n, the\nloss is\n\n$$a = b$$\n\n$$c = d$$\n\nMore.\n\n$$e = f$$\n"


def test_blocks() -> None:
    side = read_sidecar("a.given", SIDECAR)
    assert [(p.kind, p.scope, p.text) for p in side.pieces] == [
        ("given", "file", "n in Natural"),
        ("given", "lines 3-4", "y_i \\in \\{0,1\\} for i = 1..n\nm = 2"),
        ("fault", "", "[lines]"),
        ("given", "at the loss is", "p in (0,1)"),
    ]
    for piece in side.pieces:
        for k, character in enumerate(piece.text):
            assert SIDECAR[piece.offset(k)] == character


@pytest.mark.parametrize(
    ("head", "held"),
    [
        ("[file]", [PAGE]),
        ("[lines 6-8]", ["$$a = b$$\n\n$$c = d$$\n"]),
        ("[lines 12-99]", ["$$e = f$$\n"]),
        ("[line 6]", ["$$a = b$$\n"]),
        ("[lines 50-60]", []),
        ("[lines 0-3]", []),
        ('[at "the loss is"]', ["For all n, the\nloss is\n\n$$a = b$$\n\n$$c = d"]),
        ("[at 'e = f']", ["e = f"]),
        ('[at "nowhere"]', []),
    ],
)
def test_places(head: str, held: list[str]) -> None:
    document = read("a.md", PAGE)
    (piece,) = read_sidecar("a.given", f"{head}\nn in Natural").pieces
    assert [document.text[a:b] for a, b in places(document, piece)] == held


@pytest.mark.parametrize(
    ("path", "text", "macros"),
    [
        ("a.sty", "\\newcommand{\\R}{\\mathbb{R}}\n% \\def\\x{1}\n", {"R": (0, "\\mathbb{R}")}),
        ("a.tex", "\\def\\x{1}\\def\\x{2}", {"x": TWICE}),
        ("a.yml", "math:\n  \"\\\\abs\": '|#1|'\n  other: x\n", {"abs": (1, "|#1|")}),
        ("a.json", '{"R": "\\\\mathbb{R}", "f": ["#1+#2", 2]}',
         {"R": (0, "\\mathbb{R}"), "f": (2, "#1+#2")}),
        ("a.json", "[", {}),
        ("a.json", "[1]", {}),
    ],
)  # fmt: skip
def test_macros(path: str, text: str, macros: dict[str, tuple[int, str]]) -> None:
    assert read_macros(path, text) == macros


def test_macros_of_the_project_come_before_those_of_the_document() -> None:
    project = {"R": (0, "\\mathbb{R}"), "x": (0, "y")}
    document = read("a.md", "$\\def\\x{z}$", project)
    assert document.macros == {"R": (0, "\\mathbb{R}"), "x": (0, "z")}
