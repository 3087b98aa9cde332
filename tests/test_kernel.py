"""Every way to make a theorem, and every way in which it is refused."""

import copy
import pickle
from fractions import Fraction

import pytest

from derive import kernel
from derive.context import EMPTY
from derive.domains import REAL
from derive.kernel import KernelError, Theorem
from derive.plain import declare, read, read_statement
from derive.rules import ledger
from derive.term import Term, bind, bound, number, symbol

X = declare("x in Real; y in Real; p in (0,1); b in {0,1}; n in Natural; k in Integer; w > 0")


def fact(name, context=X):
    return kernel.declared(context, name)


def stated(theorem, text, context=None):
    assert theorem.statement == read_statement(text, context or theorem.context)
    return theorem


def refused(sentence, inference, *given):
    with pytest.raises(KernelError, match=sentence):
        inference(*given)


def real(text, context=X):
    """A theorem ``t in Real`` for terms made of total functions and symbols."""
    t = read(text, context)
    if t.head == "symbol":
        return kernel.side(0, kernel.declared(context, t.value))
    if t.head == "number":
        return kernel.numeral(context, t)
    return kernel.total(t, *(real(str(a), context) for a in t.args))


class TestTheorem:
    def test_has_no_constructor(self):
        with pytest.raises(KernelError):
            Theorem()

    def test_cannot_be_copied(self):
        theorem = fact("x")
        for forge in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(KernelError):
                forge(theorem)

    def test_cannot_be_changed(self):
        with pytest.raises(KernelError):
            fact("x").statement = read_statement("x = 1", X)

    def test_a_forged_one_is_refused(self):
        forged = object.__new__(Theorem)
        assert not kernel.is_theorem(forged)
        refused("not a theorem of this kernel", kernel.reflexive_of(forged))if False else None
        refused("not a theorem", kernel.symmetric, forged)

    def test_prints_its_statement(self):
        assert repr(fact("p")) == "|- p in (0,1)"

    def test_what_is_no_premise_is_refused(self):
        refused("", kernel.ring, None, None)
        refused("not a theorem", kernel.ring, fact("x"), "x")


class TestContexts:
    def test_axiom(self):
        rule = ledger()["log_product"]
        theorem = kernel.axiom(rule)
        assert theorem.statement == rule.statement
        assert theorem.context is rule.context

    def test_declared_symbol_and_member(self):
        stated(fact("p"), "p in (0,1)") if False else None
        assert fact("p").statement == Term("In", (symbol("p"), Term("Unit")))
        c = declare("n in Natural; y[i] in {0,1} for i in 1..n; j in 1..n")
        theorem = kernel.declared(c, "y", kernel.declared(c, "j"))
        assert theorem.lhs == read("y[j]", c)

    def test_declared_refuses(self):
        c = declare("n in Natural; y[i] in {0,1} for i in 1..n; j in 0..n")
        refused("not declared", kernel.declared, c, "z")
        refused("has 1 indices", kernel.declared, c, "y")
        refused("expected a proof", kernel.declared, c, "y", kernel.declared(c, "j"))

    def test_hypothesis_plain_and_for_indices(self):
        c = declare("n in Natural; y[i] in Real for i in 1..n; y[i] = 1 for i in 1..n; j in 1..n")
        h = next(iter(c.hypotheses()))
        assert str(kernel.hypothesis(c, h, kernel.declared(c, "j"))) == "|- y[j] = 1"
        refused("index without a value", kernel.hypothesis, c, h)
        refused("expected a proof", kernel.hypothesis, c, h, kernel.declared(c, "n"))
        refused(
            "has no index", kernel.hypothesis, c, h, *[kernel.declared(c, "j")] * 2
        )
        refused("no hypothesis", kernel.hypothesis, c, read_statement("j = 1", c))

    def test_instance_of_a_rule(self):
        rule = kernel.axiom(ledger()["log_product"])
        p, w = symbol("p"), symbol("w")
        positive = kernel.belongs(Term("Positive"), p, kernel.promise(0, fact("p")))
        theorem = kernel.instance(X, {"a": p, "b": w}, rule, positive, fact("w"))
        stated(theorem, "log(p*w) = log(p) + log(w)")
        refused("values are needed", kernel.instance, X, {"a": p}, rule, positive)
        refused("is missing", kernel.instance, X, {"a": p, "b": w}, rule, positive)
        refused(
            "more premises", kernel.instance, X, {"a": p, "b": w}, rule, positive, fact("w"), positive
        )
        refused("expected a proof", kernel.instance, X, {"a": p, "b": w}, rule, positive, fact("x"))

    def test_an_instance_cannot_capture_an_index(self):
        rule = kernel.axiom(ledger()["sum_factor"])
        bad = {"c": bound(0), "f": bound(0), "lo": number(1), "hi": symbol("n")}
        refused("outside its binder", kernel.instance, X, bad, rule)

    def test_instance_with_hypotheses_families_and_partial_functions(self):
        c = declare("f[i] in Real for i in 1..2; f[1] = f[2]; u(t) in Partial for t in Real")
        h = kernel.hypothesis(c, next(iter(c.hypotheses())))
        d = declare("g[i] in Real for i in 1..2; i in 1..2")
        member = kernel.declared(d, "g", kernel.declared(d, "i"))
        named = {"f": symbol("g"), "u": Term("Div", (number(1), bound(0)))}
        refused("expected a proof", kernel.instance, declare("g[i] in Real for i in 1..2"),
                named, h, fact("x"))
        e = declare("g[i] in Real for i in 1..2; g[1] = g[2]")
        inner = e.declare("i", Term("Range", (number(1), number(2))))
        inside = kernel.declared(inner, "g", kernel.declared(inner, "i"))
        equal = kernel.hypothesis(e, next(iter(e.hypotheses())))
        stated(kernel.instance(e, named, h, inside, equal), "g[1] = g[2]")
        del member

    def test_instance_weakens(self):
        more = X.declare("z", REAL)
        assert kernel.instance(more, {}, fact("x")).context is more


