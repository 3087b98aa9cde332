"""Proving ``a <= b``, ``a < b`` and ``a != b`` from what is known of the parts.

The difference b - a is written as a polynomial over its atoms, a quotient by a sum being an
atom too.  Known comparisons of the atoms, and products of them, are the columns of a small
linear system; a solution is a combination that the kernel's ``order`` accepts.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import INTEGER, promises
from derive.functions import COMPARISONS
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus, power, small, times
from derive.rules import ledger
from derive.search.equations import carried, equate
from derive.search.index import called, fact_rules, heads
from derive.search.linear import combine
from derive.search.matching import match
from derive.term import ONE, ZERO, Term, is_number

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Bounds of the search: facts about atoms, and columns of the linear system.
MOST_FACTS, MOST_COLUMNS = 60, 240


def compare(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """The comparison as a theorem, or None."""
    a, b = s.args
    found = facts.from_hypotheses(context, s)
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
    return combination(facts, context, s, left, right, ())


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
    known = [_weakened(over, t) for t in (zero, zero, less)]
    known += [kernel.hypothesis(over, Term("Le", (b, a))), _weakened(over, ne)]
    parts = ((Fraction(1), (0, 1)), (Fraction(1), (2, 2)))
    false = kernel.absurd(s, kernel.order("Lt", parts, *known))
    return kernel.cases(s, kernel.hypothesis(context.assume(s), s), false, *sides)


# -- signs ------------------------------------------------------------------------------------

#: Domains that promise ``0 < t``, and those that promise ``0 <= t``.
_ABOVE = frozenset(("Positive", "Unit", "Natural", "(0, 1]"))
_NOT_BELOW = _ABOVE | {"Nonnegative", "Natural0", "Bit", "{0,1}", "[0, 1]", "[0, 1)"}


def sign(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``0 < t``, ``0 <= t``, ``t < 0`` or ``t <= 0`` from the signs of the parts of t."""
    a, b = s.args
    if is_number(a) and is_number(b):
        return _numbers(context, s)
    if a == ZERO:
        return _positive(facts, context, s.head, b)
    if b == ZERO and a.head in ("Neg", "Mul", "Div"):
        # t < 0 because 0 < -t.
        opposite = a.args[0] if a.head == "Neg" else Term("Neg", (a,))
        found = _positive(facts, context, s.head, opposite) if a.head == "Neg" else None
        left = facts.defined(context, a)
        if found is None or left is None:
            return None
        return kernel.order(
            s.head, ((Fraction(1), (0,)),), left, kernel.numeral(context, ZERO), found
        )
    return None if b == ZERO else _of_parts(facts, context, s)


def _numbers(context: Context, s: Term) -> Theorem | None:
    if not COMPARISONS[s.head](s.args[0].value, s.args[1].value):
        return None
    gap = s.args[1].value - s.args[0].value
    left, right = (kernel.numeral(context, a) for a in s.args)
    return kernel.order(s.head, ((gap, ()),) if gap else (), left, right)


def _positive(facts: Facts, context: Context, head: str, t: Term) -> Theorem | None:
    if t.head in ("Mul", "Add", "Neg") or (t.head == "Div" and is_number(t.args[1])):
        parts = _of_parts(facts, context, Term(head, (ZERO, t)))
        return parts or _as_written(facts, context, head, t)
    wanted = Term(head, (ZERO, t))
    meaning = facts.unfolded(context, t)
    if meaning is not None:
        known = facts.prove(context, Term(head, (ZERO, meaning.rhs)))
        return None if known is None else kernel.rewrite((1,), known, kernel.symmetric(meaning))
    for inclusion in facts.inclusions(context, t, _ABOVE if head == "Lt" else _NOT_BELOW):
        promised = promises(inclusion.rhs, t)
        if wanted in promised:
            return kernel.promise(promised.index(wanted), inclusion)
        for k, p in enumerate(promised):
            if p.args[1] == t and is_number(p.args[0]) and p.args[0].value >= (head == "Le"):
                return _above(facts, context, wanted, kernel.promise(k, inclusion))
            if p == Term("Lt", (ZERO, t)):
                return _above(facts, context, wanted, kernel.promise(k, inclusion))
    meaning = facts.definition(context, t)
    known = meaning and facts.prove(context, Term(head, (ZERO, meaning.rhs)))
    return known and kernel.rewrite((1,), _weakened(context, known), kernel.symmetric(meaning))


def _above(facts: Facts, context: Context, wanted: Term, bound: Theorem) -> Theorem | None:
    """``0 < t`` or ``0 <= t`` from ``c <= t`` with a number c."""
    t, c = wanted.args[1], bound.lhs.value
    right = facts.defined(context, t)
    if right is None or c < 0 or (c == 0 and wanted.head == "Lt" and bound.statement.head == "Le"):
        return None
    parts = ((Fraction(1), (0,)), *(((c, ()),) if c else ()))
    zero = kernel.numeral(context, ZERO)
    return kernel.order(wanted.head, parts, zero, right, bound)


