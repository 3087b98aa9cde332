r"""What is attached to a factor: indices, exponents, primes, transposes, factorials.

An exponent in brackets, ``x^{(t)}``, is an index.  A subscript of letters side by side,
``y_{ij}``, is several indices; an upright word belongs to the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex import brackets, positive
from derive.latex.symbols import WORDS
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.latex.formula import Formula
    from derive.latex.tokens import Token

_STARS = frozenset(["*", r"\star"])
_TRANSPOSED = {r"\top": "top", r"\dagger": "dagger"}


def attached(formula: Formula, base: Node) -> Node:
    """The base with everything that follows it as a script or sign."""
    if base.kind == "entry" and not base.parts:
        return base
    lowered = False
    while True:
        token = formula.next
        if token.text == "_" and token.kind == "mark":
            if lowered:
                raise formula.error("two subscripts", token, "write both in one pair of braces")
            lowered = True
            part = positive.part(formula, base)
            base = _below(formula, base) if part is None else part
        elif token.text == "^" and token.kind == "mark":
            base = _above(formula, base)
        elif token.text == "'":
            base = _primed(formula, base)
        elif token.text == "!":
            base = _factorial(formula, base)
        elif brackets.is_evaluated(formula):
            if base.kind == "derivative":
                return brackets.evaluated(formula, base)
            if base.kind == "group":
                return base  # of a function, which the product before it knows
            repair = r"write \left. F \right|_a^b or \left[ F \right]_a^b"
            raise formula.error("how far to the left this bar reaches is not clear", token, repair)
        else:
            return base


def _below(formula: Formula, base: Node) -> Node:
    formula.take()
    items = indices(formula)
    if base.kind == "number":
        message = "a number has no index"
        raise formula.error(message, base, r"write \mathbb{1} for an indicator")
    if formula.next.text == "^" and base.kind == "group" and base.text == "[":
        formula.take()
        upper = formula.argument()
        if len(items) != 1:
            raise formula.error("at which variable these ends are put in is not clear", base)
        lower = items[0]
        return formula.node("evaluated", base.start, "", [base, lower, upper])
    if base.kind == "power":
        if base.parts[0].kind == "group":
            message = "whether the index or the exponent comes first is not clear"
            raise formula.error(message, items[0], "put brackets around what comes first")
        inner = _indexed(formula, base.parts[0], items)
        return formula.node("power", base.start, "", [inner, base.parts[1]])
    if base.kind == "decorated":
        return formula.node(
            "decorated", base.start, base.text, [_indexed(formula, base.parts[0], items)]
        )
    return _indexed(formula, base, items)


def _indexed(formula: Formula, base: Node, items: list[Node]) -> Node:
    """The base with further indices; words among them join its name."""
    if base.kind == "prime":
        return formula.node(
            "prime", base.start, base.text, [_indexed(formula, base.parts[0], items)]
        )
    if base.kind != "name":
        if base.kind not in ("group", "norm", "inner", "entry") or any(
            i.kind == "text" for i in items
        ):
            raise formula.error("an index stands behind what has no entries", items[0])
        parts = [*base.parts, *items] if base.kind == "entry" else [base, *items]
        return formula.node("entry", base.start, "", parts)
    text = base.text
    kept: list[Node] = []
    for item in items:
        if item.kind == "text":
            # The star stands last, whichever of the two is written first.
            plain = text.removesuffix("_star")
            text = plain + "_" + item.text + text[len(plain) :]
        else:
            kept.append(item)
    above = [p for p in base.parts if p.kind == "group" and p.text == "^"]
    below = [p for p in base.parts if not (p.kind == "group" and p.text == "^")]
    return formula.node("name", base.start, text, [*below, *kept, *above], base.notes)


def indices(formula: Formula) -> list[Node]:
    """The indices that a subscript holds; a word that belongs to the name is a ``text``."""
    token = formula.next
    if _is_word(token):
        return [_word(formula)]
    if token.kind == "number" and len(token.text) > 1:
        message = "TeX lowers the first digit only"
        raise formula.error(message, token, f"write _{{{token.text}}}")
    if not formula.accept("{"):
        return [formula.argument()]
    found: list[Node] = []
    indexing, formula.indexing = formula.indexing, True
    while True:
        found += _split(_item(formula))
        if not (formula.accept(",") or formula.accept(";")):
            break
    formula.indexing = indexing
    if formula.next.text == ":" and len(found) == 1:
        formula.take()
        found = [formula.node("group", found[0].start, "", [found[0], formula.sum()], [":"])]
    elif formula.next.text in ("|", r"\mid"):
        sign = formula.take()
        rest = brackets.listed(formula)
        found = [
            formula.node(
                "group", found[0].start, "", [*found, rest], [*"," * (len(found) - 1), "|"]
            )
        ]
        del sign
    formula.expect("}")
    return found


def _is_word(token: Token) -> bool:
    r"""Whether a token is a word that can belong to a name, as in ``x_{\max}``."""
    return token.kind in ("word", "text") or (token.kind == "command" and token.text[1:] in WORDS)


def _word(formula: Formula) -> Node:
    token = formula.take()
    word = "".join(c for c in token.text if c.isalnum())
    return Node("text", token.start, token.end, word)


def _item(formula: Formula) -> Node:
    if _is_word(formula.next) and formula.ahead().text in (",", ";", "}"):
        return _word(formula)
    return formula.statement()


def _split(item: Node) -> list[Node]:
    """Indices written side by side, taken apart; ``2k`` may be a product and stays one."""
    if item.kind != "juxtapose":
        return [item]
    first, *rest = item.parts
    if any(p.kind not in ("name", "number") for p in item.parts):
        return [item]
    product = first.kind == "number" and first.text not in ("0", "1")
    return [item] if product else [first, *rest]


def _above(formula: Formula, base: Node) -> Node:
    sign = formula.take()
    braced = formula.next.text == "{"
    word = formula.ahead() if braced else formula.next
    alone = not braced or formula.ahead(2).text == "}"
    if alone and word.text in _STARS and base.kind in ("name", "prime"):
        _skip(formula, braced)
        if base.kind == "prime" or base.text.endswith("_star"):
            raise formula.error("marks are stacked here", word)
        return formula.node("name", base.start, base.text + "_star", base.parts, base.notes)
    if alone and (word.text in _TRANSPOSED or (word.kind == "word" and word.text == "T")):
        _skip(formula, braced)
        return formula.node("decorated", base.start, _TRANSPOSED.get(word.text, "top"), [base])
    if alone and _is_word(word) and len(word.text) > 1 and base.kind == "name":
        _skip(formula, braced)
        label = Node("text", word.start, word.end, "".join(c for c in word.text if c.isalnum()))
        return _indexed(formula, base, [label])
    if alone and word.kind == "word":
        message = f"what an upright {word.text} above means is not known"
        raise formula.error(message, word, r"write ^\top for a transpose")
    if alone and word.text == r"\prime":
        _skip(formula, braced)
        return formula.node("prime", base.start, "1", [base])
    if base.kind == "power":
        raise formula.error("two exponents", sign, "put the first power in braces")
    if formula.next.kind == "number" and len(formula.next.text) > 1:
        repair = f"write ^{{{formula.next.text}}}"
        raise formula.error("TeX raises the first digit only", formula.next, repair)
    if formula.next.kind == "open" or formula.next.text in ("+", "-", "|"):
        raise formula.error("the exponent is not in braces", formula.next, "write ^{..}")
    exponent = formula.argument()
    if braced and exponent.kind == "group" and exponent.text == "(" and base.kind == "name":
        plain = all(p.kind in ("name", "number") for p in exponent.parts)
        if base.text == "e" and not base.parts and not plain:
            return formula.node("power", base.start, "", [base, exponent])
        if not plain or base.text == "e":
            message = "whether this is an index or an exponent is not clear"
            raise formula.error(message, exponent, "write an exponent without brackets")
        mark = exponent._replace(text="^")
        return formula.node("name", base.start, base.text, [*base.parts, mark], base.notes)
    listed = exponent.kind == "inner" or (exponent.kind == "group" and exponent.text in ("[", "{"))
    if braced and listed and base.kind == "name" and base.text != "e":
        # Layers of a network, batches: a^{[2]} is no square.
        raise formula.error(
            "whether this is an index or an exponent is not clear", exponent,
            "write an index below the letter, or in round brackets above it",
        )  # fmt: skip
    if exponent.kind == "name" and exponent.text.endswith("_underline"):
        raise formula.error("falling powers are not read", exponent, r"write \frac{n!}{(n-k)!}")
    if exponent.kind == "juxtapose" and exponent.parts[-1].kind == "group":
        first, second = exponent.parts[0], exponent.parts[-1]
        if first.kind == "number" and [p.kind for p in second.parts] == ["name"]:
            message = "whether this is an index behind an exponent is not clear"
            raise formula.error(message, second, "write {x^{(t)}}^2")
    if base.kind == "decorated":
        raise formula.error("two exponents", sign, "put the first in brackets")
    return formula.node("power", base.start, "", [formula.firm(base, 9), exponent])


def _skip(formula: Formula, braced: bool) -> None:
    """Pass over one token, and the braces around it."""
    for _ in range(3 if braced else 1):
        formula.take()


def _primed(formula: Formula, base: Node) -> Node:
    if base.kind not in ("name", "group", "prime"):
        raise formula.error("a prime stands behind what is no name", formula.next)
    count = 0
    while formula.next.text == "'":
        formula.take()
        count += 1
    return formula.node("prime", base.start, str(count), [base])


def _factorial(formula: Formula, base: Node) -> Node:
    sign = formula.take()
    double = formula.next.text == "!"
    if double:
        formula.take()
    if base.kind in ("power", "derivative"):
        message = "what this factorial is taken of is not clear"
        raise formula.error(message, sign, "put brackets around it")
    if formula.next.text == "!" or base.kind == "factorial":
        raise formula.error("several factorial signs", sign, "write (n!)! or what is meant")
    return formula.node("factorial", base.start, "2" if double else "", [formula.firm(base, 9)])
