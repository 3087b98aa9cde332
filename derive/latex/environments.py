r"""Cases and matrices: environments inside a formula."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derive.latex.symbols import OTHERWISE, RELATIONS, collection
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.latex.formula import Formula
    from derive.latex.tokens import Token

_CASES = frozenset(["cases", "dcases", "numcases"])
_MATRICES = collection("matrix pmatrix bmatrix Bmatrix smallmatrix array")
#: Words before a condition.
_IF = frozenset(["if", "for", "when", "where", "whenever", "for all", "in case", "provided"])


def environment(formula: Formula) -> Node:
    """The environment at this place."""
    token = formula.next
    name = token.value.rstrip("*")
    if name in _CASES:
        return cases(formula)
    if name in _MATRICES:
        return _matrix(formula)
    raise formula.error(f"the environment {token.value} is not known inside a formula", token)


def is_braced(formula: Formula) -> bool:
    r"""Whether an environment comes next that ends at ``\right.``."""
    depth = 0
    if formula.next.text != r"\begin":
        return False
    for token, after in pairwise(formula.tokens[formula.at :]):
        depth += {r"\begin": 1, r"\end": -1}.get(token.text, 0)
        if not depth:
            return after.kind == "close" and after.text == r"\left."
    return False


def braced(formula: Formula, opening: Token) -> Node:
    r"""``\left\{ \begin{array}{ll} .. \end{array} \right.``: cases in the form of a table."""
    found = cases(formula)
    closing = formula.take()
    return found._replace(start=opening.start, end=closing.end)


def cases(formula: Formula) -> Node:
    """Values and conditions up to the end of the environment."""
    token = formula.take()
    integrals, formula.integrals = formula.integrals, []
    bars, formula.bars = formula.bars, "open"
    parts: list[Node] = []
    while formula.next.text != r"\end":
        value = formula.sum()
        if formula.next.text in RELATIONS:
            raise formula.error("an equation stands where a case is expected", formula.next)
        parts += [value, _condition(formula)]
        if not formula.accept("\\\\"):
            break
    _close(formula, token)
    formula.integrals, formula.bars = integrals, bars
    if not parts:
        raise formula.error("this environment is empty", token)
    return formula.node("cases", token.start, "", parts)


def _close(formula: Formula, token: Token) -> None:
    if formula.next.text != r"\end":
        raise formula.unexpected()
    closing = formula.take()
    if closing.value != token.value:
        message = f"\\end{{{closing.value}}} closes \\begin{{{token.value}}}"
        raise formula.error(message, closing)


def _pass(formula: Formula, marks: tuple[str, ...]) -> None:
    """Pass over marks that say nothing here."""
    while formula.next.text in marks and formula.next.kind == "mark":
        formula.take()


def _condition(formula: Formula) -> Node:
    """The condition of a case, behind commas, cell borders and "if"."""
    _pass(formula, ("&", ",", ";", ":"))
    token = formula.next
    if token.kind == "text":
        words = token.text.strip(" .,;:").lower()
        formula.take()
        if words in OTHERWISE:
            _pass(formula, (".", ",", ";"))
            return Node("text", token.start, token.end, "otherwise")
        if words not in _IF:
            repair = (
                "write the condition as a formula, and options of a program as claims of their own"
            )
            raise formula.error(f"the words {token.text!r} are no condition", token, repair)
        _pass(formula, ("&",))
    elif token.text in ("\\\\", r"\end") or token.text == ".":
        _pass(formula, (".",))
        return Node("nothing", token.start, token.start)
    start = formula.next.start
    parts = [formula.statement()]
    while formula.next.text == ",":
        formula.take()
        _pass(formula, ("&",))
        if formula.next.text in ("\\\\", r"\end"):
            break
        if formula.next.kind == "text" and formula.next.text == "and":
            formula.take()
        parts.append(formula.statement())
    _pass(formula, (".", ";"))
    for part in parts:
        if part.kind not in ("relation", "and", "or"):
            raise formula.error("this is no condition", part)
    return parts[0] if len(parts) == 1 else formula.node("and", start, "", parts)


def _matrix(formula: Formula) -> Node:
    """The entries, row by row."""
    token = formula.take()
    integrals, formula.integrals = formula.integrals, []
    bars, formula.bars = formula.bars, "open"
    rows: list[list[Node]] = [[]]
    while True:
        rows[-1].append(formula.sum())
        if formula.accept("\\\\"):
            if formula.next.text == r"\end":
                break
            rows.append([])
        elif not formula.accept("&"):
            break
    _close(formula, token)
    formula.integrals, formula.bars = integrals, bars
    if len({len(row) for row in rows}) > 1:
        raise formula.error("the rows of this matrix differ in length", token)
    entries = [entry for row in rows for entry in row]
    return formula.node("matrix", token.start, "", entries, [str(len(rows[0]))])
