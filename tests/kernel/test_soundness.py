"""Ways to a false theorem that do not work, one test for each idea.

Every test names the falsehood that it tries to reach, builds all of the way that is true, and
shows where the kernel refuses the rest.
"""

from fractions import Fraction

import pytest

from derive import kernel
from derive.context import EMPTY, ContextError
from derive.domains import NONNEGATIVE, PARTIAL, REAL, UNIT
from derive.functions import Eq, Le, Lt, Ne, Piecewise, Sum, derivative
from derive.plain import declare, read
from derive.rules import ledger
from derive.term import ONE, ZERO, Term, abstract, bound, number, symbol
from tests.kernel.proving import (
    RUN,
    TWO,
    affinely,
    apart,
    every,
    given,
    member,
    minimum,
    n,
    real,
    refused,
    rule,
    same,
    t,
    whole,
    x,
    y,
)

F = Fraction
i, j, c_ = map(symbol, ("i", "j", "c"))


def x_at(index):
    return Term("member", (index,), "x")


class TestBoundVariables:
    FACTOR = kernel.axiom(ledger()["sum_factor"])
    C = declare("n in Natural; x[i] in Real for i in 1..n")

    def test_a_constant_factor_cannot_be_the_index(self):
        """Sum(i*x[i]) = i*Sum(x[i])."""
        values = {"lo": ONE, "hi": n, "f": x_at(bound(0)), "c": bound(0)}
        needs = whole(self.C, 1), kernel.promise(0, kernel.declared(self.C, "n")), self.members("i")
        refused("outside its binder", kernel.instance, self.C, values, self.FACTOR, *needs)

    def test_a_symbol_with_the_name_of_the_index_is_not_captured(self):
        """c := i gives Sum(i*x[k], (k, 1, n)) with the outer i, whatever the index is called."""
        d = self.C.declare("i", REAL)
        inner = d.declare("k", RUN)
        values = {"lo": ONE, "hi": n, "f": x_at(bound(0)), "c": i}
        of_n = kernel.promise(0, kernel.declared(d, "n"))
        members = kernel.declared(inner, "x", kernel.declared(inner, "k"))
        found = kernel.instance(d, values, self.FACTOR, whole(d, 1), of_n, members, real("i", d))
        assert found.lhs == Term("Sum", (Term("Mul", (i, x_at(bound(0)))), ONE, n))
        assert found.lhs != Sum(i * x_at(i), (i, 1, n))

    def test_a_binder_in_the_value_is_kept_apart(self):
        """c := Sum(x[j], (j, 1, n)) below the rule's own sum."""
        c = Sum(x_at(j), (j, 1, n))
        of_c = rule("sum_defined", self.C, {"lo": ONE, "hi": n, "f": x_at(bound(0))},
                    whole(self.C, 1), kernel.promise(0, kernel.declared(self.C, "n")),
                    self.members("i"))  # fmt: skip
        values = {"lo": ONE, "hi": n, "f": x_at(bound(0)), "c": c}
        found = kernel.instance(self.C, values, self.FACTOR, whole(self.C, 1),
                                kernel.promise(0, kernel.declared(self.C, "n")),
                                self.members("i"), of_c)  # fmt: skip
        assert found.rhs == read("Sum(x[j], (j, 1, n))*Sum(x[k], (k, 1, n))", self.C)

    def members(self, name):
        inner = self.C.declare(name, RUN)
        return kernel.declared(inner, "x", kernel.declared(inner, name))

    def test_a_fact_for_one_index_is_none_for_every_index(self):
        """From x[i] = 1 for one i in 1..n: Sum(x[i]) = n."""
        d = self.C.declare("i", RUN)
        d = d.assume(Eq(x_at(i), 1))
        values = {"lo": ONE, "hi": n, "f": x_at(bound(0)), "g": ONE}
        congruence = kernel.axiom(ledger()["sum_add"])
        refused("expected a proof of", kernel.instance, d, values, congruence, whole(d, 1),
                kernel.promise(0, kernel.declared(d, "n")),
                kernel.declared(d, "x", kernel.declared(d, "i")), whole(d, 1))  # fmt: skip

    def test_a_name_of_the_context_is_no_new_index(self):
        """A premise "for i" whose i is a symbol of the goal's context says nothing of every i."""
        whole_line = EMPTY.declare("x", REAL, (REAL,))
        inner = whole_line.declare("i", UNIT)
        for_all = kernel.declared(inner, "x", kernel.side(0, same("i", "i", inner)))
        c = declare("v(s) in Real for s in (0,1); r in (0,1)")
        theorem = kernel.declared(c, "v", kernel.declared(c, "r"))
        values = {"v": x_at(bound(0)), "r": symbol("i")}
        of_i = real("i", inner)
        goal = whole_line.declare("q", UNIT)
        outer = kernel.declared(goal, "q")
        found = kernel.instance(goal, {**values, "r": symbol("q")}, theorem, for_all, outer)
        assert found.statement == member(x_at(symbol("q")))
        taken = whole_line.declare("i", REAL)
        refused("needs Declaration", kernel.instance, taken, values, theorem, for_all, of_i)

    def test_a_family_index_may_bear_any_name(self):
        """y[n] for n in 1..3 does not touch the declared n."""
        c = declare("n in Natural; x[i] in (0, i) for i in 1..3")
        same_family = declare("n in Natural").declare(
            "x", Term("Open", (ZERO, bound(0))), (Term("Range", (ONE, number(3))),), ("n",)
        )
        assert same_family.names["x"].domain == c.names["x"].domain
        assert same_family.names["x"].domain.free == frozenset()

    def test_abstraction_takes_no_family(self):
        with pytest.raises(ValueError, match="cannot be a bound variable"):
            abstract(x_at(ONE), "x")


