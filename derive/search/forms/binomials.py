"""The binomial theorem, found in a sum: ``Sum(binomial(n, k)*a**k*b**(n - k)) = (a + b)**n``.

With a polynomial in k before the coefficient the sum is a combination of factorial moments.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from derive import kernel
from derive.polynomial import Polynomial, SizeError, plus
from derive.rules import ledger
from derive.search.equations import enter, in_context, reflexive
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.search.index import heads
from derive.search.sums.linearity import nested_sum, taken_apart
from derive.term import (
    ONE,
    ZERO,
    Term,
    abstract,
    bind,
    fresh,
    instantiate,
    number,
    symbol,
    walk,
)

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: Higher powers of the index are left alone.
HIGHEST_MOMENT = 6

_CHOICES = ("binomial", "factorial", "gamma")


class _Parts(NamedTuple):
    """The factors of a summand ``front*weight*binomial(n, k)*a**k*b**(n - k)``.

    The weight is a polynomial in k.
    """

    front: Term
    weight: Term
    a: Term
    b: Term


def mentions_choice(t: Term) -> bool:
    """Whether a sum has a binomial coefficient or factorials in its body."""
    return t.head == "Sum" and not heads(t.args[0]).isdisjoint(_CHOICES)


def expanded(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(front*binomial(n, k)*a**k*b**(n - k), (k, 0, n)) = front*(a + b)**n``.

    The factors may be written in any order, as powers, exponentials and factorials, and a
    polynomial in k may stand before them; that the summand is such a product is proved, not
    assumed.
    """
    if not mentions_choice(t) or t.args[1] != ZERO or t.args[2].head == "oo":
        return None
    entered = enter(facts, context, t)
    if entered is None:
        return None
    inner, name, _ = entered
    k, n = symbol(name), t.args[2]
    body = instantiate(t.args[0], k)
    found = _parts(body, k, n)
    moments = None if found is None else _moments(found, k, n)
    start = reflexive(facts, context, t) if moments is not None else None
    if moments is None or start is None:
        return None
    whole = nested_sum([f if c == ONE else Term("Mul", (c, f)) for c, f, _ in moments])
    from derive.search.prove import by_normal_form

    equal = by_normal_form(facts, inner, body, whole)
    if isinstance(equal, tuple):
        return None
    theorem = kernel.rewrite((1, 0), start, in_context(inner, equal))
    products = [(c, abstract(f, name)) for c, f, _ in moments]
    apart = taken_apart(facts, context, theorem, products)
    return None if apart is None else _closed(facts, context, apart, moments)


_Moment = tuple[Term, Term, tuple[str, dict[str, Term]]]


def _moments(found: _Parts, k: Term, n: Term) -> list[_Moment] | None:
    """The summand as ``c*f + d*g + ...``; each f with the rule that sums it up."""
    choice = Term("Mul", (Term("binomial", (n, k)), found.a**k, found.b ** (n - k)))
    values = {"n": n, "a": found.a, "b": found.b}
    if found.weight == ONE:
        return [(found.front, choice, ("binomial_theorem", values))]
    weights = _falling(found.weight, k)
    if weights is None:
        return None
    moments: list[_Moment] = []
    i = fresh("i", {k.value, *found.weight.free, *n.free, *found.a.free, *found.b.free})
    for j, c in weights.items():
        factor = found.front if c == {(): Fraction(1)} else Term("Mul", (found.front, term_of(c)))
        falling = bind("Product", i, k - symbol(i), ZERO, Term("Add", (number(j), number(-1))))
        own = ("binomial_moment", {**values, "j": number(j)})
        moments.append((factor, Term("Mul", (falling, choice)), own))
    return moments


def _falling(weight: Term, k: Term) -> dict[int, Polynomial] | None:
    """The coefficients of a polynomial in k before ``k*(k - 1)*...*(k - j + 1)``."""
    powers: dict[int, Polynomial] = {}
    for m, c in spread(weight).items():
        rest = tuple((a, e) for a, e in m if a != k)
        degree = dict(m).get(k, 0)
        if degree > HIGHEST_MOMENT:
            return None
        powers[degree] = plus(powers.get(degree, {}), {rest: c})
    falling: dict[int, Polynomial] = {}
    for degree, coefficient in powers.items():
        for j, times in enumerate(_subsets(degree)):
            falling[j] = plus(falling.get(j, {}), coefficient, times)
    return {j: c for j, c in falling.items() if c}


