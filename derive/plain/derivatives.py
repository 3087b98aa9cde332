"""Derivatives of the plain spelling: ``Derivative(f, x, (y, 2))``, ``Subs(...)`` at a point."""

from __future__ import annotations

import ast

from derive.domains import is_open
from derive.functions import derivative
from derive.plain.formula import Formula
from derive.plain.reading import MAX_RANGES, Bound, Scope
from derive.term import Term, instantiate, shift


def read_derivative(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    """``Derivative(f, x, (y, 2))``: by x first, then twice by y."""
    variables = _variables(formula, node)
    return _differentiate(formula, node.args[0], variables, scope)


def read_subs(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    """``Subs(Derivative(f, t), t, point)``: the derivative by t, at a point."""
    given = formula.arguments(node)
    inner = given[0] if given else node
    name = formula.token(inner).text
    if len(given) != 3 or not isinstance(inner, ast.Call) or name not in ("Derivative", "Diff"):
        repair = "write Subs(Derivative(f, t), t, point)"
        raise formula.error(node, "Subs stands for a derivative at a point", repair)
    variables, variable = _variables(formula, inner), formula.variable(given[1])
    if formula.variable(variables[-1]) != variable:
        raise formula.error(given[1], f"the derivative is not by {variable}")
    point = formula.term(given[2], scope)
    domain = None
    if isinstance(given[2], ast.Name):
        domain = _variable_domain(formula, formula.token(given[2]).text, scope)
    elif point.head == "member":
        domain = _member_domain(formula, point.value, point.args)
    entry = Bound(variable, domain)
    body = _differentiate(formula, inner.args[0], variables[:-1], (*scope, entry))
    rest = (point,) if domain is None else (point, domain)
    return Term("Derivative", (body, *rest), None, (variable,))


def _variables(formula: Formula, node: ast.Call) -> list[ast.expr]:
    """The variables of ``Derivative(f, x, (y, 2))`` in the order of differentiation."""
    found: list[ast.expr] = []
    for argument in formula.arguments(node)[1:]:
        if not isinstance(argument, ast.Tuple):
            found.append(argument)
            continue
        times = formula.token(argument.elts[-1])
        if len(argument.elts) != 2 or not times.text.isascii() or not times.text.isdigit():
            raise formula.error(argument, "the order of a derivative is a number",
                                "write (x, 2)")  # fmt: skip
        count = int(times.text[:4])
        if not 1 <= count <= MAX_RANGES:
            raise formula.error(argument, f"the order of a derivative is 1 to {MAX_RANGES} here")
        found += [argument.elts[0]] * count
    if not found:
        raise formula.error(node, "by which variable?", "write Derivative(f, x)")
    if len(found) > MAX_RANGES:
        raise formula.error(node, f"a derivative of order more than {MAX_RANGES}")
    return found


def _differentiate(
    formula: Formula, body: ast.expr, variables: list[ast.expr], scope: Scope
) -> Term:
    if not variables:
        return formula.term(body, scope)
    variable, earlier = variables[-1], variables[:-1]
    point = formula.term(variable, scope)
    if isinstance(variable, ast.Name) and point.head in ("symbol", "bound"):
        name = formula.token(variable).text
        domain = _variable_domain(formula, name, scope)
        inner = _differentiate(formula, body, earlier, (*scope, Bound(name, domain)))
        rest = (point,) if domain is None else (point, domain)
        return Term("Derivative", (inner, *rest), None, (name,))
    if point.head == "member":
        domain = _member_domain(formula, point.value, point.args)
        inner = _differentiate(formula, body, earlier, scope)
        try:
            return derivative(inner, point, domain)
        except ValueError:  # only without a context, which knows how many there are
            message = f"{point.value} has members with different numbers of indices"
            raise formula.error(variable, message) from None
    repair = "write Subs(Derivative(f(t), t), t, point) for a derivative at a point"
    raise formula.error(variable, "a derivative is by a symbol or a member of a family", repair)


def _variable_domain(formula: Formula, name: str, scope: Scope) -> Term | None:
    """Where a variable lives, when that is no open interval (see ``Derivative``)."""
    for k, entry in enumerate(reversed(scope)):
        if entry.name == name:
            if entry.domain is None or is_open(entry.domain):
                return None
            return shift(entry.domain, k + 1)
    return _member_domain(formula, name, ())


def _member_domain(formula: Formula, name: str, indices: tuple[Term, ...]) -> Term | None:
    """As ``_variable_domain``, for a member of a family."""
    declared = formula.reading.declared(name)
    if declared is None or is_open(declared.domain):
        return None
    return instantiate(declared.domain, *indices) if indices else declared.domain
