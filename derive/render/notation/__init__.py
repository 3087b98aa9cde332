"""How formulas look, in LaTeX and in Unicode text; and what the output formats share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.context import Context
    from derive.term import Term


def latex(t: Term, context: Context | None = None) -> str:
    r"""A formula, statement or domain in LaTeX, as a textbook prints it.

    With a context, values of abstract functions are printed as such: ``L(\theta)``.

    >>> from derive.functions import log
    >>> from derive.term import symbol
    >>> y, p = symbol("y"), symbol("p")
    >>> print(latex(-(y * log(p) + (1 - y) * log(1 - p))))
    -(y \log p + (1 - y) \log(1 - p))
    """
    from derive.render.notation.in_latex import LatexPrinter

    return LatexPrinter(context).formula(t)


def text(t: Term, context: Context | None = None) -> str:
    """A formula, statement or domain on one line of Unicode text.

    >>> from derive.functions import Sum, log
    >>> from derive.term import symbol
    >>> i, n, p = symbol("i"), symbol("n"), symbol("p")
    >>> text(-Sum(log(p[i]), (i, 1, n)) / n)
    '-(Σ_{i=1}^{n} log pᵢ)/n'
    """
    from derive.render.notation.in_text import TextPrinter

    return TextPrinter(context).formula(t)
