"""Hypotheses as equations to rewrite with: as they stand, and solved for one of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import EMPTY, Context
from derive.domains import REAL
from derive.kernel import Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import equate, in_context, reflexive
from derive.search.forms.rewriting import Equation, Rewriter, term_of
from derive.search.forms.spreading import spread
from derive.term import Term, fresh, instantiate, symbol, walk

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Rules that write out a sum or a product whose bounds are numbers.
UNROLLING = (
    "sum_empty", "sum_single", "sum_first", "product_empty", "product_single", "product_first",
)  # fmt: skip


def hypotheses(facts: Facts, context: Context, wanted: Term) -> list[Equation]:
    """Equations that the context assumes, definitions first.

    A sum that is known, such as ``y[1] + y[2] = 1``, is solved for a part that the wanted
    term does not mention, so that the part disappears.
    """
    if context not in facts.opened:
        facts.opened[context] = _ready(facts, context)
    found: list[Equation] = []
    for inner, written, plain in facts.opened[context]:
        if written is not None:
            solved = _solved(facts, inner, written, wanted)
            if solved is not None:
                found.append(Equation(solved, plain.variables, "given"))
        found.append(plain)
    return found


_Ready = list[tuple[Context, Theorem | None, Equation]]


def _ready(facts: Facts, context: Context) -> _Ready:
    """The equations among the hypotheses: as they stand, and written out to be solved."""
    opened = [_opened(context, h) for h in context.hypotheses()]
    # Sizes that are known, such as m = 2, say how many terms a sum has.
    sizes = [
        Equation(t, v, "given")
        for _, v, t in opened
        if t is not None and t.statement.head == "Eq" and t.lhs.head == "symbol"
    ]
    found: _Ready = []
    for inner, variables, theorem in opened:
        if theorem is None or theorem.statement.head != "Eq":
            continue
        compound = theorem.lhs.head not in ("symbol", "member")
        written = _written_out(facts, inner, theorem, sizes) if compound else None
        found.append((inner, written, Equation(theorem, variables, "given")))
    return found


def _opened(context: Context, h: Term) -> tuple[Context, Context, Theorem | None]:
    """A hypothesis for declared indices, and those indices as variables to match."""
    inner, variables, body = context, EMPTY, h
    proofs: list[Theorem] = []
    while body.head == "ForAll":
        name = fresh((body.names or ("i",))[0], {*inner.names, *h.free})
        inner = inner.declare(name, body.args[1])
        variables = variables.declare(name, REAL)
        proofs.append(kernel.declared(inner, name))
        body = instantiate(body.args[0], symbol(name))
    proofs = [kernel.instance(inner, {}, p) for p in proofs]
    return inner, variables, kernel.hypothesis(inner, h, *proofs)


def _written_out(
    facts: Facts, context: Context, theorem: Theorem, sizes: list[Equation]
) -> Theorem:
    """The hypothesis with sums over numbers written out."""
    rewriter = Rewriter(facts, [*sizes, *unrolling()])
    for k in range(2):
        equation = rewriter.rewrite(context, theorem.statement.args[k])
        if equation is not None and equation.lhs != equation.rhs:
            theorem = kernel.rewrite((k,), theorem, in_context(context, equation))
    return theorem


def unrolling() -> list[Equation]:
    """Equations that write out sums and products over ranges of numbers."""
    rules = ledger()
    return [Equation.of_rule(rules[name], _few) for name in UNROLLING]


def _few(t: Term) -> bool:
    """Whether a sum or product has a number of terms that can be written out."""
    try:
        length = spread(t.args[2] - t.args[1])
    except SizeError:
        return False
    return not length or (set(length) == {()} and length[()] < 64)


def _solved(facts: Facts, context: Context, theorem: Theorem, wanted: Term) -> Theorem | None:
    """``x = e`` from a hypothesis that is linear in x; x is the last part not wanted."""
    p = spread(theorem.lhs - theorem.rhs)
    linear = [m[0][0] for m in p if len(m) == 1 and m[0][1] == 1]
    parts = [x for x in linear if x.head in ("symbol", "member")]
    alone = [x for x in parts if not any(a == x for m in p if m != ((x, 1),) for a, _ in m)]
    mentioned = set(_subterms(wanted))
    unwanted = [x for x in alone if x not in mentioned]
    for x in reversed(unwanted or alone):
        solved = solve(facts, context, theorem, x)
        if solved is not None:
            return solved
    return None


def _subterms(t: Term) -> Iterator[Term]:
    yield t
    for a in t.args:
        yield from _subterms(a)


def solve(facts: Facts, context: Context, theorem: Theorem, x: Term) -> Theorem | None:
    """``x = e`` from ``a = b``, linear in x: x = (x - a/c) + a/c, and a is b."""
    a, b = theorem.statement.args
    p = spread(a - b)
    c = p[((x, 1),)]
    scale = Term("number", (), 1 / c)
    start = reflexive(facts, context, x)
    if start is None:
        return None
    padded = equate(facts, context, x, Term("Add", (x - scale * a, scale * a)))
    if padded is None:
        return None
    place = next(path for path, u in walk(padded.rhs.args[1]) if u == a)
    moved = kernel.rewrite((1, 1, *place), in_context(context, padded), theorem)
    rest = {m: -v / c for m, v in p.items() if m != ((x, 1),)}
    value = equate(facts, context, moved.rhs, term_of(rest))
    return None if value is None else kernel.transitive(moved, in_context(context, value))


__all__ = ["hypotheses", "solve", "unrolling"]
