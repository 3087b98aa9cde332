"""A pool of worker processes, each call with hard limits of time and memory.

The pool looks like every other executor of ``concurrent.futures``: ``submit`` gives a
``Future``, ``map`` the results in the order of the calls.  It has no threads: whoever waits
for a result drives the pool meanwhile.  A worker that takes too long or too much is ended
and replaced, its call raises LimitError, and the next one runs.  A call that tells what it
has done (``derive.check.limits.tell``) has the whole time again for what it does next.
A worker that has grown, or made many calls, is replaced before its next one.

What crosses the border between processes is JSON, both ways.  A task is a function of some
module; a worker imports it by its name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from json import dumps, loads
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from sys import platform
from time import monotonic
from typing import Any

from derive.check.limits import (
    LimitError,
    Limits,
    RemoteError,
    alarm,
    answered,
    confine,
    listening,
    opened,
)

#: How long a new process may take until it listens.
_START = 60.0

#: After how many calls, or at which part of its memory, a worker is replaced.
_CALLS, _GROWN = 250, 0.5

#: How the messages of a worker begin: news, a result, a result and the worker's end.
_TOLD, _DONE, _LAST = b"T", b"D", b"L"


class Answer(Future[Any]):
    """The result of a call, now or later; asking for it drives the pool."""

    def __init__(self, pool: Pool) -> None:
        super().__init__()
        self._pool = pool
        #: What the call told.
        self.told: list[Any] = []

    def result(self, timeout: float | None = None) -> Any:
        """The result.  Raises LimitError, RemoteError, CancelledError, TimeoutError."""
        self._pool.drive(self, timeout)
        return super().result(0)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """What the call raised, or None."""
        self._pool.drive(self, timeout)
        return super().exception(0)


def _serve(
    connection: Connection[Any, Any], inherited: list[Connection[Any, Any]], limits: Limits
) -> None:
    """What a worker does: one call after the other, until nobody asks any more."""
    for other in inherited:  # or it would keep the pipes of its siblings open
        other.close()
    confine(limits.memory)

    def heard(news: Any) -> None:
        connection.send_bytes(_TOLD + dumps(news).encode())
        alarm(limits.seconds)

    listening(heard)
    connection.send_bytes(b"ready")
    with suppress(EOFError, OSError):
        for left in reversed(range(_CALLS)):
            call = loads(connection.recv_bytes())
            alarm(limits.seconds)
            try:
                module: Any = __import__(call["module"], fromlist=("",))
                task = getattr(module, call["task"])
            except MemoryError:
                message = b'{"limit": "memory"}'
            else:
                message = answered(task, call["arguments"])
            alarm(0)
            last = not left or _peak() > _GROWN * limits.memory
            connection.send_bytes((_LAST if last else _DONE) + message)
            if last:
                return


def _peak() -> int:
    """The most memory that this process ever had, in bytes; 0 where nobody knows."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # not every system has it
        return 0
    peak = getrusage(RUSAGE_SELF).ru_maxrss
    return peak if platform == "darwin" else peak << 10


