"""Evaluating derivatives with the table of derivatives of the ledger.

A derivative by one member ``z[j]`` of a family meets every ``z[i]`` of its body as a
``Piecewise``; what that leaves at the point is a member again, and in the slopes a Kronecker
delta, which sums contract.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.functions import FUNCTIONS
from derive.kernel import KernelError, Theorem
from derive.rules import Rule, general, ledger
from derive.search.equations import enter, in_context
from derive.search.forms.rewriting import Equation, Method, Rewriter
from derive.search.index import heads, outermost
from derive.search.sums.linearity import contracted
from derive.term import BINDERS, Term, abstract, instantiate, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Rules about a derivative that no table of derivatives has: their right side is free.
_NO_TABLE = ("derivative_local", "derivative_chain")
#: Special rules before general ones.
_RANK = {
    "derivative_constant": 0,
    "derivative_variable": 1,
    "derivative_constant_factor": 3,
    "derivative_constant_divisor": 3,
    "derivative_product": 6,
    "derivative_quotient": 6,
    "derivative_general_power": 7,
}
#: What turns up when one member of a family is varied.
_MEMBERS = (
    "member_at_point",
    "member_at_point_swapped",
    "member_at_point_2",
    "delta_equal",
    "delta_unequal",
    "sum_delta",
    "sum_delta_swapped",
    "sum_delta_right",
    "sum_delta_right_swapped",
    "sum_delta_one",
    "sum_delta_one_swapped",
)


def evaluation() -> tuple[list[Equation], tuple[Method, ...]]:
    """What ``Rewriter`` needs in order to evaluate derivatives."""
    rules = ledger()
    indicator = Equation.of_rule(rules["delta_as_piecewise"]).reversed
    return [*(Equation.of_rule(rules[n]) for n in _MEMBERS), indicator], (step, contracted, _split)


def _split(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """A sum of sums of deltas, split where the index of a delta enters the inner range."""
    if t.head != "Sum" or not {"KroneckerDelta", "Sum"} <= heads(t.args[0]):
        return None
    from derive.search.sums.thresholds import split

    return split(facts, context, t)


def step(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Derivative(u, x) = v`` by one rule of the table; None for other terms."""
    if t.head != "Derivative" or len(t.args) != 2:
        return None
    if t.args[0].head in ("log", "Div", "Pow") and _assumes(context):
        from derive.search.calculus.signs import known_at_point

        known_at_point(facts, context, t)
    found = _by_table(facts, context, t) or _inside(facts, context, t)
    if found is not None:
        return found
    from derive.search.calculus.kinks import at_kinks, summed

    return at_kinks(facts, context, t) or summed(facts, context, t)


def _assumes(context: Context) -> bool:
    return next(context.hypotheses(), None) is not None


def _by_table(facts: Facts, context: Context, t: Term) -> Theorem | None:
    rewriter = Rewriter(facts, ())
    for equation in _table(t.args[0].head):
        try:
            found = rewriter.apply(context, equation, t)
        except KernelError:
            continue
        if found is not None:
            return found
    return None


@cache
def _table(head: str) -> tuple[Equation, ...]:
    """The rules for bodies with this outermost function, the most special ones first."""
    found = [*_by_head().get("", ()), *_by_head().get(head, ())]
    found.sort(key=lambda r: _RANK.get(r.name, 5))
    return tuple(map(Equation.of_rule, found))


@cache
def _by_head() -> dict[str, list[Rule]]:
    """The table; rules for any body under the empty name."""
    table: dict[str, list[Rule]] = {}
    for r in general().values():
        if r.relation == "=" and r.lhs.startswith("Derivative(") and r.name not in _NO_TABLE:
            head = outermost(r.lhs[len("Derivative(") : r.lhs.rindex(",")])
            known = head in FUNCTIONS or head in BINDERS
            table.setdefault(head if known else "", []).append(r)
    return table


def _inside(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """Evaluate what the body itself has to evaluate: another derivative, a density."""
    entered = enter(facts, context, t)
    if entered is None:
        return None
    inner, name, inside = entered
    body = instantiate(t.args[0], symbol(name))
    equations, ways = evaluation()
    equation = Rewriter(facts, equations, (_unfolded, _integrated, *ways)).rewrite(inner, body)
    if equation is None or equation.rhs == body:
        return None
    simpler = Term("Derivative", (abstract(equation.rhs, name), t.args[1]), None, t.names)
    value = step(facts, context, simpler)
    if value is None:
        return None
    back = kernel.symmetric(in_context(inner, equation))
    return kernel.rewrite((0, 0), in_context(context, value), back, *inside)


def _unfolded(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """A mass or density is its formula, which the table knows how to differentiate."""
    return facts.unfolded(context, t)


def _integrated(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """An integral is its value, where it has one."""
    from derive.search.calculus.integrals import written_out

    return written_out(facts, context, t)
