"""Which files are judged: regular ones, each once, in order; nothing else is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from derive.check import files
from derive.check.files import FileError, sources, text_of


def tree(tmp_path: Path) -> Path:
    """A folder with documents and with what is none."""
    for name in ("b.md", "a.tex", "sub/c.rst", "sub/deep/d.ipynb", ".hidden/e.md", ".f.md",
                 "node_modules/g.md", "notes.xyz", "image.png", "_build/h.md"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def names(found: files.Sources, top: Path) -> list[str]:
    """The documents, from the folder on."""
    return [s.file.relative_to(top).as_posix() for s in found.documents]


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    found = sources([str(tree(tmp_path))])
    assert names(found, tmp_path) == ["a.tex", "b.md", "sub/c.rst", "sub/deep/d.ipynb"]
    assert found.folders == [str(tmp_path)]
    assert found.faults == []


def test_what_is_excluded_is_left_out(tmp_path: Path) -> None:
    top = tree(tmp_path)
    assert names(sources([str(top)], ["sub"]), top) == ["a.tex", "b.md"]
    assert names(sources([str(top)], ["*.md", "sub/deep/"]), top) == ["a.tex", "sub/c.rst"]


def test_a_named_file_is_judged_whatever_it_is_called_and_once(tmp_path: Path) -> None:
    top = tree(tmp_path)
    found = sources([str(top / "notes.xyz"), str(top / "b.md"), str(top), str(top / "b.md")])
    assert names(found, top)[:2] == ["notes.xyz", "b.md"]
    assert len(found.documents) == 5


def test_a_missing_file_has_a_neighbour(tmp_path: Path) -> None:
    found = sources([str(tree(tmp_path) / "bb.md")])
    assert found.documents == []
    assert "did you mean" in found.faults[0]
    assert "b.md" in found.faults[0]
    assert sources(["/no/such/place"]).faults == ["there is no file or folder /no/such/place"]
    assert len(sources(["a\0b"]).faults) == 1


def test_loops_of_links_end(tmp_path: Path) -> None:
    top = tree(tmp_path)
    (top / "sub" / "up").symlink_to(top)
    (top / "loop.md").symlink_to(top / "loop.md")
    (top / "again.md").symlink_to(top / "b.md")
    found = sources([str(top)])
    assert names(found, top) == ["a.tex", "again.md", "sub/c.rst", "sub/deep/d.ipynb"]


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    for odd in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(FileError, match="regular"):
            text_of(odd)
    assert sources([str(tmp_path)]).documents == []
    with pytest.raises(FileError, match="cannot be read"):
        text_of(tmp_path / "none.md")
    with pytest.raises(FileError, match="cannot be read"):
        text_of(Path("a\0b"))


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 1 << 20)
    (tmp_path / "a.md").write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(FileError, match="larger than 1 MiB"):
        text_of(tmp_path / "a.md")


@pytest.mark.parametrize(
    ("data", "text", "at"),
    [(b"ab", "ab", -1), (b"\xef\xbb\xbfab", "ab", -1), (b"a\xffb", "a\ufffdb", 1)],
)
def test_what_is_no_utf_8_is_replaced(tmp_path: Path, data: bytes, text: str, at: int) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert text_of(tmp_path / "a.md") == (text, at)


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    for text in ("one", "three"):
        file.write_text(text)
        assert [files.text_again(file)[0] for _ in range(2)] == [text, text]
    file.unlink()
    with pytest.raises(FileError, match="cannot be read"):
        files.text_again(file)
