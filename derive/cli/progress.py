"""A bar on standard error, for somebody who waits at a terminal."""

from __future__ import annotations

import sys
from time import monotonic

from derive.cli.output import put

#: Seconds until a bar appears, and between two of its states.
_AFTER, _EVERY = 2.0, 0.1


class Bar:
    """How much of the work is done; it appears after a while and goes at the end."""

    def __init__(self) -> None:
        self._wanted = sys.stderr.isatty()
        self._next = monotonic() + _AFTER
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Show a state."""
        now = monotonic()
        if not self._wanted or now < self._next:
            return
        filled = 30 * done // max(total, 1)
        bar = "#" * filled + "-" * (30 - filled)
        put(f"\r[{bar}] {done}/{total}", painted=True, stream=sys.stderr)
        sys.stderr.flush()
        self._next, self._shown = now + _EVERY, True

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            put("\x1b[2K\r", painted=True, stream=sys.stderr)
            sys.stderr.flush()
