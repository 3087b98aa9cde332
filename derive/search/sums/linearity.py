"""Sums are linear: ``Sum(a*f[i] + b*g[i])`` is ``a*Sum(f[i]) + b*Sum(g[i])``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError
from derive.rules import ledger
from derive.search.equations import enter, equate, in_context, reflexive
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ONE, Path, Term, abstract, instantiate, subterm, symbol, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: More summands than this are left as they are.
MOST_SUMMANDS = 24


def linear(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t = a*Sum(f) + b*Sum(g) + ...`` for a finite sum t; None when it is a single such sum.

    Each f is a product of parts that mention the index, a and b do not mention it.
    """
    finite = t.head == "Sum" and t.args[2].head != "oo"
    entered = enter(facts, context, t) if finite else None
    if entered is None:
        return None
    inner, name, _ = entered
    body = instantiate(t.args[0], symbol(name))
    parts = groups(body, name)
    if parts is None:
        return None
    products = [(term_of(c), term_of({m: ONE.value})) for m, c in parts.items()]
    target = nested_sum([f if c == ONE else Term("Mul", (c, f)) for c, f in products])
    equal = equate(facts, inner, body, target)
    start = reflexive(facts, context, t)
    if equal is None or start is None:
        return None
    theorem = kernel.rewrite((1, 0), start, in_context(inner, equal))
    return taken_apart(facts, context, theorem, [(c, abstract(f, name)) for c, f in products])


def contracted(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``linear`` for sums with a Kronecker delta, so that rules can contract them."""
    if t.head != "Sum" or not any(u.head == "KroneckerDelta" for _, u in walk(t.args[0])):
        return None
    return linear(facts, context, t) or _delta_first(facts, context, t)


def _delta_first(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(y[i]*(delta(i, k)/p[i])) = Sum(delta(i, k)*(y[i]/p[i]))``."""
    entered = enter(facts, context, t)
    if entered is None:
        return None
    inner, name, _ = entered
    body = instantiate(t.args[0], symbol(name))
    parts = groups(body, name, idle=True)
    factors = [a for m in parts or () for a, e in m if a.head == "KroneckerDelta" and e == 1]
    delta = next((a for a in factors if symbol(name) in a.args), None)
    if delta is None or parts is None or len(parts) > 1:
        return None
    (m,) = parts
    rest = tuple((a, e) for a, e in m if a != delta)
    target = Term("Mul", (delta, term_of({rest: ONE.value})))
    equal = equate(facts, inner, body, target) if rest and body != target else None
    start = reflexive(facts, context, t)
    if equal is None or start is None:
        return None
    return kernel.rewrite((1, 0), start, in_context(inner, equal))


def groups(body: Term, name: str, idle: bool = False) -> dict[Monomial, Polynomial] | None:
    """The factors free of the index, by the product that they multiply.

    None when there is nothing to take apart or out, unless that is asked for.
    """
    try:
        p = spread(body)
    except SizeError:
        return None
    parts: dict[Monomial, Polynomial] = {}
    cancelled = _cancelled(p)
    for m, c in cancelled.items():
        opened = tuple((a, e) for a, e in m if name in a.free)
        closed = tuple((a, e) for a, e in m if name not in a.free)
        parts.setdefault(opened, {})[closed] = c
    if not parts or len(parts) > MOST_SUMMANDS:
        return None
    single = len(parts) == 1 and all(c == {(): 1} for c in parts.values())
    return None if single and not idle and cancelled == p else parts


def _cancelled(p: Polynomial) -> Polynomial:
    """The polynomial with each atom cancelled against its reciprocal."""
    out: Polynomial = {}
    for m, c in p.items():
        left = dict(m)
        for atom, e in m:
            inverse = Term("Div", (ONE, atom))
            common = min(e, left.get(inverse, 0))
            if common:
                left[atom] -= common
                left[inverse] -= common
        kept = tuple((a, left[a]) for a, _ in m if left[a])
        out[kept] = out.get(kept, Fraction(0)) + c
    return {m: c for m, c in out.items() if c}


def nested_sum(summands: list[Term]) -> Term:
    """``a + (b + (c + ...))``: two parts each time, as the rule for sums has them."""
    rest = summands[-1]
    for s in reversed(summands[:-1]):
        rest = Term("Add", (s, rest))
    return rest


def taken_apart(
    facts: Facts, context: Context, theorem: Theorem, products: list[tuple[Term, Term]]
) -> Theorem | None:
    """``t = c*Sum(f) + (d*Sum(g) + ...)`` from ``t = Sum(c*f + (d*g + ...))``."""
    low, high = theorem.rhs.args[1:]
    place: Path = (1,)
    found: Theorem | None = theorem
    for k, (c, f) in enumerate(products):
        own, last = place, k == len(products) - 1
        if found is not None and not last:
            first, rest = subterm(found.statement, place).args[0].args
            mapping = {"f": first, "g": rest, "lo": low, "hi": high}
            found = _put(facts, context, found, place, "sum_add", mapping)
            own, place = (*place, 0), (*place, 1)
        if found is not None and c != ONE:
            mapping = {"c": c, "f": f, "lo": low, "hi": high}
            found = _put(facts, context, found, own, "sum_factor", mapping)
    return found


def _put(
    facts: Facts,
    context: Context,
    theorem: Theorem,
    place: Path,
    rule: str,
    mapping: dict[str, Term],
) -> Theorem | None:
    """The theorem with one more rule used at a place."""
    used = facts.use(context, ledger()[rule], mapping)
    return None if used is None else kernel.rewrite(place, theorem, in_context(context, used))
