"""A verdict for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.notation import text as formula
from derive.render.notation.layout import broken, wrapped
from derive.render.notation.names import printable
from derive.render.notation.outline import given, reason_words
from derive.render.text import BOLD, COLUMNS, GREEN, RED, chain, listed, painted, plain
from derive.report._outline import TITLES, notes, parts, rules

if TYPE_CHECKING:
    from derive.derivations import Part
    from derive.graded import Graded
    from derive.kernel import Theorem
    from derive.search.facts import Facts
    from derive.verdicts import Verdict

_COLOURS = {"proved": GREEN, "refuted": RED}


def render(
    verdict: Verdict,
    *,
    standalone: bool = False,
    colour: bool = False,
    facts: Facts | None = None,
    graded: Graded | None = None,
) -> str:
    """The verdict, the statement, what is given, and the proof or why there is none.

    ``standalone`` changes nothing.  Without ``colour`` no control character is written.
    """
    del standalone
    paint = painted if colour else plain
    title = TITLES[verdict.verdict]
    indent = " " * (len(title) + 2)
    rows = broken(formula(verdict.statement, verdict.context), COLUMNS - len(indent))
    coloured = paint(title, _COLOURS.get(verdict.verdict, BOLD))
    lines = [f"{coloured}: {rows[0]}", *(indent + row for row in rows[1:])]
    lines += listed("Given", given(verdict.context))
    proved = parts(verdict, facts)
    for part in proved:
        lines += ["", paint(printable(part.heading), BOLD)] if part.heading else []
        lines += ["", *chain(part, paint)] if part.lines else []
        lines += _without_lines(part)
    for k, note in enumerate(notes(verdict, graded)):
        lines += ([""] if k == 0 else []) + wrapped(printable(note), COLUMNS)
    if used := rules(proved):
        words = ", ".join(name.replace("_", " ") for name in used)
        lines += ["", *wrapped(f"Rules: {words}.", COLUMNS)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _without_lines(part: Part) -> list[str]:
    """What is said of a proof that is no chain."""
    lines: list[str] = []
    for label, value in part.details:
        rows = broken(f"{label} = {formula(value, part.context)}", COLUMNS - 2)
        lines += [] if lines else [""]
        lines += ["  " + row for row in rows]
    if part.reasons and not part.lines and part.heading:
        words = ", ".join(map(reason_words, part.reasons))
        lines += ["  " + row for row in wrapped("by " + printable(words), COLUMNS - 2)]
    return lines


def steps(theorem: Theorem) -> str:
    """Every kernel step behind a theorem, premises first, in plain spelling."""
    from derive.plain import write

    found: list[Theorem] = []
    place: dict[int, int] = {}
    waiting = [(theorem, False)]
    while waiting:
        t, ready = waiting.pop()
        if ready:
            found.append(t)
            place[id(t)] = len(found)
        elif id(t) not in place:
            place[id(t)] = 0
            waiting.append((t, True))
            waiting += [(p, False) for p in reversed(t.premises)]
    lines = ["", f"Kernel steps: {len(found)}", ""]
    for k, t in enumerate(found, 1):
        by = f"axiom {t.arguments[0].name}" if t.by == "axiom" else t.by
        used = ", ".join(str(place[id(p)]) for p in t.premises)
        lines.append(f"{k:5}  {write(t.statement, t.context)}")
        lines.append(f"       {by}{f' of {used}' if used else ''}")
    return "\n".join(lines) + "\n"
