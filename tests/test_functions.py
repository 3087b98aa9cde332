"""The catalogue of functions, comparisons, binders and derivatives by a member."""

import pytest

from derive import functions
from derive.context import EMPTY
from derive.domains import REAL
from derive.functions import (
    COMPARISONS,
    FUNCTIONS,
    Derivative,
    Eq,
    Le,
    Lt,
    Ne,
    Piecewise,
    Product,
    Sum,
    binder_range,
    derivative,
    exp,
    is_strict,
    is_total,
    log,
    logsumexp,
    negation,
    softmax,
    sqrt,
    vary,
)
from derive.plain import declare, read
from derive.term import ONE, Term, TermError, bound, instantiate, member, number, symbol

x, y, i, j, k, n, m, t = map(symbol, "xyijknmt")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_says_what_it_is(name):
    f = FUNCTIONS[name]
    assert f.name == name
    assert len(f.meaning) > 3
    assert is_total(Term(name)) == f.total
    assert is_strict(name) == (name != "Piecewise")
    context = EMPTY.declare("x", REAL)
    if name != "oo":
        context.check(Term(name, (x,) * (2 if f.arity is None else f.arity)))
    if f.arity is not None:
        with pytest.raises(ValueError, match=f"{name} does not take"):
            context.check(Term(name, (x,) * (f.arity + 1)))


@pytest.mark.parametrize(
    "name", ["Div", "Pow", "log", "gamma", "binomial", "xlogy", "Piecewise", "digamma", "besselk"]
)
def test_functions_with_gaps_are_not_total(name):
    assert not is_total(Term(name))


def test_what_nobody_knows_is_neither_total_nor_strict():
    for head in ("mystery", "symbol", "Sum", "Derivative", "Eq", "number"):
        assert not is_total(Term(head))
        assert not is_strict(head)


@pytest.mark.parametrize(
    "name", ["log", "exp", "sigmoid", "Max", "gamma", "KroneckerDelta", "xlogy"]
)
def test_functions_for_scripts(name):
    make = getattr(functions, name)
    assert make.__name__ == name
    assert FUNCTIONS[name].meaning in make.__doc__
    assert make(x, 2) == Term(name, (x, number(2)))
    with pytest.raises(TermError, match="is not exact"):
        make(0.5)


class TestComparisons:
    @pytest.mark.parametrize("c", [Eq(x, y), Ne(x, y), Lt(x, y), Le(x, y)])
    def test_the_opposite_of_the_opposite(self, c):
        assert negation(negation(c)) == c

    @pytest.mark.parametrize(("a", "b"), [(0, 1), (1, 0), (1, 1)])
    @pytest.mark.parametrize("make", [Eq, Ne, Lt, Le])
    def test_one_of_both_holds(self, make, a, b):
        def holds(c):
            return COMPARISONS[c.head](*(s.value for s in c.args))

        c = make(a, b)
        assert holds(c) != holds(negation(c))

    def test_others_have_none(self):
        for c in (Term("And", (Eq(x, 1),)), Term("True"), x, Term("In", (x, REAL))):
            assert negation(c) is None


class TestBinders:
    def test_several_ranges_nest_the_first_inmost(self):
        assert Sum(i * j, (i, 1, j), (j, 1, n)) == Sum(Sum(i * j, (i, 1, j)), (j, 1, n))
        assert str(Product(x, (i, 1, 2))) == "Product(x, (i, 1, 2))"

    def test_where_their_variables_run(self):
        run = Term("Range", (ONE, n))
        scores = member("z", k)
        for t in (
            Sum(x, (i, 1, n)), Product(x, (i, 1, n)), logsumexp(scores, (k, 1, n)),
            softmax(scores, (k, 1, n), j),
        ):  # fmt: skip
            assert binder_range(t) == run
        for t in (derivative(x, x), Term("Integral", (x, ONE, n)), x, Term("Family", (x, ONE, n))):
            assert binder_range(t) is None

    def test_the_class_of_a_softmax_stands_outside(self):
        t = softmax(member("z", k), (k, 1, n), k)
        assert t.args[3] == k
        assert t.loose == 0

    def test_conditions(self):
        assert Piecewise((x, Lt(0, x)), (1, True)).args == (x, Lt(0, x), ONE, Term("True"))
        assert sqrt(x) == x ** (number(1) / 2)


class TestDerivatives:
    def test_by_a_symbol(self):
        assert derivative(x * y, x) == Term("Derivative", (bound(0) * y, x))
        assert Derivative(x * y, x, y) == derivative(derivative(x * y, x), y)
        closed = Term("Closed", (ONE, n))
        assert derivative(x, x, closed).args[2] == closed

    def test_by_a_member_the_others_are_kept(self):
        f = Sum(member("x", i) ** 2, (i, 1, n))
        found = derivative(f, member("x", k))
        varied = Piecewise((t, Eq(i, k)), (member("x", i), True))
        assert found.args[1] == member("x", k)
        assert instantiate(found.args[0], t) == Sum(varied**2, (i, 1, n))

    def test_the_member_itself_is_the_variable(self):
        assert derivative(member("x", k) * y, member("x", k)).args[0] == bound(0) * y

    def test_at_the_point_it_is_the_body_again(self):
        """Read at t = x[k], the varied body has the value of the body: both branches agree."""
        varied = vary(member("x", j), member("x", k), member("x", k), 0)
        assert varied == Piecewise((member("x", k), Eq(j, k)), (member("x", j), True))

    def test_two_indices_are_compared_where_they_differ(self):
        z = derivative(member("x", i, j), member("x", k, m)).args[0]
        assert z.args[1] == Term("And", (Eq(i, k), Eq(j, m)))
        one = derivative(member("x", i, m), member("x", k, m)).args[0]
        assert one.args[1] == Eq(i, k)

    def test_the_variable_gets_a_new_name(self):
        f = t * member("x", k)
        found = derivative(f, member("x", k))
        assert found.args[0] == t * bound(0)
        assert found.free == {"t", "k", "x"}

    def test_an_index_of_the_point_is_not_captured(self):
        """Derivative(Sum(x[k], (k, 1, n)), x[k]) with the same letter inside and outside."""
        f = Sum(member("x", k), (k, 1, n))
        assert derivative(f, member("x", k)) == derivative(
            Sum(member("x", i), (i, 1, n)), member("x", k)
        )

    def test_nested_members(self):
        """x[x[k]]: the inner one is the variable, the outer one may be."""
        found = derivative(member("x", member("x", k)), member("x", k)).args[0]
        assert found == Piecewise((bound(0), Eq(bound(0), k)), (member("x", bound(0)), True))

    def test_what_does_not_mention_the_family_is_constant(self):
        assert vary(exp(y), member("x", k), t, 0) == exp(y)
        context = declare("n in Natural; x[i] in Real for i in 1..n; k in 1..n")
        assert read("Derivative(log(2), x[k])", context).args[0] == log(2)
