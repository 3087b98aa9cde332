"""Proving ``a <= b`` and ``a < b``.

Both sides are compared as polynomials in atoms.  Bounds are chosen from what stands there:
tangent lines of logarithms and exponentials, completed squares, sums compared term by term,
named inequalities; a small linear system finds the combination of them that the kernel's
``order`` accepts.  Then monotone functions, cases, and the sign of a derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import KernelError, Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus, times
from derive.rules import Rule, ledger
from derive.search.equations import in_context, opened, reflexive, unify
from derive.search.forms.reduced import cleared, is_reciprocal, reduced, simplified
from derive.search.forms.rewriting import Equation, term_of
from derive.search.forms.spreading import spread
from derive.search.index import fact_rules
from derive.search.justify import at_most, by_cases
from derive.search.matching import match
from derive.search.order.comparison import _columns, _facts
from derive.search.order.exponentiated import exponentiated
from derive.search.order.inside import has_double_sum, inside
from derive.search.order.linear import combine
from derive.search.order.monotone import compared, members
from derive.search.order.powers import bernoulli, by_roots, in_roots, rooted_atoms
from derive.search.order.squares import Product, squares, unequal
from derive.search.order.tangents import exponential, logarithmic
from derive.term import ZERO, Term, substitute, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: How deep sums, monotone functions and cases may nest.
DEPTH = 3

#: Named inequalities, each used wherever its pattern occurs.
NAMED = (
    "cauchy_schwarz", "jensen_log", "jensen_exp", "jensen_square", "sum_triangle", "abs_triangle",
    "max_left_bound", "max_right_bound", "min_left_bound", "min_right_bound", "abs_upper",
    "abs_lower", "geometric_mean", "product_by_squares", "bernoulli_inequality",
    "sum_member_bound", "cosh_lower", "floor_below", "floor_above", "softmax_upper",
    "softplus_above", "digamma_upper", "digamma_lower", "logsumexp_lower",
    "log_sum_of_exponentials_lower",
)  # fmt: skip


def inequality(facts: Facts, context: Context, s: Term, depth: int = DEPTH) -> Theorem | None:
    """A theorem that says ``a <= b`` or ``a < b``, or None."""
    with facts.simply():
        found = facts.prove(context, s)
    if found is None:
        if facts.tried.get((context, s), -1) >= max(depth, 0):
            return None
        facts.tried[context, s] = max(depth, 0)
        for way in _ways(s, depth):
            with suppress(KernelError, SizeError):
                found = way(facts, context, s, depth)
            if found is not None:
                break
    if found is None:
        return None
    found = in_context(context, found)
    facts.remember(context, found)
    return found


def _ways(s: Term, depth: int) -> tuple[_Way, ...]:
    """Cheap ways first; without depth only those."""
    from derive.search.order.slopes import by_slope
    from derive.search.order.transformed import in_logarithms, squared

    if depth <= 0:
        return (_as_written, _in_normal_form, _known)
    changed = (in_logarithms, squared)
    first = (_by_number, _as_written, _in_normal_form)
    if any(u.head == "Sum" for _, u in walk(s)):
        within = (inside,) if has_double_sum(s) else ()
        rest = (*changed, exponentiated, _by_cases, by_slope)
        return (*first, *within, _deep, _known, _increasing, _named, *rest)
    last = (_by_cases, exponentiated, *changed, _deep, by_slope)
    return (*first, _known, _increasing, _named, *last)


def _known(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """As a fact, from all that is known of the parts."""
    del depth
    return facts.prove(context, s)


# -- combinations -----------------------------------------------------------------------------


def _as_written(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """From bounds on the parts of the sides as they stand."""
    del depth
    sides = [reflexive(facts, context, t) for t in s.args]
    return _compared(facts, context, s.head, sides, 0)


def _in_normal_form(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """From bounds on the parts of the normal forms."""
    del depth
    return _compared(facts, context, s.head, _forms(facts, context, s), 0)


def _deep(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """The same, with sums compared term by term and numerators as goals of their own."""
    return _compared(facts, context, s.head, _forms(facts, context, s), depth)


def _forms(facts: Facts, context: Context, s: Term) -> list[Theorem | None]:
    from derive.search.prove import normal_form

    a, b = s.args
    return [normal_form(facts, context, a, b), normal_form(facts, context, b, a)]


def _compared(
    facts: Facts, context: Context, head: str, sides: list[Theorem | None], depth: int
) -> Theorem | None:
    kept: list[Term] = []
    forms: list[Theorem] = []
    for form in sides:
        if form is None:
            return None
        forms.append(unify(facts, context, in_context(context, form), kept))
    first, second = forms
    rooted = rooted_atoms(reduced(second.rhs - first.rhs))
    if rooted:
        first, second = (in_roots(facts, context, form, rooted) for form in forms)
    middle = less(facts, context, head, first, second, kept, depth)
    if middle is None:
        return None
    return kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))


def less(
    facts: Facts,
    context: Context,
    head: str,
    first: Theorem,
    second: Theorem,
    kept: list[Term],
    depth: int,
) -> Theorem | None:
    """``u <= v`` or ``u < v`` for the right sides of two equations.

    ``kept`` are the atoms of both, each in one spelling.
    """
    left, right = kernel.side(1, first), kernel.side(1, second)
    goal = reduced(second.rhs - first.rhs)
    if len(goal) > 80:
        return None
    if not goal and head == "Lt":
        return None
    complete = squares(facts, context, goal)
    if complete is not None:
        found = _order(head, complete, left, right)
        if found is not None:
            return found
    bounds = [
        *logarithmic(facts, context, goal),
        *unequal(facts, context, goal),
        *exponential(facts, context, goal),
        *bernoulli(facts, context, goal),
        *by_roots(facts, context, goal),
        *compared(facts, context, goal),
        *members(facts, context, goal, kept),
    ]
    found = _combined(facts, context, head, goal, bounds, left, right)
    if found is not None or depth <= 0:
        return found
    if any(a.head == "Sum" for m in goal for a, _ in m):
        from derive.search.order.cauchy import cauchy
        from derive.search.order.sums import given_sums, summed

        bounds += cauchy(facts, context, goal, kept)
        bounds += given_sums(facts, context, kept)
        found = _combined(facts, context, head, goal, bounds, left, right)
        if found is not None:
            return found
        for bound in summed(facts, context, goal, kept, head == "Lt", depth - 2):
            found = _combined(facts, context, head, goal, [*bounds, (bound,)], left, right)
            if found is not None:
                return found
    found = _over_divisors(facts, context, head, goal, left, right, depth)
    return found or _over_factor(facts, context, head, goal, left, right, depth)


def _over_factor(
    facts: Facts,
    context: Context,
    head: str,
    goal: Polynomial,
    left: Theorem,
    right: Theorem,
    depth: int,
) -> Theorem | None:
    """``0 <= a*p`` by the signs of a common factor and of the rest."""
    common = _common(goal)
    if not common or len(goal) < 2:
        return None
    factors: list[Theorem] = []
    falls = False
    for a, e in common.items():
        if is_reciprocal(a):
            return None
        signed = facts.prove(context, Term(head, (ZERO, a)))
        if signed is None:
            signed = facts.prove(context, Term(head, (a, ZERO)))
            falls ^= e % 2 == 1
        if signed is None:
            return None
        factors += [signed] * e
    rest = term_of({tuple(_divided(m, common)): c for m, c in goal.items()})
    sides = (rest, ZERO) if falls else (ZERO, rest)
    smaller = inequality(facts, context, Term(head, sides), depth - 1)
    if smaller is None:
        return None
    return _order(head, [(Fraction(1), (*factors, smaller))], left, right)


def _common(goal: Polynomial) -> dict[Term, int]:
    """The atoms that divide every monomial, with their exponents."""
    monomials = [dict(m) for m in goal]
    first = monomials[0] if monomials else {}
    least = {a: min(m.get(a, 0) for m in monomials) for a in first}
    return {a: e for a, e in least.items() if e > 0}


def _divided(m: Monomial, common: dict[Term, int]) -> Iterator[tuple[Term, int]]:
    for a, e in m:
        if e > common.get(a, 0):
            yield a, e - common.get(a, 0)


def _over_divisors(
    facts: Facts,
    context: Context,
    head: str,
    goal: Polynomial,
    left: Theorem,
    right: Theorem,
    depth: int,
) -> Theorem | None:
    """``0 < p/d`` because ``0 < p`` and ``0 < 1/d``."""
    divisors: dict[Term, int] = {}
    for m in goal:
        for a, e in m:
            if is_reciprocal(a):
                divisors[a] = max(e, divisors.get(a, 0))
    above = cleared([goal])[0]
    rational = all(a.head != "log" for m in goal for a, _ in m)
    constant = not any(a.free for a in divisors)
    if constant and not rational:
        rational, depth = True, depth + 1
    if not divisors or above is None or not rational:
        return None
    factors: list[Theorem] = []
    for a, e in divisors.items():
        positive = facts.prove(context, Term("Lt", (ZERO, a)))
        if positive is None:
            return None
        factors += [positive] * e
    numerator = inequality(facts, context, Term(head, (ZERO, term_of(above))), depth - 2)
    if numerator is None:
        return None
    return _order(head, [(Fraction(1), (*factors, numerator))], left, right)


def _order(
    head: str, parts: list[tuple[Fraction, Product]], left: Theorem, right: Theorem
) -> Theorem | None:
    """The comparison as the kernel takes it: numbered premises."""
    used: dict[Term, int] = {}
    premises: list[Theorem] = []
    combination: list[tuple[Fraction, tuple[int, ...]]] = []
    for c, product in parts:
        places: list[int] = []
        for t in product:
            if t.statement not in used:
                used[t.statement] = len(premises)
                premises.append(t)
            places.append(used[t.statement])
        combination.append((c, tuple(places)))
    premises = [in_context(left.context, p) for p in premises]
    with suppress(KernelError, SizeError):
        return kernel.order(head, tuple(combination), left, right, *premises)
    return None


def _value(product: Product) -> Polynomial:
    out: Polynomial = {(): Fraction(1)}
    for t in product:
        out = times(out, reduced(t.rhs - t.lhs))
    return simplified(out)


def _combined(
    facts: Facts,
    context: Context,
    head: str,
    goal: Polynomial,
    bounds: list[Product],
    left: Theorem,
    right: Theorem,
) -> Theorem | None:
    """A combination of the bounds alone, else with what is known of the atoms."""
    values = [_value(b) for b in bounds]
    rest = goal
    for value in values:
        rest = plus(rest, value, -1)
    # Every bound once: what is left may be a sum of squares.
    complete = squares(facts, context, simplified(rest)) if bounds else None
    if complete is not None:
        found = _order(head, [*((Fraction(1), b) for b in bounds), *complete], left, right)
        if found is not None:
            return found
    found = _solved(head, goal, bounds, values, left, right)
    if found is not None or len(goal) > 16 or not _spend(facts):
        return found
    with facts.simply():
        known = _facts(facts, context, [goal, *values])
    _, places = _columns(goal, known)
    more = [tuple(known[k] for k in p) for p in dict.fromkeys(places) if 0 < len(p) < 3][:60]
    known_values = [_value(p) for p in more]
    return _solved(head, goal, [*bounds, *more], [*values, *known_values], left, right)


def _spend(facts: Facts) -> bool:
    """Whether the expensive search may be tried once more."""
    facts.effort -= 1
    return facts.effort >= 0


def _solved(
    head: str,
    goal: Polynomial,
    bounds: list[Product],
    values: list[Polynomial],
    left: Theorem,
    right: Theorem,
) -> Theorem | None:
    """The goal as a positive combination of the bounds and of numbers, by a linear system."""
    count = 1 + min(len(bounds), 12)
    unit: Polynomial = {(): Fraction(1)}
    polynomials = cleared([goal, *values, unit], count)
    target = polynomials[0]
    if target is None:
        return None
    columns: list[Polynomial] = []
    owners: list[tuple[Fraction, Product]] = []
    strict: list[int] = []
    for product, p in zip([*bounds, ()], polynomials[1:], strict=True):
        heads = [t.statement.head for t in product]
        for sign in (1, -1) if "Eq" in heads else (1,):
            if p:
                if not {"Eq", "Le"} & set(heads):
                    strict.append(len(columns))
                columns.append(p if sign == 1 else {m: -c for m, c in p.items()})
                owners.append((Fraction(sign), product))
    found = combine(columns, target, strict if head == "Lt" else None)
    if found is None:
        return None
    parts = [(c * owners[k][0], owners[k][1]) for k, c in found.items()]
    return _order(head, parts, left, right)


# -- other ways ------------------------------------------------------------------------------------


def _named(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """By inequalities that have a name, at the places where they fit."""
    del depth
    return at_most(facts, context, s, [Equation.of_rule(ledger()[name]) for name in NAMED])


def _increasing(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """``h(a) < h(b)`` because ``a < b``: a rule says the goal when comparisons hold."""
    relations = {"Lt": ("<",), "Le": ("<=", "<")}[s.head]
    for relation in relations:
        wanted = Term("Lt" if relation == "<" else "Le", s.args)
        for rule in fact_rules(s.args[0].head, relation):
            for mapping in match(rule.statement, wanted, rule.context):
                found = _with_needs(facts, context, rule, mapping, depth)
                if found is None or found.statement != wanted:
                    continue
                if wanted.head == s.head:
                    return found
                sides = [kernel.side(k, found) for k in range(2)]
                return kernel.order("Le", ((Fraction(1), (0,)),), *sides, found)
    return None


def _with_needs(
    facts: Facts, context: Context, rule: Rule, mapping: dict[str, Term], depth: int
) -> Theorem | None:
    """The rule's instance; the comparisons that it needs are proved as goals of their own.

    What it needs for every index is a smaller goal, for which no depth is taken off.
    """
    for h in rule.context.hypotheses():
        inner, needed = opened(context, substitute(h, mapping))
        if needed.head in ("Lt", "Le") and needed.free <= inner.names.keys():
            less_depth = 1 if any(u.head == "Sum" for _, u in walk(needed)) else 2
            inequality(facts, inner, needed, depth - less_depth if inner is context else depth)
    return facts.use(context, rule, mapping)


def _by_number(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """Cases on a symbol that is one of a few numbers, such as a bit."""
    return _by_cases(facts, context, s, depth, ("symbol", "member"))


def _by_cases(
    facts: Facts, context: Context, s: Term, depth: int, heads: tuple[str, ...] = ()
) -> Theorem | None:
    """Cases on the first question that the terms ask and the context leaves open."""
    from derive.search.questions import questions

    asked = chain(
        questions(facts, context, [] if heads else _wanting(s)),
        questions(facts, context, [*s.args]),
    )
    on = next((u for u in asked if not heads or u.head in heads), None)
    if on is None:
        return None
    return by_cases(facts, context, on, lambda c: inequality(facts, c, s, depth - 1), s)


def _wanting(s: Term) -> list[Term]:
    """Parts of ``b - a`` whose bounds point the wrong way: ``-Abs(x)``, ``-Max(x, y)``."""
    try:
        p = spread(s.args[1] - s.args[0])
    except SizeError:
        return []
    wrong = {"Abs": -1, "Max": -1, "Min": 1}
    atoms = ((a, c) for m, c in p.items() for a, _ in m)
    return [a for a, c in atoms if c * wrong.get(a.head, 0) > 0]


_Way = Callable[["Facts", Context, Term, int], Theorem | None]
__all__ = ["inequality", "less"]
