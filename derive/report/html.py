"""A verdict as HTML: native MathML, one table row a step, readable without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.html import MARKS, chain, entries_of, escape, math, page
from derive.render.latex import formula_label
from derive.render.notation import latex as formula
from derive.report._outline import TITLES, notes, parts, rules

if TYPE_CHECKING:
    from derive.graded import Graded
    from derive.search.facts import Facts
    from derive.verdicts import Verdict


def render(
    verdict: Verdict,
    *,
    standalone: bool = False,
    colour: bool = False,
    facts: Facts | None = None,
    graded: Graded | None = None,
) -> str:
    """The verdict as a ``<section>``, which wants the stylesheet of derivations.

    ``standalone`` gives a whole page with it.
    """
    del colour
    title = TITLES[verdict.verdict]
    mark = MARKS.get(verdict.verdict, "")
    statement = math(formula(verdict.statement, verdict.context))
    rows = ['<section class="derivation verdict">']
    rows.append(f'<div class="conclusion {verdict.verdict}">')
    rows.append(f'<p><span class="badge">{mark} {title}</span></p>')
    rows += [f'<div class="scroll">{statement}</div>', "</div>"]
    rows += entries_of(verdict.context)
    for k, part in enumerate(parts(verdict, facts), 1):
        rows += [f"<h2>{escape(part.heading)}</h2>"] if part.heading else []
        rows += chain(part, f"proof-{k}") if part.lines else []
        for label, value in part.details:
            shown = f"{formula_label(label)} = {formula(value, part.context)}"
            rows.append(f'<div class="scroll">{math(shown)}</div>')
    rows += [f'<p class="remark">{escape(note)}</p>' for note in notes(verdict, graded)]
    if used := rules(verdict):
        words = ", ".join(name.replace("_", " ") for name in used)
        rows.append(f'<p class="remark">Rules: {escape(words)}.</p>')
    rows.append("</section>")
    section = "\n".join(rows) + "\n"
    return page(title, section) if standalone else section
