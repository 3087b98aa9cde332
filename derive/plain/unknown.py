"""What to say of a name that nobody declared: which names are close, how to declare it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derive.functions import CONNECTIVES, FUNCTIONS
from derive.plain.reading import ALIASES, COMPARING, CONSTANTS, Scope
from derive.plain.text import ReadError, Token, UndeclaredError
from derive.term import BINDERS

if TYPE_CHECKING:
    import ast

    from derive.plain.formula import Formula


def close_names(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that resemble a name, the closest first."""
    from difflib import get_close_matches

    same = [k for k in known if k.lower() == name.lower()]
    near = get_close_matches(name[:60], [k for k in known if k not in same], 3, 0.7)
    return (same + near)[:3]


def undeclared(formula: Formula, token: Token, scope: Scope, indices: int) -> ReadError:
    """The error for a name that is not declared."""
    name = token.text
    if name in FUNCTIONS or name in BINDERS or name in ALIASES:
        return formula.piece.error_at(token, f"{name} is a function", f"write {name}(...)")
    shown = f"{name} in Real"
    if indices:
        own = "ijklmn"[:indices] or "i"
        ranges = ", ".join(f"{i} in 1..n" for i in own)
        shown = f"{name}[{','.join(own)}] in Real for {ranges}"
    near = close_names(name, formula.reading.names(scope))
    repair = f'declare it: "{shown}"'
    if near:
        repair = f"did you mean {' or '.join(near)}? Otherwise {repair}"
    text = formula.piece.text
    return UndeclaredError(f"{name} is not declared", text, token.start, repair, name, indices)


def unknown_function(formula: Formula, node: ast.Call, scope: Scope) -> ReadError:
    """The error for a call of a name that is no function."""
    name = formula.token(node.func).text
    if formula.arity(formula.token(node.func)) == 0 or any(b.name == name for b in scope):
        message, repair = f"{name} is not a function", f"write {name}*(...) for the product"
        return formula.error(node, message, repair)
    if name in COMPARING or name in CONNECTIVES:
        return formula.error(node, f"{name}(...) is a condition, not a formula")
    families = [k for k in formula.reading.names(()) if (d := formula.reading.declared(k))
                and d.indices]  # fmt: skip
    known = {*FUNCTIONS, *BINDERS, *ALIASES, "sqrt", "Rational", *families}
    near = close_names(name, sorted(known.difference(CONSTANTS)))
    declare = f'declare it: "{name}(t) in Real for t in Real"'
    repair = f"did you mean {' or '.join(near)}? Otherwise {declare}" if near else declare
    return formula.error(node, f"there is no function {name}", repair)
