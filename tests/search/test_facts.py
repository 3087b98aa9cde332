"""Facts that rules need: what follows is found, what does not is not known."""

from __future__ import annotations

import pytest

from derive import kernel
from derive.context import EMPTY
from derive.domains import REAL
from derive.functions import Eq, Lt
from derive.plain import declare, read, read_statement
from derive.rules import ledger
from derive.search.facts import Facts, index_values, opposite
from derive.term import ONE, Term, bind, number, symbol

TEXT = (
    "x in Real; y in Real; p in (0,1); b in {0,1}; n in Natural; k in 1..n; a > 0; c >= 0; d != 0; "
    "u[i] in (0,1) for i in 1..n; z[i, j] in Real for i in 1..n, j in 1..n; "
    "s[i] in {0,1} for i in 1..n; Sum(s[i], (i, 1, n)) = 1; q := p/2; m in Integer; x < 5; "
    "u[i] < a for i in 1..n; v := exp(x)"
)
C = declare(TEXT)
FACTS = Facts()


def prove(text: str):
    statement = text if isinstance(text, Term) else read_statement(text, C)
    return FACTS.prove(C, statement)


@pytest.mark.parametrize(
    "text",
    [
        # definedness
        "x + y*exp(x) in Real", "log(p) in Real", "1/d in Real", "1/(1 - p) in Real",
        "log(1 - p) in Real", "a**x in Real", "x**2 in Real", "sqrt(c) in Real", "p**y in Real",
        "Sum(u[i], (i, 1, n)) in Real", "Sum(log(u[i]), (i, 1, n)) in Real", "u[k] in Real",
        "Product(u[i], (i, 1, n)) in Real", "log(a + c) in Real", "x/(1 + exp(-x)) in Real",
        "log(1 + exp(x)) in Real", "1/n in Real", "gamma(a) in Real",
        "Sum(u[i], (i, 1, k)) in Real",
        # signs
        "p*a > 0", "0 < a + c", "0 <= c*a", "0 < exp(x)", "1 - p > 0", "p - 1 < 0", "-p < 0",
        "0 <= x**2", "0 < 1 + x**2", "a != 0", "p != 0", "1 - p != 0", "0 < p*(1 - p)",
        "0 <= Sum(u[i], (i, 1, n))", "0 < u[k]", "u[k] < 1", "u[k] < a", "0 < p/a", "log(p) < 0",
        "exp(x) != 0", "x < 6", "x - 5 < 0", "2*x < 10", "0 < 1/a", "0 <= b", "b <= 1",
        # integers and ranges
        "n + 1 in Integer", "n in Natural", "k in 1..n", "1 <= n", "k <= n", "0 < n",
        "2*m in Integer",
        "n*m - k in Integer", "Max(n, m) in Integer", "n in Integer", "b in Integer",
        # domains
        "p in (0,1)", "a in Positive", "p in Positive", "exp(x) in Positive", "x**2 in Nonnegative",
        "b in {0,1}", "1 in {0,1}", "s[k] in {0,1}", "sigmoid(x) in (0,1)", "1/2 in (0,1)",
        # what is assumed, and definitions
        "Sum(s[i], (i, 1, n)) = 1", "q = p/2", "v = exp(x)", "0 < v", "d != 0", "q in Real",
        # equalities by arithmetic
        "x + y = y + x", "(x + y)**2 = x**2 + 2*x*y + y**2", "exp(x + y) = exp(y + x)",
    ],
)  # fmt: skip
def test_what_follows(text):
    found = prove(text)
    assert found is not None, text
    assert kernel.is_theorem(found)
    assert found.statement == read_statement(text, C)
    assert C.extends(found.context)


@pytest.mark.parametrize(
    "text",
    [
        "log(x) in Real", "1/x in Real", "sqrt(x) in Real", "log(c) in Real", "1/(x - y) in Real",
        "x**y in Real", "1/m in Real", "log(b) in Real", "1/(1 - b) in Real", "u[n + 1] in Real",
        "Sum(log(z[i, i]), (i, 1, n)) in Real", "Sum(u[i], (i, 0, n)) in Real",
        "log(p - 1) in Real",
        "Product(u[i], (i, 1, n + 1)) in Real", "1/(p - 1/2) in Real", "log(log(p)) in Real",
        "0 < x", "0 < c", "x < 4", "p < 1/2", "0 < b", "x != 0", "c != 0", "p != 1/2", "2 <= n",
        "0 < Sum(z[i, i], (i, 1, n))", "0 < x**2", "a < 1", "k < n", "u[k] < p", "1 < exp(x)",
        "x in Integer", "p in Integer", "m in Natural", "n/2 in Integer", "k in 1..(n - 1)",
        "x in Positive", "b in (0,1)", "c in Positive", "2 in {0,1}", "0 in (0,1)", "a in (0,1)",
        "x = y", "q = p", "p = 1/2", "Sum(u[i], (i, 1, n)) = 1", "n = 1", "exp(x) = exp(y)",
        "x/x = 1", "1/x*x = 1", "log(x*y) = log(x) + log(y)", "d = 0", "1 < 0", "0 = 1",
    ],
)  # fmt: skip
def test_what_does_not_follow(text):
    assert prove(text) is None


