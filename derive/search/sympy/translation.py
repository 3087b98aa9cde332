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

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import sympy  # type: ignore[import-untyped]  # SymPy ships no types

from derive.context import Context, Declaration
from derive.functions import derivative
from derive.search.sympy.names import ConversionError, Declarations, assumptions, declarations_of
from derive.search.sympy.reader import Reader
from derive.search.sympy.writer import Writer
from derive.term import BINDERS, Term, fresh, instantiate, number, substitute, symbol

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
        expr = Writer(sympy, context, declarations, exact).write(t)
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
