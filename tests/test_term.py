"""Terms: what they are, arithmetic as written, bound variables, places."""

import copy
import os
import pickle
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.functions import Product, Sum, derivative, log
from derive.term import (
    BINDERS,
    ONE,
    ZERO,
    Term,
    TermError,
    abstract,
    apply,
    bind,
    bound,
    fresh,
    instantiate,
    member,
    number,
    replace,
    shift,
    size,
    substitute,
    subterm,
    symbol,
    term,
    walk,
)

x, y, i, j, n = map(symbol, "xyijn")
NAMES = ["x", "y", "z"]


def trees(depth: int = 0) -> st.SearchStrategy[Term]:
    """Random terms with free symbols, a family f, binders and ``depth`` open variables."""
    leaves = [
        st.sampled_from(NAMES).map(symbol),
        st.integers(-3, 3).map(number),
    ]
    if depth:
        leaves.append(st.integers(0, depth - 1).map(bound))
    leaf = st.one_of(leaves)

    def grow(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        pair = st.tuples(inner, inner)
        closed = st.sampled_from(NAMES)
        return st.one_of(
            st.builds(lambda h, a: Term(h, a), st.sampled_from(["Add", "Mul", "Pow"]), pair),
            inner.map(lambda a: member("f", a)),
            st.builds(lambda v, a, b: bind("Sum", v, a, ONE, b), closed, inner, inner),
            st.builds(lambda v, a, b: bind("Derivative", v, a, b), closed, inner, inner),
        )

    return st.recursive(leaf, grow, max_leaves=12)


FEW = settings(max_examples=50, deadline=None)


class TestEquality:
    def test_names_of_bound_variables_do_not_count(self):
        left, right = Sum(member("f", i), (i, 1, n)), Sum(member("f", j), (j, 1, n))
        assert left == right
        assert hash(left) == hash(right)
        assert (left.names, right.names) == (("i",), ("j",))
        assert Sum(Sum(i * j, (i, 1, j)), (j, 1, n)) == Sum(Sum(x * y, (x, 1, y)), (y, 1, n))
        assert Sum(i, (i, 1, n)) != Sum(j, (i, 1, n))

    def test_the_order_of_the_author_does(self):
        assert x + y != y + x
        assert (x + y).args == (x, y)

    def test_heads_and_values_do(self):
        different = [x, y, ZERO, ONE, bound(0), member("x", ONE), log(x), Sum(x, (i, 1, n)),
                     Product(x, (i, 1, n)), Term("x")]  # fmt: skip
        assert len(set(different)) == len(different)

    def test_nothing_else_is_equal(self):
        assert (x == "x") is False
        assert (ONE == 1) is False

    @FEW
    @given(trees())
    def test_a_copy_is_equal(self, t):
        again = pickle.loads(pickle.dumps(t))
        assert again == t
        assert hash(again) == hash(t)
        assert copy.deepcopy(t) == t
        assert again.free == t.free


class TestImmutable:
    @pytest.mark.parametrize("name", ["head", "args", "value", "names", "loose", "other"])
    def test_assignment(self, name):
        with pytest.raises(AttributeError):
            setattr(x, name, ())
        with pytest.raises(AttributeError):
            delattr(x, name)

    def test_there_are_no_other_kinds(self):
        with pytest.raises(TypeError, match="one kind"):
            type("Other", (Term,), {})

    @FEW
    @given(trees(), trees())
    def test_operations_leave_their_operands_alone(self, t, u):
        before = pickle.dumps((t, u))
        substitute(t, {"x": u, "f": u})
        abstract(t, "x")
        assert pickle.dumps((t, u)) == before


HASHES = """
from derive.functions import Sum, log
from derive.term import bound, member, number, symbol
from fractions import Fraction
x, i = symbol("x"), symbol("i")
terms = [x, number(Fraction(1, 3)), log(x), Sum(member("f", i), (i, 1, symbol("n"))), bound(2)]
print([hash(t) for t in terms])
"""


def test_hashes_do_not_depend_on_the_seed_or_the_process():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", HASHES],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "random")
    }
    assert len(outputs) == 1


