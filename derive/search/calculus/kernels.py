"""Recognising a product as the integrand of a named integral, or the term of a named series.

Of a product in normal form only its shape is read off: powers of x and of 1 - x, logarithms, and
the exponent as a polynomial in x, log(x) and log(1 - x).  Whether the rule for that shape fits
is for the caller to prove.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.context import Context
from derive.domains import INFINITY, MINUS_INFINITY
from derive.polynomial import Polynomial, plus
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Term, bound, is_number, number, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts

Found = tuple[str, dict[str, Term]]


def suffix_of(t: Term) -> str:
    """How the rules for an integral with such ends are called."""
    low, high = t.args[1] == MINUS_INFINITY, t.args[2] == INFINITY
    return {(False, False): "", (False, True): "_from", (True, False): "_to"}.get(
        (low, high), "_line"
    )


class Shape:
    """``x**power*(1 - x)**other*log(x)**logs*log(1 - x)**other_logs*exp(...)``.

    ``exponent`` maps ``x``, ``x**2``, ``log(x)`` and ``log(1 - x)`` to what multiplies them;
    ``rest`` holds the factors of other kinds with their exponents.
    """

    def __init__(self, f: Term, x: Term) -> None:
        self.x = x
        self.power, self.other = Fraction(0), Fraction(0)
        self.logs = self.other_logs = 0
        self.exponent: dict[Term, Polynomial] = {}
        self.rest: dict[Term, int] = {}
        (m,) = spread(f) or ((),)
        for atom, e in m:
            self._take(atom, e)

    def _take(self, atom: Term, e: int) -> None:
        x, turned = self.x, _complement(self.x)
        if atom.head == "Div" and atom.args[0] == ONE:
            atom, e = atom.args[1], -e
        base, share = atom, Fraction(1)
        if atom.head == "Pow" and is_number(atom.args[1]):
            base, share = atom.args[0], atom.args[1].value
        if base == x:
            self.power += share * e
        elif _is(base, turned):
            self.other += share * e
        elif atom.head == "log" and atom.args[0] == x and e > 0:
            self.logs += e
        elif atom.head == "log" and _is(atom.args[0], turned) and e > 0:
            self.other_logs += e
        elif base.head == "exp" and self._exponential(base.args[0], share * e):
            pass
        else:
            self.rest[atom] = self.rest.get(atom, 0) + e

    def _exponential(self, inside: Term, e: Fraction) -> bool:
        x, found = self.x, dict[Term, Polynomial]()
        for m, c in spread(inside).items():
            moving = [(a, k) for a, k in m if x.value in a.free]
            key = self._key(moving)
            if key is None:
                return False
            closed = {tuple(p for p in m if p not in moving): c * e}
            found[key] = plus(found.get(key, {}), closed)
        for key, p in found.items():
            self.exponent[key] = plus(self.exponent.get(key, {}), p)
        return True

    def _key(self, moving: list[tuple[Term, int]]) -> Term | None:
        if len(moving) != 1:
            return None
        atom, k = moving[0]
        if atom == self.x and k in (1, 2):
            return self.x if k == 1 else self.x**2
        log = Term("log", (self.x,)), Term("log", (_complement(self.x),))
        if k == 1 and atom == log[0]:
            return log[0]
        turned = atom.head == "log" and _is(atom.args[0], log[1].args[0])
        return log[1] if k == 1 and turned else None

    def slope(self, key: Term, sign: int = 1) -> Term:
        """What multiplies a part of the exponent, with a sign."""
        return term_of({m: c * sign for m, c in self.exponent.get(key, {}).items()})

    def exponent_of(self, base: Term) -> Term:
        """The exponent of x, or of 1 - x, plus 1."""
        own = self.power if base == self.x else self.other
        p = plus(self.exponent.get(Term("log", (base,)), {}), {(): own + 1} if own + 1 else {})
        return term_of(p)

    def has(self, *keys: Term) -> bool:
        """Whether the exponent has no other parts than these, and no factor is of another kind."""
        return self.exponent.keys() <= set(keys) and not self.rest

    @property
    def natural(self) -> int | None:
        """The power when it is 0, 1, 2, ..."""
        p = self.power
        return int(p) if p.denominator == 1 and p >= 0 else None


def _complement(x: Term) -> Term:
    return Term("Add", (ONE, Term("Neg", (x,))))


def _is(t: Term, wanted: Term) -> bool:
    return t.head == "Add" and spread(t) == spread(wanted)


def recognised(facts: Facts, context: Context, t: Term, name: str, f: Term) -> Iterator[Found]:
    """Rules whose left side may be the integral or sum of f, with values for their variables."""
    shape = Shape(f, symbol(name))
    if t.head == "Sum":
        yield from _series(facts, context, t, shape)
        return
    low, high = t.args[1:]
    plain = not (shape.logs or shape.other_logs or shape.other)
    if (low, high) == (MINUS_INFINITY, INFINITY):
        if plain:
            yield from _line(shape)
    elif (low, high) == (ZERO, INFINITY):
        yield from _half_line(shape)
    elif INFINITY in (low, high) or MINUS_INFINITY in (low, high):
        if plain:
            yield from _part_of_line(shape, low, high)
    else:
        yield from _finite(shape, low, high, plain)


def _line(shape: Shape) -> Iterator[Found]:
    yield from _bell(shape, "", {})


def _bell(shape: Shape, part: str, ends: dict[str, Term]) -> Iterator[Found]:
    """A power of x times ``exp(-a*x**2 + b*x)``, over the line or a part of it."""
    x, n = shape.x, shape.natural
    if n is None or not shape.has(x, x**2) or x**2 not in shape.exponent:
        return
    values = {"a": shape.slope(x**2, -1), "b": shape.slope(x), **ends}
    if n < 2:
        yield f"gaussian_first_moment{part}" if n else f"gaussian_integral{part}", values
    else:
        yield f"gaussian_moment_step{part}", {**values, "n": number(n - 2)}


def _part_of_line(shape: Shape, low: Term, high: Term) -> Iterator[Found]:
    x = shape.x
    if high == INFINITY and shape.has(x) and shape.power == 0:
        yield "integral_exp_from", {"a": low, "c": shape.slope(x, -1)}
    if low == MINUS_INFINITY and shape.has(x) and shape.power == 0:
        yield "integral_exp_to", {"b": high, "c": shape.slope(x)}
    if high == INFINITY:
        yield from _bell(shape, "_from", {"c": low})
    elif low == MINUS_INFINITY:
        yield from _bell(shape, "_to", {"d": high})


def _half_line(shape: Shape) -> Iterator[Found]:
    x = shape.x
    log = Term("log", (x,))
    if shape.other or shape.other_logs:
        return
    if shape.has(x, log) and shape.logs < 2:
        rule = "gamma_log_integral" if shape.logs else "gamma_integral"
        yield rule, {"a": shape.exponent_of(x), "b": shape.slope(x, -1)}
    if x in shape.exponent and not shape.logs:
        yield from _part_of_line(shape, ZERO, INFINITY)
    if shape.has(x**2, log) and not shape.logs:
        s = term_of(plus(spread(shape.exponent_of(x)), {(): Fraction(-1)}))
        yield "half_gaussian_moment", {"s": s, "a": shape.slope(x**2, -1)}


def _finite(shape: Shape, low: Term, high: Term, plain: bool) -> Iterator[Found]:
    x, n = shape.x, shape.natural
    log, other = Term("log", (x,)), Term("log", (_complement(x),))
    ends = {"a": low, "b": high}
    if plain and shape.has() and n is not None:
        yield "integral_power", {**ends, "n": number(n)}
    symbolic = [a for a, e in shape.rest.items() if a.head == "Pow" and a.args[0] == x and e == 1]
    if plain and not shape.exponent and n == 0 and len(shape.rest) == len(symbolic) == 1:
        yield "integral_power", {**ends, "n": symbolic[0].args[1]}
    if plain and shape.has(x) and x in shape.exponent and n == 0:
        yield "integral_exp", {**ends, "c": shape.slope(x)}
    if low == ZERO and shape.has(log) and not (shape.other or shape.other_logs):
        s = term_of(plus(spread(shape.exponent_of(x)), {(): Fraction(-1)}))
        if shape.logs < 2:
            rule = "integral_log_power" if shape.logs else "integral_real_power"
            yield rule, {"s": s, "b": high}
    if plain and shape.has(x**2) and n == 0 and shape.slope(x**2) == number(-1):
        yield "erf_integral", ends
    if plain:
        yield from _bell(shape, "_between", {"c": low, "d": high})
    if (low, high) == (ZERO, ONE) and shape.has(log, other) and shape.logs + shape.other_logs < 2:
        values = {"a": shape.exponent_of(x), "b": shape.exponent_of(_complement(x))}
        rule = "beta_log_integral" if shape.logs else "beta_integral"
        yield ("beta_log_reflected_integral" if shape.other_logs else rule), values


def _series(facts: Facts, context: Context, t: Term, shape: Shape) -> Iterator[Found]:
    """Terms ``k**n*q**k``, with 1/factorial(k) and gamma(k + r) or without."""
    k, n = shape.x, shape.natural
    if n is None or t.args[1] != ZERO or shape.logs or shape.other_logs or shape.other:
        return
    rest = dict(shape.rest)
    factorial, shift = 0, None
    for atom, e in list(rest.items()):
        if atom == Term("factorial", (k,)) or (atom.head == "gamma" and _is(atom.args[0], k + 1)):
            factorial += rest.pop(atom)
        elif atom.head == "gamma" and e == 1 and shift is None:
            shift = term_of(plus(spread(atom.args[0]), spread(k), -1))
            del rest[atom]
    q = _ratio(facts, context, shape, rest)
    if q is None or rest or not shape.exponent.keys() <= {k}:
        return
    if factorial == -1 and shift is None:
        power = {"f": bound(0) ** number(n - 1)} if n else {}
        yield ("exponential_series_step" if n else "exponential_series"), {"c": q, **power}
    elif factorial == 0 and shift is None and n == 0:
        yield "geometric_series", {"q": q}
    elif (factorial == -1) == (shift is not None) and factorial in (0, -1):
        values = {"q": q, "r": ONE if shift is None else shift}
        step = {"n": number(n - 1)} if n else {}
        yield ("binomial_series_step" if n else "binomial_series"), {**values, **step}


def _ratio(facts: Facts, context: Context, shape: Shape, rest: dict[Term, int]) -> Term | None:
    """q of the factor q**k, in normal form; the powers that it comes from leave ``rest``."""
    from derive.search.prove import normal_form

    k = shape.x
    slope = shape.slope(k)
    factors = [Term("exp", (slope,))] if slope != ZERO else []
    for atom, e in list(rest.items()):
        if atom.head == "Pow" and atom.args[1] == k and e in (1, -1):
            factors.append(atom.args[0] if e == 1 else ONE / atom.args[0])
            del rest[atom]
    whole = ONE if not factors else factors[0] if len(factors) == 1 else Term("Mul", (*factors,))
    form = normal_form(facts, context, whole, ZERO)
    return None if form is None else form.rhs
