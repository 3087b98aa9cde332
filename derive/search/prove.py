"""Proving a statement without being told how.

An equation: both sides are brought to the normal form; what is left is decided by
arithmetic, then by cases on bits and signs, then term by term below sums.  Inequalities and
relations in theta have files of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive import kernel
from derive.context import Context
from derive.domains import elements
from derive.functions import COMPARISONS, TRUE, negation
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search import normal
from derive.search.comparison import spread
from derive.search.equations import enter, equate, in_context, reflexive
from derive.search.facts import Facts
from derive.search.given import hypotheses
from derive.search.induction import by_induction
from derive.search.justify import Steps, by_cases, one_hot
from derive.search.rewriting import Rewriter, term_of
from derive.term import BINDERS, ZERO, Term, abstract, instantiate, symbol, walk

#: How many nested case distinctions are tried.
MOST_CASES = 3


def prove(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A theorem that says the statement in this context, or None."""
    if s.head == "Eq":
        return equal(facts, context, *s.args)
    if s.head in ("Le", "Lt"):
        from derive.search.inequalities import inequality

        return inequality(facts, context, s)
    if s.head in ("Ne", "In"):
        return facts.prove(context, s)
    from derive.search.relations import relation

    return relation(facts, context, s)


def normal_form(facts: Facts, context: Context, t: Term, wanted: Term) -> Theorem | None:
    """``t = form`` by writing everything out, the hypotheses of the context included."""
    found, ways = normal.derivatives()
    equations = [*hypotheses(facts, context, wanted), *normal.equations(), *found]
    return Rewriter(facts, equations, (*normal.methods(), *ways)).rewrite(context, t)


def equal(
    facts: Facts, context: Context, a: Term, b: Term, depth: int = MOST_CASES
) -> Theorem | None:
    """``a = b``, or None."""
    direct = _by_normal_form(facts, context, a, b)
    if isinstance(direct, Theorem):
        return direct
    for way in (_term_by_term, _chosen_class, _split):
        found = way(facts, context, a, b, direct, depth)
        if found is not None:
            return found
    return by_induction(facts, context, a, b) if depth == MOST_CASES else None


_Forms = tuple[Theorem | None, Theorem | None]


def _by_normal_form(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | _Forms:
    """The equation, or the normal forms that do not meet."""
    first = normal_form(facts, context, a, b)
    second = normal_form(facts, context, b, a)
    if first is None or second is None:
        return first, second
    middle = equate(facts, context, first.rhs, second.rhs)
    if middle is None:
        return first, second
    return joined(first, in_context(context, middle), second)


def joined(first: Theorem, middle: Theorem, second: Theorem) -> Theorem:
    """``a = b`` from ``a = u``, ``u = v`` and ``b = v``."""
    return kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))


# -- cases ----------------------------------------------------------------------------------


def _split(
    facts: Facts, context: Context, a: Term, b: Term, forms: _Forms, depth: int
) -> Theorem | None:
    """Cases on the first question that the terms ask and the context leaves open."""
    if depth == 0:
        return None
    goal = Term("Eq", (a, b))
    seen = [t for t in (a, b, *(f.rhs for f in forms if f is not None))]
    for on in questions(facts, context, seen):
        found = by_cases(
            facts, context, on, lambda c: equal(facts, c, a, b, depth - 1), goal
        )
        if found is not None:
            return found
        return None
    return None


def questions(facts: Facts, context: Context, terms: list[Term]) -> Iterator[Term]:
    """Comparisons and listed numbers on which the value of the terms depends."""
    offered: dict[Term, None] = {}
    for t in terms:
        for u in _closed_parts(t):
            if u.head == "Piecewise":
                offered.update((c, None) for c in u.args[1::2] if c.head in COMPARISONS)
            elif u.head in ("Abs", "sign"):
                offered[Term("Le", (ZERO, u.args[0]))] = None
            elif u.head in ("Max", "Min") and len(u.args) == 2:
                offered[Term("Le", (u.args[0], u.args[1]))] = None
    for t in terms:
        for u in _closed_parts(t):
            if u.head in ("symbol", "member") and _listed(facts, context, u):
                offered[u] = None
            elif u.head == "KroneckerDelta":
                offered[Term("Eq", u.args)] = None
    for on in offered:
        if on.head not in COMPARISONS or _open(facts, context, on):
            yield on


