"""Comparing sums of logarithms by what they are logarithms of.

``2*log(u) + r <= log(v)`` holds as soon as ``u**2*exp(r) <= v``: the logarithm increases.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import Polynomial
from derive.rules import ledger
from derive.search.equations import in_context, unify
from derive.search.forms.reduced import reduced
from derive.search.forms.rewriting import term_of
from derive.term import ONE, Term, number

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: Larger powers and more terms than these are not compared in this way.
LARGEST_POWER, MOST_TERMS = 8, 12


def exponentiated(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    """``a <= b`` or ``a < b`` from the same of the exponentials of both sides.

    Raises KernelError and SizeError, as the other ways to compare do.
    """
    from derive.search.order.inequalities import inequality
    from derive.search.prove import normal_form

    kept: list[Term] = []
    forms: list[Theorem] = []
    for t, other in (s.args, s.args[::-1]):
        form = normal_form(facts, context, t, other)
        if form is None:
            return None
        forms.append(unify(facts, context, in_context(context, form), kept))
    first, second = forms
    sides = _without_logs(reduced(second.rhs - first.rhs))
    if sides is None:
        return None
    small, large, scale = sides
    if inequality(facts, context, Term(s.head, (small, large)), depth - 1) is None:
        return None
    name = "log_strictly_increasing" if s.head == "Lt" else "log_increasing"
    used = facts.use(context, ledger()[name], {"a": small, "b": large})
    theorem = used and in_context(context, used)
    for k, t in enumerate((small, large)):
        form = normal_form(facts, context, Term("log", (t,)), ONE)
        if form is None or theorem is None:
            return None
        form = unify(facts, context, in_context(context, form), kept)
        theorem = kernel.rewrite((k,), theorem, form)
    if theorem is None:
        return None
    ends = kernel.side(1, first), kernel.side(1, second)
    middle = kernel.order(s.head, ((Fraction(1, scale), (0,)),), *ends, theorem)
    return kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))


def _without_logs(p: Polynomial) -> tuple[Term, Term, int] | None:
    """``(u, v, k)`` with ``k*p = log(v) - log(u)``; None when p is no sum of logarithms."""
    logs = {m[0][0]: c for m, c in p.items() if len(m) == 1 and m[0][0].head == "log"}
    rest = {m: c for m, c in p.items() if not (len(m) == 1 and m[0][0] in logs)}
    plain = all(m[0][1] == 1 for m in p if len(m) == 1 and m[0][0] in logs)
    mixed = any(a.head in ("log", "Sum") for m in rest for a, _ in m)
    scale = lcm(*(c.denominator for c in logs.values())) if logs else 0
    if not logs or not plain or mixed or len(p) > MOST_TERMS:
        return None
    if any(abs(c) * scale > LARGEST_POWER for c in logs.values()):
        return None
    small: list[Term] = []
    large: list[Term] = []
    for log, c in logs.items():
        power = number(abs(c) * scale)
        factor = log.args[0] if power == ONE else Term("Pow", (log.args[0], power))
        (large if c > 0 else small).append(factor)
    for factors, sign in ((large, 1), (small, -1)):
        own = {m: abs(c) * scale for m, c in rest.items() if c * sign > 0}
        if own:
            factors.append(Term("exp", (term_of(own),)))
    return _product(small), _product(large), scale


def _product(factors: list[Term]) -> Term:
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Term("Mul", tuple(factors))
