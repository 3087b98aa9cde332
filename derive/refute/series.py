"""Sums without end: finitely many terms, and a bound for all the others.

The absolute value of a term is majorised by ``V * (k/N)**d * g**(k - N)`` times quotients
of gamma functions of ``k + q``; the ratio of neighbouring terms is then at most r from N on,
and where r < 1 the terms from N on sum to no more than ``V/(1 - r)``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from derive.refute import jets, numbers
from derive.refute.integrals import inlined
from derive.refute.jets import Jet
from derive.refute.numbers import ZERO, Undefined, Unsure, flint
from derive.term import Term, mentions, number

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation

#: Where the rest may begin, counted from the first index.
STARTS = (16, 32, 64, 128, 256, 512, 1024)

#: The rest is small enough below this; and summands of a body that is multiplied out.
SMALL_BITS, LARGEST_SUM = 70, 60


class Bound(NamedTuple):
    """A majorant from N on: its value there, and what its ratios are made of.

    ``above`` and ``below`` are the q of gamma functions of k + q in numerator and denominator.
    """

    value: Any
    degree: int = 0
    growth: Any = Fraction(1)
    above: tuple[Any, ...] = ()
    below: tuple[Any, ...] = ()


class NoBound(Exception):  # noqa: N818  # a signal, not an error
    """The terms are not of a kind that is bounded here."""


def series(run: Evaluation, t: Term) -> Any:
    """The sum over all k from the lower bound on.  Raises Unsure, or Undefined."""
    body, lower, _ = t.args
    body = inlined(run, body)
    first = run.whole(lower)
    if not mentions(body, 0):
        value = run.under(body, Fraction(first))
        if numbers.exact_sign(jets.core(value)) != 0:
            raise Undefined("the sum of a constant without end")
        return value
    if any(type(v) is Jet for v in run.scope):
        raise Unsure("a sum without end under a derivative")
    total: Any = ZERO
    done = first
    small = flint().arb(2) ** -SMALL_BITS
    for count in STARTS:
        start = max(first, 0) + count
        while done < start:
            run.spend()
            total = numbers.add(total, _plain(run.under(body, Fraction(done))))
            done += 1
        try:
            if _grows(run, body, start):
                raise Undefined("a sum without end of terms that do not become small")
            rest = _rest(run, body, start)
        except NoBound:
            raise Unsure("a sum without end") from None
        if rest is not None and rest < small:
            return numbers.ball(total) + flint().arb(0, rest.upper())
    raise Unsure("a sum without end whose rest is not bounded")


def _plain(value: Any) -> Any:
    if type(value) is Jet:
        raise Unsure("a sum without end under a derivative")
    return value


def _rest(run: Evaluation, body: Term, start: int) -> Any:
    """An upper bound for the terms from ``start`` on; None where the ratios are not small."""
    total = flint().arb(0)
    for b in _bounds(run, body, start):
        ratio = _ratio(b, start)
        if ratio is None or not ratio < 1:
            return None
        total += b.value / (1 - ratio)
    return total


#: Functions of which a majorant is the absolute value itself.
_EXACT = {"Mul", "Div", "Neg", "Pow", "exp", "gamma", "factorial", "binomial"}


def _grows(run: Evaluation, body: Term, start: int) -> bool:
    """Whether the absolute values of the terms certainly do not tend to 0."""
    if not _is_exact(body):
        return False
    (b,) = _bounds(run, body, start)
    if not b.value > 0:
        return False
    if len(b.above) != len(b.below):
        return len(b.above) > len(b.below)
    growth = numbers.ball(b.growth)
    return bool(growth > 1 or (growth >= 1 and not b.above))


def _is_exact(t: Term, above: bool = True) -> bool:
    """Whether only powers, exponentials and factorials of lines mention the index; ``above``
    a divisor also the index itself and its powers, which only make terms larger."""
    if not mentions(t, 0):
        return True
    if t.head == "bound":
        return above
    if t.head == "Pow":
        base, exponent = t.args
        if mentions(base, 0):
            return above and base.head == "bound" and not mentions(exponent, 0)
        return True
    if t.head in ("Mul", "Neg"):
        return all(_is_exact(a, above) for a in t.args)
    if t.head == "Div":
        return _is_exact(t.args[0], above) and _is_exact(t.args[1], False)
    return t.head in _EXACT


def _ratio(b: Bound, start: int) -> Any:
    """What neighbouring values of the majorant have as ratio at most; None: no bound."""
    arb = flint().arb
    ratio = numbers.ball(b.growth) * (arb(start + 1) / start) ** b.degree
    above, below = list(b.above), list(b.below)
    if len(above) > len(below) or not all(start + q > 0 for q in (*above, *below)):
        return None
    for q in above:
        p = below.pop()
        share = (start + numbers.ball(q)) / (start + numbers.ball(p))
        ratio = ratio * share.max(arb(1))  # (k + q)/(k + p) lies between this and 1
    for p in below:
        ratio = ratio / (start + numbers.ball(p))
    return ratio.upper()


def _bounds(run: Evaluation, t: Term, start: int) -> list[Bound]:
    """Majorants whose sum is at least the absolute value from ``start`` on."""
    if not mentions(t, 0):
        return [Bound(abs(_at(run, t, start)))]
    head, args = t.head, t.args
    if head in ("Neg", "Abs"):
        return _bounds(run, args[0], start)
    if head == "Add":
        return _short([b for a in args for b in _bounds(run, a, start)])
    if head == "Mul":
        found = _bounds(run, args[0], start)
        for a in args[1:]:
            found = _multiplied(found, _bounds(run, a, start))
        return found
    if head == "Div":
        return _multiplied(_bounds(run, args[0], start), [_inverse(run, args[1], start)])
    if head == "bound":
        return [Bound(flint().arb(start), 1)]
    if head == "Pow":
        return _power(run, args[0], args[1], start)
    if head == "log":
        return _logarithm(run, args[0], start)
    if head in ("log_2", "log_b"):
        base = args[1] if head == "log_b" else number(2)
        logs = (Term("log", (u,)) for u in (args[0], base))
        return _bounds(run, Term("Div", tuple(logs)), start)
    if head.endswith(("Mass", "Density")):
        from derive.refute.balls import density

        return _bounds(run, density(t), start)
    return [_factor(run, t, start)]


def _power(run: Evaluation, base: Term, exponent: Term, start: int) -> list[Bound]:
    if mentions(base, 0):
        n = None if mentions(exponent, 0) else _plain(run.under(exponent, ZERO))
        if n is None or n not in range(13):
            raise NoBound
        found = [Bound(flint().arb(1))]
        for _ in range(int(n)):
            found = _multiplied(found, _bounds(run, base, start))
        return found
    slope, _ = _line(run, exponent)
    size = abs(_at(run, base, start))
    value = abs(_at(run, Term("Pow", (base, exponent)), start))
    if not size > 0:
        raise NoBound
    return [Bound(value, 0, size ** numbers.ball(slope))]


def _factor(run: Evaluation, t: Term, start: int) -> Bound:
    """An exponential of a line, or factorials, gamma and binomial functions of k + q."""
    head, args = t.head, t.args
    if head == "exp":
        slope, _ = _line(run, args[0])
        return Bound(abs(_at(run, t, start)), 0, numbers.ball(slope).exp())
    if head not in ("factorial", "gamma", "binomial"):
        raise NoBound
    shift = 0 if head == "gamma" else 1
    lines = [_line(run, a) for a in args]
    if head == "binomial":
        (m, c), (n, d) = lines
        lines = [(m, c), (n, d), (m - n, numbers.add(c, numbers.multiply(Fraction(-1), d)))]
    above, below = list[Any](), list[Any]()
    for place, (slope, q) in enumerate(lines):
        if slope not in (0, 1):
            raise NoBound
        if slope == 1:
            (below if place else above).append(numbers.add(q, Fraction(shift)))
    return Bound(abs(_at(run, t, start)), 0, Fraction(1), tuple(above), tuple(below))


def _inverse(run: Evaluation, t: Term, start: int) -> Bound:
    """A majorant of 1/t for a product of positive factors."""
    if not mentions(t, 0):
        return Bound(1 / abs(_at(run, t, start)))
    if t.head == "Mul":
        (found,) = [Bound(flint().arb(1))]
        for a in t.args:
            (found,) = _multiplied([found], [_inverse(run, a, start)])
        return found
    if t.head == "Pow" and not mentions(t.args[0], 0):
        (b,) = _power(run, t.args[0], Term("Neg", (t.args[1],)), start)
        return b
    if t.head in ("factorial", "gamma", "exp", "binomial"):
        b = _factor(run, t, start)
        return Bound(1 / b.value, 0, 1 / numbers.ball(b.growth), b.below, b.above)
    slope, _ = _line(run, t)  # a line that rises from a positive value: its inverse falls
    value = _at(run, t, start)
    if not (slope >= 0 and value > 0):
        raise NoBound
    return Bound(1 / value)


def _logarithm(run: Evaluation, t: Term, start: int) -> list[Bound]:
    """The absolute value of a logarithm, factor by factor; log(u) < u for u >= 1."""
    if not mentions(t, 0):
        return [Bound(abs(_at(run, Term("log", (t,)), start)))]
    if t.head == "exp":
        return _bounds(run, t.args[0], start)
    if t.head in ("Mul", "Div"):
        return _short([b for a in t.args for b in _logarithm(run, a, start)])
    if t.head == "Pow" and not mentions(t.args[0], 0):
        return _bounds(run, Term("Mul", (t.args[1], Term("log", (t.args[0],)))), start)
    if t.head.endswith(("Mass", "Density")):
        from derive.refute.balls import density

        return _logarithm(run, density(t), start)
    inner = t.args[0] if t.head in ("factorial", "gamma") else t
    slope, _ = _line(run, inner)
    here = _at(run, inner, start)
    if not (slope > 0 and here >= 2):
        raise NoBound
    if t.head in ("factorial", "gamma"):  # below (u + 1)**(u + 1), whose logarithm is below this
        larger = Term("Add", (inner, number(1)))
        return _multiplied(*[_bounds(run, larger, start)] * 2)
    return _bounds(run, t, start)


def _line(run: Evaluation, t: Term) -> tuple[Fraction, Any]:
    """Slope and offset of a term that is linear in k, the slope a known fraction."""
    if not mentions(t, 0):
        return ZERO, _plain(run.under(t, ZERO))
    if t.head == "bound":
        return Fraction(1), ZERO
    if t.head == "Neg":
        slope, q = _line(run, t.args[0])
        return -slope, numbers.multiply(Fraction(-1), q)
    if t.head == "Add":
        parts = [_line(run, a) for a in t.args]
        total: Any = ZERO
        for _, q in parts:
            total = numbers.add(total, q)
        return sum((s for s, _ in parts), ZERO), total
    if t.head == "Mul":
        moving = [a for a in t.args if mentions(a, 0)]
        if len(moving) == 1:
            slope, q = _line(run, moving[0])
            for a in t.args:
                factor = ONE_VALUE if a is moving[0] else _plain(run.under(a, ZERO))
                if type(factor) is not Fraction:
                    raise NoBound
                slope, q = slope * factor, numbers.multiply(q, factor)
            return slope, q
    raise NoBound


ONE_VALUE = Fraction(1)


def _at(run: Evaluation, t: Term, start: int) -> Any:
    return numbers.ball(_plain(run.under(t, Fraction(start))))


def _multiplied(a: list[Bound], b: list[Bound]) -> list[Bound]:
    return _short(
        [
            Bound(
                u.value * v.value,
                u.degree + v.degree,
                numbers.multiply(u.growth, v.growth),
                u.above + v.above,
                u.below + v.below,
            )
            for u in a
            for v in b
        ]
    )


def _short(found: list[Bound]) -> list[Bound]:
    if len(found) > LARGEST_SUM:
        raise NoBound
    return found