class TestRanges:
    def test_a_premise_for_another_range(self):
        """Sum(x[i], (i, 1, n)) is not defined because x[i] is real for i in 1..n-1."""
        c = declare("n in Natural; x[i] in Real for i in 1..n-1")
        inner = c.declare("i", c.names["x"].indices[0])
        members = kernel.declared(inner, "x", kernel.declared(inner, "i"))
        values = {"lo": ONE, "hi": n, "f": x_at(bound(0))}
        refused("expected a proof of", rule, "sum_defined", c, values, whole(c, 1),
                kernel.promise(0, kernel.declared(c, "n")), members)  # fmt: skip

    def test_a_member_beyond_the_range(self):
        c = declare("x[i] in Real for i in 1..2")
        refused("expected a proof of 3 in 1..2", kernel.declared, c, "x", whole(c, 3))

    def test_a_reversed_range_has_no_member(self):
        """In 2..1 lies nothing: a member of it is only there where there is no point."""
        c = EMPTY.declare("i", Term("Range", (TWO, ONE)))
        of_i = kernel.declared(c, "i")
        low, high = kernel.promise(1, of_i), kernel.promise(2, of_i)
        false = kernel.transitive(low, high)
        assert false.statement == Le(TWO, ONE)
        assert kernel.absurd(Eq(1, 0), false).context is c
        refused("expected proofs of", kernel.belongs, c.names["i"].domain, ONE, whole(EMPTY, 1),
                kernel.order("Le", (), *[whole(EMPTY, 1)] * 2),
                kernel.order("Le", (), *[whole(EMPTY, 1)] * 2))  # fmt: skip
        refused("is missing|proof of", kernel.instance, EMPTY, {"i": ONE}, false)

    def test_an_empty_interval_too(self):
        """x in (1, 0) gives 1 < 0 under x only; no x can be put for it."""
        c = EMPTY.declare("x", Term("Open", (ONE, ZERO)))
        false = kernel.transitive(*(kernel.promise(k, kernel.declared(c, "x")) for k in (0, 1)))
        assert false.statement == Lt(ONE, ZERO)
        refused("expected a proof of", kernel.instance, EMPTY, {"x": ONE}, false, whole(EMPTY, 1))
        # Nor does the derivative of anything become 0 because (1, 0) is "an open interval".
        d = declare("s in (0,1); Derivative(s*s, s) in Real")
        inner = d.declare("r", Term("Open", (ONE, ZERO)))
        wrong = kernel.transitive(*(kernel.promise(k, kernel.declared(inner, "r")) for k in (0, 1)))
        anything = kernel.absurd(Eq(symbol("r") * symbol("r"), ZERO), wrong)
        slope = kernel.ring(given(d), given(d))
        refused("a proof of s in .* is missing", kernel.rewrite, (1, 0), slope, anything)
        refused("expected a proof of s in", kernel.rewrite, (1, 0), slope, anything, real("s", d))

    def test_an_empty_sum_is_not_unrolled(self):
        """Sum(x[i], (i, 1, n)) = Sum(x[i], (i, 1, n - 1)) + x[n] needs 1 <= n."""
        c = declare("n in Natural0; x[i] in Real for i in 1..n")
        inner = c.declare("i", RUN)
        members = kernel.declared(inner, "x", kernel.declared(inner, "i"))
        values = {"lo": ONE, "hi": n, "f": x_at(bound(0))}
        of_n = kernel.declared(c, "n")
        refused("expected a proof of 1 <= n", rule, "sum_last", c, values, whole(c, 1),
                kernel.promise(0, of_n), members, kernel.promise(1, of_n))  # fmt: skip

    def test_infinity_ends_intervals_and_is_no_number(self):
        for statement in (Lt(x, Term("oo")), Eq(Term("oo"), Term("oo"))):
            with pytest.raises(ContextError, match="oo is no number"):
                EMPTY.declare("x", REAL).assume(statement)
        c = EMPTY.declare("b", PARTIAL)
        refused("oo is no number", kernel.instance, EMPTY, {"b": Term("oo")},
                kernel.declared(c, "b"))  # fmt: skip


