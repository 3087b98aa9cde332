"""Records in the database of an account."""

from __future__ import annotations

from json import dumps, loads
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from derive.check.records import Record
from derive.check.sealing import build, is_sealed, stamp_of

if TYPE_CHECKING:
    import sqlite3

#: Documents that a database keeps; the oldest go first.
_MOST = 50_000

#: Seconds for which another writer is waited for, and between two tries.
_PATIENCE, _PAUSE = 20.0, 0.02


class Database:
    """Records in one SQLite file, which several processes may write at a time."""

    def __init__(self, file: Path) -> None:
        import sqlite3

        file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
        _share(self._db)
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS records (path TEXT PRIMARY KEY, key TEXT, claims BLOB,"
            " claims_seal BLOB, entries BLOB, entries_seal BLOB)"
        )
        self._db.execute("CREATE TABLE IF NOT EXISTS seals (path TEXT PRIMARY KEY, seal BLOB)")

    def claims(self, path: str, key: str) -> list[Any] | None:
        """The claims of a sealed record with this key."""
        row = self._db.execute(
            "SELECT claims, claims_seal FROM records WHERE path = ? AND key = ?", (path, key)
        ).fetchone()
        if row is None or not is_sealed(row[1], path, key, row[0]):
            return None
        found: list[Any] | None = _unpacked(row[0], list)
        return found

    def record(self, path: str) -> Record | None:
        """What there is of a document, under whatever key."""
        row = self._db.execute(
            "SELECT key, claims, entries, entries_seal FROM records WHERE path = ?", (path,)
        ).fetchone()
        if row is None:
            return None
        key, claims, entries, stamp = row
        sealed = is_sealed(stamp, path, build(), entries)
        return Record(key, _unpacked(claims, list) or [], _unpacked(entries, dict) or {}, sealed)

    def save(self, path: str, record: Record) -> None:
        """Keep a record, in place of what was there of the document."""
        claims, entries = _packed(record.claims), _packed(record.entries)
        row = (
            path, record.key, claims, stamp_of(path, record.key, claims),
            entries, stamp_of(path, build(), entries),
        )  # fmt: skip
        self._db.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", row)

    def seal_of(self, path: str) -> bytes:
        """The seal that stands for a file elsewhere; empty if there is none."""
        row = self._db.execute("SELECT seal FROM seals WHERE path = ?", (path,)).fetchone()
        return bytes(row[0]) if row is not None else b""

    def set_seal(self, path: str, stamp: bytes) -> None:
        """Remember the seal of a file elsewhere."""
        self._db.execute("INSERT OR REPLACE INTO seals VALUES (?, ?)", (path, stamp))

    def paths(self) -> list[str]:
        """The documents of which there are records."""
        return [row[0] for row in self._db.execute("SELECT path FROM records ORDER BY path")]

    def close(self) -> None:
        """Let the oldest records go where there are too many, and close the file."""
        self._db.execute(
            "DELETE FROM records WHERE rowid <= (SELECT max(rowid) FROM records) - ?", (_MOST,)
        )
        self._db.close()


def _packed(data: Any) -> bytes:
    from zlib import compress

    return compress(dumps(data, separators=(",", ":")).encode(), 6)


def _unpacked(data: Any, kind: type) -> Any:
    """The data that was packed, or None when it is damaged."""
    import zlib

    try:
        found = loads(zlib.decompress(data))
    except (zlib.error, ValueError, TypeError, RecursionError, MemoryError):
        return None
    return found if isinstance(found, kind) else None


def _share(database: sqlite3.Connection) -> None:
    """Let readers and a writer work at a time.

    SQLite does not wait for another process that does this to the same new file.  Raises
    sqlite3.OperationalError where it is never done.
    """
    import sqlite3

    until = monotonic() + _PATIENCE
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or monotonic() > until:
                raise
            sleep(_PAUSE)
