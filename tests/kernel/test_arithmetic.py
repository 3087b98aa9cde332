"""Rational identities, order, exact numbers, total functions, integers."""

from fractions import Fraction

import pytest

from derive import kernel
from derive.domains import INTEGER
from derive.plain import declare, read
from derive.polynomial import LARGEST_EXPONENT
from derive.term import Term, number
from tests.kernel.proving import (
    X,
    given,
    k,
    member,
    n,
    real,
    refused,
    same,
    says,
    whole,
    x,
    y,
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("(x + y)*(x - y)", "x*x - y*y"),
        ("2*(x + 1/2)", "1 + 2*x"),
        ("exp(x)*y + y*exp(x)", "2*exp(x)*y"),
        ("-(x - y)", "y - x"),
    ],
)
def test_equal_rational_functions(a, b):
    says(same(a, b), f"{a} = {b}")


def test_ring_refuses():
    refused("differ as rational functions", kernel.ring, real("x"), real("y"))
    refused("differ as rational functions", kernel.ring, real("exp(x + y)"), real("exp(y + x)"))
    refused("expected 't in Real'", kernel.ring, same("x", "x"), real("x"))
    c = declare("u in Partial")
    refused("expected 't in Real'", kernel.ring, *[kernel.declared(c, "u")] * 2)


def test_a_removable_singularity_stays():
    """x/x = 1 where x/x is defined; nobody gets it for every real x."""
    c = declare("x in Real; x/x in Real")
    says(kernel.ring(given(c), whole(c, 1)), "x/x = 1")
    refused("is not defined everywhere", kernel.total, x / x, real("x"), real("x"))
    refused("differ as rational functions", kernel.ring, given(c), whole(c, 2))


def test_a_divisor_zero_is_not_multiplied_away():
    """0/0 and 2 are equal as polynomials over a denominator 0; the first is not defined."""
    sides = real("x - x"), real("x - x")
    refused("is not defined everywhere", kernel.total, (x - x) / (x - x), *sides)


def test_large_powers_are_not_multiplied_out():
    c = declare("x in Real; y in Real; x**100 in Real; x*x**99 in Real")
    high, product = given(c, 0), given(c, 1)
    assert LARGEST_EXPONENT < 99
    assert kernel.ring(high, high).lhs == read("x**100", c)
    refused("differ as rational functions", kernel.ring, high, product)
    names = [f"a{i}" for i in range(150)]
    d = declare("; ".join(f"{name} in Real" for name in names))
    long = " + ".join(names)
    refused("is not multiplied out", kernel.ring, real(f"({long})*({long})", d), real("a0", d))


F = Fraction


