r"""Names in LaTeX: ``x_bold_hat_max`` is ``\hat{\mathbf{x}}_{\mathrm{max}}``."""

from __future__ import annotations

from collections.abc import Callable

from derive.latex.symbols import ACCENTS, FONTS, LETTERS, UPRIGHT_LETTERS, WORDS
from derive.latex.tree import Node

_MARKS = {word: sign for sign, word in (*FONTS.items(), *ACCENTS.items())}
_LETTERS = {word: sign for sign, word in LETTERS.items()}


def upright(word: str) -> str:
    """An upright word."""
    return rf"\mathrm{{{word}}}"


def name(node: Node, show: Callable[[Node], str]) -> str:
    """A name with its indices, which ``show`` prints."""
    base, *words = node.text.split("_")
    if base in WORDS and "upright" in node.notes:
        # By itself the word would be a function.
        base, words = r"\_".join([base, *words]), []
    text = _letter(base, "upright" in node.notes)
    starred = words[-1:] == ["star"]
    if starred:
        words.pop()
    while words and words[0] in _MARKS:
        text = rf"{_MARKS[words.pop(0)]}{{{text}}}"
    below = [upright(word) for word in words]
    below += [show(p) for p in node.parts if not _above(p)]
    if below:
        text += f"_{{{', '.join(below)}}}"
    if starred:
        text += "^{*}"
    for mark in filter(_above, node.parts):
        text = ("{" + text + "}" if starred else text) + f"^{{{show(mark)}}}"
    return text


def _above(part: Node) -> bool:
    return part.kind == "group" and part.text == "^"


def _letter(base: str, is_upright: bool) -> str:
    if base == "one":
        return "1"
    if base in _LETTERS and (base in UPRIGHT_LETTERS or not is_upright):
        return _LETTERS[base]
    return base if len(base) == 1 and not is_upright else upright(base)
