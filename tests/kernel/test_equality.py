"""Parts, symmetry, transitivity and rewriting."""

import pytest

from derive import kernel
from derive.context import EMPTY, ContextError
from derive.domains import INTEGER, REAL, UNIT
from derive.functions import Eq, Le, Lt, Piecewise, derivative
from derive.plain import declare, read
from derive.term import ONE, ZERO, Term, bound, number, symbol
from tests.kernel.proving import (
    RUN,
    X,
    affinely,
    apart,
    given,
    member,
    real,
    refused,
    rule,
    same,
    says,
    whole,
    x,
)


def test_both_sides_of_a_theorem_are_defined():
    theorem = same("x + y", "y + x")
    assert kernel.side(1, theorem).statement == member(read("y + x", X))
    assert kernel.side(0, real("p")).statement == member(symbol("p"))
    refused("no defined side 2", kernel.side, 2, theorem)
    refused("no defined side -1", kernel.side, -1, theorem)
    refused("no defined side 1", kernel.side, 1, real("x"))


def test_symmetry():
    says(kernel.symmetric(same("x + y", "y + x")), "y + x = x + y")
    c = declare("x in Real; y in Real; x != y")
    says(kernel.symmetric(given(c)), "y != x")
    refused("is not symmetric", kernel.symmetric, apart("0", "1", 1))


def test_transitivity():
    low, high = kernel.promise(0, real("p")), kernel.promise(1, real("p"))
    says(kernel.transitive(low, high), "0 < 1")
    refused("middle terms", kernel.transitive, high, low)
    refused("do not compose", kernel.transitive, low, real("p"))
    refused(
        "do not compose", kernel.transitive, same("x", "x"), given(declare("x in Real; x != 1"))
    )
    equal = same("p", "p")
    heads = [
        kernel.transitive(*both).statement.head
        for both in (
            (low, equal),
            (equal, equal),
            (equal, kernel.order("Le", (), *[real("p")] * 2)),
        )
    ]
    assert heads == ["Lt", "Eq", "Le"]


def test_relations_in_theta_compose_when_theta_is_the_same():
    c = declare("s in Real; t in Real")
    one = apart("0", "1", 1, c)
    in_t = kernel.affine(("t",), affinely("s*t", "s*t", c), one)
    in_both = kernel.affine(("s", "t"), affinely("s*t", "s*t", c), one)
    assert kernel.transitive(in_t, kernel.symmetric(in_t)).statement == in_t.statement
    refused("do not compose", kernel.transitive, in_t, in_both)
    refused("do not compose", kernel.transitive, in_t, kernel.same_order(in_t))
    refused("do not compose", kernel.transitive, in_t, same("s*t", "s*t", c))


def test_strict_parts_of_a_defined_term_are_defined():
    theorem = same("exp(x) + y", "y + exp(x)")
    assert str(kernel.part((0, 0, 0), X, theorem)) == "|- x in Real"
    for path in ((), (2,)):
        refused("has no such part", kernel.part, path, X, theorem)
    refused("need not be defined", kernel.part, (-1,), X, theorem)
    refused("need not be defined", kernel.part, (0, 0, 3), X, theorem)
    refused("need not be defined", kernel.part, (0, 0, -1), X, theorem)


def test_what_a_piecewise_does_not_look_at_need_not_be_defined():
    c = declare("x in Real; Piecewise((1/x, x > 0), (0, True)) = 0")
    for k in range(4):
        refused("need not be defined", kernel.part, (0, k), c, given(c))


def test_the_body_of_a_sum_is_defined_for_every_index():
    c = declare("n in Natural; x[i] in Real for i in 1..n; Sum(log(x[i]), (i, 1, n)) in Real")
    inner = c.declare("i", RUN)
    assert str(kernel.part((0, 0), inner, given(c))) == "|- log(x[i]) in Real"
    refused("no entry for the variable", kernel.part, (0, 0), c, given(c))
    refused("are not put for equals below", kernel.part, (0, 0),
            c.declare("i", Term("Range", (ZERO, symbol("n")))), given(c))  # fmt: skip
    refused("more entries", kernel.part, (0, 0), inner.declare("z", REAL), given(c))
    refused("contexts differ", kernel.part, (0, 0), declare("i in 1..3"), given(c))


