"""What a known product says of its factors: none is 0, and squares do not change its sign.

From ``0 < x/y`` follow ``x != 0`` and, x and y being no zeros, ``0 < y/x`` and ``0 < x*y``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.kernel import Theorem
from derive.polynomial import small
from derive.rules import ledger
from derive.search.equations import equate, in_context, reflexive
from derive.search.forms.spreading import factors
from derive.term import ONE, ZERO, Term, number, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.search.facts import Facts


def factor_nonzero(facts: Facts, context: Context, a: Term) -> Theorem | None:
    """``a != 0``, because a product with this factor is known not to be 0.

    Or because a quotient with this divisor has a value.
    """
    for known, t in _products(context):
        if t.head == "Div" and t.args[1] == a:
            facts.remember(context, kernel.side(0 if known.lhs == t else 1, known))
            mapping = dict(zip("ab", t.args, strict=True))
            return facts.use(context, ledger()["divisor_nonzero"], mapping)
        if not any(a in (u, _base(u)) for u in factors(t)[0]):
            continue
        zero = Term("Eq", (a, ZERO))
        under = context.assume(zero)
        gone = _vanishing(facts, under, t, kernel.hypothesis(under, zero))
        sides = [facts.defined(context, u) for u in (a, ZERO)]
        if gone is None or None in sides:
            continue
        k = 0 if known.lhs == t else 1
        false = kernel.rewrite((k,), in_context(under, known), gone)
        goal = Term("Ne", (a, ZERO))
        first = kernel.absurd(goal, false)
        second = kernel.hypothesis(context.assume(goal), goal)
        return kernel.cases(zero, first, second, *(s for s in sides if s is not None))
    return None


def _products(context: Context) -> Iterator[tuple[Theorem, Term]]:
    """Hypotheses that a product, quotient or power is positive, negative or not 0."""
    for h in context.hypotheses():
        if h.head in ("Lt", "Ne") and ZERO in h.args:
            t = h.args[1] if h.args[0] == ZERO else h.args[0]
            if t.head in ("Mul", "Div", "Pow"):
                yield kernel.hypothesis(context, h), t


def _base(t: Term) -> Term | None:
    """The base of a power that vanishes with it."""
    natural = t.head == "Pow" and small(t.args[1]) and t.args[1].value > 0
    return t.args[0] if natural else None


def _vanishing(facts: Facts, under: Context, t: Term, zero: Theorem) -> Theorem | None:
    """``t = 0`` for a product with a factor that is 0."""
    found = reflexive(facts, under, t)
    for path, u in walk(t):
        if found is not None and u == zero.lhs:
            found = kernel.rewrite((1, *path), found, zero)
            rest = equate(facts, under, found.rhs, ZERO)
            return None if rest is None else kernel.transitive(found, in_context(under, rest))
    return None


def same_parity(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``0 < t`` from ``0 < u``, where ``t = u*w**2``."""
    t = s.args[1]
    if t.head not in ("Mul", "Div"):
        return None
    for known, u in _products(context):
        root = _root(t, u) if known.statement.head == "Lt" and known.lhs == ZERO else None
        if root is None:
            continue
        right, other = facts.defined(context, t), facts.prove(context, Term("Ne", (root, ZERO)))
        if right is None or other is None:
            continue
        premises = [in_context(context, p) for p in (right, known, other)]
        zero = kernel.numeral(context, ZERO)
        return kernel.order(s.head, ((Fraction(1), (0, 1, 1)),), zero, *premises)
    return None


def flipped(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``0 < t``, or ``t < 0``, for a product or quotient with negative parts below the line.

    ``0 < -n/s`` for s < 0 < n, because ``-n/s`` is ``n/(-s)``.
    """
    below = s.args[1] == ZERO
    t = s.args[0] if below else s.args[1]
    signs = [-1 if below else 1]
    if t.head == "Neg":
        signs.append(-1)
        t = t.args[0]
    over, under = factors(t)
    over, under = ([_unsigned(facts, context, u, signs) for u in side] for side in (over, under))
    if len(signs) < 2 or signs.count(-1) % 2 or ZERO in over or ZERO in under:
        return None
    t = Term("Div", (_product(over), _product(under))) if under else _product(over)
    known = facts.prove(context, Term("Lt", (ZERO, t)))
    sides = [facts.defined(context, u) for u in s.args]
    if known is None or sides[0] is None or sides[1] is None:
        return None
    premises = [in_context(context, p) for p in (*sides, known) if p is not None]
    return kernel.order("Lt", ((Fraction(1), (0,)),), *premises)


def _unsigned(facts: Facts, context: Context, u: Term, signs: list[int]) -> Term:
    """A factor without its sign, which is noted down; 0 where none is found."""
    if u.head == "Neg":
        signs.append(-1)
        return _unsigned(facts, context, u.args[0], signs)
    if u.head == "number":
        signs.append(1 if u.value > 0 else -1)
        return number(abs(u.value))
    if facts.prove(context, Term("Lt", (ZERO, u))) is not None:
        return u
    signs.append(-1)
    return -u if facts.prove(context, Term("Lt", (u, ZERO))) is not None else ZERO


def _root(t: Term, u: Term) -> Term | None:
    """w with ``t = u*w**2``, by the factors as they are written."""
    exponents: Counter[Term] = Counter()
    for v, sign in ((t, 1), (u, -1)):
        over, under = factors(v)
        for side, way in ((over, sign), (under, -sign)):
            for f in side:
                exponents[f] += way
    if any(e % 2 for e in exponents.values()) or not any(exponents.values()):
        return None
    above = [f ** number(e // 2) if e > 2 else f for f, e in exponents.items() if e > 0]
    below = [f ** number(-e // 2) if e < -2 else f for f, e in exponents.items() if e < 0]
    top, bottom = (_product(side) for side in (above, below))
    return top if bottom == ONE else Term("Div", (top, bottom))


def _product(parts: list[Term]) -> Term:
    return ONE if not parts else parts[0] if len(parts) == 1 else Term("Mul", tuple(parts))
