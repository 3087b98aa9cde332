"""Positive parts: ``(x)_+`` is the larger one of 0 and x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex.symbols import RELATIONS
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.latex.formula import Formula
    from derive.latex.tokens import Token


def part(formula: Formula, base: Node) -> Node | None:
    """``(x)_+`` as the maximum of 0 and x; None for any other subscript."""
    braced = formula.ahead().text == "{"
    plus, after = formula.ahead(2 if braced else 1), formula.ahead(3 if braced else 2)
    if plus.text != "+" or (braced and after.text != "}"):
        return None
    if base.kind != "group" or base.text not in ("(", "[") or len(base.parts) != 1:
        message = "what this sign below stands for is not clear"
        raise formula.error(message, plus, r"write \max(0, x) for a positive part")
    before = _before_bracket(formula)
    if before is not None and not _begins_operand(before):
        message = "whether this is the positive part of the value or of the argument is not clear"
        raise formula.error(message, plus, r"write \max(0, ..)")
    for _ in range(4 if braced else 2):
        formula.take()
    zero = Node("number", base.start, base.start, "0")
    inner = formula.node("group", base.start, "(", [zero, base.parts[0]], [","])
    return formula.node("function", base.start, "Max", [inner])


def _before_bracket(formula: Formula) -> Token | None:
    """The token before the bracket that was closed last: places in the text do not tell, since
    all tokens of a macro have one."""
    depth, at = 0, formula.at - 1
    while at >= 0:
        depth += {"close": 1, "open": -1}.get(formula.tokens[at].kind, 0)
        if depth == 0:
            break
        at -= 1
    return formula.tokens[at - 1] if at > 0 else None


def _begins_operand(before: Token) -> bool:
    """Whether what stands behind a token is an operand of its own, and no argument."""
    sign = before.kind in ("mark", "command") and before.text in (
        *RELATIONS, "+", "-", r"\cdot", "*", "/", ",", "quad", "&", "{",
    )  # fmt: skip
    return sign or before.kind in ("open", "number")