@pytest.mark.parametrize("text", ["Integral(1/t, (t, 1, x)) = 0", "Derivative(1/x, x) = 0"])
def test_the_bodies_of_other_binders_are_not_strict(text):
    c = declare(f"x in (0,1); {text}")
    refused("need not be defined", kernel.part, (0, 0), c.declare("t", UNIT), given(c))


def test_equals_may_be_put_for_equals():
    equation, theorem = same("x + y", "y + x"), same("exp(x + y)", "exp(x + y)")
    says(kernel.rewrite((1, 0), theorem, equation), "exp(x + y) = exp(y + x)")
    more = X.declare("z", REAL)
    assert kernel.rewrite((1, 0), kernel.instance(more, {}, theorem), equation).context is more


def test_rewrite_refuses():
    equation, theorem = same("x + y", "y + x"), same("exp(x + y)", "exp(x + y)")
    refused(r"stands exp\(x \+ y\), not x \+ y", kernel.rewrite, (1,), theorem, equation)
    refused("has no part number 5", kernel.rewrite, (1, 5), theorem, equation)
    refused("expected an equation", kernel.rewrite, (1, 0), theorem, real("x"))
    refused("more premises than binders", kernel.rewrite, (1, 0), theorem, equation, real("x"))
    elsewhere = EMPTY.declare("q", REAL)
    refused("another context", kernel.rewrite, (1, 0), theorem, same("q", "q", elsewhere))
    inner = X.assume(Eq(x, symbol("y")))
    refused("more entries", kernel.rewrite, (1, 0), theorem, given(inner))


class TestBelowASum:
    C = declare("n in Natural; x[i] in Real for i in 1..n; Sum(x[i] + 1, (i, 1, n)) in Real")
    TOTAL = kernel.ring(given(C), given(C))

    def test_for_every_index_of_the_range(self):
        inner = self.C.declare("i", RUN)
        equation = same("x[i] + 1", "1 + x[i]", inner)
        found = kernel.rewrite((1, 0), self.TOTAL, equation)
        assert found.rhs == read("Sum(1 + x[i], (i, 1, n))", self.C)
        assert found.context is self.C

    def test_not_for_some_of_them(self):
        few = Term("Range", (ONE, ONE))
        inner = self.C.declare("i", few).assume(Eq(Term("member", (symbol("i"),), "x"), 1))
        refused("is not a variable|are not put for equals below", kernel.rewrite, (1, 0),
                self.TOTAL, given(inner))  # fmt: skip

    def test_the_variable_is_declared(self):
        one = same("1", "1", self.C)
        refused("no entry for the variable", kernel.rewrite, (1, 0, 1), self.TOTAL, one)
        family = self.C.declare("f", REAL, (RUN,))
        refused("is not a variable", kernel.rewrite, (1, 0, 1), self.TOTAL, same("1", "1", family))


class TestInABranch:
    """Abs(x) = x is put into the first branch only."""

    C = declare("x in Real")
    T = Piecewise((x + 1, Le(ZERO, x)), (x + 2, True))

    def theorem(self):
        delta = declare(f"x in Real; {self.T} in Real")
        return kernel.ring(given(delta), given(delta))

    def test_its_condition_may_be_used(self):
        whole = self.theorem()
        inner = whole.context.assume(Le(ZERO, x))
        found = kernel.rewrite((1, 0), whole, same("x + 1", "1 + x", inner))
        assert found.rhs.args[0] == ONE + x
        assert found.context is whole.context

    def test_so_may_the_opposites_of_the_conditions_before(self):
        whole = self.theorem()
        inner = whole.context.assume(Lt(x, ZERO)).assume(Term("True"))
        found = kernel.rewrite((1, 2), whole, same("x + 2", "2 + x", inner))
        assert found.rhs.args[2] == number(2) + x

    def test_others_may_not(self):
        whole = self.theorem()
        for path, text, h in (
            ((1, 0), "x + 1", Lt(x, 0)),
            ((1, 2), "x + 2", Le(ZERO, x)),
            ((1, 0), "x + 1", Eq(x, 3)),
        ):
            inner = whole.context.assume(h)
            refused("more entries", kernel.rewrite, path, whole, same(text, text, inner))
        refused("more entries", kernel.rewrite, (1, 1, 0), whole,
                same("0", "0", whole.context.assume(Le(ZERO, x))))  # fmt: skip

    def test_a_branch_within_a_branch(self):
        inner = Piecewise((x + 1, Lt(x, 5)), (x, True))
        c = declare(f"x in Real; {Piecewise((inner, Le(ZERO, x)), (x, True))} in Real")
        whole = kernel.ring(given(c), given(c))
        for hypotheses in ((Lt(x, 5),), (Le(ZERO, x), Lt(x, 5)), (Le(ZERO, x),)):
            d = c
            for h in hypotheses:
                d = d.assume(h)
            found = kernel.rewrite((1, 0, 0), whole, same("x + 1", "1 + x", d))
            assert found.rhs.args[0].args[0] == ONE + x


