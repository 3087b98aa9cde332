"""The source files of an installed package, found without importing any of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path


def module_files(name: str, path: list[str] | None = None) -> list[Path]:
    """The Python files of a module or package, in order; none if it is not found.

    ``path`` is where to look, by default where Python looks.  Nothing of the package is
    executed: only folders are listed.

    >>> [f.name for f in module_files("json.decoder")]
    ['decoder.py']
    """
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        return []
    for folder in sys.path if path is None else path:
        at = Path(folder or ".").joinpath(*parts)
        if at.is_dir() and (found := sorted(_sources(at))):
            return found
        single = at.with_name(at.name + ".py")
        if single.is_file():
            return [single]
    return []


def _sources(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*.py"):
        if "__pycache__" not in file.parts and file.is_file():
            yield file
