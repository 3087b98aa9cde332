"""Induction on a size: sums and products whose closed form is known or claimed.

``a = b`` about a size n is proved for every k from the least value of n up to n: at the
least value, and from k to k + 1, where the last term of each sum stands apart.
"""

from __future__ import annotations

from derive import kernel
from derive.context import EMPTY, Context, Hypothesis
from derive.kernel import KernelError, Theorem
from derive.rules import ledger
from derive.search.equations import equate, in_context
from derive.search.facts import Facts
from derive.search.forms import normal
from derive.search.forms.rewriting import Equation, Rewriter
from derive.search.sums.ranges import from_one
from derive.term import ONE, Term, bind, fresh, number, substitute, symbol, walk

_LEAST = {"Natural": 1, "Natural0": 0}
_STEPS = ("sum_step", "product_step", "factorial_step", "factorial_zero")


def by_induction(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a = b`` by induction on a size that is the upper end of a sum or product, or None.

    Where that fails, ranges of numbers are counted from 1.
    """
    found = _by_sizes(facts, context, a, b)
    if found is not None:
        return found
    ways = [Rewriter(facts, [], (from_one,)).rewrite(context, t) for t in (a, b)]
    if ways[0] is None or ways[1] is None or (ways[0].rhs, ways[1].rhs) == (a, b):
        return None
    found = _by_sizes(facts, context, ways[0].rhs, ways[1].rhs)
    if found is None:
        return None
    whole = kernel.transitive(ways[0], in_context(context, found))
    return kernel.transitive(whole, kernel.symmetric(ways[1]))


def _by_sizes(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    ends = {
        u.args[2].value
        for t in (a, b)
        for _, u in walk(t)
        if u.head in ("Sum", "Product") and u.args[2].head == "symbol"
    }
    for name in sorted(ends & set(context.names)):
        entry = context.names[name]
        low = _least(entry.domain)
        if not entry.indices and low is not None:
            try:
                found = _on(facts, context, a, b, name, low)
            except KernelError:
                found = None
            if found is not None:
                return found
    return None


def _least(domain: Term) -> Term | None:
    """The number with which a size begins."""
    if domain.head == "Range" and domain.args[0].head == "number":
        return domain.args[0]
    return number(_LEAST[domain.head]) if domain.head in _LEAST else None


def _on(facts: Facts, context: Context, a: Term, b: Term, name: str, low: Term) -> Theorem | None:
    n = symbol(name)
    statement = Term("Eq", (a, b))
    goal = bind("ForAll", name, statement, Term("Range", (low, n)))
    base = _equal(facts, context, *_at(statement, name, low))
    if base is None:
        return None
    k = fresh("k", {*context.names, *statement.free})
    before = Term("Range", (low, Term("Add", (n, number(-1)))))
    inner = context.declare(k, before)
    inner = inner.assume(Term("Eq", _at(statement, name, symbol(k))))
    after = Term("Add", (symbol(k), ONE))
    step = _equal(facts, inner, *_at(statement, name, after))
    if step is None:
        return None
    ordered = facts.prove(context, Term("Le", (low, n)))
    whole = facts.prove(context, Term("In", (n, Term("Integer"))))
    if ordered is None or whole is None:
        return None
    return kernel.induction(
        goal,
        in_context(context, base),
        in_context(inner, step),
        kernel.numeral(context, low),
        whole,
        ordered,
    )


def _at(statement: Term, name: str, value: Term) -> tuple[Term, ...]:
    return substitute(statement, {name: value}).args


def _equal(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a = b`` by the normal form, the last term of each sum to k + 1 standing apart.

    The hypothesis speaks of the sums as they are written, or as the normal form has them.
    """
    apart = [Equation.of_rule(ledger()[name]) for name in _STEPS]
    known = _assumed(context)
    for first in ([*apart, *known], apart):
        found = _meeting(facts, context, a, b, first, known)
        if found is not None:
            return found
    return _by_increments(facts, context, a, b, apart, known)


def _by_increments(
    facts: Facts, context: Context, a: Term, b: Term, apart: list[Equation], known: list[Equation]
) -> Theorem | None:
    """``a = b`` because both sides grow by the same from those of the induction hypothesis."""
    for h in (e.theorem for e in known):
        same = _meeting(facts, context, a - h.lhs, b - h.rhs, apart, [])
        if same is None:
            continue
        same = in_context(context, same)
        grown = [
            equate(facts, context, t, Term("Add", (t - u, u))) for t, u in ((a, h.lhs), (b, h.rhs))
        ]
        if grown[0] is None or grown[1] is None:
            continue
        first, second = (in_context(context, t) for t in grown if t is not None)
        first = kernel.rewrite((1, 0), kernel.rewrite((1, 1), first, h), same)
        return kernel.transitive(first, kernel.symmetric(second))
    return None


def _assumed(context: Context) -> list[Equation]:
    """The induction hypothesis, from the side with a sum or product to the other one."""
    entry = context.entry
    if not isinstance(entry, Hypothesis) or entry.statement.head != "Eq":
        return []
    theorem = kernel.hypothesis(context, entry.statement)
    if not any(u.head in ("Sum", "Product") for _, u in walk(theorem.lhs)):
        theorem = kernel.symmetric(theorem)
    return [Equation(theorem, EMPTY, "induction")]


def _meeting(
    facts: Facts,
    context: Context,
    a: Term,
    b: Term,
    equations: list[Equation],
    known: list[Equation],
) -> Theorem | None:
    forms = []
    for t in (a, b):
        first = Rewriter(facts, equations).rewrite(context, t)
        if first is None:
            return None
        writing = Rewriter(facts, [*known, *normal.equations()], normal.methods())
        second = writing.rewrite(context, first.rhs)
        if second is None:
            return None
        forms.append(kernel.transitive(first, second))
    middle = equate(facts, context, forms[0].rhs, forms[1].rhs)
    if middle is None:
        return None
    whole = kernel.transitive(forms[0], in_context(context, middle))
    return kernel.transitive(whole, kernel.symmetric(forms[1]))
