"""Evaluating integrals and sums without end: a linear combination of those with a name.

What is integrated is brought to the normal form and taken apart; each product of the form
``x**p*exp(...)*log(x)`` is recognised as one of the table (``derive.search.calculus.kernels``).
The value is built from below: that the whole converges follows from that of its parts.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import INFINITY, MINUS_INFINITY
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.calculus.antiderivatives import by_antiderivative
from derive.search.calculus.existence import converges
from derive.search.calculus.kernels import recognised, suffix_of
from derive.search.calculus.pieces import by_pieces
from derive.search.calculus.standing import standing
from derive.search.calculus.substitutions import exponential, scaled
from derive.search.equations import enter, equate, in_context
from derive.search.forms.plainer import plainer
from derive.search.forms.rewriting import term_of
from derive.search.index import heads
from derive.search.sums import convergence
from derive.search.sums.linearity import groups
from derive.term import ONE, ZERO, Path, Term, abstract, instantiate, symbol, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: More summands than this are not integrated one by one.
MOST_SUMMANDS = 16


def is_infinite(t: Term) -> bool:
    """Whether the term is an integral, an expectation or a sum without end."""
    return t.head in ("Integral", "Expectation") or (t.head == "Sum" and t.args[2] == INFINITY)


def evaluated(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t = value`` for an integral, an expectation or a sum without end, or None."""
    if not is_infinite(t):
        return None
    key = context, t
    if key not in facts.values:
        facts.values[key] = _given(context, t)  # or None: it is not looked for below itself
    else:
        return facts.values[key]
    if facts.values[key] is None:
        with suppress(KernelError, SizeError):
            if t.head == "Expectation":
                from derive.search.calculus.expectations import expectation

                facts.values[key] = expectation(facts, context, t)
            else:
                facts.values[key] = accumulated(facts, context, t)
    return facts.values[key]


def _given(context: Context, t: Term) -> Theorem | None:
    """``t = value`` by an equation that is assumed, or ``t = t`` where it has t on the right."""
    for h in context.hypotheses():
        if h.head == "Eq" and t in h.args:
            known = kernel.hypothesis(context, h)
            if h.args[0] == t and not any(u == t for _, u in walk(h.args[1])):
                return known
            exists = kernel.side(h.args.index(t), known)
            return kernel.ring(exists, exists)
    return None


