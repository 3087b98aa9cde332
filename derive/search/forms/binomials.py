"""The binomial theorem, found in a sum: ``Sum(binomial(n, k)*a**k*b**(n - k)) = (a + b)**n``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from derive import kernel
from derive.polynomial import Polynomial, SizeError
from derive.rules import ledger
from derive.search.equations import enter, in_context, reflexive
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.search.index import heads
from derive.term import ONE, ZERO, Term, abstract, instantiate, number, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


class _Parts(NamedTuple):
    """The factors of a summand ``front*binomial(n, k)*a**k*b**(n - k)``."""

    front: Term
    a: Term
    b: Term


def mentions_choice(t: Term) -> bool:
    """Whether a sum has a binomial coefficient or factorials in its body."""
    return t.head == "Sum" and not heads(t.args[0]).isdisjoint(("binomial", "factorial"))


def expanded(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(front*binomial(n, k)*a**k*b**(n - k), (k, 0, n)) = front*(a + b)**n``.

    The factors may be written in any order, as powers, exponentials and factorials; that
    the summand is such a product is proved, not assumed.
    """
    if not mentions_choice(t) or t.args[1] != ZERO:
        return None
    entered = enter(facts, context, t)
    if entered is None:
        return None
    inner, name, _ = entered
    k, n = symbol(name), t.args[2]
    body = instantiate(t.args[0], k)
    found = _parts(body, k, n)
    start = reflexive(facts, context, t) if found is not None else None
    if found is None or start is None:
        return None
    product = Term("Mul", (Term("binomial", (n, k)), found.a**k, found.b ** (n - k)))
    whole = Term("Mul", (found.front, product))
    from derive.search.prove import by_normal_form

    equal = by_normal_form(facts, inner, body, whole)
    if isinstance(equal, tuple):
        return None
    theorem = kernel.rewrite((1, 0), start, in_context(inner, equal))
    bounds = {"lo": ZERO, "hi": n}
    factored = facts.use(
        context, ledger()["sum_factor"], {"c": found.front, "f": abstract(product, name), **bounds}
    )
    closed = facts.use(context, ledger()["binomial_theorem"], {"n": n, "a": found.a, "b": found.b})
    if factored is None or closed is None or factored.lhs != theorem.rhs:
        return None
    theorem = kernel.transitive(theorem, in_context(context, factored))
    return kernel.rewrite((1, 1), theorem, in_context(context, closed))


def _parts(body: Term, k: Term, n: Term) -> _Parts | None:
    """The factors of the summand, sorted; None where one is none of these kinds."""
    front: list[Term] = []
    rising: list[Term] = []
    falling: list[Term] = []
    chosen = 0
    for factor, sign in _factors(body, 1):
        own = factor if sign > 0 else Term("Div", (ONE, factor))
        if k.value not in factor.free:
            front.append(own)
        elif factor.head in ("binomial", "factorial"):
            chosen += 1
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
    if any(f.head == "factorial" for f, _ in _factors(body, 1) if k.value in f.free):
        # n!/(k!*(n - k)!) is the coefficient; without n! above it stands in front.
        front.append(Term("Div", (ONE, Term("factorial", (n,)))))
    return _Parts(*map(_product, (front, rising, falling)))


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
