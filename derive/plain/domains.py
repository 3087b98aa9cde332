"""Domains and binders of the plain spelling: ``(0,1)``, ``{0,1}``, ``i in 1..n, j in 1..m``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.domains import BIT, INTERVALS, NAMED, NAMED_INTERVALS
from derive.plain.formula import Formula, read_formula
from derive.plain.reading import Bound, Reading, Scope
from derive.plain.text import Piece, Token
from derive.term import ONE, ZERO, Term

if TYPE_CHECKING:
    import ast

_BRACKETS = {"()": "Open", "[]": "Closed", "(]": "LeftOpen", "[)": "RightOpen"}


def interval_of(head: str, low: Term, high: Term) -> Term:
    """An interval, by its own name where it has one.

    >>> interval_of("Open", ZERO, ONE)
    (0,1)
    """
    whole = Term(head, (low, high))
    return NAMED_INTERVALS.get(whole, whole)


def read_domain(piece: Piece, reading: Reading, scope: Scope = ()) -> Term:
    """The domain that a piece of text spells.  Raises ReadError."""
    tokens = piece.tokens
    if not tokens:
        raise piece.error("a domain is missing here", "write Real, (0,1), {0,1} or 1..n")
    ends = piece.split("..")
    if len(ends) == 2:
        return Term("Range", tuple(read_formula(e, reading, scope) for e in ends))
    if len(ends) > 2:
        raise piece.error("a range has two ends", "write 1..n")
    inside = piece.cut(1, len(tokens) - 1)
    enclosed = len(tokens) > 1 and piece.find(tokens[-1].text) == len(tokens) - 1
    if tokens[0].text == "{" and enclosed:
        members = tuple(read_formula(p, reading, scope) for p in inside.split(","))
        return BIT if members == (ZERO, ONE) else Term("FiniteSet", members)
    if tokens[0].text in ("(", "[") and enclosed and tokens[-1].text in (")", "]"):
        parts = inside.split(",")
        if len(parts) != 2:
            raise piece.error("an interval has two ends", "write (a, b) or [a, b]")
        low, high = (read_formula(p, reading, scope) for p in parts)
        closed = tokens[0].text + tokens[-1].text == "[]"
        if low.head == high.head == "number" and (
            low.value > high.value or (low == high and not closed)
        ):
            raise piece.error("no number lies in this interval", "write the smaller end first")
        return interval_of(_BRACKETS[tokens[0].text + tokens[-1].text], low, high)
    formula = Formula(piece, reading)
    return named_domain(formula, formula.tree, scope)


def named_domain(formula: Formula, node: ast.expr, scope: Scope) -> Term:
    """A domain by its name, or as a call: ``Open(a, b)``, ``Range(1, n)``."""
    import ast

    name = formula.token(node).text
    if isinstance(node, ast.Name) and name in NAMED:
        return NAMED[name]
    if isinstance(node, ast.Call):
        given = formula.arguments(node)
        two = name in INTERVALS or name == "Range"
        if (two and len(given) == 2) or (name == "FiniteSet" and given):
            return Term(name, tuple(formula.term(a, scope) for a in given))
    from derive.plain.unknown import close_names

    near = close_names(name, NAMED)
    repair = f"did you mean {near[0]}?" if near else "write Real, (0,1), {0,1}, 1..n or [a, b]"
    raise formula.error(node, "a domain is expected here", repair)


def read_binders(piece: Piece) -> list[tuple[Token, Piece]]:
    """The parts of ``i in 1..n, j in 1..m``: each variable and the text of its domain."""
    found: list[tuple[Token, Piece]] = []
    for part in piece.split(","):
        if len(part.tokens) < 3 or part.tokens[0].kind != "name" or part.tokens[1].text != "in":
            raise part.error("for needs a variable and its domain", "write for i in 1..n")
        found.append((part.tokens[0], part.cut(2, len(part.tokens))))
    names = [token.text for token, _ in found]
    for k, (token, part) in enumerate(found):
        if token.text in names[:k]:
            raise part.error_at(token, f"{token.text} is bound twice")
    return found


def read_scope(binders: list[tuple[Token, Piece]], reading: Reading, scope: Scope) -> Scope:
    """The bound variables of binders; each domain may mention those before it."""
    for token, part in binders:
        scope = (*scope, Bound(token.text, read_domain(part, reading, scope)))
    return scope


def for_all(statement: Term, scope: Scope) -> Term:
    """``statement`` for all values of the variables of ``scope``, the last one inmost."""
    for entry in reversed(scope):
        assert entry.domain is not None
        statement = Term("ForAll", (statement, entry.domain), None, (entry.name,))
    return statement
