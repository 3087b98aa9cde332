r"""A derivation in LaTeX: an ``align*`` with the reasons beside or below the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.notation import latex as formula
from derive.render.notation.heads import SIGNS
from derive.render.notation.in_latex import LatexPrinter
from derive.render.notation.latex_layout import rows, visible
from derive.render.notation.names import GREEK, escape_latex, printable
from derive.render.notation.outline import (
    VERDICTS,
    axioms_used,
    explanations,
    extra_given,
    given_in,
    new_context,
    place,
    reason_words,
    reasons_used,
    remarks,
    shows_statement,
)

if TYPE_CHECKING:
    from derive.context import Context
    from derive.derivations import Derivation, Line, Part

#: About how many characters of a formula fit a line of a page: alone, and with a reason.
_LINE, _BESIDE = 78, 52

#: The last letter of Latin Extended-A.
_LATIN = 0x17F

_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper,margin=25mm]{geometry}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
  \usepackage[utf8]{inputenc}
\else
  \usepackage{fontspec}
\fi
\usepackage{amsmath,amssymb}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
\raggedright
\allowdisplaybreaks
"""


def render(derivation: Derivation, *, explain: bool = False, standalone: bool = False) -> str:
    r"""The derivation as a fragment for a document that loads amsmath and amssymb.

    ``standalone`` gives a whole document.
    """
    lines = [f"% {printable(derivation.name)}: {printable(derivation.title)}"]
    where = place(derivation)
    lines += [f"% {printable(where)}"] if where else []
    if standalone:
        title = escape_latex(derivation.title or derivation.name)
        lines += [rf"\section*{{{title}}}", rf"\texttt{{{escape_latex(derivation.name)}}}", ""]
    if derivation.assumptions:
        lines += [r"\textbf{Assumptions.} " + escape_latex(" ".join(derivation.assumptions)), ""]
    for index, part in enumerate(derivation.parts):
        lines += _part(derivation, index, part)
    if said := remarks(derivation):
        lines += ["", escape_latex(" ".join(said))]
    if axioms := axioms_used(derivation):
        lines += ["", escape_latex(f"Axioms used: {axioms}.")]
    if explain:
        lines += _explained(derivation)
    fragment = "\n".join(lines) + "\n"
    return document(fragment) if standalone else fragment


def document(fragment: str) -> str:
    """A document that every TeX compiles, whatever letters the names and titles have."""
    letters = {letter: name for name, letter in GREEK.items()}
    # pdfTeX knows the Latin letters by itself and stops at any other that is not declared.
    others = sorted({c for c in fragment if ord(c) > _LATIN})
    declared = [
        rf"  \DeclareUnicodeCharacter{{{ord(c):04X}}}"
        + (rf"{{\ensuremath{{\{letters[c]}}}}}" if c in letters else "{?}")
        for c in others
    ]
    lines = [r"\ifPDFTeX", *declared, r"\fi"] if declared else []
    head = "".join(line + "\n" for line in lines)
    return f"{_PREAMBLE}{head}\\begin{{document}}\n{fragment}\\end{{document}}\n"


def _part(derivation: Derivation, index: int, part: Part) -> list[str]:
    lines = [rf"\paragraph{{{escape_latex(part.heading)}}}"] if part.heading else []
    context = new_context(derivation, index)
    lines += [] if context is None else entries_of(context)
    if part.lines:
        lines += [r"\begin{align*}", *chain_rows(part), r"\end{align*}"]
    return lines + _conclusion(part)


def entries_of(context: Context) -> list[str]:
    """What is given, as one line of formulas; nothing for the context without entries."""
    entries = given_in(context, LatexPrinter(context))
    if not entries:
        return []
    said = "; ".join(f"${entry}$" for entry in entries)
    return [rf"{{\raggedright\textbf{{Given}} {said}.\par}}"]


def chain_rows(part: Part) -> list[str]:
    r"""The rows of an alignment: a column for the sign, one for the formula, one for reasons.

    Reasons stand in rows of their own when a formula is too long for one beside it.
    """
    printed = [formula(line.term, line.context or part.context) for line in part.lines]
    beside = max(map(visible, printed)) <= _BESIDE
    found: list[str] = []
    for line, text in zip(part.lines, printed, strict=True):
        parts = rows(text, _LINE)
        reason = reason_latex(line, part)
        tail = rf" && {reason}" if reason and beside else ""
        found.append(f"  {_sign(line)}& {parts[0]}{tail}")
        found += [rf"  & \qquad {more}" for more in parts[1:]]
        if reason and not beside:
            found.append(rf"  & \qquad\qquad {reason}")
    return [row + r" \\" for row in found[:-1]] + found[-1:]


def _sign(line: Line) -> str:
    if not line.relation:
        return ""
    known = SIGNS.get(line.relation)
    sign = rf"\text{{{escape_latex(line.relation)}}}" if known is None else known[0]
    return f"{sign}{{}} "


def reason_latex(line: Line, part: Part) -> str:
    r"""The reasons of a line as one ``\text``; empty when it has none."""
    words = [reason_words(reason) for reason in line.reasons]
    words += [f"[{entry}]" for entry in extra_given(line, part)]
    return rf"\text{{{escape_latex(', '.join(words))}}}" if words else ""


def _conclusion(part: Part) -> list[str]:
    verdict = VERDICTS.get(part.verdict, part.verdict)
    lines = []
    if shows_statement(part):
        statement = rows(formula(part.statement, part.context), _LINE)
        body = " \\\\\n  & \\qquad ".join(statement)
        lines += [rf"\textbf{{{verdict}:}}", r"\begin{align*}", f"  & {body}", r"\end{align*}"]
    else:
        lines.append(rf"\textbf{{{verdict}.}}")
    for label, value in part.details:
        lines.append(f"${formula_label(label)} = {formula(value, part.context)}$;")
    if part.reasons and not part.lines:
        words = ", ".join(reason_words(reason) for reason in part.reasons)
        lines.append(escape_latex(f"By {words}."))
    if part.witness is not None:
        lines.append(escape_latex(f"Counterexample: {part.witness.sentence()}"))
    return lines


def formula_label(label: str) -> str:
    """The label of a detail, as a name in a formula."""
    from derive.render.notation.names import in_latex

    return in_latex(label)


def _explained(derivation: Derivation) -> list[str]:
    lines = ["", r"\begin{description}"]
    for reason in reasons_used(derivation):
        said = "; ".join(
            rf"{label}: \texttt{{{escape_latex(text)}}}"
            if label in ("states", "needs")
            else f"{label}: {escape_latex(text)}"
            for label, text in explanations(reason)
        )
        lines.append(rf"\item[{{{escape_latex(reason_words(reason))}}}] {said}")
    return [*lines, r"\end{description}"] if len(lines) > 2 else []
