"""Statements in a plain shape: ends put back, indices counted upwards, what cancels struck out."""

from __future__ import annotations

import pytest

from derive.kernel import is_theorem
from derive.plain import declare, read, read_statement
from derive.search.facts import Facts
from derive.search.forms.plainer import clumsy, plainer
from derive.search.prove import prove
from derive.search.sums.gathering import gathered, scattered

GIVEN = declare(
    "n in Natural; m in Natural0; a in Real; c in Positive; p in (0,1); x[i] in Real for i in 1..n;"
    "w[i] in Positive for i in 1..n; z[j] in Real for j in 1..m"
)

SHAPES = [
    ("x[1] + Sum(x[i], (i, 1 + 1, n))", "Sum(x[i], (i, 1, n))"),
    ("Sum(x[i], (i, 2, n)) + a + x[1]", "a + Sum(x[i], (i, 1, n))"),
    ("a*Sum(x[i], (i, 1, n - 1)) + a*x[n]", "a*Sum(x[i], (i, 1, n))"),
    ("-Sum(x[i]*a, (i, 1, n - 1)) - x[n]*a", "-Sum(x[i]*a, (i, 1, n))"),
    ("log(Product(w[i], (i, 1, n - 1))*w[n])", "log(Product(w[i], (i, 1, n)))"),
    ("Sum(x[1 + n - i]*w[1 + n - i], (i, 1, n))", "Sum(x[i]*w[i], (i, 1, n))"),
    ("Sum(p**(n - i), (i, 1, n))", "Sum(p**(i - 1), (i, 1, n))"),
    ("log(1 - sqrt(p)**2)", "log(1 - p)"),
    ("log(1 - p*c/c) + exp(a) - exp(a)", "log(1 - p)"),
    ("log(exp(a))*exp(log(c))", "a*c"),
]


@pytest.mark.parametrize(("text", "wanted"), SHAPES)
def test_a_statement_gets_its_plain_shape_and_comes_back(text: str, wanted: str) -> None:
    facts, s = Facts(), read_statement(f"{text} = a", GIVEN)
    found = gathered(facts, GIVEN, s)
    assert found is not None
    plain, ways = found
    same = prove(facts, GIVEN, read_statement(f"({wanted}) - ({text}) = 0", GIVEN))
    assert is_theorem(same)
    for _, u in [(0, plain.args[0])]:
        assert not clumsy(u)
    assert all(is_theorem(way) for way in ways)
    assert ways[0].lhs == s.args[0]
    assert ways[0].rhs == plain.args[0]
    assert gathered(facts, GIVEN, plain) is None


LEFT_ALONE = [
    "x[1] + Sum(x[i], (i, 3, n))",
    "x[2] + Sum(x[i], (i, 2, n))",
    "2*Sum(x[i], (i, 2, n)) + x[1]",
    "Sum(x[i], (i, 2, n))*x[1]",
    "Sum(x[i]*x[n + 1 - i], (i, 1, n))",
    "Sum(i*x[n + 1 - i], (i, 1, n))",
    "Sum(z[j], (j, 1, m))",
    "log(c) + exp(a)",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_no_end_stays(text: str) -> None:
    assert gathered(Facts(), GIVEN, read_statement(f"{text} = a", GIVEN)) is None


def test_an_end_that_may_be_missing_is_not_put_back() -> None:
    # With m = 0 the term z[1] does not exist; with n - 2 terms nothing is said of n = 1.
    apart = read_statement("Sum(1, (j, 1, m - 1)) + 1 = a", GIVEN)
    assert gathered(Facts(), GIVEN, apart) is None


def test_the_statement_as_it_was_follows() -> None:
    s = read_statement("x[1] + Sum(x[i], (i, 2, n)) + a - a <= Sum(x[i], (i, 1, n)) + 1", GIVEN)
    facts = Facts()
    found = gathered(facts, GIVEN, s)
    assert found is not None
    theorem = prove(facts, GIVEN, found[0])
    assert theorem is not None
    assert scattered(theorem, found[1]).statement == s


def test_nothing_is_struck_out_where_it_was_not_defined() -> None:
    context = declare("a in Real; b in Real")
    for text in ("a*b/b", "exp(log(a))", "sqrt(a)**2", "a + log(b) - log(b)"):
        t = read(text, context)
        assert clumsy(t)
        assert plainer(Facts(), context, t) is None