def _of_parts(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``a <= b`` when b - a is a sum of products of parts with known signs."""
    a, b = s.args
    try:
        p = spread(b - a)
    except SizeError:
        return None
    if any(c < 0 for c in p.values()):
        return None
    known: dict[Term, Theorem] = {}
    parts: list[tuple[Fraction, tuple[int, ...]]] = []
    strict = False
    for m, c in p.items():
        factors: list[int] = []
        positive = True
        for atom, exponent in m:
            if atom == b:
                return None
            found = _known_sign(facts, context, atom)
            if found is None and exponent % 2 == 0:
                atom, exponent = atom**2, exponent // 2
                found = _known_sign(facts, context, atom)
            if found is None:
                return None
            known[atom] = found
            positive = positive and found.statement.head == "Lt"
            factors += [list(known).index(atom)] * exponent
        strict = strict or positive
        parts.append((c, tuple(factors)))
    left, right = facts.defined(context, a), facts.defined(context, b)
    if left is None or right is None or (s.head == "Lt" and not strict):
        return None
    left, right = _weakened(context, left), _weakened(context, right)
    return kernel.order(s.head, tuple(parts), left, right, *known.values())


def _known_sign(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``0 < t``, or else ``0 <= t``, or None."""
    sure = facts.prove(context, Term("Lt", (ZERO, t)))
    return sure or facts.prove(context, Term("Le", (ZERO, t)))


def _as_written(facts: Facts, context: Context, head: str, t: Term) -> Theorem | None:
    """The sign of ``p*(1 - p)`` or ``1 + (x - u)**2`` from those of its parts as written."""
    if t.head not in ("Mul", "Add"):
        return None
    known: list[Theorem] = []
    for a in t.args:
        found = _known_sign(facts, context, a)
        if found is None:
            return None
        known.append(found)
    strict = [p.statement.head == "Lt" for p in known]
    sure = all(strict) if t.head == "Mul" else any(strict)
    right = facts.defined(context, t)
    if right is None or (head == "Lt" and not sure):
        return None
    each = tuple(range(len(known)))
    products = (each,) if t.head == "Mul" else tuple((k,) for k in each)
    zero = kernel.numeral(context, ZERO)
    parts = tuple((Fraction(1), p) for p in products)
    return kernel.order(head, parts, zero, _weakened(context, right), *known)


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
        k
        for k, p in enumerate(products)
        if all(known[j].statement.head in ("Lt", "Ne") for j in p)
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
    left, right = _weakened(context, left), _weakened(context, right)
    return kernel.order(s.head, tuple(parts), left, right, *used)


def _weakened(context: Context, theorem: Theorem) -> Theorem:
    return theorem if theorem.context is context else kernel.instance(context, {}, theorem)


def _worth_trying(goal: Polynomial) -> bool:
    return len(goal) <= 40 and all(sum(e for _, e in m) <= 8 for m in goal)


def _difference(theorem: Theorem) -> Polynomial:
    return spread(theorem.rhs - theorem.lhs)


def spread(t: Term) -> Polynomial:
    """A term as a polynomial; ``1/d`` is an atom for each atom or sum d that divides."""
    head, args = t.head, t.args
    if head == "Add":
        total: Polynomial = {}
        for a in args:
            total = plus(total, spread(a))
        return total
    if head == "Neg":
        return {m: -c for m, c in spread(args[0]).items()}
    if head == "Mul":
        product: Polynomial = {(): Fraction(1)}
        for a in args:
            product = times(product, spread(a))
        return product
    if head == "Div":
        return times(spread(args[0]), _reciprocal(args[1]))
    if head == "Pow" and small(args[1]):
        exponent = int(args[1].value)
        base = spread(args[0]) if exponent >= 0 else _reciprocal(args[0])
        return power(base, abs(exponent))
    if head == "number":
        return {(): t.value} if t.value else {}
    return {((t, 1),): Fraction(1)}


def _reciprocal(d: Term) -> Polynomial:
    if is_number(d) and d.value:
        return {(): 1 / d.value}
    if d.head == "Mul":
        product: Polynomial = {(): Fraction(1)}
        for a in d.args:
            product = times(product, _reciprocal(a))
        return product
    if d.head == "Neg":
        return {m: -c for m, c in _reciprocal(d.args[0]).items()}
    if d.head == "Div":
        return times(_reciprocal(d.args[0]), spread(d.args[1]))
    return {((Term("Div", (ONE, d)), 1),): Fraction(1)}


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

    For the reciprocal of a sum also ``d*(1/d) = 1``, which 0 < 1 - x/(1 + x) needs.
    """
    if atom.head == "Div" and atom.args[0] == ONE and atom.args[1].head == "Add":
        inverse = equate(facts, context, Term("Mul", (atom.args[1], atom)), ONE)
        if inverse is not None:
            yield inverse
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
        integral = all(
            facts.prove(context, Term("In", (a, INTEGER))) is not None for a in s.args
        )
        if integral:
            used = facts.use(context, ledger()["integer_gap"], {"a": s.args[0], "b": s.args[1]})
            if used is not None:
                yield used


def _at_members(
    facts: Facts, context: Context, h: Term, atoms: set[Term]
) -> Iterator[Theorem]:
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
    if any(sum(e for _, e in m) > 1 for m in goal):
        for j, d in enumerate(differences):
            for k in range(j, len(differences)):
                if "Ne" not in (heads[j], heads[k]) and len(d) * len(differences[k]) <= 16:
                    offer(times(d, differences[k]), (j, k))
    return columns, products


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
    s = Term("Ne", (a, b))
    if a.head in ("Add", "Mul", "Neg", "Div", "Pow") or b != ZERO:
        found = _by_rule(facts, context, s)
        if found is not None:
            return found
    from derive.search.scaling import proportional

    found = proportional(facts, context, a, b)
    if found is not None:
        return found
    for name, x, y in (("unequal_if_greater", b, a), ("unequal_if_less", a, b)):
        if facts.prove(context, Term("Lt", (x, y))) is not None:
            return facts.use(context, ledger()[name], {"a": a, "b": b})
    return None
