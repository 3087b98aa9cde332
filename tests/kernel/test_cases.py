"""Domains, cases, absurdity, branches of a Piecewise, interior points."""

from fractions import Fraction

import pytest

from derive import kernel
from derive.context import EMPTY
from derive.domains import BIT, INTEGER, NATURAL, POSITIVE, REAL, UNIT
from derive.functions import Eq, Le, Lt, Ne, Piecewise, derivative
from derive.plain import declare, read
from derive.term import ONE, ZERO, Term, number
from tests.kernel.proving import (
    TWO,
    X,
    affinely,
    apart,
    b,
    given,
    k,
    member,
    n,
    p,
    real,
    refused,
    same,
    says,
    w,
    whole,
    x,
)

F = Fraction


def test_a_term_that_keeps_every_promise_belongs():
    low, high = kernel.promise(0, real("p")), kernel.promise(1, real("p"))
    open_ = Term("Open", (ZERO, ONE))
    assert kernel.belongs(open_, p, low, high).statement == member(p, open_)
    assert kernel.belongs(POSITIVE, p, low).rhs == POSITIVE
    of_n = kernel.declared(X, "n")
    assert kernel.belongs(INTEGER, n, kernel.promise(0, of_n)).rhs == INTEGER
    bit = [kernel.promise(j, real("b")) for j in range(3)]
    assert kernel.belongs(BIT, b, *bit).statement == real("b").statement


def test_belongs_refuses():
    low, high = kernel.promise(0, real("p")), kernel.promise(1, real("p"))
    refused("expected proofs of", kernel.belongs, UNIT, p, high, low)
    refused("expected proofs of", kernel.belongs, UNIT, p, low)
    refused("expected proofs of", kernel.belongs, POSITIVE, x, low)
    refused("expected proofs of", kernel.belongs, NATURAL, n, kernel.promise(0, real("n")))
    pair = Term("FiniteSet", (ZERO, TWO))
    refused("not given by its bounds", kernel.belongs, pair, p, low, high)
    refused("z is not declared", kernel.belongs, Term("Open", (read("z"), ONE)), p, low, high)
    refused("belongs: ", kernel.belongs, Term("Partial"), p)
    refused("belongs: ", kernel.belongs, Term("Nowhere"), p)
    refused("expected proofs of", kernel.belongs, Term("Partial"), p, low)


def test_what_equals_a_listed_number_is_an_element():
    pair = Term("FiniteSet", (ONE, TWO))
    equation = same("1 + 1", "2")
    assert kernel.element(pair, equation).statement == member(ONE + ONE, pair)
    refused("does not give a member", kernel.element, BIT, equation)
    refused("does not give a member", kernel.element, Term("Range", (n, number(9))), equation)
    refused("does not give a member", kernel.element, pair, apart("1", "2", 1))
    refused("z is not declared", kernel.element, Term("FiniteSet", (TWO, read("z"))), equation)


def test_an_element_may_be_no_number():
    either = Term("FiniteSet", (x, w))
    assert kernel.element(either, same("x", "x")).statement == member(x, either)
    c = declare("x in Real; y in Real").declare("z", Term("FiniteSet", (x, read("y"))))
    z = kernel.declared(c, "z")
    refused("has no promise number 0", kernel.promise, 0, z)


def test_what_a_domain_promises():
    says(kernel.promise(0, real("p")), "0 < p")
    assert kernel.promise(0, real("n")).statement == member(n, INTEGER)
    refused("has no promise number 2", kernel.promise, 2, real("p"))
    refused("has no promise number -1", kernel.promise, -1, real("p"))
    refused("expected 't in Real'", kernel.promise, 0, same("x", "x"))
    refused(
        "expected 't in Real'", kernel.promise, 0, kernel.declared(declare("u in Partial"), "u")
    )


