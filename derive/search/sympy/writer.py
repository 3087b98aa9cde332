"""Writes terms as SymPy expressions, unevaluated; see ``derive.search.sympy.translation``.

That module alone imports SymPy, and gives it to the writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from derive.context import Context
from derive.domains import MINUS_INFINITY
from derive.search.sympy.names import (
    EMPTY_VALUE,
    NO_COUNTERPART,
    SHARED,
    WRITTEN_OUT,
    Bounds,
    ConversionError,
    Declarations,
    assumptions,
    is_function,
    may_run_backwards,
    sign_of,
)
from derive.term import Term, apply, fresh, instantiate, is_number, neg, symbol

#: Comparisons and connectives have the same names too.
CONDITIONS = ("Eq", "Ne", "Le", "Lt", "And", "Or", "Not")
CONSTANTS = {"E": "E", "pi": "pi", "oo": "oo", "True": "true"}
ACCUMULATORS = ("Sum", "Product")


class Writer:
    """One conversion; ``scope`` has the variables of the binders around, inmost last."""

    def __init__(
        self, module: Any, context: Context | None, declarations: Declarations, exact: bool
    ) -> None:
        self.sympy = module
        self.minus_one = module.Integer(-1)
        self.context = context
        self.declarations = declarations
        self.exact = exact
        self.scope: dict[str, tuple[Any, Term | None, Term | None]] = {}

    def write(self, t: Term) -> Any:
        """The expression of a term.  Raises ConversionError."""
        handler = _WRITERS.get(t.head)
        if handler is not None:
            return handler(self, t)
        if t.head in SHARED or t.head in CONDITIONS:
            return getattr(self.sympy, t.head)(*map(self.write, t.args), evaluate=False)
        if t.head in CONSTANTS:
            return getattr(self.sympy, CONSTANTS[t.head])
        raise ConversionError(NO_COUNTERPART.get(t.head, f"SymPy has no counterpart of {t.head}"))

    def opened(
        self, t: Term, facts: dict[str, bool], lower: Term | None = None, upper: Term | None = None
    ) -> tuple[Any, Any]:
        """A binder's variable under a name of its own, and the binder's body with it."""
        body = t.args[0]
        name = fresh(t.names[0], body.free | self.declarations.keys() | self.scope.keys())
        variable = self.sympy.Symbol(name, **facts)
        self.scope[name] = variable, lower, upper
        try:
            return variable, self.write(instantiate(body, symbol(name)))
        finally:
            del self.scope[name]

    def ranges(self) -> Iterator[Bounds]:
        """The ranges of the bound variables around, inmost first."""
        for name, (_, lower, upper) in reversed(self.scope.items()):
            yield name, lower, upper

    def product(self, *factors: Any) -> Any:
        """A product as it stands."""
        return self.sympy.Mul(*factors, evaluate=False)

    def opaque(self, name: str, *arguments: Any) -> Any:
        """A function that SymPy knows nothing of."""
        if name in self.declarations:
            raise ConversionError(f"{name} is a declared name here; rename it")
        return self.sympy.Function(name)(*arguments)


def _write_number(self: Writer, t: Term) -> Any:
    return self.sympy.Rational(t.value.numerator, t.value.denominator)


def _write_symbol(self: Writer, t: Term) -> Any:
    if t.value in self.scope:
        return self.scope[t.value][0]
    return self.sympy.Symbol(t.value, **assumptions(self.declarations[t.value].domain))


def _write_member(self: Writer, t: Term) -> Any:
    declared = self.declarations[t.value]
    facts = assumptions(declared.domain)
    arguments = list(map(self.write, t.args))
    if is_function(declared):
        return self.sympy.Function(t.value, **facts)(*arguments)
    return self.sympy.Indexed(
        self.sympy.IndexedBase(self.sympy.Symbol(t.value, **facts)), *arguments
    )


def _write_signed(self: Writer, t: Term) -> Any:
    """A number; when exact, a negative one as a number times -1, which is read literally."""
    if self.exact and is_number(t) and t.value < 0:
        return self.product(_write_number(self, neg(t)), self.minus_one)
    return self.write(t)


def _write_add(self: Writer, t: Term) -> Any:
    return self.sympy.Add(*map(self.write, t.args), evaluate=False)


def _write_mul(self: Writer, t: Term) -> Any:
    return self.product(_write_signed(self, t.args[0]), *map(self.write, t.args[1:]))


def _write_neg(self: Writer, t: Term) -> Any:
    if t == MINUS_INFINITY:
        return -self.sympy.oo
    return self.product(self.minus_one, self.write(t.args[0]))


def _write_div(self: Writer, t: Term) -> Any:
    below = self.sympy.Pow(self.write(t.args[1]), self.minus_one, evaluate=False)
    return self.product(_write_signed(self, t.args[0]), below)


def _write_pow(self: Writer, t: Term) -> Any:
    return self.sympy.Pow(self.write(t.args[0]), _write_signed(self, t.args[1]), evaluate=False)


def _write_lattice(self: Writer, t: Term) -> Any:
    """Max, Min, And, Or: SymPy makes sets of their arguments."""
    kind = getattr(self.sympy, t.head)
    arguments = tuple(map(self.write, t.args))
    found = kind(*arguments, evaluate=False)
    if self.exact and (found.func is not kind or found.args != arguments):
        found = self.sympy.Basic.__new__(kind, *arguments)
        found._argset = frozenset(arguments)
    return found


def _write_long(self: Writer, t: Term) -> Any:
    """A function that SymPy does not have."""
    if self.exact:
        return self.opaque(t.head, *map(self.write, t.args))
    return self.write(WRITTEN_OUT[t.head](*t.args))


def _write_xlogy(self: Writer, t: Term) -> Any:
    factor, inside = map(self.write, t.args)
    if self.exact:
        return self.opaque("xlogy", factor, inside)
    plain = self.product(factor, self.sympy.log(inside, evaluate=False))
    if inside.is_positive:
        return plain
    zero = self.sympy.Integer(0)
    both = self.sympy.And(*(self.sympy.Eq(a, zero, evaluate=False) for a in (factor, inside)))
    return self.sympy.Piecewise((zero, both), (plain, self.sympy.true), evaluate=False)


def _write_piecewise(self: Writer, t: Term) -> Any:
    values, tests = map(self.write, t.args[::2]), map(self.write, t.args[1::2])
    return self.sympy.Piecewise(*zip(values, tests, strict=True), evaluate=False)


def _write_accumulator(self: Writer, t: Term) -> Any:
    lower, upper = t.args[1:]
    if upper.head == "oo" or lower == MINUS_INFINITY:
        raise ConversionError(f"the bounds of a {t.head} are integers; an infinite one is a limit")
    low, high = self.write(lower), self.write(upper)
    facts = {"integer": True, **sign_of(lower, False)}
    variable, inside = self.opened(t, facts, lower, upper)
    found = _ranged(
        self, getattr(self.sympy, t.head), inside, self.sympy.Tuple(variable, low, high)
    )
    if not may_run_backwards(lower, upper, self.ranges(), self.context):
        return found
    guarded = found, self.sympy.Ge(high, low, evaluate=False)
    empty = self.sympy.Integer(EMPTY_VALUE[t.head]), self.sympy.true
    return self.sympy.Piecewise(guarded, empty, evaluate=False)


def _ranged(self: Writer, kind: Any, body: Any, limits: Any) -> Any:
    """A sum, product or integral with its body as it stands."""
    if not body.has(self.sympy.Piecewise):
        return kind(body, limits)
    # The constructor would fold the Piecewise, which evaluates whatever stands beside it.
    found = self.sympy.Expr.__new__(kind, body, limits)
    found.is_commutative = True
    return found


def _write_integral(self: Writer, t: Term) -> Any:
    low, high = map(self.write, t.args[1:])
    variable, inside = self.opened(t, {"real": True})
    return _ranged(self, self.sympy.Integral, inside, self.sympy.Tuple(variable, low, high))


def _write_derivative(self: Writer, t: Term) -> Any:
    body, point = t.args[:2]
    if point.head == "symbol" and point.value not in body.free:
        variable = self.write(point)
        inside = self.write(instantiate(body, point))
        return self.sympy.Derivative(inside, variable, evaluate=False)
    place = self.write(point)
    facts = assumptions(t.args[2]) if len(t.args) > 2 else {"real": True}
    variable, inside = self.opened(t, facts)
    return self.sympy.Subs(self.sympy.Derivative(inside, variable, evaluate=False), variable, place)


def _write_scores(self: Writer, t: Term) -> Any:
    """softmax and logsumexp."""
    body, lower, upper, *place = t.args
    if self.exact:
        rest = [self.write(a) for a in (lower, upper, *place)]
        variable, inside = self.opened(t, {"integer": True}, lower, upper)
        return self.opaque(t.head, self.sympy.Lambda(variable, inside), *rest)
    total = Term("Sum", (apply("exp", body), lower, upper), None, t.names)
    if place:
        return self.write(apply("exp", instantiate(body, *place)) / total)
    return self.write(apply("log", total))


_WRITERS: dict[str, Callable[[Writer, Term], Any]] = {
    "number": _write_number,
    "symbol": _write_symbol,
    "member": _write_member,
    "Add": _write_add,
    "Mul": _write_mul,
    "Neg": _write_neg,
    "Div": _write_div,
    "Pow": _write_pow,
    **dict.fromkeys(("Max", "Min", "And", "Or"), _write_lattice),
    "xlogy": _write_xlogy,
    "Piecewise": _write_piecewise,
    "Integral": _write_integral,
    "Derivative": _write_derivative,
    **dict.fromkeys(ACCUMULATORS, _write_accumulator),
    **dict.fromkeys(("softmax", "logsumexp"), _write_scores),
    **dict.fromkeys(WRITTEN_OUT, _write_long),
}
