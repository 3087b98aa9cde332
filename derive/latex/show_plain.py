r"""LaTeX as a line of a terminal: ``\mathrm{H}(X)`` is ``H(X)`` there."""

from __future__ import annotations

import re

from derive.latex.show import show
from derive.latex.tree import Node

#: What only says how letters look.
_FONT = re.compile(r"\\(?:math[a-z]+|operatorname\*?|text[a-z]*|boldsymbol|bm)\s*\{([^{}]*)\}")
#: Signs for which a keyboard has others.
_SIGNS = {r"\|": "||", r"\mid": "|", r"\cdot": "*", r"\,": " ", r"\;": " "}
_SIGN = re.compile("|".join(re.escape(s) + r"(?![A-Za-z])" for s in _SIGNS))
_COMMAND = re.compile(r"\\([A-Za-z]+) ?")
_GROUP = re.compile(r"\{(\\?\w+)\}")


def show_plain(node: Node) -> str:
    r"""The node without the commands and the braces that say how it looks.

    >>> from derive.latex import read
    >>> print(show_plain(read(r"\mathrm{H}(X \mid Y)")))
    H(X | Y)
    >>> print(show_plain(read(r"\mathbb{E}[\log \sigma_{i}]")))
    E[log sigma_i]
    """
    text = show(node)
    while (plain := _FONT.sub(r"\1", text)) != text:
        text = plain
    text = _SIGN.sub(lambda m: _SIGNS[m.group()], text)
    text = _GROUP.sub(r"\1", text)
    text = _COMMAND.sub(r"\1 ", text)
    text = re.sub(r"(?<=[\w\])]) (?=[(\[])", "", text)
    return re.sub(r" (?=[\])}_^,]|$)", "", re.sub(r"  +", " ", text))
