"""Relations in theta: affine, same ordering, minimisers, gradients."""

from fractions import Fraction

from derive import kernel
from derive.context import EMPTY
from derive.domains import REAL
from derive.functions import Eq, Lt, Ne
from derive.plain import declare, read
from derive.term import ONE, ZERO, Term, bound, number, substitute, symbol
from tests.kernel.proving import (
    RUN,
    affinely,
    apart,
    given,
    minimum,
    real,
    refused,
    rule,
    same,
    t,
    whole,
)

F = Fraction
S = declare("s in Real; t in Real")
s = symbol("s")


def in_t(f, g, context=S, a="1", b="0"):
    above = kernel.order("Lt", ((F(1), ()),), whole(context, 0), whole(context, 1))
    return kernel.affine(("t",), affinely(f, g, context, a, b), above)


class TestAffine:
    def test_a_positive_multiple_plus_a_constant(self):
        two = affinely("2*t*t + s", "t*t", S, "2", "s")
        found = kernel.affine(("t",), two, apart("0", "2", 2, S))
        assert found.statement == Term("Affine", (read("2*t*t + s", S), read("t*t", S), t))

    def test_theta_may_be_several_symbols(self):
        found = kernel.affine(("s", "t"), affinely("s*t", "s*t", S), apart("0", "1", 1, S))
        assert found.statement.args[2:] == (s, t)

    def test_refusals(self):
        one = apart("0", "1", 1, S)
        good = affinely("2*t + s", "t", S, "2", "s")
        refused("expected 0 < 2, got", kernel.affine, ("t",), good, one)
        refused("depends on", kernel.affine, ("t",), affinely("2*t", "t", S, "1", "t"), one)
        for shape in ("2*t + s + s", "2*t", "t*s*2 + s", "t + s"):
            refused(
                "expected f = a.g . b|affine: ", kernel.affine, ("t",), same(shape, shape, S), one
            )
        refused("affine: |expected f", kernel.affine, ("t",), apart("t", "t + 1", 1, S), one)
        delta = "KroneckerDelta(1, t) + 0"  # two arguments, but no product
        refused("expected f = a.g . b", kernel.affine, ("t",), same(delta, delta, S), one)
        constant = affinely("s", "s", S)
        refused("s does not depend on", kernel.affine, ("t",), constant, one)
        refused(r"\(\) is not declared", kernel.affine, (), good, apart("0", "2", 2, S))
        refused("'z'.* is not declared", kernel.affine, ("z",), good, apart("0", "2", 2, S))

    def test_a_coefficient_that_depends_on_theta(self):
        c = declare("s in Real; t > 0")
        equation = affinely("t*t", "t", c, "t", "0")
        refused("depends on", kernel.affine, ("t",), equation, kernel.promise(0, real("t", c)))

    def test_the_domain_of_theta_is_its_own(self):
        for linked in (
            "s in Real; t in (s, 1)",
            "s in Natural; t in (0, s)",
            "s in Real; t in Real; t = s",
            "s in Natural; t in Real; t = s",
            "t in Real; s in (0, t)",
            "t in Real; s := t*t",
            "s in Real; t := s*s",
            "s > 0; t ~ Normal(mean=0, variance=s)",
        ):
            c = declare(linked)
            refused("links|is not free|are not free", in_t, "t*t", "t*t", c)

    def test_hypotheses_on_theta_alone_and_on_its_size_are_allowed(self):
        for own in (
            "t in Real; 0 < t",
            "s in Real; s > 1; t in Real; t*t < 2",
            "n in Natural; t[i] in (0,1) for i in 1..n; Sum(t[i], (i, 1, n)) = 1; i in 1..n",
            "n in {2,3}; t[i] in (0,1) for i in 1..n; t[i] < n for i in 1..n; i in 1..n",
        ):
            c = declare(own)
            text = "t" if not c.names["t"].indices else "t[i]"
            assert in_t(text, text, c).statement.head == "Affine"