class TestDerivatives:
    def test_a_hypothesis_on_the_point_does_not_hold_around_it(self):
        """From x = 0: Derivative(x, x) = Derivative(0, x) = 0."""
        c = declare("x in (-1, 1); x = 0").assume(member(derivative(x, x)))
        slope = kernel.ring(given(c), given(c))
        refused("no entry for the variable", kernel.rewrite, (1, 0), slope, given(c, 0))
        inner = c.declare("t", c.names["x"].domain)
        here = kernel.instance(inner, {}, given(c, 0))
        refused("at the path stands t, not x", kernel.rewrite, (1, 0), slope, here, real("x", c))
        assumed = inner.assume(Eq(t, 0))
        refused("more entries", kernel.rewrite, (1, 0), slope, given(assumed), real("x", c))

    def test_nor_does_one_of_two_variables(self):
        """From x + y = 1: Derivative(x + y, x) = Derivative(1, x) = 0."""
        c = declare("x in (0,1); y in (0,1); x + y = 1; Derivative(x + y, x) in Real")
        slope = kernel.ring(given(c), given(c))
        inner = c.declare("t", UNIT)
        refused("stands t . y, not x . y", kernel.rewrite, (1, 0), slope,
                kernel.instance(inner, {}, given(c, 0)), real("x", c))  # fmt: skip

    def test_an_equation_in_a_constant_may_be_used(self):
        """With y = 1, t*y is t*1 for every t: that is true."""
        c = declare("x in (0,1); y in Real; y = 1; Derivative(x*y, x) in Real")
        slope = kernel.ring(given(c), given(c))
        inner = c.declare("t", UNIT)
        product = kernel.ring(*[real(t * y, inner)] * 2)
        equation = kernel.rewrite((1, 1), product, given(c, 0))
        found = kernel.rewrite((1, 0), slope, equation, real("x", c))
        assert found.rhs == derivative(x * ONE, x)

    def test_an_equation_at_one_number_is_none_on_an_interval(self):
        """t = t*t holds at 0 and 1 only."""
        c = declare("x in (-1, 2)").assume(member(derivative(x, x)))
        slope = kernel.ring(given(c), given(c))
        bit = c.declare("t", Term("Bit"))
        point = c.declare("t", Term("Closed", (x, x)))
        for inner in (bit, point):
            equation = same("t", "t", inner)
            refused("are not put for equals below", kernel.rewrite, (1, 0), slope, equation)

    @pytest.mark.parametrize("end", [ZERO, ONE])
    def test_the_end_of_a_closed_interval_is_not_inside(self, end):
        """Derivative(x, x, [0,1]) at 0 is not the derivative on the line."""
        closed = Term("Closed", (ZERO, ONE))
        slope = derivative(x, x, closed)
        c = EMPTY.declare("x", closed).assume(Eq(x, end)).assume(member(derivative(x, x)))
        refused("is not interior", kernel.interior, slope, kernel.declared(c, "x"), given(c))
        inside = kernel.rewrite((0,), kernel.declared(c, "x"), given(c, 0))
        refused("is not interior", kernel.interior, slope, inside, given(c))

    def test_no_gradient_where_theta_has_neighbours_on_one_side_only(self):
        c = EMPTY.declare("x", Term("RightOpen", (ZERO, ONE)))
        found = rule("derivative_variable", c, {"x": x}, kernel.side(0, same("x", "x", c)))
        equal = kernel.ring(*[kernel.side(0, found)] * 2)
        refused("open interval", kernel.gradient, x, x, "x", equal)

    def test_a_constraint_on_theta_does_not_change_its_gradient(self):
        """From x = 0: grad(2*x) = grad(x), since 2*x = x there."""
        c = declare("x in (-1, 1); x = 0")
        found = rule("derivative_variable", c, {"x": x}, kernel.side(0, same("x", "x", c)))
        gradient = kernel.gradient(x, x, "x", kernel.ring(*[kernel.side(0, found)] * 2))
        at_zero = kernel.rewrite((1, 1), kernel.ring(*[real("2*x", c)] * 2), given(c))
        nought = kernel.transitive(
            kernel.transitive(given(c), kernel.ring(whole(c, 0), real("2*0", c))),
            kernel.symmetric(at_zero),
        )
        assert nought.statement == Eq(x, TWO * x)
        refused("is no relation in", kernel.rewrite, (0,), gradient, nought)