class TestBelowADerivative:
    """Derivative(x*1, x) at x in (0,1)."""

    C = declare("x in (0,1); Derivative(x + 1, x) in Real")
    THEOREM = kernel.ring(given(C), given(C))

    def test_the_variable_lies_in_an_open_interval_that_holds_the_point(self):
        inner = self.C.declare("t", UNIT)
        equation = same("t + 1", "1 + t", inner)
        found = kernel.rewrite((1, 0), self.THEOREM, equation, real("x", self.C))
        assert found.rhs == derivative(ONE + x, x)

    def test_that_the_point_lies_in_it_is_shown(self):
        inner = self.C.declare("t", UNIT)
        equation = same("t + 1", "1 + t", inner)
        path, whole = (1, 0), self.THEOREM
        refused("a proof of x in .* is missing", kernel.rewrite, path, whole, equation)
        refused("expected a proof", kernel.rewrite, path, whole, equation,
                kernel.side(0, real("x", self.C)))  # fmt: skip
        refused("depends on the variable", kernel.rewrite, path, whole, equation, real("x", inner))
        refused("more premises", kernel.rewrite, path, whole, equation, *[real("x", self.C)] * 2)

    def test_a_closed_interval_or_a_kept_domain_does_not_do(self):
        inner = self.C.declare("t", Term("Closed", (ZERO, ONE)))
        equation = same("t + 1", "1 + t", inner)
        refused("are not put for equals below", kernel.rewrite, (1, 0), self.THEOREM, equation)
        d = declare("x in (0,1)").assume(member(derivative(x + 1, x, UNIT)))
        whole = kernel.ring(given(d), given(d))
        equation = same("t + 1", "1 + t", d.declare("t", UNIT))
        refused(
            "are not put for equals below", kernel.rewrite, (1, 0), whole, equation, real("x", d)
        )


