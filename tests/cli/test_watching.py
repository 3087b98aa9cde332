"""Watching: once at the start, again after a change, and an end with the last status."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.cli import watching


def test_every_change_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "a.md"
    file.parent.mkdir()
    file.write_text("x")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    first = watching.stamps([tmp_path])
    assert list(first) == [str(file)]
    file.write_text("xy")
    second = watching.stamps([tmp_path])
    assert second != first
    (tmp_path / "sub" / "b.md").write_text("")
    assert watching.stamps([tmp_path]) != second
    file.unlink()
    assert str(file) not in watching.stamps([tmp_path, tmp_path / "none"])


def test_it_is_done_again_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_EVERY", 0.01)
    file = tmp_path / "a.md"
    file.write_text("x")
    seen: list[str] = []

    def action() -> int:
        seen.append(file.read_text())
        if len(seen) == 3:
            raise KeyboardInterrupt
        file.write_text(file.read_text() + "y")
        return len(seen)

    assert watching.watch(action, [str(tmp_path)]) == 2
    assert seen == ["x", "xy", "xyy"]
