r"""A verdict in LaTeX: the statement, and the proof as an ``align*``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.latex import chain_rows, document, entries_of, formula_label
from derive.render.notation import latex as formula
from derive.render.notation.latex_layout import rows
from derive.render.notation.names import escape_latex
from derive.report._outline import TITLES, notes, parts, rules

if TYPE_CHECKING:
    from derive.graded import Graded
    from derive.search.facts import Facts
    from derive.verdicts import Verdict

_LINE = 78


def render(
    verdict: Verdict,
    *,
    standalone: bool = False,
    colour: bool = False,
    facts: Facts | None = None,
    graded: Graded | None = None,
) -> str:
    """A fragment for a document that loads amsmath and amssymb; ``standalone``: a whole one."""
    del colour
    title = TITLES[verdict.verdict]
    body = " \\\\\n  & \\qquad ".join(rows(formula(verdict.statement, verdict.context), _LINE))
    lines = [rf"\textbf{{{title}:}}", r"\begin{align*}", f"  & {body}", r"\end{align*}"]
    lines += entries_of(verdict.context)
    proved = parts(verdict, facts)
    for part in proved:
        lines += [rf"\paragraph{{{escape_latex(part.heading)}.}}"] if part.heading else []
        if part.lines:
            lines += [r"\begin{align*}", *chain_rows(part), r"\end{align*}"]
        for label, value in part.details:
            lines.append(f"${formula_label(label)} = {formula(value, part.context)}$;")
    lines += [escape_latex(note) for note in notes(verdict, graded)]
    if used := rules(proved):
        words = ", ".join(name.replace("_", " ") for name in used)
        lines += ["", escape_latex(f"Rules: {words}.")]
    fragment = "\n".join(lines) + "\n"
    return document(fragment) if standalone else fragment
