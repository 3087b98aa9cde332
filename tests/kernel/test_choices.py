"""One-hot families and induction."""

from fractions import Fraction

import pytest

from derive import kernel
from derive.context import ContextError
from derive.domains import INTEGER, REAL
from derive.functions import Eq, Le
from derive.plain import declare
from derive.term import ONE, ZERO, Term, bound, number, symbol
from tests.kernel.proving import (
    RUN,
    affinely,
    apart,
    every,
    given,
    member,
    n,
    real,
    refused,
    same,
    whole,
)

F = Fraction
c_ = symbol("c")


class TestOneHot:
    C = declare("n in Natural; t in Real; y[j] in {0,1} for j in 1..n; Sum(y[j], (j, 1, n)) = 1")
    INDICATOR = every(Eq(Term("member", (bound(0),), "y"), Term("KroneckerDelta", (bound(0), c_))),
                      RUN)  # fmt: skip
    UNIT = given(C)

    def test_the_sum_holds_where_the_conclusion_does(self):
        without = declare("n in Natural; t in Real; y[j] in {0,1} for j in 1..n")
        inner = without.declare("j", RUN)
        bits = kernel.declared(inner, "y", kernel.declared(inner, "j"))
        goal = same("t", "t", without.declare("c", RUN).assume(self.INDICATOR))
        refused("expected a proof", kernel.one_hot, bits, self.UNIT, goal)

    def bits(self, domain=RUN):
        inner = self.C.declare("j", domain)
        return kernel.declared(inner, "y", kernel.declared(inner, "j"))

    def chosen(self, domain=RUN, indicator=INDICATOR):
        return self.C.declare("c", domain).assume(indicator)

    def test_there_is_such_a_class(self):
        goal = same("t", "t", self.chosen())
        found = kernel.one_hot(self.bits(), self.UNIT, goal)
        assert found.statement == goal.statement
        assert found.context is self.C

    def test_the_goal_does_not_mention_it(self):
        goal = same("c", "c", self.chosen())
        refused("mentions the class c", kernel.one_hot, self.bits(), self.UNIT, goal)

    def test_the_goal_is_proved_for_it(self):
        refused("is not proved for a variable", kernel.one_hot, self.bits(), self.UNIT,
                same("t", "t", self.C))  # fmt: skip
        refused("is not proved for a variable", kernel.one_hot, self.bits(), self.UNIT,
                same("t", "t", self.C.declare("c", RUN)))  # fmt: skip
        few = self.chosen(Term("Range", (ONE, ONE)))
        refused("is not proved under", kernel.one_hot, self.bits(), self.UNIT, same("t", "t", few))
        less = self.chosen(indicator=every(self.INDICATOR.args[0], Term("Range", (ONE, ONE))))
        refused("is not proved under", kernel.one_hot, self.bits(), self.UNIT, same("t", "t", less))

    def test_the_family_is_of_bits_and_sums_to_one(self):
        goal = same("t", "t", self.chosen())
        refused("expected Sum", kernel.one_hot, self.bits(), same("t", "t", self.C), goal)
        refused("expected Sum", kernel.one_hot, self.bits(), real("t", self.C), goal)
        refused("expected a proof", kernel.one_hot, real("t", self.C), self.UNIT, goal)
        odd = declare(
            "n in Natural; y[j] in Integer for j in 1..n; Sum(y[j], (j, 1, n)) = 1; t in Real"
        )
        inner = odd.declare("j", RUN)
        integers = kernel.declared(inner, "y", kernel.declared(inner, "j"))
        goal = same("t", "t", odd.declare("c", RUN).assume(self.INDICATOR))
        refused("expected a proof", kernel.one_hot, integers, given(odd), goal)
        two = declare(
            "n in Natural; t in Real; y[j] in {0,1} for j in 1..n; Sum(y[j], (j, 1, n)) = 2"
        )
        refused("expected Sum", kernel.one_hot, self.bits(), given(two), goal)

    def test_no_relation_in_theta_is_proved_so(self):
        d = self.chosen()
        relation = kernel.affine(("t",), affinely("t", "t", d), apart("0", "1", 1, d))
        refused("speaks of a whole domain", kernel.one_hot, self.bits(), self.UNIT, relation)


