"""A derivation in Markdown, as GitHub and MyST read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.render.latex import chain_rows, formula_label
from derive.render.notation import latex as formula
from derive.render.notation.names import printable
from derive.render.notation.outline import (
    VERDICTS,
    axioms_used,
    explanations,
    given,
    new_context,
    place,
    reason_words,
    reasons_used,
    remarks,
    shows_statement,
)

if TYPE_CHECKING:
    from derive.derivations import Derivation, Part

_SPECIAL = "\\`*_{}[]<>#|$&~!"

# Markdown takes a backslash before punctuation for its own; these names are safe.
_SAFE = ((r"\{", r"\lbrace "), (r"\}", r"\rbrace "), (r"\,", r"\thinspace "))


def render(derivation: Derivation, *, explain: bool = False, standalone: bool = False) -> str:
    """The derivation as Markdown with ``$$`` displays; ``standalone`` adds a heading."""
    lines = []
    title = escape(derivation.title or derivation.name)
    lines += [f"# {title}", ""] if standalone else [f"**{title}**", ""]
    where = place(derivation)
    lines += [f"{code(derivation.name)}" + (f", {code(where)}" if where else ""), ""]
    if derivation.assumptions:
        lines += ["Assumptions:", "", *(f"- {escape(a)}" for a in derivation.assumptions), ""]
    for index, part in enumerate(derivation.parts):
        lines += _part(derivation, index, part)
    for remark in remarks(derivation):
        lines += [escape(remark), ""]
    if axioms := axioms_used(derivation):
        lines += [f"Axioms used: {escape(axioms)}.", ""]
    if explain:
        lines += _explained(derivation)
    return "\n".join(lines).rstrip() + "\n"


def escape(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> print(escape("a*b <i>"))
    a\*b \<i\>
    """
    plain = printable(text)
    return "".join("\\" + c if c in _SPECIAL else c for c in plain)


def code(text: str) -> str:
    """Text as code, in as many backticks as it takes.

    >>> print(code("y in {0,1}"), code("a`b"))
    `y in {0,1}` `` a`b ``
    """
    plain = printable(text)
    ticks = "`"
    while ticks in plain:
        ticks += "`"
    return f"{ticks}{plain}{ticks}" if ticks == "`" else f"{ticks} {plain} {ticks}"


def safe(latex: str) -> str:
    """LaTeX whose backslashes Markdown leaves alone; row ends keep theirs."""
    parts = latex.split(r"\\")
    for old, new in _SAFE:
        parts = [part.replace(old, new) for part in parts]
    return r"\\".join(parts)


def _part(derivation: Derivation, index: int, part: Part) -> list[str]:
    lines = [f"**{escape(part.heading)}**", ""] if part.heading else []
    context = new_context(derivation, index)
    if context is not None and (entries := given(context)):
        lines += ["Given:", "", *(f"- {code(entry)}" for entry in entries), ""]
    if part.lines:
        lines += ["$$", r"\begin{aligned}", *map(safe, chain_rows(part)), r"\end{aligned}"]
        lines += ["$$", ""]
    verdict = VERDICTS.get(part.verdict, part.verdict)
    if shows_statement(part):
        statement = safe(formula(part.statement, part.context))
        lines += [f"**{verdict}:**", "", "$$", statement, "$$", ""]
    else:
        lines += [f"**{verdict}.**", ""]
    for label, value in part.details:
        shown = safe(f"{formula_label(label)} = {formula(value, part.context)}")
        lines += [f"- ${shown}$"]
    lines += [""] if part.details else []
    if part.reasons and not part.lines:
        lines += ["By " + escape(", ".join(map(reason_words, part.reasons))) + ".", ""]
    if part.witness is not None:
        lines += [f"Counterexample: {escape(part.witness.sentence())}", ""]
    return lines


def _explained(derivation: Derivation) -> list[str]:
    lines = ["Reasons:", ""]
    for reason in reasons_used(derivation):
        lines.append(f"- **{escape(reason_words(reason))}**")
        for label, text in explanations(reason):
            shown = code(text) if label in ("states", "needs") else escape(text)
            lines.append(f"  - {label}: {shown}")
    return lines if len(lines) > 2 else []
