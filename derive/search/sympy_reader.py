"""Reads SymPy expressions; see ``derive.search.sympy``, which alone imports SymPy.

An expression is told by the name of its class, and only where the class is SymPy's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from derive.context import Declaration
from derive.domains import MINUS_INFINITY, PARTIAL, is_open
from derive.functions import FUNCTIONS, derivative
from derive.search.sympy_names import ConversionError, assumptions
from derive.term import ONE, Term, abstract, fresh, instantiate, number, substitute, symbol

Declarations = Mapping[str, Declaration]

#: What an empty range gives.
EMPTY_VALUE = {"Sum": 0, "Product": 1}

#: Functions that SymPy keeps as they stand when they are written with ``exact=True``.
OPAQUE = ("sigmoid", "softplus", "log_2", "log_b", "xlogy", "softmax", "logsumexp")

#: Functions that have one name on both sides.
SHARED = (
    "log", "exp", "Abs", "sign", "Max", "Min", "floor", "sin", "cos", "atan", "sinh", "cosh",
    "tanh", "erf", "gamma", "loggamma", "digamma", "factorial", "binomial", "beta", "besseli",
    "besselk", "KroneckerDelta",
)  # fmt: skip

#: Classes of which there are subclasses, the narrower first.
_FAMILIES = ("Dummy", "Wild", "Symbol", "Rational", "Float", "AppliedUndef")


def kind_of(e: Any) -> str:
    """The name of the SymPy class that says how an expression is read; "" for none."""
    kind = type(e)
    if kind.__name__ in _READERS and _is_own(kind):
        return str(kind.__name__)
    names = {k.__name__ for k in kind.__mro__ if _is_own(k)}
    return next((name for name in _FAMILIES if name in names), "")


def _is_own(kind: type) -> bool:
    # An undefined function is a class too, with a name of its own and no module.
    return str(kind.__module__).startswith("sympy.")


class Reader:
    """One conversion; ``scope`` has our names of the bound variables around."""

    def __init__(self, expr: Any, declarations: Declarations) -> None:
        self.declarations = declarations
        self.scope: dict[Any, str] = {}
        self.met: dict[str, Any] = {}
        self.taken: set[str] = set()
        nodes = [expr]
        while nodes:
            e = nodes.pop()
            self.taken.add(str(getattr(e, "name", type(e).__name__)))
            nodes += e.args

    def read(self, e: Any) -> Term:
        """The term that an expression says.  Raises ConversionError."""
        kind = kind_of(e)
        handler = _READERS.get(kind)
        if handler is not None:
            return handler(self, e)
        raise ConversionError(
            f"SymPy's {type(e).__name__} has no counterpart here; rewrite it with functions of "
            "the table (expr.rewrite, expr.doit), or put an abstract function for it"
        )

    def name(self, s: Any) -> str:
        """The name of a symbol; two symbols of one name are not mixed up."""
        if s in self.scope:
            return self.scope[s]
        if kind_of(s) == "Dummy":
            raise ConversionError(f"the dummy {s} stands outside its binder")
        name: str = s.name
        if self.met.setdefault(name, s) != s:
            raise ConversionError(
                f"two different symbols are named {name}: their assumptions differ"
            )
        allowed: dict[str, bool] = {}
        if name in self.declarations:
            allowed = assumptions(self.declarations[name].domain)
            known = s.func(name, **allowed).assumptions0
            claimed = {k: v for k, v in s.assumptions0.items() if known.get(k) is not v}
            if claimed:
                wrong = ", ".join(sorted(k if v else f"not {k}" for k, v in claimed.items()))
                raise ConversionError(
                    f"SymPy assumes of {name} what its declaration does not say: {wrong}"
                )
        if not s.is_commutative:
            raise ConversionError(f"{name} does not commute; only numbers are formulas here")
        return name

    def under(self, variables: tuple[Any, ...], read: Callable[[], Term]) -> tuple[Term, list[str]]:
        """What ``read`` returns under bound variables, and the names they have in it."""
        outer, names = dict(self.scope), []
        for v in variables:
            own = fresh(f"{_hint(v)}_", self.taken)
            self.taken.add(own)
            self.scope[v] = own
            names.append(own)
        try:
            return read(), names
        finally:
            self.scope = outer

    def domain(self, point: Term) -> tuple[Term, ...]:
        """The domain that a derivative at a point carries: one that is no open interval."""
        declared = self.declarations.get(point.value)
        if declared is None or is_open(declared.domain) or declared.domain == PARTIAL:
            return ()
        return (instantiate(declared.domain, *point.args),)


def _hint(variable: Any) -> str:
    return str(getattr(variable, "name", variable)).lstrip("_")


def _read_rational(_: Reader, e: Any) -> Term:
    return number(Fraction(int(e.p), int(e.q)))


def _read_symbol(self: Reader, e: Any) -> Term:
    return symbol(self.name(e))


def _read_indexed(self: Reader, e: Any) -> Term:
    label = e.base.label
    if kind_of(label) != "Symbol":
        raise ConversionError(f"{e} is no member of a family")
    return Term("member", tuple(map(self.read, e.indices)), self.name(label))


def _read_undefined(self: Reader, e: Any) -> Term:
    name = type(e).__name__
    if name in self.declarations or name not in OPAQUE:
        return Term("member", tuple(map(self.read, e.args)), name)
    if name in ("softmax", "logsumexp"):
        return _read_scores(self, name, e)
    arity = FUNCTIONS[name].arity
    if arity not in (None, len(e.args)):
        raise ConversionError(f"{name} takes {arity} arguments")
    return Term(name, tuple(map(self.read, e.args)))


def _read_scores(self: Reader, name: str, e: Any) -> Term:
    wanted = 4 if name == "softmax" else 3
    if len(e.args) != wanted or not hasattr(e.args[0], "variables"):
        raise ConversionError(f"{e}: write {name}(Lambda(k, scores), lower, upper, ...)")
    scores, *rest = e.args
    body, names = self.under(tuple(scores.variables), lambda: self.read(scores.expr))
    args = (abstract(body, *names), *map(self.read, rest))
    return Term(name, args, None, (_hint(scores.variables[0]),))


def _read_add(self: Reader, e: Any) -> Term:
    return Term("Add", tuple(map(self.read, e.args)))


def _read_mul(self: Reader, e: Any) -> Term:
    """A product: a leading minus in front, negative powers below the line."""
    first, *rest = e.args
    if len(rest) == 1 and first.is_Rational and rest[0] == -1:
        # 3*(-1), unevaluated, is how an exact conversion writes the number -3.
        return number(Fraction(int(-first.p), int(first.q)))
    if rest and first.is_Rational and first < 0:
        left = ([] if first == -1 else [-first]) + rest
        inside = self.read(left[0]) if len(left) == 1 else _read_factors(self, left)
        return Term("Neg", (inside,))
    return _read_factors(self, list(e.args))


def _read_factors(self: Reader, factors: list[Any]) -> Term:
    above: list[Term] = []
    below: list[Term] = []
    for f in factors:
        if kind_of(f) == "Pow" and f.exp.is_Rational and f.exp < 0:
            below.append(_power(self.read(f.base), -f.exp))
        else:
            above.append(self.read(f))
    if not below:
        return Term("Mul", tuple(above))
    return Term("Div", (_times(above), _times(below)))


def _times(factors: list[Term]) -> Term:
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Term("Mul", tuple(factors))


def _power(base: Term, exponent: Any) -> Term:
    return base if exponent == 1 else Term("Pow", (base, number(Fraction(exponent.p, exponent.q))))


def _read_pow(self: Reader, e: Any) -> Term:
    base, exponent = e.args
    if exponent.is_Rational and exponent < 0:
        return Term("Div", (ONE, _power(self.read(base), -exponent)))
    return Term("Pow", (self.read(base), self.read(exponent)))


def _read_function(head: str) -> Callable[[Reader, Any], Term]:
    return lambda self, e: Term(head, tuple(map(self.read, e.args)))


def _read_swapped(head: str) -> Callable[[Reader, Any], Term]:
    return lambda self, e: Term(head, tuple(self.read(a) for a in reversed(e.args)))


def _read_accumulator(self: Reader, e: Any) -> Term:
    """Sum, Product and Integral: the first range is the inmost."""
    return _read_ranges(self, kind_of(e), e.function, list(e.limits))


def _read_ranges(self: Reader, head: str, body: Any, limits: list[Any]) -> Term:
    if not limits:
        return self.read(body)
    variable, *ends = limits[-1]
    if len(ends) != 2:
        raise ConversionError(f"a {head} without bounds has no value; give its range")
    if head != "Integral" and any(end.is_infinite for end in ends):
        raise ConversionError(f"the bounds of a {head} are integers; an infinite one is a limit")
    lower, upper = map(self.read, ends)
    inside, names = self.under((variable,), lambda: _read_ranges(self, head, body, limits[:-1]))
    return Term(head, (abstract(inside, *names), lower, upper), None, (_hint(variable),))


def _read_piecewise(self: Reader, e: Any) -> Term:
    if _is_guard(e):
        return self.read(e.args[0].expr)
    return Term("Piecewise", tuple(self.read(part) for pair in e.args for part in pair.args))


def _is_guard(e: Any) -> bool:
    """Whether this is how a sum whose range may run backwards was written."""
    if len(e.args) != 2 or kind_of(e.args[1].cond) != "BooleanTrue":
        return False
    (found, condition), empty = e.args[0].args, e.args[1].expr
    if kind_of(found) not in EMPTY_VALUE or kind_of(condition) != "GreaterThan":
        return False
    if empty != EMPTY_VALUE[kind_of(found)]:
        return False
    _, *ends = found.limits[-1]
    return bool(tuple(condition.args) == tuple(reversed(ends)))


def _read_derivative(self: Reader, e: Any) -> Term:
    """Variables from the first, which is the inmost."""
    body = self.read(e.expr)
    for variable, count in e.variable_count:
        if not count.is_Integer:
            raise ConversionError(f"a derivative of order {count} has no meaning here")
        if kind_of(variable) not in ("Symbol", "Dummy", "Idx", "Indexed"):
            raise ConversionError(f"a derivative is by a symbol or a member, not by {variable}")
        point = self.read(variable)
        domain = self.domain(point)
        for _ in range(int(count)):
            if point.head == "member":
                body = derivative(body, point, *domain)
            else:
                args = (abstract(body, point.value), point, *domain)
                body = Term("Derivative", args, None, (_hint(variable),))
    return body


def _read_subs(self: Reader, e: Any) -> Term:
    """A term at a point; what stands there as a derivative becomes one at that point."""
    points = list(map(self.read, e.point))
    body, names = self.under(tuple(e.variables), lambda: self.read(e.expr))
    if body.head == "Derivative" and body.args[1:] == (symbol(names[-1]),) and len(names) == 1:
        args = (body.args[0], points[0], *self.domain(points[0]))
        return Term("Derivative", args, None, body.names)
    return substitute(body, dict(zip(names, points, strict=True)))


def _read_polygamma(self: Reader, e: Any) -> Term:
    if e.args[0] != 0:
        raise ConversionError("polygamma has no counterpart here but digamma = polygamma(0, x)")
    return Term("digamma", (self.read(e.args[1]),))


def _read_choice(self: Reader, e: Any) -> Term:
    test, yes, no = map(self.read, e.args)
    return Term("Or", (Term("And", (test, yes)), Term("And", (Term("Not", (test,)), no))))


def _refuse(reason: str) -> Callable[[Reader, Any], Term]:
    def refuse(_: Reader, e: Any) -> Term:
        raise ConversionError(f"{e}: {reason}")

    return refuse


_UNDEFINED = _refuse("SymPy met something undefined; it is no number")
_READERS: dict[str, Callable[[Reader, Any], Term]] = {
    "Rational": _read_rational,
    "Symbol": _read_symbol,
    "Dummy": _read_symbol,
    "Idx": _read_symbol,
    "AppliedUndef": _read_undefined,
    "Add": _read_add,
    "Mul": _read_mul,
    "Pow": _read_pow,
    "Indexed": _read_indexed,
    "Piecewise": _read_piecewise,
    "Derivative": _read_derivative,
    "Subs": _read_subs,
    "Sum": _read_accumulator,
    "Product": _read_accumulator,
    "Integral": _read_accumulator,
    "polygamma": _read_polygamma,
    "ITE": _read_choice,
    **{name: _read_function(name) for name in (*SHARED, "And", "Or", "Not")},
    "Equality": _read_function("Eq"),
    "Unequality": _read_function("Ne"),
    "LessThan": _read_function("Le"),
    "StrictLessThan": _read_function("Lt"),
    "GreaterThan": _read_swapped("Le"),
    "StrictGreaterThan": _read_swapped("Lt"),
    "Exp1": _read_function("E"),
    "Pi": _read_function("pi"),
    "Infinity": _read_function("oo"),
    "BooleanTrue": _read_function("True"),
    "NegativeInfinity": lambda _, __: MINUS_INFINITY,
    "Float": _refuse("a float is not exact; write Rational(1, 2) instead of 0.5"),
    "ImaginaryUnit": _refuse("formulas here are real; SymPy left the real numbers"),
    "NaN": _UNDEFINED,
    "ComplexInfinity": _UNDEFINED,
    "BooleanFalse": _refuse("a statement that SymPy evaluated is no formula"),
}