class TestPiecewise:
    def test_the_condition_of_a_branch_holds_in_that_branch_only(self):
        """From 0 <= x in the first branch: the second branch is abs(x) = x as well."""
        f = Piecewise((x, Le(ZERO, x)), (abs(x), True))
        c = declare("x in Real").assume(member(f))
        theorem = kernel.ring(given(c), given(c))
        inner = c.assume(Le(ZERO, x))
        nonnegative = kernel.belongs(NONNEGATIVE, x, given(inner))
        absolute = rule("abs_nonneg", inner, {"x": x}, nonnegative)
        refused("more entries", kernel.rewrite, (1, 2), theorem, absolute)
        refused("more entries", kernel.rewrite, (1,), theorem, absolute)

    def test_nor_behind_it(self):
        """Exp of the Piecewise is outside of its branches."""
        f = Piecewise((x, Lt(ZERO, x)), (ONE, True))
        c = declare("x in Real").assume(member(f * x))
        theorem = kernel.ring(given(c), given(c))
        inner = c.assume(Lt(ZERO, x)).assume(Eq(x, 1))
        refused("more entries", kernel.rewrite, (1, 1), theorem, given(inner))
        refused("more entries", kernel.rewrite, (1, 0, 0), theorem, given(inner))

    def test_a_branch_that_is_not_reached_needs_no_value(self):
        c = declare("x in Real; 0 < x")
        f = Piecewise((x, Lt(ZERO, x)), (ONE / ZERO, True))
        assert kernel.branch(f, 0, real("x", c), given(c)).rhs == x
        refused("need not be defined", kernel.part, (0, 2), c,
                kernel.branch(f, 0, real("x", c), given(c)))  # fmt: skip

    def test_and_does_not_fail_where_a_side_is_undefined(self):
        """Piecewise((0, And(x < 0, 1/x < 1)), (1, True)) is not 1 at x = 0."""
        c = declare("x in Real; 0 <= x")
        f = Piecewise((ZERO, Term("And", (Lt(x, 0), Lt(ONE / x, 1)))), (ONE, True))
        numbers = [kernel.side(0, same(a, a, c)) for a in ("x", "0")]
        refused("shown that .* is defined", kernel.branch, f, 1, whole(c, 1), given(c), *numbers)
        numbers.append(kernel.side(0, same("1", "1", c)))
        refused("shown that .* is defined", kernel.branch, f, 1, whole(c, 1), given(c), *numbers)


