"""The normal form: everything that is defined by something simpler is written out.

Losses come to one shape: polynomials over symbols, members of families, logarithms of
positive polynomials, exponentials of one monomial, sums of one monomial over a range,
absolute values and Kronecker deltas.  Two terms with the same form are equal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.calculus.differentiation import evaluation
from derive.search.equations import carried, equate, reflexive
from derive.search.forms.binomials import expanded
from derive.search.forms.gammas import stepped
from derive.search.forms.logarithms import prime_logs, primitive, together
from derive.search.forms.parity import odd, turned
from derive.search.forms.rewriting import Equation, Method, term_of
from derive.search.forms.spreading import spread
from derive.search.given import unrolling
from derive.search.matching import match
from derive.search.sums.linearity import linear
from derive.search.sums.ranges import from_one
from derive.term import BINDERS, Term, is_number, number

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Rules from left to right; none of them can be used for ever.
WRITING_OUT = (
    "sigmoid_definition", "softplus_definition", "softmax_definition", "logsumexp_definition",
    "tanh_definition", "sinh_definition", "cosh_definition", "log_2_definition",
    "log_b_definition", "xlogy_definition", "xlogy_zero",
    "log_exp", "exp_log", "log_one", "log_e", "exp_zero", "log_product", "log_quotient",
    "log_power", "log_of_product", "exp_sum", "exp_difference", "exp_negative", "exp_of_e",
    "pow_of_negative", "pow_zero", "pow_one", "one_pow", "zero_pow", "pow_sum", "pow_difference",
    "pow_sum_natural", "pow_sum_integer", "pow_difference_integer", "pow_product_natural",
    "pow_of_product_natural", "pow_of_quotient_natural", "pow_reciprocal_integer",
    "binomial_gamma", "factorial_definition", "beta_definition", "loggamma_definition",
    "gamma_one", "gamma_half",
    "sum_zero", "sum_constant", "sum_of_range", "sum_of_squared_range",
    "product_mul", "product_one", "product_of_constant",
    "bit_square", "abs_nonneg", "abs_neg", "sign_positive", "sign_negative", "sign_zero",
    "max_left", "max_right", "min_left", "min_right",
    "erf_zero", "sin_zero", "cos_zero", "atan_zero",
    "delta_equal", "delta_square", "abs_square", "sqrt_square", "square_sqrt",
    "delta_product", "delta_product_swapped", "sum_delta_one", "sum_delta_one_swapped",
    "sum_but_one", "sum_but_one_swapped",
    "sum_exchange",
)  # fmt: skip


#: Rules from right to left.
BACKWARDS = ("exp_of_sum",)


@cache
def equations() -> tuple[Equation, ...]:
    """What the normal form rewrites with."""
    rules = ledger()
    named = [Equation.of_rule(rules[name]) for name in WRITING_OUT]
    guarded = [Equation.of_rule(rules[name], where) for name, where in GUARDED.items()]
    turned = [Equation.of_rule(rules[name]).reversed for name in BACKWARDS]
    return (*named, *guarded, *turned, *unrolling())


def _open_exponent(t: Term) -> bool:
    """A power is written with exp unless its exponent is a number."""
    return not is_number(t.args[1])


#: Rules for some of the terms that they match only.
GUARDED: dict[str, Callable[[Term], bool]] = {
    "pow_definition": _open_exponent,
    "exp_power": _open_exponent,
    "pow_bit": _open_exponent,  # for a base that is not found to be positive
}


def unfold(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """A mass or density is its formula."""
    return facts.unfolded(context, t)


def multiple(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``exp(n*u) = exp(u)**n`` for a number n, and ``exp((u + v)/c) = exp(u/c + v/c)``."""
    if t.head != "exp":
        return None
    try:
        p = spread(t.args[0])
    except SizeError:
        return None
    if len(p) > 1 and t.args[0].head != "Add":
        target = term_of(p)
        equal = equate(facts, context, t.args[0], target)
        start = reflexive(facts, context, t)
        if equal is None or start is None:
            return None
        return kernel.rewrite((1, 0), start, equal)
    if len(p) != 1:
        return None
    ((m, c),) = p.items()
    if not m or c.denominator != 1 or c == 1 or abs(c) > 16:
        return None
    base = term_of({m: c / c})
    rule = ledger()["exp_multiple"]
    power = facts.use(context, rule, {"a": number(c), "b": base})
    if power is None:
        return None
    return carried(facts, context, power, (0,), t)


def nested(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Sum(Sum(f[j]*g[i, j], (j, ..)), (i, ..))``: i is summed first, so that f stands apart."""
    inner = t.args[0] if t.head == "Sum" else t
    if t.head != "Sum" or inner.head != "Sum" or any(a.loose for a in inner.args[1:]):
        return None
    factors = inner.args[0].args if inner.args[0].head == "Mul" else (inner.args[0],)
    apart = any(0 in _levels(f) and 1 not in _levels(f) for f in factors)
    if not apart:
        return None
    rule = ledger()["sum_exchange"]
    for mapping in match(rule.statement.args[0], t, rule.context):
        used = facts.use(context, rule, mapping)
        if used is not None and used.lhs == t:
            return used
    return None


def _levels(t: Term, depth: int = 0) -> set[int]:
    """The bound variables that a term leaves open."""
    if t.head == "bound":
        return {t.value - depth}
    under = BINDERS.get(t.head, 0)
    return {k for n, a in enumerate(t.args) for k in _levels(a, depth + (n < under)) if k >= 0}


def root(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``b**(-1/2) = 1/b**(1/2)``."""
    if t.head != "Pow" or not is_number(t.args[1]):
        return None
    e = t.args[1].value
    if e >= 0 or e.denominator == 1:
        return None
    used = facts.use(context, ledger()["pow_reciprocal"], {"b": t.args[0], "e": number(-e)})
    return None if used is None else carried(facts, context, used, (0,), t)


def moved_delta(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``KroneckerDelta(i + c, k) = KroneckerDelta(i, k - c)`` for a number c."""
    if t.head != "KroneckerDelta" or t.args[0].head != "Add":
        return None
    from derive.search.sums.shifts import moved

    return moved(facts, context, t)


@cache
def methods() -> tuple[Method, ...]:
    """What the normal form does besides rewriting with equations."""
    from derive.search.calculus.integrals import written_out

    return (
        written_out, unfold, together, primitive, multiple, odd, turned, root, prime_logs, stepped,
        expanded, nested, linear, from_one, moved_delta,
    )  # fmt: skip


def derivatives() -> tuple[list[Equation], tuple[Method, ...]]:
    """The table of derivatives, for terms that have one."""
    found, ways = evaluation()
    return list(found), tuple(ways)
