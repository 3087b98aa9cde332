"""How notebooks show a value: two methods that terms, contexts, derivations and so on share.

They stand at the bottom of the house and fetch what they need when a notebook asks.
"""

from __future__ import annotations


def html(self: object) -> str:
    """The value as HTML with MathML; notebooks ask for it as ``_repr_html_``."""
    from derive.integrations import jupyter

    return jupyter.html(self)


def latex(self: object) -> str:
    """The value as LaTeX between dollars; notebooks ask for it as ``_repr_latex_``."""
    from derive.integrations import jupyter

    return jupyter.latex(self)