def _closed_parts(t: Term) -> Iterator[Term]:
    """The parts of a term below no binder, inner ones first."""
    for k, a in enumerate(t.args):
        if k >= BINDERS.get(t.head, 0):
            yield from _closed_parts(a)
    yield t


def _listed(facts: Facts, context: Context, t: Term) -> bool:
    if facts.prove(context, Term("In", (t, Term("Real")))) is None:
        return False
    if any(h.head == "Eq" and h.args[0] == t for h in context.hypotheses()):
        return False
    for found in facts.inclusions(context, t):
        members = elements(found.rhs)
        if members and len(members) <= 4:
            return True
    return False


def _open(facts: Facts, context: Context, on: Term) -> bool:
    opposite = negation(on)
    return (
        facts.prove(context, on) is None
        and opposite is not None
        and facts.prove(context, opposite) is None
    )


# -- below sums --------------------------------------------------------------------------------


def _term_by_term(
    facts: Facts, context: Context, a: Term, b: Term, forms: _Forms, depth: int
) -> Theorem | None:
    """Sums over one range are equal when what is summed is, in every case."""
    first, second = forms
    if first is None or second is None:
        return None
    try:
        p = spread(first.rhs - second.rhs)
    except SizeError:
        return None
    ranges = list(
        dict.fromkeys(u.args[1:] for m in p for u, _ in m if u.head == "Sum")
    )
    for over in ranges:
        zero = _vanishing(facts, context, p, over, depth)
        if zero is None:
            continue
        # a - b is the part that vanishes and the rest.
        rest = {m: c for m, c in p.items() if not _linear_in(m, over)}
        difference = equal(facts, context, term_of(rest), ZERO, depth - 1) if rest else None
        if rest and difference is None:
            continue
        whole = _assembled(facts, context, first.rhs, second.rhs, zero, difference)
        if whole is not None:
            return joined(first, whole, second)
    return None


def _linear_in(m: tuple[tuple[Term, int], ...], over: tuple[Term, ...]) -> bool:
    sums = [(u, e) for u, e in m if u.head == "Sum" and u.args[1:] == over]
    return len(sums) == 1 and sums[0][1] == 1


def _vanishing(
    facts: Facts,
    context: Context,
    p: dict[tuple[tuple[Term, int], ...], object],
    over: tuple[Term, ...],
    depth: int,
) -> Theorem | None:
    """``c*Sum(f) + d*Sum(g) + ... = 0`` for the sums over one range, each term being 0."""
    summands: list[Term] = []
    template: Term | None = None
    for m, c in p.items():
        if not _linear_in(m, over):
            continue
        own = next(u for u, _ in m if u.head == "Sum" and u.args[1:] == over)
        template = own if template is None else template
        factors = tuple((u, e) for u, e in m if u is not own)
        summands.append(Term("Mul", (term_of({factors: c}), own.args[0])))  # type: ignore[dict-item]  # a polynomial
    if template is None:
        return None
    body = Term("Add", tuple(summands)) if len(summands) > 1 else summands[0]
    together = Term("Sum", (body, *over), None, template.names)
    entered = enter(facts, context, together)
    assert entered is not None
    inner, name, _ = entered
    gone = equal(facts, inner, instantiate(body, symbol(name)), ZERO, depth - 1)
    start = reflexive(facts, context, together)
    if gone is None or start is None:
        return None
    zero = kernel.rewrite((1, 0), start, in_context(inner, gone))
    empty = Rewriter(facts, normal.equations()).rewrite(context, zero.rhs)
    if empty is None or empty.rhs != ZERO:
        return None
    zero = kernel.transitive(zero, empty)
    apart = Rewriter(facts, [], normal.methods()).rewrite(context, together)
    if apart is None:
        return None
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


# -- one-hot families -----------------------------------------------------------------------------


def _chosen_class(
    facts: Facts, context: Context, a: Term, b: Term, forms: _Forms, depth: int
) -> Theorem | None:
    """Replace a one-hot family by the indicator of its class."""
    del forms, depth
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
    found = _by_normal_form(facts, context, a, b)
    return found if isinstance(found, Theorem) else None


Prover = Callable[[Context], Theorem | None]
__all__ = ["TRUE", "KernelError", "Steps", "abstract", "equal", "ledger", "prove", "walk"]
