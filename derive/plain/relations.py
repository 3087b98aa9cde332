"""Relations in theta and substitutions: ``f ~ g in theta``, ``argmin(f, x) = t``, ``under``."""

from __future__ import annotations

from derive.plain.formula import read_formula
from derive.plain.reading import SIGNS, Bound, Reading, Scope
from derive.plain.text import Piece, UndeclaredError
from derive.term import Term, substitute

_OF_TWO = {"order": "SameOrder", "argmin": "SameArgmin", "grad": "SameGradient"}


def read_under(body: Piece, changes: Piece, reading: Reading) -> tuple[Term, dict[str, Term]]:
    """``f = g under z := e``: the equation with e for z in g, and the map."""
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
    k = body.find(*SIGNS)
    if k is None or body.tokens[k].text != "=" or body.find(*SIGNS, after=k + 1) is not None:
        raise body.error("under needs an equation", "write f = g under z := e")
    left, right = body.cut(0, k), body.cut(k + 1, len(body.tokens))
    f = read_formula(left, reading)
    g = read_formula(right, reading._replace(extra=extra))
    return Term("Eq", (f, substitute(g, mapping))), mapping


def read_affine(left: Piece, right: Piece, reading: Reading, scope: Scope) -> Term:
    """``f ~ g in theta``.  Raises ReadError."""
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


def read_of_two(left: Piece, right: Piece, reading: Reading, scope: Scope) -> Term | None:
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
