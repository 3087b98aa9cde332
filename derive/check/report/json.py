"""The report as JSON; ``docs/check.schema.json`` says what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derive.check.report import Look, Report
from derive.check.report._visible import quiet

SCHEMA = "derive-check/1"


def render(report: Report, look: Look) -> str:
    """The report as JSON: what acts or is not seen is written as an escape.

    >>> '"schema": "derive-check/1"' in render(Report((), 1), Look())
    True
    """
    return "".join(pieces(report, look))


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The report claim by claim.

    >>> "".join(pieces(Report((), 1), Look())) == render(Report((), 1), Look())
    True
    """
    from textwrap import indent

    del look
    before, empty, behind = _dumped(data(report._replace(claims=()))).partition('"claims": []')
    yield before
    yield empty if not report.claims else '"claims": ['
    for k, claim in enumerate(report.claims):
        yield (",\n" if k else "\n") + indent(_dumped(claim.data()), "    ")
    yield ("\n  ]" if report.claims else "") + behind + "\n"


def _dumped(value: Any) -> str:
    from json import dumps

    return quiet(dumps(value, indent=2, ensure_ascii=True, allow_nan=False))


def data(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    from derive import __version__

    return {
        "schema": SCHEMA,
        "tool_version": __version__,
        "claims": [claim.data() for claim in report.claims],
        "summary": {
            **report.summary,
            "files": report.files,
            "hidden": report.hidden,
            "faults": list(report.faults),
            "interrupted": report.interrupted,
        },
    }
