"""Statements and domains of the plain spelling: ``f = g``, ``f ~ g in theta``, ``i in 1..n``."""

from __future__ import annotations

from typing import NamedTuple

from derive.domains import (
    BIT,
    INFINITY,
    MINUS_INFINITY,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    UNIT,
)
from derive.plain_formula import Bound, Formula, Reading, Scope, read_formula
from derive.plain_text import Piece, Token, UndeclaredError
from derive.term import ONE, ZERO, Term, substitute

COMPARED = ("=", "!=", "<=", "<", ">=", ">")
_SIGNS = (*COMPARED, "==", "~", "in", ":=")
_HEADS = {"=": "Eq", "!=": "Ne", "<=": "Le", "<": "Lt", ">=": "Le", ">": "Lt"}


# -- domains -------------------------------------------------------------------------------


# -- statements ----------------------------------------------------------------------------


def read_relation_piece(piece: Piece, reading: Reading) -> Relation:
    """A whole statement, with its ``for`` and ``under``.  Raises ReadError."""
    body, scope = piece, ()  # type: tuple[Piece, Scope]
    place = piece.find("for")
    if place is not None:
        binders = read_binders(piece.cut(place + 1, len(piece.tokens)))
        scope = read_scope(binders, reading, ())
        body = piece.cut(0, place)
    parts = body.split("under")
    if len(parts) == 1:
        return Relation(for_all(read_core(body, reading, scope), scope), {})
    if len(parts) > 2:
        raise parts[2].error("one under at a time", "write under z := e, w := f")
    if scope:
        raise body.error("a substitution cannot stand together with for")
    return _under(parts[0], parts[1], reading)


def read_core(piece: Piece, reading: Reading, scope: Scope) -> Term:
    """A statement without ``for`` and ``under``."""
    k = piece.find(*_SIGNS)
    if k is None:
        return _bare_condition(piece, reading, scope)
    sign = piece.tokens[k]
    left, right = piece.cut(0, k), piece.cut(k + 1, len(piece.tokens))
    if sign.text == "==":
        raise piece.error_at(sign, "== is not a relation here", "write = for equality")
    if sign.text == ":=":
        raise piece.error_at(sign, "a definition is a declaration, not a statement", "write =")
    if sign.text == "~":
        return _affine(left, right, reading, scope)
    again = right.find(*_SIGNS)
    if again is not None:
        repair = "write the statements one by one"
        raise piece.error_at(right.tokens[again], "one relation at a time", repair)
    if sign.text == "in":
        return Term("In", (read_formula(left, reading, scope), read_domain(right, reading, scope)))
    if sign.text == "=":
        special = _of_two(left, right, reading, scope)
        if special is not None:
            return special
    return compare(sign.text, read_formula(left, reading, scope),
                   read_formula(right, reading, scope))  # fmt: skip


def compare(sign: str, a: Term, b: Term) -> Term:
    """``a sign b``; ``>`` and ``>=`` are read from the right."""
    return Term(_HEADS[sign], (b, a) if sign in (">", ">=") else (a, b))


def _bare_condition(piece: Piece, reading: Reading, scope: Scope) -> Term:
    formula = Formula(piece, reading)
    name = piece.tokens[0].text
    if name in ("And", "Or", "Not", "In", "True", "Eq", "Ne", "Le", "Lt", "Ge", "Gt"):
        return formula.condition(formula.tree, scope)
    formula.term(formula.tree, scope)  # its own errors come first
    raise piece.error("a formula is no statement: a relation is missing", "write f = g")


