"""The page of a checked document: displays as they were written, and nothing that acts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derive.check.claims import Claim
from derive.check.report import Look, Report
from derive.check.report._steps import steps_of, written_out
from derive.check.report.html import render
from derive.cli import main
from derive.document import read

PAGE = r"""# Losses

$\newcommand{\sq}[1]{#1^2}$

Let $a > 0$ and $b > 0$.

$$
\begin{aligned}
-\log \frac{\sq{a}}{b} &= -\log \sq{a} + \log b \\
 &= -2 \log a - \log b
\end{aligned}
$$
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page about a document."""
    monkeypatch.chdir(tmp_path)
    Path("losses.md").write_text(PAGE, encoding="utf-8")
    order = ["check", "losses.md", "--format", "html", "--output-file", "page.html", "--no-cache"]
    assert main(order) == 1
    return Path("page.html").read_text(encoding="utf-8")


def test_displays_are_shown_as_written_with_a_verdict_on_each_step(page: str) -> None:
    assert re.findall(r'<tr id="step-[^"]*"( class="\w+")?>', page) == [
        "", ' class="proved"', ' class="refuted"',
    ]  # fmt: skip
    assert 'data-latex="-\\log \\frac{a^2}{b}"' in page
    assert "D101: at a = " in page
    assert "<dt>read as</dt>" in page
    assert "2 claims in 1 file: 1 proved, 1 refuted" in page


def test_a_page_asks_for_nothing_from_outside(page: str) -> None:
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert set(re.findall(r"url\(\"(\w+:)", page)) == {"data:"}
    assert page.count("<style") == page.count("<script") == 1


def test_a_document_that_is_another_one_by_now_is_quoted() -> None:
    line = "$$ a = b $$"
    excerpt = {"lines": [[1, line]], "line": 1, "column": 6, "end_column": 7}
    claim = Claim("a.md", 1, 6, 1, 7, verdict="refuted", code="D101", excerpt=excerpt)
    for text in (line, "$$ a = c $$", "", "$$ c $$\n\n$$ a = b $$"):
        shown = render(Report((claim,), 1, read=lambda path, t=text: read(path, t)), Look())
        assert ("<table" in shown) == (text == line)
        assert (line in shown) == (text != line)


def test_signs_at_the_end_of_a_row_belong_to_the_next() -> None:
    rows = steps_of("a = \\\\ b \\\\ c \\implies d > e", [])
    assert [(r.relation, r.latex) for r in rows][:2] == [("", "a"), ("=", "b")]


def test_macros_that_grow_are_left_alone() -> None:
    macros = {"a": (0, r"\a\a"), "b": (1, "#1#1#1"), "c": (0, "x")}
    assert written_out(r"\a", macros) == r"\a"
    assert written_out(r"\b{\b{\b y}} \c y", macros) == "y" * 27 + " x y"
    assert written_out(r"\b{", macros) == ""


def test_a_side_that_cannot_be_read_is_shown_as_a_whole() -> None:
    text = r"""\begin{aligned} a &= -\log p^y - \log (1 - p)^{1 - y} \\
        &= b \\ c \foo^2 &= d, \end{aligned}"""
    assert [(r.relation, r.latex) for r in steps_of(text, [])] == [
        ("", "a"), ("=", r"-\log p^y - \log (1 - p)^{1 - y}"), ("=", "b"),
        ("", r"c \foo^2"), ("=", "d"),
    ]  # fmt: skip