class TestMonotone:
    TWO = S.declare("t_", REAL)

    def step(self, head, f, g, context=TWO):
        """``g < g'`` for the second point, from ``f < f'`` where g = f + 1."""
        sides = [read(a, context) for a in (f, f.replace("t", "t_"))]
        c = context.assume(Term(head, tuple(sides)))
        ends = [real(a, c) for a in (g, g.replace("t", "t_"))]
        if head == "Lt":
            return kernel.order("Lt", ((F(1), (0,)),), *ends, given(c))
        return kernel.rewrite((1, 0), kernel.ring(ends[0], ends[0]), given(c))

    def test_smaller_gives_smaller_and_equal_gives_equal(self):
        args = read("t", S), read("t + s", S), ("t",), real("t", S)
        found = kernel.monotone(*args, self.step("Lt", "t", "t + s"), self.step("Eq", "t", "t + s"))
        assert found.statement == Term("SameOrder", (t, t + s, t))
        assert found.context is S

    def test_refusals(self):
        less, equal = self.step("Lt", "t", "t + s"), self.step("Eq", "t", "t + s")
        f, g = read("t", S), read("t + s", S)
        refused(
            "expected that t is defined", kernel.monotone, f, g, ("t",), real("s", S), less, equal
        )
        refused("for a second point", kernel.monotone, f, read("s + t", S), ("t",), real("t", S),
                less, equal)  # fmt: skip
        refused("not proved under", kernel.monotone, f, g, ("t",), real("t", S), equal, less)
        refused("is not declared", kernel.monotone, f, g, ("z",), real("t", S), less, equal)
        refused("does not depend", kernel.monotone, f, s, ("t",), real("t", S), less, equal)

    def test_the_second_point_keeps_what_is_assumed_of_the_first_only(self):
        c = S.assume(Lt(0, t))
        less, equal = self.step("Lt", "t", "t + s"), self.step("Eq", "t", "t + s")
        refused("for a second point", kernel.monotone, t, t + s, ("t",), real("t", c), less, equal)
        both = c.declare("t_", REAL).assume(Lt(0, symbol("t_")))
        less, equal = self.step("Lt", "t", "t + s", both), self.step("Eq", "t", "t + s", both)
        args = t, t + s, ("t",), real("t", c), less, equal
        assert kernel.monotone(*args).context is c
        too_much = both.assume(Lt(symbol("t_"), 1))
        less = self.step("Lt", "t", "t + s", too_much)
        refused("for a second point", kernel.monotone, *args[:4], less, equal)

    def test_a_family_is_doubled_as_a_whole(self):
        c = declare("n in Natural; t[i] in Real for i in 1..n; t[i] > 0 for i in 1..n; j in 1..n")
        two = c.declare("t_", REAL, (RUN,))
        two = two.assume(Term("ForAll", (Lt(0, Term("member", (bound(0),), "t_")), RUN)))
        f, g = "t[j]", "t[j] + 1"
        less, equal = self.step("Lt", f, g, two), self.step("Eq", f, g, two)
        found = kernel.monotone(read(f, c), read(g, c), ("t",), real(f, c), less, equal)
        assert found.statement.head == "SameOrder"


