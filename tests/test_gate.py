"""A verdict is not better than its theorem: the search is not believed."""

from derive import kernel
from derive.gate import is_proof
from derive.plain import declare, read_statement
from derive.rules import Rule
from derive.verdicts import prove

C = declare("x > 0")


def test_a_theorem_is_a_proof_of_what_it_says_where_it_says_it():
    found = prove("log(x**2) = 2*log(x)", given=C)
    assert found.verdict == "proved"
    assert is_proof(found.theorem, found.statement, C)
    assert is_proof(found.theorem, found.statement, C.declare("y", C.names["x"].domain))
    assert not is_proof(found.theorem, read_statement("log(x**2) = 3*log(x)", C), C)


def test_a_theorem_under_more_hypotheses_is_no_proof():
    inner = C.assume(read_statement("x = 1", C))
    local = kernel.hypothesis(inner, read_statement("x = 1", C))
    assert is_proof(local, local.statement, inner)
    assert not is_proof(local, local.statement, C)


def test_a_rule_outside_the_ledger_is_no_proof():
    own = Rule("one_is_two", "1", "2", "", "It is not.", "nobody")
    false = kernel.axiom(own)
    assert not is_proof(false, false.statement, false.context)
