"""Conditions inside a formula of the plain spelling: ``a < b``, ``Eq(a, b)``, ``And(...)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.functions import CONNECTIVES, TRUE
from derive.plain.domains import named_domain
from derive.plain.reading import COMPARING, MAX_NESTING, Scope
from derive.term import Term

if TYPE_CHECKING:
    import ast

    from derive.plain.formula import Formula


def read_condition(formula: Formula, node: ast.expr, scope: Scope) -> Term:
    """A comparison or connective inside a formula: ``a < b``, ``Eq(a, b)``, ``And``."""
    import ast

    if isinstance(node, ast.Compare):
        if len(node.ops) > 1:
            raise formula.error(node, "one comparison at a time", "write And(a < b, b < c)")
        a, b = formula.term(node.left, scope), formula.term(node.comparators[0], scope)
        kind = type(node.ops[0]).__name__
        if kind == "NotEq":
            return Term("Ne", (a, b))
        head = "Lt" if kind in ("Lt", "Gt") else "Le"
        return Term(head, (b, a) if kind in ("Gt", "GtE") else (a, b))
    if isinstance(node, ast.Name) and formula.token(node).text == "True":
        return TRUE
    if isinstance(node, ast.Call):
        found = _condition_call(formula, node, scope)
        if found is not None:
            return found
    raise formula.error(node, "a condition is expected here", "write a < b, Eq(a, b) or True")


def _condition_call(formula: Formula, node: ast.Call, scope: Scope) -> Term | None:
    name, given = formula.token(node.func).text, node.args
    if name in CONNECTIVES:
        if not given or (name == "Not" and len(given) != 1):
            raise formula.error(node, f"{name} has {len(given)} arguments")
        formula.nesting += 1
        if formula.nesting > MAX_NESTING:
            raise formula.error(node, f"the formula is nested more than {MAX_NESTING} deep")
        result = Term(
            name, tuple(read_condition(formula, a, scope) for a in formula.arguments(node))
        )
        formula.nesting -= 1
        return result
    if name not in COMPARING and name != "In":
        return None
    if len(formula.arguments(node)) != 2:
        raise formula.error(node, f"{name} takes 2 arguments, here it has {len(given)}")
    a = formula.term(given[0], scope)
    if name == "In":
        return Term("In", (a, named_domain(formula, given[1], scope)))
    b = formula.term(given[1], scope)
    return Term(COMPARING[name], (b, a) if name in ("Ge", "Gt") else (a, b))
