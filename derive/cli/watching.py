"""Doing something again whenever files change, until Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from derive.cli.output import complain

#: Seconds between two looks at the files.
_EVERY = 0.5


def watch(action: Callable[[], int], paths: Iterable[str]) -> int:
    """Do it now and after every change; returns what it returned last, when interrupted."""
    from time import sleep

    places = [Path(p) for p in paths] or [Path()]
    before = stamps(places)
    last = action()
    try:
        while True:
            complain("waiting for changes; Ctrl-C ends")
            while (now := stamps(places)) == before:
                sleep(_EVERY)
            before = now
            last = action()
    except KeyboardInterrupt:
        return last


def stamps(places: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Time and size of every file at or below some places, without hidden folders."""
    found: dict[str, tuple[int, int]] = {}
    for file in (f for place in places for f in _files(place)):
        try:
            status = file.stat()
        except OSError:
            continue
        found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    try:
        entries = sorted(place.iterdir())
    except OSError:
        return
    for entry in entries:
        if not entry.name.startswith(".") and not (entry.is_dir() and entry.is_symlink()):
            yield from _files(entry)
