"""What was found in documents, from run to run.

A record belongs to a document.  It has the claims as they were reported, under a key made of
everything that they depend on: the text, the settings, the macros, this program.  It also has
the entries of the searches, certificates and witnesses among them.

Records are untrusted.  One that carries the **seal** of this account, a keyed digest whose
secret no cache folder holds, was written by this program after it had proved what it says; its
claims are shown again while the key is the same.  Every other record, and every record after the
program or the document changed, is only a store of entries for ``derive.check.memory``, which
replays them.  ``docs/cache.md`` says why this is enough.

A cache that is damaged, full, locked or not writable costs one line and no result.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from derive.check.records import Record, Store
from derive.check.sealing import cache_folder


class Cache:
    """A store that gives up at its first failure, with one line to whoever listens."""

    def __init__(self, opened: Callable[[], Store], complain: Callable[[str], None]) -> None:
        self._complain = complain
        self._store: Store | None = None
        self._store = self._safely(opened)

    def _safely(self, action: Callable[..., Any], *arguments: Any) -> Any:
        from sqlite3 import Error

        try:
            return action(*arguments)
        except (OSError, Error, OverflowError, MemoryError, UnicodeError) as error:
            said = getattr(error, "strerror", None) or str(error)
            self._complain(f"the cache is not used: {said}; `derive cache clean` makes a new one")
            self._store = None
            return None

    def claims(self, path: str, key: str) -> list[Any] | None:
        """The claims of a sealed record with this key."""
        found: list[Any] | None = (
            self._safely(self._store.claims, path, key) if self._store else None
        )
        return found

    def record(self, path: str) -> Record | None:
        """What there is of a document, under whatever key."""
        found: Record | None = self._safely(self._store.record, path) if self._store else None
        return found

    def save(self, path: str, record: Record) -> None:
        """Keep a record."""
        if self._store:
            self._safely(self._store.save, path, record)

    def close(self) -> None:
        """Nothing more will be kept."""
        if self._store:
            self._safely(self._store.close)


def opened(folder: str, complain: Callable[[str], None]) -> Cache:
    """The cache in a folder of JSON files, or without one the account's database."""

    from derive.check.database import Database

    def database() -> Database:
        return Database(cache_folder() / "check.sqlite")

    def files() -> Store:
        import sqlite3

        from derive.check.committed import Folder

        try:
            return Folder(Path(folder), database())
        except (OSError, sqlite3.Error):
            return Folder(Path(folder), None)

    return Cache(files if folder else database, complain)
