"""Theorems themselves: they cannot be made, copied, changed or faked."""

import copy
import pickle
from types import SimpleNamespace

import pytest

from derive import kernel
from derive.context import EMPTY, Context, ContextError, Declaration, Hypothesis
from derive.domains import BIT, REAL
from derive.functions import Eq, Lt
from derive.kernel import INFERENCES, KernelError, Theorem
from derive.plain import read_statement
from derive.term import ONE, ZERO, Term
from tests.kernel.proving import X, given, real, refused, same, whole, x


def test_there_is_no_constructor():
    with pytest.raises(KernelError, match="only"):
        Theorem()


@pytest.mark.parametrize("forge", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_theorem_cannot_be_copied(forge):
    with pytest.raises(KernelError, match="cannot be copied"):
        forge(real("x"))


@pytest.mark.parametrize("name", ["statement", "context", "_seal", "premises", "__class__"])
def test_a_theorem_cannot_be_changed(name):
    with pytest.raises(KernelError, match="immutable"):
        setattr(real("x"), name, ONE)


def test_a_theorem_without_the_seal_is_refused():
    forged = object.__new__(Theorem)
    assert not kernel.is_theorem(forged)
    assert kernel.is_theorem(real("x"))
    with pytest.raises(KernelError, match="premise 1 is not a theorem"):
        kernel.symmetric(forged)


def test_a_subclass_is_no_theorem():
    class Fake(Theorem):
        __slots__ = ()

    assert not kernel.is_theorem(object.__new__(Fake))


def test_a_theorem_prints_its_statement():
    assert repr(real("p")) == "|- p in (0,1)"
    assert str(same("x + y", "y + x")) == "|- x + y = y + x"
    assert same("x", "x").rhs == x


def test_a_theorem_says_how_it_was_made():
    sides = real("x + y"), real("y + x")
    theorem = kernel.ring(*sides)
    assert (theorem.by, theorem.arguments, theorem.premises) == ("ring", (), sides)
    number = kernel.numeral(X, ONE)
    assert (number.arguments, number.premises) == ((X, ONE), ())


#: Something with the attributes of a theorem, that says 1 < 0.
FALSE = SimpleNamespace(context=EMPTY, statement=Lt(1, 0), lhs=ONE, rhs=ZERO)


def test_what_looks_like_a_theorem_is_no_premise():
    """Only the seal counts: an object with a context and a statement proves nothing."""
    for inference in (kernel.symmetric, kernel.same_order):
        refused("premise 1 is not a theorem", inference, FALSE)
    refused("premise 1 is not a theorem", kernel.side, 0, FALSE)
    refused("premise 1 is not a theorem", kernel.transitive, FALSE, same("x", "x"))
    refused("premise 2 is not a theorem", kernel.transitive, same("x", "x"), FALSE)
    refused("premise 1 is not a theorem", kernel.instance, EMPTY, {}, FALSE)
    refused("premise 1 is not a theorem", kernel.absurd, Eq(ONE, ONE), FALSE)


@pytest.mark.parametrize("name", sorted(INFERENCES))
def test_every_inference_looks_for_the_seal(name):
    """With so many counterfeits that one stands for a premise, whatever the arguments are."""
    if name in ("axiom", "numeral"):  # the two without premises
        with pytest.raises(KernelError):
            INFERENCES[name](*[FALSE] * 3)
        return
    refused("is not a theorem of this kernel", INFERENCES[name], *[FALSE] * 8)


def test_no_further_inference_can_be_added():
    assert not hasattr(kernel, "inference")


def test_what_is_neither_context_nor_term_is_refused():
    fake = SimpleNamespace(check=lambda _: None)
    refused("no context", kernel.numeral, fake, ONE)


def test_errors_of_contexts_and_terms_are_refusals():
    refused("numeral: number with .* is no term", kernel.numeral, X, Term("number", (), 7))
    refused("not an exact number", kernel.numeral, X, x)
    refused("transitive: .*missing", kernel.transitive, same("x", "x"))
    refused("order: ", kernel.order, "Le", ((float("inf"), ()),), real("x"), real("x"))


class TestContextsAreGrownOnly:
    """A theorem is as good as its context: nobody makes or changes one by other ways."""

    def test_the_constructor_makes_the_empty_one(self):
        assert Context() is EMPTY
        with pytest.raises(TypeError):
            Context(X, Declaration("x", BIT))
        with pytest.raises(TypeError):
            Context(EMPTY, Hypothesis(Lt(1, 0)))

    def test_a_name_is_declared_once(self):
        with pytest.raises(ContextError, match="declared already"):
            X.declare("x", BIT)

    def test_the_names_cannot_be_changed(self):
        with pytest.raises(TypeError):
            X.names["x"] = Declaration("x", BIT)
        assert X.names["x"].domain == REAL

    def test_initialising_again_changes_nothing(self):
        context = EMPTY.declare("x", REAL).assume(Eq(x, 5))
        context.__init__()
        assert given(context).statement == read_statement("x = 5", context)
        assert context.depth == 2

    def test_there_are_no_other_kinds(self):
        with pytest.raises(TypeError, match="one kind"):
            type("Other", (Context,), {})

    def test_they_cannot_be_assigned_to_or_copied(self):
        with pytest.raises(AttributeError):
            X.parent = EMPTY
        for forge in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError):
                forge(X)


def test_a_term_that_equals_everything_cannot_be_made():
    """It would be "a hypothesis" of every context."""
    with pytest.raises(TypeError, match="one kind"):
        type("Everything", (Term,), {"__eq__": lambda *_: True})


@pytest.mark.parametrize(
    "t",
    [
        Term("number", (), 0.5),
        Term("number", (), 1),
        Term("number", (x,), ONE.value),
        Term("symbol", (ONE,), "f"),
        Term("member", (), "x"),
        Term("bound", (), -1),
        Term("Add", (x, x), "value"),
        Term("log", (x, x)),
        Term("Sum", (x, ONE)),
        Term("Lt", (x, x, x)),
        Term("oo"),
    ],
)
def test_terms_that_no_function_makes_stand_in_no_context(t):
    f = X.declare("f", REAL, (REAL,))
    with pytest.raises(ContextError):
        f.check(t)
    refused("absurd: ", kernel.absurd, Eq(t, t), *_absurdities(f))


def _absurdities(context):
    wrong = context.assume(Lt(1, 0))
    yield given(wrong)


def test_a_premise_may_be_used_again():
    one = whole(X, 1)
    assert kernel.total(ONE + ONE, one, one).premises == (one, one)
