"""reStructuredText: directives, roles, literal blocks and comments."""

from __future__ import annotations

import pytest

from tests.document.places import found, read_exactly


@pytest.mark.parametrize(
    ("text", "displays"),
    [
        (".. math:: a = b", ["a = b"]),
        (".. math:: a\n   = b\n\n   c = d", ["a\n= b", "c = d"]),
        (".. math::\n\n   a = b\n\n   c = d\n\nwords", ["a = b", "c = d"]),
        (".. math::\n   :label: x\n\n   a\n     = b", ["a\n= b"]),
        (".. math::\n   :nowrap:\n\n   \\begin{align}\n\n   a\n   \\end{align}",
         ["\\begin{align}\na\n\\end{align}"]),
        (".. note::\n\n   .. math:: a = b", ["a = b"]),
        (".. note:: words\n   more :math:`x`\n\n   .. math:: a = b", ["a = b"]),
        ("code::\n\n   .. math:: a = b\n\n.. math:: c = d", ["c = d"]),
        (".. code-block:: rst\n\n   .. math:: a = b\n\n.. math:: c = d", ["c = d"]),
        ("words $$a = b$$", []),
        (".. a comment\n   .. math:: a = b", []),
    ],
)  # fmt: skip
def test_displays(text: str, displays: list[str]) -> None:
    assert found("a.rst", text, "display") == displays


def test_inline() -> None:
    text = "the :math:`x_1` and ``:math:`y` `` and $z$"
    assert found("a.rst", text, "inline") == ["x_1"]


def test_labels() -> None:
    (display,) = read_exactly("a.rst", ".. math::\n   :label: eq:x\n\n   a = b").pieces
    assert display.label == "eq:x"


def test_titles_comments_and_rubrics() -> None:
    text = (
        "=====\nTitle\n=====\n\nPart\n----\n\n.. given: n in Natural;\n   m = 2\n\n"
        ".. rubric:: Math\n\n.. derive: ignore D2\n\nMore\n----\n"
    )
    pieces = read_exactly("a.rst", text).pieces
    assert [(p.kind, p.text, p.level) for p in pieces] == [
        ("heading", "Title", 1),
        ("heading", "Part", 2),
        ("given", "n in Natural;\nm = 2", 0),
        ("heading", "Math", 7),
        ("ignore", "D2", 0),
        ("heading", "More", 2),
    ]
    assert read_exactly("a.rst", text).title == "Title"