class TestArithmetic:
    @pytest.mark.parametrize(
        ("t", "text"),
        [
            (x - y, "x - y"),
            (x + y + 1, "x + y + 1"),
            ((-x) * y, "-x*y"),
            (-x / y, "-x/y"),
            (-3 * x, "-3*x"),
            (x * -3, "x*(-3)"),
            (number(4) / 2, "4/2"),
            (term(1) / 2, "1/2"),
            (2 / term(4), "2/4"),
            (1 - x, "1 - x"),
            (x**-1, "x**(-1)"),
            (2**x, "2**x"),
            (+1 + x, "1 + x"),
            (abs(x), "Abs(x)"),
            (1 / x, "1/x"),
        ],
    )
    def test_spelling(self, t, text):
        assert str(t) == text

    def test_a_minus_belongs_to_the_whole_product(self):
        assert (-x) * y == -(x * y)
        assert (-x) / y == -(x / y)
        assert number(-1) * x == -x
        assert number(-2) * x == -(TWO * x)
        assert number(-2) * number(3) == Term("Mul", (number(-2), number(3)))
        assert -number(2) == number(-2)
        minus = -x
        assert -minus == Term("Neg", (Term("Neg", (x,)),))

    def test_sums_and_products_are_read_from_left_to_right(self):
        assert (x + y + 1).args == (x, y, ONE)
        assert (x * y * 2).args == (x, y, TWO)
        assert (x + (y + 1)).args == (x, y + 1)
        assert (x - y) == Term("Add", (x, Term("Neg", (y,))))

    def test_a_fraction_in_lowest_terms_is_one_number(self):
        assert number(3) / 4 == number(Fraction(3, 4))
        assert number(-1) / 2 == number(Fraction(-1, 2))
        for a, b in ((2, 4), (4, 2), (1, 1), (1, -2), (1, 0)):
            assert (number(a) / b).head == "Div"
        assert (number(Fraction(1, 2)) / 3).head == "Div"

    def test_only_families_have_members(self):
        assert x[i] == member("x", i)
        assert x[i, 1] == member("x", i, ONE)
        assert x(y) == member("x", y)
        with pytest.raises(TermError, match="only a family has members"):
            log(x)[1]

    def test_a_formula_is_neither_true_nor_a_sequence(self):
        with pytest.raises(TypeError, match="neither true nor false"):
            bool(x)
        with pytest.raises(TypeError, match="not a sequence"):
            list(x)


TWO = number(2)


class TestExactness:
    @pytest.mark.parametrize("operation", [
        lambda: 0.5 * x, lambda: x + 0.5, lambda: x**0.5, lambda: 1.5 - x, lambda: x / 2.0,
        lambda: 2.0**x, lambda: log(0.5), lambda: term(float("nan")), lambda: x[0.5],
    ])  # fmt: skip
    def test_floats_are_refused_with_advice(self, operation):
        with pytest.raises(TermError, match=r"is not exact; write y/2 or Rational\(1, 2\)"):
            operation()

    def test_so_is_what_is_no_number(self):
        with pytest.raises(TermError, match="truth value"):
            term(True)
        for value in ("x", None, 1j, [1]):
            with pytest.raises(TermError, match="is not a term"):
                term(value)

    def test_integers_and_fractions_are_taken(self):
        assert term(3) == number(3)
        assert term(Fraction(1, 3)).value == Fraction(1, 3)
        assert term(x) is x


