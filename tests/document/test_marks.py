"""Comments that speak of the next display."""

from __future__ import annotations

import time

import pytest

from derive.document import read
from derive.document.marks import marks


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("expect: proved", [("expect", "proved", 0)]),
        ("expect: refuted step 2", [("expect", "refuted", 2)]),
        ("expect: proved steps 1-2, refuted step 3",
         [("expect", "proved", 1), ("expect", "proved", 2), ("expect", "refuted", 3)]),
        ("expect: not a claim", [("expect", "not a claim", 0)]),
        ("derive: ignore D201, D3", [("ignore", "D201", 0), ("ignore", "D3", 0)]),
    ],
)  # fmt: skip
def test_marks(comment: str, said: list[tuple[str, str, int]]) -> None:
    document = read("a.md", f"$$x$$\n\n<!-- {comment} -->\nso\n$$a = b$$\n\n$$c$$\n")
    found = list(marks(document))
    assert [(m.kind, m.word, m.step) for m in found] == said
    assert {document.pieces[m.display].text for m in found} == {"a = b"}


@pytest.mark.parametrize(
    "text",
    ["<!-- expect: maybe -->\n$$a$$", "<!-- derive: ignore this -->\n$$a$$",
     "$$a$$\n\n<!-- expect: proved -->", "<!-- expect: proved step 1 2 -->\n$$a$$"],
)  # fmt: skip
def test_a_comment_that_says_nothing_is_a_fault(text: str) -> None:
    (mark,) = marks(read("a.md", text))
    assert mark.kind == "fault"
    assert "write" in mark.word


def test_many_steps_take_no_time() -> None:
    start = time.process_time()
    text = "<!-- expect: " + "proved steps 1-9999, " * 300 + "proved -->\n$$a$$"
    assert len(list(marks(read("a.md", text)))) < 300_000
    assert time.process_time() - start < 5
