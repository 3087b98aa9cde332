"""What the workers of the tests do."""

from __future__ import annotations

import os
import time

from derive.check.limits import tell


def double(x: int) -> int:
    """Twice x."""
    return 2 * x


def identity() -> int:
    """The number of the process."""
    return os.getpid()


def sleep(seconds: float) -> str:
    """Do nothing for a while."""
    time.sleep(seconds)
    return "slept"


def hang() -> None:
    """Native code that no timer within the process would stop."""
    sum(range(10**12))


def swallow(mebibytes: int) -> int:
    """Take so much memory."""
    return len(bytes(mebibytes << 20))


def touch(mebibytes: int) -> int:
    """Take so much memory and use it, for a moment."""
    return len(bytearray(b"x") * (mebibytes << 20))


def die() -> None:
    """End without a word."""
    os._exit(3)


def fail() -> None:
    """An error of the task's own."""
    raise ValueError("no luck")


def count(steps: int, nap: float, then: str = "") -> int:
    """Tell every step, each after a nap; then go wrong, if asked to."""
    for k in range(steps):
        time.sleep(nap)
        tell({"step": k})
    if then == "hang":
        hang()
    if then == "fail":
        fail()
    if then == "swallow":
        swallow(4096)
    return steps
