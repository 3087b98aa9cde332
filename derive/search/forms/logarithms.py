"""Logarithms of quotients, of sums with a common factor, and of numbers, made ready to be split."""

from __future__ import annotations

from contextlib import suppress
from math import isqrt
from typing import TYPE_CHECKING

from derive import kernel
from derive.kernel import KernelError
from derive.polynomial import SizeError, quotient
from derive.rules import ledger
from derive.search.equations import carried, equate, in_context, reflexive
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Term, is_number, number

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: Larger numbers are not taken apart into primes.
LARGEST_FACTORED = 10_000


def together(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``log(a + b/c) = log((a*c + b)/c)``: one quotient, so that the log can be split."""
    if t.head != "log" or t.args[0].head not in ("Add", "Mul", "Neg"):
        return None
    try:
        numerator, denominator = quotient(t.args[0])
    except SizeError:
        return None
    if len(denominator) == 1 and () in denominator:
        return None
    over, under = term_of(numerator), term_of(denominator)
    joined = Term("Div", (over, under))
    _positive_numerator(facts, context, t.args[0], over, under)
    equal = equate(facts, context, t.args[0], joined)
    start = reflexive(facts, context, t)
    if equal is None or start is None:
        return None
    return kernel.rewrite((1, 0), start, equal)


def _positive_numerator(
    facts: Facts, context: Context, whole: Term, over: Term, under: Term
) -> None:
    """Remember that ``over`` is positive, because ``over/under`` and ``under`` are."""
    known = [facts.prove(context, Term("Lt", (ZERO, t))) for t in (whole, under)]
    defined = facts.defined(context, over)
    if defined is not None and None not in known:
        zero = kernel.numeral(context, ZERO)
        product = ((ONE.value, (0, 1)),)
        with suppress(KernelError):
            premises = [in_context(context, k) for k in (defined, *known) if k is not None]
            facts.remember(context, kernel.order("Lt", product, zero, *premises))


def primitive(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``log(a*b + a*c) = log(a*(b + c))``: what divides every summand stands in front."""
    if t.head != "log" or t.args[0].head != "Add":
        return None
    try:
        p = spread(t.args[0])
    except SizeError:
        return None
    common: dict[Term, int] | None = None
    for m in p:
        exponents = dict(m)
        if common is None:
            common = exponents
        else:
            common = {a: min(e, exponents[a]) for a, e in common.items() if a in exponents}
    if not common:
        return None
    rest = {
        tuple((a, e - common.get(a, 0)) for a, e in m if e > common.get(a, 0)): c
        for m, c in p.items()
    }
    front = term_of({tuple(common.items()): next(iter(p.values())) * 0 + 1})
    equal = equate(facts, context, t.args[0], Term("Mul", (front, term_of(rest))))
    start = reflexive(facts, context, t)
    if equal is None or start is None:
        return None
    return kernel.rewrite((1, 0), start, equal)


def prime_logs(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``log(12) = log(2) + log(6)`` and ``log(2/3) = log(2) - log(3)``: logarithms of primes."""
    if t.head != "log" or not is_number(t.args[0]) or t.args[0].value <= 0:
        return None
    over, under = t.args[0].value.as_integer_ratio()
    if max(over, under) > LARGEST_FACTORED:
        return None
    prime = next((p for p in range(2, isqrt(over) + 1) if over % p == 0), over)
    if under > 1:
        name, parts = "log_quotient", (over, under)
    elif over not in (1, prime):
        name, parts = "log_product", (prime, over // prime)
    else:
        return None
    mapping = dict(zip("ab", map(number, parts), strict=True))
    used = facts.use(context, ledger()[name], mapping)
    return None if used is None else carried(facts, context, used, (0, 0), t.args[0])
