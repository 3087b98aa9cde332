"""A derivation for the terminal: Unicode text of at most 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.notation import text as formula
from derive.render.notation.heads import SIGNS
from derive.render.notation.layout import broken, padded, width, wrapped
from derive.render.notation.names import printable
from derive.render.notation.outline import (
    VERDICTS,
    axioms_used,
    explanations,
    extra_given,
    given,
    new_context,
    place,
    reason_words,
    reasons_used,
    remarks,
    shows_statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from derive.derivations import Derivation, Line, Part

    Paint = Callable[[str, str], str]

COLUMNS = 80

BOLD, GREEN, RED, DIM, _PLAIN = "\x1b[1m", "\x1b[1;32m", "\x1b[1;31m", "\x1b[2m", "\x1b[0m"


def render(
    derivation: Derivation,
    *,
    explain: bool = False,
    standalone: bool = False,
    colour: bool = False,
) -> str:
    """The derivation as text, relation signs in one column, reasons beside their lines.

    ``standalone`` changes nothing.  Without ``colour`` no control character is written.
    """
    del standalone
    paint = painted if colour else plain
    lines = _header(derivation, paint)
    for index, part in enumerate(derivation.parts):
        context = new_context(derivation, index)
        if part.heading:
            lines += ["", paint(printable(part.heading), BOLD)]
        if context is not None:
            lines += listed("Given", given(context))
        lines += ["", *chain(part, paint)] if part.lines else [""]
        lines += _conclusion(part, paint)
    said = remarks(derivation)
    if axioms := axioms_used(derivation):
        said.append(f"Axioms used: {axioms}.")
    for remark in said:
        lines += wrapped(printable(remark), COLUMNS)
    if explain:
        lines += _explained(derivation)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def painted(text: str, colour: str) -> str:
    """The text in a colour of the terminal."""
    return f"{colour}{text}{_PLAIN}" if text else text


def plain(text: str, colour: str) -> str:
    """The text as it is."""
    del colour
    return text


def _header(derivation: Derivation, paint: Paint) -> list[str]:
    title = f"{derivation.name}: {derivation.title}" if derivation.title else derivation.name
    lines = [paint(line, BOLD) for line in wrapped(printable(title), COLUMNS)]
    where = place(derivation)
    lines += [paint(printable(where), DIM)] if where else []
    return lines + listed("Assumptions", list(derivation.assumptions))


def listed(label: str, entries: list[str]) -> list[str]:
    """Entries below each other, behind a label; an empty line in front."""
    if not entries:
        return []
    lines = [""]
    indent = " " * (len(label) + 2)
    for k, entry in enumerate(entries):
        first = f"{label}: " if k == 0 else indent
        rows = wrapped(printable(entry), COLUMNS - len(indent))
        lines += [first + rows[0], *(indent + "  " + row for row in rows[1:])]
    return lines


def chain(part: Part, paint: Paint) -> list[str]:
    """The lines of a chain; reasons in one column where there is room, else below."""
    signs = [_sign(line) for line in part.lines]
    margin = 2 + max(map(width, signs)) + 1
    room = COLUMNS - margin
    bodies = [broken(formula(line.term, line.context or part.context), room) for line in part.lines]
    reasons = [_reasons(line, part) for line in part.lines]
    longest = min(max(map(width, reasons), default=0), 36)
    needed = max((width(rows[-1]) for rows in bodies), default=0) + margin + 3
    column = max(min(needed, COLUMNS - longest), 24)
    lines: list[str] = []
    for sign, rows, reason in zip(signs, bodies, reasons, strict=True):
        head = "  " + padded(sign, margin - 2)
        lines += [(head if k == 0 else " " * margin) + row for k, row in enumerate(rows)]
        if not reason:
            continue
        for k, row in enumerate(wrapped(reason, COLUMNS - column)):
            if k == 0 and width(lines[-1]) + 2 <= column:
                lines[-1] = padded(lines[-1], column) + paint(row, DIM)
            else:
                lines.append(" " * column + paint(row, DIM))
    return lines


def _sign(line: Line) -> str:
    known = SIGNS.get(line.relation)
    return printable(line.relation) if known is None else known[1]


def _reasons(line: Line, part: Part) -> str:
    words = [reason_words(reason) for reason in line.reasons]
    words += [f"[{entry}]" for entry in extra_given(line, part)]
    return printable(", ".join(words))


def _conclusion(part: Part, paint: Paint) -> list[str]:
    proved = part.verdict == "proved"
    verdict = VERDICTS.get(part.verdict, part.verdict)
    coloured = paint(verdict, GREEN if proved else RED)
    lines = [""] if part.lines else []
    if shows_statement(part):
        indent = " " * (len(verdict) + 2)
        rows = broken(formula(part.statement, part.context), COLUMNS - len(indent))
        lines += [f"{coloured}: {rows[0]}", *(indent + row for row in rows[1:])]
    else:
        lines.append(f"{coloured}.")
    if not part.lines and part.reasons:
        words = ", ".join(reason_words(reason) for reason in part.reasons)
        lines += ["  " + row for row in wrapped("by " + printable(words), COLUMNS - 2)]
    for label, value in part.details:
        text = f"{printable(label)} = {formula(value, part.context)}"
        lines += ["  " + row for row in broken(text, COLUMNS - 2)]
    if part.witness is not None:
        sentence = printable(part.witness.sentence())
        lines += ["  " + row for row in wrapped(sentence, COLUMNS - 2)]
    return lines


def _explained(derivation: Derivation) -> list[str]:
    used = reasons_used(derivation)
    lines = ["", "Reasons"] if used else []
    for reason in used:
        lines.append("  " + printable(reason.name))
        for label, text in explanations(reason):
            rows = wrapped(printable(text), COLUMNS - 14)
            lines += ["    " + padded(label + ":", 9) + rows[0]]
            lines += [" " * 13 + row for row in rows[1:]]
    return lines
