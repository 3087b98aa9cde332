"""A second proof for the reader, where the first one wrote functions out that need not be.

The normal form writes ``p**y`` as ``exp(y*log(p))`` and a sigmoid as a quotient.  Often the rules
of a textbook lead to the same equation: logarithms of products and powers, derivatives by table.
"""

from __future__ import annotations

from functools import cache

from derive import kernel
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import equate, in_context
from derive.search.facts import Facts
from derive.search.forms.normal import derivatives, unfold
from derive.search.forms.rewriting import Equation, Rewriter
from derive.search.readable.condense import reasons
from derive.search.sums.linearity import linear
from derive.term import Term, walk

GENTLE = (
    "log_of_product", "log_product", "log_quotient", "log_reciprocal", "log_power", "log_exp",
    "exp_log", "log_one", "log_e", "log_softmax", "sum_zero", "sum_constant", "log_sigmoid",
    "log_sigmoid_complement", "softplus_reflection", "softplus_definition",
)  # fmt: skip

#: Steps of the search for a second proof.
STEPS = 1_500


@cache
def _equations() -> tuple[Equation, ...]:
    where = {"softplus_reflection": _of_negative}
    return tuple(Equation.of_rule(ledger()[name], where.get(name)) for name in GENTLE)


def _of_negative(t: Term) -> bool:
    return t.args[0].head == "Neg"


def gentler(facts: Facts, theorem: Theorem) -> Theorem:
    """The same statement by gentle rules alone, where they suffice; else the theorem."""
    s, context = theorem.statement, theorem.context
    table = any(u.head == "Derivative" for _, u in walk(s))
    found, ways = derivatives() if table else ([], ())
    left, facts.steps = facts.steps, STEPS
    try:
        forms = [
            Rewriter(facts, [*_equations(), *found], (unfold, linear, *ways)).rewrite(context, t)
            for t in s.args
        ]
        if forms[0] is None or forms[1] is None:
            return theorem
        middle = equate(facts, context, forms[0].rhs, forms[1].rhs)
        if middle is None:
            return theorem
        whole = kernel.transitive(forms[0], in_context(context, middle))
        whole = kernel.transitive(whole, kernel.symmetric(forms[1]))
        return whole if len(reasons(whole)) <= len(reasons(theorem)) else theorem
    except (KernelError, SizeError, OverflowError, RecursionError):
        return theorem
    finally:
        facts.steps = left
