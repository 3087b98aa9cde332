"""For a reader: each claim with its line and carets, the witness, and what would repair it."""

from __future__ import annotations

from collections.abc import Iterator

from derive.check.claims import Claim
from derive.check.report import Look, Report
from derive.check.report._sentences import (
    counts,
    grouped,
    headline,
    is_bad,
    is_open,
    place,
    remedies,
    shortened,
    witness_lines,
)
from derive.check.report._visible import visible, width

#: The most columns of a source line that are shown.
_WIDEST = 160
_RED, _YELLOW, _BLUE, _BOLD, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"


def render(report: Report, look: Look) -> str:
    """The report for a reader: what is wrong first, then what is open by its cause, then notes.

    >>> print(render(Report((), 1), Look()))
    0 claims in 1 file: 0 proved, 0 refuted, 0 unknown, 0 unreadable
    <BLANKLINE>
    """
    out: list[str] = []
    for claim in report.claims:
        if is_bad(claim):
            out += [*shown(claim, look), ""]
    still_open = [c for c in report.claims if is_open(c)]
    if look.verbose:
        for claim in still_open:
            out += [*shown(claim, look), ""]
    else:
        out += _by_cause(still_open, look)
    if look.verbose or look.parse or look.context:
        for claim in report.claims:
            if not is_bad(claim) and not is_open(claim) and claim.verdict is not None:
                out += [*shown(claim, look), ""]
    out += _notes(report, look)
    out += [f"error: {visible(fault)}" for fault in report.faults]
    out.append(_painted(counts(report), _BOLD, look))
    return "\n".join(out) + "\n"


def _painted(text: str, colour: str, look: Look) -> str:
    return f"{colour}{text}{_PLAIN}" if look.colour else text


def shown(claim: Claim, look: Look) -> Iterator[str]:
    """The lines about one claim."""
    colour = _RED if is_bad(claim) else _YELLOW if is_open(claim) else _BOLD
    yield _painted(headline(claim), colour, look)
    yield from excerpt(claim, look)
    if claim.witness is not None:
        for line in witness_lines(claim.witness):
            if line not in claim.message:
                yield f"  {shortened(line)}"
    for remedy in remedies(claim):
        yield f"  {shortened(remedy)}"
    said = [p[3:] for p in claim.message.split("; ") if p.startswith("by ")]
    unsaid = [name for name in claim.using or () if name not in ", ".join(said).split(", ")]
    if unsaid:
        yield f"  by {shortened(', '.join(unsaid))}"
    if look.parse and claim.lhs is not None:
        yield f"  read as: {shortened(f'{claim.lhs} {claim.relation} {claim.rhs}', 2000)}"
    if look.context:
        yield from _context(claim)


def excerpt(claim: Claim, look: Look) -> Iterator[str]:
    """The source line, and carets below the place with most to see."""
    data = claim.excerpt
    if not data:
        return
    pad = len(str(max(number for number, _ in data["lines"])))
    for number, text in data["lines"]:
        if number != data["line"]:
            yield _painted(f"  {number:{pad}} | ", _BLUE, look) + shortened(text, _WIDEST)
            continue
        first, last = data["column"] - 1, max(data.get("end_column") or 0, data["column"] + 1) - 1
        start = max(0, first - _WIDEST // 2) if len(text) > _WIDEST else 0
        before, marked = text[start:first], text[first:last]
        line = visible("x" + text[start : start + _WIDEST])[1:]  # never the start of a line
        at = width(visible("x" + before)) - 1
        many = max(1, min(width(visible("x" + marked)) - 1, _WIDEST))
        yield _painted(f"  {number:{pad}} | ", _BLUE, look) + line
        bar = _painted(f"  {'':{pad}} | ", _BLUE, look)
        yield bar + " " * at + _painted("^" * many, _RED, look)


def _context(claim: Claim) -> Iterator[str]:
    for item in claim.known or ():
        line = item.get("line")
        where = f" (line {line})" if line else ""
        yield f"  given: {shortened(str(item.get('text', '')))}{where}"
    for assumed in claim.assumed or ():
        yield f"  taken: {shortened(assumed)}"


def _by_cause(claims: list[Claim], look: Look) -> Iterator[str]:
    for cause, members in grouped(claims):
        first = members[0]
        times = f"{len(members)} times, first at" if len(members) > 1 else "at"
        yield _painted(f"{shortened(cause, 100)}: {times} {place(first)}", _YELLOW, look)
        yield from excerpt(first, look)
        if first.message:
            yield f"  {shortened(first.message)}"
        for remedy in remedies(first):
            yield f"  {shortened(remedy)}"
        yield ""
    if any(len(members) > 1 for _, members in grouped(claims)):
        yield "--verbose shows every one of them"
        yield ""


def _notes(report: Report, look: Look) -> Iterator[str]:
    some = False
    for claim in report.claims:
        for code, said in claim.notes or ():
            some = True
            yield f"{place(claim)}: {_painted(code, _BLUE, look)} note: {shortened(said)}"
    if some:
        yield ""
