"""A verdict as HTML: native MathML, one table row a step, readable without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.html import chain, detail_formulas, given_pairs
from derive.render.notation import latex as formula
from derive.render.page import page, section
from derive.render.page.data import Block, Sheet
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
    shown = section(sheet(verdict, facts, graded))
    return page(TITLES[verdict.verdict], shown) if standalone else shown


def sheet(verdict: Verdict, facts: Facts | None = None, graded: Graded | None = None) -> Sheet:
    """What a page shows of a verdict, as plain data."""
    first = Block(
        given=given_pairs(verdict.context),
        verdict=verdict.verdict,
        statement=formula(verdict.statement, verdict.context),
        notes=tuple(notes(verdict, graded)),
    )
    proved = parts(verdict, facts)
    proof = (
        chain(part)._replace(heading=part.heading, formulas=detail_formulas(part))
        for part in proved
    )
    blocks = (first, *(block for block in proof if block.steps or block.formulas))
    # The steps name their rules themselves.
    used = [] if any(block.steps for block in blocks) else rules(proved)
    words = ", ".join(name.replace("_", " ") for name in used)
    return Sheet(blocks=blocks, remarks=(f"Rules: {words}.",) if words else ())