class TestInduction:
    """k <= 2*k for k in 0..n."""

    C = declare("n in Natural0")
    HI = kernel.promise(0, kernel.declared(C, "n"))
    LOW, ORDERED = whole(C, 0), kernel.promise(1, kernel.declared(C, "n"))
    BODY = Le(bound(0), number(2) * bound(0))
    GOAL = every(BODY, Term("Range", (ZERO, n)))
    BASE = kernel.order("Le", (), real("0", C), real(Term("Mul", (number(2), ZERO)), C))
    BEFORE = Term("Range", (ZERO, Term("Add", (n, number(-1)))))

    def step(self, domain=BEFORE, name="k", context=C):
        v = symbol(name)
        d = context.declare(name, domain).assume(Le(v, number(2) * v))
        combination = ((F(1), (0,)), (F(1), ()))
        sides = real(v + 1, d), real(Term("Mul", (number(2), v + 1)), d)
        return kernel.order("Le", combination, *sides, given(d))

    def rest(self):
        return self.LOW, self.HI, self.ORDERED

    def test_from_the_first_to_the_last(self):
        found = kernel.induction(self.GOAL, self.BASE, self.step(), *self.rest())
        assert found.statement == Le(n, number(2) * n)
        assert found.context is self.C

    def test_the_step_is_proved_for_every_index_but_the_last(self):
        for domain in (
            Term("Range", (ZERO, n)),
            Term("Range", (ONE, Term("Add", (n, number(-1))))),
            Term("Range", (ZERO, Term("Add", (n, number(-2))))),
        ):
            refused("k must lie in", kernel.induction, self.GOAL, self.BASE, self.step(domain),
                    *self.rest())  # fmt: skip

    def test_the_bounds_are_integers_in_order(self):
        low, high, ordered = self.rest()
        real_n = kernel.side(0, same("n", "n", self.C))
        refused("expected n in Integer", kernel.induction, self.GOAL, self.BASE, self.step(),
                low, real_n, ordered)  # fmt: skip
        refused("expected 0 in Integer", kernel.induction, self.GOAL, self.BASE, self.step(),
                high, high, ordered)  # fmt: skip
        refused("expected 0 <= n", kernel.induction, self.GOAL, self.BASE, self.step(),
                low, high, low)  # fmt: skip

    def test_base_and_step_say_the_same(self):
        refused("expected 0 <= 2", kernel.induction, self.GOAL, self.ORDERED, self.step(),
                *self.rest())  # fmt: skip
        d = self.C.declare("k", self.BEFORE).assume(Eq(symbol("k"), 1))
        refused("expected k <= 2", kernel.induction, self.GOAL, self.BASE, same("k", "k", d),
                *self.rest())  # fmt: skip
        d = self.C.declare("k", self.BEFORE).assume(Le(symbol("k"), number(2) * symbol("k")))
        refused(r"expected k \+ 1", kernel.induction, self.GOAL, self.BASE, given(d), *self.rest())

    def test_the_goal_is_a_comparison_over_a_range(self):
        for goal in (every(self.BODY, REAL), self.BODY):
            refused("is not for k", kernel.induction, goal, self.BASE, self.step(), *self.rest())
        relation = every(Term("Affine", (n, n, n)), Term("Range", (ZERO, n)))
        refused("is not proved by induction", kernel.induction, relation, self.BASE, self.step(),
                *self.rest())  # fmt: skip

    def test_nothing_beyond_the_context_of_the_step_is_used(self):
        more = self.C.declare("z", REAL)
        base = kernel.instance(more, {}, self.BASE)
        refused("the step has fewer hypotheses", kernel.induction, self.GOAL, base, self.step(),
                *self.rest())  # fmt: skip
        found = kernel.induction(self.GOAL, base, self.step(context=more), *self.rest())
        assert found.context is more

    def test_memberships_too(self):
        goal = every(member(bound(0) + 1, INTEGER), Term("Range", (ZERO, n)))
        d = self.C.declare("k", self.BEFORE).assume(member(symbol("k") + 1, INTEGER))
        succ = Term("Add", (Term("Add", (symbol("k"), ONE)), ONE))
        step = kernel.whole(succ, given(d), whole(d, 1))
        base = kernel.whole(Term("Add", (ZERO, ONE)), whole(self.C, 0), whole(self.C, 1))
        found = kernel.induction(goal, base, step, *self.rest())
        assert found.statement == member(n + 1, INTEGER)


@pytest.mark.parametrize("name", ["y", "n"])
def test_the_class_needs_a_new_name(name):
    with pytest.raises(ContextError, match="declared already"):
        TestOneHot.C.declare(name, RUN)
