r"""Small displays and the trees they are read as, a case a line in ``cases.txt``.

A line is ``latex  =>  tree`` in the notation of ``notation.py``; behind ``!!`` stand, for each
part that is unreadable, the characters under the caret and a piece of the sentence.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.latex import parse, read
from derive.latex.tree import UnreadableError
from tests.latex.notation import shown, spelled, unreadable

LINES = (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8").splitlines()
CASES = [line for line in LINES if "  =>  " in line]


def test_every_line_is_a_case_or_a_heading() -> None:
    other = [line for line in LINES if "  =>  " not in line]
    assert all(line == "" or line.startswith("## ") for line in other)
    assert len(CASES) > 200


@pytest.mark.parametrize("line", CASES)
def test_case(line: str) -> None:
    latex, _, wanted = line.partition("  =>  ")
    tree, _, carets = wanted.partition("  !!  ")
    display = parse(latex)
    assert shown(display) == tree.strip()
    found = [f"{latex[n.start : n.end] or '(end)'}: {n.text}" for n in unreadable(display)]
    assert " ; ".join(found) == carets


@pytest.mark.parametrize("line", CASES)
def test_places_lie_in_the_text_and_in_each_other(line: str) -> None:
    latex = line.partition("  =>  ")[0]
    for row in parse(latex).rows:
        assert 0 <= row.start <= row.end <= len(latex)
        for side in (*row.sides, *row.remarks):
            for node in side.walk():
                assert 0 <= node.start <= node.end <= len(latex) + 1
                for part in node.parts:
                    assert node.start <= part.start, (node, part)
                    assert part.end <= node.end, (node, part)


def test_a_blank_line_ends_a_row_outside_brackets() -> None:
    assert shown(parse("a \\sim b\n\nc = d\n  \n+ e")) == "a sim b | c = (d + e)"
    assert shown(parse("\n\na = \\frac{1}{\n\n2}\n\n")) == "a = (1 // 2)"
    assert shown(parse("a = b\n% a comment\n+ c")) == "a = (b + c)"


def test_labels_of_the_display_and_of_its_rows() -> None:
    display = parse(
        r"\label{eq:all} \begin{align} a &= b \label{eq:a} \\ c &= d \tag{7} \end{align}"
    )
    assert display.label == "eq:all"
    assert [row.label for row in display.rows] == ["eq:a", "7"]
    assert parse(r"a = b \label{eq:b}").label == "eq:b"


def test_reasons_on_a_sign() -> None:
    (row,) = parse(r"a \overset{\eqref{eq:x}}{=} b \underset{(2)}{\leq} c").rows
    assert [(s.text, s.reason) for s in row.signs] == [("=", r"\eqref{eq:x}"), ("<=", "(2)")]


def test_a_sign_has_its_own_place() -> None:
    text = r"a_1 \; \overset{!}{=} \; b"
    (row,) = parse(text).rows
    assert text[row.signs[0].start : row.signs[0].end] == r"\overset{!}{=}"


def test_read_gives_one_formula_or_says_why_not() -> None:
    assert spelled(read(r"y_i \in \{0, 1\}")) == "y[i] in {⟨0, 1⟩"
    with pytest.raises(UnreadableError, match="not clear") as caught:
        read(r"\log(a)^2")
    assert (caught.value.start, caught.value.end) == (7, 8)
    assert caught.value.repair