class TestMinimiser:
    def strict(self, context=S, at=ZERO, f="t*t"):
        c = context.assume(Ne(t, at))
        value = real(Term("Mul", (at, at)), c)
        return kernel.order("Lt", ((F(1), (0, 0)),), value, real(f, c), given(c))

    def point(self, context=S, at=ZERO):
        return kernel.belongs(REAL, at, kernel.side(0, kernel.ring(*[whole(context, 0)] * 2)))

    def test_smaller_than_everywhere_else(self):
        found = minimum(S, "t*t", ZERO, "t", self.point(), self.strict())
        assert found.statement == Term("Argmin", (read("t*t", S), ZERO, t))
        assert found.context is S

    def test_refusals(self):
        f, strict = read("t*t", S), self.strict()
        refused("is no point of t", minimum, S, "t*t", t, "t", self.point(), strict)
        refused("does not depend on", minimum, S, "s*s", ZERO, "t", self.point(), strict)
        refused("'z'.*is not declared", minimum, S, "t*t", ZERO, "z", self.point(), strict)
        refused("expected that .* is defined", kernel.minimiser, f, ZERO, "t", real("t", S),
                self.point(), strict)  # fmt: skip
        refused("expected a proof of 0 in Real", minimum, S, "t*t", ZERO, "t", real("t", S), strict)
        refused("minimiser: ", minimum, S, "t*t", ZERO, "t", strict)
        refused(
            "for t != 0",
            minimum,
            S,
            "t*t",
            ZERO,
            "t",
            self.point(),
            self.strict(S.declare("z", REAL)),
        )
        refused("not proved under", minimum, S, "t*t", ZERO, "t", self.point(), real("t", S))
        c = S.assume(Ne(t, ZERO))
        weak = kernel.order("Le", ((F(1), (0, 0)),), real("0*0", c), real("t*t", c), given(c))
        refused("expected 0.0 < t.t for", minimum, S, "t*t", ZERO, "t", self.point(), weak)
        refused("a is not declared", minimum, S, "t*t", symbol("a"), "t", self.point(), strict)

    def test_the_point_satisfies_what_is_assumed_of_theta(self):
        c = S.assume(Lt(number(-1), t)).assume(Lt(s, 2))
        ahead = kernel.order("Lt", ((F(1), ()),), whole(c, -1), whole(c, 0))
        args = c, "t*t", ZERO, "t", self.point(c)
        assert minimum(*args, ahead, self.strict(c)).context is c
        refused("minimiser: ", minimum, *args, self.strict(c))
        refused("expected a proof of -1 < 0", minimum, *args, self.point(c), self.strict(c))
        refused("minimiser: ", minimum, *args, ahead, ahead, self.strict(c))

    #: Families with one member, and the least of (t[1] - u[1])**2.
    PAIR = declare("t[i] in Real for i in 1..1; u[i] in Real for i in 1..1")
    SINGLE = Term("Range", (ONE, ONE))
    LOSS = read("(t[1] - u[1])*(t[1] - u[1])", PAIR)

    def real(self, u, context):
        """A polynomial of t[1] and u[1] is defined."""
        if u.head != "member":
            return kernel.total(u, *(self.real(a, context) for a in u.args))
        one = whole(context, 1)
        at_most = kernel.order("Le", (), one, one)
        inside = kernel.belongs(self.SINGLE, ONE, one, at_most, at_most)
        return kernel.declared(context, u.value, inside)

    def differs(self, domain=SINGLE):
        """f(u) < f(t) under t[k] != u[k], where k can only be 1."""
        k = symbol("k")
        c = self.PAIR.declare("k", domain)
        c = c.assume(Ne(Term("member", (k,), "t"), Term("member", (k,), "u")))
        d = c.assume(Eq(k, 1))
        unequal = kernel.rewrite((0, 0), given(d, -2), given(d))
        unequal = kernel.rewrite((1, 0), unequal, given(d))
        at_u = read("(u[1] - u[1])*(u[1] - u[1])", d)
        sides = self.real(at_u, d), self.real(self.LOSS, d)
        less = kernel.order("Lt", ((F(1), (0, 0)),), *sides, unequal)
        return kernel.each(kernel.declared(c, "k"), less)

    def lies(self, domain=SINGLE):
        inner = self.PAIR.declare("i", domain)
        return kernel.declared(inner, "u", kernel.declared(inner, "i"))

    def test_a_family_differs_where_one_member_does(self):
        defined = self.real(self.LOSS, self.PAIR)
        args = self.LOSS, symbol("u"), "t", defined
        found = kernel.minimiser(*args, self.lies(), self.differs())
        assert found.statement == Term("Argmin", (self.LOSS, symbol("u"), t))
        assert found.context is self.PAIR
        refused("expected a proof of", kernel.minimiser, *args, defined, self.differs())
        one = "is not proved for one member"
        refused(one, kernel.minimiser, *args, self.lies(), defined)
        refused(one, kernel.minimiser, *args, self.lies(), self.differs(Term("FiniteSet", (ONE,))))
        refused("minimiser: ", kernel.minimiser, *args, self.lies(), real("0*0", EMPTY))
        longer = self.PAIR.declare("k", self.SINGLE).assume(Lt(0, symbol("k")))
        under = r"not proved under the hypothesis t\[k\] != u\[k\]"
        wrong = kernel.instance(longer, {}, defined)
        refused(under, kernel.minimiser, *args, self.lies(), wrong)
        inner = self.PAIR.declare("i", self.SINGLE)
        zero = kernel.belongs(REAL, ZERO, kernel.side(0, same("0", "0", inner)))
        under = r"not proved under the hypothesis t\[k\] != 0"
        refused(under, kernel.minimiser, self.LOSS, ZERO, "t", defined, zero, self.differs())

    def test_the_point_of_a_family_may_be_a_formula_of_the_index(self):
        formula = number(2) * bound(0)
        defined = self.real(self.LOSS, self.PAIR)
        inner = self.PAIR.declare("i", self.SINGLE)
        lies = kernel.total(number(2) * symbol("i"), whole(inner, 2), kernel.declared(inner, "i"))
        under = r"not proved under the hypothesis t\[k\] != 2\*k"
        refused(under, kernel.minimiser, self.LOSS, formula, "t", defined, lies, self.differs())

    def test_families_with_two_indices_are_not_compared(self):
        c = declare("t[i, j] in Real for i in 1..2, j in 1..2; i in 1..2")
        refused("is no point of t", minimum, c, "t[i, i]", ZERO, "t", real("i", c), real("i", c))


