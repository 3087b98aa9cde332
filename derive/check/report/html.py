"""One page: the displays of every document, each step coloured by its verdict.

It has the look of ``derive show --format html``, and as that page it needs no network, no
script and no font of the reader's.  A display is shown as it was written; where its document
is not at hand any more, or is another one by now, its source lines are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from derive.check.report import Look, Report
from derive.check.report._sentences import counts, is_bad, place
from derive.check.report._steps import headed, said, steps_of, written_out
from derive.check.report._visible import visible
from derive.document.pieces import line_starts
from derive.render.page import page, section
from derive.render.page.data import Block, Sheet

if TYPE_CHECKING:
    from derive.check.claims import Claim
    from derive.document.pieces import Document, Piece

#: Longest line of a source that is shown in place of a display.
_LONGEST = 2_000


def render(report: Report, look: Look) -> str:
    """The report as a page.

    >>> "0 claims in 1 file" in render(Report((), 1), Look())
    True
    """
    del look
    title = "Checked formulas"
    faults = tuple(f"error: {visible(fault)}" for fault in report.faults)
    shown = [section(Sheet(title=title, remarks=(counts(report), *faults)), own="checked")]
    for number, (path, claims) in enumerate(groupby(report.claims, key=lambda c: c.path), 1):
        sheet = _sheet(path, list(claims), report.read(path))
        shown.append(section(sheet, own=f"file-{number}", level=2))
    return page(title, "".join(shown))


def _sheet(path: str, claims: list[Claim], document: Document | None) -> Sheet:
    finder = None if document is None else _Finder(document)
    blocks = tuple(
        _block(list(chain), finder) for _, chain in groupby(claims, key=lambda c: c.chain)
    )
    title = "" if document is None else " ".join(document.title.split())[:200]
    name = visible(path)
    return Sheet(title=visible(title) or name, place=name if title else "", blocks=blocks)


class _Finder:
    """Finds the piece of a document in which a claim stands."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pieces = [p for p in document.pieces if p.kind in ("display", "inline")]
        self.starts = [p.start for p in self.pieces]

    def piece(self, claim: Claim) -> Piece | None:
        """The display of a claim; None where the document is not the one that was judged."""
        starts = line_starts(self.document.text)
        excerpt = (claim.excerpt or {}).get("lines", [[0, ""]])[0]
        if not 0 < claim.line <= len(starts):
            return None
        end = starts[claim.line] if claim.line < len(starts) else len(self.document.text) + 1
        line = self.document.text[starts[claim.line - 1] : end - 1]
        at = starts[claim.line - 1] + claim.column - 1
        k = bisect_right(self.starts, at) - 1
        if k < 0 or at >= self.pieces[k].end or line != (excerpt[1] if excerpt[0] else line):
            return None
        return self.pieces[k]


def _block(claims: list[Claim], finder: _Finder | None) -> Block:
    first = claims[0]
    piece = None if finder is None else finder.piece(first)
    heading = f"Line {first.line}" + (f", {visible(first.name)}" if first.name else "")
    verdict, badge = _verdict(claims)
    if piece is not None and finder is not None:
        macros = finder.document.macros
        steps = steps_of(piece.text, claims, macros)
        aligned = written_out(piece.text.strip(), macros)
        if steps:
            return Block(heading, steps=steps, verdict=verdict, badge=badge, aligned=aligned)
    return Block(heading, verdict=verdict, badge=badge, notes=tuple(_noted(claims)))


def _noted(claims: list[Claim]) -> Iterator[str]:
    """The source lines of claims, and what was found."""
    lines: dict[int, str] = {}
    for claim in claims:
        for number, text in (claim.excerpt or {}).get("lines", ()):
            lines[number] = visible(text[:_LONGEST])
    yield from (lines[number] for number in sorted(lines))
    for claim in claims:
        yield f"step {claim.step}: {claim.verdict or claim.kind}: {headed(claim)}"


def _verdict(claims: list[Claim]) -> tuple[str, str]:
    """The worst verdict of a display, and what its badge says."""
    settled = [c for c in claims if c.verdict is not None]
    if not settled:
        return "", ""
    bad = [c for c in settled if is_bad(c)]
    for verdict in ("refuted", "unknown"):
        found = [c for c in settled if c.verdict == verdict]
        if found and (bad or verdict == "unknown" or all(c.expected for c in found)):
            steps = ", ".join(str(c.step) for c in found)
            where = f"{verdict.capitalize()}: step{'s' if len(found) > 1 else ''} {steps}"
            return verdict, where + (", as expected" if not bad and found[0].expected else "")
    if bad:
        return "refuted", f"{place(bad[0])}: {said(bad[0])}"
    taken = any(c.assumed for c in settled)
    return "proved", "Proved, under what was taken" if taken else ""
