r"""Small displays and the trees they are read as, a case a line in ``cases.txt``.

A line is ``latex  =>  tree`` in the notation of ``notation.py``; behind ``!!`` stand, for each
part that is unreadable, the characters under the caret and a piece of the sentence.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.latex import parse
from tests.latex.notation import shown, unreadable

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
