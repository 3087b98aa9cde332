"""The table of meanings, one line at a time, and derivatives against known values."""

from fractions import Fraction

import pytest

from derive.domains import BIT, NONNEGATIVE
from derive.functions import (
    FUNCTIONS,
    Abs,
    Eq,
    KroneckerDelta,
    Le,
    Lt,
    Max,
    Ne,
    Piecewise,
    Product,
    Sum,
    binomial,
    derivative,
    exp,
    factorial,
    gamma,
    log,
    logsumexp,
    sign,
    softmax,
    sqrt,
    xlogy,
)
from derive.refute.balls import UNDEFINED, UNKNOWN, evaluate, holds, missing_heads
from derive.refute.numbers import IllFormed, bounds, decimals
from derive.refute.truth import both_undefined
from derive.refute.values import VALUES
from derive.term import apply, bind, bound, member, number, symbol, term

x, y, n, i, j = map(symbol, ["x", "y", "n", "i", "j"])
F = Fraction
HALF = F(1, 2)


def at(t, **values):
    return evaluate(t, {k: F(v) if isinstance(v, int) else v for k, v in values.items()})


def integral(body, low, high):
    return bind("Integral", "x", body, term(low), term(high))


EXACT = [
    (x**y, {"x": 0, "y": 2}, 0),
    (x**y, {"x": 0, "y": HALF}, 0),
    (x**y, {"x": 0, "y": 0}, 1),
    (x**y, {"x": -2, "y": 3}, -8),
    (x**y, {"x": -2, "y": -1}, -HALF),
    (x**y, {"x": F(4, 9), "y": HALF}, F(2, 3)),
    (x**y, {"x": 8, "y": F(-2, 3)}, F(1, 4)),
    (xlogy(x, y), {"x": 0, "y": 0}, 0),
    (Sum(1 / i, (i, 1, n)), {"n": 0}, 0),
    (Product(i, (i, 1, n)), {"n": 0}, 1),
    (Sum(i, (i, 1, n)), {"n": 4}, 10),
    (Product(i, (i, 1, n)), {"n": 4}, 24),
    (Sum(1, (i, 5, n)), {"n": 2}, 0),
    (Piecewise((1, Eq(x, 0)), (1 / x, True)), {"x": 0}, 1),
    (KroneckerDelta(x, y), {"x": 2, "y": 2}, 1),
    (KroneckerDelta(x, y), {"x": 2, "y": 3}, 0),
    (Max(x, y, 3), {"x": 2, "y": 7}, 7),
    (apply("Min", x, y), {"x": 2, "y": 7}, 2),
    (apply("floor", x), {"x": F(-1, 2)}, -1),
    (sign(x), {"x": -3}, -1),
    (Abs(x), {"x": -3}, 3),
    (factorial(x), {"x": 5}, 120),
    (gamma(x), {"x": 5}, 24),
    (binomial(x, y), {"x": 5, "y": 2}, 10),
    (binomial(x, y), {"x": HALF, "y": 2}, F(-1, 8)),
    (apply("beta", x, y), {"x": 2, "y": 3}, F(1, 12)),
    (apply("log_2", x), {"x": F(1, 8)}, -3),
    (log(x), {"x": 1}, 0),
    (exp(x), {"x": 0}, 1),
    (apply("sigmoid", x), {"x": 0}, HALF),
    (softmax(i * x, (i, 1, 1), 1), {"x": 5}, 1),
    (logsumexp(i * x, (i, 2, 2)), {"x": 5}, 10),
]


@pytest.mark.parametrize(("t", "values", "expected"), EXACT)
def test_exact_values(t, values, expected):
    assert at(t, **values) == expected


