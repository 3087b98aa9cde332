"""Records as files that can be committed: one for each document, readable in a diff."""

from __future__ import annotations

from hashlib import blake2b
from json import dumps, loads
from pathlib import Path
from typing import Any

from derive.check.database import Database
from derive.check.records import Record
from derive.check.sealing import build, is_sealed, stamp_of

FORMAT = "derive-cache/1"


class Folder:
    """Records as JSON files, one for each document, meant to be committed with them.

    Times are left out, so that a file changes only when something was found out.  Their seals
    lie in the account's database: for another account the proofs are replayed.
    """

    def __init__(self, folder: Path, seals: Database | None) -> None:
        self._folder, self._seals = folder, seals
        folder.mkdir(parents=True, exist_ok=True)

    def _file(self, path: str) -> Path:
        """A name below the folder whatever the path is, near to it for a reader."""
        parts = [p for p in path.replace("\\", "/").split("/") if p not in ("", ".", "..")]
        plain = bool(parts) and all(map(_is_plain, parts))
        if plain and not path.startswith(("/", "..")) and len(path) < 200:
            return self._folder.joinpath(*parts[:-1], f"{parts[-1]}.json")
        digest = blake2b(path.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        return self._folder / "elsewhere" / f"{digest}.json"

    def _read(self, path: str) -> tuple[bytes, dict[str, Any]] | None:
        file = self._file(path)
        try:
            text = file.read_bytes() if file.is_file() else b""
            data = loads(text) if text else None
        except (OSError, ValueError, RecursionError):
            return None
        good = isinstance(data, dict) and data.get("format") == FORMAT
        return (text, data) if good and isinstance(data, dict) else None

    def _sealed(self, path: str, text: bytes) -> bool:
        own = str(self._file(path).resolve())
        return self._seals is not None and is_sealed(self._seals.seal_of(own), own, build(), text)

    def claims(self, path: str, key: str) -> list[Any] | None:
        """The claims of a sealed record with this key."""
        found = self._read(path)
        if found is None or found[1].get("key") != key or not self._sealed(path, found[0]):
            return None
        claims = found[1].get("claims")
        return claims if isinstance(claims, list) else None

    def record(self, path: str) -> Record | None:
        """What there is of a document, under whatever key."""
        found = self._read(path)
        if found is None:
            return None
        text, data = found
        claims, entries = data.get("claims"), data.get("entries")
        if not isinstance(claims, list) or not isinstance(entries, dict):
            return None
        return Record(str(data.get("key")), claims, entries, self._sealed(path, text))

    def save(self, path: str, record: Record) -> None:
        """Write the file of a document anew, at once or not at all."""
        from secrets import token_hex

        text = written(record).encode()
        file = self._file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_bytes() != text:
            made = file.with_name(f".{token_hex(6)}.tmp")
            try:
                made.write_bytes(text)
                made.replace(file)
            finally:
                made.unlink(missing_ok=True)
        own = str(file.resolve())
        if self._seals is not None:
            self._seals.set_seal(own, stamp_of(own, build(), text))

    def close(self) -> None:
        """Close the database with the seals."""
        if self._seals is not None:
            self._seals.close()


def _is_plain(part: str) -> bool:
    return part.isprintable() and not part.startswith(".") and not set(part) & set('<>:"|?*')


def written(record: Record) -> str:
    """A record as the text of a file: a line for each claim and entry, without times."""
    from derive.check.claims import Claim

    at = Claim._fields.index("seconds")
    claims = [[*c[:at], 0.0, *c[at + 1 :]] for c in record.claims]
    head = f'{{"format": {dumps(FORMAT)},\n "key": {dumps(record.key)},\n "claims": ['
    lines = ",\n  ".join(dumps(c) for c in claims)
    entries = ",\n  ".join(f"{dumps(k)}: {dumps(v)}" for k, v in sorted(record.entries.items()))
    return f'{head}\n  {lines}\n ],\n "entries": {{\n  {entries}\n }}\n}}\n'
