"""LaTeX: environments, comments, verbatim text, sections and macros."""

from __future__ import annotations

import time

import pytest

from derive.document.macros import LATE, TWICE, UNSUPPORTED
from tests.document.places import found, read_exactly


@pytest.mark.parametrize(
    ("text", "displays"),
    [
        (r"\[a = b\]", ["a = b"]),
        (r"so \[a = b \\[2pt] c = d\] holds", [r"a = b \\[2pt] c = d"]),
        ("$$a = b$$", ["a = b"]),
        ("\\begin{equation}\\label{x}\na = b\n\\end{equation}", ["\\label{x}\na = b"]),
        (r"\begin{align*}a &= b\end{align*}", ["a &= b"]),
        (r"\begin{alignat}{2}a &= b\end{alignat}", ["a &= b"]),
        (r"\begin{gather}a\end{gather}\begin{multline}b\end{multline}", ["a", "b"]),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", ["a&=&b"]),
        (r"\begin{equation}\begin{split}a\end{split}\end{equation}",
         [r"\begin{split}a\end{split}"]),
        (r"\begin{theorem}\[a = b\]\end{theorem}", ["a = b"]),
        ("\\[a % a comment\n% another\n = b\\]", ["a \n = b"]),
        ("\\[\\alpha%\nb\\]", ["\\alpha\nb"]),
        ("% \\[a = b\\]\n50\\% \\[c = d\\]", ["c = d"]),
        ("\\begin{verbatim}\n\\[a = b\\]\n\\end{verbatim}\\[c = d\\]", ["c = d"]),
        (r"\verb|\[a = b\]| \[c = d\]", ["c = d"]),
        ("\\iffalse \\[a = b\\] \\fi \\[c = d\\]", ["c = d"]),
        ("\\[a\\]\\end{document}\\[b\\]", ["a"]),
        ("\\newcommand{\\x}{\\[a\\]}\\begin{document}\\[b\\]\\end{document}", ["b"]),
        (r"\[a = \text{if $x$}\]", [r"a = \text{if $x$}"]),
    ],
)  # fmt: skip
def test_displays(text: str, displays: list[str]) -> None:
    assert found("a.tex", text, "display") == displays


def test_inline_and_prose() -> None:
    text = "For $x > 0$, \\(y\\) and \\begin{math}z\\end{math} at \\$5:\n\\[a\\]\nwhere $b$.\n"
    assert found("a.tex", text, "inline") == ["x > 0", "y", "z", "b"]
    assert found("a.tex", text, "prose")[1] == "where $b$."


@pytest.mark.parametrize("text", ["\\[a = b\n\nmore", "\\begin{align}a = b", "$$a"])
def test_a_display_without_an_end_is_a_fault(text: str) -> None:
    (fault,) = (p for p in read_exactly("a.tex", text).pieces if p.kind == "fault")
    assert fault.remark
    assert found("a.tex", text + "\n\n\\[c = d\\]", "display") == ["c = d"]


def test_remarks() -> None:
    text = (
        "\\title{A title}\n% given: n in Natural\n\\begin{document}\n"
        "% given: m in Natural;\n% k = 2\n% a remark\n% derive: ignore D2\n"
        "\\section{One}\n% given:\n%   l = 3\n%   j = 4\n\\[a\\] % expect: not here\n"
    )
    document = read_exactly("a.tex", text)
    assert [(p.text, p.scope) for p in document.pieces if p.kind == "given"] == [
        ("n in Natural", "file"),
        ("m in Natural;\n k = 2", ""),
        ("l = 3\n   j = 4", ""),
    ]
    assert found("a.tex", text, "ignore") == ["D2"]
    assert document.title == "A title"
    assert found("a.tex", text, "heading") == ["One"]


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        (r"\newcommand{\R}{\mathbb{R}}", "R", (0, r"\mathbb{R}")),
        (r"\newcommand*\E[1]{\mathbb{E}[#1]}", "E", (1, r"\mathbb{E}[#1]")),
        (r"\def\f#1#2{#1+#2}", "f", (2, "#1+#2")),
        (r"\let\eps\varepsilon", "eps", (0, r"\varepsilon")),
        (r"\DeclareMathOperator*{\argmin}{arg\,min}", "argmin", (0, r"\operatorname*{arg\,min}")),
        (r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}", "abs",
         (1, r"\left\lvert #1 \right\rvert")),
        (r"\newcommand{\f}[2][0]{#1+#2}", "f", UNSUPPORTED),
        (r"\def\f(#1){#1}", "f", UNSUPPORTED),
        (r"\newcommand{\f}{a", "f", UNSUPPORTED),
        (r"\def\x{a} \def\x{b}", "x", TWICE),
        (r"\def\x{a} \def\x{a}", "x", (0, "a")),
        (r"$\log x$ \renewcommand{\log}{\sin}", "log", LATE),
        (r"\renewcommand{\log}{\sin} $\log x$", "log", (0, r"\sin")),
    ],
)  # fmt: skip
def test_macros(text: str, name: str, meaning: tuple[int, str]) -> None:
    assert read_exactly("a.tex", text).macros == {name: meaning}
    assert read_exactly("a.md", f"$$ {text} $$").macros.get(name) == meaning or "$" in text


def test_a_line_break_before_def_defines_nothing() -> None:
    assert read_exactly("a.tex", r"\[a \\def b\]").macros == {}


def test_definitions_are_taken_out_of_formulas() -> None:
    assert found("a.md", "$$\\newcommand{\\x}{y}$$\n\n$$\\def\\z{y} \\z = y$$", "display") == [
        r"\z = y"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "$$", "$", "\\[", "\\begin{align}", "\\begin{verbatim}", "%", "% given: a\n", "\n", "\\",
        "\\verb|", "\\iffalse ", "\\section{", "\\def\\a{", "\\newcommand{\\a}[1]{", "{", "\\[a\\]",
        "\\newcommand{\\a}[2][", "\\section[", "\\\\", " ", "\\title{a}", "%\n",
    ],
)  # fmt: skip
def test_no_line_takes_long(line: str) -> None:
    start = time.process_time()
    read_exactly("a.tex", line * (200_000 // len(line)))
    assert time.process_time() - start < 6
