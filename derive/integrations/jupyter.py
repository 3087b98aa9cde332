r"""Terms, contexts, derivations, verdicts and witnesses as notebooks show them.

Every value has ``_repr_html_`` (MathML, so that no MathJax is needed) and ``_repr_latex_``
(for PDF).  ``%load_ext derive.integrations.jupyter`` puts the math font and the script that
copies LaTeX into the notebook, once.

>>> from derive.plain import read
>>> latex(read("x**2"))
'$\\displaystyle x^{2}$'
"""

from __future__ import annotations

from typing import Any

from derive.context import Context
from derive.derivations import Derivation
from derive.integrations.answers import short
from derive.refute.witness import Witness
from derive.render.latex import chain_rows
from derive.render.notation import latex as formula
from derive.render.notation.names import escape_latex
from derive.render.page import escape, math, script, section, stylesheet
from derive.render.page.data import Block, Sheet
from derive.term import Term
from derive.verdicts import Verdict


def html(value: object) -> str:
    """The value as HTML.  Raises TypeError for what is none of the kinds above."""
    if isinstance(value, Term):
        return _styled(f'<div class="derivation term">{math(formula(value))}</div>')
    return _styled(section(_sheet(value), level=0))


def latex(value: object) -> str:
    """The value as LaTeX between dollars.  Raises TypeError for what is none of the kinds."""
    if isinstance(value, Term):
        return rf"$\displaystyle {formula(value)}$"
    if isinstance(value, Derivation):
        return "\n\n".join(_of_part(part) for part in value.parts)
    if isinstance(value, Verdict):
        said = rf"\text{{{value.verdict.capitalize()}: }}"
        rows = [said + formula(value.statement, value.context)]
        if value.witness is not None:
            rows.append(rf"\text{{{escape_latex(value.witness.sentence())}}}")
        return _gathered(rows)
    if isinstance(value, Witness):
        return _gathered([rf"\text{{{escape_latex(value.sentence())}}}"])
    return _gathered([entry for entry, _ in _given(value)] or [r"\text{nothing is given}"])


def _gathered(rows: list[str]) -> str:
    return "$$\\begin{gathered}\n" + " \\\\\n".join(rows) + "\n\\end{gathered}$$"


def _of_part(part: Any) -> str:
    if part.lines:
        rows = "\n".join(chain_rows(part))
        return f"$$\\begin{{aligned}}\n{rows}\n\\end{{aligned}}$$"
    said = rf"\text{{{part.verdict.capitalize()}: }}"
    return _gathered([said + formula(part.statement, part.context)])


def _sheet(value: object) -> Sheet:
    if isinstance(value, Derivation):
        from derive.render.html import sheet

        return sheet(value._replace(file=short(value.file, ".")))
    if isinstance(value, Verdict):
        from derive.report.html import sheet as sheet_of_verdict

        return sheet_of_verdict(value)
    if isinstance(value, Witness):
        sentences = tuple(value.sentence().split("; "))
        return Sheet(blocks=(Block(verdict="refuted", badge="Counterexample", notes=sentences),))
    return Sheet(blocks=(Block(given=_given(value)),))


def _given(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Context):
        raise TypeError(f"a notebook has no picture of {type(value).__name__}")
    from derive.render.html import given_pairs

    return given_pairs(value)


def _styled(shown: str) -> str:
    return f"<style>{stylesheet()}</style>\n{shown}"


def load_ipython_extension(ipython: object) -> None:
    """``%load_ext derive.integrations.jupyter``: the font and the script, once a notebook."""
    del ipython
    from IPython.display import HTML, display

    said = escape("Pages of derive: font and script are loaded.")
    loaded = f"<style>{stylesheet(embed=True)}</style><script>{script()}</script>"
    display(HTML(f"{loaded}<small>{said}</small>"))  # type: ignore[no-untyped-call]  # IPython's