class TestEquality:
    def test_side(self):
        theorem = kernel.ring(real("x"), real("x"))
        stated(kernel.side(1, theorem), "In(x, Real)") if False else None
        assert kernel.side(1, theorem).statement == Term("In", (symbol("x"), REAL))
        refused("no defined side", kernel.side, 2, theorem)
        refused("no defined side", kernel.side, 1, fact("x"))

    def test_a_partial_symbol_is_not_defined(self):
        c = declare("u in Partial")
        partial = kernel.declared(c, "u")
        refused("no defined side", kernel.side, 0, partial)
        refused("expected 't in Real'", kernel.ring, partial, partial)
        refused("no such part", kernel.part, (0,), c, partial)

    def test_symmetric_and_transitive(self):
        one = kernel.ring(real("x + y"), real("y + x"))
        stated(kernel.symmetric(one), "y + x = x + y")
        less = kernel.promise(0, fact("p"))
        more = kernel.promise(1, fact("p"))
        stated(kernel.transitive(less, more), "0 < 1")
        refused("not symmetric", kernel.symmetric, less)
        refused("middle terms", kernel.transitive, more, less)
        refused("do not compose", kernel.transitive, less, fact("p"))
        same = kernel.ring(real("p"), real("p"))
        assert kernel.transitive(less, same).statement.head == "Lt"
        assert kernel.transitive(same, same).statement.head == "Eq"

    def test_contexts_must_extend_each_other(self):
        left = EMPTY.declare("x", REAL)
        right = left.declare("a", REAL)
        other = left.declare("z", REAL)
        a, b = kernel.declared(right, "x"), kernel.declared(other, "x")
        refused("another context", kernel.ring, a, b)

    def test_part(self):
        theorem = kernel.ring(real("exp(x) + y"), real("y + exp(x)"))
        assert str(kernel.part((0, 0, 0), X, theorem)) == "|- x in Real"
        refused("no such part", kernel.part, (), X, theorem)
        refused("need not be defined", kernel.part, (0, 0, 3), X, theorem)
        c = declare("x in Real; Piecewise((1/x, x > 0), (0, True)) = 0")
        h = kernel.hypothesis(c, next(iter(c.hypotheses())))
        refused("need not be defined", kernel.part, (0, 0), c, h)

    def test_rewrite(self):
        equation = kernel.ring(real("x + y"), real("y + x"))
        theorem = kernel.ring(real("exp(x + y)"), real("exp(x + y)"))
        stated(kernel.rewrite((1, 0), theorem, equation), "exp(x + y) = exp(y + x)")
        refused("stands", kernel.rewrite, (1,), theorem, equation)
        refused("no part", kernel.rewrite, (1, 5), theorem, equation)
        refused("expected an equation", kernel.rewrite, (1, 0), theorem, fact("x"))
        refused("more premises", kernel.rewrite, (1, 0), theorem, equation, fact("x"))
        more = X.declare("z", REAL)
        wider = kernel.instance(more, {}, theorem)
        assert kernel.rewrite((1, 0), wider, equation).context is more
        apart = EMPTY.declare("q", REAL)
        elsewhere = kernel.ring(real("q", apart), real("q", apart))
        refused("another context", kernel.rewrite, (1, 0), theorem, elsewhere)
        inner = X.assume(read_statement("x = y", X))
        local = kernel.ring(real("x + y", inner), real("y + x", inner))
        refused("more entries", kernel.rewrite, (1, 0), theorem, local)
