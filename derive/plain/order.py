"""Which operator of a formula binds which operands: told by Python's parser.

Python sees a copy of the text in which every name and number is a placeholder ``_k``, so
that ``lambda`` is a name and no number is ever converted by Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.plain.text import Piece, ReadError

if TYPE_CHECKING:
    import ast


def parse(piece: Piece) -> tuple[ast.expr, dict[int, int]]:
    """Python's tree of a formula, and the number of the token at each column of that copy.

    Raises ReadError.
    """
    import ast

    check_order(piece)
    columns: dict[int, int] = {}
    words, column = [], 0
    for k, token in enumerate(piece.tokens):
        columns[column] = k
        words.append(token.text if token.kind == "sign" else f"_{k}")
        column += len(words[-1]) + 1
    try:
        return ast.parse(" ".join(words), mode="eval").body, columns
    except SyntaxError as e:
        at = max((c for c in columns if c < (e.offset or 1)), default=0)
        token = piece.tokens[columns[at]]
        raise piece.error_at(token, f"{token.text} cannot stand here") from None
    except (RecursionError, MemoryError, ValueError):
        raise piece.error("the formula is too deep to be read") from None


def check_order(piece: Piece) -> None:
    """Operands and operators take turns and brackets pair up.  Raises ReadError.

    What passes is an expression to Python too, up to oddities; the messages are ours.
    """
    if not piece.tokens:
        raise piece.error("a formula is missing here")
    opened: list[str] = []
    operand = True  # whether an operand is expected next
    before = ""
    for token in piece.tokens:
        word = token.text
        if word in ("==", ":=", "..", "~", "{", "}", ";") and token.kind == "sign":
            raise piece.error_at(token, f"{word} cannot stand inside a formula", _advice(word))
        if token.kind != "sign":
            if not operand:
                message = f"{word[:40]} follows {before[:40]} without a sign"
                raise piece.error_at(token, message, "write * for a product")
            operand = False
        elif word in "([":
            if not operand and (before in (")", "]") or before[:1] in "0123456789"):
                message = f"{before[:40]} is not a function"
                raise piece.error_at(token, message, "write * for a product")
            if operand and word == "[":
                raise piece.error_at(token, "[ cannot start a formula", "write round brackets")
            opened.append("call" if not operand else word)
            if not operand and word == "[":
                opened[-1] = "["
            operand = True
        elif word in ")]":
            if not opened or (opened[-1] == "[") != (word == "]"):
                raise piece.error_at(token, f"{word} closes no such bracket")
            if operand and not (before == "(" and opened[-1] == "call"):
                raise piece.error_at(token, "a formula is missing here")
            opened.pop()
            operand = False
        elif word == ",":
            if operand or not opened:
                message = "a formula is missing here" if operand else "one formula is expected"
                raise piece.error_at(token, message)
            operand = True
        elif word == "=":
            if operand or not opened or opened[-1] != "call":
                raise piece.error_at(token, "= cannot stand inside a formula", _advice(word))
            operand = True
        elif operand and word not in "+-":
            raise piece.error_at(token, f"a formula is missing before {word}")
        else:
            operand = True
        before = word
    if operand:
        raise ReadError("a formula is missing here", piece.text, piece.end)


def _advice(word: str) -> str | None:
    if word == "==":
        return "write = between the sides of a statement, Eq(a, b) in a condition"
    if word == "=":
        return "this is a statement, not one formula"
    return "a set can only stand behind in" if word in "{}" else None
