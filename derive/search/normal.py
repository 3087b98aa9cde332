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
from derive.search.comparison import spread
from derive.search.differentiation import evaluation
from derive.search.equations import carried, equate, reflexive
from derive.search.given import unrolling
from derive.search.linearity import linear
from derive.search.rewriting import Equation, Method, term_of
from derive.term import Term, is_number, number

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Rules from left to right; none of them can be used for ever.
WRITING_OUT = (
    "sigmoid_definition", "softplus_definition", "softmax_definition", "logsumexp_definition",
    "tanh_definition", "sinh_definition", "cosh_definition", "log_2_definition",
    "log_b_definition", "xlogy_definition", "xlogy_zero",
    "log_exp", "exp_log", "log_one", "log_e", "exp_zero", "log_product", "log_quotient",
    "log_power", "log_of_product", "exp_sum", "exp_difference", "exp_negative", "exp_of_e",
    "pow_zero", "pow_one", "one_pow", "pow_sum", "pow_difference",
    "sum_zero", "sum_constant", "product_mul", "product_one", "product_of_constant",
    "bit_square", "abs_nonneg", "abs_neg", "max_left", "max_right", "min_left", "min_right",
    "delta_equal", "delta_square", "abs_square", "sqrt_square", "square_sqrt",
    "delta_product", "delta_product_swapped", "sum_delta_one", "sum_delta_one_swapped",
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


def _disordered(t: Term) -> bool:
    """Of two sums over independent ranges the one whose range is spelled first is inmost."""
    inner = t.args[0]
    independent = inner.head == "Sum" and all(a.loose == 0 for a in inner.args[1:])
    return independent and str(inner.args[1:]) > str(t.args[1:])


#: Rules for some of the terms that they match only.
GUARDED: dict[str, Callable[[Term], bool]] = {
    "pow_definition": _open_exponent,
    "exp_power": _open_exponent,
    "sum_exchange": _disordered,
}


def unfold(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """A mass or density is its formula."""
    return facts.unfolded(context, t)


def together(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``log(a + b/c) = log((a*c + b)/c)``: one quotient, so that the log can be split."""
    if t.head != "log" or t.args[0].head not in ("Add", "Mul", "Neg"):
        return None
    from derive.polynomial import quotient

    try:
        numerator, denominator = quotient(t.args[0])
    except SizeError:
        return None
    if len(denominator) == 1 and () in denominator:
        return None
    joined = Term("Div", (term_of(numerator), term_of(denominator)))
    equal = equate(facts, context, t.args[0], joined)
    start = reflexive(facts, context, t)
    if equal is None or start is None:
        return None
    return kernel.rewrite((1, 0), start, equal)


def primitive(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``log(a*b + a*c) = log(a*(b + c))``: what divides every summand stands in front."""
    if t.head != "log" or t.args[0].head != "Add":
        return None
    try:
        p = spread(t.args[0])
    except SizeError:
        return None
    common: dict[Term, int] | None = None
    for m in p:
        exponents = dict(m)
        if common is None:
            common = exponents
        else:
            common = {a: min(e, exponents[a]) for a, e in common.items() if a in exponents}
    if not common:
        return None
    rest = {
        tuple((a, e - common.get(a, 0)) for a, e in m if e > common.get(a, 0)): c
        for m, c in p.items()
    }
    front = term_of({tuple(common.items()): next(iter(p.values())) * 0 + 1})
    equal = equate(facts, context, t.args[0], Term("Mul", (front, term_of(rest))))
    start = reflexive(facts, context, t)
    if equal is None or start is None:
        return None
    return kernel.rewrite((1, 0), start, equal)


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


@cache
def methods() -> tuple[Method, ...]:
    """What the normal form does besides rewriting with equations."""
    return (unfold, together, primitive, multiple, linear)


def derivatives() -> tuple[list[Equation], tuple[Method, ...]]:
    """The table of derivatives, for terms that have one."""
    found, ways = evaluation()
    return list(found), tuple(ways)