class _Worker:
    """One process, its pipe, the call it works on, and when that must be done."""

    def __init__(self, method: str, siblings: list[_Worker], limits: Limits) -> None:
        context: Any = get_context(method)
        self.connection, theirs = context.Pipe()
        # A forked process has a copy of every pipe; a spawned one only of what it is given.
        inherited = [s.connection for s in siblings] if method == "fork" else []
        inherited += [self.connection] if method == "fork" else []
        arguments = theirs, inherited, limits
        self.process = context.Process(target=_serve, args=arguments, daemon=True)
        self.process.start()
        theirs.close()
        self.limits = limits
        self.listens = False
        self.answer: Answer | None = None
        self.end = monotonic() + _START

    def begin(self, answer: Answer, message: bytes) -> None:
        """Work on a call."""
        self.answer = answer
        self.end = monotonic() + self.limits.seconds
        self.connection.send_bytes(message)

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class Pool(Executor):
    """So many worker processes; ``method`` is ``fork`` or ``spawn``, or the system's own.

    >>> from operator import add
    >>> with Pool(2) as pool:
    ...     sums = [pool.submit(add, k, 1) for k in range(3)]
    ...     [s.result() for s in sums]
    [1, 2, 3]
    """

    def __init__(
        self, workers: int = 1, limits: Limits | None = None, method: str | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._most = max(workers, 1)
        self._method = method or get_context().get_start_method()
        self._workers: list[_Worker] = []
        self._waiting: deque[tuple[Answer, bytes]] = deque()
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a module's function with JSON-able arguments; its result is JSON-able too."""
        if self._closed:
            raise RuntimeError("the pool is shut down")
        if kwargs:
            raise TypeError("a task takes its arguments by place")
        call = {"module": fn.__module__, "task": fn.__qualname__, "arguments": args}
        answer = Answer(self)
        self._waiting.append((answer, dumps(call).encode()))
        self._hand_out()
        return answer

    def drive(self, answer: Answer, timeout: float | None = None) -> None:
        """Work until a result is there.  Raises TimeoutError."""
        end = None if timeout is None else monotonic() + timeout
        while not answer.done():
            if end is not None and monotonic() >= end:
                raise TimeoutError
            if self._closed:
                raise CancelledError
            self._turn(end)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers; before that finish what was submitted, unless told otherwise."""
        if cancel_futures or not wait:
            for answer, _ in self._waiting:
                answer.cancel()
        if wait:
            while self._waiting or any(w.answer for w in self._workers):
                self._turn(None)
        self._closed = True
        for worker in self._workers:
            worker.kill()
        self._workers = []

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # After an exception, Ctrl-C among them, nobody waits: what is done is done.
        self.shutdown(wait=kind is None)

    # -- one turn --------------------------------------------------------------------------

    def _hand_out(self) -> None:
        """Give waiting calls to workers that have none, or to new ones."""
        while self._waiting:
            answer, message = self._waiting[0]
            if answer.cancelled():
                self._waiting.popleft()
                continue
            starting = sum(not w.listens for w in self._workers)
            free = next((w for w in self._workers if w.listens and w.answer is None), None)
            if free is not None:
                self._waiting.popleft()
                if answer.set_running_or_notify_cancel():
                    free.begin(answer, message)
            elif len(self._workers) < self._most and starting < len(self._waiting):
                self._workers.append(_Worker(self._method, self._workers, self.limits))
            else:
                return

    def _turn(self, until: float | None) -> None:
        """Wait for something to happen, and deal with it."""
        self._hand_out()
        busy = [w for w in self._workers if w.answer is not None or not w.listens]
        ends = [w.end for w in busy] + ([until] if until is not None else [])
        left = max(min(ends, default=monotonic()) - monotonic(), 0)
        ready = wait([w.connection for w in busy], left)
        for worker in busy:
            if worker.connection in ready:
                self._hear(worker)
            elif monotonic() >= worker.end:
                self._replace(worker, LimitError("time"))
        self._hand_out()

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.connection.recv_bytes()
        except (EOFError, OSError):  # it ended without a word, as native code without memory
            self._replace(worker, LimitError("memory"))
            return
        if worker.answer is None:
            worker.listens = True
            return
        kind, message = message[:1], message[1:]
        if kind == _TOLD:
            worker.answer.told.append(loads(message))
            worker.end = monotonic() + worker.limits.seconds
            return
        answer, worker.answer = worker.answer, None
        if kind == _LAST:
            self._workers.remove(worker)
            worker.kill()
        try:
            answer.set_result(opened(message))
        except LimitError as error:
            if kind == _DONE:
                self._workers.remove(worker)
                worker.kill()
            error.told = tuple(answer.told)
            answer.set_exception(error)
        except RemoteError as error:
            error.told = tuple(answer.told)
            answer.set_exception(error)
        except Exception as error:
            answer.set_exception(error)

    def _replace(self, worker: _Worker, error: LimitError) -> None:
        """End a worker; the next call gets a new one."""
        self._workers.remove(worker)
        worker.kill()
        if worker.answer is not None:
            error.told = tuple(worker.answer.told)
            worker.answer.set_exception(error)
        elif not worker.listens and self._waiting:
            # It did not even start; the call that it was started for is not tried for ever.
            self._waiting.popleft()[0].set_exception(error)
