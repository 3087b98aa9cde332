"""Contexts: growing, asking, well-formed terms and statements."""

import gc

import pytest

from derive.context import (
    EMPTY,
    Context,
    ContextError,
    Declaration,
    Hypothesis,
    as_function,
    doubled,
    instances,
    is_variable,
    mentions,
)
from derive.domains import NATURAL, POSITIVE, REAL, UNIT
from derive.functions import Eq, Lt, Sum
from derive.plain import declare, read_statement
from derive.term import ONE, Term, bind, bound, symbol

x, y, n, i = map(symbol, "xyni")
RUN = Term("Range", (ONE, n))
#: n in Natural; f[i] in Real for i in 1..n
F = EMPTY.declare("n", NATURAL).declare("f", REAL, (RUN,))


def f(index):
    return Term("member", (index,), "f")


class TestGrowing:
    def test_the_same_entries_are_the_same_context(self):
        assert EMPTY.declare("x", UNIT) is EMPTY.declare("x", UNIT)
        one = EMPTY.declare("x", REAL).assume(Eq(x, 1))
        assert one is EMPTY.declare("x", REAL).assume(Eq(x, 1))
        assert EMPTY.declare("x", UNIT) is not EMPTY.declare("x", REAL)
        named = EMPTY.declare("x", REAL, definition=ONE)
        assert named is not EMPTY.declare("x", REAL)

    def test_up_to_the_names_of_bound_variables(self):
        left = Lt(Sum(f(i), (i, 1, n)), 1)
        right = Lt(Sum(f(symbol("j")), (symbol("j"), 1, n)), 1)
        assert F.assume(left) is F.assume(right)

    def test_contexts_that_nobody_needs_are_forgotten(self):
        before = len(EMPTY._children)
        EMPTY.declare("used_once", UNIT)
        gc.collect()
        assert len(EMPTY._children) <= before

    def test_what_stands_in_it(self):
        context = F.assume(Eq(n, 2))
        assert context.depth == 3
        assert [type(e) for e in context.entries()] == [Declaration, Declaration, Hypothesis]
        assert context.entries(F) == (Hypothesis(Eq(n, 2)),)
        assert context.entries(context) == ()
        assert list(context.hypotheses()) == [Eq(n, 2)]
        assert set(context.names) == {"n", "f"}
        assert EMPTY.entries() == ()
        assert Context() is EMPTY

    def test_names_are_declared_once_and_domains_are_domains(self):
        with pytest.raises(ContextError, match="f is declared already"):
            F.declare("f", REAL)
        for no_domain in (x, ONE, Term("Eq", (x, x))):
            with pytest.raises(ContextError, match="is not a domain"):
                EMPTY.declare("z", no_domain)
            with pytest.raises(ContextError, match="is not a domain"):
                EMPTY.declare("z", REAL, (no_domain,))

    def test_an_entry_mentions_only_what_stands_before_it(self):
        with pytest.raises(ContextError, match="n is not declared"):
            EMPTY.declare("z", REAL, (RUN,))
        with pytest.raises(ContextError, match="x is not declared"):
            EMPTY.declare("z", Term("Open", (x, ONE)))
        with pytest.raises(ContextError, match="x is not declared"):
            EMPTY.declare("z", REAL, definition=x)
        with pytest.raises(ContextError, match="x is not declared"):
            EMPTY.assume(Lt(x, 1))
        with pytest.raises(ContextError, match="outside its binder"):
            EMPTY.declare("z", Term("Open", (bound(0), ONE)))
        with pytest.raises(ContextError, match="outside its binder"):
            EMPTY.declare("z", REAL, (Term("Range", (bound(0), ONE)),))

    def test_later_indices_may_mention_earlier_ones(self):
        triangle = F.declare(
            "z", Term("Open", (bound(0), bound(1))), (RUN, Term("Range", (ONE, bound(0))))
        )
        assert len(triangle.names["z"].indices) == 2

    def test_indices_get_names_for_printing(self):
        assert F.names["f"].hints == ("i",)
        assert F.declare("g", REAL, (RUN, RUN), ("a", "b")).names["g"].hints == ("a", "b")