class TestBelowAnIntegral:
    C = declare("a in Real; b in Real; a <= b; Integral(t + 1, (t, a, b)) in Real")
    WHOLE = kernel.ring(given(C), given(C))
    LOWER = given(C, 0)
    OPEN = Term("Open", (symbol("a"), symbol("b")))

    def equation(self, domain, context=C):
        return same("t + 1", "1 + t", context.declare("t", domain))

    def test_between_its_ends_or_on_the_line(self):
        found = kernel.rewrite((1, 0), self.WHOLE, self.equation(self.OPEN), self.LOWER)
        assert found.rhs == read("Integral(1 + t, (t, a, b))", self.C)
        assert kernel.rewrite((1, 0), self.WHOLE, self.equation(REAL)).rhs == found.rhs

    def test_which_end_is_the_lower_one_is_shown(self):
        path, whole, equation = (1, 0), self.WHOLE, self.equation(self.OPEN)
        refused("a proof of a <= b is missing", kernel.rewrite, path, whole, equation)
        refused("expected a proof of a <= b", kernel.rewrite, path, whole, equation,
                real("a", self.C))  # fmt: skip
        refused("more premises", kernel.rewrite, path, whole, equation, self.LOWER, self.LOWER)
        later = given(equation.context, 0)
        refused("depends on the variable", kernel.rewrite, path, whole, equation, later)

    def test_an_interval_that_is_empty_does_not_do(self):
        """Every integrand equals every other one on (b, a), which is empty when a <= b."""
        turned = Term("Open", (symbol("b"), symbol("a")))
        refused("expected a proof of b <= a", kernel.rewrite, (1, 0), self.WHOLE,
                self.equation(turned), self.LOWER)  # fmt: skip

    @pytest.mark.parametrize("text", ["(a, 1)", "[a, b]", "(0, 1)", "Positive", "1..3"])
    def test_other_places_do_not_do(self, text):
        inner = declare(f"t in {text}", self.C)
        refused("are not put for equals below", kernel.rewrite, (1, 0), self.WHOLE,
                same("t + 1", "1 + t", inner), self.LOWER)  # fmt: skip

    @pytest.mark.parametrize("ends", ["-oo, b", "a, oo", "-oo, oo", "b, -oo", "oo, a"])
    def test_infinite_ends_need_no_proof(self, ends):
        c = declare(f"a in Real; b in Real; Integral(t + 1, (t, {ends})) in Real")
        whole = kernel.ring(given(c), given(c))
        low, high = whole.lhs.args[1:]
        if low.head == "oo" or high.head == "Neg":
            low, high = high, low
        equation = self.equation(Term("Open", (low, high)), c)
        assert kernel.rewrite((1, 0), whole, equation).rhs.args[0].args[0] == ONE
        if ends != "-oo, oo":
            turned = self.equation(Term("Open", (high, low)), c)
            refused("is missing", kernel.rewrite, (1, 0), whole, turned)

    def test_from_infinity_to_infinity_there_is_nothing(self):
        infinity = Term("oo")
        c = EMPTY.assume(member(Term("Integral", (bound(0) + 1, infinity, infinity))))
        whole = kernel.ring(given(c), given(c))
        equation = self.equation(Term("Open", (infinity, infinity)), c)
        refused("a proof of oo <= oo is missing", kernel.rewrite, (1, 0), whole, equation)


class TestInfiniteSums:
    C = declare("x in (0,1); Sum(x**k + 0, (k, 0, oo)) in Real")

    def test_the_body_is_defined_from_the_first_index_on(self):
        inner = self.C.declare("k", Term("Range", (ZERO, Term("oo"))))
        assert str(kernel.part((0, 0, 0), inner, given(self.C))) == "|- x**k in Real"
        assert str(kernel.promise(1, kernel.declared(inner, "k"))) == "|- 0 <= k"
        refused("has no promise", kernel.promise, 2, kernel.declared(inner, "k"))
        wider = self.C.declare("k", INTEGER)
        refused("are not put for equals below", kernel.part, (0, 0), wider, given(self.C))

    def test_the_infinite_end_is_no_number(self):
        refused("oo is no number", kernel.part, (0, 2), self.C, given(self.C))
        ends = {"lo": ZERO, "hi": Term("oo")}
        refused("oo is no number", rule, "sum_zero", EMPTY, ends, whole(EMPTY, 0))

    @pytest.mark.parametrize("text", ["Sum(x, (k, oo, 1))", "Product(x, (k, 1, oo))",
                                      "Sum(x, (k, -oo, 1))", "Sum(x, (k, 1, oo + 1))"])  # fmt: skip
    def test_no_other_end_of_a_sum_is_infinite(self, text):
        with pytest.raises(ContextError, match="oo is no number"):
            declare("x in Real").check(read(text))


def test_relations_in_theta_keep_their_theta():
    c = declare("s in Real; t in Real; z in Real")
    ordering = kernel.affine(("t",), affinely("t + z - t", "t + z - t", c), apart("0", "1", 1, c))
    gone = kernel.ring(real("t + z - t", c), real("z", c))
    refused("is no relation in", kernel.rewrite, (0,), ordering, gone)
    turned = kernel.ring(real("t + z - t", c), real("z + t - t", c))
    assert kernel.rewrite((0,), ordering, turned).lhs == read("z + t - t", c)
    refused("is no relation in", kernel.rewrite, (2,), ordering, same("t", "t", c))
