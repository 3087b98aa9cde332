"""What the ledger, a context and an earlier theorem give: axiom, declared, hypothesis, instance."""

from derive import kernel
from derive.context import EMPTY
from derive.domains import BIT, POSITIVE, REAL
from derive.functions import Eq
from derive.plain import declare, read
from derive.rules import ledger
from derive.term import ONE, ZERO, Term, bound, number, symbol
from tests.kernel.proving import (
    TWO,
    X,
    affinely,
    apart,
    given,
    member,
    p,
    real,
    refused,
    same,
    says,
    w,
    whole,
    x,
)


def test_an_axiom_is_what_the_ledger_says():
    rule = ledger()["log_product"]
    theorem = kernel.axiom(rule)
    assert theorem.statement == rule.statement
    assert theorem.context is rule.context
    assert theorem.arguments == (rule,)


def test_a_symbol_and_a_member_lie_in_their_domains():
    assert real("p").statement == member(p, Term("Unit"))
    c = declare("n in Natural; y[i] in {0,1} for i in 1..n; j in 1..n")
    theorem = kernel.declared(c, "y", kernel.declared(c, "j"))
    assert theorem.statement == member(read("y[j]", c), BIT)


def test_the_domain_of_a_member_may_depend_on_its_index():
    c = declare("x[i, j] in (0, i) for i in 1..3, j in 1..i; k in 1..3")
    of_k, one = kernel.declared(c, "k"), kernel.numeral(c, ONE)
    first = kernel.belongs(
        Term("Range", (ONE, symbol("k"))), ONE, one,
        kernel.order("Le", (), one, one), kernel.promise(1, of_k),
    )  # fmt: skip
    assert kernel.declared(c, "x", of_k, first).rhs == Term("Open", (ZERO, symbol("k")))
    refused("expected a proof", kernel.declared, c, "x", of_k, of_k)


def test_declared_refuses():
    c = declare("n in Natural; y[i] in {0,1} for i in 1..n; j in 0..n")
    refused("z is not declared", kernel.declared, c, "z")
    refused("y has 1 indices", kernel.declared, c, "y")
    refused("n has 0 indices", kernel.declared, c, "n", kernel.declared(c, "j"))
    refused("expected a proof of", kernel.declared, c, "y", kernel.declared(c, "j"))


def test_a_hypothesis_is_used_as_it_stands_or_for_given_indices():
    c = declare(
        "n in Natural; y[i] in Real for i in 1..n; y[i] = 1 for i in 1..n; j in 1..n; j = 2"
    )
    says(given(c), "j = 2")
    says(given(c, 0, kernel.declared(c, "j")), "y[j] = 1")


def test_hypothesis_refuses():
    c = declare("n in Natural; y[i] in Real for i in 1..n; y[i] = 1 for i in 1..n; j in 1..n")
    h = next(iter(c.hypotheses()))
    of_j = kernel.declared(c, "j")
    refused("index without a value", kernel.hypothesis, c, h)
    refused("expected a proof of .*, got", kernel.hypothesis, c, h, kernel.declared(c, "n"))
    refused("has no index for", kernel.hypothesis, c, h, of_j, of_j)
    refused("is no hypothesis", kernel.hypothesis, c, Eq(symbol("j"), 1))


def test_an_instance_of_a_rule():
    rule = kernel.axiom(ledger()["log_product"])
    values = {"a": p, "b": w}
    above = kernel.belongs(POSITIVE, p, kernel.promise(0, real("p")))
    says(kernel.instance(X, values, rule, above, real("w")), "log(p*w) = log(p) + log(w)")
    refused("values are needed for", kernel.instance, X, {"a": p}, rule, above)
    refused("values are needed", kernel.instance, X, {**values, "z": p}, rule, above, above)
    refused("a proof of w > 0 is missing|proof of .* is missing", kernel.instance, X, values, rule,
            above)  # fmt: skip
    refused("more premises", kernel.instance, X, values, rule, above, real("w"), above)
    refused("expected a proof of", kernel.instance, X, values, rule, above, real("x"))


def test_an_instance_with_families_hypotheses_and_partial_functions():
    c = declare("f[i] in Real for i in 1..2; f[1] = f[2]; u(t) in Partial for t in Real")
    e = declare("g[i] in Real for i in 1..2; g[1] = g[2]")
    inner = e.declare("i", Term("Range", (ONE, TWO)))
    inside = kernel.declared(inner, "g", kernel.declared(inner, "i"))
    named = {"f": symbol("g"), "u": Term("Div", (ONE, bound(0)))}
    says(kernel.instance(e, named, given(c), inside, given(e)), "g[1] = g[2]")
    refused("expected a proof", kernel.instance, e, named, given(c), inside, inside)


def test_a_family_may_be_given_by_a_formula_of_its_indices():
    """f[i] := 2*i, shown to be real for every i of the range."""
    c = declare("f[i] in Real for i in 1..2; j in 1..2")
    d = declare("j in 1..2")
    f_j = kernel.declared(c, "f", kernel.declared(c, "j"))
    inner = d.declare("i", Term("Range", (ONE, TWO)))
    of_j = kernel.declared(d, "j")
    values = {"f": TWO * bound(0), "j": symbol("j")}
    double = kernel.total(TWO * symbol("i"), whole(inner, 2), kernel.declared(inner, "i"))
    assert str(kernel.instance(d, values, f_j, double, of_j)) == "|- 2*j in Real"


def test_an_instance_in_a_longer_context_weakens():
    more = X.declare("z", REAL)
    weaker = kernel.instance(more, {}, real("x"))
    assert (weaker.context, weaker.statement) == (more, real("x").statement)


def test_an_instance_drops_what_is_not_mentioned_if_there_is_such_a_point():
    more = X.declare("z", REAL).assume(Eq(symbol("z"), x))
    theorem = same("x + y", "y + x", more)
    shown = kernel.instance(X, {"z": x}, theorem, real("x"), same("x", "x"))
    says(shown, "x + y = y + x")
    assert shown.context is X
    refused("is missing", kernel.instance, X, {"z": x}, theorem, real("x"))


def test_an_instance_may_replace_symbols_that_both_contexts_share():
    """x := 2 in x + y = y + x, although the new context begins like the old one."""
    c = declare("x in Real; y in Real")
    swapped = kernel.instance(
        c, {"x": TWO, "y": symbol("y")}, same("x + y", "y + x", c),
        kernel.belongs(REAL, TWO, kernel.side(0, same("2", "2", c))), real("y", c),
    )  # fmt: skip
    says(swapped, "2 + y = y + 2")
    refused("values are needed", kernel.instance, c, {"x": TWO}, same("x + y", "y + x", c))


def test_a_relation_in_theta_is_weakened_but_not_instantiated():
    c = declare("a in Real; t in Real")
    ordering = kernel.affine(("t",), affinely("t", "t", c), apart("0", "1", 1, c))
    more = c.declare("z", REAL).assume(Eq(symbol("a"), 1))
    assert kernel.instance(more, {}, ordering).context is more
    refused("speaks of a whole domain", kernel.instance, EMPTY, {"t": ONE, "a": ONE}, ordering)
    narrower = c.assume(Eq(symbol("t"), number(1)))
    refused("narrows", kernel.instance, narrower, {}, ordering)


def test_premises_must_stand_in_one_context():
    left = EMPTY.declare("x", REAL)
    one, other = left.declare("a", REAL), left.declare("z", REAL)
    refused("stands in another context", kernel.ring, real("x", one), real("x", other))
    assert kernel.ring(real("x", left), real("x", one)).context is one
