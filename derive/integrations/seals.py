"""Kept answers at which this account has looked before: a seal on each, so that it need not again.

The seals lie in the account's cache folder, one file for each file of kept answers.  A seal is
a digest with the secret of ``derive.check.sealing`` as its key, over the answer with all that it
rests on and over this program: whoever changes any of them, or the file of seals, gets a second
look.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from derive.check.sealing import build, cache_folder, is_sealed, stamp_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Seals:
    """The seals on the answers of one file; without a path there are none."""

    def __init__(self, path: str = "") -> None:
        self.file = _file(path) if path else None
        self.stamps: dict[str, str] = {} if self.file is None else _strings(self.file)
        self.known = dict(self.stamps)

    def hold(self, key: str, lines: tuple[str, str]) -> bool:
        """Whether this account and this program have looked at an answer."""
        stamp = self.stamps.get(key)
        if stamp is None:
            return False
        try:
            return is_sealed(bytes.fromhex(stamp), build(), key, _bytes(lines))
        except ValueError:
            return False

    def add(self, key: str, lines: tuple[str, str]) -> str:
        """Put a seal on an answer at which somebody has just looked; empty without a secret."""
        stamp = stamp_of(build(), key, _bytes(lines)).hex()
        if stamp and self.file is not None:
            self.stamps[key] = stamp
        return stamp

    def save(self, stamps: Mapping[str, str]) -> None:
        """Keep these seals in place of those that were there."""
        if self.file is not None and stamps != self.known:
            _write(self.file, dict(stamps))
            self.known = dict(stamps)


@cache
def ledger() -> str:
    """The digest of the ledger; the rules are read only where this program is a new one."""
    file = _file("ledger")
    kept = _strings(file)
    digest = kept.get("digest", "")
    with suppress(ValueError):
        if is_sealed(bytes.fromhex(kept.get("stamp", "")), build(), "ledger", digest.encode()):
            return digest
    from derive.rules import digest as computed

    digest = computed()
    stamp = stamp_of(build(), "ledger", digest.encode()).hex()
    if stamp:
        _write(file, {"digest": digest, "stamp": stamp})
    return digest


def _bytes(lines: tuple[str, str]) -> bytes:
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _file(path: str) -> Path:
    from hashlib import blake2b
    from os.path import abspath

    name = blake2b(abspath(path).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return cache_folder() / "answers" / f"{name}.json"


def _strings(file: Path) -> dict[str, str]:
    """The strings of a file by their keys; none when it is no such file."""
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        return {}
    return data


def _write(file: Path, data: dict[str, str]) -> None:
    """Write a file as a whole; a folder that cannot be written costs a second look later."""
    from secrets import token_hex

    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_name(f"{file.name}.{token_hex(8)}")
        made.write_text(json.dumps(data, indent=0, sort_keys=True), encoding="utf-8")
        made.replace(file)
