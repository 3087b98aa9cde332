"""Reads SymPy expressions; see ``derive.search.sympy.translation``, which alone imports SymPy.

An expression is told by the name of its class, and only where the class is SymPy's own.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derive.domains import MINUS_INFINITY, PARTIAL, is_open
from derive.functions import FUNCTIONS
from derive.search.sympy.binders import (
    read_accumulator,
    read_derivative,
    read_piecewise,
    read_scores,
    read_subs,
)
from derive.search.sympy.names import (
    OPAQUE,
    SHARED,
    ConversionError,
    Declarations,
    assumptions,
    hint_of,
)
from derive.term import ONE, Term, fresh, instantiate, number, symbol

#: Classes of which there are subclasses, the narrower first.
_FAMILIES = ("Dummy", "Wild", "Symbol", "Rational", "Float", "AppliedUndef")


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

    @staticmethod
    def kind(e: Any) -> str:
        """The name of the SymPy class that says how an expression is read; "" for none."""
        kind = type(e)
        if kind.__name__ in _READERS and _is_own(kind):
            return str(kind.__name__)
        names = {k.__name__ for k in kind.__mro__ if _is_own(k)}
        return next((name for name in _FAMILIES if name in names), "")

    def read(self, e: Any) -> Term:
        """The term that an expression says.  Raises ConversionError."""
        kind = self.kind(e)
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
        if self.kind(s) == "Dummy":
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
            own = fresh(f"{hint_of(v)}_", self.taken)
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


def _is_own(kind: type) -> bool:
    # An undefined function is a class too, with a name of its own and no module.
    return str(kind.__module__).startswith("sympy.")


def _read_rational(_: Reader, e: Any) -> Term:
    return number(Fraction(int(e.p), int(e.q)))


def _read_symbol(self: Reader, e: Any) -> Term:
    return symbol(self.name(e))


def _read_indexed(self: Reader, e: Any) -> Term:
    label = e.base.label
    if self.kind(label) != "Symbol":
        raise ConversionError(f"{e} is no member of a family")
    return Term("member", tuple(map(self.read, e.indices)), self.name(label))


def _read_undefined(self: Reader, e: Any) -> Term:
    name = type(e).__name__
    if name in self.declarations or name not in OPAQUE:
        return Term("member", tuple(map(self.read, e.args)), name)
    if name in ("softmax", "logsumexp"):
        return read_scores(self, name, e)
    arity = FUNCTIONS[name].arity
    if arity not in (None, len(e.args)):
        raise ConversionError(f"{name} takes {arity} arguments")
    return Term(name, tuple(map(self.read, e.args)))


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
        if self.kind(f) == "Pow" and f.exp.is_Rational and f.exp < 0:
            below.append(_power(self.read(f.base), -f.exp))
        else:
            above.append(self.read(f))
    if not below:
        return Term("Mul", tuple(above))
    return Term("Div", (_times(above), _times(below)))


def _times(factors: list[Term]) -> Term:
    return Term("Mul", tuple(factors)) if len(factors) > 1 else (*factors, ONE)[0]


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
    **dict.fromkeys(("Symbol", "Dummy", "Idx"), _read_symbol),
    "AppliedUndef": _read_undefined,
    "Add": _read_add,
    "Mul": _read_mul,
    "Pow": _read_pow,
    "Indexed": _read_indexed,
    "Piecewise": read_piecewise,
    "Derivative": read_derivative,
    "Subs": read_subs,
    **dict.fromkeys(("Sum", "Product", "Integral"), read_accumulator),
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
    **dict.fromkeys(("NaN", "ComplexInfinity"), _UNDEFINED),
    "BooleanFalse": _refuse("a statement that SymPy evaluated is no formula"),
}
