"""Running on a Dask cluster that exists already; the extra ``cluster``.

A worker of the cluster enforces the limits itself: it has a pool of one process, as
``check_within`` says.  The workers need this package, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from derive.check.limits import Limits
from derive.check.running import Job, Submit, outcomes
from derive.check.working import check_page

_FORM = "dask://HOST:PORT"


class ClusterError(ValueError):
    """A cluster that cannot be used; a sentence with what would help."""


@contextmanager
def connected(address: str, limits: Limits) -> Iterator[tuple[Submit, int]]:
    """How to submit a job to a cluster, and how many workers it has.  Raises ClusterError."""
    scheme, _, place = address.partition("://")
    if scheme != "dask" or ":" not in place:
        raise ClusterError(f"{address} is not of the form {_FORM}")
    try:
        from distributed import Client
    except ImportError:
        needed = "pip install 'lossproof[cluster]'"
        raise ClusterError(f"{address} needs the extra cluster\n  {needed}") from None
    try:
        client = Client(f"tcp://{place}", timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"there is no scheduler at {place}: {error}") from None
    try:
        workers = len(client.scheduler_info()["workers"])
        # A document may be the same as another one; its call is one of its own all the same.
        executor = client.get_executor(pure=False)

        def submit(job: Job) -> Any:
            return executor.submit(check_within, job, limits.seconds, limits.memory)

        yield submit, max(workers, 1)
    finally:
        client.close()


def check_within(job: Job, seconds: float, memory: int) -> dict[str, Any]:
    """One document with its limits enforced here: what a worker of a cluster does."""
    pool = _pool(seconds, memory)
    (found,) = outcomes([job], lambda j: pool.submit(check_page, j))
    return {
        "claims": [list(c) for c in found.claims],
        "learned": found.learned,
        "asked": found.asked,
        "fault": found.fault,
    }


_pools: dict[tuple[float, int], Any] = {}


def _pool(seconds: float, memory: int) -> Any:
    """The pool of this process; a worker of a cluster keeps it from call to call."""
    from multiprocessing import process

    from derive.check.workers import Pool

    key = (seconds, memory)
    if key not in _pools:
        # A cluster marks its workers as daemons, which must not have children; these children
        # end by themselves when their parent does.
        process.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # no other way
        _pools[key] = Pool(1, Limits(seconds, memory), "spawn")
    return _pools[key]
