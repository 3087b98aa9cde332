"""What is taken apart once has the values of the evaluation, box by box."""

from fractions import Fraction

import flint
import pytest

from derive.plain import declare, read
from derive.refute.balls import Evaluation, working
from derive.refute.integrals import Box, on_box
from derive.refute.quick import quick
from derive.term import abstract

C = declare("x in Real; a > 0")
FORMULAS = [
    "x", "3", "a*x + 1", "-x", "exp(-x**2)/a", "x**a", "x**(a - 2)", "(1 - x)**3", "sin(a*x)",
    "log(x)*x", "Piecewise((x, 0 < a), (1/x, True))", "Sum(x**k, (k, 0, 3))",
    "NormalDensity(x, 0, a)", "Derivative(x**3, x)", "Max(a, 2)*x", "beta(a, 2)*x",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_values_agree(text):
    body = abstract(read(text, C), "x")
    with working(64):
        run = Evaluation({"a": Fraction(3)}, 10_000)
        box = flint.acb("0.7 +/- 0.01")
        slow = on_box(run, body, box)
        run.scope.append(box)
        fast = quick(run, body, lambda t: on_box(run, t, box))(box)
    assert fast.overlaps(slow)
    assert abs(fast - slow).mid() < 1e-10


def test_what_is_not_analytic_is_told():
    run = Evaluation({}, 1000)
    root = abstract(read("x**(1/2)", C), "x")
    with working(64), pytest.raises(Box):
        quick(run, root, lambda _: None)(flint.acb("0 +/- 0.1"))
