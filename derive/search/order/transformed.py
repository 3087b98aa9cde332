"""Comparing what increasing functions of both sides say: logarithms, and squares.

``Product(1 - h[i]) <= exp(-Sum(h[i]))`` is a comparison of sums once the logarithms of both
sides are taken; ``Sum(a*b) <= sqrt(u)*sqrt(v)`` has no roots once both sides are squared.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import Polynomial, times
from derive.rules import ledger
from derive.search.equations import equate, in_context, reflexive, unify
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import Equation, Rewriter, term_of
from derive.search.forms.spreading import factors
from derive.search.index import heads
from derive.term import ONE, ZERO, Term, is_number, number, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

_TWO = number(2)
_HALF = number(Fraction(1, 2))


# -- logarithms ---------------------------------------------------------------------------------


def in_logarithms(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """``a <= b`` or ``a < b`` from the same of the logarithms, both sides being positive."""
    from derive.search.order.inequalities import DEPTH, inequality

    if not any(map(_multiplicative, s.args)):
        return None
    if depth < DEPTH and not heads(s) & {"Product", "Sum"}:
        return None  # what comes from logarithms is not turned into them again
    positive = [facts.prove(context, Term("Lt", (ZERO, t))) for t in s.args]
    if None in positive:
        return None
    logs = [Term("log", (t,)) for t in s.args]
    if inequality(facts, context, Term(s.head, tuple(logs)), depth) is None:
        return None
    name = "exp_strictly_increasing" if s.head == "Lt" else "exp_increasing"
    found = facts.use(context, ledger()[name], dict(zip("ab", logs, strict=True)))
    for k, t in enumerate(s.args):
        back = facts.use(context, ledger()["exp_log"], {"x": t})
        found = found and back and kernel.rewrite((k,), found, in_context(context, back))
    return found


def _multiplicative(t: Term) -> bool:
    """Whether a factor of a term is a product without end, an exponential or an open power."""
    over, under = factors(t)
    return any(_is_open(u) for u in (*over, *under))


def _is_open(t: Term) -> bool:
    if t.head == "Pow":
        whole = is_number(t.args[1]) and t.args[1].value.denominator == 1
        return _multiplicative(t.args[0]) if whole else not is_number(t.args[1])
    return t.head in ("Product", "exp")


# -- squares ------------------------------------------------------------------------------------


def squared(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """``a <= b`` from ``u**2 <= v**2``, where ``v - u = b - a``, v >= 0, and one has the roots."""
    from derive.search.prove import normal_form

    if s.head != "Le" or not any(_is_root(u) for t in s.args for _, u in walk(t)):
        return None
    written = [reflexive(facts, context, t) for t in s.args]
    found = _by_squares(facts, context, written, depth)
    if found is not None:
        return found
    a, b = s.args
    forms = [normal_form(facts, context, a, b), normal_form(facts, context, b, a)]
    return _by_squares(facts, context, forms, depth)


def _by_squares(
    facts: Facts, context: Context, forms: list[Theorem | None], depth: int
) -> Theorem | None:
    from derive.search.order.inequalities import inequality

    kept: list[Term] = []
    unified: list[Theorem] = []
    for form in forms:
        if form is None:
            return None
        unified.append(unify(facts, context, in_context(context, form), kept))
    first, second = unified
    p = reduced(second.rhs - first.rhs)
    roots = {m: c for m, c in p.items() if any(_has_root(a) for a, _ in m)}
    rest = {m: c for m, c in p.items() if m not in roots}
    for u, v in _splits(roots, rest):
        small, large = term_of(u), term_of(v)
        above = facts.prove(context, Term("Le", (ZERO, large))) if roots else None
        if above is None:
            continue
        squares = [_square(facts, context, w) for w in (u, v)]
        if squares[0] is None or squares[1] is None:
            continue
        goal = Term("Le", (squares[0].rhs, squares[1].rhs))
        below = inequality(facts, context, goal, depth - 1)
        if below is not None:
            back = [kernel.symmetric(in_context(context, q)) for q in squares if q is not None]
            for k, q in enumerate(back):
                below = kernel.rewrite((k,), below, q)
            facts.remember(context, below)
            return _of_squares(facts, context, (first, second), (small, large))
    return None


def _splits(roots: Polynomial, rest: Polynomial) -> Iterator[tuple[Polynomial, Polynomial]]:
    """What may stand on the two sides: the roots on one; else what is added, what subtracted."""
    if rest:
        yield _minus(rest), roots
        yield _minus(roots), rest
    signs = {c > 0 for c in roots.values()}
    if len(signs) == 2:
        p = {**roots, **rest}
        yield {m: -c for m, c in p.items() if c < 0}, {m: c for m, c in p.items() if c > 0}


def _square(facts: Facts, context: Context, p: Polynomial) -> Theorem | None:
    """``p**2 = q``, multiplied out, with x for ``sqrt(x)**2``."""
    written = Term("Pow", (term_of(p), _TWO))
    spread = term_of(times(p, p))
    same = equate(facts, context, written, spread)
    plain = Rewriter(facts, [Equation.of_rule(ledger()["square_sqrt"])]).rewrite(context, spread)
    if same is None or plain is None:
        return None
    return kernel.transitive(in_context(context, same), in_context(context, plain))


def _of_squares(
    facts: Facts, context: Context, forms: tuple[Theorem, Theorem], sides: tuple[Term, Term]
) -> Theorem | None:
    """``a <= b`` from ``u <= |u| <= |v| = v``."""
    small, large = sides
    rules = ledger()
    found = (
        facts.use(context, rules["abs_below_by_square"], {"a": small, "b": large}),
        facts.use(context, rules["abs_upper"], {"x": small}),
        facts.use(context, rules["abs_nonneg"], {"x": large}),
    )
    below, upper, same = found
    if below is None or upper is None or same is None:
        return None
    middle = kernel.transitive(in_context(context, below), in_context(context, same))
    premises = [in_context(context, t) for t in (upper, middle)]
    ends = [kernel.side(1, form) for form in forms]
    parts = ((Fraction(1), (0,)), (Fraction(1), (1,)))
    whole = kernel.order("Le", parts, *ends, *premises)
    first, second = forms
    return kernel.transitive(kernel.transitive(first, whole), kernel.symmetric(second))


def _minus(p: Polynomial) -> Polynomial:
    return {m: -c for m, c in p.items()}


def _has_root(t: Term) -> bool:
    return _is_root(t) or (t.head == "Div" and t.args[0] == ONE and _has_root(t.args[1]))


def _is_root(t: Term) -> bool:
    return t.head == "Pow" and t.args[1] == _HALF


__all__ = ["in_logarithms", "squared"]