def written_out(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """As ``evaluated``, where that is another term."""
    found = evaluated(facts, context, t)
    return None if found is None or found.rhs == t else found


def accumulated(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t = value`` for an integral or a sum without end."""
    return _accumulated(facts, context, t) or standing(facts, context, t)


def _accumulated(facts: Facts, context: Context, t: Term) -> Theorem | None:
    from derive.search.prove import normal_form

    if t.head == "Sum" and t.args[1] != ZERO:
        from_zero = convergence.from_zero(facts, context, t)
        if from_zero is not None:
            return from_zero
    found = by_pieces(facts, context, t) if t.head == "Integral" else None
    entered = enter(facts, context, t) if found is None else None
    if entered is None:
        return found
    inner, name, inside = entered
    body = instantiate(t.args[0], symbol(name))
    plain = plainer(facts, inner, body)
    form = normal_form(facts, inner, body if plain is None else plain.rhs, ZERO)
    if form is None:
        return None
    form = form if plain is None else kernel.transitive(plain, form)
    if form.rhs == ZERO:
        found = constant(facts, context, t, ZERO)
        return found and _below(found, form, inner, inside)
    parts = groups(form.rhs, name, idle=True)
    if parts is None or len(parts) > MOST_SUMMANDS:
        return None
    summands: list[tuple[Term, Term, Theorem]] = []
    for m, c in parts.items():
        f = term_of({m: ONE.value})
        value = _single(facts, context, t, inner, name, inside, f)
        if value is None:
            break
        summands.append((term_of(c), f, value))
    complete = len(summands) == len(parts)
    valued = complete and not any("Integral" in heads(v.rhs) for _, _, v in summands)
    if len(parts) > 1 and not valued and t.head == "Integral":
        found = by_antiderivative(facts, context, t, inner, name, inside, form.rhs)
        if found is not None:
            return _below(found, form, inner, inside)
    whole = combined(facts, context, t, name, summands) if complete else None
    if whole is None:
        return None
    target = instantiate(whole.lhs.args[0], symbol(name))
    equal = equate(facts, inner, form.rhs, target)
    if equal is None:
        return None
    return _below(whole, kernel.transitive(form, in_context(inner, equal)), inner, inside)


def _below(
    theorem: Theorem, equation: Theorem, inner: Context, inside: tuple[Theorem, ...]
) -> Theorem:
    """``t[a] = v`` from ``t[b] = v`` and ``a = b``."""
    back = kernel.symmetric(in_context(inner, equation))
    return kernel.rewrite((0, 0), theorem, back, *inside)


def like(t: Term, body: Term) -> Term:
    """The same integral or sum of another body."""
    return Term(t.head, (body, *t.args[1:]), None, t.names)


def _single(
    facts: Facts,
    context: Context,
    t: Term,
    inner: Context,
    name: str,
    inside: tuple[Theorem, ...],
    f: Term,
) -> Theorem | None:
    """``Integral(f) = value`` for a product f of parts that mention the variable."""
    from derive.search.prove import by_normal_form

    own = like(t, abstract(f, name))
    if own != t:
        known = facts.values.get((context, own))
        if known is not None:
            return in_context(context, known)
    if f == ONE:
        return constant(facts, context, t, ONE)
    for rule, mapping in recognised(facts, context, t, name, f):
        used = facts.use(context, ledger()[rule], mapping)
        if used is None or used.lhs.args[1:] != t.args[1:]:
            continue
        used = in_context(context, used)
        theirs = instantiate(used.lhs.args[0], symbol(name))
        same = by_normal_form(facts, inner, theirs, f)
        if isinstance(same, Theorem):
            found = kernel.rewrite((0, 0), used, in_context(inner, same), *inside)
            facts.values[context, own] = found
            return found
    value: Theorem | None = None
    if own.head == "Integral":
        value = by_antiderivative(facts, context, t, inner, name, inside, f)
        value = value or exponential(facts, context, own, name)
    value = value or _without_value(facts, context, own, name, inner, inside)
    if value is not None:
        facts.values[context, own] = value
    return value


def _without_value(
    facts: Facts,
    context: Context,
    own: Term,
    name: str,
    inner: Context,
    inside: tuple[Theorem, ...],
) -> Theorem | None:
    """``Integral(f) = Integral(f)`` when it converges, or the same with another scale."""
    exists = _assumed(facts, context, own, name, inner, inside)
    if exists is None:
        finds = convergence.converges if own.head == "Sum" else converges
        exists = finds(facts, context, own)
    if exists is None:
        return None
    exists = in_context(context, exists)
    other = scaled(facts, context, exists, name) if own.head == "Integral" else None
    return other or kernel.ring(exists, exists)


def _assumed(
    facts: Facts,
    context: Context,
    own: Term,
    name: str,
    inner: Context,
    inside: tuple[Theorem, ...],
) -> Theorem | None:
    """That an integral or a sum converges, where that is assumed, whatever the order of factors."""
    exists = facts.from_hypotheses(context, Term("In", (own, Term("Real"))))
    if exists is not None:
        return exists
    body = instantiate(own.args[0], symbol(name))
    for h in context.hypotheses():
        if h.head != "In" or h.args[0].head != own.head or h.args[0].args[1:] != own.args[1:]:
            continue
        exists = facts.from_hypotheses(context, h)
        theirs = instantiate(h.args[0].args[0], symbol(name))
        same = equate(facts, inner, theirs, body)
        if exists is not None and same is not None:
            same = in_context(inner, same)
            return kernel.rewrite((0, 0), in_context(context, exists), same, *inside)
    return None


def _named(t: Term, law: str, values: dict[str, Term]) -> tuple[str, dict[str, Term]]:
    """The rule for such ends, and values for its variables."""
    low, high = t.args[1:]
    if t.head == "Sum" and high == INFINITY:
        return f"series_{law}", {**values, "lo": low}
    if t.head == "Sum":
        return f"sum_{law}", {**values, "lo": low, "hi": high}
    finite = {"a": low, "b": high}
    own = {k: v for k, v in finite.items() if v not in (INFINITY, MINUS_INFINITY)}
    return f"integral_{law}{suffix_of(t)}", {**values, **own}


def constant(facts: Facts, context: Context, t: Term, c: Term) -> Theorem | None:
    """The integral of 0, or of a number over a finite range."""
    if t.head == "Integral" and suffix_of(t) == "":
        mapping = {"c": c, "a": t.args[1], "b": t.args[2]}
        return facts.use(context, ledger()["integral_constant"], mapping)
    if c != ZERO:
        return None
    rule, mapping = _named(t, "zero", {})
    return facts.use(context, ledger()[rule], mapping)


def combined(
    facts: Facts, context: Context, t: Term, name: str, summands: list[tuple[Term, Term, Theorem]]
) -> Theorem | None:
    """``Integral(c*f + (d*g + ...)) = c*u + (d*v + ...)`` from ``Integral(f) = u``, ..."""
    total: Theorem | None = None
    for c, f, value in reversed(summands):
        own = multiple(facts, context, t, name, c, f, in_context(context, value))
        if own is None:
            return None
        total = own if total is None else _sum(facts, context, t, own, total)
        if total is None:
            return None
    return total


def multiple(
    facts: Facts, context: Context, t: Term, name: str, c: Term, f: Term, value: Theorem
) -> Theorem | None:
    """``Integral(c*f) = c*u`` from ``Integral(f) = u``, or the same for sums."""
    if c == ONE:
        return value
    facts.remember(context, kernel.side(0, value))
    rule, mapping = _named(t, "factor", {"c": c, "f": abstract(f, name)})
    used = facts.use(context, ledger()[rule], mapping)
    return None if used is None else _put(context, used, (1, 1), value)


def _sum(facts: Facts, context: Context, t: Term, first: Theorem, rest: Theorem) -> Theorem | None:
    for theorem in (first, rest):
        facts.remember(context, kernel.side(0, theorem))
    f, g = (u.lhs.args[0] for u in (first, rest))
    rule, mapping = _named(t, "add", {"f": f, "g": g})
    used = facts.use(context, ledger()[rule], mapping)
    if used is None:
        return None
    return _put(context, _put(context, used, (1, 0), first), (1, 1), rest)


def _put(context: Context, theorem: Theorem, place: Path, equation: Theorem) -> Theorem:
    return kernel.rewrite(place, in_context(context, theorem), equation)
