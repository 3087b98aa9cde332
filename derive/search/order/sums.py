"""Comparing sums over one range term by term, with what stands outside of them put inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import KernelError, Theorem
from derive.polynomial import Polynomial, SizeError, plus, times
from derive.rules import ledger
from derive.search.equations import atoms, congruent, in_context, unify
from derive.search.forms.reduced import coefficient, over, reduced, simplified
from derive.search.index import heads
from derive.search.order.squares import Product, signed
from derive.search.order.terms import terms
from derive.term import ONE, ZERO, Term, abstract, fresh, instantiate, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts


def summed(
    facts: Facts, context: Context, goal: Polynomial, kept: list[Term], strict: bool, depth: int
) -> Iterator[Theorem]:
    """Theorems ``Sum(r) <= Sum(f)`` in normal form, f being what the goal sums over a range."""
    ranges = dict.fromkeys(a.args[1:] for m in goal for a, _ in m if a.head == "Sum")
    for bounds in ranges:
        name = fresh("i", {*context.names})
        inner = context.declare(name, Term("Range", bounds))
        for body in _bodies(facts, context, goal, bounds, name):
            below: list[Theorem] = []
            with suppress(KernelError, SizeError):
                for compared in terms(facts, inner, body, strict, depth):
                    found = _below(facts, context, inner, bounds, compared, strict, depth)
                    below += [found] if found is not None else []
            for found in below:
                form = in_normal_form(facts, context, found, kept)
                if form is not None:
                    yield form


def squared_as_in(
    facts: Facts, context: Context, goal: Polynomial, form: Theorem, a: Term
) -> Product | None:
    """A bound times what makes it have the square of an atom as often as the goal has it."""
    wanted, own = coefficient(goal, a, 2), coefficient(reduced(form.rhs - form.lhs), a, 2)
    if not wanted or not own:
        return None
    factor = over(wanted, own)
    if factor.keys() == {()}:
        return (form,) if factor[()] > 0 else None
    positive = signed(facts, context, factor)
    return None if positive is None else (positive, form)


def given_sums(facts: Facts, context: Context, kept: list[Term]) -> list[Product]:
    """The inequalities with sums that the context assumes, in normal form."""
    given = (h for h in context.hypotheses() if h.head in ("Lt", "Le") and "Sum" in heads(h))
    forms = (in_normal_form(facts, context, kernel.hypothesis(context, h), kept) for h in given)
    return [(form,) for form in forms if form is not None]


def _bodies(
    facts: Facts, context: Context, goal: Polynomial, bounds: tuple[Term, ...], name: str
) -> Iterator[Polynomial]:
    """What is summed, with all the rest inside: as a share of 1/N each, or by weights."""
    own: Polynomial = {}
    rest: Polynomial = {}
    for m, c in goal.items():
        sums = [(a, e) for a, e in m if a.head == "Sum" and a.args[1:] == bounds]
        if not sums or sums[0][1] != 1:
            rest[m] = c
            continue
        a = sums[0][0]
        outside = {tuple(x for x in m if x[0] != a): c}
        own = plus(own, times(outside, reduced(instantiate(a.args[0], symbol(name)))))
    own = simplified(own)
    if not rest:
        yield own
        return
    low, high = bounds
    weights = []
    for h in context.hypotheses():
        simplex = h.head == "Eq" and h.args[1] == ONE and h.args[0].head == "Sum"
        if simplex and h.args[0].args[1:] == bounds:
            weights.append(reduced(instantiate(h.args[0].args[0], symbol(name))))
    means = [plus({}, plus(u, v), Fraction(1, 2)) for u, v in combinations(weights, 2)]
    for weight in (*weights, *means):
        yield plus(own, simplified(times(rest, weight)))
    count = reduced(high - low + ONE)
    if count and facts.prove(context, Term("Le", bounds)) is not None:
        yield plus(own, over(rest, count))
    yield own


def _below(
    facts: Facts,
    context: Context,
    inner: Context,
    bounds: tuple[Term, ...],
    compared: Theorem,
    strict: bool,
    depth: int,
) -> Theorem | None:
    """A comparison of sums from that of their terms."""
    name = list(inner.names)[-1]
    f, g = (abstract(t, name) for t in compared.statement.args)
    mapping = {"f": f, "g": g, "lo": bounds[0], "hi": bounds[1]}
    if compared.statement.head == "Lt":
        sides = [kernel.side(k, compared) for k in range(2)]
        facts.remember(inner, kernel.order("Le", ((Fraction(1), (0,)),), *sides, compared))
    facts.remember(inner, compared)
    if strict:
        found = None
        if compared.statement.head == "Lt":
            found = facts.use(context, ledger()["sum_strictly_monotone"], mapping)
        found = found or _at_index(facts, context, bounds, mapping, depth)
        if found is not None:
            return found
    return facts.use(context, ledger()["sum_monotone"], mapping)


def _at_index(
    facts: Facts,
    context: Context,
    bounds: tuple[Term, ...],
    mapping: dict[str, Term],
    depth: int,
) -> Theorem | None:
    """Strict for one k of the range, which a hypothesis speaks of."""
    from derive.search.order.inequalities import inequality

    for entry in context.names.values():
        if entry.domain == Term("Range", bounds) and not entry.indices:
            k = symbol(entry.name)
            at_k = Term("Lt", tuple(instantiate(mapping[f], k) for f in ("f", "g")))
            if inequality(facts, context, at_k, depth) is not None:
                rule = ledger()["sum_strictly_monotone_at"]
                return facts.use(context, rule, {**mapping, "k": k})
    return None


def in_normal_form(
    facts: Facts, context: Context, theorem: Theorem, kept: list[Term]
) -> Theorem | None:
    """The comparison with both sides in normal form, in the spelling of the goal."""
    from derive.search.prove import normal_form

    theorem = in_context(context, theorem)
    for k in range(2):
        form = normal_form(facts, context, theorem.statement.args[k], ZERO)
        if form is None:
            return None
        form = _turned(facts, context, in_context(context, form), kept)
        form = unify(facts, context, form, kept)
        theorem = kernel.rewrite((k,), theorem, form)
    return theorem


def _turned(facts: Facts, context: Context, form: Theorem, kept: list[Term]) -> Theorem:
    """``t = u`` with ``-Sum(f)`` for ``Sum(-f)`` where the goal speaks of ``Sum(f)``."""
    sums = [t for t in kept if t.head == "Sum"]
    for path, atom in list(atoms(form.rhs, (1,))) if sums else ():
        if atom.head != "Sum" or atom in kept or "Div" not in heads(atom):
            continue
        for t in sums:
            opposite = Term("Sum", (Term("Neg", t.args[:1]), *t.args[1:]))
            same = (
                congruent(facts, context, atom, opposite) if t.args[1:] == atom.args[1:] else None
            )
            mapping = dict(zip(("f", "lo", "hi"), t.args, strict=True))
            out = same and facts.use(context, ledger()["sum_neg"], mapping)
            if same is not None and out is not None:
                form = kernel.rewrite(path, form, kernel.transitive(same, in_context(context, out)))
                break
    return form
