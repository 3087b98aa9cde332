"""Proving a statement without being told how.

An equation: both sides are brought to the normal form; what is left is decided by
arithmetic, then by cases on bits and signs, then term by term below sums.  Inequalities and
relations in theta have files of their own.
"""

from __future__ import annotations

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.search.equations import equate, in_context
from derive.search.facts import Facts
from derive.search.forms import normal
from derive.search.forms.parity import CIRCULAR
from derive.search.forms.rewriting import Method, Rewriter
from derive.search.forms.roots import (
    cancelled,
    extracted,
    root_of_logarithm,
    separated,
    whole_part,
)
from derive.search.forms.surds import rational
from derive.search.given import hypotheses
from derive.search.index import heads
from derive.search.sums.ranges import aligned, reflected
from derive.term import Term

#: How many nested case distinctions are tried.
MOST_CASES = 5


def prove(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A theorem that says the statement in this context, or None."""
    if s.head not in ("In", "ForAll"):
        from derive.search.sums.gathering import gathered, scattered

        found = gathered(facts, context, s)
        if found is not None:
            theorem = _prove(facts, context, found[0])
            if theorem is not None:
                return scattered(theorem, found[1])
    return _prove(facts, context, s)


def _prove(facts: Facts, context: Context, s: Term) -> Theorem | None:
    if s.head == "Eq":
        return equal(facts, context, s.args[0], s.args[1])
    if s.head in ("Le", "Lt"):
        from derive.search.order.inequalities import inequality

        return inequality(facts, context, s)
    if s.head in ("Ne", "In"):
        return facts.prove(context, s)
    from derive.search.losses.relations import relation

    return relation(facts, context, s)


def normal_form(
    facts: Facts, context: Context, t: Term, wanted: Term, more: tuple[Method, ...] = ()
) -> Theorem | None:
    """``t = form`` by writing everything out, the hypotheses of the context included."""
    found, ways = normal.derivatives()
    equations = [*hypotheses(facts, context, wanted), *normal.equations(), *found]
    roots = cancelled, extracted, _over_one, rational, root_of_logarithm, separated, whole_part
    ways = (*normal.methods(), *ways, *roots, *more)
    return Rewriter(facts, equations, ways).rewrite(context, t)


def _over_one(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """The root of a sum of quotients is one of a quotient."""
    if t.head != "Pow" or t.args[0].head != "Add" or "Div" not in heads(t.args[0]):
        return None
    from derive.search.forms.rooted_quotients import over_one

    return over_one(facts, context, t)


def equal(
    facts: Facts, context: Context, a: Term, b: Term, depth: int = MOST_CASES
) -> Theorem | None:
    """``a = b``, or None."""
    if depth == MOST_CASES and not {"Derivative", "log"} - (heads(a) | heads(b)):
        from derive.search.calculus.bodies import by_bodies

        found = by_bodies(facts, context, a, b, lambda u, v: equal(facts, context, u, v, depth - 1))
        if found is not None:
            return found
    direct = by_normal_form(facts, context, a, b)
    if isinstance(direct, Theorem):
        return direct
    from derive.search.arguments import with_positive_arguments
    from derive.search.consequences import consequence
    from derive.search.forms.logarithmic import by_logarithms, by_products
    from derive.search.sums.induction import by_induction
    from derive.search.sums.termwise import term_by_term

    # Writing out can lose sight of a divisor that is known not to be 0 as it stands.
    plain = equate(facts, context, a, b)
    plain = plain or by_logarithms(facts, context, a, b) or by_products(facts, context, a, b)
    if plain is not None:
        return in_context(context, plain)
    first, second = direct
    found = None
    if first is not None and second is not None:
        first, second, found = _by_squares(facts, context, first, second)
        found = found or term_by_term(
            facts, context, first, second, lambda c, u, v: equal(facts, c, u, v, depth - 1)
        )
    found = found or consequence(facts, context, a, b)
    found = found or _chosen_class(facts, context, a, b)
    found = found or _split(facts, context, a, b, direct, depth)
    if found is not None:
        return found
    if depth < MOST_CASES:
        return None
    known = with_positive_arguments(facts, context, (a, b))
    if known is not None:
        return equal(known, context, a, b, depth - 1)
    found = aligned(facts, context, a, b, lambda u, v: equal(facts, context, u, v, depth - 1))
    if found is None and first is not None and second is not None:
        from derive.search.sums.shifts import aligned_forms

        found = aligned_forms(
            facts, context, first, second, lambda u, v: equal(facts, context, u, v, depth - 1)
        )
    found = found or reflected(facts, context, b, lambda v: _direct(facts, context, a, v))
    return found or by_induction(facts, context, a, b)


def _by_squares(
    facts: Facts, context: Context, first: Theorem, second: Theorem
) -> tuple[Theorem, Theorem, Theorem | None]:
    """``a = b`` by squares of roots and of sines, or the two forms, perhaps written out further."""
    found: Theorem | None = None
    if "Pow" in heads(first.rhs):
        from derive.search.forms.conjugates import by_squares_of_roots

        found = by_squares_of_roots(facts, context, first, second)
    if found is None and not (heads(first.rhs) | heads(second.rhs)).isdisjoint(CIRCULAR):
        from derive.search.forms.circular import by_circle

        turned = by_circle(facts, context, first, second, normal_form)
        if isinstance(turned, Theorem):
            found = turned
        else:
            first, second = turned or (first, second)
    return first, second, found


def _direct(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    found = by_normal_form(facts, context, a, b)
    return in_context(context, found) if isinstance(found, Theorem) else None


_Forms = tuple[Theorem | None, Theorem | None]


def by_normal_form(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | _Forms:
    """The equation, or the normal forms that do not meet; looked for once."""
    key = context, a, b
    if key not in facts.forms:
        facts.forms[key] = _compared(facts, context, a, b)
    found: Theorem | _Forms = facts.forms[key]
    return found


def _compared(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | _Forms:
    first = normal_form(facts, context, a, b)
    second = normal_form(facts, context, b, a)
    if first is None or second is None:
        return first, second
    middle = equate(facts, context, first.rhs, second.rhs)
    if middle is not None:
        return joined(first, in_context(context, middle), second)
    from derive.search.forms.meeting import meet

    def same(u: Term, v: Term) -> Theorem | None:
        found = by_normal_form(facts, context, u, v)
        return found if isinstance(found, Theorem) else None

    return meet(facts, context, first, second, same) or (first, second)


def joined(first: Theorem, middle: Theorem, second: Theorem) -> Theorem:
    """``a = b`` from ``a = u``, ``u = v`` and ``b = v``."""
    return kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))


# -- cases ----------------------------------------------------------------------------------


def _split(
    facts: Facts, context: Context, a: Term, b: Term, forms: _Forms, depth: int
) -> Theorem | None:
    """Cases on the first question that the terms ask and the context leaves open."""
    from derive.search.borders import at_border
    from derive.search.justify import by_cases

    goal = Term("Eq", (a, b))
    tied = at_border(facts, context, goal, lambda c: equal(facts, c, a, b, depth))
    if tied is not None or depth == 0:
        return tied
    seen = [t if f is None else f.rhs for t, f in zip((a, b), forms, strict=True)]
    from derive.search.questions import questions

    for on in questions(facts, context, seen):
        found = by_cases(facts, context, on, lambda c: equal(facts, c, a, b, depth - 1), goal)
        if found is not None:
            return found
        return None
    return None


# -- one-hot families -----------------------------------------------------------------------------


def _chosen_class(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """Replace a one-hot family by the indicator of its class."""
    from derive.search.justify import one_hot

    mentioned = a.free | b.free
    for h in context.hypotheses():
        if h.head == "Eq" and h.args[0].head == "Sum":
            for name in sorted(h.args[0].args[0].free & mentioned):
                if name in context.names and context.names[name].indices:
                    found = one_hot(
                        facts,
                        context,
                        h,
                        lambda c: _in_class(facts, c, a, b),
                    )
                    if found is not None:
                        return found
    return None


def _in_class(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    found = by_normal_form(facts, context, a, b)
    return found if isinstance(found, Theorem) else None
