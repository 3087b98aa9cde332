"""The report as JSON; ``docs/check.schema.json`` says what is in it."""

from __future__ import annotations

from typing import Any

from derive.check.report import Look, Report
from derive.check.report._visible import quiet

SCHEMA = "derive-check/1"


def render(report: Report, look: Look) -> str:
    """The report as JSON: what acts or is not seen is written as an escape.

    >>> '"schema": "derive-check/1"' in render(Report((), 1), Look())
    True
    """
    from json import dumps

    del look
    return quiet(dumps(data(report), indent=2, ensure_ascii=True, allow_nan=False)) + "\n"


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
