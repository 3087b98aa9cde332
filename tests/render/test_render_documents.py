"""Derivations in LaTeX, Markdown and JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from render_samples import ALL, HOSTILE, bce, hostile, long_chain, refuted

from derive.derivations import Derivation, Part
from derive.render import render
from derive.render.latex import chain_rows
from derive.render.markdown import code, escape, safe
from derive.render.notation.latex_layout import rows, visible

BCE = r"""% bce: Binary cross-entropy is the negative log-likelihood of one Bernoulli observation.
% proofs/bce.py:12
{\raggedright\textbf{Given} $y \in \{0, 1\}$; $p \in (0, 1)$.\par}
\begin{align*}
  & -\log \mathrm{Bernoulli}(y \mid p) \\
  ={} & -\log(p^{y} (1 - p)^{1 - y}) && \text{bernoulli mass} \\
  ={} & -(\log(p^{y}) + \log((1 - p)^{1 - y})) && \text{log product} \\
  ={} & -(y \log p + (1 - y) \log(1 - p)) && \text{log power}
\end{align*}
\textbf{Proved.}
"""


def test_latex_of_a_short_chain() -> None:
    assert render(bce(), "latex") == BCE


def test_long_latex_formulas_are_broken_where_tex_allows() -> None:
    found = chain_rows(long_chain().parts[0])
    assert len(found) == 4
    for row in found:
        assert row.count("{") == row.count("}")
        assert row.count(r"\left") == row.count(r"\right")
        assert row.count(r"\begin") == row.count(r"\end")
        assert visible(row) <= 110
    assert any("sum linear" in row and "&&" not in row for row in found)


def test_breaking_latex_keeps_every_character() -> None:
    formula = r"\frac{a + b}{c} + \left( x + y \right) - \sum_{i=1}^{n} [x_{i} + y_{i}] + z"
    for limit in (5, 10, 20, 40):
        assert " ".join(rows(formula, limit)) == formula
    assert rows("abc", 1) == ["abc"]


@pytest.mark.tex
@pytest.mark.parametrize("sample", ALL)
def test_standalone_latex_compiles(sample, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    tex = shutil.which("pdflatex")
    assert tex is not None, "no pdflatex: tests marked tex need TeX"
    (tmp_path / "d.tex").write_text(render(sample(), "latex", explain=True, standalone=True))
    command = [tex, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "d.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]
    assert (tmp_path / "d.pdf").stat().st_size > 10_000
    if sample is not hostile:
        assert "Overfull" not in done.stdout


def test_hostile_text_is_no_latex_command() -> None:
    said = render(hostile(), "latex", explain=True)
    assert r"\input" not in said.replace(r"\textbackslash{}input", "").split("\n", 2)[2]
    assert "\x1b" not in said


def test_markdown_of_a_chain() -> None:
    said = render(bce(), "markdown", standalone=True)
    assert said.startswith("# Binary cross-entropy is the negative log-likelihood of one")
    assert "- `y in {0,1}`\n- `p in (0,1)`" in said
    assert "$$\n\\begin{aligned}\n  & -\\log" in said
    assert "**Proved.**" in said


def test_markdown_displays_stand_alone_and_are_closed() -> None:
    for sample in ALL:
        lines = render(sample(), "markdown", explain=True).split("\n")
        fences = [k for k, line in enumerate(lines) if line == "$$"]
        assert len(fences) % 2 == 0
        for start, end in zip(fences[::2], fences[1::2], strict=True):
            # An empty line would end the display; `\{` and `\,` would lose a backslash.
            inside = lines[start + 1 : end]
            assert all(inside)
            assert not any(r"\{" in line or r"\," in line for line in inside)


def test_markdown_is_read_back_by_a_markdown_parser() -> None:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark").use(dollarmath_plugin)
    tokens = parser.parse(render(long_chain(), "markdown"))
    displays = [t.content for t in tokens if t.type == "math_block"]
    assert len(displays) == 1
    assert r"\begin{aligned}" in displays[0]
    html = parser.render(render(hostile(), "markdown", explain=True))
    assert "<script" not in html


def test_markdown_escapes() -> None:
    assert escape("a*b_c <i> [x](y)") == r"a\*b\_c \<i\> \[x\](y)"
    assert code("a`b``c") == "``` a`b``c ```"
    assert safe(r"\{1\} \\ a\,b") == r"\lbrace 1\rbrace  \\ a\thinspace b"


def test_json_of_a_derivation() -> None:
    found = json.loads(render(long_chain(), "json"))
    assert found["schema"] == "derive-derivation/1"
    assert (found["name"], found["verdict"], found["line"]) == ("softmax_ce", "proved", 40)
    assert found["instance"] == {"m": "2"}
    assert found["certificate"] is None
    part = found["parts"][0]
    assert part["heading"] == "The stable form"
    assert part["context"][0] == "n in Natural"
    first, last = part["lines"]
    assert first["relation"] is None
    assert last["relation"] == "<="
    assert last["given"] == ["m = 2"]
    assert last["reasons"][0]["name"] == "sum_linear"
    assert first["plain"].startswith("-Sum(Y[i, j]*log(softmax(")
    assert first["latex"].startswith(r"-\sum_{i=1}^{n} \sum_{j=1}^{m} Y_{ij} \log")


def test_json_formulas_are_read_back() -> None:
    from derive.plain import declare, read

    derivation = long_chain()
    found = json.loads(render(derivation, "json"))
    context = declare("; ".join(found["parts"][0]["context"]))
    for shown, line in zip(found["parts"][0]["lines"], derivation.parts[0].lines, strict=True):
        assert read(shown["plain"], context) == line.term


def test_json_of_a_refutation_and_of_hostile_text() -> None:
    found = json.loads(render(refuted(), "json"))
    assert found["parts"][0]["witness"]["points"][0]["at"] == {"p": "1/2", "q": "1/3"}
    assert found["parts"][1]["details"]["a"] == {"plain": "2", "latex": "2"}
    assert json.loads(render(hostile(), "json"))["title"] == HOSTILE


def test_json_carries_the_certificate() -> None:
    from derive.context import EMPTY
    from derive.kernel import numeral, ring
    from derive.term import term

    half = numeral(EMPTY, term(1) / 2)
    theorem = ring(half, half)
    part = Part(theorem.statement, "proved", EMPTY, theorem=theorem)
    found = json.loads(render(Derivation("half", "A half", (part,)), "json"))
    assert found["certificate"]["format"].startswith("derive-certificate/")
    assert found["certificate"]["about"]["name"] == "half"


def test_letters_beyond_latin_are_declared_for_tex() -> None:
    title = "The \N{GREEK SMALL LETTER SIGMA} and \N{CYRILLIC SMALL LETTER ZHE}"
    said = render(Derivation("name", title, bce().parts), "latex", standalone=True)
    assert r"\DeclareUnicodeCharacter{03C3}{\ensuremath{\sigma}}" in said
    assert r"\DeclareUnicodeCharacter{0436}{?}" in said
    assert "DeclareUnicode" not in render(bce(), "latex", standalone=True)


def test_files_are_shown_as_seen_from_the_working_folder() -> None:
    here = Path.cwd()
    derivation = bce()._replace(file=str(here / "proofs" / "bce.py"))
    assert json.loads(render(derivation, "json"))["file"] == str(Path("proofs") / "bce.py")
    for form in ("text", "latex", "markdown", "html"):
        assert str(here) not in render(derivation, form)
