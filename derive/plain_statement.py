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
_OF_TWO = {"order": "SameOrder", "argmin": "SameArgmin", "grad": "SameGradient"}
#: Intervals that have a name of their own.
NAMED_INTERVALS = {
    Term("Open", (ZERO, ONE)): UNIT,
    Term("Open", (ZERO, INFINITY)): POSITIVE,
    Term("RightOpen", (ZERO, INFINITY)): NONNEGATIVE,
    Term("Open", (MINUS_INFINITY, INFINITY)): REAL,
}
_BRACKETS = {"()": "Open", "[]": "Closed", "(]": "LeftOpen", "[)": "RightOpen"}


class Relation(NamedTuple):
    """A statement as read, and the map of its ``under z := e`` (empty without one)."""

    statement: Term
    substitution: dict[str, Term]


# -- domains -------------------------------------------------------------------------------


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
        return interval_of(_BRACKETS[tokens[0].text + tokens[-1].text], low, high)
    formula = Formula(piece, reading)
    return formula.domain(formula.tree, scope)


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


def _under(body: Piece, changes: Piece, reading: Reading) -> Relation:
    """``f = g under z := e``: e is put for z in g."""
    mapping: dict[str, Term] = {}
    extra = dict(reading.extra)
    for change in changes.split(","):
        k = change.find(":=")
        if k is None:
            raise change.error("a substitution is missing here", "write under z := e")
        left = change.cut(0, k)
        names = [t.text for t in left.tokens if t.kind == "name"]
        indices = tuple(Bound(n) for n in names[1:])
        if not names or left.tokens[0].kind != "name" or len(left.tokens) not in (
            1, 2 * len(names)
        ):  # fmt: skip
            raise left.error("a name is expected here", "write z := e or z[i] := e")
        if names[0] in mapping:
            raise left.error(f"{names[0]} is substituted twice")
        right = change.cut(k + 1, len(change.tokens))
        mapping[names[0]] = read_formula(right, reading, indices)
        if reading.declared(names[0]) is None:
            extra[names[0]] = len(indices)
    k = body.find(*_SIGNS)
    if k is None or body.tokens[k].text != "=" or body.find(*_SIGNS, after=k + 1) is not None:
        raise body.error("under needs an equation", "write f = g under z := e")
    left, right = body.cut(0, k), body.cut(k + 1, len(body.tokens))
    f = read_formula(left, reading)
    g = read_formula(right, reading._replace(extra=extra))
    return Relation(Term("Eq", (f, substitute(g, mapping))), mapping)


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


def _affine(left: Piece, right: Piece, reading: Reading, scope: Scope) -> Term:
    k = right.find("in")
    if k is None:
        raise right.error("~ needs the symbols it is affine in", "write f ~ g in theta")
    theta = right.cut(k + 1, len(right.tokens))
    if theta.tokens and theta.tokens[0].text == "(" and theta.tokens[-1].text == ")":
        theta = theta.cut(1, len(theta.tokens) - 1)
    f = read_formula(left, reading, scope)
    g = read_formula(right.cut(0, k), reading, scope)
    return Term("Affine", (f, g, *_thetas([theta], reading)))


def _thetas(pieces: list[Piece], reading: Reading) -> tuple[Term, ...]:
    """Symbols or families by their bare names."""
    found: list[Term] = []
    for piece in (part for p in pieces for part in p.split(",")):
        if len(piece.tokens) != 1 or piece.tokens[0].kind != "name":
            raise piece.error("the name of a symbol or family is expected here")
        name = piece.tokens[0].text
        if reading.context is not None and reading.declared(name) is None:
            repair = f'declare it: "{name} in Real"'
            raise UndeclaredError(
                f"{name} is not declared", piece.text, piece.start, repair, name, 0
            )
        if Term("symbol", (), name) in found:
            raise piece.error(f"{name} is named twice")
        found.append(Term("symbol", (), name))
    return tuple(found)


def _of_two(left: Piece, right: Piece, reading: Reading, scope: Scope) -> Term | None:
    """``order(f, theta) = order(g, theta)`` and its sisters; None for a plain equation."""
    name = _relation_name(left, reading)
    other = _relation_name(right, reading)
    if name is None and other is None:
        return None
    if name is None or (other is not None and other != name):
        raise right.error("both sides must be the same relation", "write argmin(f, x) = t")
    f, thetas = _side(left, reading, scope)
    if other is not None:
        g, again = _side(right, reading, scope)
        if again != thetas:
            raise right.error("both sides must be in the same symbols")
        return Term(_OF_TWO[name], (f, g, *thetas))
    if name != "argmin":
        raise right.error(f"{name}(...) stands on both sides", f"write {name}(g, theta)")
    return Term("Argmin", (f, _point(right, reading, scope), *thetas))


def _point(piece: Piece, reading: Reading, scope: Scope) -> Term:
    """A number, or a family by its bare name."""
    name = piece.tokens[0].text if len(piece.tokens) == 1 else ""
    declared = reading.declared(name) if name else None
    if declared is not None and declared.indices:
        return Term("symbol", (), name)
    return read_formula(piece, reading, scope)


def _relation_name(piece: Piece, reading: Reading) -> str | None:
    tokens = piece.tokens
    if len(tokens) < 4 or tokens[0].text not in _OF_TWO or tokens[1].text != "(":
        return None
    whole = piece.find(")") == len(tokens) - 1
    return tokens[0].text if whole and not reading.declared(tokens[0].text) else None


def _side(piece: Piece, reading: Reading, scope: Scope) -> tuple[Term, tuple[Term, ...]]:
    parts = piece.cut(2, len(piece.tokens) - 1).split(",")
    thetas = []
    for part in parts[1:]:
        enclosed = bool(part.tokens) and part.tokens[0].text == "("
        thetas.append(part.cut(1, len(part.tokens) - 1) if enclosed else part)
    if not thetas:
        raise piece.error("in which symbols?", f"write {piece.tokens[0].text}(f, theta)")
    return read_formula(parts[0], reading, scope), _thetas(thetas, reading)
