"""Who wrote a record, and with which program: seals and keys.

The seal of an account is a digest with a secret as its key.  The secret lies with the
account's settings; whoever can read it can change the program itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from json import dumps
from os import environ
from pathlib import Path
from typing import Any

#: Packages whose version decides what is found or shown.
_PACKAGES = ("math_core", "python_flint", "sympy")


def _folder(variable: str, *fallback: str) -> Path:
    from sys import platform

    if "DERIVE_CACHE" in environ and variable == "XDG_CACHE_HOME":
        return Path(environ["DERIVE_CACHE"])
    if platform == "win32":
        kind = "Cache" if variable == "XDG_CACHE_HOME" else "Settings"
        local = environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(local) / "derive" / kind
    if platform == "darwin":
        kind = "Caches" if variable == "XDG_CACHE_HOME" else "Application Support"
        return Path.home() / "Library" / kind / "derive"
    return Path(environ.get(variable) or Path.home().joinpath(*fallback)) / "derive"


def cache_folder() -> Path:
    """The platform's folder for caches of this program; ``DERIVE_CACHE`` names another."""
    return _folder("XDG_CACHE_HOME", ".cache")


@cache
def secret() -> bytes:
    """The secret of this account, made when it is first wanted; empty if that is impossible.

    It lies with the account's settings, readable by nobody else, and not in any cache.
    """
    import os
    from secrets import token_bytes

    file = _folder("XDG_CONFIG_HOME", ".config") / "seal"
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            made = file.with_name(f"seal.{token_bytes(8).hex()}")
            with open(made, "xb", opener=lambda p, flags: os.open(p, flags, 0o600)) as out:
                out.write(token_bytes(32))
            with suppress(FileExistsError):  # another process was first
                file.hardlink_to(made)
            made.unlink()
        found = file.read_bytes()
    except (OSError, RuntimeError, NotImplementedError):
        return b""
    return found if len(found) == 32 else b""


def seal(*parts: bytes) -> bytes:
    """The seal of this account on some bytes; empty without a secret."""
    key = secret()
    if not key:
        return b""
    digest = blake2b(key=key, digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def stamp_of(path: str, key: str, data: bytes) -> bytes:
    """The seal on the data of a path under a key."""
    return seal(path.encode("utf-8", "surrogatepass"), key.encode(), data)


def is_sealed(stamp: Any, path: str, key: str, data: Any) -> bool:
    """Whether a stamp is this account's seal on the data."""
    from hmac import compare_digest

    if not isinstance(stamp, bytes) or not isinstance(data, bytes) or not stamp:
        return False
    return compare_digest(stamp, stamp_of(path, key, data))


#: What of a job its claims depend on.
_DEPENDS = ("path", "text", "replaced", "suffix", "macros", "given", "settings", "linked")


@cache
def build() -> str:
    """A digest of this program: its source, and the versions of what it computes with.

    The ledger of axioms is part of the source.
    """
    import sys

    home = Path(__file__).resolve().parent.parent
    digest = blake2b(repr(sys.version_info[:2]).encode(), digest_size=16)
    for file in sorted(home.rglob("*.py")):
        digest.update(file.relative_to(home).as_posix().encode() + b"\0")
        digest.update(file.read_bytes())
    for folder in map(Path, filter(None, sys.path)):
        if folder.name in ("site-packages", "dist-packages") and folder.is_dir():
            names = (f.name for f in folder.glob("*.dist-info"))
            found = sorted(n for n in names if n.lower().replace("-", "_").startswith(_PACKAGES))
            digest.update(repr(found).encode())
    return digest.hexdigest()


def key_of(job: Mapping[str, Any], limits: tuple[float, int] | None = None) -> str:
    """The key of a document: a digest of everything that its claims depend on.

    Where a step was stopped, that is its limits of time and memory too.
    """
    parts = {k: job.get(k) for k in _DEPENDS}
    text = dumps([build(), parts, limits], sort_keys=True, ensure_ascii=True)
    return blake2b(text.encode(), digest_size=20).hexdigest()
