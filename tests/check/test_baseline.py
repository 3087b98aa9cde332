"""A baseline hides what is known, and nothing else."""

from __future__ import annotations

import pytest

from derive.check.baseline import BaselineError, new, read, written
from derive.check.claims import Claim

ONE = Claim("a.md", 3, 1, 3, 2, lhs="a", rhs="b", verdict="refuted", code="D101")
TWO = ONE._replace(lhs="c")


def test_what_moved_is_known_and_what_is_more_is_new() -> None:
    known = read(written([ONE]))
    moved = ONE._replace(line=30, end_line=30, seconds=4.0, message="other words")
    assert new([moved], known) == []
    assert new([TWO, moved], known) == [TWO]
    assert new([moved, moved], known) == [moved]
    assert new([ONE], known) == []


@pytest.mark.parametrize(
    "change", [{"path": "b.md"}, {"rhs": "d"}, {"verdict": "unknown"}, {"code": "D201"}]
)
def test_what_changed_is_new(change: dict[str, str]) -> None:
    assert new([ONE._replace(**change)], read(written([ONE]))) != []


NONE = ["", "[]", "{}", '{"format": "x"}', '{"format": 3, "claims": 4}', "[" * 99999]


@pytest.mark.parametrize("text", [*NONE, '{"format": "derive-baseline/1", "claims": [[]]}'])
def test_what_is_no_baseline_is_refused(text: str) -> None:
    with pytest.raises(BaselineError):
        read(text)
