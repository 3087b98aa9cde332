r"""Names: letters and words with their accents and fonts.

The name of ``\hat{\mathbf x}`` is ``x_bold_hat``, of ``\lambda`` ``lambda``, of
``\mathrm{MSE}`` ``MSE``: one name for each symbol that a reader tells apart.  An upright
letter or word is noted as ``upright``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex.symbols import ACCENTS, FONTS, LETTERS, UPRIGHT_LETTERS, WORDS
from derive.latex.tree import Node
from derive.render.notation.names import GREEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derive.latex.formula import Formula


def name(formula: Formula) -> Node:
    """The name at this place, without the scripts behind it."""
    token = formula.take()
    if token.kind == "letter":
        return Node("name", token.start, token.end, token.text)
    if token.kind == "word":
        if token.text == "d" and formula.begins_factor() and formula.next.kind != "open":
            raise formula.error("a differential stands outside an integral", token)
        return Node("name", token.start, token.end, token.text, (), ("upright",))
    if token.text in LETTERS:
        text = LETTERS[token.text]
        notes = ("upright",) if text in UPRIGHT_LETTERS else ()
        return Node("name", token.start, token.end, text, (), notes)
    word = ACCENTS.get(token.text) or FONTS[token.text]
    inner = _inner(formula)
    text = _with(inner.text, word, accent=token.text in ACCENTS)
    return formula.node("name", token.start, text, inner.parts, inner.notes)


def _inner(formula: Formula) -> Node:
    """What an accent or a font is set on: one name, possibly with indices."""
    place = formula.next
    if formula.next.kind == "number" and formula.next.text[:1] == "1":
        return _one(formula)
    if formula.next.text == "{" and formula.ahead().text == "1" and formula.ahead(2).text == "}":
        formula.take()
        found = _one(formula)
        formula.take()
        return found
    found = formula.argument()
    if found.kind != "name":
        message = "an accent or font is set on more than one name"
        raise formula.error(message, place, "set it on each name")
    return found


def _one(formula: Formula) -> Node:
    r"""The figure of ``\mathbb{1}``, as a name."""
    found = formula.argument()
    return found._replace(kind="name", text="one")


def _with(text: str, word: str, *, accent: bool) -> str:
    """A name with one more mark: fonts stand before accents, both before other words."""
    base, *words = text.split("_")
    marks = set(ACCENTS.values()) | set(FONTS.values())
    k = 0
    while k < len(words) and words[k] in marks and (accent or words[k] not in ACCENTS.values()):
        k += 1
    return "_".join([base, *words[:k], word, *words[k:]])


def ellipsis(formula: Formula) -> Node:
    """Three dots."""
    token = formula.take()
    return Node("ellipsis", token.start, token.end)


def words(formula: Formula, factors: Sequence[Node]) -> tuple[str, ...]:
    """What letters that stand side by side without a blank spell: ``MSE``, ``ab``.

    Raises UnreadableError if they spell a function.
    """
    found: list[str] = []
    run: list[Node] = []
    for factor in factors:
        base = factor
        while base.kind in ("power", "prime"):
            base = base.parts[0]
        if base.kind == "name" and len(base.text) == 1:
            if run and run[-1].end != base.start:
                _word(formula, run, found)
                run = []
            run.append(base)
            if base is factor and not base.parts:
                continue
        _word(formula, run, found)
        run = []
    _word(formula, run, found)
    return tuple(found)


def _word(formula: Formula, run: Sequence[Node], found: list[str]) -> None:
    """Add what a run of letters spells."""
    if len(run) < 2:
        return
    word = "".join(n.text for n in run)
    if word in WORDS or (len(word) > 2 and word in GREEK):
        message = f"{word} is written as a product of letters"
        raise formula.error(message, run[0], f"write \\{word}")
    found.append(word)
