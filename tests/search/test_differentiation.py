"""Derivatives: the table, members of families for every size, derivatives of derivatives."""

import pytest

from derive.context import EMPTY
from derive.plain import declare, read
from derive.search.facts import Facts
from derive.search.justify import Steps, justify
from derive.verdicts import prove

GIVEN = (
    "x in Real; a in Real; p in Unit; n in Natural; m in Natural; d in Natural; "
    "z[i] in Real for i in 1..m; q[i] in Unit for i in 1..m; y[i] in Real for i in 1..m; "
    "W[i,j] in Real for i in 1..n, j in 1..m; j in 1..m; k in 1..m; r in 1..n"
)

TRUE = {
    "three factors": ("Derivative(x*exp(x)*a, x)", "(1 + x)*exp(x)*a"),
    "a quotient": ("Derivative(x/(1 + x**2), x)", "(1 - x**2)/(1 + x**2)**2"),
    "twice": ("Derivative(exp(a*x), x, x)", "a**2*exp(a*x)"),
    "thrice": ("Derivative(x**4, x, x, x)", "24*x"),
    "a bounded symbol": ("Derivative(log(p/(1 - p)), p)", "1/p + 1/(1 - p)"),
    "one member": ("Derivative(Sum(z[i]**2, (i, 1, m)), z[j])", "2*z[j]"),
    "another member": ("Derivative(z[k], z[j])", "KroneckerDelta(k, j)"),
    "a bounded member": ("Derivative(Sum(y[i]*log(q[i]), (i, 1, m)), q[j])", "y[j]/q[j]"),
    "its complement": ("Derivative(Sum(log(1 - q[i]), (i, 1, m)), q[j])", "-1/(1 - q[j])"),
    "two indices": (
        "Derivative(Sum(Sum(W[i,k]**2, (k, 1, m)), (i, 1, n)), W[r,j])",
        "2*W[r,j]",
    ),
    "below a function": (
        "Derivative(exp(Sum(y[i]*z[i], (i, 1, m))), z[j])",
        "y[j]*exp(Sum(y[i]*z[i], (i, 1, m)))",
    ),
    "softmax": (
        "Derivative(softmax(z[i], (i, 1, m), k), z[j])",
        "softmax(z[i], (i, 1, m), k)*(KroneckerDelta(k, j) - softmax(z[i], (i, 1, m), j))",
    ),
    "log-sum-exp twice": (
        "Derivative(logsumexp(z[i], (i, 1, m)), z[j], z[k])",
        "softmax(z[i], (i, 1, m), j)*(KroneckerDelta(j, k) - softmax(z[i], (i, 1, m), k))",
    ),
    "a sum of derivatives": (
        "Sum(Derivative(Sum(z[i]**2, (i, 1, m)), z[k]), (k, 1, m))",
        "Sum(2*z[k], (k, 1, m))",
    ),
}

FALSE = {
    "a kink": ("Derivative(Abs(x), x)", "sign(x)"),
    "another factor": ("Derivative(Sum(z[i]**2, (i, 1, m)), z[j])", "z[j]"),
    "every member at once": ("Derivative(Sum(z[i], (i, 1, m)), z[j])", "m"),
    "the wrong member": ("Derivative(Sum(y[i]*z[i], (i, 1, m)), z[j])", "y[k]"),
}


def follows(formula: str, value: str) -> bool:
    context = declare(GIVEN, EMPTY)
    a, b = read(formula, context), read(value, context)
    return justify(Facts(), context, "Eq", a, b, Steps(derivative=True)) is not None


@pytest.mark.parametrize("case", TRUE)
def test_derivative_is_evaluated(case: str) -> None:
    assert follows(*TRUE[case])


@pytest.mark.parametrize("case", FALSE)
def test_wrong_value_does_not_follow(case: str) -> None:
    assert not follows(*FALSE[case])


MOMENTS = "l > 0; a > 0; m in Real; t in Real; t < l"
BELOW_A_POLE = [
    ("Derivative(log(l - t), t, t)", "-1/(l - t)**2"),
    ("Derivative((1 - t/l)**(-a), t)", "a/l*(1 - t/l)**(-a - 1)"),
    ("Derivative(l/(l - t)*exp(m*t), t, t)",
     "l/(l - t)*exp(m*t)*((1/(l - t) + m)**2 + 1/(l - t)**2)"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "value"), BELOW_A_POLE)
def test_the_point_lies_where_a_hypothesis_says(formula: str, value: str) -> None:
    from derive.search.prove import equal

    context = declare(MOMENTS, EMPTY)
    a, b = read(formula, context), read(value, context)
    assert equal(Facts(), context, a, b) is not None
    wider = declare("l > 0; a > 0; m in Real; t in Real", EMPTY)
    assert equal(Facts(), wider, a, b) is None


@pytest.mark.parametrize(
    ("claim", "given", "verdict"),
    [
        ("Subs(Derivative(Derivative(c/(c - t), t), t), t, 0) = 2/c**2", "c > 0", "proved"),
        ("Subs(Derivative(Derivative(c/(c - t), t), t), t, 2*c) = -2/c**2", "c > 0", "proved"),
        ("Subs(Derivative(Derivative(log(1 - 2*t), t), t), t, 0) = -4", "", "proved"),
        ("Derivative(c/(c - t), t, t) = 2*c/(c - t)**3", "c > 0; t > c", "proved"),
        ("Subs(Derivative(Derivative(c/(c - t), t), t), t, 0) = 1/c**2", "c > 0", "refuted"),
        ("Subs(Derivative(Derivative(c/(c - t), t), t), t, c) = -2/c**2", "c > 0", "refuted"),
        ("Subs(Derivative(Derivative(log(1 - 2*t), t), t), t, 1/2) = -4", "", "refuted"),
    ],
)
def test_second_derivatives_between_gaps(claim: str, given: str, verdict: str) -> None:
    assert prove(claim, given=given).verdict == verdict
