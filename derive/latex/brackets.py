r"""Brackets of every kind, and the bars that may be brackets, separators or conditions.

A bar where an operand is expected opens.  Between operands it closes the bar that is open;
else it separates, as in ``p(y | x)``, when it has no partner on its level, and opens when
it has one, as in ``2|x|``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex import environments
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.latex.formula import Formula
    from derive.latex.tokens import Token

_KINDS = {
    r"\lvert": "abs",
    r"\lVert": "norm",
    r"\langle": "inner",
    r"\lfloor": "floor",
    r"\lceil": "ceil",
}
_SEPARATORS = {",": ",", ";": ";", ":": ":", r"\mid": "|"}


def bars_between(formula: Formula) -> str:
    """What a bar between operands means from here to the end of this level."""
    single = double = depth = 0
    at = formula.at
    tokens = formula.tokens
    while tokens[at].kind != "end":
        token = tokens[at]
        if token.kind == "open" or token.text in ("{", r"\begin"):
            depth += 1
        elif token.kind == "close" or token.text in ("}", r"\end"):
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and token.text == "||":
            double += 1
        elif depth == 0 and token.text == "|":
            if tokens[at + 1].text == "|":
                double += 1
                at += 1
            else:
                single += 1
        at += 1
    if single % 2:
        return "apart"
    return "apart2" if double == 1 and not single else "open"


def separator(formula: Formula) -> str:
    """The separator that comes next, if one does; it is read."""
    token = formula.next
    if token.kind in ("open", "close", "text"):
        return ""
    if token.text in _SEPARATORS:
        formula.take()
        return _SEPARATORS[token.text]
    twice = token.text == "||" or (token.text == "|" and formula.ahead().text == "|")
    if formula.bars == "apart2" and twice:
        formula.take()
        formula.accept("|")
        return "||"
    if formula.bars == "apart" and token.text == "|" and not twice:
        formula.take()
        return "|"
    return ""


def items(formula: Formula) -> tuple[list[Node], list[str]]:
    """What stands between separators, and the separators."""
    found = [formula.statement()]
    signs: list[str] = []
    while sign := separator(formula):
        if sign in ("|", "||") and sign in signs:
            raise formula.error("two bars separate here", formula.next, r"write \lvert x \rvert")
        signs.append(sign)
        found.append(formula.statement())
    return found, signs


def listed(formula: Formula) -> Node:
    """One formula, or several with separators between them as a group without brackets.

    ``i, j = 1`` is a relation of the list on its left, ``i = 1, \\ldots, n`` one to a list.
    """
    start = formula.next.start
    found, signs = items(formula)
    if not signs:
        return found[0]
    related = [n.kind for n in found].count("relation")
    last = found[-1]
    if set(signs) == {","} and related == 1 and last.kind == "relation":
        names = Node("group", start, last.parts[0].end, "", (*found[:-1], last.parts[0]), (*signs,))
        return last._replace(start=start, parts=(names, *last.parts[1:]))
    if _is_range(found, signs):
        first = found[0]
        values = [first.parts[-1], *found[1:]]
        rest = formula.node("group", values[0].start, "", values, signs)
        return formula.node("relation", start, first.text, [first.parts[0], rest])
    return formula.node("group", start, "", found, signs)


def _is_range(found: list[Node], signs: list[str]) -> bool:
    r"""Whether a list is ``i = 1, \ldots, n``."""
    return (
        found[0].kind == "relation"
        and len(found[0].parts) == 2
        and set(signs) == {","}
        and any(n.kind == "ellipsis" for n in found)
        and all(n.kind != "relation" for n in found[1:])
    )


def group(formula: Formula) -> Node:
    """What stands in brackets or bars at this place."""
    opening = formula.next
    outside, formula.bars = formula.bars, "open"
    indexing, formula.indexing = formula.indexing, False
    integrals, formula.integrals = formula.integrals, []
    try:
        formula.take()
        if opening.kind != "open":
            return _barred(formula, opening)
        if opening.text == r"\{" and environments.is_braced(formula):
            return environments.braced(formula, opening)
        formula.bars = bars_between(formula)
        found, signs = items(formula)
        return _closed(formula, opening, found, signs)
    finally:
        formula.bars, formula.integrals, formula.indexing = outside, integrals, indexing


def _barred(formula: Formula, opening: Token) -> Node:
    """``|x|`` or ``||x||``, with bars that do not tell which side they are."""
    double = opening.text == "||" or (
        formula.next.text == "|" and formula.next.start == opening.end
    )
    if double:
        formula.accept("|")
    formula.bars = "close"
    inner = formula.sum()
    if opening.text == "||":
        formula.expect("||")
    else:
        formula.expect("|")
        if double:
            formula.expect("|")
    return formula.node("norm" if double else "abs", opening.start, "", [inner])


def _closed(formula: Formula, opening: Token, found: list[Node], signs: list[str]) -> Node:
    closing = formula.next
    if closing.kind != "close":
        raise formula.unexpected("; the bracket before it is still open")
    formula.take()
    shape = opening.text + closing.text
    if opening.text == r"\left." and closing.text == r"\lvert":
        return _at(formula, opening, found)
    if shape in ("([", "[(") and signs == [","]:
        return formula.node("group", opening.start, "(]" if shape == "([" else "[)", found, signs)
    if opening.text != closing.text:
        raise formula.error("the brackets do not match", closing)
    if opening.text == r"\left.":
        inner = formula.node("group", opening.start, "", found, signs) if signs else found[0]
        return formula.hide(inner)
    kind = _KINDS.get(opening.text, "group")
    if kind in ("abs", "norm", "floor", "ceil") and signs:
        raise formula.error("a list stands where one formula is expected", found[1])
    text = opening.text.lstrip("\\") if kind == "group" else ""
    return formula.node(kind, opening.start, text, found, signs)


def _at(formula: Formula, opening: Token, found: list[Node]) -> Node:
    r"""``\left. F \right|_a^b`` and ``\left. F \right|_{x=a}``."""
    limits = {"_": Node("nothing", opening.start, opening.start), "^": None}
    for sign in ("_", "^", "_"):
        if formula.next.text == sign:
            formula.take()
            if formula.accept("{"):
                limits[sign] = listed(formula)
                formula.expect("}")
            else:
                limits[sign] = formula.argument()
    lower, upper = limits["_"], limits["^"]
    if len(found) > 1 or lower is None or lower.kind == "nothing":
        raise formula.error("what this bar means is not clear", opening)
    upper = upper or Node("nothing", lower.end, lower.end)
    return formula.node("evaluated", opening.start, "", [found[0], lower, upper])


def is_evaluated(formula: Formula) -> bool:
    """Whether a bar comes next that closes nothing and has an index: ``|_{x=a}``."""
    bar = formula.next.text == "|" and formula.next.kind == "mark"
    return bar and formula.ahead().text == "_" and formula.bars != "close"


def evaluated(formula: Formula, body: Node) -> Node:
    r"""A value at a point, ``f(x)|_{x=a}``, of what stands before the bar."""
    opening = formula.take()
    return _at(formula, opening._replace(start=body.start), [body])


def at_point(formula: Formula, factors: list[Node]) -> Node:
    r"""``f(x)|_{x=a}``: a function of its argument at a point; nothing more may stand before."""
    if [f.kind for f in factors] not in (["name", "group"], ["prime", "group"]):
        repair = r"write \left. F \right|_a^b or \left[ F \right]_a^b"
        message = "how far to the left this bar reaches is not clear"
        raise formula.error(message, formula.next, repair)
    return evaluated(formula, formula.node("juxtapose", factors[0].start, "", factors))


def invisible(formula: Formula) -> Node:
    r"""Braces, which only TeX sees; ``{n \choose k}`` and ``{a \over b}``."""
    start = formula.expect("{").start
    if formula.accept("}"):
        return formula.primary()
    inner = listed(formula)
    sign = formula.next.text
    if sign in (r"\choose", r"\over"):
        formula.take()
        second = listed(formula)
        formula.expect("}")
        if sign == r"\choose":
            return formula.node("binomial", start, "", [inner, second])
        return formula.node("divide", start, "frac", [inner, second])
    formula.expect("}")
    return formula.hide(inner)


def annotated(formula: Formula) -> Node:
    r"""``\underbrace{..}_{words}``: the words are an annotation and are passed over."""
    formula.take()
    found = invisible(formula)
    if formula.next.text in ("_", "^"):
        formula.take()
        depth = 0
        while True:
            token = formula.take()
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth <= 0 or token.kind == "end":
                break
    return found