class TestExtending:
    A = EMPTY.declare("x", REAL)
    B = A.declare("y", REAL)
    C = A.assume(Eq(x, 1))

    def test_longer_contexts_extend_shorter_ones(self):
        assert self.B.extends(self.A)
        assert self.B.extends(self.B)
        assert self.B.extends(EMPTY)
        assert not self.A.extends(self.B)
        assert not self.B.extends(self.C)

    def test_the_longest_common_beginning(self):
        assert self.B.common(self.C) is self.A
        assert self.B.common(self.A) is self.A
        assert self.A.common(self.B) is self.A
        assert self.B.common(EMPTY.declare("z", REAL)) is EMPTY
        assert self.B.common(self.B) is self.B


class TestKnowing:
    def test_entries_and_the_promises_of_domains(self):
        c = declare("p in (0,1); x in Real; x != 2; y[i] in {0,1} for i in 1..2")
        for fact in ("0 < p", "p < 1", "x != 2"):
            assert c.knows(read_statement(fact, c))
        for not_known in ("0 <= p", "x < 2", "p != 2", "y[1] <= 1"):
            assert not c.knows(read_statement(not_known, c))


class TestWellFormed:
    @pytest.mark.parametrize(
        ("t", "message"),
        [
            (y, "y is not declared"),
            (Term("member", (ONE,), "n"), "n is a single symbol, here it has 1 indices"),
            (symbol("f"), "f is a family with 1 indices, here it has 0"),
            (Term("member", (ONE, ONE), "f"), "with 1 indices, here it has 2"),
            (Term("log", (n, n)), "log does not take 2"),
            (Term("Max", ()), "Max does not take 0"),
            (Term("Sum", (n, ONE)), "Sum does not take 2"),
            (Term("Derivative", (n, n, REAL, n)), "Derivative does not take 4"),
            (Term("Range", (n,)), "Range does not take 1"),
            (Term("Positive", (n,)), "Positive does not take 1"),
            (Term("FiniteSet", ()), "FiniteSet does not take 0"),
            (Term("Lt", (n,)), "Lt does not take 1"),
            (bound(0), "outside its binder"),
            (Term("Sum", (bound(1), ONE, n)), "outside its binder"),
            (Term("Sum", (ONE, bound(0), n)), "outside its binder"),
            (Term("oo"), "oo is no number"),
            (Term("number", (), 0.5), "is no term"),
            (Term("number", (), 2), "is no term"),
            (Term("symbol", (ONE,), "f"), "is no term"),
            (Term("member", (), "n"), "is no term"),
            (Term("bound", (), -1), "is no term"),
            (Term("exp", (n,), "n"), "is no term"),
        ],
    )
    def test_refusals(self, t, message):
        with pytest.raises(ContextError, match=message):
            F.check(t)

    @pytest.mark.parametrize(
        "t",
        [
            f(n),
            Sum(f(i), (i, 1, n)),
            Term("unknown", (n, n, n)),
            Term("Integral", (bound(0), Term("Neg", (Term("oo"),)), Term("oo"))),
            Term("Derivative", (bound(0), n, UNIT)),
        ],
    )
    def test_terms(self, t):
        F.check(t)

    def test_open_variables_are_counted(self):
        F.check(bound(1), 2)
        with pytest.raises(ContextError, match="outside its binder"):
            F.check(bound(1), 1)

    def test_infinity_ends_intervals(self):
        c = EMPTY.declare("x", Term("Open", (ONE, Term("oo"))))
        assert c.depth == 1
        assert EMPTY.declare("k", Term("Range", (ONE, Term("oo")))).depth == 1
        with pytest.raises(ContextError, match="oo is no number"):
            EMPTY.declare("x", Term("Range", (Term("oo"), ONE)))
        with pytest.raises(ContextError, match="oo is no number"):
            EMPTY.declare("x", Term("Open", (ONE, Term("oo") + 1)))


