"""Configuration: the nearest file, the command line before it, and errors that say what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from derive.check.configuration import (
    MEANING,
    Configuration,
    ConfigurationError,
    assigned,
    found,
    shown,
)


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.derive]\njobs = 3\nselect = ['D1']\n")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\njobs = 4\n")
    got = found(str(inner), {})
    assert (got.jobs, got.select) == (3, ("D1",))
    assert got.folder == str(tmp_path)
    (tmp_path / "a" / "derive.toml").write_text("jobs = 5\n[given]\n'*.md' = 'all.given'\n")
    got = found(str(inner), {"timeout": 2})
    assert (got.jobs, got.select, got.timeout) == (5, (), 2)
    assert got.given == {"*.md": "all.given"}
    assert found(str(inner), {}, isolated=True) == Configuration()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("job = 3", "did you mean jobs"),
        ("jobs = 'x'", "jobs is a whole number"),
        ("jobs = true", "jobs is a whole number"),
        ("jobs = -1", "jobs is a whole number"),
        ("strict = 1", "strict is true or false"),
        ("select = 'D1'", "select is a list of texts"),
        ("select = [1]", "select is a list of texts"),
        ("given = {a = 1}", "given is a table of texts"),
        ("timeout = 0", "timeout is a number"),
        ("timeout = inf", "timeout is a number"),
        ("jobs = ", "is not TOML"),
    ],
)
def test_an_error_says_where_and_what_is_expected(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "derive.toml").write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        found(str(tmp_path), {})
    assert said in str(caught.value)
    assert "derive.toml" in str(caught.value)


def test_tables_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nderive = 3\n")
    with pytest.raises(ConfigurationError, match="table"):
        found(str(tmp_path), {})
    (tmp_path / "pyproject.toml").write_text("tool = 3\n")
    assert found(str(tmp_path), {}).file == ""
    with pytest.raises(ConfigurationError, match="KEY=VALUE"):
        assigned("jobs")


def test_what_is_shown_can_be_read_back(tmp_path: Path) -> None:
    settings = {"jobs": 2, "select": ["D1", 'D"'], "given": {"*.md": "a.given"}, "strict": True}
    first = found(str(tmp_path), settings, isolated=True)
    again = found(str(tmp_path), tomllib.loads(shown(first)), isolated=True)
    assert again == first


def test_every_setting_is_explained() -> None:
    fields = {f.replace("_", "-") for f in Configuration._fields} - {"file", "folder"}
    assert set(MEANING) == fields