UNDEFINED_AT = [
    (x**y, {"x": 0, "y": -1}),
    (x**y, {"x": -1, "y": HALF}),
    (x**y, {"x": -8, "y": F(1, 3)}),
    (x / y, {"x": 0, "y": 0}),
    (0 * log(x), {"x": 0}),
    (log(x), {"x": -1}),
    (apply("log_2", x), {"x": 0}),
    (apply("log_b", x, y), {"x": 2, "y": 1}),
    (xlogy(x, y), {"x": 1, "y": 0}),
    (Sum(i, (i, 1, n)), {"n": HALF}),
    (Sum(1 / (i - 2), (i, 1, n)), {"n": 3}),
    (Product(i, (i, 1, n)) + 1 / x, {"n": 3, "x": 0}),
    (Piecewise((1 / x, Eq(x, 0)), (1, True)), {"x": 0}),
    (Piecewise((1, Lt(1 / x, 0)), (1, True)), {"x": 0}),
    (Piecewise((1, Lt(x, 0))), {"x": 0}),
    (gamma(x), {"x": 0}),
    (gamma(x), {"x": -3}),
    (factorial(x), {"x": -1}),
    (binomial(x, y), {"x": -1, "y": 0}),
    (apply("loggamma", x), {"x": 0}),
    (apply("digamma", x), {"x": -HALF}),
    (apply("beta", x, y), {"x": 0, "y": 1}),
    (apply("besselk", x, y), {"x": 1, "y": 0}),
    (logsumexp(i, (i, 1, n)), {"n": 0}),
    (derivative(Abs(x), x), {"x": 0}),
    (derivative(Max(x, 2 * x), x), {"x": 0}),
    (derivative(sign(x), x), {"x": 0}),
    (derivative(sqrt(x), x), {"x": 0}),
    (derivative(x ** F(3, 2), x), {"x": 0}),
    (derivative(log(x), x), {"x": 0}),
    (derivative(Piecewise((0, Lt(x, 0)), (1, True)), x), {"x": 0}),
    (derivative(Piecewise((0, Eq(x, 0)), (1, True)), x), {"x": 0}),
    (derivative(x**2, x, BIT), {"x": 1}),
    (derivative(x**2, x, NONNEGATIVE), {"x": 0}),
    (derivative(apply("floor", x), x), {"x": 2}),
    (derivative(KroneckerDelta(x, 2), x), {"x": 2}),
]


@pytest.mark.parametrize(("t", "values"), UNDEFINED_AT)
def test_certainly_undefined(t, values):
    assert at(t, **values) is UNDEFINED


SLOPES = [
    (x**3, 2, 12),
    (x * Abs(x), 0, 0),
    (Abs(x), -2, -1),
    (Max(x, 3), 5, 1),
    (Max(x, 3), 2, 0),
    (Piecewise((x**2, Lt(x, 0)), (0, True)), 0, 0),
    (x**2 * sign(x), 0, 0),
    (apply("floor", x) * x, F(5, 2), 2),
    (x**0, 0, 0),
    (derivative(x**4, x), 2, 48),
    (derivative(x**2 * y, x) * x, 3, 12),
    (log(x), 4, F(1, 4)),
    (1 / x, 2, F(-1, 4)),
    (Sum(x**i, (i, 0, 3)), 2, 17),
    (xlogy(0, x), 2, 0),
]


@pytest.mark.parametrize(("t", "point", "expected"), SLOPES)
def test_exact_slopes(t, point, expected):
    assert at(derivative(t, x), x=point, y=1) == expected


@pytest.mark.parametrize("head", sorted(h for h in VALUES if h in FUNCTIONS))
def test_slopes_agree_with_differences(head):
    arity = FUNCTIONS[head].arity
    names, values = ["x", "y"][:arity], [F(7, 3), F(5, 4)][:arity]
    f = apply(head, *map(symbol, names))
    for k, name in enumerate(names):
        slope = at(derivative(f, symbol(name)), **dict(zip(names, values, strict=True)))
        if slope is UNKNOWN:
            assert VALUES[head].slopes[k] is None
            continue
        step = F(1, 10**6)
        ends = []
        for change in (step, -step):
            moved = dict(zip(names, values, strict=True))
            moved[name] += change
            ends.append(bounds(at(f, **moved))[0])
        assert abs((ends[0] - ends[1]) / (2 * step) - bounds(slope)[0]) < F(1, 10**6)


