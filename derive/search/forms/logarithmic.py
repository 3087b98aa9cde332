"""Positive terms are equal when their logarithms are: products, powers and quotients of gammas.

``Product(c*exp(-f[i]/2), (i, 1, n)) = c**n*exp(-Sum(f[i], (i, 1, n))/2)`` is an equation between
sums once the logarithms of both sides are taken.  Factors that stand on both sides need no sign.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import equate, in_context, reflexive
from derive.search.forms.rewriting import Equation, Rewriter, term_of
from derive.search.forms.spreading import spread
from derive.search.index import defining_rules, heads
from derive.term import ONE, ZERO, Term, is_number, number, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: The highest power of what stands in a logarithm.
MOST_POWER = 12

#: Functions that the logarithm turns into something simpler.
_MULTIPLICATIVE = frozenset(("Product", "exp"))


def by_logarithms(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a = b`` from ``log(u) = log(v)``, u and v being what is left without common factors."""
    if not _multiplicative(a) and not _multiplicative(b):
        return None
    common, u, v = _apart(a, b)
    if u == v or any(facts.prove(context, Term("Lt", (ZERO, t))) is None for t in (u, v)):
        return None
    from derive.search.prove import by_normal_form

    logs = by_normal_form(facts, context, Term("log", (u,)), Term("log", (v,)))
    if isinstance(logs, tuple):
        return None
    facts.remember(context, in_context(context, logs))
    same = facts.use(context, ledger()["log_injective"], {"a": u, "b": v})
    if same is None:
        return None
    same = in_context(context, same)
    return same if (u, v) == (a, b) else _with_factor(facts, context, a, b, common, same)


def _multiplicative(t: Term) -> bool:
    """Whether a term is a product with powers, exponentials or products without end in it."""
    if t.head in ("Add", "number", "symbol", "member"):
        return False
    present = heads(t)
    if not present.isdisjoint(_MULTIPLICATIVE) or any(map(defining_rules, present)):
        return True
    return any(
        u.head == "Pow" and not (is_number(u.args[1]) and u.args[1].value.denominator == 1)
        for _, u in walk(t)
    )


def _apart(a: Term, b: Term) -> tuple[Term, Term, Term]:
    """The common factors of two terms, and what is left of each."""
    (over, under), (above, below) = _factors(a), _factors(b)
    common = _taken(over, above), _taken(under, below)
    return _quotient(*common), _quotient(over, under), _quotient(above, below)


def _factors(t: Term) -> tuple[list[Term], list[Term]]:
    """What stands above the line, and what below; a sign is the factor -1."""
    if t.head == "Neg":
        over, under = _factors(t.args[0])
        return [number(-1), *over], under
    if t.head == "Div":
        (a, b), (c, d) = map(_factors, t.args)
        return [*a, *d], [*b, *c]
    if t.head != "Mul":
        return [t], []
    parts = [_factors(a) for a in t.args]
    return [u for p in parts for u in p[0]], [u for p in parts for u in p[1]]


def _taken(mine: list[Term], theirs: list[Term]) -> list[Term]:
    """The factors that both lists have, which are taken out of both."""
    common = []
    for u in list(mine):
        if u in theirs:
            mine.remove(u)
            theirs.remove(u)
            common.append(u)
    return common


def _quotient(over: list[Term], under: list[Term]) -> Term:
    above, below = _product(over), _product(under)
    return above if below == ONE else Term("Div", (above, below))


def _product(parts: list[Term]) -> Term:
    if not parts:
        return ONE
    return parts[0] if len(parts) == 1 else Term("Mul", tuple(parts))


def _with_factor(
    facts: Facts, context: Context, a: Term, b: Term, common: Term, same: Theorem
) -> Theorem | None:
    """``a = b`` from ``u = v``, a being ``common*u`` and b being ``common*v``."""
    u, v = same.statement.args
    first = equate(facts, context, a, Term("Mul", (common, u)))
    second = equate(facts, context, b, Term("Mul", (common, v)))
    start = reflexive(facts, context, Term("Mul", (common, u)))
    if first is None or second is None or start is None:
        return None
    whole = kernel.transitive(in_context(context, first), kernel.rewrite((1, 1), start, same))
    return kernel.transitive(whole, kernel.symmetric(in_context(context, second)))


def by_products(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a = b`` for sums of logarithms, because the products of what stands in them are equal."""
    try:
        p = spread(a - b)
    except SizeError:
        return None
    logs = {m for m in p if len(m) == 1 and m[0][0].head == "log" and m[0][1] == 1}
    powers = [(m[0][0].args[0], p[m]) for m in p if m in logs]
    rest = {m: c for m, c in p.items() if m not in logs}
    whole = all(c.denominator == 1 and abs(c) <= MOST_POWER for _, c in powers)
    if len(powers) < 2 or not whole or any(u.head == "log" for m in rest for u, _ in m):
        return None
    if rest:  # t is log(exp(t))
        powers.append((Term("exp", (term_of(rest),)), Fraction(1)))
    from derive.search.prove import by_normal_form

    sides = [[(u, int(s * c)) for u, c in powers if s * c > 0] for s in (1, -1)]
    first, second = (_written(facts, context, side) for side in sides)
    if first is None or second is None:
        return None
    same = by_normal_form(facts, context, first.lhs.args[0], second.lhs.args[0])
    if isinstance(same, tuple):
        return None
    sums = kernel.rewrite((0, 0), first, in_context(context, same))
    sums = kernel.transitive(kernel.symmetric(sums), second)
    # a = b + (s - t), where s = t.
    u, v = sums.statement.args
    padded = equate(facts, context, a, Term("Add", (b, Term("Add", (u, Term("Neg", (v,)))))))
    if padded is None:
        return None
    moved = kernel.rewrite((1, 1, 0), in_context(context, padded), sums)
    last = equate(facts, context, moved.rhs, b)
    return last and kernel.transitive(moved, in_context(context, last))


def _written(facts: Facts, context: Context, powers: list[tuple[Term, int]]) -> Theorem | None:
    """``log(u**e*v**d*...) = e*log(u) + d*log(v) + ...``, with t for log(exp(t))."""
    from derive.search.order.tangents import log_of_powers

    found = log_of_powers(facts, context, powers)
    if found is None:
        return None
    plain = Rewriter(facts, [Equation.of_rule(ledger()["log_exp"])]).rewrite(context, found.rhs)
    return plain and kernel.transitive(in_context(context, found), in_context(context, plain))
