"""What a declaration declares: ``y``, ``y[i,j]`` or ``L(theta)``, with its indices."""

from __future__ import annotations

from typing import NamedTuple

from derive.context import Context
from derive.domains import REAL
from derive.plain.domains import read_domain
from derive.plain.reading import RESERVED, Bound, Reading, Scope
from derive.plain.text import Piece, Token
from derive.term import Term, bound


class Target(NamedTuple):
    """The left side of a declaration: ``y``, ``y[i,j]`` or ``L(theta)``."""

    token: Token
    indices: tuple[Token, ...]
    call: bool

    @property
    def name(self) -> str:
        """The name that is declared."""
        return self.token.text

    def term(self) -> Term:
        """The symbol, or the member with its own indices as open variables."""
        count = len(self.indices)
        if not count:
            return Term("symbol", (), self.name)
        indices = tuple(bound(count - 1 - k) for k in range(count))
        return Term("member", indices, self.name, ("call",) if self.call else ())


def target_of(piece: Piece) -> Target | None:
    """The target that a piece spells; None when it is something else."""
    tokens = piece.tokens
    if not tokens or tokens[0].kind != "name":
        return None
    if len(tokens) == 1:
        return Target(tokens[0], (), False)
    inside = tokens[2:-1:2]
    shape = len(tokens) >= 4 and len(tokens) % 2 == 0 and tokens[1].text + tokens[-1].text
    if shape not in ("[]", "()") or any(t.text != "," for t in tokens[3:-1:2]):
        return None
    if any(t.kind != "name" for t in inside):
        return None
    return Target(tokens[0], inside, shape == "()")


def check_new(target: Target, piece: Piece, context: Context) -> None:
    """Raises ReadError when a name cannot be declared."""
    if target.name in context.names:
        repair = "a hypothesis on it is a comparison, or In(x, D)"
        raise piece.error_at(target.token, f"{target.name} is declared already", repair)
    if target.name in RESERVED:
        message = f"{target.name} is a word of the grammar"
        raise piece.error_at(target.token, message, "choose another name")
    names = [t.text for t in target.indices]
    for k, token in enumerate(target.indices):
        if token.text in (*names[:k], target.name):
            message = f"{token.text} stands twice in {target.name}"
            raise piece.error_at(token, message, "indices have distinct names")


def indices_of(
    target: Target, binders: list[tuple[Token, Piece]], piece: Piece, reading: Reading
) -> Scope:
    """The indices of a family with their domains, in the order of the target."""
    ranges = {token.text: part for token, part in binders}
    scope: Scope = ()
    for token in target.indices:
        part = ranges.pop(token.text, None)
        if part is not None:
            domain = read_domain(part, reading, scope)
        elif target.call:
            declared = reading.declared(token.text)
            if declared is not None and declared.indices:
                raise piece.error_at(token, f"{token.text} is a family, not a symbol")
            domain = REAL if declared is None else declared.domain
        else:
            repair = f"write for {token.text} in 1..n"
            raise piece.error_at(token, f"the range of {token.text} is missing", repair)
        scope = (*scope, Bound(token.text, domain))
    for token, part in binders:
        if token.text in ranges:
            raise part.error_at(token, f"{token.text} is no index of {target.name}")
    return scope
