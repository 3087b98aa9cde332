"""The functions a formula may use: how many arguments each takes and where it is defined.

One line a function.  ``total`` means: defined wherever its arguments are; such functions
need no rule for that.  Where another function is defined, and its sign, are rules of the
ledger (``derive.rules``); what it means is written here.

A function is *strict*: with an undefined argument it is undefined.  ``Piecewise`` alone is
not (first true branch, the others are not looked at).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from derive.term import BINDERS, Term, apply, bind, fresh, rebuild, shift, symbol, term


class Function(NamedTuple):
    """A head: its name, the number of its arguments (``None``: any, at least one)."""

    name: str
    arity: int | None
    total: bool
    meaning: str


_TABLE = [
    Function("Add", None, True, "sum of the arguments"),
    Function("Mul", None, True, "product of the arguments"),
    Function("Neg", 1, True, "minus the argument"),
    Function("Div", 2, False, "quotient; undefined for a divisor 0"),
    Function("Pow", 2, False, "b > 0: any exponent; b = 0: exponent >= 0; b < 0: integers"),
    Function("log", 1, False, "natural logarithm of a positive number"),
    Function("log_2", 1, False, "logarithm to base 2 of a positive number"),
    Function("log_b", 2, False, "logarithm of x > 0 to the base b > 0, b != 1: log_b(x, b)"),
    Function("exp", 1, True, "exponential"),
    Function("Abs", 1, True, "absolute value"),
    Function("sign", 1, True, "-1, 0 or 1"),
    Function("Max", None, True, "largest argument"),
    Function("Min", None, True, "smallest argument"),
    Function("floor", 1, True, "largest integer not above the argument"),
    Function("sigmoid", 1, True, "1/(1 + exp(-z))"),
    Function("softplus", 1, True, "log(1 + exp(z))"),
    Function("sin", 1, True, "sine"),
    Function("cos", 1, True, "cosine"),
    Function("atan", 1, True, "inverse tangent, in (-pi/2, pi/2)"),
    Function("sinh", 1, True, "(exp(x) - exp(-x))/2"),
    Function("cosh", 1, True, "(exp(x) + exp(-x))/2"),
    Function("tanh", 1, True, "sinh(x)/cosh(x)"),
    Function("erf", 1, True, "2/sqrt(pi) times the integral of exp(-t**2) from 0 to x"),
    Function("gamma", 1, False, "Gamma function; undefined at 0, -1, -2, ..."),
    Function("loggamma", 1, False, "log(gamma(x)) for x > 0"),
    Function("digamma", 1, False, "derivative of log(gamma(x)) for x > 0"),
    Function("factorial", 1, False, "gamma(x + 1)"),
    Function("binomial", 2, False, "gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))"),
    Function("beta", 2, False, "gamma(a)*gamma(b)/gamma(a + b) for a, b > 0"),
    Function("besseli", 2, False, "modified Bessel function I of order v at x > 0"),
    Function("besselk", 2, False, "modified Bessel function K of order v at x > 0"),
    Function("KroneckerDelta", 2, True, "1 where the arguments are equal, else 0"),
    Function("xlogy", 2, False, "t*log(u) for u > 0, and 0 for t = u = 0"),
    Function("Piecewise", None, False, "value, condition, ...: the value of the first true"),
    Function("E", 0, True, "the number exp(1)"),
    Function("pi", 0, True, "the circle number"),
    Function("oo", 0, False, "infinity; only as the end of an interval, an integral or a sum"),
]

FUNCTIONS: dict[str, Function] = {f.name: f for f in _TABLE}

#: Comparisons, and what they mean of two exact numbers.
COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "Eq": operator.eq,
    "Ne": operator.ne,
    "Le": operator.le,
    "Lt": operator.lt,
}
#: Connectives; with comparisons they are the conditions of a Piecewise.
CONNECTIVES = ("And", "Or", "Not")

#: Relations in theta: heads of statements ``head(f, g, theta...)``, theta as symbols.
RELATIONS = {
    "Affine": "affine",
    "SameOrder": "same ordering",
    "SameArgmin": "same minimiser",
    "Argmin": "unique minimiser",
    "SameGradient": "same gradient",
}


def is_total(t: Term) -> bool:
    """Whether the term is defined as soon as its arguments are."""
    known = FUNCTIONS.get(t.head)
    return known is not None and known.total


def is_strict(head: str) -> bool:
    """Whether the arguments of a defined application are defined."""
    return head in FUNCTIONS and head != "Piecewise"


# -- spelling for scripts ----------------------------------------------------------------


def _function(name: str):  # type: ignore[no-untyped-def]  # the type is written on each use
    def make(*args: object) -> Term:
        return apply(name, *args)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"``{name}``: {FUNCTIONS[name].meaning}."
    return make


log, exp, sigmoid, softplus = map(_function, ("log", "exp", "sigmoid", "softplus"))
Abs, Max, Min, sign = map(_function, ("Abs", "Max", "Min", "sign"))
gamma, loggamma, factorial, binomial = map(
    _function, ("gamma", "loggamma", "factorial", "binomial")
)
sinh, cosh, tanh, erf, digamma, beta = map(
    _function, ("sinh", "cosh", "tanh", "erf", "digamma", "beta")
)
KroneckerDelta, xlogy = map(_function, ("KroneckerDelta", "xlogy"))
E, pi, oo = Term("E"), Term("pi"), Term("oo")

Range = tuple[Term, object, object]


def Sum(body: object, *ranges: Range) -> Term:  # noqa: N802  # the field's spelling
    """``Sum(f, (i, 1, n))``: the sum of f for i = 1..n; several ranges nest, first inmost."""
    return _bind_over("Sum", body, ranges)


def Product(body: object, *ranges: Range) -> Term:  # noqa: N802  # the field's spelling
    """``Product(f, (i, 1, n))``: the product of f for i = 1..n."""
    return _bind_over("Product", body, ranges)


def softmax(scores: object, over: Range, index: object) -> Term:
    """``softmax(z[k], (k, 1, m), j)``: exp(z[j]) over the sum of all exp(z[k])."""
    return _bind_over("softmax", scores, (over,), term(index))


def logsumexp(scores: object, over: Range) -> Term:
    """``logsumexp(z[k], (k, 1, m))``: the log of the sum of all exp(z[k])."""
    return _bind_over("logsumexp", scores, (over,))


def Piecewise(*branches: tuple[object, object]) -> Term:  # noqa: N802  # the field's spelling
    """``Piecewise((value, condition), ...)``; the last condition may be True."""
    flat: list[Term] = []
    for value, condition in branches:
        flat += [term(value), TRUE if condition is True else term(condition)]
    return Term("Piecewise", tuple(flat))


def Eq(a: object, b: object) -> Term:  # noqa: N802  # the field's spelling
    """The statement ``a = b``."""
    return apply("Eq", a, b)


def Ne(a: object, b: object) -> Term:  # noqa: N802  # the field's spelling
    """The statement ``a != b``."""
    return apply("Ne", a, b)


def Le(a: object, b: object) -> Term:  # noqa: N802  # the field's spelling
    """The statement ``a <= b``."""
    return apply("Le", a, b)


def Lt(a: object, b: object) -> Term:  # noqa: N802  # the field's spelling
    """The statement ``a < b``."""
    return apply("Lt", a, b)


def sqrt(x: object) -> Term:
    """The square root, which is the power 1/2."""
    return term(x) ** (term(1) / 2)


TRUE = Term("True")


def negation(condition: Term) -> Term | None:
    """The comparison that holds exactly where this one does not; None when it is none.

    >>> negation(Lt(1, 2)) == Le(2, 1)
    True
    """
    a, b = condition.args if condition.head in COMPARISONS else (TRUE, TRUE)
    opposite = {"Eq": ("Ne", a, b), "Ne": ("Eq", a, b), "Lt": ("Le", b, a), "Le": ("Lt", b, a)}
    found = opposite.get(condition.head)
    return None if found is None else Term(found[0], found[1:])


def _bind_over(head: str, body: object, ranges: tuple[Range, ...], *rest: Term) -> Term:
    result = term(body)
    for variable, lower, upper in ranges:
        result = bind(head, variable.value, result, term(lower), term(upper), *rest)
    return result


def derivative(body: Term, variable: Term, domain: Term | None = None) -> Term:
    """``Derivative(body, variable)``, the variable a symbol or a member of a family.

    A member ``x[k]`` is varied alone: every other ``x[j]`` of the body becomes
    ``Piecewise((t, Eq(j, k)), (x[j], True))`` with the new variable t.  ``domain`` is kept
    in the term when it is no open interval: at its ends the derivative is undefined.
    """
    rest = (variable,) if domain is None else (variable, domain)
    if variable.head == "symbol":
        return bind("Derivative", variable.value, body, *rest)
    name = fresh("t", body.free | variable.free)
    varied = vary(body, variable, symbol(name), 0)
    return bind("Derivative", name, varied, *rest)


def Derivative(body: object, *variables: Term) -> Term:  # noqa: N802  # the field's spelling
    """``Derivative(f, x)``, or by one member ``z[j]`` of a family; several variables in turn.

    Only for variables in an open interval; others take ``derivative`` with their domain.
    """
    result = term(body)
    for variable in variables:
        result = derivative(result, variable)
    return result


def vary(u: Term, variable: Term, new: Term, depth: int) -> Term:
    """``u`` with the one member ``variable`` of its family replaced by ``new``."""
    if variable.value not in u.free:
        return u
    if u.head == "member" and u.value == variable.value:
        indices = tuple(vary(a, variable, new, depth) for a in u.args)
        own = Term("member", indices, u.value)
        target = tuple(shift(k, depth) for k in variable.args)
        if indices == target:
            return shift(new, depth)
        tests = [Eq(j, k) for j, k in zip(indices, target, strict=True) if j != k]
        condition = tests[0] if len(tests) == 1 else Term("And", tuple(tests))
        return Piecewise((shift(new, depth), condition), (own, True))
    return rebuild(u, lambda a, d: vary(a, variable, new, d), depth)


def binder_range(t: Term) -> Term | None:
    """Where the variable of a binder over integers runs, as a domain; else None."""
    if t.head in ("Sum", "Product", "softmax", "logsumexp"):
        return Term("Range", t.args[BINDERS[t.head] : BINDERS[t.head] + 2])
    return None
