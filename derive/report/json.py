"""A verdict as JSON, for other programs: ``schema: derive-verdict/1``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from derive.plain import write
from derive.report._outline import parts, rules

if TYPE_CHECKING:
    from derive.derivations import Part
    from derive.graded import Graded
    from derive.search.facts import Facts
    from derive.verdicts import Verdict

SCHEMA = "derive-verdict/1"


def render(
    verdict: Verdict,
    *,
    standalone: bool = False,
    colour: bool = False,
    facts: Facts | None = None,
    graded: Graded | None = None,
) -> str:
    """The verdict as one JSON object; what does not apply is null or empty.

    ``standalone`` and ``colour`` change nothing.
    """
    del standalone, colour
    return json.dumps(data(verdict, facts, graded), ensure_ascii=False, indent=2) + "\n"


def data(
    verdict: Verdict, facts: Facts | None = None, graded: Graded | None = None
) -> dict[str, Any]:
    """The verdict and its proof as plain data, ready for JSON."""
    from derive import __version__
    from derive.render.notation.outline import given

    proved = parts(verdict, facts)
    return {
        "schema": SCHEMA,
        "tool_version": __version__,
        "statement": write(verdict.statement, verdict.context),
        "given": given(verdict.context),
        **summary(verdict),
        **({"weaker": [], "repair": None} if graded is None else graded.data()),
        "proof": [_part(part) for part in proved] or None,
        "rules": rules(proved),
    }


def summary(verdict: Verdict) -> dict[str, Any]:
    """What a program asks first: the verdict, its conditions, witness and reason."""
    return {
        "verdict": verdict.verdict,
        "conditions": [write(c, verdict.context) for c in verdict.conditions] or None,
        "witness": None if verdict.witness is None else verdict.witness.data(),
        "reason": verdict.reason or None,
        "evidence": verdict.evidence or None,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "case": part.heading or None,
        "lines": [
            {
                "relation": line.relation or None,
                "term": write(line.term, line.context),
                "reasons": [reason.name for reason in line.reasons],
            }
            for line in part.lines
        ],
        "details": {label: write(value, part.context) for label, value in part.details},
        "rules": [reason.name for reason in part.reasons],
    }
