"""Many documents at once: a step that goes wrong costs itself, order and results stay."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Future
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import workloads

from derive.check.claims import Claim
from derive.check.limits import Limits
from derive.check.running import Outcome, outcome_of, outcomes
from derive.check.workers import Pool

LIMITS = Limits(0.6, 512 << 20)


def run(*texts: str, workers: int = 1, method: str = "fork") -> list[Outcome]:
    """The outcomes for some documents."""
    jobs = ({"path": f"{k}.md", "text": text} for k, text in enumerate(texts))
    with Pool(workers, LIMITS, method) as pool:
        return list(outcomes(jobs, lambda job: pool.submit(workloads.page, job), workers))


def shape(found: Outcome) -> list[str]:
    """Verdict or reason of each claim."""
    return [c.reason or c.verdict or "" for c in found.claims]


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_step_that_goes_wrong_costs_itself(workers: int, method: str) -> None:
    texts = ("a b", "a hang b", "fail", "a die", "hang hang c", "")
    found = run(*texts, workers=workers, method=method)
    assert [shape(o) for o in found] == [
        ["proved", "proved"],
        ["proved", "time", "proved"],
        ["ValueError: no luck"],
        ["proved", "memory"],
        ["time", "time", "proved"],
        [],
    ]
    assert [c.path for o in found for c in o.claims] == [
        f"{k}.md" for k, text in enumerate(texts) for _ in text.split()
    ]


def test_what_was_found_before_a_limit_is_not_sought_again() -> None:
    (found,) = run("a b hang c")
    assert found.asked == 1  # in the second call: c alone


def test_only_a_limit_may_be_told_again() -> None:
    def told(reason: str) -> tuple[bool, bool]:
        claims = [list(Claim("a.md", 1, 1, 1, 2, reason=reason))]
        found = outcome_of({"path": "a.md"}, {"claims": claims, "learned": {}, "asked": 0})
        return found.complete, found.limited

    assert told("undecided") == (True, False)
    assert told("limit") == (True, True)
    assert told("internal error") == (False, False)


def test_many_documents_are_read_a_few_at_a_time() -> None:
    read: list[int] = []

    def jobs() -> Any:
        for k in range(60):
            read.append(k)
            yield {"path": f"{k}", "text": "a"}

    with Pool(2, LIMITS) as pool:
        for k, found in enumerate(outcomes(jobs(), lambda j: pool.submit(workloads.page, j), 2)):
            assert len(read) <= k + 17
            assert found.claims[0].path == str(k)
    assert len(read) == 60


def test_a_document_that_cannot_be_read_is_a_claim_of_its_own() -> None:
    jobs = [{"path": "a.md", "text": "x"}, {"path": "b.md", "text": "y"}]

    def submit(job: dict[str, Any]) -> Any:
        return pool.submit(workloads.page if job["path"] == "b.md" else workloads.unreadable, job)

    with Pool(1, LIMITS) as pool:
        first, second = outcomes(jobs, submit)
    (claim,) = first.claims
    assert (claim.code, claim.reason, claim.line, first.limited) == ("D202", "limit", 1, True)
    assert shape(second) == ["proved"]


def test_a_lost_call_is_made_again_and_then_given_up() -> None:
    calls: list[str] = []

    def submit(job: dict[str, Any]) -> Any:
        calls.append(job["path"])
        future: Future[Any] = Future()
        if job["path"] == "lost" or calls.count(job["path"]) == 1:
            future.set_exception(OSError("the host is gone"))
        else:
            future.set_result(workloads.page(job))
        return future

    jobs = [{"path": "once", "text": "a"}, {"path": "lost", "text": "a"}]
    once, lost = outcomes(jobs, submit)
    assert (shape(once), once.fault) == (["proved"], "")
    assert (lost.claims, lost.fault) == ((), "lost: the host is gone")
    assert (calls.count("once"), calls.count("lost")) == (2, 3)


def test_after_an_interruption_what_is_finished_comes_out() -> None:
    jobs = ({"path": f"{k}", "text": text} for k, text in enumerate(["a b", "c wait d", "e"]))
    found: list[Outcome] = []
    timer = Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt), Pool(1, Limits(60.0)) as pool:  # noqa: PT012  # one block
        running = outcomes(jobs, lambda job: pool.submit(workloads.waiting, job))
        timer.start()
        for outcome in running:
            found.append(outcome)
    assert [shape(o) for o in found[:2]] == [["proved", "proved"], ["proved"]]
    assert [o.complete for o in found[:2]] == [True, False]


def test_memory_stays_flat() -> None:
    """The parent holds a few documents at a time, whatever there is of them."""
    status = Path("/proc/self/status")
    if not status.exists():
        assert len(run("a")) == 1
        return

    def size() -> int:
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
        return int(line.split()[1])

    jobs = ({"path": f"{k}", "text": "a " * 10, "load": "x" * 200_000} for k in range(400))
    sizes = []
    with Pool(1, LIMITS) as pool:
        for k, _ in enumerate(outcomes(jobs, lambda j: pool.submit(workloads.page, j))):
            if k in (40, 399):
                sizes.append(size())
    assert sizes[1] < sizes[0] + 20_000
