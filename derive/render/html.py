"""A derivation as HTML: native MathML, one table row a step, readable without scripts."""

from __future__ import annotations

from html import escape as escaped
from typing import TYPE_CHECKING

from derive.render.latex import formula_label
from derive.render.notation import latex as formula
from derive.render.notation.heads import SIGNS
from derive.render.notation.in_latex import LatexPrinter
from derive.render.notation.mathml import mathml
from derive.render.notation.names import printable
from derive.render.notation.outline import (
    VERDICTS,
    axioms_used,
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
from derive.render.notation.style import stylesheet

if TYPE_CHECKING:
    from derive.context import Context
    from derive.derivations import Derivation, Line, Part, Reason

__all__ = ["render", "stylesheet"]


def escape(text: str) -> str:
    """Text that HTML shows as it is, without control characters."""
    return escaped(printable(text))


#: The sign in front of a verdict.
MARKS = {"proved": "\N{CHECK MARK}", "refuted": "\N{BALLOT X}"}


def render(derivation: Derivation, *, explain: bool = False, standalone: bool = False) -> str:
    """The derivation as a ``<section>``; ``standalone`` gives a whole page.

    The page needs no network, no script and no font of the reader's.  The section alone
    wants ``stylesheet()`` on its page.  ``explain`` opens the details of every reason.
    """
    name = escape(derivation.name)
    where = place(derivation)
    rows = [f'<section class="derivation" id="derivation-{_anchor(derivation.name)}">']
    rows += ["<header>", f"<h1>{escape(derivation.title or derivation.name)}</h1>"]
    rows.append(f'<p class="place"><code>{name}</code>{_place(where)}</p>')
    rows.append("</header>")
    if derivation.assumptions:
        items = "".join(f"<li>{escape(a)}</li>" for a in derivation.assumptions)
        rows.append(f'<div class="given"><h2>Assumptions</h2><ul>{items}</ul></div>')
    for index, part in enumerate(derivation.parts):
        rows += _part(derivation, index, part, explain)
    rows += [f'<p class="remark">{escape(remark)}</p>' for remark in remarks(derivation)]
    if axioms := axioms_used(derivation):
        count = len(derivation.axioms)
        unfolded = ' open="open"' if explain else ""
        summary = f"<summary>Axioms used: {count}</summary>"
        rows.append(f'<details class="remark"{unfolded}>{summary}{escape(axioms)}</details>')
    rows.append("</section>")
    section = "\n".join(rows) + "\n"
    return page(derivation.title or derivation.name, section) if standalone else section


def page(title: str, section: str) -> str:
    """A whole page around a section; it needs no network, script or font of the reader's."""
    title = escape(title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta name="color-scheme" content="light dark"/>\n'
        f"<title>{title}</title>\n<style>\n{stylesheet(embed=True)}</style>\n</head>\n"
        f'<body class="derivation-page">\n<main>\n{section}</main>\n</body>\n</html>\n'
    )


def _anchor(name: str) -> str:
    """The name as the value of an ``id``: letters, digits and hyphens."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name)


def _place(where: str) -> str:
    return f' <span class="file">{escape(where)}</span>' if where else ""


def math(latex: str, display: bool = True) -> str:
    """A formula as MathML, with its LaTeX beside it for those who copy it."""
    return f'<span class="formula" data-latex="{escape(latex)}">{mathml(latex, display)}</span>'


def _part(derivation: Derivation, index: int, part: Part, explain: bool) -> list[str]:
    rows = [f"<h2>{escape(part.heading)}</h2>"] if part.heading else []
    context = new_context(derivation, index)
    rows += [] if context is None else entries_of(context)
    if part.lines:
        rows += chain(part, f"{_anchor(derivation.name)}-{index + 1}", explain)
    return rows + _conclusion(part, explain)


def entries_of(context: Context) -> list[str]:
    """What is given, as a list of formulas; nothing for the context without entries."""
    entries = given_in(context, LatexPrinter(context))
    if not entries:
        return []
    items = "".join(
        f'<li title="{escape(text)}">{math(entry, False)}</li>'
        for text, entry in zip(given(context), entries, strict=True)
    )
    return [f'<div class="given"><h3>Given</h3><ul>{items}</ul></div>']


def chain(part: Part, anchor: str, explain: bool = False) -> list[str]:
    """The lines of a part as a table; the rows have anchors ``step-ANCHOR-NUMBER``."""
    rows = ['<div class="steps">', '<table class="chain">', "<tbody>"]
    rows += [_row(anchor, k, line, part, explain) for k, line in enumerate(part.lines)]
    return [*rows, "</tbody>", "</table>", "</div>"]


def _row(anchor: str, k: int, line: Line, part: Part, explain: bool) -> str:
    number = str(k) if k else ""
    known = SIGNS.get(line.relation, ("", line.relation))[1] if line.relation else ""
    body = math(formula(line.term, line.context or part.context))
    reasons = "".join(_reason(reason, explain) for reason in line.reasons)
    reasons += "".join(f'<span class="case">{escape(e)}</span>' for e in extra_given(line, part))
    verdict = _tick(line, part) if k else ""
    return (
        f'<tr id="step-{anchor}-{k}"><td class="number">{number}</td>'
        f'<td class="sign">{escape(known)}</td><td class="body">{body}</td>'
        f'<td class="reason">{reasons}</td><td class="verdict">{verdict}</td></tr>'
    )


def _tick(line: Line, part: Part) -> str:
    """A mark for a step that a theorem proves."""
    proved = line.theorem is not None or part.verdict == "proved"
    return f'<span class="mark" title="proved">{MARKS["proved"]}</span>' if proved else ""


def _reason(reason: Reason, explain: bool) -> str:
    words = escape(reason_words(reason))
    said = explanations(reason)
    if not said or reason.kind == "given":
        return f'<span class="plain">{words}</span>'
    items = "".join(
        f"<dt>{label}</dt><dd>{_code(label, escape(text))}</dd>" for label, text in said
    )
    unfolded = ' open="open"' if explain else ""
    return f"<details{unfolded}><summary>{words}</summary><dl>{items}</dl></details>"


def _code(label: str, text: str) -> str:
    return f"<code>{text}</code>" if label in ("states", "needs") else text


def _conclusion(part: Part, explain: bool) -> list[str]:
    verdict = VERDICTS.get(part.verdict, part.verdict)
    kind = _anchor(part.verdict)
    mark = MARKS.get(part.verdict, "")
    rows = [f'<div class="conclusion {kind}">']
    rows.append(f'<p><span class="badge">{mark} {escape(verdict)}</span></p>')
    if shows_statement(part):
        rows.append(f'<div class="scroll">{math(formula(part.statement, part.context))}</div>')
    if part.reasons:
        shown = "".join(_reason(reason, explain) for reason in part.reasons)
        rows.append(f'<div class="reason">{shown}</div>')
    for label, value in part.details:
        latex = f"{formula_label(label)} = {formula(value, part.context)}"
        rows.append(f'<div class="scroll">{math(latex)}</div>')
    if part.witness is not None:
        rows.append(f'<p class="witness">Counterexample: {escape(part.witness.sentence())}</p>')
    rows.append("</div>")
    return rows