class TestStatements:
    @pytest.mark.parametrize(
        "s",
        [
            Eq(n, 1),
            Term("In", (n, REAL)),
            Term("True"),
            Term("And", (Eq(n, 1), Lt(n, 2))),
            Term("ForAll", (Eq(f(bound(0)), 1), RUN)),
            Term("SameOrder", (n, n, n)),
            Term("Argmin", (Sum(f(i), (i, 1, n)), ONE, symbol("f"))),
        ],
    )
    def test_statements(self, s):
        F.check_statement(s)

    @pytest.mark.parametrize(
        ("s", "message"),
        [
            (n, "n is not a statement"),
            (Term("In", (n, n)), "n is not a domain"),
            (Term("ForAll", (Eq(n, 1), n)), "n is not a domain"),
            (Term("ForAll", (n, RUN)), "n is not a statement"),
            (Term("ForAll", (Eq(bound(1), 1), RUN)), "outside its binder"),
            (Term("SameOrder", (n, n, y)), "y is not a declared symbol or family"),
            (Term("SameOrder", (n, n, f(n))), "is not a declared symbol or family"),
            (Term("SameOrder", (n, y, n)), "y is not declared"),
            (Eq(y, 1), "y is not declared"),
            (Term("Eq", (n, n, n)), "Eq does not take 3"),
        ],
    )
    def test_refusals(self, s, message):
        with pytest.raises(ContextError, match=message):
            F.check_statement(s)

    def test_a_relation_in_theta_is_not_assumed(self):
        relation = Term("SameOrder", (n, n, n))
        for s in (relation, Term("ForAll", (relation, RUN))):
            with pytest.raises(ContextError, match="speaks of a whole domain"):
                F.assume(s)

    def test_quantified_statements_have_instances(self):
        s = bind("ForAll", "i", bind("ForAll", "j", Lt(i, symbol("j")), REAL), REAL)
        assert instances(s, x, y) == Lt(x, y)
        assert instances(s) is s


class TestEntries:
    def test_variables_are_free_numbers(self):
        c = declare(
            "n in Natural; f[i] in Real for i in 1..n; m := n; X ~ Exponential(rate=1); n > 2"
        )
        found = {e.name: is_variable(e) for e in c.entries() if isinstance(e, Declaration)}
        assert found == {"n": True, "f": False, "m": False, "X": False}
        assert not is_variable(c.entry)
        assert not is_variable(None)

    def test_what_an_entry_is_about(self):
        c = declare("n in Natural; s > 0; f[i] in (0, s) for i in 1..n; m := n + s; f[1] < s")
        about = [mentions(e) for e in c.entries()]
        assert about[2] == {"n", "s"}
        assert about[3] == {"n", "s"}
        assert about[-1] == {"f", "s"}

    def test_the_parameters_of_a_law_are_mentioned(self):
        c = declare("mu in Real; X ~ Normal(mean=mu, variance=1)")
        assert mentions(c.names["X"]) == {"mu"}


class TestValues:
    C = F.declare("g", REAL, (RUN,)).declare("x", REAL)

    def test_a_family_by_the_name_of_another(self):
        value = as_function(symbol("g"), self.C.names["f"], self.C)
        assert value == Term("member", (bound(0),), "g")
        two = self.C.declare("h", REAL, (RUN, RUN))
        assert as_function(symbol("h"), two.names["h"], two).args == (bound(1), bound(0))

    def test_other_values_stand_as_they_are(self):
        for value in (symbol("x"), ONE, bound(0) * 2, symbol("unknown")):
            assert as_function(value, self.C.names["f"], self.C) is value
        assert as_function(symbol("g"), self.C.names["x"], self.C) == symbol("g")


class TestDoubled:
    def test_a_second_point_satisfies_what_is_said_of_the_first(self):
        c = declare("s in Real; t > 0; t < 5; s < 2")
        copied, renaming = doubled(c, ("t",))
        assert copied.extends(c)
        assert renaming == {"t": symbol("t_")}
        assert copied.names["t_"].domain == POSITIVE
        assert copied.entries(c)[1:] == (Hypothesis(read_statement("t_ < 5", copied)),)

    def test_its_names_are_new(self):
        c = declare("t in Real; t_ in Real")
        copied, renaming = doubled(c, ("t",))
        assert renaming == {"t": symbol("t_1")}
        assert set(copied.names) == {"t", "t_", "t_1"}

    def test_families(self):
        c = declare("n in Natural; w[i] in Real for i in 1..n; Sum(w[i], (i, 1, n)) = 1")
        copied, renaming = doubled(c, ("w",))
        assert renaming == {"w": Term("member", (bound(0),), "w_")}
        last = Hypothesis(read_statement("Sum(w_[i], (i, 1, n)) = 1", copied))
        assert copied.entry == last

    def test_several_symbols_at_once(self):
        c = declare("s in Real; t in Real; s < t")
        copied, renaming = doubled(c, ("s", "t"))
        assert copied.entry == Hypothesis(Lt(symbol("s_"), symbol("t_")))
        assert renaming["s"] == symbol("s_")