class TestTheta:
    C = declare("s in Real; t in Real")

    def affine(self, context=C):
        return kernel.affine(("t",), affinely("t*t", "t*t", context), apart("0", "1", 1, context))

    def least(self, context=C):
        c = context.assume(Ne(t, ZERO))
        strict = kernel.order("Lt", ((F(1), (0, 0)),), real("0*0", c), real("t*t", c), given(c))
        zero = kernel.belongs(REAL, ZERO, kernel.side(0, same("0", "0", context)))
        return minimum(context, "t*t", ZERO, "t", zero, strict)

    def test_no_hypothesis_narrows_theta(self):
        """argmin(t*t, t) = 0 on the line, hence where t > 5."""
        c = self.C.assume(Lt(number(5), t))
        refused("narrows", kernel.instance, c, {}, self.least())
        refused("narrows", kernel.transfer, kernel.symmetric(kernel.same_order(self.affine(c))),
                self.least())  # fmt: skip
        d = self.C.declare("r", Term("Open", (ZERO, t)))
        refused("narrows", kernel.instance, d, {}, self.least())

    def test_nor_is_theta_instantiated(self):
        refused("only weakened", kernel.instance, EMPTY, {"s": ONE, "t": ONE}, self.least())
        refused("only weakened", kernel.instance, self.C, {"t": t}, self.least())

    def test_nor_rewritten(self):
        """From t = s: argmin(t*t, s) = 0; from argmin = 0 and t = 0: argmin = t."""
        c = declare("s in Real; t in Real")
        d = c.assume(Eq(t, ZERO))
        refused("is no relation in", kernel.rewrite, (2,), self.least(),
                kernel.ring(real("t", c), real("t", c)))  # fmt: skip
        at_zero = kernel.belongs(REAL, ZERO, kernel.side(0, same("0", "0", d)))
        e = d.assume(Ne(t, ZERO))
        strict = kernel.order("Lt", ((F(1), (0, 0)),), real("0*0", e), real("t*t", e), given(e))
        least = minimum(d, "t*t", ZERO, "t", at_zero, kernel.ring(*[real("0", d)] * 2), strict)
        refused("is no relation in", kernel.rewrite, (1,), least, kernel.symmetric(given(d)))

    def test_a_loss_keeps_its_theta(self):
        """From t = 0: order(s, t) = order(t, t)."""
        c = declare("s in Real; t in Real; t = 0")
        relation = kernel.affine(("t",), affinely("t", "t", c), apart("0", "1", 1, c))
        refused("is no relation in", kernel.rewrite, (0,), relation, given(c))

    def test_a_minimiser_does_not_mention_theta(self):
        c = self.C.assume(Ne(t, t))
        strict = kernel.absurd(Lt(t * t, t * t), kernel.order("Lt", ((F(1), (0, 0)),),
                               *[whole(c, 0)] * 2, given(c)))  # fmt: skip
        refused("is no point of t", minimum, self.C, "t*t", t, "t", real("t", self.C), strict)
        refused("is no point of t", minimum, self.C, "t*t", t * 0, "t", real("t", self.C), strict)

    def test_a_symbol_that_equals_theta_does_not_make_everything_affine(self):
        """From s = t: t*t = s*t ~ t in t for s > 0, so t*t would be affine in t."""
        for linked in ("s > 0; t in Real; t = s", "s in Natural; t in Real; t = s",
                       "s > 0; t in [s, s]", "s in Natural; t in [s, s]"):  # fmt: skip
            c = declare(linked)
            product = kernel.total(Term("Mul", (symbol("s"), t)), real("s", c), real("t", c))
            moved = kernel.total(Term("Add", (product.lhs, ZERO)), product, whole(c, 0))
            equation = kernel.ring(product, moved)
            above = kernel.declared(c, "s")
            above = (kernel.promise(0, above) if above.rhs == Term("Positive") else
                     kernel.order("Lt", ((F(1), (0,)), (F(1), ())), whole(c, 0), real("s", c),
                                  kernel.promise(1, above)))  # fmt: skip
            refused("links|are not free to vary", kernel.affine, ("t",), equation, above)

    def test_a_relation_cannot_be_assumed_and_narrowed(self):
        for statement in (
            Term("Argmin", (t * t, ZERO, t)),
            every(Term("SameOrder", (t, t, t)), REAL),
        ):
            with pytest.raises(ContextError, match="whole domain"):
                self.C.assume(statement)


