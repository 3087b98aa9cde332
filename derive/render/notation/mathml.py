"""LaTeX to MathML, behind one function."""

from __future__ import annotations

from html import escape
from typing import Any

from derive.render.notation.names import printable

_converter: list[Any] = []


def mathml(latex: str, display: bool = True) -> str:
    """The formula as a ``<math>`` element that is XML as well as HTML.

    What is no character that is seen shows as one that stands for it.  Where the converter is
    missing or does not know a command: the LaTeX itself, as code.
    """
    latex = printable(" ".join(latex.split()))
    try:
        if not _converter:
            from math_core import LatexToMathML

            _converter.append(LatexToMathML())
        found: str = _converter[0].convert_with_local_state(latex, displaystyle=display)
    # The converter's own error class cannot be named where the package is missing.
    except Exception:
        return f'<code class="latex">{inert(escape(latex))}</code>'
    # The one entity that HTML knows and XML does not; and a selector of calligraphic shapes
    # that fonts without it show as a box.
    return found.replace("&ApplyFunction;", "&#x2061;").replace("\ufe00", "")


def inert(html: str) -> str:
    """Text of HTML in which no reader of logs finds a command, ``##[error]``."""
    return html.replace("##", "#&#35;")
