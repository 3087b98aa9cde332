"""Records: sealed ones are shown, others are only material; damage costs a line, no result."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derive.check import sealing
from derive.check.cache import Cache, opened
from derive.check.claims import Claim
from derive.check.committed import Folder, written
from derive.check.database import Database
from derive.check.records import Record, Store
from derive.check.sealing import build, key_of, seal

CLAIM = list(Claim("a.md", 1, 2, 1, 3, verdict="proved", seconds=1.5))
RECORD = Record("key", [CLAIM], {"one": {"nothing": True}})
JOB: dict[str, Any] = {"path": "a.md", "text": "x", "settings": {"inline": False}}


@pytest.fixture(autouse=True)
def _account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account of its own, with its own secret."""
    monkeypatch.delenv("DERIVE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sealing.secret.cache_clear()


def another_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From here on somebody else reads what was written."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "other"))
    sealing.secret.cache_clear()


def database(tmp_path: Path) -> Database:
    """The account's database."""
    return Database(tmp_path / "cache" / "check.sqlite")


def folder(tmp_path: Path) -> Folder:
    """A folder of files, with the account's seals."""
    return Folder(tmp_path / "files", database(tmp_path))


STORES = [database, folder]


@pytest.mark.parametrize("store", STORES)
def test_what_is_kept_comes_back(store: Callable[[Path], Store], tmp_path: Path) -> None:
    kept = store(tmp_path)
    assert kept.claims("a.md", "key") is None
    assert kept.record("a.md") is None
    kept.save("a.md", RECORD)
    again = store(tmp_path)
    found = again.record("a.md")
    assert found is not None
    assert (found.key, found.entries, found.sealed) == ("key", RECORD.entries, True)
    claims = again.claims("a.md", "key")
    assert claims is not None
    assert Claim(*claims[0])._replace(seconds=0) == Claim(*CLAIM)._replace(seconds=0)
    assert again.claims("a.md", "another key") is None
    again.save("a.md", Record("later", [], {}))
    assert again.claims("a.md", "key") is None
    assert again.claims("a.md", "later") == []


@pytest.mark.parametrize("store", STORES)
def test_what_another_account_wrote_is_only_material(
    store: Callable[[Path], Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(tmp_path).save("a.md", RECORD)
    another_account(monkeypatch, tmp_path)
    kept = store(tmp_path)
    assert kept.claims("a.md", "key") is None
    found = kept.record("a.md")
    assert found is not None
    assert (found.entries, found.sealed) == (RECORD.entries, False)


@pytest.mark.parametrize("store", STORES)
def test_another_program_only_has_material(
    store: Callable[[Path], Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(tmp_path).save("a.md", RECORD)
    for module in ("database", "committed"):
        monkeypatch.setattr(f"derive.check.{module}.build", lambda: "another")
    found = store(tmp_path).record("a.md")
    assert found is not None
    assert not found.sealed


def test_a_changed_file_has_lost_its_seal(tmp_path: Path) -> None:
    folder(tmp_path).save("sub/a.md", RECORD)
    file = tmp_path / "files" / "sub" / "a.md.json"
    text = file.read_text()
    assert folder(tmp_path).claims("sub/a.md", "key") is not None
    file.write_text(text.replace("proved", "refuted"))
    assert folder(tmp_path).claims("sub/a.md", "key") is None
    file.write_text(text)
    assert folder(tmp_path).claims("sub/a.md", "key") is not None
    other = tmp_path / "files" / "b.md.json"
    other.write_text(text)
    assert folder(tmp_path).claims("b.md", "key") is None


@pytest.mark.parametrize("column", ["claims", "entries", "key", "claims_seal", "entries_seal"])
def test_a_changed_row_has_lost_its_seal(column: str, tmp_path: Path) -> None:
    database(tmp_path).save("a.md", RECORD)
    database(tmp_path).save("b.md", Record("key", [], {"two": {}}))
    with sqlite3.connect(tmp_path / "cache" / "check.sqlite") as db:
        other = db.execute(f"SELECT {column} FROM records WHERE path = 'b.md'").fetchone()[0]
        other = other if column != "key" else "forged"
        db.execute(f"UPDATE records SET {column} = ? WHERE path = 'a.md'", (other,))
    kept = database(tmp_path)
    found = kept.record("a.md")
    assert found is not None
    if column.startswith("entries"):
        assert not found.sealed
    else:
        assert kept.claims("a.md", "forged" if column == "key" else "key") is None


def test_the_secret_is_the_accounts_alone(tmp_path: Path) -> None:
    stamp = seal(b"x")
    file = tmp_path / "config" / "derive" / "seal"
    assert len(stamp) == len(file.read_bytes()) == 32
    assert file.stat().st_mode & 0o077 == 0
    assert seal(b"x") == stamp
    assert seal(b"", b"x") != stamp
    assert list(file.parent.iterdir()) == [file]


def test_without_a_secret_nothing_is_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    sealing.secret.cache_clear()
    assert seal(b"x") == b""
    database(tmp_path).save("a.md", RECORD)
    assert database(tmp_path).claims("a.md", "key") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("text", "y"), ("path", "b.md"), ("settings", {"inline": True}), ("macros", {"R": [0, "x"]}),
     ("given", ["a.given", "n in Natural"]), ("suffix", ".tex"), ("replaced", 3)],
)  # fmt: skip
def test_the_key_depends_on_everything(name: str, value: Any) -> None:
    assert key_of({**JOB, name: value}) != key_of(JOB)
    assert key_of({**JOB, "known": {"x": 1}, "sealed": True}) == key_of(JOB)


def test_what_was_stopped_depends_on_its_limits() -> None:
    keys = {key_of(JOB), key_of(JOB, (10, 1024)), key_of(JOB, (20, 1024)), key_of(JOB, (10, 512))}
    assert len(keys) == 4


def test_the_key_depends_on_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(JOB)
    monkeypatch.setattr(sealing, "build", lambda: build() + "x")
    assert key_of(JOB) != before


# -- files to commit ---------------------------------------------------------------------------


def test_a_file_changes_only_when_something_was_found_out() -> None:
    slower = Record("key", [[*CLAIM[:22], 9.0, *CLAIM[23:]]], RECORD.entries)
    assert Claim._fields[22] == "seconds"
    assert written(slower) == written(RECORD)
    assert json.loads(written(RECORD))["entries"] == RECORD.entries


OUTSIDE = ["../a.md", "/etc/a.md", "x/../../a.md", "C:\\a.md", ".", ""]


@pytest.mark.parametrize("path", [*OUTSIDE, "a\nb.md", "a" * 300, "\ud800.md"])
def test_every_file_lies_in_the_folder(path: str, tmp_path: Path) -> None:
    kept = folder(tmp_path)
    kept.save(path, RECORD)
    assert kept.claims(path, "key") is not None
    (file,) = (tmp_path / "files").rglob("*.json")
    assert not list((tmp_path / "files").rglob("*.tmp"))
    assert file.resolve().is_relative_to(tmp_path / "files")


# -- what goes wrong ---------------------------------------------------------------------------


def used(where: str = "") -> tuple[Cache, list[str]]:
    """The cache and what it complains of, after one use."""
    said: list[str] = []
    kept = opened(where, said.append)
    kept.save("a.md", RECORD)
    kept.record("a.md")
    kept.claims("a.md", "key")
    return kept, said


DAMAGE = [b"", b"not a database at all" * 300, b"SQLite format 3\0" + b"\xff" * 5000]


@pytest.mark.parametrize("damage", DAMAGE, ids=["empty", "text", "header"])
def test_a_damaged_database_costs_a_line(damage: bytes, tmp_path: Path) -> None:
    file = tmp_path / "cache" / "derive" / "check.sqlite"
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    kept, said = used()
    kept.close()
    assert len(said) == bool(damage)
    assert all("derive cache clean" in s for s in said)


def test_a_database_damaged_in_the_middle_costs_a_line_at_most(tmp_path: Path) -> None:
    many = [Record("key", [CLAIM] * 50, {str(k): {"nothing": True}}) for k in range(60)]
    kept = database(tmp_path)
    for k, record in enumerate(many):
        kept.save(f"{k}.md", record)
    kept.close()
    file = tmp_path / "cache" / "check.sqlite"
    good = file.read_bytes()
    for at in range(0, len(good), max(len(good) // 40, 1)):
        file.write_bytes(good[:at] + b"\xaa" * 64 + good[at + 64 :])
        said: list[str] = []
        cache = Cache(lambda: database(tmp_path), said.append)
        for k, record in enumerate(many):
            claims = cache.claims(f"{k}.md", "key")
            assert claims is None or claims == record.claims
            found = cache.record(f"{k}.md")
            assert found is None or not found.sealed or found.entries == record.entries
        cache.close()
        assert len(said) <= 1


def test_a_cache_that_cannot_be_written_costs_a_line(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert len(used()[1]) == 1
    assert len(used(str(tmp_path / "cache"))[1]) == 1
    assert len(used("/proc/no/such/folder")[1]) == 1


def test_a_full_disk_costs_a_line(tmp_path: Path) -> None:
    kept = database(tmp_path)
    said: list[str] = []
    cache = Cache(lambda: kept, said.append)
    pages = kept._db.execute("PRAGMA page_count").fetchone()[0]
    kept._db.execute(f"PRAGMA max_page_count = {pages}")
    for k in range(50):
        cache.save(
            f"{k}", Record("key", [CLAIM], {str(j): {"x": os.urandom(40).hex()} for j in range(50)})
        )
    assert len(said) == 1
    assert "full" in said[0]
    assert cache.record("0") is None


def test_a_damaged_file_is_no_record(tmp_path: Path) -> None:
    kept = folder(tmp_path)
    kept.save("a.md", RECORD)
    file = tmp_path / "files" / "a.md.json"
    text = file.read_text()
    for damage in ("", "{", "[]", "null", '{"format": "derive-cache/1"}', text[: len(text) // 2],
                   text.replace('"entries": {', '"entries": [', 1), "[" * 100_000):  # fmt: skip
        file.write_text(damage)
        assert kept.record("a.md") is None
        assert kept.claims("a.md", "key") is None
    file.unlink()
    file.mkdir()
    assert kept.record("a.md") is None


# -- two writers, and an end at any moment -----------------------------------------------------

_WRITER = """
import sys
from pathlib import Path
from derive.check.database import Database
from derive.check.committed import Folder
from derive.check.records import Record
kind, where, name, first = sys.argv[1:]
database = Database(Path(where) / "check.sqlite")
store = database if kind == "database" else Folder(Path(where) / "files", database)
for k in range(int(first), 1_000_000):
    claims, entries = [[name, k, *"x" * 27]], {"filler": {"x": "y" * 5000}}
    store.save(f"{name}{k % 20}.md", Record(f"{k}", claims, entries))
    print(name, k, flush=True)
"""


def test_writers_that_are_killed_lose_nothing_that_was_kept(tmp_path: Path) -> None:
    home = Path(__file__).resolve().parents[2]
    for turn, kind in enumerate(["database", "folder", "database", "folder"]):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", _WRITER, kind, str(tmp_path), name, str(turn)],
                cwd=home, stdout=subprocess.PIPE, text=True,
            )
            for name in "ab"
        ]  # fmt: skip
        last: dict[str, dict[int, int]] = {"a": {}, "b": {}}
        for writer in writers:  # both are at work before the end comes
            assert writer.stdout is not None
            name, k = writer.stdout.readline().split()
            last[name][int(k) % 20] = int(k)
        time.sleep(0.1 + 0.13 * turn)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer in writers:
            assert writer.stdout is not None
            whole, _, _ = writer.stdout.read().rpartition("\n")  # the last line may be cut
            for line in whole.splitlines():
                name, k = line.split()
                last[name][int(k) % 20] = int(k)
            writer.wait()
        assert all(last.values()), last
        kept: Store = Database(tmp_path / "check.sqlite")
        if kind == "folder":
            kept = Folder(tmp_path / "files", Database(tmp_path / "check.sqlite"))
        for name, done in last.items():
            for slot, k in done.items():
                found = kept.record(f"{name}{slot}.md")
                assert found is not None
                # What was on its way when the end came may be there too.
                assert int(found.key) in (k, k + 20)
                assert found.claims[0][:2] == [name, int(found.key)]
        kept.close()
