"""What is remembered of a document, and where: one interface, two kinds of stores."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


class Record(NamedTuple):
    """What is remembered of a document.

    ``key`` is empty when not every step was judged.  ``claims`` are plain data.  ``sealed``:
    both were written by this account's program.
    """

    key: str
    claims: list[Any]
    entries: dict[str, Any]
    sealed: bool = False


class Store(Protocol):
    """Where records are."""

    def claims(self, path: str, key: str) -> list[Any] | None:
        """The claims of a sealed record with this key."""

    def record(self, path: str) -> Record | None:
        """What there is of a document, under whatever key."""

    def save(self, path: str, record: Record) -> None:
        """Keep a record, in place of what was there of the document."""

    def close(self) -> None:
        """Nothing more will be kept."""
