"""Instances: the same theorem for given sizes, by the kernel, with its sums written out."""

# ruff: noqa: ARG001  # the parameters of a script declare its symbols

from __future__ import annotations

import pytest

from derive import derivation, exp, given, log, refuted
from derive.catalogue import find
from derive.certificate import certificate, ledger_json
from derive.instances import InstanceError, fixable, instantiate
from derive.kernel import is_theorem
from derive.recheck import recheck
from derive.term import Term, number, symbol, walk


def test_an_instance_is_a_theorem_in_the_context_without_the_symbol():
    general = find("bce-dataset").run()
    found = instantiate(general, {"n": 2})
    assert found.instance == (("n", "2"),)
    for part, before in zip(found.parts, general.parts, strict=True):
        assert is_theorem(part.theorem)
        assert "n" in before.context.names
        assert "n" not in part.context.names
        assert part.theorem.statement == part.statement
        assert not [u for _, u in walk(part.statement) if u.head in ("Sum", "Product")]
        assert [part.lines[0].term, part.lines[-1].term] == list(part.statement.args)
        for line in part.lines[1:]:
            assert line.theorem.statement.args[1] == line.term


def test_the_second_checker_accepts_an_instance():
    found = instantiate(find("bce-dataset").run(), {"n": 2})
    data = certificate([found.parts[0].theorem])
    report = recheck(data, ledger_json())
    assert report.ok, report.sentence


def test_a_relation_in_theta_is_concluded_again():
    found = instantiate(find("mse-dataset").run(), {"n": 2})
    affine = found.parts[0]
    assert affine.statement.head == "Affine"
    assert affine.theorem.by in ("affine", "rewrite")
    assert not [u for _, u in walk(affine.statement) if u.head == "Sum"]
    refutation = found.parts[1]
    assert refutation.verdict == "refuted"
    assert all(set(p.at).isdisjoint({"n"}) for p in refutation.witness.points)


def test_a_symbol_that_a_relation_is_about_cannot_be_fixed():
    general = find("mse-dataset").run()
    assert "v" in fixable(general)
    assert "mu" not in fixable(general)


def test_long_sums_stay():
    found = instantiate(find("bce-dataset").run(), {"n": 1000})
    assert [u for _, u in walk(found.parts[0].statement) if u.head == "Sum"]


@derivation(given="m in Natural; m = 2; x[j] in Real for j in 1..m")
def with_two(m, x, j):
    """A statement for two."""
    yield x[1] + m
    yield x[1] + 2, given


@derivation(given="n in Natural; k in 1..n; x in Positive")
def in_range(n, k, x):
    """A statement about a place in a range."""
    yield log(exp(x)) * k
    from derive.rules import log_exp

    yield x * k, log_exp


@derivation(given="m in Natural; x in Real")
def wrong_in_general(m, x):
    """Refuted in general, and true for m = 1."""
    yield refuted("m*x = x")


def test_a_hypothesis_may_exclude_a_value():
    assert instantiate(with_two.run(), {"m": 2}).verdict == "proved"
    with pytest.raises(InstanceError, match="m=3 is excluded: the derivation assumes m = 2"):
        instantiate(with_two.run(), {"m": 3})


def test_what_links_a_fixed_symbol_to_another_stays_a_hypothesis():
    found = instantiate(in_range.run(), {"k": 2})
    left = Term("In", (number(2), Term("Range", (number(1), symbol("n")))))
    assert list(found.parts[0].context.hypotheses()) == [left]
    assert instantiate(in_range.run(), {"n": 3, "k": 2}).verdict == "proved"
    with pytest.raises(InstanceError, match="is excluded"):
        instantiate(in_range.run(), {"n": 1, "k": 2})


def test_a_refutation_is_searched_for_again():
    found = instantiate(wrong_in_general.run(), {"m": 2})
    assert found.parts[0].witness.points[0].at.keys() == {"x"}
    with pytest.raises(InstanceError, match="for m=1 no counterexample was found"):
        instantiate(wrong_in_general.run(), {"m": 1})


@pytest.mark.parametrize("value", ["two", "1e3", "0.5", "", "1/0", 0.5, "½"])
def test_values_are_exact(value):
    with pytest.raises(InstanceError, match="no exact number"):
        instantiate(with_two.run(), {"m": value})
