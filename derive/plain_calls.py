"""Calls of the plain spelling: ``Sum``, ``Derivative``, ``Piecewise``, functions, laws."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from derive.domains import REAL
from derive.functions import FUNCTIONS, derivative
from derive.plain_formula import MAX_RANGES, Bound, Formula, Scope
from derive.term import BINDERS, Term, TermError, number, term

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable


def read_call(formula: Formula, node: ast.Call, head: str, scope: Scope) -> Term:
    """The term of the call ``head(...)``.  Raises ReadError."""
    if any(b.name == head for b in scope) and head not in FUNCTIONS:
        raise formula.unknown(node, scope)
    special = _SPECIAL.get(head)
    if special is not None:
        return special(formula, node, scope)
    if head in BINDERS and head != "ForAll":
        return _binder(formula, node, head, scope)
    arity = FUNCTIONS[head].arity if head in FUNCTIONS else mass_arity(head)
    if arity is None and head not in FUNCTIONS:
        raise formula.unknown(node, scope)
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


# -- derivatives ---------------------------------------------------------------------------


def _variables(formula: Formula, node: ast.Call) -> list[ast.expr]:
    """The variables of ``Derivative(f, x, (y, 2))`` in the order of differentiation."""
    import ast

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


def _derivative(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    variables = _variables(formula, node)
    return _differentiate(formula, node.args[0], variables, scope)


def _differentiate(
    formula: Formula, body: ast.expr, variables: list[ast.expr], scope: Scope
) -> Term:
    import ast

    if not variables:
        return formula.term(body, scope)
    variable, earlier = variables[-1], variables[:-1]
    point = formula.term(variable, scope)
    if isinstance(variable, ast.Name) and point.head in ("symbol", "bound"):
        name = formula.token(variable).text
        domain = formula.variable_domain(name, scope)
        inner = _differentiate(formula, body, earlier, (*scope, Bound(name, domain)))
        rest = (point,) if domain is None else (point, domain)
        return Term("Derivative", (inner, *rest), None, (name,))
    if point.head == "member":
        domain = formula.member_domain(point.value, point.args)
        inner = _differentiate(formula, body, earlier, scope)
        try:
            return derivative(inner, point, domain)
        except ValueError:  # only without a context, which knows how many there are
            message = f"{point.value} has members with different numbers of indices"
            raise formula.error(variable, message) from None
    repair = "write Subs(Derivative(f(t), t), t, point) for a derivative at a point"
    raise formula.error(variable, "a derivative is by a symbol or a member of a family", repair)


def _subs(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    """``Subs(Derivative(f, t), t, point)``: the derivative by t, at a point."""
    import ast

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
        domain = formula.variable_domain(formula.token(given[2]).text, scope)
    elif point.head == "member":
        domain = formula.member_domain(point.value, point.args)
    entry = Bound(variable, domain)
    body = _differentiate(formula, inner.args[0], variables[:-1], (*scope, entry))
    rest = (point,) if domain is None else (point, domain)
    return Term("Derivative", (body, *rest), None, (variable,))


# -- the others ----------------------------------------------------------------------------


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


def read_law(formula: Formula, node: ast.expr, scope: Scope) -> tuple[Term, Term]:
    """``Normal(mean=mu, variance=v)``: the law and where its values lie.

    A distribution that is known checks its parameters and keeps the canonical ones.
    """
    import ast

    if not isinstance(node, ast.Call):
        raise formula.error(node, "a law is expected here", "write Normal(mean=mu, variance=v)")
    head = formula.token(node.func).text
    if node.args and node.keywords:
        raise formula.error(node, "give all parameters by name, or none")
    names = tuple(_keyword(formula, k.arg) for k in node.keywords)
    given = [*node.args, *(k.value for k in node.keywords)]
    values = tuple(_parameter(formula, a, scope) for a in given)
    if len(set(names)) < len(names):
        raise formula.error(node, "a parameter is given twice")
    law = Term(head, values, None, names)
    made = _law_book("law_of")
    if made is not None and law_parameters(head) is not None:
        try:
            law = term(made(head, names, values))
        except TermError as e:
            raise formula.error(node, str(e)) from None
    return law, law_support(law)


def _parameter(formula: Formula, node: ast.expr, scope: Scope) -> Term:
    """A parameter of a law; a family may be written ``(p[j], (j, 1, m))``."""
    import ast

    if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
        return formula.term(node, scope)
    entry, ends = formula.bind("Family", node.elts[1], scope)
    body = formula.term(node.elts[0], (*scope, entry))
    return Term("Family", (body, *ends), None, (entry.name,))


def _keyword(formula: Formula, placeholder: str | None) -> str:
    assert placeholder is not None  # ** never passes check_order
    return formula.piece.tokens[int(placeholder[1:])].text


def _law_book(attribute: str) -> Callable[..., object] | None:
    """A function of ``derive.distributions``, which stands above this module: the spelling
    of laws is the same without it, only their parameters are not known."""
    name = "derive.distributions"
    if name not in sys.modules:
        try:
            __import__(name)
        except ImportError:
            return None
    return getattr(sys.modules[name], attribute, None)


def law_parameters(head: str) -> tuple[str, ...] | None:
    """The parameters of a distribution in their order; None when it is not known.

    >>> law_parameters("Normal")
    ('mean', 'variance')
    """
    asked = _law_book("parameters")
    found = None if asked is None else asked(head)
    return found if isinstance(found, tuple) else None


def law_support(law: Term) -> Term:
    """The domain in which the values of a law lie; Real when it is not known."""
    asked = _law_book("support")
    if asked is None or law_parameters(law.head) is None:
        return REAL
    try:
        return term(asked(law))
    except TermError:  # not a law as that distribution makes them
        return REAL


def mass_arity(head: str) -> int | None:
    """The number of arguments of a mass or density; None for other heads.

    >>> mass_arity("BernoulliMass")
    2
    """
    if not head.endswith(("Mass", "Density")):
        return None
    asked = _law_book("mass_arity")
    found = None if asked is None else asked(head)
    return found if isinstance(found, int) else None


def _piecewise(formula: Formula, node: ast.Call, scope: Scope) -> Term:
    import ast

    flat: list[Term] = []
    for branch in formula.arguments(node):
        if not isinstance(branch, ast.Tuple) or len(branch.elts) != 2:
            repair = "write Piecewise((a, x < 0), (b, True))"
            raise formula.error(branch, "a branch is a value and a condition", repair)
        flat.append(formula.term(branch.elts[0], scope))
        flat.append(formula.condition(branch.elts[1], scope))
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
