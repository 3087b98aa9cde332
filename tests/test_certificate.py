"""Certificates: the way out and the way back through the kernel."""

from __future__ import annotations

import copy
import os
import random

import pytest

from derive.certificate import (
    ARGUMENTS,
    CertificateError,
    certificate,
    dumps,
    ledger_json,
    loads,
    replay,
)
from derive.certificate_text import Reader, Writer
from derive.context import EMPTY
from derive.domains import REAL
from derive.kernel import INFERENCES, axiom
from derive.recheck import recheck
from derive.rules import ledger
from derive.term import Term, bind, bound, member, number, symbol
from tests.mutation import final, mutants
from tests.small_proofs import every_theorem

ROUNDS = 60 if "DERIVE_LONG" in os.environ else 6


@pytest.fixture(scope="module")
def theorems():
    return every_theorem()


@pytest.fixture(scope="module")
def data(theorems):
    return loads(dumps(certificate(theorems, name="small")))


def test_every_inference_has_named_arguments():
    assert list(ARGUMENTS) == list(INFERENCES) or set(ARGUMENTS) == set(INFERENCES)


def test_the_small_proofs_use_every_inference(data):
    assert {step["by"] for step in data["steps"]} == set(INFERENCES)


def test_replay_gives_the_same_theorems(theorems, data):
    again = replay(data)
    assert [(t.context, t.statement) for t in again] == [(t.context, t.statement) for t in theorems]
    assert again[0] is not theorems[0]


def test_a_certificate_of_a_replayed_certificate_is_the_same(data):
    assert certificate(replay(data), name="small") == data


def test_every_axiom_survives_the_way_out_and_back():
    theorems = [axiom(rule) for rule in ledger().values()]
    again = replay(loads(dumps(certificate(theorems))))
    assert [(t.context, t.statement) for t in again] == [(t.context, t.statement) for t in theorems]


def test_bound_names_capture_nothing():
    i, n = symbol("i"), symbol("n")
    inner = Term("Sum", (Term("Mul", (bound(0), bound(1), i)), number(1), n), None, ("i",))
    t = Term("Sum", (inner, number(1), n), None, ("i",))
    text = Writer().write(t)
    assert Reader().read(text) == t
    assert text == "(Sum i1 (Sum i2 (Mul i2 i1 i) 1 n) 1 n)"


@pytest.mark.parametrize("name", ["fun", "a b", '"', "(", "$1", "1x", "x'", "Sum", "é", ""])
def test_any_name_can_be_written(name):
    for t in (symbol(name), member(name, number(1)), Term("Add", (symbol(name), symbol("y")))):
        assert Reader().read(Writer().write(t)) == t


@pytest.mark.parametrize(
    "text",
    ["", "(", ")", "(Add", "[x", "(Add x))", "1/0", "$1", '"a', "(Sum i)(", "(fun (i) i j)",
     "(1 2)", "(Add (fun (i) i))x", 3, None, "#", "(" * 5000],
)  # fmt: skip
def test_a_text_that_is_no_term_is_refused(text):
    with pytest.raises(CertificateError):
        Reader().read(text)


def test_shared_terms_are_written_once():
    body = member("x", symbol("i")) ** 2 + symbol("y") * 3 + symbol("z") * 2 + 1
    big = bind("Sum", "i", body, number(1), symbol("n"))
    writer = Writer([big + big])
    assert writer.write(big + big) == "(Add $1 $1)"
    reader = Reader()
    reader.table = [reader.read(text) for text in writer.table]
    assert reader.read("(Add $1 $1)") == Term("Add", (big, big))


@pytest.mark.parametrize("key", ["format", "terms", "contexts", "steps", "theorems"])
@pytest.mark.parametrize("value", [None, 3, "x", [None], [10**9], [[]], {"a": 1}, [{"id": 1}]])
def test_a_malformed_certificate_is_refused_with_a_sentence(data, key, value):
    broken = {**data, key: value}
    with pytest.raises(CertificateError):
        replay(broken)


@pytest.mark.parametrize("key", ["id", "by", "arguments", "premises", "context", "statement"])
@pytest.mark.parametrize("value", [None, -1, "x", [None], [[]], {"mapping": 3}, True, 1.5])
def test_a_malformed_step_is_refused_with_a_sentence(data, key, value):
    broken = copy.deepcopy(data)
    for step in broken["steps"]:
        if step["by"] == "instance":
            step[key] = value
    with pytest.raises(CertificateError):
        replay(broken)


def test_a_float_and_other_texts_are_refused():
    for text in ("[0.5]", "NaN", "{", ""):
        with pytest.raises(CertificateError):
            loads(text)


def test_a_rule_that_is_not_in_the_ledger_is_refused(data):
    with pytest.raises(CertificateError, match="not in the ledger"):
        replay(data, {})


def test_a_definition_a_law_and_hints_survive():
    mass = Term("Normal", (symbol("m"), bound(0)))
    context = EMPTY.declare("m", REAL).declare("s", REAL, (REAL,), ("sigma",), mass, bound(0) + 1)
    from derive.kernel import numeral

    (again,) = replay(loads(dumps(certificate([numeral(context, number(1))]))))
    assert again.context is context


def test_both_checkers_refuse_what_was_changed(data):
    """A changed statement is never accepted; else both checkers agree."""
    shipped, rng = ledger_json(), random.Random(7)
    seen = set()
    for _ in range(ROUNDS):
        for description, mutant in mutants(data, rng):
            seen.add(description.split(":")[0])
            try:
                replay(mutant)
            except CertificateError:
                accepted = False
            else:
                accepted = True
            report = recheck(mutant, shipped)
            assert report.ok <= accepted, f"only recheck accepts {description}"
            if final(mutant) != final(data):
                statements = [s for _, s in final(mutant)] == [s for _, s in final(data)]
                assert statements or not accepted, description
                assert statements or not report.ok, description
    assert {"bound", "head", "rule", "path", "instance", "premise", "context"} <= seen