def minimum_at_one():
    """argmin((t - 1)*(t - 1), t) = 1."""
    c, f = S.assume(Ne(t, ONE)), "(t - 1)*(t - 1)"
    value = real(substitute(read(f, S), {"t": ONE}), c)
    strict = kernel.order("Lt", ((F(1), (0, 0)),), value, real(f, c), given(c))
    point = kernel.belongs(REAL, ONE, kernel.side(0, kernel.ring(*[whole(S, 1)] * 2)))
    return minimum(S, f, ONE, "t", point, strict)


class TestConsequences:
    ORDERING = kernel.same_order(in_t("t*t + s", "t*t", b="s"))
    M = TestMinimiser()
    LEAST = minimum(S, "t*t", ZERO, "t", M.point(), M.strict())

    def test_affine_losses_have_the_same_order(self):
        assert self.ORDERING.statement.head == "SameOrder"
        refused("expected f ~ g", kernel.same_order, self.ORDERING)

    def test_and_the_same_minimiser(self):
        back = kernel.symmetric(self.ORDERING)
        moved = kernel.transfer(back, self.LEAST)
        assert moved.statement == Term("Argmin", (read("t*t + s", S), ZERO, t))
        both = kernel.same_argmin(back, self.LEAST)
        assert both.statement == Term("SameArgmin", back.statement.args)

    def test_one_unique_minimiser_is_the_same_minimisers(self):
        moved = kernel.transfer(kernel.symmetric(self.ORDERING), self.LEAST)
        both = kernel.same_argmin(self.LEAST, moved)
        assert both.statement == Term("SameArgmin", (read("t*t", S), read("t*t + s", S), t))
        assert both.context is S

    def test_but_not_two_minimisers(self):
        wanted = "expected order.f. = order.g."
        at_one = minimum_at_one()
        refused(wanted, kernel.same_argmin, self.LEAST, at_one)
        refused(wanted, kernel.same_argmin, at_one, self.LEAST)
        refused(wanted, kernel.same_argmin, self.LEAST, self.ORDERING)

    def test_of_the_same_loss_in_the_same_theta(self):
        wanted = "expected order.f. = order.g."
        for inference in (kernel.transfer, kernel.same_argmin):
            refused(wanted, inference, self.ORDERING, self.LEAST)
            refused(wanted, inference, self.LEAST, self.ORDERING)
            refused(wanted, inference, self.ORDERING, self.ORDERING)
            affinity = in_t("t*t", "t*t")
            refused(wanted, inference, affinity, self.LEAST)
        equation = affinely("t*t", "t*t", S)
        in_both = kernel.same_order(kernel.affine(("t", "s"), equation, apart("0", "1", 1, S)))
        refused(wanted, kernel.transfer, in_both, self.LEAST)

    def test_nothing_narrows_theta_between_them(self):
        more = S.declare("z", REAL).assume(Lt(0, t))
        back = kernel.symmetric(kernel.same_order(in_t("t*t + s", "t*t", more, b="s")))
        refused("narrows", kernel.transfer, back, self.LEAST)
        wider = kernel.instance(S.declare("z", REAL), {}, self.LEAST)
        assert kernel.transfer(kernel.symmetric(self.ORDERING), wider).context is wider.context


