"""Sums over one range are equal when what is summed is, in every case."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError
from derive.rules import ledger
from derive.search.equations import enter, equate, in_context, reflexive
from derive.search.facts import Facts
from derive.search.forms import normal
from derive.search.forms.rewriting import Equation, Rewriter, term_of
from derive.search.forms.spreading import spread
from derive.search.matching import match
from derive.search.sums.linearity import linear
from derive.term import ONE, ZERO, Term, instantiate, symbol, walk

#: Proves ``a = b`` in a context, or returns None.
Equal = Callable[[Context, Term, Term], Theorem | None]


def term_by_term(
    facts: Facts, context: Context, first: Theorem, second: Theorem, equal: Equal
) -> Theorem | None:
    """``a = b`` from ``a = u`` and ``b = v``, sums over one range being compared term by term.

    ``equal`` proves what is summed to be equal, cases included.
    """
    with suppress(SizeError):
        p = spread(first.rhs - second.rhs)
        ranges = dict.fromkeys(u.args[1:] for m in p for u, _ in m if u.head == "Sum")
        for over in ranges:
            a, b = (_turned(facts, context, form, over) for form in (first, second))
            found = _over(facts, context, (a, b), over, equal)
            if found is not None:
                return found
    return None


def _turned(facts: Facts, context: Context, form: Theorem, over: tuple[Term, ...]) -> Theorem:
    """``a = u`` where double sums run over this range first, if they run over it at all."""

    rule = ledger()["sum_exchange"]
    for path, t in list(walk(form.rhs)):
        inner = t.args[0] if t.head == "Sum" and not t.loose else t
        if inner.head != "Sum" or inner is t or not inner.args[1:] == over != t.args[1:]:
            continue
        for mapping in match(rule.statement.args[0], t, rule.context):
            used = facts.use(context, rule, mapping)
            if used is not None and used.lhs == t:
                form = kernel.rewrite((1, *path), in_context(context, form), used)
                break
    return form


def _over(
    facts: Facts,
    context: Context,
    ways: tuple[Theorem, Theorem],
    over: tuple[Term, ...],
    equal: Equal,
) -> Theorem | None:
    """``a = b`` term by term over one range."""
    first, second = ways
    p = spread(first.rhs - second.rhs)
    rest = {m: c for m, c in p.items() if not _linear_in(m, over)}
    zero = _vanishing(facts, context, p, over, {}, equal)
    difference: Theorem | None = None
    if zero is not None and rest:
        # a - b is the part that vanishes and the rest.
        difference = equal(context, term_of(rest), ZERO)
    elif rest and _counted(facts, context, over):
        zero = _vanishing(facts, context, p, over, rest, equal)
        rest = {}
    if zero is None or (rest and difference is None):
        return None
    whole = _assembled(facts, context, first.rhs, second.rhs, zero, difference)
    if whole is None:
        return None
    return kernel.transitive(kernel.transitive(first, whole), kernel.symmetric(second))


def _counted(facts: Facts, context: Context, over: tuple[Term, ...]) -> bool:
    """Whether a range is found to have members, so that what stands outside may be shared out."""
    return over[1].head != "oo" and facts.prove(context, Term("Le", over)) is not None


def _linear_in(m: Monomial, over: tuple[Term, ...]) -> bool:
    sums = [(u, e) for u, e in m if u.head == "Sum" and u.args[1:] == over]
    return len(sums) == 1 and sums[0][1] == 1


def _vanishing(
    facts: Facts,
    context: Context,
    p: Polynomial,
    over: tuple[Term, ...],
    rest: Polynomial,
    equal: Equal,
) -> Theorem | None:
    """``c*Sum(f) + d*Sum(g) + ... + rest = 0`` for the sums over one range, each term being 0.

    Each term gets its share of the rest.
    """
    summands: list[Term] = []
    template: Term | None = None
    for m, c in p.items():
        if not _linear_in(m, over):
            continue
        own = next(u for u, _ in m if u.head == "Sum" and u.args[1:] == over)
        template = own if template is None else template
        factors = tuple((u, e) for u, e in m if u is not own)
        summands.append(Term("Mul", (term_of({factors: c}), own.args[0])))
    if template is None:
        return None
    if rest:
        low, high = over
        summands.append(Term("Div", (term_of(rest), term_of(spread(high - low + ONE)))))
    body = Term("Add", tuple(summands)) if len(summands) > 1 else summands[0]
    together = Term("Sum", (body, *over), None, template.names)
    entered = enter(facts, context, together)
    assert entered is not None
    inner, name, _ = entered
    gone = equal(inner, instantiate(body, symbol(name)), ZERO)
    start = reflexive(facts, context, together)
    if gone is None or start is None:
        return None
    zero = kernel.rewrite((1, 0), start, in_context(inner, gone))
    empty = Rewriter(facts, normal.equations()).rewrite(context, zero.rhs)
    if empty is None or empty.rhs != ZERO:
        return None
    zero = kernel.transitive(zero, empty)
    constant = [Equation.of_rule(ledger()["sum_constant"])] if rest else []
    # Taken apart at once: together the terms are 0, which would leave nothing to take apart.
    apart = linear(facts, context, together) or start
    plain = Rewriter(facts, constant, normal.methods()).rewrite(context, apart.rhs)
    if plain is None:
        return None
    apart = kernel.transitive(in_context(context, apart), plain)
    return kernel.transitive(kernel.symmetric(apart), zero)


def _assembled(
    facts: Facts,
    context: Context,
    a: Term,
    b: Term,
    zero: Theorem,
    rest: Theorem | None,
) -> Theorem | None:
    """``a = b`` because a = b + z + r, and z and r are 0."""
    parts = [zero.lhs, *([rest.lhs] if rest is not None else [])]
    padded = equate(facts, context, a, Term("Add", (b, *parts)))
    if padded is None:
        return None
    padded = in_context(context, padded)
    for k, gone in enumerate([zero, *([rest] if rest is not None else [])]):
        padded = kernel.rewrite((1, 1 + k), padded, in_context(context, gone))
    last = equate(facts, context, padded.rhs, b)
    return None if last is None else kernel.transitive(padded, in_context(context, last))