class TestCases:
    """0 <= x*x, for x < 0 and for 0 <= x."""

    NEGATIVE, POSITIVE = X.assume(Lt(x, 0)), X.assume(Le(ZERO, x))

    def square(self, context, c):
        sides = real("0", context), real("x*x", context)
        return kernel.order("Le", ((F(c), (0, 0)),), *sides, given(context))

    def test_both_cases(self):
        first, second = self.square(self.NEGATIVE, 1), self.square(self.POSITIVE, 1)
        found = kernel.cases(Lt(x, 0), first, second, real("x"), whole(X, 0))
        says(found, "0 <= x*x")
        assert found.context is X

    def test_refusals(self):
        first, second = self.square(self.NEGATIVE, 1), self.square(self.POSITIVE, 1)
        defined = real("x"), whole(X, 0)
        refused("not proved under", kernel.cases, Le(x, 0), first, second, *defined)
        refused("not proved under", kernel.cases, Lt(x, 0), second, first, *defined)
        refused("not proved under", kernel.cases, Lt(x, 0), first, first, *defined)
        refused("not proved under", kernel.cases, Lt(x, 0), real("x"), second, *defined)
        refused("cases: ", kernel.cases, Lt(x, 0), first, second, defined[0])
        other = same("x", "x", self.POSITIVE)
        refused("are not two cases of", kernel.cases, Lt(x, 0), first, other, *defined)
        further = X.declare("z", REAL).assume(Le(ZERO, x))
        refused("are not two cases of", kernel.cases, Lt(x, 0), first,
                self.square(further, 1), *defined)  # fmt: skip
        refused("stands in another context", kernel.cases, Lt(x, 0), first, second,
                real("x", self.NEGATIVE), defined[1])  # fmt: skip
        refused("expected that x is defined", kernel.cases, Lt(x, 0), first, second,
                real("y"), defined[1])  # fmt: skip

    def test_a_condition_that_is_no_comparison_has_no_opposite(self):
        both = Term("And", (Lt(x, 0), Lt(x, 1)))
        c = X.assume(both)
        refused("not proved under the hypothesis None", kernel.cases, both, same("x", "x", c),
                same("x", "x", c), real("x"), real("x"))  # fmt: skip

    def test_a_relation_in_theta_is_not_proved_by_cases(self):
        c = declare("s in Real; t in Real")
        negative, rest = c.assume(Lt(read("s"), 0)), c.assume(Le(ZERO, read("s")))
        relations = [
            kernel.affine(("t",), affinely("t", "t", d), apart("0", "1", 1, d))
            for d in (negative, rest)
        ]
        refused("speaks of a whole domain", kernel.cases, Lt(read("s"), 0), *relations,
                real("s", c), whole(c, 0))  # fmt: skip


class TestEach:
    def branch(self, value, context=X):
        c = context.assume(Eq(b, value))
        start = same("b", "b", c)
        return kernel.transitive(kernel.rewrite((1,), start, given(c)), kernel.symmetric(given(c)))

    def test_one_listed_number_after_the_other(self):
        says(kernel.each(real("b"), self.branch(0), self.branch(1)), "b = b")

    def test_refusals(self):
        zero, one = self.branch(0), self.branch(1)
        refused("has not 1 cases", kernel.each, real("b"), zero)
        refused("has not 0 cases", kernel.each, real("b"))
        refused("has not 2 cases", kernel.each, real("p"), zero, one)
        refused("not proved under", kernel.each, real("b"), one, zero)
        refused("not proved under", kernel.each, real("b"), zero, zero)
        refused("is not the case", kernel.each, real("b"), zero, same("x", "x", X.assume(Eq(b, 1))))
        elsewhere = X.declare("z", REAL)
        refused("is not the case", kernel.each, real("b"), zero, self.branch(1, elsewhere))
        refused("stands in another context", kernel.each, real("b", elsewhere), zero, one)

    def test_an_empty_range_has_no_cases(self):
        c = EMPTY.declare("i", Term("Range", (TWO, ONE)))
        refused("has not 0 cases", kernel.each, kernel.declared(c, "i"))


class TestAbsurd:
    def test_a_false_comparison_of_numbers(self):
        for false in (Eq(1, 0), Ne(2, 2), Lt(1, 1), Le(ONE, ZERO)):
            c = X.assume(false)
            says(kernel.absurd(Eq(x, 5), given(c)), "x = 5")
            assert kernel.absurd(member(x / ZERO), given(c)).context is c

    def test_refusals(self):
        for true in (Eq(1, 1), Ne(2, 1), Lt(0, 1), Le(ONE, ONE)):
            refused("is no absurdity", kernel.absurd, Eq(x, 5), given(X.assume(true)))
        refused("is no absurdity", kernel.absurd, Eq(x, 5), same("x", "x"))
        refused("is no absurdity", kernel.absurd, Eq(x, 5), real("x"))
        false = given(X.assume(Lt(1, 0)))
        refused("not proved by absurdity", kernel.absurd, Term("Affine", (x, x, x)), false)
        every = Term("ForAll", (Eq(x, x), REAL))
        refused("not proved by absurdity", kernel.absurd, every, false)
        refused("z is not declared", kernel.absurd, Eq(read("z"), 1), false)


