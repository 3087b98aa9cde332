"""Running on a Dask cluster that exists already; the extra ``cluster``.

A worker of the cluster enforces the limits itself: it has a pool of one process, as
``derive.check.running.check_within`` says.  The workers need this package, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from derive.check.limits import Limits
from derive.check.running import Job, Submit, check_within

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
