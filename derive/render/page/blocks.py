"""A sheet as HTML: native MathML, one table row a step, readable without scripts."""

from __future__ import annotations

from html import escape as escaped
from typing import TYPE_CHECKING

from derive.render.notation.mathml import inert, mathml
from derive.render.notation.names import printable

if TYPE_CHECKING:
    from derive.render.page.data import Block, Detail, Note, Sheet, Step

#: The word and the sign of a verdict.
BADGES = {
    "proved": ("Proved", "\N{CHECK MARK}"),
    "refuted": ("Refuted", "\N{BALLOT X}"),
    "unknown": ("Unknown", "?"),
}


def escape(text: str) -> str:
    """Text that HTML shows as it is, without control characters."""
    return inert(escaped(printable(text)))


def anchor(name: str) -> str:
    """The name as a part of an ``id``: letters, digits and hyphens.

    >>> anchor("y_hat <b>")
    'y-hat--b-'
    """
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name)


def math(latex: str, display: bool = True) -> str:
    """A formula as MathML, with its LaTeX beside it for those who copy it."""
    return f'<span class="formula" data-latex="{escape(latex)}">{mathml(latex, display)}</span>'


def section(
    sheet: Sheet,
    *,
    explain: bool = False,
    level: int = 1,
    folded: bool = False,
    own: str = "",
    classes: tuple[str, ...] = (),
) -> str:
    """The sheet as a ``<section>``.

    ``explain`` writes out what there is to say of every reason, ``folded`` hides the steps
    until they are asked for.  ``level`` is that of the heading; at 0 it is none, for a sheet
    that stands in somebody's text.  ``own`` is what the ids of the sheet begin with, where
    several stand on a page; its section has the id only where it is not said.
    """
    named = "" if own else f' id="derivation-{anchor(sheet.name or "sheet")}"'
    own = anchor(own or sheet.name or "sheet")
    kinds = escape(" ".join(("derivation", *classes)))
    rows = [f'<section class="{kinds}"{named}>', *_header(sheet, level)]
    if sheet.assumptions:
        items = "".join(f"<li>{escape(a)}</li>" for a in sheet.assumptions)
        rows.append(_listed("Assumptions", items))
    for number, block in enumerate(sheet.blocks, 1):
        rows += _block(block, f"{own}-{number}", explain, level, folded)
        if number == 1 and sheet.plots:
            from derive.render.page.plot import figure

            rows += map(figure, sheet.plots)
    rows += [f'<p class="remark">{escape(remark)}</p>' for remark in sheet.remarks]
    if sheet.axioms:
        unfolded = ' open="open"' if explain else ""
        summary = f"<summary>Axioms used: {len(sheet.axioms)}</summary>"
        words = escape(", ".join(a.replace("_", " ") for a in sheet.axioms))
        rows.append(f'<details class="remark"{unfolded}>{summary}<p>{words}</p></details>')
    return "\n".join([*rows, "</section>"]) + "\n"


def _listed(label: str, items: str) -> str:
    return f'<div class="given"><span class="label">{label}</span><ul>{items}</ul></div>'


def _header(sheet: Sheet, level: int) -> list[str]:
    if not (sheet.title or sheet.name):
        return []
    kind = f"h{level}" if level else "p"
    title = f'<{kind} class="title">{escape(sheet.title or sheet.name)}</{kind}>'
    name = f"<code>{escape(sheet.name)}</code>" if sheet.name else ""
    where = f' <span class="file">{escape(sheet.place)}</span>' if sheet.place else ""
    place = f'<p class="place">{name}{where}</p>' if name or where else ""
    return ["<header>", title, *([place] if place else []), "</header>"]


def _block(block: Block, own: str, explain: bool, level: int, folded: bool) -> list[str]:
    rows = ['<div class="block">']
    if block.heading:
        kind = f"h{level + 1}" if level else "p"
        rows.append(f'<{kind} class="heading">{escape(block.heading)}</{kind}>')
    if block.given:
        items = "".join(
            f'<li title="{escape(text)}">{math(latex, False)}</li>' for latex, text in block.given
        )
        rows.append(_listed("Given", items))
    if block.steps:
        rows += _steps(block, own, explain, folded)
    return [*rows, *_conclusion(block, own, explain), "</div>"]


