"""Integrals by an antiderivative: it is guessed here, differentiated and compared by the prover.

Guesses: powers and logarithms of the variable, polynomials times an exponential, and what the
chain rule read backwards gives: ``c*w'*exp(w)``, ``c*w'/w``, ``c*w'*w**r`` and so on with c free
of the variable.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from math import factorial
from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import INFINITY, MINUS_INFINITY
from derive.kernel import Theorem
from derive.polynomial import Monomial, SizeError, plus, quotient, same_quotient
from derive.rules import ledger
from derive.search.calculus.kernels import Shape
from derive.search.equations import in_context
from derive.search.forms.reduced import is_reciprocal, reduced
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Term, abstract, is_number, number, substitute, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.search.facts import Facts

#: A polynomial of a higher degree is not integrated by parts.
LARGEST_DEGREE = 6
#: Summands whose factors are looked at for an inner function.
MOST_SUMMANDS = 4
#: Where a factor is evaluated that should not depend on the variable.
PLACES = (2, 3)

_HALF = ONE / number(2)


def by_antiderivative(
    facts: Facts,
    context: Context,
    t: Term,
    inner: Context,
    name: str,
    inside: tuple[Theorem, ...],
    f: Term,
) -> Theorem | None:
    """``Integral(f) = F(b) - F(a)`` for an integral between numbers, with F' = f; or None."""
    from derive.search.prove import by_normal_form

    if MINUS_INFINITY in t.args[1:] or INFINITY in t.args[1:]:
        return None
    x = symbol(name)
    for guess in dict.fromkeys(_guesses(facts, inner, name, f)):
        body = abstract(guess, name)
        derivative = Term("Derivative", (body, x), None, (name,))
        if facts.defined(inner, derivative) is None:
            continue
        slope = by_normal_form(facts, inner, derivative, f)
        if not isinstance(slope, Theorem):
            continue
        value = _fundamental(facts, context, t, body)
        if value is not None:
            return kernel.rewrite((0, 0), value, in_context(inner, slope), *inside)
    return None


def _fundamental(facts: Facts, context: Context, t: Term, body: Term) -> Theorem | None:
    values = {"a": t.args[1], "b": t.args[2], "f": body}
    for name in ("fundamental_theorem", "fundamental_theorem_everywhere"):
        used = facts.use(context, ledger()[name], values)
        if used is not None:
            return in_context(context, used)
    return None


def _guesses(facts: Facts, inner: Context, name: str, f: Term) -> Iterator[Term]:
    x = symbol(name)
    with suppress(SizeError):
        p = spread(f)
        if len(p) == 1:
            yield from _powers(Shape(f, x))
            ((m, _),) = p.items()
            yield from _atan(m, x)
        for m in list(p)[:MOST_SUMMANDS]:
            for outer, inverse, w in _outer_functions(m, name):
                factor = _constant_factor(facts, inner, name, Term("Mul", (f, inverse)), w)
                if factor is not None:
                    yield Term("Mul", (factor, outer))


