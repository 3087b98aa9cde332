"""SARIF 2.1.0, which code scanning services read.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from derive.check.claims import Claim
from derive.check.report import Look, Report
from derive.check.report._sentences import is_bad, is_open, remedies, sentence, shortened
from derive.check.report._visible import quiet, visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, look: Look) -> str:
    """The report as SARIF.

    >>> '"version": "2.1.0"' in render(Report(()), Look())
    True
    """
    from json import dumps

    del look
    return quiet(dumps(data(report), indent=2, ensure_ascii=True)) + "\n"


def data(report: Report) -> dict[str, Any]:
    """The log as plain data: one run, a result for each claim that needs attention."""
    from derive import __version__

    results = []
    for claim in report.claims:
        if is_bad(claim) or is_open(claim):
            level = "error" if is_bad(claim) else "warning"
            lines = [sentence(claim), *remedies(claim)]
            results.append(_result(claim, claim.code or "D900", level, lines))
        results += [_result(claim, code, "note", [said]) for code, said in claim.notes or ()]
    used = sorted({r["ruleId"] for r in results})
    driver = {"name": "derive", "version": __version__, "rules": [_rule(code) for code in used]}
    notifications = [
        {"level": "error", "message": {"text": visible(fault)}} for fault in report.faults
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.faults and not report.interrupted,
                "toolExecutionNotifications": notifications,
            }
        ],
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    from derive.codes import CODES

    found = CODES.get(code)
    if found is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": found.title},
        "fullDescription": {"text": found.what},
        "help": {"text": found.why},
    }


def _result(claim: Claim, code: str, level: str, lines: list[str]) -> dict[str, Any]:
    region = {
        "startLine": claim.line,
        "startColumn": claim.column,
        "endLine": claim.end_line,
        "endColumn": claim.end_column,
    }
    # An absolute path and a strange name are URIs too, once they are quoted.
    uri = quote(claim.path.replace("\\", "/").encode("utf-8", "surrogatepass"), safe="/")
    place = {"artifactLocation": {"uri": uri}, "region": region}
    return {
        "ruleId": code,
        "level": level,
        "message": {"text": "\n".join(map(shortened, lines))},
        "locations": [{"physicalLocation": place}],
        "properties": {"step": claim.step, "chain": claim.chain, "verdict": claim.verdict},
    }