def test_every_head_has_a_value():
    assert missing_heads() == ()


def test_members_outside_their_range_are_an_error():
    family = {(1,): F(2)}
    assert evaluate(member("x", number(1)), {"x": family}) == 2
    with pytest.raises(IllFormed, match=r"x\[2\]"):
        evaluate(member("x", number(2)), {"x": family})
    with pytest.raises(IllFormed, match="y has no value"):
        evaluate(y, {"x": family})


def test_one_member_is_varied():
    t = derivative(Sum(member("x", i) ** 2, (i, 1, n)), member("x", number(2)))
    assert at(t, n=3, x={(k,): F(k) for k in (1, 2, 3)}) == 4


def test_abstract_functions_are_differentiated():
    t = derivative(member("f", x) ** 2, x)
    assert at(t, x=3, f=bound(0) ** 2) == 4 * 27


def test_what_balls_cannot_decide_is_unknown():
    root = sqrt(x) * sqrt(x) - 2
    assert at(1 / root, x=2) is UNKNOWN
    assert at(log(root), x=2) is UNKNOWN
    assert at(derivative(Abs(x**2), x), x=0) == 0
    assert at(derivative(sqrt(x**2), x), x=0) is UNKNOWN


def test_fine_questions_are_refined():
    tiny = exp(x) - exp(x + F(1, 10**60))
    low, high = bounds(at(Max(sign(tiny), -5), x=1))
    assert low == high == -1


def test_integrals():
    low, high = bounds(at(integral(x**2, 0, 1)))
    assert low <= F(1, 3) <= high
    assert high - low < F(1, 10**12)
    low, high = bounds(at(integral(1 / x, 2, 1)))
    assert low < F(-693147, 10**6) < high + F(1, 10**6)
    assert at(integral(log(x), -2, -1)) is UNDEFINED
    assert at(integral(1 / y + x, 0, 1), y=0) is UNDEFINED


IMPROPER = [
    (exp(-x), 0, "oo", 1.0),
    (x**3 * exp(-2 * x), 0, "oo", 6 / 16),
    (exp(x), "-oo", 1, 2.718281828459045),
    (exp(-(x**2)), "-oo", "oo", 1.7724538509055159),
    (exp(-(x**2)), "oo", "-oo", -1.7724538509055159),
    ((x - 3) ** 2 * exp(-((x - 1) ** 2) / 2), "-oo", "oo", 5 * 2.5066282746310002),
    (
        log(exp(-(x**2)) / 2) * exp(-(x**2)),
        "-oo",
        "oo",
        -1.7724538509055159 * (0.5 + 0.6931471805599453),
    ),
    (apply("tanh", x) * exp(-x), 0, "oo", 0.5707963267948966),
]


@pytest.mark.parametrize(("body", "low", "high", "value"), IMPROPER)
def test_improper_integrals_are_enclosed(body, low, high, value):
    ends = [-apply("oo") if e == "-oo" else apply(e) if e == "oo" else e for e in (low, high)]
    below, above = bounds(at(integral(body, *ends)))
    assert below <= above
    assert above - below < F(1, 10**9)
    assert abs(float(below) - value) < 1e-8


@pytest.mark.parametrize(
    "body",
    [1 / x, exp(x), exp(x**2 - 3), log(x + 1) * exp(-x), apply("sin", 1 / (x - 20))],
)
def test_tails_without_a_bound_are_unknown(body):
    assert at(integral(body, 1, apply("oo"))) is UNKNOWN


def test_integrals_that_diverge_are_undefined():
    assert at(integral(x**2 - x, 1, apply("oo"))) is UNDEFINED
    assert at(integral(number(1), apply("oo"), 0)) is UNDEFINED
    assert at(integral(number(0) * number(3), 0, apply("oo"))) == 0
    assert at(integral(1 / x, 0, 1)) is UNDEFINED
    assert at(integral(x / x, -1, 1)) is UNDEFINED


