"""Statements of the plain spelling: ``f = g``, ``f ~ g in theta``, ``a <= b for i in 1..n``."""

from __future__ import annotations

from typing import NamedTuple

from derive.plain.conditions import read_condition
from derive.plain.domains import for_all, read_binders, read_domain, read_scope
from derive.plain.formula import Formula, read_formula
from derive.plain.reading import SIGNS, Reading, Scope
from derive.plain.text import Piece
from derive.term import Term

#: With these words in front an equation may be one in theta.
_OF_TWO = ("order", "argmin", "grad")
_HEADS = {"=": "Eq", "!=": "Ne", "<=": "Le", "<": "Lt", ">=": "Le", ">": "Lt"}


class Relation(NamedTuple):
    """A statement as read, and the map of its ``under z := e`` (empty without one)."""

    statement: Term
    substitution: dict[str, Term]


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
    from derive.plain.relations import read_under

    return Relation(*read_under(parts[0], parts[1], reading))


def read_core(piece: Piece, reading: Reading, scope: Scope) -> Term:
    """A statement without ``for`` and ``under``."""
    k = piece.find(*SIGNS)
    if k is None:
        return _bare_condition(piece, reading, scope)
    sign = piece.tokens[k]
    left, right = piece.cut(0, k), piece.cut(k + 1, len(piece.tokens))
    if sign.text == "==":
        raise piece.error_at(sign, "== is not a relation here", "write = for equality")
    if sign.text == ":=":
        raise piece.error_at(sign, "a definition is a declaration, not a statement", "write =")
    if sign.text == "~":
        from derive.plain.relations import read_affine

        return read_affine(left, right, reading, scope)
    again = right.find(*SIGNS)
    if again is not None:
        repair = "write the statements one by one"
        raise piece.error_at(right.tokens[again], "one relation at a time", repair)
    if sign.text == "in":
        return Term("In", (read_formula(left, reading, scope), read_domain(right, reading, scope)))
    if sign.text == "=" and any(t.text in _OF_TWO for t in (*left.tokens[:1], *right.tokens[:1])):
        from derive.plain.relations import read_of_two

        special = read_of_two(left, right, reading, scope)
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
        return read_condition(formula, formula.tree, scope)
    formula.term(formula.tree, scope)  # its own errors come first
    raise piece.error("a formula is no statement: a relation is missing", "write f = g")
