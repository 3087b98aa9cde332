"""What became of a step, written as a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from derive.check.assuming import Attempt, attempt, spoken
from derive.check.claims import Claim
from derive.check.page.asking.statements import Asked
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.check.question import Question, Row
from derive.document import Document
from derive.latex.tree import Node
from derive.refute.witness import Witness
from derive.term import Term
from derive.verdicts import Verdict


class Outcome(NamedTuple):
    """What came of one reading of a step; ``lemmas``: the names of those that it rests on;
    ``tried``: the attempts to prove it, where none succeeded."""

    verdict: str
    asked: Asked
    best: Attempt | None = None
    rows: tuple[Row, ...] = ()
    reason: str = ""
    blocked: str = ""
    gained: Witness | None = None
    lemmas: tuple[str, ...] = ()
    tried: tuple[Attempt, ...] = ()


def _negated(question: Question, best: Attempt) -> list[dict[str, Any]]:
    """That one side is the other one with a minus sign, if that is proved."""
    from derive.plain import write

    s = question.statement
    if s.head != "Eq":
        return []
    turned = Term("Eq", (s.args[0], -s.args[1]))
    found = attempt(question._replace(statement=turned), best.savers)
    if found.verdict != "proved":
        return []
    return [{"kind": "equal", "statement": write(turned, found.context), "theta": [], "a": "-1",
             "b": None, "sentence": "a minus sign: lhs = -(rhs)"}]  # fmt: skip


def reason_of(best: Attempt) -> str:
    """Why nothing is known: ``condition`` or ``undecided``."""
    if best.found is not None and best.found.reason == "condition":
        return "condition"
    return "undecided"


class Writer:
    """Writes the claims of one document; ``graded``: with what does hold of refuted ones."""

    def __init__(self, document: Document, graded: bool = True) -> None:
        self.document, self.graded = document, graded

    def filled(self, claim: Claim, step: Step, out: Outcome) -> Claim:
        """The claim with what was found."""
        from derive.plain import write

        question = out.asked.question
        s = question.statement
        context = question.context({})
        sides = s.args[::-1] if step.sign.text in (">", ">=") else s.args
        claim = claim._replace(
            lhs=write(sides[0], context), rhs=write(sides[1], context), verdict=out.verdict,
            known=[{"text": k.text, "line": self.line_of(k.at), "by": k.by}
                   for k in out.asked.known],
            using=[*out.asked.unfolded, *(r.name for r in out.rows), *out.lemmas] or None,
        )  # fmt: skip
        if out.verdict == "proved":
            return self._proved(claim, question, out)
        if out.verdict == "refuted":
            return self._refuted(claim, question, out)
        return self._unknown(claim, question, out)

    def _proved(self, claim: Claim, question: Question, out: Outcome) -> Claim:
        from derive.plain import write

        assert out.best is not None
        converging = [write(c, out.best.context) for c in out.best.convergent]
        assumed = [*spoken(question, out.best.savers), *converging, *out.asked.conventions]
        said = []
        if out.rows:
            claim = claim._replace(kind="implication")
            said.append("follows from " + ", ".join(dict.fromkeys(r.name for r in out.rows)))
        if out.lemmas:
            said.append("by " + ", ".join(out.lemmas))
        if assumed:
            said.append("taking " + "; ".join(assumed))
        code, notes = "D403" if assumed else None, None
        if out.gained is not None:
            note = f"{out.rows[0].name} does not follow back: {out.gained.sentence()}"
            code, notes = "D602", [["D602", note]]
            said.append(note)
        return claim._replace(
            code=code, assumed=assumed or None, message="; ".join(said), notes=notes
        )

    def said_again(self, claim: Claim, name: str, other: Shown, row: Step, witness: str) -> Claim:
        """The claim of a step that says of a symbol something new, with a note that an earlier row
        said something else."""
        place = row.label or f"line {self.line(other, row.sign.start)}"
        note = f"{name} is defined again, and not as in {place}: {witness}"
        return claim._replace(kind="definition", code="D603", notes=[["D603", note]], message=note)

    def _refuted(self, claim: Claim, question: Question, out: Outcome) -> Claim:
        best = out.best
        assert best is not None
        assert best.witness is not None
        assert best.context is not None
        claim = claim._replace(
            code="D101", witness=best.witness.data(), message=best.witness.sentence()
        )
        if not self.graded:
            return claim
        from derive.graded import graded

        verdict = Verdict("refuted", question.statement, best.context, witness=best.witness)
        found = graded(verdict)
        data: Mapping[str, Any] = found.data()
        kinds = data["weaker"] or _negated(question, best)
        return claim._replace(weaker=kinds or None, repair=data["repair"])

    def _unknown(self, claim: Claim, question: Question, out: Outcome) -> Claim:
        from derive.plain import write

        found = None if out.best is None else out.best.found
        conditions = None
        code, message = "D201", "neither proved nor refuted"
        if out.reason == "undeclared":
            code = "D401"
            message = f"{', '.join(question.open)} not declared"
        elif found is not None and found.reason == "condition":
            code = "D203"
            conditions = [write(c, found.context) for c in found.conditions]
            message = "holds given " + "; ".join(conditions)
        elif out.blocked and out.blocked != "no witness":
            message = f"not shown, and not to be refuted: {out.blocked}"
        cause = {"D401": f"undeclared {', '.join(question.open[:1])}"}.get(code, out.reason)
        return claim._replace(
            code=code, reason=out.reason, conditions=conditions, message=message, cause=cause
        )

    def unreadable(
        self, claim: Claim, shown: Shown, message: str, node: Node, repair: str
    ) -> Claim:
        undeclared = "is not declared" in message or "is not known" in message
        # What a display goes on with stands before its text.
        first, last = max(node.start, 0), max(node.end - 1, node.start, 0)
        line, column = self.document.position(shown.piece.offset(first))
        _, end = self.document.position(shown.piece.offset(last))
        return claim._replace(
            verdict="unknown", code="D401" if undeclared else "D301",
            reason="undeclared" if undeclared else "unreadable", message=message, cause=message,
            repair=[repair] if repair else None,
            excerpt=self.excerpt(line, column, max(end + 1, column + 1)),
        )  # fmt: skip

    def placed(self, shown: Shown, step: Step) -> Claim:
        """The claim with its place, and nothing found."""
        sign = step.sign
        line, column = self.document.position(shown.piece.offset(sign.start))
        last = shown.piece.offset(max(sign.end - 1, sign.start))
        end_line, end_column = self.document.position(last)
        return Claim(
            self.document.path, line, column, end_line, end_column + 1,
            name=step.label or shown.piece.label or None, chain=shown.chain, step=step.number,
            relation=sign.text, excerpt=self.excerpt(line, column, end_column + 1),
        )  # fmt: skip

    def excerpt(self, line: int, column: int, end: int) -> dict[str, Any]:
        text = self.document.text.split("\n")[line - 1].removesuffix("\r") if line else ""
        return {"lines": [[line, text]], "line": line, "column": column, "end_column": end}

    def line(self, shown: Shown, offset: int) -> int:
        return self.document.position(shown.piece.offset(offset))[0]

    def line_of(self, at: int) -> int | None:
        if not 0 <= at < len(self.document.pieces):
            return None
        return self.document.position(self.document.pieces[at].start)[0]
