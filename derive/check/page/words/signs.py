"""Letters of which a page says something that leaves no sign of them to be assumed.

Where a page says nothing of a symbol a formula may be read for positive values.  A random
variable takes the values that its law gives it, and of a number that "may be negative" nobody
takes the root of the square for the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from derive.check.page.words.declared import said_by
from derive.document import Document, Piece
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node

#: Words of sentences that speak of random variables.
_RANDOM = re.compile(
    r"\brandom\b|\bi\.?i\.?d\b|\bdistributed\b|\b(?:normal|gaussian|noise)\b", re.IGNORECASE
)
#: Words of sentences that say that a number may lie below zero.
_BELOW = re.compile(
    r"(?<!non-)(?<!non )(?<!not )\bnegative(?! (?:log|binomial|class|example|sample|label|case"
    r"|predict|rate|result|test|gradient|entrop|hypothes|likelihood)|-)\b"
    r"|\b(?:any|either|both|arbitrary|unknown|opposite) signs?\b|\bsigned\b|\bhas a sign\b"
    r"|\b(?:less than|below) zero\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;](?=\s|$)")

Readable = Callable[[str], Node | None]


def without_sign(document: Document, readable: Readable) -> frozenset[str]:
    """The letters of which the prose says that they are random or may be negative: by a sentence,
    or by a relation such as ``x < 0``.

    >>> from derive.document import read
    >>> from derive.latex import read as node
    >>> page = read("a.md", "Here $v$ may be negative. Then $w < 0$; and $z > 0$.")
    >>> sorted(without_sign(page, lambda text: node(text, {})))
    ['v', 'w']
    """
    found: set[str] = set()
    for sentence, formulas in _sentences(document):
        below, random = _BELOW.search(sentence), _RANDOM.search(sentence)
        for node in filter(None, (readable(f.text) for f in formulas)):
            names = _names(node)
            found.update(names if below else [n for n in names if random and n[:1].isupper()])
            found.update(below_zero(node))
    return frozenset(found)


def below_zero(node: Node) -> Iterator[str]:
    """The names of which a relation says that they are at most zero, or a negative number."""
    for one in said_by(node) if node.kind == "relation" else ():
        for sign, other in one.signs:
            negative = other.kind == "neg" and other.parts[0].kind == "number"
            zero = other.kind == "number" and float(other.text) == 0
            if (sign in ("<", "<=") and (zero or negative)) or (sign == "=" and negative):
                yield spelled(one.name) or one.name.text


def _names(node: Node) -> list[str]:
    """The letters that a formula lists, alone or one after the other."""
    parts = node.parts if node.kind == "group" and node.text == "" else (node,)
    return [spelled(n) if not n.parts else n.text for n in parts if n.kind == "name"]  # type: ignore[misc]


def _sentences(document: Document) -> Iterator[tuple[str, list[Piece]]]:
    """The sentences of the prose, each with the formulas in it."""
    inline = [p for p in document.pieces if p.kind == "inline"]
    for piece in document.pieces:
        if piece.kind != "prose":
            continue
        start = 0
        ends = [m.end() for m in _SENTENCE.finditer(piece.text)]
        for end in (*ends, len(piece.text)):
            text = piece.text[start:end]
            if text.strip():
                low, high = piece.offset(start), piece.offset(end - 1)
                yield text, [p for p in inline if low <= p.start <= high]
            start = end
