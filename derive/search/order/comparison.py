"""Proving ``a <= b``, ``a < b`` and ``a != b`` from what is known of the parts.

The difference b - a is written as a polynomial over its atoms, a quotient by a sum being an
atom too.  Known comparisons of the atoms, and products of them, are the columns of a small
linear system; a solution is a combination that the kernel's ``order`` accepts.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import INTEGER, MINUS_INFINITY, interval, promises
from derive.functions import COMPARISONS
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, quotient, same_quotient, times
from derive.rules import ledger
from derive.search.equations import carried, equate, in_context
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.search.index import called, fact_rules, heads
from derive.search.matching import match
from derive.search.order.linear import combine
from derive.search.order.signs import sign
from derive.term import ONE, ZERO, Term, is_number, number, symbol, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Bounds of the search: facts about atoms, and columns of the linear system.
MOST_FACTS, MOST_COLUMNS = 60, 240

#: Linear bounds of which three at a time are multiplied.
MOST_BOUNDS = 4

HALF = number(Fraction(1, 2))

#: What is said of absolute values and of largest and smallest numbers, as far as it is known
#: which argument they are; bounds of the form ``Abs(x) <= ...`` are found by their head.
_BY_SIGN = {
    "Abs": ("abs_nonneg", "abs_neg", "abs_square", "abs_lower"),
    "Max": ("max_left", "max_right"),
    "Min": ("min_left", "min_right"),
}


def compare(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """The comparison as a theorem, or None."""
    a, b = s.args
    found = facts.from_hypotheses(context, s)
    if found is None and s.head == "Le":
        found = _less(facts, context, s)
    if found is not None:
        return found
    if s.head == "Ne":
        return _different(facts, context, a, b)
    found = sign(facts, context, s) or _by_rule(facts, context, s)
    if found is None and s.head == "Lt":
        found = _not_equal(facts, context, s)
    if found is not None or facts.simple:
        return found
    left, right = facts.defined(context, a), facts.defined(context, b)
    if left is None or right is None:
        return None
    from derive.search.forms.plainer import compare_plainer

    found = combination(facts, context, s, left, right, ())
    found = found or _by_all(facts, context, s, left, right)
    found = found or _by_end(facts, context, s, left, right)
    found = found or _by_quotient(facts, context, s, left, right)
    return found or compare_plainer(facts, context, s)


def _less(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``a <= b`` from a hypothesis ``a < b``."""
    strict = facts.from_hypotheses(context, Term("Lt", s.args))
    if strict is None:
        return None
    strict = in_context(context, strict)
    sides = [kernel.side(k, strict) for k in range(2)]
    return kernel.order("Le", ((Fraction(1), (0,)),), *sides, strict)


def _by_all(
    facts: Facts, context: Context, s: Term, left: Theorem, right: Theorem
) -> Theorem | None:
    """The comparison with what holds for all indices of the families that it speaks of."""
    about_all = (h for h in context.hypotheses() if h.head == "ForAll")
    asked = (h for h in about_all if _families(context, h) & s.free)
    extra = tuple(t for h in asked for t in _at_indices(facts, context, h))
    return combination(facts, context, s, left, right, extra) if extra else None


def _by_quotient(
    facts: Facts, context: Context, s: Term, left: Theorem, right: Theorem
) -> Theorem | None:
    """``a < b`` where ``b - a`` is one quotient n/d with n and d positive: ``0 < 1 - t/l``."""
    a, b = s.args
    if not any(u.head == "Div" and u.args[1].free for t in s.args for _, u in walk(t)):
        return None
    try:
        numerator, denominator = quotient(b - a)
    except SizeError:
        return None
    n, d = term_of(numerator), term_of(denominator)
    whole = Term(s.head, (ZERO, Term("Div", (n, d))))
    if n.head != "Add" or b == whole.args[1]:
        return None
    with facts.simply():
        below = facts.prove(context, Term("Lt", (ZERO, d)))
    above = below and facts.prove(context, Term(s.head, (ZERO, n)))
    known = above and facts.prove(context, whole)
    if known is None:
        return None
    sides = [in_context(context, p) for p in (left, right, known)]
    return kernel.order(s.head, ((Fraction(1), (0,)),), *sides)