class TestChoice:
    def test_the_class_of_a_one_hot_family_stays_local(self):
        """For one-hot y: y[j] = delta(j, c), hence "c" for whatever c the context has."""
        c = declare("n in Natural; y[j] in {0,1} for j in 1..n; Sum(y[j], (j, 1, n)) = 1")
        delta = Eq(Term("member", (bound(0),), "y"), Term("KroneckerDelta", (bound(0), c_)))
        d = c.declare("c", RUN).assume(every(delta, RUN))
        inner = c.declare("j", RUN)
        bits = kernel.declared(inner, "y", kernel.declared(inner, "j"))
        refused("mentions the class c", kernel.one_hot, bits, given(c), given(d, -1, real("c", d)))

    def test_a_hypothesis_about_another_family_is_none_about_this_one(self):
        c = declare("n in Natural; y[j] in {0,1} for j in 1..n; Sum(y[j], (j, 1, n)) = 1; "
                    "z[j] in {0,1} for j in 1..n")  # fmt: skip
        delta = Eq(Term("member", (bound(0),), "z"), Term("KroneckerDelta", (bound(0), c_)))
        d = c.declare("c", RUN).assume(every(delta, RUN))
        inner = c.declare("j", RUN)
        bits = kernel.declared(inner, "y", kernel.declared(inner, "j"))
        refused("is not proved under", kernel.one_hot, bits, given(c), same("n", "n", d))

    def test_cases_need_defined_sides(self):
        """1/x < 0 or 0 <= 1/x says that x is not 0."""
        c = declare("x in Real")
        low, high = c.assume(Lt(ONE / x, 0)), c.assume(Le(ZERO, ONE / x))
        sides = [kernel.part((0,), low, given(low)), kernel.part((1,), high, given(high))]
        assert sides[0].statement == sides[1].statement == member(ONE / x)
        refused("expected that 1/x is defined", kernel.cases, Lt(ONE / x, 0), *sides,
                real("x", c), whole(c, 0))  # fmt: skip
        refused("another context", kernel.cases, Lt(ONE / x, 0), *sides, sides[0], whole(c, 0))

    def test_each_case_of_a_list_is_there(self):
        """y*y = y for the members 0, 1 of {0, 1, 2}."""
        c = declare("y in {0, 1, 2}")
        zero, one = (same("y", "y", c.assume(Eq(y, value))) for value in (0, 1))
        refused("has not 2 cases", kernel.each, kernel.declared(c, "y"), zero, one)
        refused("is not proved under", kernel.each, kernel.declared(c, "y"), zero, one, one)

    def test_induction_does_not_start_after_its_end(self):
        """From P(2) the step leads up, not down to P(1)."""
        c = declare("f(k) in Real for k in Integer; f(2) = 0")
        goal = every(Eq(Term("member", (bound(0),), "f"), ZERO), Term("Range", (TWO, ONE)))
        d = c.declare("k", Term("Range", (TWO, Term("Add", (ONE, number(-1))))))
        d = d.assume(Eq(read("f(k)", d), 0))
        step_end = kernel.declared(d, "k")
        low, high = kernel.promise(1, step_end), kernel.promise(2, step_end)
        wrong = kernel.transitive(low, high)
        assert wrong.statement == Le(TWO, Term("Add", (ONE, number(-1))))
        false = kernel.transitive(wrong, kernel.ring(kernel.side(1, wrong), whole(d, 0)))
        step = kernel.absurd(Eq(read("f(k + 1)", d), 0), false)
        numbers = whole(c, 2), whole(c, 1)
        refused("expected 2 <= 1", kernel.induction, goal, given(c), step, *numbers,
                kernel.order("Le", ((F(1), ()),), numbers[1], numbers[0]))  # fmt: skip