class TestOrder:
    C = declare("x in Real; y in Real; z in Real; x <= y; x < z; y = z; x != z")
    LE, LT, EQ, NE = given(C, 0), given(C, 1), given(C, 2), given(C, 3)

    def order(self, relation, combination, a, b):
        sides = real(a, self.C), real(b, self.C)
        return kernel.order(relation, combination, *sides, self.LE, self.LT, self.EQ, self.NE)

    @pytest.mark.parametrize(
        ("relation", "combination", "a", "b"),
        [
            ("Le", (), "x", "x"),
            ("Le", ((F(2), (0,)),), "2*x", "2*y"),
            ("Lt", ((F(1), (1,)), (F(1, 2), (0,))), "x + 1/2*x", "z + 1/2*y"),
            ("Le", ((F(1), (0, 1)),), "0", "(y - x)*(z - x)"),
            ("Lt", ((F(1), (1, 1)),), "0", "(z - x)*(z - x)"),
            ("Lt", ((F(1), (3, 3)),), "0", "(z - x)*(z - x)"),
            ("Lt", ((F(1), (3, 1, 3)),), "0", "(z - x)*(z - x)*(z - x)"),
            ("Lt", ((F(3), ()),), "x", "x + 3"),
            ("Le", ((F(-5), (2,)),), "5*z", "5*y"),
            ("Le", ((F(0), (2,)),), "x", "x"),
            ("Le", ((F(1), (1,)),), "x", "z"),
        ],
    )
    def test_positive_combinations(self, relation, combination, a, b):
        assert self.order(relation, combination, a, b).statement.head == relation

    @pytest.mark.parametrize(
        ("message", "relation", "combination", "a", "b"),
        [
            ("coefficient -1 is not positive", "Le", ((F(-1), (0,)),), "y", "x"),
            ("coefficient 0 is not positive", "Le", ((F(0), (0,)),), "x", "x"),
            ("coefficient -1 is not positive", "Lt", ((F(-1), ()),), "1", "0"),
            ("sign of a product", "Lt", ((F(1), (3,)),), "x", "z"),
            ("sign of a product", "Lt", ((F(1), (3, 3, 3)),), "x", "z"),
            ("sign of a product", "Le", ((F(-1), (2, 3)),), "0", "-((z - y)*(z - x))"),
            ("Lt does not follow", "Lt", (), "x", "x"),
            ("Lt does not follow", "Lt", ((F(1), (0,)),), "x", "y"),
            ("Lt does not follow", "Lt", ((F(1), (2,)),), "y", "z"),
            ("Lt does not follow", "Lt", ((F(1), (0, 1)),), "0", "(y - x)*(z - x)"),
            ("Lt does not follow", "Lt", ((F(-1), (2, 1)),), "0", "(y - z)*(z - x)"),
            ("Eq does not follow", "Eq", (), "x", "x"),
            ("Ne does not follow", "Ne", ((F(1), (1,)),), "x", "z"),
            ("a factor is not a premise", "Le", ((F(1), (4,)),), "x", "y"),
            ("a factor is not a premise", "Le", ((F(1), (-1,)),), "x", "y"),
            (r"y - \(x\) is not", "Le", ((F(2), (0,)),), "x", "y"),
            (r"x - \(y\) is not", "Le", ((F(1), (0,)),), "y", "x"),
        ],
    )
    def test_refusals(self, message, relation, combination, a, b):
        refused(message, self.order, relation, combination, a, b)

    def test_a_premise_that_compares_nothing(self):
        refused("sign of a product", kernel.order, "Le", ((F(1), (0,)),), *[real("x", self.C)] * 3)

    def test_the_same_inequality_twice_is_no_square(self):
        """Two premises ``x != z`` do not make the even number of one of them."""
        sides = real("0", self.C), real("z*z - 2*x*z + x*x", self.C)
        refused("sign", kernel.order, "Lt", ((F(1), (0, 1)),), *sides, self.NE, self.NE)

    def test_all_premises_count_for_the_context(self):
        more = self.C.declare("q", Term("Positive"))
        unused = kernel.declared(more, "q")
        sides = real("x", self.C), real("y", self.C)
        assert kernel.order("Le", ((F(1), (0,)),), *sides, self.LE, unused).context is more


def test_exact_numbers():
    assert whole(X, 3).statement == member(number(3), INTEGER)
    assert kernel.numeral(X, number(F(1, 2))).statement == member(number(F(1, 2)))
    refused("x is not an exact number", kernel.numeral, X, x)
    refused("is no term", kernel.numeral, X, Term("number", (), 0.5))


def test_total_functions():
    assert real("Max(x, exp(y))").statement == member(read("Max(x, exp(y))", X))
    refused("log is not defined everywhere", kernel.total, read("log(x)", X), real("x"))
    refused("Div is not defined everywhere", kernel.total, x / y, real("x"), real("y"))
    refused("sin_of is not defined", kernel.total, Term("sin_of", (x,)), real("x"))
    refused("expected the arguments of", kernel.total, x + y, real("y"), real("x"))
    refused("expected the arguments of", kernel.total, x + y, real("x"))
    refused(
        "takes? .*3 arguments", kernel.total, Term("KroneckerDelta", (x, x, x)), *[real("x")] * 3
    )
    refused("total: ", kernel.total, Term("E"))


def test_integers():
    whole_k, whole_n = kernel.declared(X, "k"), kernel.promise(0, kernel.declared(X, "n"))
    for t in (k + n, k * n, Term("Max", (k, n)), Term("Min", (k, n))):
        assert kernel.whole(t, whole_k, whole_n).statement == member(t, INTEGER)
    for t in (-k, abs(k)):
        assert kernel.whole(t, whole_k).statement == member(t, INTEGER)
    refused("may be a fraction", kernel.whole, k / n, whole_k, whole_n)
    refused("may be a fraction", kernel.whole, k**n, whole_k, whole_n)
    refused("expected proofs of", kernel.whole, k + n, whole_n, whole_k)
    refused("expected proofs of", kernel.whole, x + x, real("x"), real("x"))
    refused("does not take 2", kernel.whole, Term("Abs", (k, k)), whole_k, whole_k)
