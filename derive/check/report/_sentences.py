"""The sentences that reports have in common: what was found of a claim, and how much of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from derive.check.claims import Claim
from derive.check.report import Report
from derive.check.report._visible import visible

#: The most characters of a sentence in one line.
_LONGEST = 400


def shortened(text: str, most: int = _LONGEST) -> str:
    """One visible line; what is too long is cut where it says so.

    >>> shortened("a" * 9, 5)
    'aaaa…'
    """
    text = visible(text[: 2 * most])
    return text if len(text) <= most else text[: most - 1] + "…"


def place(claim: Claim) -> str:
    """``path:line:column`` of a claim."""
    return f"{visible(claim.path)}:{claim.line}:{claim.column}"


def headline(claim: Claim) -> str:
    """``path:line:column: CODE verdict step k: sentence``.

    >>> headline(Claim("a.md", 3, 7, 3, 8, step=2, verdict="refuted", code="D101", message="no"))
    'a.md:3:7: D101 refuted step 2: no'
    """
    words = " ".join(filter(None, (claim.code, claim.verdict or claim.kind, f"step {claim.step}")))
    return f"{place(claim)}: {words}: {shortened(sentence(claim))}"


def sentence(claim: Claim) -> str:
    """What is to be said of a claim in one sentence."""
    if claim.message:
        return claim.message
    if claim.witness is not None:
        return next(iter(witness_lines(claim.witness)), "the sides differ")
    if claim.verdict == "proved":
        given = f", taking {'; '.join(claim.assumed)}" if claim.assumed else ""
        return f"holds{given}"
    return claim.reason or claim.kind


def witness_lines(witness: dict[str, Any]) -> Iterator[str]:
    """One line for each point of a witness, with both values.

    >>> list(witness_lines({"points": [{"at": {"x": "1"}, "lhs": ["0", "0"], "rhs": "undefined"}]}))
    ['at x = 1: the left side is 0, the right side is undefined']
    """
    for point in witness.get("points", ()):
        where = ", ".join(f"{name} = {value}" for name, value in point["at"].items())
        values = f"the left side is {value(point['lhs'])}, the right side is {value(point['rhs'])}"
        yield f"at {where}: {values}" if where else values


def value(enclosure: Any) -> str:
    """An enclosure as a reader wants it: a number, the digits that are sure, or both ends.

    >>> value(["0.69314718055", "0.69314718057"])
    '0.69314718...'
    """
    if isinstance(enclosure, str):
        return enclosure
    low, high = enclosure
    if low == high:
        return str(low)
    shared = 0
    while shared < min(len(low), len(high)) and low[shared] == high[shared]:
        shared += 1
    digits = low[:shared]
    if "e" in low or "." not in digits.rstrip("."):
        return f"between {low} and {high}"
    return f"{digits[: digits.index('.') + 9]}..."


def remedies(claim: Claim) -> Iterator[str]:
    """What would repair a claim, and what does hold of it."""
    if claim.inherited:
        yield "wrong only because of an earlier step of its chain"
    if claim.conditions:
        yield f"holds given {'; '.join(claim.conditions)}"
    for repair in claim.repair or ():
        # A condition in plain spelling, or already a sentence.
        said = (claim.code or "D1")[:2] not in ("D1", "D2") or ": " in repair
        yield repair if said else f"would hold given {repair}"
    for weaker in claim.weaker or ():
        yield weaker.get("sentence") or f"does hold: {weaker.get('statement', '')}"


def counts(report: Report) -> str:
    """All counts in a line; silence must never mean success.

    >>> counts(Report((), 1, summary={"claims": 2, "proved": 2}))
    '2 claims in 1 file: 2 proved, 0 refuted, 0 unknown, 0 unreadable'
    """
    n = report.summary.get
    files = f"{report.files} file{'' if report.files == 1 else 's'}"
    total = n("claims", 0)
    said = [f"{n(what, 0)} {what}" for what in ("proved", "refuted", "unknown", "unreadable")]
    line = f"{total} claim{'' if total == 1 else 's'} in {files}: {', '.join(said)}"
    for what in ("definitions", "notes"):
        many = n(what, 0)
        line += f"; {many} {what if many != 1 else what[:-1]}" if many else ""
    line += f"; {report.hidden} not shown" if report.hidden else ""
    return line + ("; interrupted" if report.interrupted else "")


def is_bad(claim: Claim) -> bool:
    """Whether a claim fails a check by itself: refuted, stale, contradictory, internal.

    What a comment expects does not.
    """
    code = claim.code or ""
    expected = claim.expected is not None and not code.startswith(("D5", "D9"))
    return not expected and (code[:2] in ("D1", "D5", "D9") or code == "D402")


def is_open(claim: Claim) -> bool:
    """Whether a claim is neither settled nor wrong, and a reader ought to know."""
    asks = claim.code is not None and claim.expected is None
    return claim.verdict == "unknown" and asks and not is_bad(claim)


def grouped(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """Open claims by code and cause, the largest group first."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        cause = claim.cause or claim.reason or "unknown"
        groups.setdefault((claim.code or "", cause), []).append(claim)
    found = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    return [(f"{code} {cause}".strip(), members) for (code, cause), members in found]