class TestBranch:
    C = declare("x in Real; 0 <= x; x < 2")
    AT_LEAST, BELOW = given(C, 0), given(C, 1)
    BOTH = Term("And", (Le(ZERO, x), Lt(x, 2)))

    def defined(self, text="x"):
        return real(text, self.C)

    def test_the_first_condition_that_holds(self):
        t = Piecewise((ZERO, Lt(x, 0)), (x, self.BOTH), (ONE, True))
        value = kernel.branch(t, 1, self.defined(), self.AT_LEAST, self.AT_LEAST, self.BELOW)
        assert value.statement == Eq(t, x)
        assert kernel.branch(Piecewise((x, True)), 0, self.defined()).rhs == x
        u = Piecewise((x, Le(ZERO, x)), (read("1/x"), True))
        assert kernel.branch(u, 0, self.defined(), self.AT_LEAST).rhs == x

    def test_that_and_fails_takes_one_conjunct_and_that_all_are_defined(self):
        t = Piecewise((ZERO, Term("And", (Lt(x, 0), Lt(x, 1)))), (x, True))
        in_real = [kernel.side(0, same(a, a, self.C)) for a in ("x", "0", "x", "1")]
        assert kernel.branch(t, 1, self.defined(), self.AT_LEAST, *in_real).rhs == x
        refused("shown that 1 is defined", kernel.branch, t, 1, self.defined(), self.AT_LEAST,
                *in_real[:3])  # fmt: skip
        refused("shown that x is defined", kernel.branch, t, 1, self.defined(), self.AT_LEAST,
                in_real[1])  # fmt: skip
        refused("fails", kernel.branch, t, 1, self.defined(), self.BELOW, *in_real)

    def test_refusals(self):
        t = Piecewise((ZERO, Lt(x, 0)), (x, self.BOTH), (ONE, True))
        args = self.AT_LEAST, self.AT_LEAST, self.BELOW
        refused("has no branch 3", kernel.branch, t, 3, self.defined(), *args)
        refused("has no branch -1", kernel.branch, t, -1, self.defined(), *args)
        refused("has no branch 0", kernel.branch, x, 0, self.defined())
        refused("is not about branch 1", kernel.branch, t, 1, self.defined("1"), *args)
        refused(
            "x < 0 fails",
            kernel.branch,
            t,
            1,
            self.defined(),
        )
        refused("x < 0 fails", kernel.branch, t, 1, self.defined(), self.BELOW, *args[1:])
        refused("x < 2 holds", kernel.branch, t, 1, self.defined(), *args[:2])
        refused("0 <= x holds", kernel.branch, t, 1, self.defined(), args[0], self.BELOW, args[1])
        refused(
            "more premises than conditions", kernel.branch, t, 1, self.defined(), *args, args[0]
        )
        odd = Term("Piecewise", (ZERO, Lt(x, 0), x))  # which has no spelling
        refused("branch: ", kernel.branch, odd, 1, self.defined(), self.AT_LEAST)

    def test_a_branch_behind_one_that_is_true_is_never_reached(self):
        t = Piecewise((ZERO, True), (x, True))
        refused("True fails", kernel.branch, t, 1, self.defined())
        refused("True fails", kernel.branch, t, 1, self.defined(), self.AT_LEAST)

    def test_the_other_branches_are_terms_of_the_context(self):
        t = Piecewise((x, True), (read("z"), True))
        refused("z is not declared", kernel.branch, t, 0, self.defined())

    def test_the_value_must_be_defined(self):
        c = declare("x in Real; u in Partial")
        t = Piecewise((read("u"), True))
        refused("expected 't in Real'", kernel.branch, t, 0, kernel.declared(c, "u"))


class TestInterior:
    C = declare("x in (0,1); Derivative(x*x, x) in Real")
    LINE = given(C)
    CLOSED = Term("Closed", (ZERO, ONE))
    POINT = kernel.belongs(
        Term("Open", (ZERO, ONE)),
        x,
        kernel.promise(0, kernel.declared(C, "x")),
        kernel.promise(1, kernel.declared(C, "x")),
    )

    def test_inside(self):
        t = derivative(x * x, x, self.CLOSED)
        found = kernel.interior(t, self.POINT, self.LINE)
        assert found.statement == Eq(t, derivative(x * x, x))

    def test_refusals(self):
        t = derivative(x * x, x, self.CLOSED)
        refused(
            "has no interval of its own", kernel.interior, derivative(x, x), self.POINT, self.LINE
        )
        refused("has no interval of its own", kernel.interior, derivative(x, x, INTEGER),
                self.POINT, self.LINE)  # fmt: skip
        refused("has no interval of its own", kernel.interior, x, self.POINT, self.LINE)
        unit = real("x", self.C)
        refused("is not interior", kernel.interior, t, unit, self.LINE)
        refused("expected that .* is defined", kernel.interior, t, self.POINT, real("x", self.C))
        foreign = Term("Derivative", (*t.args[:2], Term("Closed", (ZERO, ONE, ONE))))
        refused("interior: ", kernel.interior, foreign, self.POINT, self.LINE)
        odd = Term("Derivative", (*t.args[:2], Term("Unit", (ONE,))))
        refused("does not take", kernel.interior, odd, self.POINT, self.LINE)

    @pytest.mark.parametrize("end", [ZERO, ONE])
    def test_an_end_is_not_inside(self, end):
        c = EMPTY.declare("x", Term("FiniteSet", (end,)))
        t = derivative(x * x, x, self.CLOSED)
        closed = kernel.declared(c, "x")
        refused("is not interior", kernel.interior, t, closed, self.LINE)


def test_integers_between_bounds():
    c = declare("k in 2..5")
    of_k = kernel.declared(c, "k")
    shown = [kernel.promise(j, of_k) for j in range(3)]
    assert kernel.belongs(Term("Range", (TWO, number(5))), k, *shown).statement == of_k.statement
