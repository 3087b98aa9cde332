"""Between our terms and SymPy: SymPy proposes, the kernel decides.

``to_sympy`` writes a term as a SymPy expression that has the same value wherever the term
is defined, ``from_sympy`` reads one back.  Nothing that SymPy computes is believed: what
comes back is a line that somebody still has to prove.

SymPy evaluates while an expression is built (``x/x``, ``log(exp(x))``), so everything is
built unevaluated, in the author's order.  Four meanings differ and are translated:

* the range of a sum that runs backwards is empty here and counts negatively there, so such
  a sum is written ``Piecewise((Sum(...), upper >= lower), (0, True))`` unless the range
  cannot run backwards; reading restores the sum;
* bound variables have names there: each gets one that nothing around it has;
* a derivative by a member ``x[k]`` is wrong there under a sum over another index; it is
  written as the derivative by a scalar, put at the point ``x[k]``;
* functions that SymPy does not have (``sigmoid``, ``softmax``, ``log_2``, ``xlogy``, ...)
  are written out; with ``exact=True`` they stay, as functions that SymPy leaves alone.

Text never becomes an expression here: a name makes a ``Symbol`` and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import sympy  # type: ignore[import-untyped]  # SymPy ships no types

from derive.context import Context, Declaration
from derive.domains import MINUS_INFINITY
from derive.functions import derivative
from derive.search.sympy_names import (
    Bounds,
    ConversionError,
    assumptions,
    declarations_of,
    is_function,
    may_run_backwards,
    sign_of,
)
from derive.search.sympy_reader import EMPTY_VALUE, SHARED, Declarations, Reader
from derive.term import (
    BINDERS,
    Term,
    apply,
    fresh,
    instantiate,
    is_number,
    neg,
    number,
    substitute,
    symbol,
)

__all__ = [
    "ConversionError",
    "Converted",
    "differentiate",
    "equation",
    "from_sympy",
    "simplify",
    "solve",
    "to_sympy",
]


class Converted(NamedTuple):
    """A SymPy expression, and what its names stand for (plain data, for the way back)."""

    expr: Any
    declarations: dict[str, Declaration]


#: Comparisons and connectives have the same names too.
CONDITIONS = ("Eq", "Ne", "Le", "Lt", "And", "Or", "Not")
CONSTANTS: dict[str, Any] = {
    "E": sympy.E,
    "pi": sympy.pi,
    "oo": sympy.oo,
    "True": sympy.true,
}
ACCUMULATORS: dict[str, Any] = {"Sum": sympy.Sum, "Product": sympy.Product}

_MINUS_ONE = sympy.Integer(-1)


# -- to SymPy ----------------------------------------------------------------------------


class _Writer:
    """One conversion; ``scope`` has the variables of the binders around, inmost last."""

    def __init__(self, context: Context | None, declarations: Declarations, exact: bool) -> None:
        self.context = context
        self.declarations = declarations
        self.exact = exact
        self.scope: dict[str, tuple[Any, Term | None, Term | None]] = {}

    def write(self, t: Term) -> Any:
        handler = _WRITERS.get(t.head)
        if handler is not None:
            return handler(self, t)
        if t.head in SHARED or t.head in CONDITIONS:
            return getattr(sympy, t.head)(*map(self.write, t.args), evaluate=False)
        if t.head in CONSTANTS:
            return CONSTANTS[t.head]
        raise ConversionError(_NO_HEAD.get(t.head, f"SymPy has no counterpart of {t.head}"))

    def opened(
        self,
        t: Term,
        facts: dict[str, bool],
        lower: Term | None = None,
        upper: Term | None = None,
    ) -> tuple[Any, Any]:
        """A binder's variable under a name of its own, and the binder's body with it."""
        body = t.args[0]
        name = fresh(t.names[0], body.free | self.declarations.keys() | self.scope.keys())
        variable = sympy.Symbol(name, **facts)
        self.scope[name] = variable, lower, upper
        try:
            return variable, self.write(instantiate(body, symbol(name)))
        finally:
            del self.scope[name]

    def ranges(self) -> Iterator[Bounds]:
        """The ranges of the bound variables around, inmost first."""
        for name, (_, lower, upper) in reversed(self.scope.items()):
            yield name, lower, upper

    def opaque(self, name: str, *arguments: Any) -> Any:
        """A function that SymPy knows nothing of."""
        if name in self.declarations:
            raise ConversionError(f"{name} is a declared name here; rename it")
        return sympy.Function(name)(*arguments)


def _write_number(_: _Writer, t: Term) -> Any:
    return sympy.Rational(t.value.numerator, t.value.denominator)


def _write_symbol(self: _Writer, t: Term) -> Any:
    if t.value in self.scope:
        return self.scope[t.value][0]
    return sympy.Symbol(t.value, **assumptions(self.declarations[t.value].domain))


def _write_member(self: _Writer, t: Term) -> Any:
    declared = self.declarations[t.value]
    facts = assumptions(declared.domain)
    arguments = list(map(self.write, t.args))
    if is_function(declared):
        return sympy.Function(t.value, **facts)(*arguments)
    return sympy.Indexed(sympy.IndexedBase(sympy.Symbol(t.value, **facts)), *arguments)


def _write_signed(self: _Writer, t: Term) -> Any:
    """A number; when exact, a negative one as a number times -1, which is read literally."""
    if self.exact and is_number(t) and t.value < 0:
        return _product(_write_number(self, neg(t)), _MINUS_ONE)
    return self.write(t)


def _product(*factors: Any) -> Any:
    return sympy.Mul(*factors, evaluate=False)


def _inverse(x: Any) -> Any:
    return sympy.Pow(x, _MINUS_ONE, evaluate=False)


def _write_add(self: _Writer, t: Term) -> Any:
    return sympy.Add(*map(self.write, t.args), evaluate=False)


def _write_mul(self: _Writer, t: Term) -> Any:
    return _product(_write_signed(self, t.args[0]), *map(self.write, t.args[1:]))


def _write_neg(self: _Writer, t: Term) -> Any:
    if t == MINUS_INFINITY:
        return -sympy.oo
    return _product(_MINUS_ONE, self.write(t.args[0]))


def _write_div(self: _Writer, t: Term) -> Any:
    return _product(_write_signed(self, t.args[0]), _inverse(self.write(t.args[1])))


def _write_pow(self: _Writer, t: Term) -> Any:
    return sympy.Pow(self.write(t.args[0]), _write_signed(self, t.args[1]), evaluate=False)


def _write_lattice(self: _Writer, t: Term) -> Any:
    """Max, Min, And, Or: SymPy makes sets of their arguments."""
    kind = getattr(sympy, t.head)
    arguments = tuple(map(self.write, t.args))
    found = kind(*arguments, evaluate=False)
    if self.exact and (found.func is not kind or found.args != arguments):
        found = sympy.Basic.__new__(kind, *arguments)
        found._argset = frozenset(arguments)
    return found


def _write_long(self: _Writer, t: Term) -> Any:
    """A function that SymPy does not have."""
    if self.exact:
        return self.opaque(t.head, *map(self.write, t.args))
    return self.write(_LONG[t.head](*t.args))


_LONG: dict[str, Callable[..., Term]] = {
    "sigmoid": lambda z: 1 / (1 + apply("exp", -z)),
    "softplus": lambda z: apply("log", 1 + apply("exp", z)),
    "log_2": lambda x: apply("log", x) / apply("log", 2),
    "log_b": lambda x, b: apply("log", x) / apply("log", b),
}


def _write_xlogy(self: _Writer, t: Term) -> Any:
    factor, inside = map(self.write, t.args)
    if self.exact:
        return self.opaque("xlogy", factor, inside)
    plain = _product(factor, sympy.log(inside, evaluate=False))
    if inside.is_positive:
        return plain
    zero = sympy.Integer(0)
    both = sympy.And(*(sympy.Eq(a, zero, evaluate=False) for a in (factor, inside)))
    return sympy.Piecewise((zero, both), (plain, sympy.true), evaluate=False)


def _write_piecewise(self: _Writer, t: Term) -> Any:
    values, tests = map(self.write, t.args[::2]), map(self.write, t.args[1::2])
    return sympy.Piecewise(*zip(values, tests, strict=True), evaluate=False)


def _write_accumulator(self: _Writer, t: Term) -> Any:
    lower, upper = t.args[1:]
    if upper.head == "oo" or lower == MINUS_INFINITY:
        raise ConversionError(f"the bounds of a {t.head} are integers; an infinite one is a limit")
    low, high = self.write(lower), self.write(upper)
    facts = {"integer": True, **sign_of(lower, False)}
    variable, inside = self.opened(t, facts, lower, upper)
    found = _ranged(ACCUMULATORS[t.head], inside, sympy.Tuple(variable, low, high))
    if not may_run_backwards(lower, upper, self.ranges(), self.context):
        return found
    empty = sympy.Integer(EMPTY_VALUE[t.head])
    guarded = found, sympy.Ge(high, low, evaluate=False)
    return sympy.Piecewise(guarded, (empty, sympy.true), evaluate=False)


def _ranged(kind: Any, body: Any, limits: Any) -> Any:
    """A sum, product or integral with its body as it stands."""
    if not body.has(sympy.Piecewise):
        return kind(body, limits)
    # The constructor would fold the Piecewise, which evaluates whatever stands beside it.
    found = sympy.Expr.__new__(kind, body, limits)
    found.is_commutative = True
    return found


def _write_integral(self: _Writer, t: Term) -> Any:
    low, high = map(self.write, t.args[1:])
    variable, inside = self.opened(t, {"real": True})
    return _ranged(sympy.Integral, inside, sympy.Tuple(variable, low, high))


def _write_derivative(self: _Writer, t: Term) -> Any:
    body, point = t.args[:2]
    if point.head == "symbol" and point.value not in body.free:
        variable = self.write(point)
        inside = self.write(instantiate(body, point))
        return sympy.Derivative(inside, variable, evaluate=False)
    place = self.write(point)
    facts = assumptions(t.args[2]) if len(t.args) > 2 else {"real": True}
    variable, inside = self.opened(t, facts)
    return sympy.Subs(sympy.Derivative(inside, variable, evaluate=False), variable, place)


def _write_scores(self: _Writer, t: Term) -> Any:
    """softmax and logsumexp."""
    body, lower, upper, *place = t.args
    if self.exact:
        rest = [self.write(a) for a in (lower, upper, *place)]
        variable, inside = self.opened(t, {"integer": True}, lower, upper)
        return self.opaque(t.head, sympy.Lambda(variable, inside), *rest)
    total = Term("Sum", (apply("exp", body), lower, upper), None, t.names)
    if place:
        return self.write(apply("exp", instantiate(body, *place)) / total)
    return self.write(apply("log", total))


_WRITERS: dict[str, Callable[[_Writer, Term], Any]] = {
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
    **dict.fromkeys(_LONG, _write_long),
}
_NO_HEAD = {
    "Expectation": "SymPy has no expectation that leaves the law open; write it as a Sum or an "
    "Integral over the law's mass or density first",
    "bound": "a bound variable stands outside its binder",
    "ForAll": "SymPy has no quantified statements; convert an instance",
    "In": "SymPy's sets are not ours; convert the inequalities that it stands for",
}


def to_sympy(t: Term, context: Context | None = None, exact: bool = False) -> Converted:
    """The term as SymPy writes it, and the declarations that lead back.

    Wherever ``t`` is defined the expression has its value.  With ``exact`` it can be read
    back: ``from_sympy(*to_sympy(t, exact=True)) == t``.  Raises ConversionError where SymPy
    cannot say it, or with ``exact`` cannot keep it as it stands.

    >>> to_sympy(symbol("x") / symbol("x")).expr
    x/x
    """
    declarations = declarations_of(t, context)
    try:
        expr = _Writer(context, declarations, exact).write(t)
    except ConversionError:
        raise
    except (TypeError, ValueError) as problem:
        raise ConversionError(f"SymPy cannot build it: {problem}") from problem
    if exact:
        back = from_sympy(expr, declarations)
        if back != t:
            here, there = _difference(t, back)
            raise ConversionError(f"SymPy would not keep {here}: it comes back as {there}")
    return Converted(expr, declarations)


def _difference(a: Term, b: Term) -> tuple[Term, Term]:
    """The inmost place where two terms differ and that can be shown by itself."""
    if a.head == b.head and len(a.args) == len(b.args) and a.head not in BINDERS:
        differing = [(x, y) for x, y in zip(a.args, b.args, strict=True) if x != y]
        if len(differing) == 1 and a.value == b.value:
            return _difference(*differing[0])
    return a, b


# -- from SymPy --------------------------------------------------------------------------


def from_sympy(expr: Any, declarations: Declarations | Context | None = None) -> Term:
    """The term that a SymPy expression says, as it stands.

    ``a*b**-1`` is read as a quotient and ``-1*x`` as a minus.  ``declarations`` come from
    ``to_sympy`` or are a context; a declared name wins over a function's name.  A ``Sum`` is
    read with our meaning of an empty range.  Raises ConversionError.

    >>> x = sympy.Symbol("x")
    >>> from_sympy(2 / x)
    2/x
    """
    if isinstance(expr, str):
        raise ConversionError("text is read by derive.plain, never by SymPy")
    if isinstance(expr, float):
        raise ConversionError(f"the float {expr!r} is not exact; write Rational(1, 2)")
    if isinstance(expr, (int, Fraction)) and not isinstance(expr, bool):
        return number(expr)
    if not isinstance(expr, sympy.Basic):
        raise ConversionError(f"{expr!r} is not a SymPy expression")
    known = declarations.names if isinstance(declarations, Context) else declarations or {}
    return Reader(expr, known).read(expr)


def equation(eq: Any, declarations: Declarations | Context | None = None) -> Term:
    """The statement that a ``sympy.Eq`` makes.  Raises ConversionError.

    >>> equation(sympy.Eq(sympy.Symbol("x"), 1))
    x = 1
    """
    if eq is sympy.true or eq is sympy.false or isinstance(eq, bool):
        raise ConversionError(
            f"SymPy evaluated the equation to {eq} when it was built, and its two sides are gone; "
            "write Eq(a, b, evaluate=False) and give its sides unevaluated"
        )
    if not isinstance(eq, sympy.Eq):
        raise ConversionError(f"{eq} is not an equation; write Eq(a, b)")
    return from_sympy(eq, declarations)


# -- suggestions for scripts -------------------------------------------------------------


def differentiate(t: Term, x: Term, context: Context | None = None) -> Term:
    """SymPy's derivative of ``t`` by a symbol or a member: a proposal, not a theorem.

    SymPy proposes, the kernel decides.  Raises ConversionError.

    >>> x = symbol("x")
    >>> differentiate(x**2, x)
    2*x
    """
    if context is not None and x.value not in context.names:
        raise ConversionError(f"{x} is not declared")
    whole = derivative(t, x)
    # By a scalar of its own also where x is a member: SymPy would vary the wrong members.
    name = fresh("t", whole.free if context is None else whole.free | context.names.keys())
    scalar = x.value if x.head == "symbol" else name
    body = instantiate(whole.args[0], symbol(scalar))
    if context is not None and x.head == "member":
        context = context.declare(scalar, instantiate(context.names[x.value].domain, *x.args))
    converted = to_sympy(body, context)
    found = _ask(lambda: sympy.diff(converted.expr, _variable(scalar, context)))
    back = from_sympy(found, converted.declarations)
    return back if scalar == x.value else substitute(back, {scalar: x})


def simplify(t: Term, context: Context | None = None) -> Term:
    """What SymPy's ``simplify`` makes of ``t``: a proposal, not a theorem.

    SymPy proposes, the kernel decides.  Raises ConversionError.

    >>> x = symbol("x")
    >>> simplify((x**2 - 1) / (x - 1))
    1 + x
    """
    converted = to_sympy(t, context)
    return from_sympy(_ask(lambda: sympy.simplify(converted.expr)), converted.declarations)


def solve(t: Term, x: Term, context: Context | None = None) -> tuple[Term, ...]:
    """SymPy's solutions of ``t = 0``, or of the equation ``t``, for the symbol ``x``.

    SymPy proposes, the kernel decides: solutions may be missing or wrong.  Those that are no
    formulas here are left out.  Raises ConversionError.

    >>> from derive.functions import Eq
    >>> solve(Eq(2 * symbol("x"), 6), symbol("x"))
    (3,)
    """
    if x.head != "symbol":
        raise ConversionError("an equation is solved for a symbol")
    converted = to_sympy(t, context)
    found = _ask(lambda: sympy.solve(converted.expr, _variable(x.value, context)))
    solutions = []
    for expr in found if isinstance(found, list) else []:
        try:
            solutions.append(from_sympy(expr, converted.declarations))
        except ConversionError:
            continue
    return tuple(solutions)


def _variable(name: str, context: Context | None) -> Any:
    if context is None:
        return sympy.Symbol(name)
    if name not in context.names:
        raise ConversionError(f"{name} is not declared")
    return sympy.Symbol(name, **assumptions(context.names[name].domain))


def _ask(compute: Callable[[], Any]) -> Any:
    """What SymPy computes; whatever it trips over is a ConversionError."""
    try:
        return compute()
    except (ArithmeticError, AttributeError, NotImplementedError, TypeError, ValueError) as problem:
        raise ConversionError(f"SymPy did not find it: {problem}") from problem