class TestBoundVariables:
    @FEW
    @given(trees(), st.sampled_from(NAMES))
    def test_abstract_and_instantiate_are_inverse(self, t, name):
        opened = abstract(t, name)
        assert name not in opened.free
        assert opened.loose <= 1
        assert instantiate(opened, symbol(name)) == t

    @FEW
    @given(trees(2))
    def test_instantiate_and_abstract_are_inverse(self, t):
        values = symbol("a"), symbol("b")
        closed = instantiate(t, *values)
        assert closed.loose == 0
        assert abstract(closed, "a", "b") == t

    @FEW
    @given(trees(), trees(), st.sampled_from(NAMES))
    def test_instantiating_an_abstraction_is_substitution(self, t, value, name):
        assert instantiate(abstract(t, name), value) == substitute(t, {name: value})

    @FEW
    @given(trees(1), trees(), trees())
    def test_substitution_goes_into_the_value_too(self, t, value, other):
        mapping = {"x": other}
        left = substitute(instantiate(t, value), mapping)
        assert left == instantiate(substitute(t, mapping), substitute(value, mapping))

    @FEW
    @given(trees(), trees(), trees())
    def test_substitutions_compose(self, t, a, b):
        first = substitute(substitute(t, {"x": a}), {"y": b})
        assert first == substitute(t, {"x": substitute(a, {"y": b}), "y": b})

    @FEW
    @given(trees(), trees())
    def test_substitution_is_simultaneous(self, t, a):
        swapped = substitute(t, {"x": y, "y": x})
        assert substitute(swapped, {"x": y, "y": x}) == t
        assert substitute(t, {"x": x, "y": y}) == t
        assert substitute(t, {}) is t
        assert substitute(t, {"nowhere": a}) is t

    @FEW
    @given(trees(), trees())
    def test_what_is_replaced_is_gone(self, t, a):
        found = substitute(t, {"x": a}).free
        assert found <= (t.free - {"x"}) | a.free
        assert (a.free <= found) or "x" not in t.free

    @FEW
    @given(trees(2), st.integers(0, 3), st.integers(0, 3))
    def test_shifts_add_up(self, t, a, b):
        assert shift(shift(t, a), b) == shift(t, a + b)
        assert shift(t, 0) is t
        assert shift(t, a).loose == (t.loose + a if t.loose else 0)

    @FEW
    @given(trees(1), trees())
    def test_a_shifted_term_ignores_the_nearest_binder(self, t, value):
        assert instantiate(shift(t, 1), value) == t

    @FEW
    @given(trees())
    def test_closed_terms_are_not_touched(self, t):
        assert t.loose == 0
        assert shift(t, 5) is t
        assert instantiate(t, x) is t
        assert abstract(t, "nowhere") is t

    def test_no_capture(self):
        inner = Sum(x * i, (i, 1, n))
        assert substitute(inner, {"x": i}) == Term(
            "Sum", (Term("Mul", (i, bound(0))), ONE, n), None, ("i",)
        )
        assert substitute(inner, {"n": i}) == Sum(x * j, (j, 1, i))
        assert str(substitute(inner, {"x": i})) != str(Sum(i * i, (i, 1, n)))

    def test_the_range_stands_outside_of_its_binder(self):
        t = bind("Sum", "i", i, i, i + 1)
        assert t.args == (bound(0), i, i + 1)
        assert t.free == {"i"}
        assert t.loose == 0

    def test_families_become_formulas_of_their_indices(self):
        t = Sum(member("f", i, j), (i, 1, n))
        found = substitute(t, {"f": bound(1) - 2 * bound(0), "j": y})
        assert found == Sum(i - 2 * y, (i, 1, n))
        nested = member("f", member("f", x))
        assert substitute(nested, {"f": bound(0) + 1}) == Term("Add", (x + 1, ONE))
        below = substitute(Sum(member("f", i), (i, 1, n)), {"f": Sum(bound(1) * j, (j, 1, 2))})
        assert below == Sum(Sum(i * j, (j, 1, 2)), (i, 1, n))

    def test_a_family_is_not_bound(self):
        with pytest.raises(TermError, match="the family f cannot be a bound variable"):
            abstract(member("f", x), "f")

    def test_several_binders_at_once(self):
        t = abstract(x - y, "x", "y")
        assert t == bound(1) - bound(0)
        assert instantiate(t, x, n) == x - n
        assert abstract(bound(0) + x, "x") == bound(1) + bound(0)
        assert instantiate(bound(2), x, y) == bound(0)

    def test_fresh_names(self):
        assert fresh("i", frozenset()) == "i"
        assert fresh("i", {"i"}) == "i1"
        assert fresh("i", {"i", "i1", "i2"}) == "i3"

    @pytest.mark.parametrize("head", sorted(BINDERS))
    def test_every_binder_binds_its_first_arguments(self, head):
        t = bind(head, "x", x, x)
        assert t.args == ((bound(0), x) if BINDERS[head] == 1 else (bound(0), bound(0)))
        assert t.names == ("x",)
        assert t.loose == 0


class TestPlaces:
    @FEW
    @given(trees())
    def test_a_walk_finds_every_place(self, t):
        places = list(walk(t))
        assert len(places) == size(t)
        assert len({path for path, _ in places}) == len(places)
        assert all(subterm(t, path) == u for path, u in places)
        assert places[0] == ((), t)

    @FEW
    @given(trees(), st.data())
    def test_what_is_put_into_a_place_is_there(self, t, data):
        path, old = data.draw(st.sampled_from(list(walk(t))))
        assert replace(t, path, old) == t
        changed = replace(t, path, Term("new"))
        assert subterm(changed, path) == Term("new")
        assert replace(changed, path, old) == t
        assert size(changed) == size(t) - size(old) + 1

    def test_names_are_kept(self):
        t = replace(Sum(i, (i, 1, n)), (1,), TWO)
        assert t.names == ("i",)
        assert substitute(t, {"n": x}).names == ("i",)


def test_exact_python_numbers_are_applied():
    assert apply("Max", x, 1, Fraction(1, 2)).args == (x, ONE, number(Fraction(1, 2)))
    assert derivative(x * y, x).args == (bound(0) * y, x)
