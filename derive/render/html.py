"""A derivation as HTML: native MathML, one table row a step, readable without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.latex import chain_rows, formula_label
from derive.render.notation import latex as formula
from derive.render.notation.heads import SIGNS
from derive.render.notation.in_latex import LatexPrinter
from derive.render.notation.outline import (
    explanations,
    extra_given,
    given,
    given_in,
    new_context,
    place,
    reason_words,
    remarks,
    shows_statement,
)
from derive.render.page import page, section
from derive.render.page.data import Block, Detail, Note, Sheet, Step

if TYPE_CHECKING:
    from derive.context import Context
    from derive.derivations import Derivation, Line, Part, Reason


def render(derivation: Derivation, *, explain: bool = False, standalone: bool = False) -> str:
    """The derivation as a ``<section>``; ``standalone`` gives a whole page.

    The page needs no network, no script and no font of the reader's.  The section alone
    wants ``derive.render.page.stylesheet()`` on its page.  ``explain`` writes out what there
    is to say of every reason.
    """
    shown = section(sheet(derivation), explain=explain)
    return page(derivation.title or derivation.name, shown) if standalone else shown


def sheet(derivation: Derivation) -> Sheet:
    """What a page shows of a derivation, as plain data."""
    from derive.render.page.curves import plots

    return Sheet(
        derivation.name,
        derivation.title,
        place(derivation),
        tuple(derivation.assumptions),
        tuple(_block(derivation, index, part) for index, part in enumerate(derivation.parts)),
        tuple(remarks(derivation)),
        tuple(derivation.axioms),
        plots(derivation),
    )


def _block(derivation: Derivation, index: int, part: Part) -> Block:
    context = new_context(derivation, index)
    shown = formula(part.statement, part.context)
    return chain(part)._replace(
        heading=part.heading,
        given=() if context is None else given_pairs(context),
        verdict=part.verdict,
        statement=shown,
        repeats=not shows_statement(part),
        formulas=detail_formulas(part),
        reasons=tuple(map(note, part.reasons)),
        notes=() if part.witness is None else (f"Counterexample: {part.witness.sentence()}",),
    )


def chain(part: Part) -> Block:
    """The lines of a part as a block: the steps, and LaTeX to copy."""
    if not part.lines:
        return Block()
    rows = "\n".join(chain_rows(part))
    aligned = f"\\begin{{align*}}\n{rows}\n\\end{{align*}}"
    return Block(steps=tuple(_step(line, part) for line in part.lines), aligned=aligned)


def detail_formulas(part: Part) -> tuple[str, ...]:
    """What is printed with the conclusion, such as ``a = 1/2``."""
    return tuple(
        f"{formula_label(label)} = {formula(value, part.context)}" for label, value in part.details
    )


def given_pairs(context: Context) -> tuple[tuple[str, str], ...]:
    """What is given: each entry as LaTeX and in plain spelling."""
    return tuple(zip(given_in(context, LatexPrinter(context)), given(context), strict=True))


def _step(line: Line, part: Part) -> Step:
    proved = line.theorem is not None or part.verdict == "proved"
    return Step(
        latex=formula(line.term, line.context or part.context),
        relation=SIGNS.get(line.relation, ("", line.relation))[1] if line.relation else "",
        reasons=tuple(map(note, line.reasons)),
        cases=tuple(extra_given(line, part)),
        verdict="proved" if proved and line.relation else "",
    )


def note(reason: Reason) -> Note:
    """A reason as a page shows it: its words, and what there is to say of it."""
    if reason.kind == "given":
        return Note(reason_words(reason))
    stated = _stated(reason)
    details = (Detail(label, text, stated.get(label, "")) for label, text in explanations(reason))
    return Note(reason_words(reason), tuple(details))


def _stated(reason: Reason) -> dict[str, str]:
    """The statement of a rule of the ledger as LaTeX; of others there is the text alone."""
    if reason.kind != "rule" or not reason.name.isidentifier():
        return {}
    from derive.rules import general, ledger

    rule = general().get(reason.name) or ledger().get(reason.name)
    if rule is None or (rule.text, rule.needs) != (reason.statement, reason.needs):
        return {}
    return {"states": formula(rule.statement, rule.context)}
