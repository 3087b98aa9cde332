"""Roots in one spelling: squares stand before the root, a root has one atom below it."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError
from derive.rules import ledger
from derive.search.equations import carried, equate, in_context, reflexive
from derive.search.forms.reduced import is_reciprocal, reduced
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import factors, spread
from derive.search.scopes import keep_sign
from derive.term import ONE, Term, is_number, number, rebuild, size

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Square factors of a number are looked for up to this base.
LARGEST_BASE = 50

_HALF = ONE / number(2)


def _root(t: Term) -> bool:
    return t.head == "Pow" and is_number(t.args[1]) and t.args[1].value.denominator > 1


def cancelled(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """An exponent or the base of a root with its quotients of quotients cancelled."""
    if t.head != "exp" and not _root(t):
        return None
    inside = t.args[0]
    if inside.head not in ("Add", "Mul", "Div") or not _nested_quotient(inside):
        return None
    try:
        target = _upright(term_of(reduced(inside)))
    except SizeError:
        return None
    equal = equate(facts, context, inside, target) if size(target) < size(inside) else None
    start = reflexive(facts, context, t)
    if equal is None or start is None:
        return None
    if t.head == "Pow":
        keep_sign(facts, context, equal, lambda outer: equate(facts, outer, inside, target))
    return kernel.rewrite((1, 0), start, equal)


def _upright(t: Term) -> Term:
    """``1/s**2`` for ``(1/s)**2``, which is how the normal form writes it."""
    if t.head == "Pow" and is_reciprocal(t.args[0]):
        return Term("Div", (ONE, t.args[0].args[1] ** t.args[1]))
    return rebuild(t, lambda part, _: _upright(part), 0)


def _nested_quotient(t: Term, below: bool = False) -> bool:
    """Whether a divisor, or a factor beside one, has a quotient in it."""
    if t.head == "Div":
        return below or any(_nested_quotient(a, True) for a in t.args)
    inner = below or t.head == "Mul"
    return t.head in ("Add", "Mul", "Neg", "Pow") and any(
        _nested_quotient(a, inner) for a in t.args
    )


def extracted(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``sqrt(2*pi*s**2) = sqrt(s**2)*sqrt(2*pi)``: what is a square apart from the rest."""
    if t.head != "Pow" or t.args[1] != _HALF:
        return None
    base = t.args[0]
    if base.head not in ("Mul", "Div", "number"):
        return None
    try:
        p = reduced(base)
    except SizeError:
        return None
    if len(p) != 1:
        return None
    ((m, c),) = p.items()
    if c <= 0:
        return None
    plain = not base.free  # for numbers the divisor leaves the root, for others it may stay
    above, below = c.as_integer_ratio()
    root, rest = _square_part(above * below if plain else above)
    under, left = (below, 1) if plain else _square_part(below)
    outside: Monomial = tuple((a, e // 2) for a, e in m if e // 2)
    inside: Monomial = tuple((a, e % 2) for a, e in m if e % 2)
    if not outside and root == 1 and under == 1:
        return None
    outer = term_of({outside: c / c * root / under})
    found = _root_of_square(facts, context, outer)
    other = term_of({inside: c / c * rest / left})
    if found is None or other == ONE:
        return found and carried(facts, context, found, (0, 0), base)
    values = {"a": outer ** number(2), "b": other, "e": t.args[1]}
    used = facts.use(context, ledger()["pow_of_product"], values)
    if used is None:
        return None
    used = kernel.rewrite((1, 0), in_context(context, used), found)
    return carried(facts, context, used, (0, 0), base)


def _root_of_square(facts: Facts, context: Context, x: Term) -> Theorem | None:
    """``sqrt(x**2) = x`` for x found not to be negative, else ``Abs(x)``."""
    found = facts.use(context, ledger()["sqrt_square"], {"x": x})
    plain = facts.use(context, ledger()["abs_nonneg"], {"x": x})
    if found is None or plain is None:
        return found and in_context(context, found)
    return kernel.transitive(in_context(context, found), in_context(context, plain))


def separated(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``sqrt(2*pi*s) = sqrt(2)*sqrt(pi*s)`` and ``sqrt(1/s) = 1/sqrt(s)``: a root of one atom each.

    The factors must be found to be positive.
    """
    if not _root(t) or t.args[0].head not in ("Mul", "Div", "number"):
        return None
    base, exponent = t.args
    try:
        p = reduced(base)
    except SizeError:
        return None
    parts = _parts(p)
    if len(p) > 1:  # a sum among the factors
        over, under = factors(base)
        parts = [*over, *(ONE / u for u in under)]
    if len(parts) == 1 and parts[0].head == "Div" and parts[0].args[0] == ONE:
        rule, values = "pow_of_quotient", {"a": ONE, "b": parts[0].args[1]}
    elif len(parts) > 1:
        rest = parts[1] if len(parts) == 2 else Term("Mul", tuple(parts[1:]))
        rule, values = "pow_of_product", {"a": parts[0], "b": rest}
    else:
        return None
    used = facts.use(context, ledger()[rule], {**values, "e": exponent})
    return None if used is None else carried(facts, context, used, (0, 0), base)


def root_of_logarithm(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``exp(log(s)/2) = s**(1/2)``: a power with a number for its exponent is written as one."""
    if t.head != "exp":
        return None
    try:
        p = spread(t.args[0])
    except SizeError:
        return None
    ((m, c),) = p.items() if len(p) == 1 else [((), number(1).value)]
    if len(m) != 1 or m[0][1] != 1 or m[0][0].head != "log" or c.denominator == 1:
        return None
    values = {"b": m[0][0].args[0], "e": number(c)}
    used = facts.use(context, ledger()["pow_definition"], values)
    if used is None:
        return None
    turned = kernel.symmetric(in_context(context, used))
    return carried(facts, context, turned, (0, 0), t.args[0])


def whole_part(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``s**(5/2) = s**2*s**(1/2)`` for a positive s."""
    if not _root(t) or t.args[1].value < 1:
        return None
    n = int(t.args[1].value)
    values = {"b": t.args[0], "x": number(n), "y": number(t.args[1].value - n)}
    used = facts.use(context, ledger()["pow_sum"], values)
    return None if used is None else carried(facts, context, used, (0, 1), t.args[1])


def _parts(p: Polynomial) -> list[Term]:
    """The factors of a single positive monomial, those with symbols first, primes one by one."""
    if len(p) != 1:
        return []
    ((m, c),) = p.items()
    if c <= 0:
        return []
    above, below = (_primes(n) for n in c.as_integer_ratio())
    numbers = [*(number(q) for q in above), *(ONE / number(q) for q in below)]
    atoms = [term_of({((a, e),): c / c}) for a, e in m]
    atoms.sort(key=str)
    return [*(u for u in atoms if u.free), *numbers, *(u for u in atoms if not u.free)]


def _primes(n: int) -> list[int]:
    """The prime factors of a number, the last one perhaps composite when it is large.

    >>> _primes(1), _primes(12)
    ([], [2, 2, 3])
    """
    found = []
    for q in range(2, LARGEST_BASE):
        while n % q == 0:
            n //= q
            found.append(q)
    return found if n == 1 else [*found, n]


def _square_part(n: int) -> tuple[int, int]:
    """r and s with ``n = r**2*s``, s without small squares.

    >>> _square_part(72), _square_part(7)
    ((6, 2), (1, 7))
    """
    whole = isqrt(n)
    if whole * whole == n:
        return whole, 1
    root = 1
    for k in range(2, LARGEST_BASE):
        while n % (k * k) == 0:
            n, root = n // (k * k), root * k
    return root, n