def _subsets(n: int) -> list[int]:
    """Stirling numbers: ``k**n`` is the sum of these times ``k*(k - 1)*...*(k - j + 1)``.

    >>> _subsets(3)
    [0, 1, 3, 1]
    """
    row = [1]
    for _ in range(n):
        row = [j * a + b for j, (a, b) in enumerate(zip([*row, 0], [0, *row], strict=True))]
    return row


def _closed(
    facts: Facts, context: Context, theorem: Theorem, moments: list[_Moment]
) -> Theorem | None:
    """The theorem with the value of each sum on its right side."""
    for _, _, (rule, values) in moments:
        used = facts.use(context, ledger()[rule], values)
        path = None if used is None else _place(theorem.rhs, used.lhs)
        if used is None or path is None:
            return None
        theorem = kernel.rewrite((1, *path), theorem, in_context(context, used))
    return theorem


def _place(t: Term, part: Term) -> tuple[int, ...] | None:
    return next((path for path, u in walk(t) if u == part), None)


def _parts(body: Term, k: Term, n: Term) -> _Parts | None:
    """The factors of the summand, sorted; None where one is none of these kinds."""
    front: list[Term] = []
    weight: list[Term] = []
    rising: list[Term] = []
    falling: list[Term] = []
    chosen = whole = 0
    for factor, sign in _factors(body, 1):
        own = factor if sign > 0 else Term("Div", (ONE, factor))
        if k.value not in factor.free:
            front.append(own)
        elif factor.head in _CHOICES:
            chosen += 1
            whole += factor.head == "binomial"
        elif sign > 0 and _is_polynomial(factor, k):
            weight.append(factor)
        elif factor.head in ("Pow", "exp"):
            power = _power(factor, k, n, sign)
            if power is None:
                return None
            for into, value in zip((front, rising, falling), power, strict=True):
                into += [value] if value is not None else []
        else:
            return None
    if not chosen:
        return None
    if not whole:
        # n!/(k!*(n - k)!) is the coefficient; without n! above it stands in front.
        front.append(Term("Div", (ONE, Term("factorial", (n,)))))
    return _Parts(*map(_product, (front, weight, rising, falling)))


def _is_polynomial(t: Term, k: Term) -> bool:
    """Whether a term is a polynomial in k whose coefficients do not mention k."""
    try:
        return all(a == k or k.value not in a.free for m in spread(t) for a, _ in m)
    except SizeError:
        return False


def _factors(t: Term, sign: int) -> Iterator[tuple[Term, int]]:
    """The factors of a product or quotient, with -1 for those that divide."""
    if t.head == "Mul":
        for a in t.args:
            yield from _factors(a, sign)
    elif t.head == "Div":
        yield from _factors(t.args[0], sign)
        yield from _factors(t.args[1], -sign)
    elif t.head == "Neg":
        yield number(-1), sign
        yield from _factors(t.args[0], sign)
    else:
        yield t, sign


def _power(t: Term, k: Term, n: Term, sign: int) -> tuple[Term | None, ...] | None:
    """``(c, a, b)`` with the power or exponential being ``c*a**k*b**(n - k)``."""
    base, exponent = t.args if t.head == "Pow" else (None, t.args[0])
    if base is not None and k.value in base.free:
        return None
    try:
        p = spread(exponent)
    except SizeError:
        return None
    slope = {tuple((a, e) for a, e in m if a != k): sign * c for m, c in p.items() if (k, 1) in m}
    rest = {m: sign * c for m, c in p.items() if (k, 1) not in m}
    if any(k.value in a.free for m in (*slope, *rest) for a, _ in m):
        return None
    if base is None:
        return _exp(rest), _exp(slope), None
    if not rest and set(slope) == {()}:
        return None, base if slope[()] == 1 else base ** number(slope[()]), None
    if slope == {(): -1} and rest == spread(n):
        return None, None, base
    return base ** term_of(rest), base ** term_of(slope), None


def _exp(p: Polynomial) -> Term | None:
    return Term("exp", (term_of(p),)) if p else None


def _product(factors: list[Term]) -> Term:
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Term("Mul", tuple(factors))
