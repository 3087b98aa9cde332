"""Matching rules against terms: every mapping that is found makes the pattern the term."""

import pytest

from derive.functions import Sum
from derive.plain import declare, read, read_statement
from derive.polynomial import same_quotient
from derive.rules import ledger
from derive.search.matching import is_complete, match
from derive.term import Term, abstract, bound, member, substitute, symbol

i, x, y = map(symbol, "ixy")
V = declare("a in Real; b in Real; f[i] in Real for i in 1..2; g(t) in Real for t in Real; "
            "h[i, j] in Real for i in 1..2, j in 1..2; lo in Integer; hi in Integer")  # fmt: skip
T = declare("x in Real; y in Real; z in Real; n in Natural; k in Integer; "
            "u[i] in Real for i in 1..2; w[i, j] in Real for i in 1..2, j in 1..2")  # fmt: skip


def found(pattern: str, text: str) -> list[dict[str, str]]:
    return [
        {name: str(value) for name, value in mapping.items()}
        for mapping in match(read(pattern, V), read(text, T), V)
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "mapping"),
    [
        ("log(a*b)", "log(x*y)", {"a": "x", "b": "y"}),
        ("exp(a)", "exp(x + y)", {"a": "x + y"}),
        ("a**2", "(x*y)**2", {"a": "x*y"}),
        ("Sum(f[i], (i, lo, hi))", "Sum(u[k]*x, (k, 1, n))",
         {"lo": "1", "hi": "n", "f": "u[#0]*x"}),
        ("Sum(a*f[i], (i, lo, hi))", "Sum(x*u[k], (k, 1, n))",
         {"lo": "1", "hi": "n", "a": "x", "f": "u[#0]"}),
        ("Sum(a, (i, lo, hi))", "Sum(x, (k, 1, n))", {"lo": "1", "hi": "n", "a": "x"}),
        ("Sum(Sum(h[i, j], (j, 1, 2)), (i, 1, 2))", "Sum(Sum(w[i, j], (j, 1, 2)), (i, 1, 2))",
         {"h": "w[#1, #0]"}),
        ("Derivative(a*g(b), b)", "Derivative(y*exp(x), x)",
         {"a": "y", "b": "x", "g": "exp(#0)"}),
    ],
)  # fmt: skip
def test_values_of_the_variables(pattern, text, mapping):
    assert mapping in found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("log(a*b)", "log(x + y)"),
        ("log(a)", "exp(x)"),
        ("a + a", "x + y"),
        ("a**2", "x**3"),
        ("Sum(a, (i, lo, hi))", "Sum(u[k], (k, 1, n))"),
        ("Sum(a*b, (i, lo, hi))", "Sum(x*u[k], (k, 1, n))"),
        ("Sum(f[i], (i, lo, lo))", "Sum(u[k], (k, 1, n))"),
        ("Sum(Sum(f[i], (j, 1, 2)), (i, 1, 2))", "Sum(Sum(w[i, j], (j, 1, 2)), (i, 1, 2))"),
        ("Max(a, b)", "Max(x, y, z)"),
    ],
)
def test_what_does_not_match(pattern, text):
    assert found(pattern, text) == []


def test_a_variable_without_indices_stands_for_closed_terms_only():
    """c*f[i] with c := u[i] would take the index out of its sum."""
    for mapping in match(read("Sum(a*f[i], (i, lo, hi))", V), read("Sum(u[k]*x, (k, 1, 2))", T), V):
        assert mapping["a"] == x
        assert all(value.loose <= 1 for value in mapping.values())


def test_a_variable_that_occurs_twice_has_one_value():
    assert found("a*g(a)", "x*exp(x)") != []
    assert all(m["a"] in ("x", "exp(x)") for m in found("a + a*b", "x + x*y"))
    assert found("a - a", "x - y") == []


def test_sums_are_split_in_every_way():
    splits = {(m["a"], m["b"]) for m in found("a + b", "x + y + z")}
    assert {("x", "y + z"), ("y", "x + z"), ("z", "x + y"), ("x + y", "z")} <= splits
    pairs = [(m["a"], m["b"]) for m in found("a*b", "x*y")]
    assert pairs == [("x", "y"), ("y", "x")]


def test_factors_without_the_index_are_gathered():
    mappings = found("Sum(a*f[i], (i, lo, hi))", "Sum(x*u[k]*y, (k, 1, n))")
    assert {"lo": "1", "hi": "n", "a": "x*y", "f": "u[#0]"} in mappings


def test_a_function_known_at_one_argument():
    """g(a) with a known: g is what remains without a."""
    (mapping, *_) = match(read("a + g(a)", V), read("x + x*y", T), V)
    assert mapping["g"] == bound(0) * y
    assert substitute(read("g(a)", V), mapping) == x * y


def test_names_of_the_term_that_are_names_of_the_rule():
    """The rule's own a and b are variables, the term's are symbols."""
    term = Term("log", (Term("Mul", (symbol("b"), symbol("a"))),))
    mappings = list(match(read("log(a*b)", V), term, V))
    assert {"a": symbol("b"), "b": symbol("a")} in mappings


def test_complete_mappings():
    variables = declare("a in Real; b in Real")
    assert is_complete({"a": x, "b": y}, variables)
    assert not is_complete({"a": x}, variables)


#: Rules whose left side does not say what a function is and what its argument: a user does.
OPEN = {"derivative_chain", "one_hot_orthogonal"}
RULES = sorted(r.name for r in ledger().values() if r.relation == "=" and r.statement.args[0].args)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_matches_its_own_left_side(name):
    """With new names for its variables; what is found makes the left side the same term."""
    rule = ledger()[name]
    left = rule.statement.args[0]
    renamed = {}
    for entry in rule.context.names.values():
        new = f"{entry.name}_new"
        count = len(entry.indices)
        indices = tuple(bound(d) for d in reversed(range(count)))
        renamed[entry.name] = Term("member", indices, new) if count else symbol(new)
    term = substitute(left, renamed)
    results = [substitute(left, m) for m in match(left, term, rule.context)]
    assert any(r == term or same_quotient(r, term) for r in results) == (name not in OPEN)
    assert not any("#" in name for r in results for name in r.free)


def test_the_index_of_a_family_is_abstracted():
    (mapping,) = match(Sum(member("f", i), (i, 1, 2)), Sum(member("u", i) * i, (i, 1, 2)), V)
    assert mapping == {"f": abstract(member("u", i) * i, "i")}


def test_the_index_of_a_member_is_found_when_a_sum_tells_the_family():
    rule = ledger()["sum_member_bound"]
    context = declare("m in Natural; z[k] in Real for k in 1..m; j in 1..m")
    goal = read_statement("exp(z[j]) <= Sum(exp(z[k]), (k, 1, m))", context)
    (mapping,) = match(rule.statement, goal, rule.context)
    assert mapping["k"] == symbol("j")
    other = read_statement("exp(2*z[j]) <= Sum(exp(z[k]), (k, 1, m))", context)
    assert not [m for m in match(rule.statement, other, rule.context) if "k" in m]
