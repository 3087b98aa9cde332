"""Workers: limits hold, what is ended is replaced, results keep their order."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
import workloads

from derive.check.limits import LimitError, Limits, RemoteError, alone
from derive.check.workers import Pool

METHODS = ("fork", "spawn")
SHORT = Limits(seconds=0.5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_calls(method: str, workers: int) -> None:
    with Pool(workers, method=method) as pool:
        assert list(pool.map(workloads.double, range(7))) == [0, 2, 4, 6, 8, 10, 12]


@pytest.mark.parametrize("method", METHODS)
def test_what_takes_too_long_is_ended_and_the_next_one_runs(method: str) -> None:
    with Pool(1, SHORT, method) as pool:
        first = pool.submit(workloads.identity)
        slow = [pool.submit(workloads.hang), pool.submit(workloads.sleep, 60)]
        last = pool.submit(workloads.identity)
        began = monotonic()
        for answer in slow:
            with pytest.raises(LimitError, match="time"):
                answer.result()
        assert last.result() != first.result()  # another process
        assert monotonic() - began < 10


@pytest.mark.parametrize("method", METHODS)
def test_what_takes_too_much_memory_is_ended(method: str) -> None:
    with Pool(1, Limits(memory=512 << 20), method) as pool:
        assert pool.submit(workloads.swallow, 8).result() == 8 << 20
        with pytest.raises(LimitError, match="memory"):
            pool.submit(workloads.swallow, 2048).result()
        with pytest.raises(LimitError, match="memory"):
            pool.submit(workloads.die).result()
        assert pool.submit(workloads.double, 4).result() == 8


@pytest.mark.parametrize("method", METHODS)
def test_a_call_that_tells_what_it_did_has_its_time_again(method: str) -> None:
    with Pool(1, SHORT, method) as pool:
        assert pool.submit(workloads.count, 4, 0.25).result() == 4


@pytest.mark.parametrize(
    ("then", "error"), [("hang", LimitError), ("swallow", LimitError), ("fail", RemoteError)]
)
def test_what_was_told_is_not_lost(then: str, error: type[LimitError] | type[RemoteError]) -> None:
    with Pool(1, Limits(0.7, 512 << 20)) as pool:
        with pytest.raises(error) as caught:
            pool.submit(workloads.count, 2, 0.0, then).result()
        assert caught.value.told == ({"step": 0}, {"step": 1})
        assert pool.submit(workloads.double, 4).result() == 8


def test_a_worker_that_has_grown_is_replaced_between_calls() -> None:
    # Spawned: a fork would begin with all that the tests have loaded.
    with Pool(1, Limits(memory=512 << 20), method="spawn") as pool:
        first = pool.submit(workloads.identity).result()
        assert pool.submit(workloads.identity).result() == first
        assert pool.submit(workloads.touch, 300).result() == 300 << 20
        assert pool.submit(workloads.identity).result() != first


def test_workers_are_kept_and_run_at_the_same_time() -> None:
    with Pool(2, method="fork") as pool:
        assert len({pool.submit(workloads.identity).result() for _ in range(5)}) <= 2
        list(pool.map(workloads.double, range(4)))
        began = monotonic()
        naps = [pool.submit(workloads.sleep, 0.5) for _ in range(2)]
        assert [nap.result() for nap in naps] == ["slept", "slept"]
        assert monotonic() - began < 0.95


def test_an_error_crosses_as_a_sentence() -> None:
    with Pool(1, method="fork") as pool:
        answer = pool.submit(workloads.fail)
        assert isinstance(answer.exception(), RemoteError)
        with pytest.raises(RemoteError, match="ValueError: no luck"):
            answer.result()
        with pytest.raises(TypeError):
            pool.submit(workloads.double, object())
        with pytest.raises(TypeError):
            pool.submit(workloads.double, x=1)


def test_futures_do_what_futures_do() -> None:
    pool = Pool(1, method="fork")
    heard: list[object] = []
    slow = pool.submit(workloads.sleep, 30)
    waiting = pool.submit(workloads.double, 1)
    waiting.add_done_callback(heard.append)
    with pytest.raises(TimeoutError):
        slow.result(timeout=0.05)
    assert slow.running()
    assert waiting.cancel()
    assert heard == [waiting]
    pool.shutdown(wait=False)
    with pytest.raises(CancelledError):
        slow.result()
    with pytest.raises(RuntimeError):
        pool.submit(workloads.double, 1)


def test_after_an_interruption_results_that_are_there_stay() -> None:
    answers = []
    began = monotonic()
    with suppress(KeyboardInterrupt), Pool(1, method="fork") as pool:
        answers = [pool.submit(workloads.double, 4), pool.submit(workloads.sleep, 60)]
        assert answers[0].result() == 8
        raise KeyboardInterrupt
    assert monotonic() - began < 10
    assert answers[0].result() == 8


def test_a_call_alone() -> None:
    assert alone(workloads.double, 21) == 42
    assert alone(workloads.identity) != os.getpid()
    with pytest.raises(LimitError, match="time"):
        alone(workloads.hang, limits=SHORT)
    with pytest.raises(LimitError, match="memory"):
        alone(workloads.swallow, 2048, limits=Limits(memory=512 << 20))
    with pytest.raises(LimitError, match="memory"):
        alone(workloads.die)
    with pytest.raises(RemoteError, match="no luck"):
        alone(workloads.fail)


def test_a_call_alone_where_nothing_can_be_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr("derive.check.workers.Pool", lambda n, limits: Pool(n, limits, "spawn"))
    assert alone(workloads.double, 21) == 42


def test_no_process_outlives_its_caller() -> None:
    program = (
        "import workloads, os, signal\n"
        "from derive.check.limits import Limits\n"
        "from derive.check.workers import Pool\n"
        "pool = Pool(2, Limits(seconds=1))\n"
        "print(*[pool.submit(workloads.identity).result() for _ in range(2)], flush=True)\n"
        "pool.submit(workloads.hang)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    here = Path(__file__).resolve().parent
    path = os.pathsep.join((str(here), str(here.parent.parent)))
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
        timeout=30,
        check=False,
    )
    processes = [int(word) for word in run.stdout.split()]
    assert processes
    end = monotonic() + 10
    while any(map(_alive, processes)) and monotonic() < end:
        sleep(0.05)
    assert not any(map(_alive, processes))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
