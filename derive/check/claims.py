"""A claim of a document with its verdict, as plain data: what every report is made from."""

from __future__ import annotations

from typing import Any, NamedTuple


class Claim(NamedTuple):
    """One step of a display: the side before a relation sign against the side after it.

    ``line`` to ``end_column`` are the place of the relation sign, counted from 1 in code
    points.  ``name`` is the label of its display; ``chain`` counts the displays of the
    document and ``step`` the relation signs of the display, both from 1.  ``kind`` is
    ``claim``, ``definition``, ``approximation`` or ``implication`` (a row that follows from
    earlier rows and is no identity).  ``verdict`` is ``proved``, ``refuted``, ``unknown``, or
    None where nothing is claimed.  Terms and conditions are texts in plain spelling.

    ``conditions`` are what the statement needs beyond what the page says; ``assumed`` what
    was taken for symbols that it does not declare (code D403).  ``witness`` is
    ``{"points": [{"at": {name: value}, "lhs": [low, high], "rhs": [low, high]}]}``.
    ``weaker`` lists what does hold of a claim that is not proved, ``repair`` what would
    repair it.  What does not apply is None.

    The fields after ``seconds`` are for the text reports and not part of the JSON.
    ``message`` is one sentence.  ``cause`` groups claims of one reason: ``notation``,
    ``undeclared symbol q``, ...  ``excerpt`` is the place with most to see, as
    ``{"lines": [[number, text], ...], "line": n, "column": c, "end_column": d}``.
    ``known`` lists what the page says of the symbols that occur, as
    ``{"text": ..., "line": n or None, "by": declaration | definition | law | row}``.
    ``notes`` are further remarks as ``[code, sentence]``; ``using`` are the labels of rows and
    the pages on which a proof rests.  ``expected`` is what an ``expect:`` comment says.

    >>> claim = Claim("a.md", 3, 5, 3, 6, chain=1, step=1, verdict="proved")
    >>> claim.data()["line"], claim.data()["witness"], "message" in claim.data()
    (3, None, False)
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    name: str | None = None
    kind: str = "claim"
    chain: int = 1
    step: int = 1
    lhs: str | None = None
    relation: str = "="
    rhs: str | None = None
    verdict: str | None = None
    code: str | None = None
    conditions: list[str] | None = None
    assumed: list[str] | None = None
    witness: dict[str, Any] | None = None
    reason: str | None = None
    evidence: int | None = None
    weaker: list[dict[str, Any]] | None = None
    repair: list[str] | None = None
    inherited: bool = False
    seconds: float = 0.0
    message: str = ""
    cause: str = ""
    excerpt: dict[str, Any] | None = None
    known: list[dict[str, Any]] | None = None
    notes: list[list[str]] | None = None
    using: list[str] | None = None
    expected: str | None = None

    def data(self) -> dict[str, Any]:
        """The claim as the JSON report has it."""
        return {name: getattr(self, name) for name in REPORTED}


#: The fields of a claim in the JSON report, in order.
REPORTED = Claim._fields[: Claim._fields.index("seconds") + 1]


def answers(claim: Claim) -> tuple[str, ...]:
    """The words by which a comment may expect what became of a claim."""
    if claim.verdict is None:
        return ("not a claim",)
    unread = claim.reason in ("unreadable", "undeclared")
    return (claim.verdict, "unreadable") if unread else (claim.verdict,)
