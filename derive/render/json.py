"""A derivation as JSON, for other programs: ``schema: derive-derivation/1``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from derive.plain import write
from derive.render.notation import latex
from derive.render.notation.outline import extra_given, file_of, given, remarks

if TYPE_CHECKING:
    from derive.context import Context
    from derive.derivations import Derivation, Line, Part, Reason
    from derive.term import Term

SCHEMA = "derive-derivation/1"


def render(derivation: Derivation, *, explain: bool = False, standalone: bool = False) -> str:
    """The derivation as one JSON object; what does not apply is null or empty.

    ``explain`` and ``standalone`` change nothing: everything is always there.
    """
    del explain, standalone
    return json.dumps(data(derivation), ensure_ascii=False, indent=2) + "\n"


def data(derivation: Derivation) -> dict[str, Any]:
    """The derivation as plain data, ready for JSON."""
    return {
        "schema": SCHEMA,
        "name": derivation.name,
        "title": derivation.title,
        "verdict": derivation.verdict,
        "file": file_of(derivation) or None,
        "line": derivation.line or None,
        "instance": dict(derivation.instance),
        "assumptions": list(derivation.assumptions),
        "axioms": list(derivation.axioms),
        "remarks": remarks(derivation),
        "parts": [_part(part) for part in derivation.parts],
        "certificate": _certificate(derivation),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "heading": part.heading or None,
        "verdict": part.verdict,
        "statement": _formula(part.statement, part.context),
        "context": given(part.context),
        "lines": [_line(line, part) for line in part.lines],
        "reasons": [_reason(reason) for reason in part.reasons],
        "details": {label: _formula(value, part.context) for label, value in part.details},
        "witness": None if part.witness is None else part.witness.data(),
    }


def _line(line: Line, part: Part) -> dict[str, Any]:
    return {
        "relation": line.relation or None,
        **_formula(line.term, line.context or part.context),
        "reasons": [_reason(reason) for reason in line.reasons],
        "given": extra_given(line, part),
    }


def _formula(t: Term, context: Context) -> dict[str, str]:
    return {"plain": write(t, context), "latex": latex(t, context)}


def _reason(reason: Reason) -> dict[str, str | None]:
    return {field: value or None for field, value in reason._asdict().items()}


def _certificate(derivation: Derivation) -> dict[str, Any] | None:
    """The certificate of every part's theorem; null when no part has one."""
    theorems = [part.theorem for part in derivation.parts if part.theorem is not None]
    if not theorems:
        return None
    from derive.certificate import certificate

    return certificate(theorems, name=derivation.name, title=derivation.title)
