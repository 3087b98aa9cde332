"""Proofs as a textbook has them: gentle rules, worked out from the side that asks for it."""

from __future__ import annotations

import pytest

from derive import declare, prove
from derive.kernel import Theorem
from derive.report._outline import WRITTEN_OUT, parts, rules, turned
from derive.search.facts import Facts
from derive.search.readable.condense import reasons
from derive.search.readable.textbook import gentler


def proof(text: str, given: str) -> Theorem:
    found = prove(text, given=given)
    assert found.theorem is not None
    return found.theorem


GENTLE = [
    ("-log(p**y*(1 - p)**(1 - y)) = -y*log(p) - (1 - y)*log(1 - p)", "y in {0,1}; p in (0,1)",
     {"log_product", "log_power"}),
    ("Derivative(sigmoid(x), x) = sigmoid(x)*(1 - sigmoid(x))", "x in Real",
     {"derivative_sigmoid", "derivative_variable"}),
    ("-log(NormalDensity(x, m, v)) = (x - m)**2/(2*v) + log(2*pi*v)/2",
     "x in Real; m in Real; v > 0", {"normal_density", "log_quotient", "log_exp"}),
    ("-y*log(sigmoid(z)) - (1 - y)*log(1 - sigmoid(z)) = log(1 + exp(z)) - y*z",
     "y in {0,1}; z in Real", {"log_sigmoid", "softplus_definition"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given", "wanted"), GENTLE)
def test_a_gentler_proof_says_the_same(text, given, wanted):
    first = proof(text, given)
    second = gentler(Facts(), first)
    assert second.statement == first.statement
    assert second.context is first.context
    assert wanted <= set(reasons(second))
    assert not set(reasons(second)) & WRITTEN_OUT - {"softplus_definition"}


def test_a_proof_stays_where_gentle_rules_do_not_suffice():
    first = proof("tanh(x) = 2*sigmoid(2*x) - 1", "x in Real")
    assert gentler(Facts(), first) is first


def test_what_is_worked_out_comes_first():
    first = proof("2*x = Derivative(x**2, x)", "x in Real")
    assert turned(first).statement.args == first.statement.args[::-1]
    both = proof("Derivative(x**2, x) = Derivative(x**2 + 1, x)", "x in Real")
    assert turned(both) is both
    less = proof("0 <= x**2", "x in Real")
    assert turned(less) is less


SHOWN = [
    ("Sum(i**3, (i, 1, n)) = n**2*(n + 1)**2/4", "n in Natural",
     ["The first case", "If k in 1..n - 1"]),
    ("argmin((x - a)**2, a) = x", "x in Real; a in Real", ["If a != x"]),
    ("Product(p[j]**y[j], (j, 1, m)) = Sum(y[j]*p[j], (j, 1, m))",
     "m in Natural; y[j] in {0,1} for j in 1..m; p[j] in (0,1) for j in 1..m;"
     "Sum(y[j], (j, 1, m)) = 1", ["If c in 1..m"]),
    ("Abs(x - 1) = Max(x - 1, 1 - x)", "x in Real", ["If", "If"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given", "headings"), SHOWN)
def test_the_parts_of_a_proof_are_shown(text, given, headings):
    verdict = prove(text, given=declare(given))
    shown = parts(verdict)
    assert len(shown) == len(headings)
    for part, heading in zip(shown, headings, strict=True):
        assert part.heading.startswith(heading)
        assert 2 <= len(part.lines) <= 10
        assert all(line.theorem is not None for line in part.lines[1:])
    assert set(rules(shown)) >= {
        r.name for p in shown for line in p.lines for r in line.reasons if r.kind == "rule"
    }