class TestQuantifiedFacts:
    RUN = Term("Range", (ONE, symbol("n")))

    def every(self, text):
        inner = C.declare("i", self.RUN)
        return bind("ForAll", "i", read_statement(text, inner), self.RUN)

    @pytest.mark.parametrize("text", ["u[i] in Real", "0 < u[i]", "log(u[i]) in Real", "i <= n"])
    def test_for_every_index(self, text):
        found = prove(self.every(text))
        assert found is not None
        assert found.context.parent is C
        assert found.context.entry.domain == self.RUN

    @pytest.mark.parametrize(
        "text", ["u[i] < p", "log(z[i, i]) in Real", "i < n", "u[i + 1] in Real"]
    )
    def test_not_for_every_index(self, text):
        assert prove(self.every(text)) is None

    def test_the_index_gets_a_new_name(self):
        c = declare("n in Natural; i in 1..n; f[i] in Real for i in 1..n")
        every = bind("ForAll", "i", Term("In", (read("f[i]", c), REAL)), self.RUN)
        found = Facts().prove(c, every)
        assert found is not None
        assert found.context.entry.name != "i"


class TestMemory:
    def test_what_was_proved_is_kept(self):
        facts = Facts()
        statement = read_statement("0 < p*a", C)
        assert facts.prove(C, statement) is facts.prove(C, statement)

    def test_what_is_not_known_in_one_context_may_be_in_another(self):
        facts = Facts()
        x = symbol("x")
        assert facts.prove(C, Lt(0, x)) is None
        longer = C.assume(Lt(0, x))
        assert facts.prove(longer, Lt(0, x)) is not None
        assert facts.prove(C, Lt(0, x)) is None
        assert facts.prove(longer, read_statement("log(x) in Real", C)) is not None
        assert facts.prove(C, read_statement("log(x) in Real", C)) is None

    def test_a_theorem_may_be_remembered(self):
        facts = Facts()
        c = declare("x in Real; y in Real; x*y = 5")
        known = kernel.hypothesis(c, next(iter(c.hypotheses())))
        facts.remember(c, known)
        assert facts.prove(c, known.statement) is known

    def test_the_budget_of_steps_ends_the_search(self):
        facts = Facts()
        facts.steps = 1
        with pytest.raises(OverflowError, match="budget of steps"):
            facts.prove(C, read_statement("Sum(log(u[i])*x, (i, 1, n)) in Real", C))


class TestUsingRules:
    def test_the_needs_are_found(self):
        rule = ledger()["log_product"]
        found = FACTS.use(C, rule, {"a": symbol("p"), "b": symbol("a")})
        assert found is not None
        assert str(found) == "|- log(p*a) = log(p) + log(a)"
        assert FACTS.use(C, rule, {"a": symbol("x"), "b": symbol("a")}) is None

    def test_a_value_that_is_missing(self):
        assert FACTS.use(C, ledger()["log_product"], {"a": symbol("p")}) is None

    def test_a_hypothesis_at_an_index(self):
        h = next(h for h in C.hypotheses() if h.head == "ForAll")
        assert str(FACTS.at(C, h, (symbol("k"),))) == "|- u[k] < a"
        assert FACTS.at(C, h, (number(0),)) is None
        assert FACTS.specialise(C, h, read_statement("u[k] < a", C)) is not None
        assert FACTS.specialise(C, h, read_statement("u[k] < p", C)) is None
        assert FACTS.from_hypotheses(C, read_statement("u[1] < a", C)) is not None

    def test_a_theorem_about_the_same_names(self):
        """The theorem's x is not the goal's x: x + y = y + x at x := y, y := x."""
        c = declare("x in Real; y in Real")
        swap = FACTS.prove(c, read_statement("x + y*2 = y*2 + x", c))
        found = FACTS.instance(c, swap, {"x": symbol("y"), "y": symbol("x")})
        assert found is not None
        assert found.statement == read_statement("y + x*2 = x*2 + y", c)

    def test_definitions(self):
        assert str(FACTS.definition(C, symbol("q"))) == "|- q = p/2"
        assert FACTS.definition(C, symbol("p")) is None
        assert FACTS.definition(C, read("x + y", C)) is None


def test_contradictions_are_found():
    c = declare("x in Real; y in Real; x < y; y < x")
    found = Facts().contradiction(c)
    assert found is not None
    assert kernel.absurd(Eq(0, 1), found).statement == Eq(0, 1)
    assert Facts().contradiction(declare("x in Real; y in Real; x < y")) is None
    assert Facts().contradiction(EMPTY) is None


def test_values_of_indices():
    h = bind("ForAll", "i", bind("ForAll", "j", Eq(symbol("i"), symbol("j") + 1), REAL), REAL)
    assert index_values(h, Eq(symbol("a"), symbol("b") + 1)) == (symbol("a"), symbol("b"))
    assert index_values(h, Eq(symbol("a"), symbol("b"))) is None
    same = bind("ForAll", "i", Eq(symbol("i"), symbol("i")), REAL)
    assert index_values(same, Eq(symbol("a"), symbol("b"))) is None
    unused = bind("ForAll", "i", Eq(ONE, ONE), REAL)
    assert index_values(unused, Eq(ONE, ONE)) is None


def test_minus_minus():
    x = symbol("x")
    assert opposite(x) == -x
    assert opposite(-x) == x
