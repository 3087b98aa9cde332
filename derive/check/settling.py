"""What a worker does with a claim: plain data in, plain data out, never an exception.

A job is ``{"statement": text}`` with ``given`` (texts, in order), and ``latex`` if it is that, or
``{"problem": object}`` as ``derive.problems`` reads it.  Further fields: ``steps`` bounds the
search, ``form`` asks for the verdict in a format (with ``options``), ``sheet`` for what a page
shows of it and for all of ``forms``, ``certificate`` for the proof as one, ``graded`` for what
holds of a statement that is not proved; ``seconds`` is the time that the job has in all.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derive.context import Context
    from derive.graded import Graded
    from derive.search.facts import Facts
    from derive.term import Term
    from derive.verdicts import Verdict


#: Seconds at most for what holds of a statement that is not proved.
GRADING = 2.0


class InputError(ValueError):
    """A claim that cannot be used; ``kind`` is the reason that a verdict gives."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


def settle(job: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict on a job.

    ``verdict``, ``conditions``, ``witness``, ``reason``, ``evidence`` and ``seconds``; on
    request ``text``, ``certificate``, and ``weaker``, ``repair`` and ``sentences``.  Input that
    cannot be used has ``error``, a sentence with its place, and the verdict ``unknown``.
    """
    from derive.search.facts import Facts
    from derive.verdicts import CONTRADICTORY

    began = perf_counter()
    facts = Facts()
    try:
        context, statement = asked(job)
        verdict = _decided(context, statement, int(job.get("steps", 0)), facts)
        if verdict.reason == CONTRADICTORY:
            raise InputError("contradictory", _contradiction(job))
    except InputError as error:
        return {**unknown(error.kind, perf_counter() - began), "error": str(error)}
    seconds = perf_counter() - began
    found = _instead(verdict, float(job.get("seconds", GRADING)) - seconds, job)
    from derive.report.json import summary

    answer = {**summary(verdict), "seconds": round(seconds, 6)}
    if job.get("form"):
        from derive.report import render

        options = {"facts": facts, "graded": found, **job.get("options", {})}
        answer["text"] = render(verdict, job["form"], **options)
    if job.get("sheet"):
        from derive.render.page.data import plain
        from derive.report import render
        from derive.report.html import sheet

        answer["sheet"] = plain(sheet(verdict, facts, found))
        answer["forms"] = {
            form: render(verdict, form, facts=facts, graded=found) for form in job["forms"]
        }
    if found is not None:
        answer.update(found.data(), sentences=list(found.sentences))
    elif job.get("graded"):
        answer.update(weaker=[], repair=None, sentences=[])
    if verdict.verdict == "proved" and verdict.theorem is not None:
        if job.get("certificate"):
            from derive.certificate import certificate

            answer["certificate"] = certificate([verdict.theorem], name=job.get("name", "claim"))
        if job.get("detail"):
            from derive.report.text import steps

            answer["text"] = answer.get("text", "") + steps(verdict.theorem)
    return answer


def unknown(reason: str, seconds: float) -> dict[str, Any]:
    """The answer for a claim about which nothing was found out."""
    return {"verdict": "unknown", "conditions": None, "witness": None, "reason": reason,
            "evidence": None, "seconds": round(seconds, 6)}  # fmt: skip


def _decided(context: Context, statement: Term, steps: int, facts: Facts) -> Verdict:
    """The verdict.  Raises InputError where the statement or the context means nothing."""
    from derive.context import ContextError
    from derive.verdicts import Verdict, decide

    try:
        verdict = decide(context, statement, steps, facts)
    except ContextError as error:  # a member outside of its family, found at a point
        raise InputError("unreadable", f"statement: {error}") from None
    except (RecursionError, OverflowError):
        return Verdict("unknown", statement, context, reason="limit")
    return verdict


def _contradiction(job: Mapping[str, Any]) -> str:
    """What is said of assumptions that contradict each other: the first that does, and where."""
    from derive.context import EMPTY
    from derive.plain import ReadOptions
    from derive.plain.declarations import one_by_one
    from derive.search.facts import Facts

    last = (EMPTY, ReadOptions())
    for text in job.get("given", ()):
        for step in one_by_one(text, *last):
            piece, last = step[0], step[1:]
            if Facts().contradiction(last[0]) is not None:
                error = piece.error("this contradicts the assumptions before it")
                return f"given:{error.line}:{error.column}: {error}"
    return "the assumptions contradict each other"


def _instead(verdict: Verdict, left: float, job: Mapping[str, Any]) -> Graded | None:
    """What holds of a statement that is not proved, if that was asked for and found in time.

    The verdict stands already: only a part of what is left of its time is spent.
    """
    if not job.get("graded") or verdict.verdict == "proved":
        return None
    from derive.check.limits import briefly
    from derive.graded import Graded, graded

    found = briefly(min(GRADING, left / 4), graded, verdict)
    return found if isinstance(found, Graded) else Graded(verdict)


# -- reading -------------------------------------------------------------------------------


def asked(job: Mapping[str, Any]) -> tuple[Context, Term]:
    """The context and the statement of a job.  Raises InputError."""
    from derive.context import EMPTY, ContextError
    from derive.plain import ReadError, ReadOptions, declare_with_options, read_statement
    from derive.term import TermError

    place = ""
    context, options = EMPTY, ReadOptions()
    try:
        if "problem" in job:
            return _problem(job["problem"])
        place = "given"
        for text in job.get("given", ()):
            context, options = declare_with_options(text, context, options)
        place = str(job.get("place", "statement"))
        text = str(job["statement"])
        if job.get("latex"):
            from derive.check.typeset import read_typeset

            statement = read_typeset(text, context, zero_log=options.zero_log)
        else:
            statement = read_statement(text.strip(), context, (), options)
        context.check_statement(statement)
        return context, statement
    except ReadError as error:
        kind = "undeclared" if type(error).__name__ == "UndeclaredError" else "unreadable"
        raise InputError(kind, f"{place}:{error.line}:{error.column}: {error}") from None
    except (ContextError, TermError) as error:
        raise InputError("unreadable", f"{place}: {error}") from None
    except RecursionError:
        raise InputError("unreadable", f"{place}: a formula is nested too deeply") from None


def _problem(data: Any) -> tuple[Context, Term]:
    """The context and the statement of a problem object.  Raises InputError."""
    from derive.problems import ProblemError, problem

    try:
        found = problem(data)
    except ProblemError as error:
        kind = "undeclared" if "is not declared" in str(error) else "unreadable"
        raise InputError(kind, str(error)) from None
    return found.context, found.statement
