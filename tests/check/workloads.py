"""What the workers of the tests do."""

from __future__ import annotations

import os
import time
from typing import Any

from derive.check.claims import Claim
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


def page(job: dict[str, Any]) -> dict[str, Any]:
    """A document whose steps are words: what each does besides being judged."""
    claims = []
    skip = {(at, step): what for at, step, what in job.get("skip", ())}
    known = job.get("known", {}) if job.get("sealed") else {}
    asked = 0
    for k, word in enumerate(job["text"].split(), 1):
        what = skip.get((0, k), "")
        if not what:
            tell({"begin": [0, k]})
            if word not in known:
                asked += 1
                {"hang": hang, "die": die, "fail": fail}.get(word, int)()
        claim = [job["path"], 1, k, 1, k + 1]
        claims.append(claim)
        learned = {} if what else {word: {"by": job["path"]}}
        verdict = {"verdict": "unknown", "reason": what} if what else {"verdict": "proved"}
        claims[-1] = list(Claim(*claim, step=k, **verdict))
        tell({"claim": claims[-1], "learned": learned})
    return {"claims": claims, "learned": {}, "asked": asked}


def unreadable(job: dict[str, Any]) -> None:
    """A document that takes for ever to read."""
    del job
    hang()


def waiting(job: dict[str, Any]) -> dict[str, Any]:
    """As ``page``, with a step that takes a minute."""
    before, word, _ = job["text"].partition("wait")
    answer = page({**job, "text": before})
    if word:
        time.sleep(60)
    return answer