@pytest.mark.parametrize(
    ("body", "low", "high", "value"),
    [
        (1 / sqrt(x), 0, 4, 4.0),
        (x ** number(F(-3, 4)), 0, 1, 4.0),
        (1 / (sqrt(1 - x) * sqrt(x)), 0, 1, 3.141592653589793),
        (log(x), 0, 1, -1.0),
        (log(1 - x) * x, 0, 1, -0.75),
        (sqrt(2 - x), 1, 2, 2 / 3),
    ],
)
def test_singular_ends_are_enclosed(body, low, high, value):
    below, above = bounds(at(integral(body, low, high)))
    assert above - below < F(1, 10**12)
    assert abs(float(below) - value) < 1e-12


K = symbol("k")
SERIES = [
    (number(F(1, 3)) ** K, 0, 1.5),
    ((-number(F(1, 3))) ** K, 0, 0.75),
    (K**2 * number(F(1, 3)) ** K, 1, 1.5),
    (number(3) ** K / apply("factorial", K), 0, 20.085536923187668),
    (apply("binomial", K + 3, K) * number(F(1, 3)) ** K, 0, 5.0625),
    (log(K + 2) * exp(-K), 0, 1.3159416962896),
    (log(apply("factorial", K)) * exp(-K), 0, 0.226957262),
]


@pytest.mark.parametrize(("body", "low", "value"), SERIES)
def test_sums_without_end_are_enclosed(body, low, value):
    below, above = bounds(at(bind("Sum", "k", body, term(low), apply("oo"))))
    assert above - below < F(1, 10**12)
    partial = bounds(at(bind("Sum", "k", body, term(low), term(60))))
    assert abs(float(below) - float(partial[0])) < 1e-9
    assert abs(float(below) - value) < 1e-5 or body.args[0].head == "log"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (number(1), UNDEFINED), (number(2) ** K, UNDEFINED), ((-number(1)) ** K, UNDEFINED),
        (1 / K, UNDEFINED), (1 / (K + 1), UNKNOWN), (apply("factorial", K), UNDEFINED),
        (apply("sin", K) / 2, UNKNOWN),
    ],
)  # fmt: skip
def test_sums_without_end_that_diverge(body, value):
    assert at(bind("Sum", "k", body, term(0), apply("oo"))) is value


def test_powers_of_balls_around_0():
    nothing = exp(x) - exp(x)
    for n in (1, 2, 3, 8):
        low, high = bounds(at(nothing**n, x=2))
        assert low <= 0 <= high < F(1, 10**9)
    assert at(nothing**-2, x=2) is UNKNOWN


def test_statements():
    assert holds(Eq(x, 2), {"x": F(2)}) is True
    assert holds(Eq(log(x), 2), {"x": F(2)}) is False
    assert holds(Eq(log(x), 2), {"x": F(0)}) is False
    assert holds(Eq(sqrt(x) ** 2, 2), {"x": F(2)}) is None
    both = Eq(1 / x, 2 / x)
    assert holds(both, {"x": F(0)}) is None
    assert both_undefined(both, {"x": F(0)})
    assert not both_undefined(Eq(1 / x, x), {"x": F(0)})
    every = bind("ForAll", "i", Le(member("x", i), 2), apply("Range", 1, n))
    assert holds(every, {"n": F(2), "x": {(1,): F(1), (2,): F(2)}}) is True
    assert holds(every, {"n": F(2), "x": {(1,): F(1), (2,): F(3)}}) is False
    assert holds(apply("And", Ne(x, 1), Lt(x, 3)), {"x": F(2)}) is True


def test_decimals_enclose():
    assert decimals(F(1, 3), 4) == ("0.3333", "0.3334")
    assert decimals(F(-1, 3), 4) == ("-0.3334", "-0.3333")
    assert decimals(F(0)) == ("0", "0")
    for value in (F(22, 7), F(10**40 + 1, 3), F(-1, 3 * 10**40), F(12345)):
        low, high = map(F, decimals(value))
        assert low <= value <= high
        assert high - low <= abs(value) / 10**10
