"""What ``derive prove --problems`` does: many statements of a file, a line for each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from derive.check.limits import LimitError, Limits, RemoteError
from derive.check.settling import settle, unknown
from derive.cli.output import put
from derive.cli.proving import UNUSABLE, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future


def prove_all(path: str, form: str, jobs: int | None, limits: Limits, graded: bool = False) -> int:
    """Settle the problems of a file and print a line for each, in its order; the status.

    With ``graded`` also what holds of those that are not proved, which takes its time.
    """
    import os

    from derive.check.workers import Pool

    counts: dict[str, int] = {}
    more = {"graded": True, "seconds": limits.seconds} if graded else {}
    with Pool(jobs or os.cpu_count() or 1, limits) as pool:
        futures = [
            (name, data if "error" in data else pool.submit(settle, {**data, **more}))
            for name, data in read_problems(text_of(path))
        ]
        todo = list(futures)
        try:
            while todo:
                name, future = todo[0]
                _report(name, answer_of(future, limits), form, counts)
                todo.pop(0)
        except KeyboardInterrupt:
            for name, future in todo:  # what is there already is not lost
                if isinstance(future, dict) or (future.done() and not future.cancelled()):
                    _report(name, answer_of(future, limits), form, counts)
            raise
    if form == "text":
        said = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
        put(f"\n{sum(counts.values())} problems: {said or 'none'}\n")
    for what, status in (("unusable", UNUSABLE), ("refuted", 1), ("unknown", 3)):
        if counts.get(what):
            return status
    return 0 if counts else UNUSABLE


def read_problems(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and job of every line; a line that is no problem has an ``error`` instead."""
    from json import loads

    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name = f"line {number}"
        try:
            data = loads(line)
        except (ValueError, RecursionError) as error:
            yield name, {"error": f"line {number} is not JSON: {error}"}
            continue
        if isinstance(data, dict) and "id" in data:
            name = str(data["id"])
        if name in seen:
            yield name, {"error": f"line {number}: a problem {name} was there before"}
            continue
        seen.add(name)
        yield name, {"problem": data}


def answer_of(future: Future[Any] | dict[str, Any], limits: Limits) -> dict[str, Any]:
    """The answer of a job, whatever became of it."""
    if isinstance(future, dict):
        return {**unknown("unreadable", 0.0), **future}
    try:
        answer: dict[str, Any] = future.result()
    except LimitError as error:
        return unknown(f"limit: {error.what}", limits.seconds)
    except RemoteError as error:
        return {**unknown("internal error", 0.0), "error": str(error)}
    return answer


def _report(name: str, answer: dict[str, Any], form: str, counts: dict[str, int]) -> None:
    """Print the line of one problem."""
    verdict = answer["verdict"]
    counted = "unusable" if "error" in answer else verdict
    counts[counted] = counts.get(counted, 0) + 1
    if form == "json":
        from json import dumps

        fields = ("verdict", "conditions", "witness", "reason", "seconds")
        row = {"id": name, **{field: answer[field] for field in fields}}
        row.update((field, answer[field]) for field in ("weaker", "repair") if field in answer)
        if "error" in answer:
            row["message"] = answer["error"]
        put(dumps(row, ensure_ascii=False) + "\n")
    else:
        reason = answer.get("error", "").partition("\n")[0] or answer["reason"] or ""
        reason = "; ".join(filter(None, (reason, *answer.get("sentences", ()))))
        milliseconds = f"{answer['seconds'] * 1000:.0f} ms"
        put(f"{name:12}  {verdict:8}  {milliseconds:>9}  {reason}".rstrip() + "\n")
    sys.stdout.flush()
