"""Markdown: where mathematics begins and ends, and what only looks like it."""

from __future__ import annotations

import time

import pytest

from tests.document.places import found, read_exactly


@pytest.mark.parametrize(
    ("text", "displays"),
    [
        ("$$a = b$$", ["a = b"]),
        ("so that\n$$\na = b\n$$\nholds", ["a = b"]),
        ("so $$a = b$$ and $$c = d$$.", ["a = b", "c = d"]),
        ("$$ \\label{eq:x}\n- a\n+ b\n= c\n> d\n$$", ["\\label{eq:x}\n- a\n+ b\n= c\n> d"]),
        ("$$a = b$$ (eq:one)", ["a = b"]),
        ("\\[ a = b \\\\[4pt] c = d \\]", ["a = b \\\\[4pt] c = d"]),
        ("\\\\[ a = b \\\\]", ["a = b"]),
        ("\\begin{align*}\na &= b \\\\\n&= c\n\\end{align*}", ["a &= b \\\\\n&= c"]),
        ("\\begin{alignat}{2}a &= b\\end{alignat}", ["a &= b"]),
        ("```math\na = b\n```", ["a = b"]),
        ("```{math}\n:label: x\n\na = b\n```", ["a = b"]),
        (":::{math}\n:label: x\na = b\n:::", ["a = b"]),
        (":::{note}\n$$a = b$$\n:::", ["a = b"]),
        ("```{note}\n$$a = b$$\n```\n\n$$c = d$$", ["a = b", "c = d"]),
        ("```{eval-rst}\n.. math:: a = b\n```", ["a = b"]),
        ("> $$\n> a = b\n> $$", ["a = b"]),
        ("1. first\n\n   $$\n   a = b\n   $$", ["a = b"]),
        ("$$\r\na = b\r\n$$\r\n", ["a = b"]),
        ("costs $$5", []),
        ("```\n$$a = b$$\n```", []),
        ("~~~python\n$$a = b$$\n~~~", []),
        ("para\n\n    $$a = b$$", []),
        ("`$$a = b$$` and ``\\[a = b\\]``", []),
        ("<code>$$a = b$$</code>", []),
        ("<!-- $$a = b$$ -->", []),
        ("\\[1\\] a footnote", []),
        ("---\ntitle: $$a = b$$\n---\n", []),
    ],
)
def test_displays(text: str, displays: list[str]) -> None:
    assert found("a.md", text, "display") == displays


@pytest.mark.parametrize(
    ("text", "inline"),
    [
        ("$x$ and $y_i$", ["x", "y_i"]),
        ("$5 and $6", []),
        ("$5, and x is $y$", ["y"]),
        ("from $5 to 6$ a day", []),
        ("a \\$x and $y$", ["y"]),
        ("( \\(x = 1\\) ) and \\\\(y^2\\\\)", ["x = 1", "y^2"]),
        ("\\(an aside\\)", []),
        ("{math}`x_1` and $`x_2`$", ["x_1", "x_2"]),
        ("`$x$` and ``a ` $x$``", []),
        ("$ x $ and $ a = b $", ["x", "a = b"]),
        ("$\\begingroup$ words $\\endgroup$", []),
        ("US$100", []),
    ],
)
def test_inline(text: str, inline: list[str]) -> None:
    assert found("a.md", text, "inline") == inline


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("$$ \\label{eq:x} a $$", "eq:x"),
        ("$$ a $$ (eq:x)", "eq:x"),
        ("$$ a $$ {#eq:x}", "eq:x"),
        ("```{math}\n:label: eq:x\na\n```", "eq:x"),
        ("$$ a $$ (this is a remark)", ""),
    ],
)
def test_labels(text: str, label: str) -> None:
    (display,) = (p for p in read_exactly("a.md", text).pieces if p.kind == "display")
    assert display.label == label


@pytest.mark.parametrize(
    "text", ["$$a = b", "$$a = b\n\nwords\n\n$$c = d$$", "\\begin{align}a = b"]
)
def test_a_display_without_an_end_is_a_fault(text: str) -> None:
    document = read_exactly("a.md", text)
    (fault,) = (p for p in document.pieces if p.kind == "fault")
    assert fault.remark
    assert fault.start == 0


def test_a_fault_does_not_take_the_next_paragraph_with_it() -> None:
    assert found("a.md", "$$a = b\n\n$$c = d$$", "display") == ["c = d"]


def test_headings_and_paragraphs() -> None:
    text = "# One #\n\nwords\nmore\n\nTwo\n---\n\n$$x$$\nwhere $x$ is\n"
    pieces = read_exactly("a.md", text).pieces
    assert [(p.kind, p.text, p.level) for p in pieces] == [
        ("heading", "One", 1),
        ("prose", "words\nmore", 0),
        ("heading", "Two", 2),
        ("display", "x", 0),
        ("prose", "where $x$ is", 0),
        ("inline", "x", 0),
    ]
    assert pieces[3].paragraph == pieces[4].paragraph != pieces[1].paragraph


def test_remarks() -> None:
    text = "a <!-- given: n in Natural;\n m in Natural --> b\n\n<!-- expect: refuted step 2 -->\n"
    assert found("a.md", text, "given") == ["n in Natural;\n m in Natural"]
    assert found("a.md", text, "expect") == ["refuted step 2"]
    assert found("a.md", text, "prose") == ["a", "b"]
    assert found("a.md", "<!-- derive: ignore D201 --> <!-- derive: ignore D3 -->", "ignore") == [
        "D201",
        "D3",
    ]


def test_front_matter() -> None:
    text = '---\ntitle: "A title"\nderive:\n  given: |\n    n in Natural\n    m = 2\n---\n$$n$$\n'
    document = read_exactly("a.md", text)
    given = document.pieces[0]
    assert (given.kind, given.text, given.scope) == ("given", "n in Natural\nm = 2", "file")
    assert document.title == "A title"
    assert read_exactly("a.md", "---\nmath:\n  '\\abs': '|#1|'\n---\n").macros == {
        "abs": (1, "|#1|")
    }


@pytest.mark.parametrize(
    "line",
    [
        "$$", "$", "\\(", "\\[", "`", "` ``", "<!--", "<!-- -->", "\\begin{align}", "> ", "- ",
        "\\", "{math}`", "$a ", "<code>", "# ", "| ", "\\\\[", "x", "$$ a $$ ", "\\newcommand",
        "\\newcommand{\\a}{", "\\def\\a#1#2[", "\\label{",
    ],
)  # fmt: skip
def test_no_line_takes_long(line: str) -> None:
    start = time.process_time()
    read_exactly("a.md", line * (200_000 // len(line)))
    assert time.process_time() - start < 6
