"""Many documents through an executor: in order, whatever becomes of any of them.

A document is one call.  A call that is ended was judging some step; it is made again without
that step, with everything that it had found out before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from typing import Any, NamedTuple

from derive.check.claims import Claim
from derive.check.limits import LimitError, RemoteError

#: Documents that are under way at once, for each worker; the rest waits unread.
_AHEAD = 8

#: How often a call is made again that an executor lost for reasons of its own.
_AGAIN = 2

#: So many equality signs are worth a worker of their own.
_SHARED = 8

Job = dict[str, Any]
#: Starts the call for a job.
Submit = Callable[[Job], "Future[Any]"]


class Outcome(NamedTuple):
    """What became of a document: its claims, the entries for a memory, and whether all is told.

    ``complete``: every step was judged or needs more than its limits.  ``fault`` is a sentence
    when the document as such could not be judged.  ``found`` and ``left`` are those of a part.
    """

    claims: tuple[Claim, ...]
    learned: dict[str, Any]
    asked: int = 0
    complete: bool = True
    fault: str = ""
    found: tuple[Any, ...] = ()
    left: int = 0

    @property
    def limited(self) -> bool:
        """Whether some step was stopped at a limit."""
        return any(c.reason == "limit" for c in self.claims)


class _Running:
    """One job and its call, as often as it has to be made."""

    def __init__(self, job: Job, submit: Submit) -> None:
        self.job, self.submit = job, submit
        self.lost = 0
        self.future = submit(job)

    def outcome(self, *, wait: bool = True) -> Outcome | None:
        """What became of it; None when the call was made again, or still runs."""
        try:
            data = self.future.result(None if wait else 0)
        except TimeoutError:
            return None
        except LimitError as error:
            return self._without(error.told, error.what)
        except RemoteError as error:
            return self._without(error.told, str(error))
        except (CancelledError, KeyboardInterrupt):
            raise
        except Exception as error:
            # The executor's own trouble: a worker or a host that is gone.
            self.lost += 1
            if self.lost > _AGAIN:
                return Outcome((), {}, complete=False, fault=f"{self.job['path']}: {error}")
            self.future = self.submit(self.job)
            return None
        return outcome_of(self.job, data)

    def _without(self, told: Iterable[Any], what: str) -> Outcome | None:
        """Judge again without the step that was under way."""
        news = list(told)
        begun = next((n["begin"] for n in reversed(news) if "begin" in n), None)
        ended = news and "claim" in news[-1]
        skip = list(self.job.get("skip", ()))
        if begun is None or ended or any(s[:2] == begun for s in skip):
            return _unread(self.job, what, told_claims(news))
        learned = {k: v for n in news for k, v in n.get("learned", {}).items()}
        if learned:
            # These entries were made a moment ago by our own worker.
            known = self.job.get("known", {}) if self.job.get("sealed") else {}
            self.job = {**self.job, "known": {**known, **learned}, "sealed": True}
        self.job = {**self.job, "skip": [*skip, [*begun, what]]}
        self.future = self.submit(self.job)
        return None

    def so_far(self) -> Outcome:
        """The claims that were told of an unfinished call."""
        told = getattr(self.future, "told", ())
        return Outcome(tuple(told_claims(told)), {}, complete=False)


def told_claims(told: Iterable[Any]) -> list[Claim]:
    """The claims among what a call told."""
    return [Claim(*news["claim"]) for news in told if "claim" in news]


def outcome_of(job: Job, data: Any) -> Outcome:
    """The outcome that a call's result is."""
    claims = tuple(Claim(*c) for c in data["claims"])
    events = data.get("events")
    fault = f"{job['path']}: a worker reached outside: {'; '.join(events)}" if events else ""
    fault = fault or data.get("fault", "")
    complete = not fault and not any(c.reason == "internal error" for c in claims)
    part = tuple(data.get("found", ())), data.get("left", 0)
    return Outcome(claims, data["learned"], data["asked"], complete, fault, *part)


def _unread(job: Job, what: str, claims: list[Claim]) -> Outcome:
    """A document that is not even read within the limits, or whose reader fails."""
    limit = what in ("time", "memory")
    claim = Claim(
        job["path"], 1, 1, 1, 2, verdict="unknown", code="D202" if limit else "D900",
        reason="limit" if limit else "internal error",
        cause="limit" if limit else "internal error",
        message=f"reading the document needs more {what} than allowed" if limit
        else f"internal error: {what}",
    )  # fmt: skip
    # Of a part nobody knows what its other steps are: the page is tried as a whole.
    return Outcome((*claims, claim), {}, complete=limit, left="part" in job)


def outcomes(jobs: Iterable[Job], submit: Submit, workers: int = 1) -> Iterator[Outcome]:
    """What became of each job, in their order.

    On KeyboardInterrupt what is there already comes out before it is raised.
    """
    waiting = iter(jobs)
    window: deque[_Running] = deque()
    done: dict[int, Outcome] = {}
    try:
        while True:
            while len(window) < _AHEAD * workers and (job := next(waiting, None)) is not None:
                window.append(_Running(job, submit))
            if not window:
                return
            first = window[0]
            found = done.pop(id(first), None) or first.outcome()
            for other in list(window)[1:]:
                # A call that must be made again need not wait until it is the first.
                if id(other) not in done and other.future.done():
                    early = other.outcome(wait=False)
                    if early is not None:
                        done[id(other)] = early
            if found is not None:
                window.popleft()
                yield found
    except KeyboardInterrupt:
        for running in window:
            finished = done.get(id(running))
            if finished is None and running.future.done():
                try:
                    finished = outcome_of(running.job, running.future.result(0))
                except Exception:
                    finished = None
            yield finished or running.so_far()
        raise


def shared(jobs: Iterable[Job], submit: Submit, workers: int) -> Iterator[Outcome]:
    """What became of each job when all workers share each document.

    On KeyboardInterrupt what is there of a document comes out before it is raised.
    """
    for job in jobs:
        parts = min(workers, 1 + job["text"].count("=") // _SHARED)
        if parts == 1:
            yield from outcomes([job], submit)
        else:
            yield from _in_parts(job, submit, parts)


def _in_parts(job: Job, submit: Submit, parts: int) -> Iterator[Outcome]:
    """What became of a document of which every worker judges a part."""
    running = [_Running({**job, "part": [k, parts]}, submit) for k in range(parts)]
    found: list[Outcome] = []
    try:
        for one in running:
            while (outcome := one.outcome()) is None:
                pass
            found.append(outcome)
    except KeyboardInterrupt:
        found += [one.so_far() for one in running[len(found) :]]
        yield _together(found)._replace(complete=False)
        raise
    if not any(o.left for o in found):
        yield _together(found)
        return
    # What depends on the order is judged in order, with all the rest already there.
    learned = {k: v for o in found for k, v in o.learned.items()}
    known = job.get("known", {}) if job.get("sealed") else {}
    rest = {**job, "known": {**known, **learned}, "sealed": True}
    rest["found"] = [f for o in found for f in o.found]
    rest["skip"] = [s for one in running for s in one.job.get("skip", ())]
    for last in outcomes([rest], submit):
        yield last._replace(
            learned={**learned, **last.learned}, asked=last.asked + sum(o.asked for o in found)
        )


def _together(found: list[Outcome]) -> Outcome:
    """One outcome of all parts."""
    return Outcome(
        tuple(c for o in found for c in o.claims),
        {k: v for o in found for k, v in o.learned.items()},
        sum(o.asked for o in found),
        all(o.complete for o in found),
        next((o.fault for o in found if o.fault), ""),
    )