def _by_end(
    facts: Facts, context: Context, s: Term, left: Theorem, right: Theorem
) -> Theorem | None:
    """``a <= t`` from ``a <= e`` for a symbol t of an interval with the lower end e."""
    a, t = s.args
    entry = context.names.get(t.value) if t.head == "symbol" else None
    ends = None if entry is None or entry.indices else interval(entry.domain)
    if entry is None or ends is None or not ends[0].args or ends[0] == MINUS_INFINITY:
        return None
    below = facts.prove(context, Term("Le", (a, ends[0])))
    if below is None:
        return None
    above = kernel.promise(0, kernel.declared(context, entry.name))
    both = [in_context(context, p) for p in (left, right, below, above)]
    parts = ((Fraction(1), (0,)), (Fraction(1), (1,)))
    return kernel.order(s.head, parts, *both) if ends[2] or s.head == "Le" else None


def _not_equal(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``a < b`` from ``a <= b`` and a hypothesis ``a != b``."""
    a, b = s.args
    ne = facts.from_hypotheses(context, Term("Ne", (a, b)))
    ne = ne or facts.from_hypotheses(context, Term("Ne", (b, a)))
    less = None if ne is None else facts.prove(context, Term("Le", (a, b)))
    sides = [facts.defined(context, t) for t in s.args]
    if ne is None or less is None or None in sides:
        return None
    # Were b <= a, then (b - a)*(a - b) >= 0, but (b - a)**2 > 0.
    over, zero = context.assume(Term("Le", (b, a))), kernel.numeral(context, ZERO)
    known = [in_context(over, t) for t in (zero, zero, less)]
    known += [kernel.hypothesis(over, Term("Le", (b, a))), in_context(over, ne)]
    parts = ((Fraction(1), (0, 1)), (Fraction(1), (2, 2)))
    false = kernel.absurd(s, kernel.order("Lt", parts, *known))
    return kernel.cases(s, kernel.hypothesis(context.assume(s), s), false, *sides)


def combination(
    facts: Facts,
    context: Context,
    s: Term,
    left: Theorem,
    right: Theorem,
    extra: tuple[Theorem, ...],
) -> Theorem | None:
    """``s`` as a positive combination of known comparisons and of the extra ones."""
    a, b = s.args
    try:
        goal = spread(b - a)
    except SizeError:
        return None
    if not _worth_trying(goal):
        return None
    with facts.simply():
        known = [*extra, *_facts(facts, context, [goal, *(_difference(t) for t in extra)])]
    columns, products = _columns(goal, known)
    strict = [
        k for k, p in enumerate(products) if all(known[j].statement.head in ("Lt", "Ne") for j in p)
    ]
    found = combine([c for c, _ in columns], goal, strict if s.head == "Lt" else None)
    if found is None:
        return None
    used: list[Theorem] = []
    numbering: dict[int, int] = {}
    parts: list[tuple[Fraction, tuple[int, ...]]] = []
    for k, c in found.items():
        for j in products[k]:
            if j not in numbering:
                numbering[j] = len(used)
                used.append(known[j])
        parts.append((c * columns[k][1], tuple(numbering[j] for j in products[k])))
    left, right = in_context(context, left), in_context(context, right)
    return kernel.order(s.head, tuple(parts), left, right, *used)


def _worth_trying(goal: Polynomial) -> bool:
    return len(goal) <= 40 and all(sum(e for _, e in m) <= 8 for m in goal)


def _difference(theorem: Theorem) -> Polynomial:
    return spread(theorem.rhs - theorem.lhs)


# -- what is known of the atoms -----------------------------------------------------------


def _facts(facts: Facts, context: Context, goals: list[Polynomial]) -> list[Theorem]:
    """Comparisons about the atoms of the goals, and about atoms that those mention."""
    found: dict[Term, Theorem] = {}
    todo = _atoms(goals)
    seen = set(todo)
    for _ in range(3):
        new: list[Theorem] = []
        for atom in todo:
            new += [t for t in about(facts, context, atom) if t.statement not in found]
        for theorem in _comparisons(facts, context, seen):
            if theorem.statement not in found:
                new.append(theorem)
        for theorem in new[: MOST_FACTS - len(found)]:
            found[theorem.statement] = theorem
        todo = [a for a in _atoms([_difference(t) for t in new]) if a not in seen]
        seen.update(todo)
        if not todo:
            break
    return list(found.values())


def _atoms(polynomials: list[Polynomial]) -> list[Term]:
    return list(dict.fromkeys(a for p in polynomials for m in p for a, _ in m))


def about(facts: Facts, context: Context, atom: Term) -> Iterator[Theorem]:
    """Comparisons with an atom on one side: promises of its domain, rules about its head.

    For the reciprocal of a sum also ``d*(1/d) = 1``, which 0 < 1 - x/(1 + x) needs; for a
    square root or an absolute value its square.
    """
    if atom.head == "Div" and atom.args[0] == ONE and atom.args[1].head == "Add":
        inverse = equate(facts, context, Term("Mul", (atom.args[1], atom)), ONE)
        if inverse is not None:
            yield inverse
    if atom.head == "Pow" and atom.args[1] == HALF:
        square = facts.use(context, ledger()["square_sqrt"], {"x": atom.args[0]})
        if square is not None:
            yield square
        if atom.args[0].head == "Add":
            from derive.search.order.roots import above_squares

            yield from above_squares(facts, context, atom)
    if atom.head in _BY_SIGN:
        names = dict(zip("ab", atom.args, strict=False)) if len(atom.args) == 2 else None
        mapping = names or {"x": atom.args[0]}
        uses = (facts.use(context, ledger()[name], mapping) for name in _BY_SIGN[atom.head])
        yield from (used for used in uses if used is not None)
    for inclusion in facts.inclusions(context, atom):
        for k, s in enumerate(promises(inclusion.rhs, atom)):
            if s.head in ("Lt", "Le"):
                yield kernel.promise(k, inclusion)
    for relation in ("<", "<="):
        for rule in fact_rules(atom.head, relation):
            for pattern in rule.statement.args:
                if pattern.head == atom.head:
                    for mapping in match(pattern, atom, rule.context):
                        used = facts.use(context, rule, mapping)
                        if used is not None:
                            yield used
                            break


def _comparisons(facts: Facts, context: Context, atoms: set[Term]) -> Iterator[Theorem]:
    """Hypotheses that compare, and those for every i at the indices that occur."""
    for h in context.hypotheses():
        if h.head in COMPARISONS:
            found = kernel.hypothesis(context, h)
            yield found
            yield from _gap(facts, context, found)
        elif h.head == "ForAll":
            yield from _at_members(facts, context, h, atoms)


def _gap(facts: Facts, context: Context, theorem: Theorem) -> Iterator[Theorem]:
    """``a < b`` of integers is ``a + 1 <= b``."""
    s = theorem.statement
    if s.head == "Lt" and not any(is_number(a) and a.value.denominator > 1 for a in s.args):
        integral = all(facts.prove(context, Term("In", (a, INTEGER))) is not None for a in s.args)
        if integral:
            used = facts.use(context, ledger()["integer_gap"], {"a": s.args[0], "b": s.args[1]})
            if used is not None:
                yield used


def _at_members(facts: Facts, context: Context, h: Term, atoms: set[Term]) -> Iterator[Theorem]:
    """A hypothesis for every i, at the index of each member that occurs in the goal."""
    depth, body = 0, h
    while body.head == "ForAll":
        depth, body = depth + 1, body.args[0]
    if body.head not in COMPARISONS:
        return
    members = [u for u in _subterms(body) if u.head == "member" and len(u.args) == depth]
    families = {u.value for u in members if all(a.head == "bound" for a in u.args)}
    for values in dict.fromkeys(
        a.args for a in atoms if a.head == "member" and a.value in families
    ):
        found = facts.at(context, h, values) if len(values) == depth else None
        if found is not None:
            yield found


def _families(context: Context, h: Term) -> frozenset[str]:
    """The families that a hypothesis speaks of."""
    return frozenset(n for n in h.free if n in context.names and context.names[n].indices)


def _at_indices(facts: Facts, context: Context, h: Term) -> Iterator[Theorem]:
    """A comparison for every index of a range, at the declared indices of ranges as long."""
    body, domain = h.args
    if body.head not in COMPARISONS or domain.head != "Range":
        return
    for e in context.names.values():
        if e.domain.head == "Range" and not e.indices:
            ahead = domain.args[0] - e.domain.args[0]
            if same_quotient(domain.args[1] - e.domain.args[1], ahead):
                p = spread(ahead)
                index = term_of({((symbol(e.name), 1),): ONE.value, **p}) if p else symbol(e.name)
                with facts.simply(False):
                    found = facts.at(context, h, (index,))
                if found is not None:
                    yield found


def _subterms(t: Term) -> Iterator[Term]:
    yield t
    for a in t.args:
        yield from _subterms(a)


# -- columns ---------------------------------------------------------------------------------


def _columns(
    goal: Polynomial, known: list[Theorem]
) -> tuple[list[tuple[Polynomial, Fraction]], list[tuple[int, ...]]]:
    """Products of known differences, each with its sign, and which facts they multiply."""
    differences = [_difference(t) for t in known]
    heads = [t.statement.head for t in known]
    columns: list[tuple[Polynomial, Fraction]] = []
    products: list[tuple[int, ...]] = []

    def offer(p: Polynomial, factors: tuple[int, ...]) -> None:
        if len(columns) >= MOST_COLUMNS or not p:
            return
        columns.append((p, Fraction(1)))
        products.append(factors)
        if any(heads[k] == "Eq" for k in factors):
            columns.append(({m: -c for m, c in p.items()}, Fraction(-1)))
            products.append(factors)

    offer({(): Fraction(1)}, ())
    for k, d in enumerate(differences):
        if heads[k] != "Ne":
            offer(d, (k,))
        else:
            offer(times(d, d), (k, k))
    for m in goal:
        if sum(e for _, e in m) > 1:
            signed = _signed_product(m, known)
            if signed is not None:
                p: Polynomial = {(): Fraction(1)}
                for k in signed:
                    p = times(p, differences[k])
                offer(p, signed)
    # Of nothing but what is known, such as 0 < 0, the degree says nothing.
    looked_at = [goal] if goal else differences
    if any(sum(e for _, e in m) > 1 for p in looked_at for m in p):
        for j, d in enumerate(differences):
            for k in range(j, len(differences)):
                if "Ne" not in (heads[j], heads[k]) and len(d) * len(differences[k]) <= 16:
                    offer(times(d, differences[k]), (j, k))
    if any(sum(e for _, e in m) > 2 for m in goal):
        bounds = [k for k, d in enumerate(differences) if heads[k] != "Ne" and _is_linear(d)]
        for chosen in combinations_with_replacement(bounds[:MOST_BOUNDS], 3):
            offer(reduce(times, (differences[k] for k in chosen)), chosen)
    return columns, products


def _is_linear(p: Polynomial) -> bool:
    return len(p) <= 2 and all(sum(e for _, e in m) < 2 for m in p)


def _signed_product(m: Monomial, known: list[Theorem]) -> tuple[int, ...] | None:
    """The facts ``0 < atom`` or ``0 <= atom`` whose product is the monomial."""
    factors: list[int] = []
    for atom, exponent in m:
        k = next(
            (
                k
                for k, t in enumerate(known)
                if t.lhs == ZERO and t.rhs == atom and t.statement.head in ("Lt", "Le")
            ),
            None,
        )
        if k is None:
            return None
        factors += [k] * exponent
    return tuple(factors)


# -- without sums --------------------------------------------------------------------------------


def _by_rule(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A rule whose conclusion is the whole comparison."""
    relation = {"Lt": "<", "Le": "<=", "Ne": "!="}[s.head]
    present = heads(s)
    for head in dict.fromkeys(a.head for a in s.args):
        for rule in fact_rules(head, relation):
            if not called(rule.lhs) | called(rule.rhs) <= present:
                continue
            for mapping in match(rule.statement, s, rule.context):
                used = facts.use(context, rule, mapping)
                for k in range(2):
                    if used is not None and used.statement.args[k] != s.args[k]:
                        # Products are matched up to their grouping.
                        used = carried(facts, context, used, (k,), s.args[k])
                if used is not None:
                    return used
    return None


def _different(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    swapped = facts.from_hypotheses(context, Term("Ne", (b, a)))
    if swapped is not None:
        return kernel.symmetric(swapped)
    found = _by_rule(facts, context, Term("Ne", (a, b)))
    if found is not None:
        return found
    from derive.search.order.parity import factor_nonzero
    from derive.search.order.scaling import proportional

    found = proportional(facts, context, a, b)
    if found is None and b == ZERO:
        found = factor_nonzero(facts, context, a)
    if found is not None:
        return found
    for name, x, y in (("unequal_if_greater", b, a), ("unequal_if_less", a, b)):
        if facts.prove(context, Term("Lt", (x, y))) is not None:
            return facts.use(context, ledger()[name], {"a": a, "b": b})
    return None
