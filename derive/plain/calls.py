"""Calls of the plain spelling: ``Sum``, ``Derivative``, ``Piecewise``, functions, laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.functions import FUNCTIONS
from derive.plain.conditions import read_condition
from derive.plain.formula import Formula
from derive.plain.laws import mass_arity, read_law
from derive.plain.reading import MAX_RANGES, Bound, Scope
from derive.plain.text import ReadError
from derive.term import BINDERS, Term, number

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable


def read_call(formula: Formula, node: ast.Call, head: str, scope: Scope) -> Term:
    """The term of the call ``head(...)``.  Raises ReadError."""
    if any(b.name == head for b in scope) and head not in FUNCTIONS:
        raise _unknown(formula, node, scope)
    special = _SPECIAL.get(head)
    if special is not None:
        return special(formula, node, scope)
    if head in BINDERS and head != "ForAll":
        return _binder(formula, node, head, scope)
    arity = FUNCTIONS[head].arity if head in FUNCTIONS else mass_arity(head)
    if arity is None and head not in FUNCTIONS:
        raise _unknown(formula, node, scope)
    given = formula.arguments(node)
    if head == "log" and len(given) == 2:
        head, arity = "log_b", 2
    if arity is not None and arity != len(given):
        wanted = f"{arity} argument{'s' * (arity != 1)}"
        raise formula.error(node, f"{head} takes {wanted}, here it has {len(given)}")
    if arity is None and not given:
        raise formula.error(node, f"{head} needs at least one argument")
    return Term(head, tuple(formula.term(a, scope) for a in given))


def _ranged(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    """``Sum(f, (i, 1, n), (j, 1, m))``: the first range is the innermost."""
    head = formula.token(node.func).text
    given = formula.arguments(node)
    if len(given) < 2:
        raise formula.error(node, f"{head} needs a body and a range", f"write {head}(f, (i, 1, n))")
    if len(given) > MAX_RANGES:
        raise formula.error(node, f"more than {MAX_RANGES} arguments of {head}")
    ranges: list[tuple[Bound, tuple[Term, ...]]] = []
    inner = scope
    for range_node in reversed(given[1:]):
        entry, ends = formula.bind(head, range_node, inner)
        if len(ends) != 2:
            raise formula.error(range_node, "a range has two ends", "write (i, 1, n)")
        ranges.append((entry, ends))
        inner = (*inner, entry)
    result = formula.term(given[0], inner)
    for entry, ends in reversed(ranges):
        result = Term(head, (result, *ends), None, (entry.name,))
    return result


def _binder(formula: Formula, node: ast.Call, head: str, scope: Scope) -> Term:
    """``Head(body, ..., (j, lower, upper), rest, ...)`` with as many bodies as it binds."""
    given, under = formula.arguments(node), BINDERS[head]
    if len(given) <= under:
        raise formula.error(node, f"{head} needs a range", f"write {head}(f, (j, 1, m))")
    rest = {"softmax": 1, "logsumexp": 0}.get(head)
    if rest is not None and len(given) != under + 1 + rest:
        wanted = under + 1 + rest
        raise formula.error(node, f"{head} takes {wanted} arguments, here it has {len(given)}")
    entry, outer = formula.bind(head, given[under], scope)
    bodies = tuple(formula.term(a, (*scope, entry)) for a in given[:under])
    behind = tuple(formula.term(a, scope) for a in given[under + 1 :])
    return Term(head, (*bodies, *outer, *behind), None, (entry.name,))


def _unknown(formula: Formula, node: ast.Call, scope: Scope) -> ReadError:
    from derive.plain.unknown import unknown_function

    return unknown_function(formula, node, scope)


def _derivative(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    from derive.plain.derivatives import read_derivative

    return read_derivative(formula, node, scope)


def _subs(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    from derive.plain.derivatives import read_subs

    return read_subs(formula, node, scope)


def _expectation(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    """``Expectation(f, X)`` with X declared by a law, or ``Expectation(f, (X, Law(...)))``."""
    import ast

    given = formula.arguments(node)
    if len(given) != 2:
        raise formula.error(node, "Expectation takes a formula and a variable",
                            "write Expectation(f, X)")  # fmt: skip
    if isinstance(given[1], ast.Tuple) and len(given[1].elts) == 2:
        name = formula.variable(given[1].elts[0])
        law, domain = read_law(formula, given[1].elts[1], scope)
        entry = Bound(name, domain)
    else:
        name = formula.variable(given[1])
        declared = formula.reading.declared(name)
        if declared is None or declared.law is None or declared.indices:
            repair = f'declare its law: "{name} ~ Normal(mean=mu, variance=sigma**2)"'
            raise formula.error(given[1], f"the law of {name} is not known", repair)
        law, entry = declared.law, Bound(name, declared.domain)
    body = formula.term(given[0], (*scope, entry))
    return Term("Expectation", (body, law), None, (name,))


def _piecewise(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    import ast

    flat: list[Term] = []
    for branch in formula.arguments(node):
        if not isinstance(branch, ast.Tuple) or len(branch.elts) != 2:
            repair = "write Piecewise((a, x < 0), (b, True))"
            raise formula.error(branch, "a branch is a value and a condition", repair)
        flat.append(formula.term(branch.elts[0], scope))
        flat.append(read_condition(formula, branch.elts[1], scope))
    if not flat:
        raise formula.error(node, "Piecewise needs a branch")
    return Term("Piecewise", tuple(flat))


def _sqrt(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    given = formula.arguments(node)
    if len(given) != 1:
        raise formula.error(node, f"sqrt takes 1 argument, here it has {len(given)}")
    half = number(1).value / 2
    return Term("Pow", (formula.term(given[0], scope), number(half)))


def _rational(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    parts = [formula.term(a, scope) for a in formula.arguments(node)]
    whole = all(p.head == "number" and p.value.denominator == 1 for p in parts)
    if len(parts) != 2 or not whole or parts[1].value == 0:
        raise formula.error(node, "Rational takes two whole numbers", "write Rational(1, 2)")
    return number(parts[0].value / parts[1].value)


_SPECIAL: dict[str, Callable[[Formula, ast.Call, Scope], Term]] = {
    "Sum": _ranged,
    "Product": _ranged,
    "Integral": _ranged,
    "Derivative": _derivative,
    "Subs": _subs,
    "Expectation": _expectation,
    "Piecewise": _piecewise,
    "sqrt": _sqrt,
    "Rational": _rational,
}