class TestGradient:
    def test_of_one_symbol(self):
        c = declare("t in (0,1); a in Real; Derivative(a*t, t) in Real")
        # The hypothesis mentions t, so that a must not occur in it.
        refused("links", kernel.gradient, read("a*t", c), read("a*t", c), "t",
                kernel.ring(given(c), given(c)))  # fmt: skip
        d = declare("t in (0,1)")
        found = rule("derivative_variable", d, {"x": t}, kernel.side(0, same("t", "t", d)))
        equal = kernel.ring(kernel.side(0, found), kernel.side(0, found))
        gradient = kernel.gradient(t, t, "t", equal)
        assert gradient.statement == Term("SameGradient", (t, t, t))
        assert gradient.context is d

    def identity(self, context):
        found = rule("derivative_variable", context, {"x": t},
                     kernel.side(0, same("t", "t", context)))  # fmt: skip
        return kernel.ring(kernel.side(0, found), kernel.side(0, found))

    def test_refusals(self):
        d = declare("t in (0,1); z in Real")
        equal = self.identity(d)
        refused("q is not declared", kernel.gradient, t, t, "q", equal)
        refused("z does not depend on", kernel.gradient, t, symbol("z"), "t", equal)
        refused("expected Derivative", kernel.gradient, t, t + 1, "t", equal)
        closed = EMPTY.declare("t", Term("Closed", (ZERO, ONE)))
        refused(
            "does not lie in an open interval", kernel.gradient, t, t, "t", self.identity(closed)
        )

    def test_equals_are_put_for_equals_where_nothing_is_assumed_of_theta(self):
        d = declare("t in (0,1); z in Real; z = 0")
        gradient = kernel.gradient(t, t, "t", self.identity(d))
        found = kernel.rewrite((0,), gradient, same("t", "1*t", d))
        assert found.statement == Term("SameGradient", (read("1*t", d), t, t))
        c = declare("t in (0,1); t < 1/2")
        gradient = kernel.gradient(t, t, "t", self.identity(c))
        refused("is no relation in", kernel.rewrite, (0,), gradient, same("t", "1*t", c))

    def test_in_two_symbols(self):
        d = declare("t in (0,1)")
        one = kernel.gradient(t, t, "t", self.identity(d))
        both = kernel.gradients(one, one)
        assert both.statement == Term("SameGradient", (t, t, t, t))
        refused("expected grad", kernel.gradients, one, same("t", "t", d))
        other = kernel.rewrite((0,), one, same("t", "1*t", d))
        refused("expected grad", kernel.gradients, one, other)

    def test_of_a_family_for_each_member(self):
        c = declare("n in Natural; j in 1..n; u[i] in Real for i in 1..n")
        u_j, inner = read("u[j]", c), c.declare("k", RUN)
        u_k = Term("member", (symbol("k"),), "u")
        values = {"x": u_k, "c": u_j, "j": symbol("j"), "k": symbol("k")}
        numbers = [kernel.side(0, same(a, a, inner)) for a in "jk"]
        members = real("u[k]", inner), real("u[j]", inner)
        delta = rule("derivative_member", inner, values, *members, *numbers)
        equal = kernel.ring(kernel.side(0, delta), kernel.side(0, delta))
        found = kernel.gradient(u_j, u_j, "u", equal)
        assert found.statement == Term("SameGradient", (u_j, u_j, symbol("u")))
        assert found.context is c
        few = c.declare("k", Term("Range", (ONE, ONE)))
        for other in (few, c):
            refused("not proved for each member", kernel.gradient, u_j, u_j, "u",
                    same("j", "j", other))  # fmt: skip
