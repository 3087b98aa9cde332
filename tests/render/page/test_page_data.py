"""Sheets as plain data: what was written comes back, and nothing else is taken."""

from __future__ import annotations

import json

import pytest

from derive.render.page import section
from derive.render.page.data import (
    Block,
    Curve,
    Detail,
    Note,
    Panel,
    Plot,
    Sheet,
    SheetError,
    Step,
    plain,
    sheet,
)

FULL = Sheet(
    "a",
    "A title",
    "here.py:1",
    ("independent",),
    (
        Block(
            "heading",
            ((r"x \\in \\mathbb{R}", "x in Real"),),
            (
                Step("x"),
                Step("y", "=", (Note("rule", (Detail("states", "t", "t"),)),), ("m = 2",),
                     "refuted", "does not follow", ("at x = 0", "at x = 1")),
            ),
            "refuted", "Expected", "x = y", True, ("a = 1",), (Note("by hand"),), ("note",), "x &",
        ),
    ),
    ("remark",),
    ("log_product",),
    (Plot("p", 0.0, 1.0, (Panel("loss", (Curve("y = 0", ((0.5, 1.0), None)),), 0.0, 2.0),), "c"),),
)  # fmt: skip


def test_a_sheet_comes_back_from_json_as_it_was() -> None:
    for kept in (FULL, Sheet()):
        assert sheet(json.loads(json.dumps(plain(kept)))) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {"name": 1},
        {"nome": "a"},
        {"blocks": "x"},
        {"blocks": [{"steps": [{"latex": None}]}]},
        {"blocks": [{"given": [["one"]]}]},
        {"plots": [{"variable": "p", "low": "0", "high": 1, "panels": []}]},
        {"plots": [{"variable": "p", "low": True, "high": 1, "panels": []}]},
    ],
)
def test_anything_else_is_refused(wrong: object) -> None:
    with pytest.raises(SheetError):
        sheet(wrong)


def test_a_step_that_does_not_follow_shows_why_on_click() -> None:
    text = section(FULL)
    assert '<tr id="step-a-1-1" class="refuted">' in text
    assert "<summary>does not follow</summary><p>at x = 0</p><p>at x = 1</p>" in text
    assert 'aria-label="does not follow"' in text
    assert "Expected</span>" in text


def test_levels_of_headings() -> None:
    assert "<h1 " in section(FULL)
    assert "<h2 " in section(FULL)
    deeper = section(FULL, level=3)
    assert "<h3 " in deeper
    assert "<h4 " in deeper
    assert "<h1 " not in section(FULL, level=0)
    assert '<p class="title">' in section(FULL, level=0)


def test_folded_steps_are_closed() -> None:
    assert '<details class="steps" open="open"' in section(FULL)
    assert '<details class="steps" data-latex' in section(FULL, folded=True)
