"""Annotations for GitHub: a workflow command for each claim that needs attention.

Source: GitHub Docs, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from derive.check.claims import Claim
from derive.check.report import Look, Report
from derive.check.report._sentences import counts, is_bad, is_open, remedies, sentence, shortened
from derive.check.report._visible import visible

_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = {**_IN_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def _quoted(text: str, table: dict[int, str]) -> str:
    return visible(text).translate(table)


def render(report: Report, look: Look) -> str:
    """The report as workflow commands, then the counts.

    >>> claim = Claim("a,b.md", 1, 2, 1, 3, verdict="refuted", code="D101", message="50% off")
    >>> print(render(Report((claim,)), Look()).partition(chr(10))[0])
    ::error file=a%2Cb.md,line=1,endLine=1,col=2,endColumn=3,title=D101 refuted step 1::50%25 off
    """
    del look
    out = []
    for claim in report.claims:
        if is_bad(claim):
            out.append(_command("error", claim))
        elif is_open(claim):
            out.append(_command("warning", claim))
        for code, said in claim.notes or ():
            out.append(_command("notice", claim, code, said))
    out += [f"::error::{_quoted(fault, _IN_MESSAGE)}" for fault in report.faults]
    return "\n".join([*out, counts(report)]) + "\n"


def _command(kind: str, claim: Claim, code: str = "", said: str = "") -> str:
    place = {
        "file": claim.path,
        "line": str(claim.line),
        "endLine": str(claim.end_line),
        "col": str(claim.column),
        "endColumn": str(claim.end_column),
        "title": f"{code or claim.code} {claim.verdict if not code else 'note'} step {claim.step}",
    }
    properties = ",".join(f"{key}={_quoted(text, _IN_PROPERTY)}" for key, text in place.items())
    lines = [said] if said else [sentence(claim), *remedies(claim)]
    message = "\n".join(shortened(line) for line in lines)
    return f"::{kind} {properties}::{message.translate(_IN_MESSAGE)}"