def _steps(block: Block, own: str, explain: bool, folded: bool) -> list[str]:
    count = sum(bool(step.relation) for step in block.steps) or len(block.steps)
    words = "1 step" if count == 1 else f"{count} steps"
    unfolded = "" if folded else ' open="open"'
    latex = "&#10;".join(map(escape, block.aligned.split("\n")))
    copied = f' data-latex="{latex}"' if latex else ""
    rows = [f'<details class="steps"{unfolded}{copied}>', f"<summary>{words}</summary>"]
    rows += ['<table class="chain">', "<tbody>"]
    number = 0
    for k, step in enumerate(block.steps):
        number += bool(step.relation)
        rows.append(_row(f"{own}-{k}", number if step.relation else 0, step, explain))
        if step.witness or _is_said(step):
            rows.append(_below(step))
    return [*rows, "</tbody>", "</table>", "</details>"]


def _row(own: str, number: int, step: Step, explain: bool) -> str:
    kind = f' class="{anchor(step.verdict)}"' if step.verdict else ""
    link = f'<a href="#step-{own}">{number}</a>' if number else ""
    reasons = "".join(_reason(r, f"{own}-{k}", explain) for k, r in enumerate(step.reasons))
    reasons += "".join(f'<div class="case">{escape(case)}</div>' for case in step.cases)
    return (
        f'<tr id="step-{own}"{kind}><td class="number">{link}</td>'
        f'<td class="sign">{escape(step.relation)}</td>'
        f'<td class="body"><div class="scroll">{math(step.latex)}</div></td>'
        f'<td class="reason">{reasons}</td><td class="verdict">{_mark(step)}</td></tr>'
    )


def _mark(step: Step) -> str:
    if not step.verdict:
        return ""
    word, sign = BADGES.get(step.verdict, (step.verdict, ""))
    said = escape(step.says or word.lower())
    return f'<span class="mark" role="img" aria-label="{said}" title="{said}">{sign}</span>'


def _is_said(step: Step) -> bool:
    """Whether there is more to say of a step that was not proved than its verdict."""
    return step.verdict not in ("", "proved") and step.says not in ("", step.verdict)


def _below(step: Step) -> str:
    """A row under a step that was not proved: what is said of it, and what shows it, on click."""
    said = "".join(f"<p>{escape(line)}</p>" for line in step.witness)
    summary = escape(step.says or BADGES.get(step.verdict, (step.verdict,))[0])
    if not said:
        return (
            f'<tr class="below {anchor(step.verdict)}"><td class="number"></td>'
            f'<td class="sign"></td><td class="body" colspan="3"><div class="witness">'
            f"<p>{summary}</p></div></td></tr>"
        )
    return (
        f'<tr class="below {anchor(step.verdict)}"><td class="number"></td><td class="sign"></td>'
        f'<td class="body" colspan="3"><details class="witness"><summary>{summary}</summary>{said}'
        "</details></td></tr>"
    )


def _reason(note: Note, own: str, explain: bool) -> str:
    words = escape(note.words)
    if not note.details:
        return f'<div class="plain">{words}</div>'
    said = "".join(f"<dt>{escape(d.label)}</dt><dd>{_detail(d)}</dd>" for d in note.details)
    if explain:
        return f'<div class="rule"><span class="name">{words}</span><dl>{said}</dl></div>'
    tip = f'<div class="tip" role="tooltip" id="says-{own}"><dl>{said}</dl></div>'
    button = f'<button type="button" class="name" aria-describedby="says-{own}">{words}</button>'
    return f'<div class="rule">{button}{tip}</div>'


def _detail(detail: Detail) -> str:
    if detail.latex:
        return f'<span title="{escape(detail.text)}">{mathml(detail.latex, False)}</span>'
    text = escape(detail.text)
    return f"<code>{text}</code>" if detail.label in ("states", "needs") else text


def _conclusion(block: Block, own: str, explain: bool) -> list[str]:
    word, sign = BADGES.get(block.verdict, (block.verdict, ""))
    repeats = " repeats" if block.repeats and block.steps else ""
    rows = [f'<div class="conclusion {anchor(block.verdict)}{repeats}">']
    if block.verdict or block.badge:
        rows.append(f'<p><span class="badge">{sign} {escape(block.badge or word)}</span></p>')
    if block.statement:
        rows.append(f'<div class="scroll statement">{math(block.statement)}</div>')
    if block.reasons:
        shown = "".join(_reason(r, f"{own}-end-{k}", explain) for k, r in enumerate(block.reasons))
        rows.append(f'<div class="reason">{shown}</div>')
    rows += [f'<div class="scroll">{math(latex)}</div>' for latex in block.formulas]
    rows += [f'<p class="note">{escape(note)}</p>' for note in block.notes]
    return [*rows, "</div>"] if len(rows) > 1 else []