class TestDefinedness:
    def test_a_removable_singularity_is_not_removed(self):
        """x/x = 1 for every real x."""
        c = declare("x in Real")
        refused("not defined everywhere", kernel.total, x / x, real("x", c), real("x", c))
        nonzero = declare("x in Real; x != 0; x/x in Real")
        assert kernel.ring(given(nonzero), whole(nonzero, 1)).statement == Eq(x / x, 1)
        refused("is missing|proof of", kernel.instance, EMPTY, {"x": ZERO},
                kernel.ring(given(nonzero), whole(nonzero, 1)), whole(EMPTY, 0))  # fmt: skip

    def test_a_partial_symbol_is_defined_nowhere(self):
        """u - u = 0 for u := 1/0."""
        c = declare("u in Partial")
        of_u = kernel.declared(c, "u")
        for inference, *args in (
            (kernel.side, 0), (kernel.total, -symbol("u")), (kernel.part, (0,), c),
            (kernel.ring,), (kernel.promise, 0), (kernel.each,),
        ):  # fmt: skip
            premises = [of_u] * (2 if inference is kernel.ring else 1)
            with pytest.raises(kernel.KernelError):
                inference(*args, *premises)
        refused("no defined side", kernel.side, 0, of_u)

    def test_a_partial_function_takes_only_defined_arguments(self):
        c = declare("u(s) in Partial for s in Real; v in Partial")
        refused("expected 't in Real'", kernel.declared, c, "u", kernel.declared(c, "v"))

    def test_a_domain_with_an_undefined_end_has_no_members(self):
        """y in (0, 1/x) says that 1/x is defined; so for x := 0 there is no such y."""
        c = EMPTY.declare("x", REAL).declare("y", Term("Open", (ZERO, ONE / x)))
        end = kernel.side(1, kernel.promise(1, kernel.declared(c, "y")))
        assert end.statement == member(ONE / x)
        zero = kernel.belongs(REAL, ZERO, kernel.side(0, same("0", "0", EMPTY)))
        half = kernel.numeral(EMPTY, number(F(1, 2)))
        refused("expected a proof of 1/2 in", kernel.instance, EMPTY, {"x": ZERO, "y": half.lhs},
                end, zero, half)  # fmt: skip

    def test_a_finite_set_with_undefined_members(self):
        """y in {1/x, 2}: the case y = 1/x has 1/x defined only within the case."""
        c = EMPTY.declare("x", REAL).declare("y", Term("FiniteSet", (ONE / x, TWO)))
        first, second = c.assume(Eq(y, ONE / x)), c.assume(Eq(y, 2))
        shown = kernel.side(1, given(first))
        assert shown.statement == member(ONE / x)
        refused("is not the case", kernel.each, kernel.declared(c, "y"), shown,
                kernel.side(1, given(second)))  # fmt: skip
        refused("has no promise number 0", kernel.promise, 0, kernel.declared(c, "y"))


class TestOpaqueHeads:
    """A head that nobody knows is a function of its arguments and nothing else."""

    def test_equal_arguments_give_equal_values(self):
        c = declare("x in Real; y in Real; x = y")
        c = c.assume(member(Term("mystery", (x,))))
        value = kernel.ring(given(c), given(c))
        assert kernel.rewrite((1, 0), value, given(c, 0)).rhs == Term("mystery", (y,))

    def test_nothing_else_is_known_of_it(self):
        c = declare("x in Real")
        refused("is not defined", kernel.total, Term("mystery", (x,)), real("x", c))
        d = c.assume(member(Term("mystery", (x,))))
        refused("need not be defined", kernel.part, (0, 0), d, given(d))
        refused("belongs: ", kernel.belongs, Term("mystery", ()), x)

    def test_a_family_as_an_argument_is_opaque(self):
        c = declare("n in Natural; x[i] in Real for i in 1..n")
        mass = Term("mass", (Term("Family", (x_at(bound(0)), ONE, n)),))
        d = c.assume(member(mass))
        inner = d.declare("i", RUN)
        refused("need not be defined", kernel.part, (0, 0, 0), inner, given(d))
        value = kernel.ring(given(d), given(d))
        moved = kernel.ring(*[kernel.declared(inner, "x", kernel.declared(inner, "i"))] * 2)
        refused("are not put for equals below", kernel.rewrite, (1, 0, 0), value, moved)

    def test_expectations_are_opaque(self):
        """What a law's values are is a matter of axioms, not of the kernel."""
        c = declare("Z ~ Normal(mean=0, variance=1)")
        d = c.assume(member(read("Expectation(Z + 1, Z)", c)))
        value = kernel.ring(given(d), given(d))
        inner = d.declare("z", REAL)
        refused("are not put for equals below", kernel.rewrite, (1, 0), value,
                same("z + 1", "1 + z", inner))  # fmt: skip
        refused("need not be defined", kernel.part, (0, 0), inner, given(d))
