"""JUnit's XML: a suite for each document, a case for each claim.

Refuted claims are failures, open ones are skipped, documents that cannot be read are errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from derive.check.claims import Claim
from derive.check.report import Look, Report
from derive.check.report._sentences import is_bad, is_open, remedies, sentence, shortened
from derive.check.report._visible import visible


def render(report: Report, look: Look) -> str:
    """The report as XML.

    >>> print(render(Report((), faults=("a.md: no",)), Look()))
    <?xml version="1.0" encoding="utf-8"?>
    <testsuites name="derive check" tests="1" failures="0" errors="1" skipped="0">
      <testsuite name="files" tests="1" failures="0" errors="1" skipped="0">
        <testcase classname="files" name="a.md: no"><error message="a.md: no"/></testcase>
      </testsuite>
    </testsuites>
    <BLANKLINE>
    """
    del look
    claims = [c for c in report.claims if c.verdict is not None]
    body: list[str] = []
    for path, members in groupby(claims, key=lambda c: c.path):
        body += _suite(path, list(members))
    if report.faults:
        cases = [_case("files", f, f'<error message="{_quoted(f)}"/>') for f in report.faults]
        many = len(cases)
        body += [f'  <testsuite name="files" {_numbers(many, 0, many, 0)}>', *cases,
                 "  </testsuite>"]  # fmt: skip
    wrong, skipped = sum(map(is_bad, claims)), sum(map(is_open, claims))
    errors = len(report.faults)
    total = _numbers(len(claims) + errors, wrong, errors, skipped)
    head = ['<?xml version="1.0" encoding="utf-8"?>', f'<testsuites name="derive check" {total}>']
    return "\n".join([*head, *body, "</testsuites>"]) + "\n"


def _numbers(tests: int, failures: int, errors: int, skipped: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _quoted(text: str) -> str:
    return escape(visible(text), quote=True)


def _suite(path: str, claims: list[Claim]) -> Iterator[str]:
    numbers = _numbers(len(claims), sum(map(is_bad, claims)), 0, sum(map(is_open, claims)))
    yield f'  <testsuite name="{_quoted(path)}" {numbers}>'
    for claim in claims:
        name = f"{claim.line}:{claim.column} step {claim.step}"
        said = shortened(sentence(claim))
        more = "\n".join(map(shortened, remedies(claim)))
        inside = ""
        if is_bad(claim):
            kind = escape(claim.code or "")
            inside = f'<failure type="{kind}" message="{escape(said)}">{escape(more)}</failure>'
        elif is_open(claim):
            inside = f'<skipped message="{escape(f"{claim.code} {said}")}"/>'
        yield _case(path, name, inside, claim.seconds)
    yield "  </testsuite>"


def _case(suite: str, name: str, inside: str, seconds: float | None = None) -> str:
    time = "" if seconds is None else f' time="{seconds:.3f}"'
    head = f'    <testcase classname="{_quoted(suite)}" name="{_quoted(name)}"{time}'
    return f"{head}>{inside}</testcase>" if inside else f"{head}/>"
