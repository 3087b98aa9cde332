"""Hard limits: a function runs in a process that is ended when it takes too much.

Timers within a process do not stop native code, so the process itself goes.  What comes back
is plain data: arguments and results are JSON.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: How much later than the caller the system itself ends a process whose caller is gone.
_GRACE = 2.0


class Limits(NamedTuple):
    """How long a call may take, in seconds, and how much memory its process, in bytes."""

    seconds: float = 10.0
    memory: int = 1 << 30


class LimitError(Exception):
    """A call was ended; ``what`` is ``time`` or ``memory``, ``told`` what it told before."""

    def __init__(self, what: str, told: Iterable[Any] = ()) -> None:
        self.what = what
        self.told = tuple(told)
        super().__init__(f"the limit of {what} was reached")


class RemoteError(Exception):
    """A call failed where it ran; the sentence is its error's.  ``told``: what it told before."""

    def __init__(self, sentence: str, told: Iterable[Any] = ()) -> None:
        self.told = tuple(told)
        super().__init__(sentence)


#: Where what a call tells goes; a worker process sets it.
_listeners: list[Callable[[Any], None]] = []


def tell(news: Any) -> None:
    """Tell whoever waits for this call what is done so far; its time begins anew.

    What is told, JSON-able, is with the error should the call be ended.  A call that does not
    run in a worker tells nobody.

    >>> tell({"done": 1})
    """
    for listener in _listeners:
        listener(news)


def listening(listener: Callable[[Any], None]) -> None:
    """Have this process send what its calls tell to ``listener``."""
    _listeners[:] = [listener]


def confine(memory: int) -> None:
    """Let this process have so much memory, and leave the keyboard to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        from resource import RLIMIT_AS, getrlimit, setrlimit
    except ImportError:  # not every system has it
        return
    hard = getrlimit(RLIMIT_AS)[1]
    if hard > 0:
        memory = min(memory, hard)
    try:
        setrlimit(RLIMIT_AS, (memory, hard))
    except (ValueError, OSError):  # known, but not to be set here
        return


def alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds; 0 calls that off."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds and seconds + _GRACE)


class _Over(BaseException):
    """The time of ``briefly`` is over; no handler of errors on the way may take it."""


def briefly(seconds: float, task: Callable[..., Any], *arguments: Any) -> Any:
    """The result of a call, or None when it took more processor time or went wrong.

    For what may be left out: the process goes on.  Native code is not interrupted, and a
    system or a thread without timers sets no limit.

    >>> briefly(1.0, pow, 2, 3)
    8
    >>> briefly(1.0, pow, 0, -1) is None
    True
    """

    def over(*_: object) -> None:
        raise _Over

    try:
        earlier = signal.signal(signal.SIGVTALRM, over)
        signal.setitimer(signal.ITIMER_VIRTUAL, max(seconds, 1e-3))
    except (AttributeError, ValueError):
        return _attempted(task, arguments)
    try:
        try:
            return _attempted(task, arguments)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _Over:
        return None
    finally:
        signal.signal(signal.SIGVTALRM, earlier)


def _attempted(task: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return task(*arguments)
    except Exception:
        return None


def answered(task: Callable[..., Any], arguments: list[Any]) -> bytes:
    """What a call gives, as it is sent back: ``{"result": ...}`` or what went wrong."""
    from json import dumps

    try:
        return dumps({"result": task(*arguments)}).encode()
    except MemoryError:
        return b'{"limit": "memory"}'
    except Exception as error:
        return dumps({"error": f"{type(error).__name__}: {error}"}).encode()


def opened(message: bytes) -> Any:
    """The result that was sent back.  Raises LimitError or RemoteError."""
    from json import loads

    data = loads(message)
    if "limit" in data:
        raise LimitError(data["limit"])
    if "error" in data:
        raise RemoteError(data["error"])
    return data["result"]


def alone(task: Callable[..., Any], *arguments: Any, limits: Limits | None = None) -> Any:
    """The result of one call in a process of its own.

    The quickest way where processes can be forked; elsewhere a pool of one worker.  Raises
    LimitError when a limit was reached, RemoteError when the call failed.
    """
    limits = limits or Limits()
    if not hasattr(os, "fork"):
        from derive.check.workers import Pool

        with Pool(1, limits) as pool:
            return pool.submit(task, *arguments).result()
    # Both processes speak JSON; what is loaded before the fork is loaded once.
    import json  # noqa: F401

    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _serve_once(writing, task, list(arguments), limits)
    os.close(writing)
    try:
        return opened(_received(reading, limits.seconds))
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _serve_once(
    writing: int, task: Callable[..., Any], arguments: list[Any], limits: Limits
) -> None:
    """What the forked process does; it ends here, whatever happens."""
    try:
        confine(limits.memory)
        alarm(limits.seconds)
        # Terms hold no cycles: looking for garbage often only costs time.
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        message = answered(task, arguments)
        while message:
            message = message[os.write(writing, message) :]
    finally:
        os._exit(0)


def _received(reading: int, seconds: float) -> bytes:
    """All that is written until the other end closes.  Raises LimitError."""
    from select import select

    message = b""
    end = monotonic() + seconds
    while True:
        left = end - monotonic()
        if left <= 0 or not select([reading], [], [], left)[0]:
            raise LimitError("time")
        chunk = os.read(reading, 1 << 16)
        if not chunk:
            break
        message += chunk
    if not message:  # it ended without a word: native code that got no memory does
        raise LimitError("memory")
    return message