def _powers(shape: Shape) -> Iterator[Term]:
    """For ``x**s``, ``x**s*log(x)`` and ``x**n*exp(c*x)``."""
    x, n = shape.x, shape.natural
    log = Term("log", (x,))
    if shape.other or shape.other_logs:
        return
    if shape.has(log):
        e = shape.exponent_of(x)
        if e == ZERO:
            yield log ** number(shape.logs + 1) / number(shape.logs + 1)
        elif shape.logs == 0:
            yield x**e / e
        elif shape.logs == 1:
            yield x**e * (log - ONE / e) / e
    if shape.has(x) and n is not None and n <= LARGEST_DEGREE and not shape.logs:
        c = shape.slope(x)
        if c != ZERO:
            terms = (
                number((-1) ** k * factorial(n) // factorial(n - k))
                * x ** number(n - k)
                / c ** number(k + 1)
                for k in range(n + 1)
            )
            yield Term("exp", (c * x,)) * Term("Add", (ZERO, *terms))


def _atan(m: Monomial, x: Term) -> Iterator[Term]:
    """For ``1/(p + q*x**2)``."""
    moving = [(a, e) for a, e in m if x.value in a.free]
    if len(moving) == 1 and is_reciprocal(moving[0][0]) and moving[0][1] == 1:
        p = spread(moving[0][0].args[1])
        square = ((x, 2),)
        rest = {k: c for k, c in p.items() if k != square and (x, 2) not in k}
        lead = {tuple(u for u in k if u != (x, 2)): c for k, c in p.items() if (x, 2) in k}
        low, high = term_of(rest), term_of(lead)
        if rest and lead and x.value not in low.free | high.free:
            root = (high / low) ** _HALF
            yield Term("atan", (root * x,)) / (low * root)


def _outer_functions(m: Monomial, name: str) -> Iterator[tuple[Term, Term, Term]]:
    """An outer function's antiderivative at w, one over the function itself at w, and w."""
    exponents = []
    for a, e in m:
        inside, sign = (a.args[1], -e) if is_reciprocal(a) else (a, e)
        if inside.head == "exp" and name in a.free:
            exponents.append((inside.args[0], sign))
    several = [exponents] if len(exponents) > 1 else []
    for chosen in (*([u] for u in exponents), *several):
        w = Term("Add", (ZERO, *(number(e) * u for u, e in chosen)))
        yield Term("exp", (w,)), _power(*((Term("exp", (u,)), -e) for u, e in chosen)), w
    for atom, e in m:
        if name in atom.free:
            yield from _outer_power(atom, e)


def _outer_power(atom: Term, e: int) -> Iterator[tuple[Term, Term, Term]]:
    """The same for a power of one factor."""
    inverse = _power((atom, -e))
    if is_reciprocal(atom):
        w = atom.args[1]
        inverse = _power((w, e))
        if w.head == "Pow" and is_number(w.args[1]) and w.args[1].value.denominator == 1:
            w, e = w.args[0], int(w.args[1].value) * e
        yield Term("log", (w,)) if e == 1 else w ** number(1 - e) / number(1 - e), inverse, w
    elif atom.head == "Pow" and is_number(atom.args[1]):
        w, r = atom.args[0], number(atom.args[1].value * e)
        if r.value != -1:
            yield w ** number(r.value + 1) / number(r.value + 1), inverse, w
    elif atom.head in ("sin", "cos") and e == 1:
        (w,) = atom.args
        yield (-Term("cos", (w,)) if atom.head == "sin" else Term("sin", (w,))), inverse, w
    elif atom.head == "log":
        yield atom ** number(e + 1) / number(e + 1), inverse, atom


def _power(*factors: tuple[Term, int]) -> Term:
    """A product of powers, the negative ones as reciprocals."""
    return Term(
        "Mul",
        (ONE, *(a ** number(e) if e > 0 else ONE / a ** number(-e) for a, e in factors)),
    )


def _constant_factor(facts: Facts, inner: Context, name: str, rest: Term, w: Term) -> Term | None:
    """``rest/w'`` where that does not depend on the variable."""
    from derive.search.prove import normal_form

    if w == symbol(name):
        slope: Term | None = ONE
    else:
        derivative = Term("Derivative", (abstract(w, name), symbol(name)), None, (name,))
        form = normal_form(facts, inner, derivative, ZERO)
        slope = None if form is None else form.rhs
    if slope is None or slope == ZERO:
        return None
    whole = Term("Div", (rest, slope))
    with suppress(SizeError, ZeroDivisionError):
        p = reduced(whole)
        if len(p) == 1 and name not in term_of(p).free:
            return term_of(p)
        n, d = quotient(whole)
        c = n[next(iter(n))] / d.get(next(iter(n)), n[next(iter(n))])
        if not plus(n, d, -c):
            return number(c)
        for place in PLACES:
            factor = substitute(whole, {name: number(place)})
            if same_quotient(whole, factor):
                return term_of(reduced(factor))
    return None
