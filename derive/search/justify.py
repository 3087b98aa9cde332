"""Proving one line of a derivation from the line before, with the reasons that were given.

Both lines are rewritten with the named equations until nothing applies; the rest must be
arithmetic.  Reasons that are methods (cases, one-hot families, tangents) do their part of
the work first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from derive import kernel
from derive.context import Context
from derive.domains import BIT, elements
from derive.functions import COMPARISONS, negation
from derive.kernel import Theorem
from derive.rules import ledger
from derive.search.calculus.differentiation import evaluation
from derive.search.equations import enter, equate, in_context
from derive.search.facts import Facts
from derive.search.forms.rewriting import Equation, Rewriter
from derive.search.given import hypotheses, unrolling
from derive.search.matching import match
from derive.search.order.comparison import combination
from derive.search.order.scaling import scaled
from derive.search.sums.linearity import linear
from derive.term import ONE, Term, fresh, instantiate, symbol

#: Rules that any line may use without naming them: what no reader would stop at.
SILENT = ("log_one", "exp_zero", "pow_zero", "pow_one", "one_pow", "sum_zero")


class Steps(NamedTuple):
    """What the reasons of a line ask for."""

    equations: tuple[Equation, ...] = ()
    bounds: tuple[Equation, ...] = ()
    given: bool = False
    unroll: bool = False
    derivative: bool = False
    cases: tuple[Term, ...] = ()
    one_hot: tuple[Term, ...] = ()
    linear: bool = False


def justify(
    facts: Facts, context: Context, relation: str, a: Term, b: Term, steps: Steps
) -> Theorem | None:
    """``a R b`` for R one of ``Eq``, ``Le``, ``Lt``, or None."""
    if steps.one_hot:
        return _one_hot(facts, context, relation, a, b, steps)
    if steps.cases:
        return _cases(facts, context, relation, a, b, steps)
    goal = Term(relation, (a, b))
    if relation != "Eq" and steps.bounds:
        # As it stands first: rewriting may take away the places of the bounds.
        plain = at_most(facts, context, goal, steps.bounds)
        if plain is not None:
            return plain
    rewriter = _rewriter(facts, context, b, steps)
    first = rewriter.rewrite(context, a)
    second = rewriter.rewrite(context, b)
    if first is None or second is None:
        return None
    for form in (first, second):  # what equals a defined term is defined
        facts.remember(context, kernel.side(1, form))
    if relation == "Eq":
        middle = equate(facts, context, first.rhs, second.rhs)
    else:
        middle = at_most(facts, context, Term(relation, (first.rhs, second.rhs)), steps.bounds)
    if middle is None:
        return None
    result = kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))
    assert result.statement == goal
    return result


def normal_forms(
    facts: Facts, context: Context, a: Term, b: Term, steps: Steps
) -> tuple[Term | None, Term | None]:
    """What the equations make of both lines, for a message when they do not meet."""
    rewriter = _rewriter(facts, context, b, steps)
    forms = (rewriter.rewrite(context, a), rewriter.rewrite(context, b))
    return tuple(None if f is None else f.rhs for f in forms)  # type: ignore[return-value]  # two


def _rewriter(facts: Facts, context: Context, b: Term, steps: Steps) -> Rewriter:
    equations, methods = evaluation() if steps.derivative else ([], ())
    if steps.linear:
        methods = (*methods, linear)
    return Rewriter(facts, [*_equations(facts, context, b, steps), *equations], methods)


def _equations(facts: Facts, context: Context, b: Term, steps: Steps) -> list[Equation]:
    rules = ledger()
    found = [*steps.equations]
    if steps.given:
        found += hypotheses(facts, context, b)
    if steps.unroll:
        found += unrolling()
    return found + [Equation.of_rule(rules[name]) for name in SILENT if name in rules]


# -- inequalities ---------------------------------------------------------------------------


def at_most(
    facts: Facts, context: Context, goal: Term, bounds: Sequence[Equation]
) -> Theorem | None:
    """``a <= b`` or ``a < b`` with named bounds, such as the tangent line of the logarithm.

    Each bound is used at every place where its pattern occurs; sums over the same range are
    compared term by term first.
    """
    extra = [*_instances(facts, context, goal, bounds), *_sums(facts, context, goal, bounds)]
    direct = scaled(facts, context, goal, extra)
    if direct is not None:
        return direct
    plain = facts.prove(context, goal)
    if plain is not None:
        return in_context(context, plain)
    a, b = goal.args
    left, right = facts.defined(context, a), facts.defined(context, b)
    if left is None or right is None:
        return None
    return combination(facts, context, goal, left, right, tuple(extra))


def _instances(
    facts: Facts, context: Context, goal: Term, bounds: Sequence[Equation]
) -> list[Theorem]:
    """The bounds at the places of the goal that stand under no binder."""
    found: dict[Term, Theorem] = {}
    for bound in bounds:
        for mapping in _places(bound, _open_parts(goal)):
            used = facts.instance(context, bound.theorem, mapping)
            if used is not None:
                found[used.statement] = used
    return list(found.values())


def _places(bound: Equation, parts: Sequence[Term]) -> Iterator[dict[str, Term]]:
    """Values for the variables of a bound that make it speak of parts of the goal.

    One side that is more than a name is enough, unless it leaves a variable of the other
    open, as log(a) < log(b) does: then both sides are looked for.
    """
    sides = bound.theorem.statement.args
    patterns = [p for p in sides if p.head not in ("symbol", "number", "member")]
    enough = [p for p in patterns if all(q.free <= p.free for q in patterns)]
    for u in parts:
        for pattern in enough:
            yield from match(pattern, u, bound.variables)
        for v in parts if not enough and patterns else ():
            pair = Term("And", (patterns[0], patterns[1]))
            yield from match(pair, Term("And", (u, v)), bound.variables) if u != v else ()


def _open_parts(t: Term) -> list[Term]:
    """The parts of a term that are no bodies of binders."""
    from derive.term import BINDERS

    parts = [t]
    for k, a in enumerate(t.args):
        if k >= BINDERS.get(t.head, 0):
            parts += _open_parts(a)
    return parts


def _sums(facts: Facts, context: Context, goal: Term, bounds: Sequence[Equation]) -> list[Theorem]:
    """``Sum(f) <= Sum(g)`` for sums of the goal over the same range, term by term."""
    sums = list(dict.fromkeys(u for u in _open_parts(goal) if u.head == "Sum"))
    found: list[Theorem] = []
    for f in sums:
        for g in sums:
            reverse = any(t.statement.args == (g, f) for t in found)
            if f != g and f.args[1:] == g.args[1:] and not reverse:
                compared = _term_by_term(facts, context, f, g, bounds)
                if compared is not None:
                    found.append(compared)
    return found


def _term_by_term(
    facts: Facts, context: Context, f: Term, g: Term, bounds: Sequence[Equation]
) -> Theorem | None:
    entered = enter(facts, context, f)
    assert entered is not None
    inner, name, _ = entered
    mine, theirs = (instantiate(s.args[0], symbol(name)) for s in (f, g))
    less = at_most(facts, inner, Term("Le", (mine, theirs)), bounds)
    if less is None:
        return None
    mapping = {"f": f.args[0], "g": g.args[0], "lo": f.args[1], "hi": f.args[2]}
    facts.remember(inner, less)
    strict = [h for h in context.hypotheses() if h.head == "Ne"]
    if strict or facts.prove(context, Term("Le", f.args[1:])) is not None:
        used = _strictly(facts, context, inner, mapping, (mine, theirs), bounds)
        if used is not None:
            return used
    return facts.use(context, ledger()["sum_monotone"], mapping)


def _strictly(
    facts: Facts,
    context: Context,
    inner: Context,
    mapping: dict[str, Term],
    bodies: tuple[Term, Term],
    bounds: Sequence[Equation],
) -> Theorem | None:
    """The sum is strictly less when every term is, or one term k that a hypothesis names."""
    named = {name for h in context.hypotheses() if h.head in ("Ne", "Lt") for name in h.free}
    for entry in context.names.values():
        if entry.name in named and entry.domain == Term("Range", (mapping["lo"], mapping["hi"])):
            k = symbol(entry.name)
            at_k = Term("Lt", tuple(instantiate(mapping[f], k) for f in ("f", "g")))
            one = at_most(facts, context, at_k, bounds)
            if one is not None:
                facts.remember(context, one)
                rule = ledger()["sum_strictly_monotone_at"]
                return facts.use(context, rule, {**mapping, "k": k})
    less = at_most(facts, inner, Term("Lt", bodies), bounds)
    if less is None:
        return None
    facts.remember(inner, less)
    return facts.use(context, ledger()["sum_strictly_monotone"], mapping)


# -- methods ------------------------------------------------------------------------------------

_Goal = Callable[[Context], Theorem | None]


def _cases(
    facts: Facts, context: Context, relation: str, a: Term, b: Term, steps: Steps
) -> Theorem | None:
    on, rest = steps.cases[0], steps._replace(cases=steps.cases[1:], given=True)

    def goal(inner: Context) -> Theorem | None:
        found = justify(facts, inner, relation, a, b, rest)
        return None if found is None else in_context(inner, found)

    return by_cases(facts, context, on, goal, Term(relation, (a, b)))


def by_cases(facts: Facts, context: Context, on: Term, prove: _Goal, goal: Term) -> Theorem | None:
    """``goal`` in every case: of a comparison, or of a number from a finite list."""
    if on.head in COMPARISONS:
        opposite = negation(on)
        assert opposite is not None
        under, over = context.assume(on), context.assume(opposite)
        sides = [facts.defined(context, t) for t in on.args]
        first = _case(facts, under, prove, goal)
        second = _case(facts, over, prove, goal) if first is not None else None
        if first is None or second is None or None in sides:
            return None
        return kernel.cases(on, first, second, *sides)
    for member in facts.inclusions(context, on):
        members = elements(member.rhs)
        if members:
            branches = []
            for value in members:
                branch = _case(facts, context.assume(Term("Eq", (on, value))), prove, goal)
                if branch is None:
                    return None
                branches.append(branch)
            return kernel.each(member, *branches)
    return None


def _case(facts: Facts, context: Context, prove: _Goal, goal: Term) -> Theorem | None:
    found = prove(context)
    if found is None:
        contradiction = facts.contradiction(context)
        return None if contradiction is None else kernel.absurd(goal, contradiction)
    return in_context(context, found)


def _one_hot(
    facts: Facts, context: Context, relation: str, a: Term, b: Term, steps: Steps
) -> Theorem | None:
    """Prove the goal for an indicator ``y[j] = delta(j, c)`` in place of the family y."""
    family, rest = steps.one_hot[0], steps._replace(one_hot=steps.one_hot[1:], given=True)
    for h in context.hypotheses():
        if h.head == "Eq" and family.value in h.args[0].free:
            found = one_hot(facts, context, h, lambda c: justify(facts, c, relation, a, b, rest))
            if found is not None:
                return found
    return None


def one_hot(facts: Facts, context: Context, h: Term, prove: _Goal) -> Theorem | None:
    """What is proved for an indicator in place of the bits that the hypothesis sums to 1."""
    if h.args[0].head != "Sum" or h.args[1] != ONE:
        return None
    body, domain = h.args[0].args[0], Term("Range", h.args[0].args[1:])
    bits = facts.prove(context, Term("ForAll", (Term("In", (body, BIT)), domain), None, ("j",)))
    if bits is None:
        return None
    c = fresh("c", set(context.names))
    delta = Term("KroneckerDelta", (Term("bound", (), 0), symbol(c)))
    indicator = Term("ForAll", (Term("Eq", (body, delta)), domain), None, ("j",))
    inner = context.declare(c, domain).assume(indicator)
    goal = prove(inner)
    if goal is None:
        return None
    return kernel.one_hot(bits, kernel.hypothesis(context, h), in_context(inner, goal))
