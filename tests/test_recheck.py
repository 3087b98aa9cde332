"""The second checker: accepts what the kernel proves, and trusts nothing."""

from __future__ import annotations

import ast
import copy
import json
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from derive import functions
from derive import recheck as second
from derive.certificate import certificate, dumps, ledger_json, loads
from derive.domains import DOMAINS
from derive.recheck import Undefined, Unsure, recheck
from derive.term import BINDERS
from tests.small_proofs import every_theorem

FILE = Path(second.__file__)


@pytest.fixture(scope="module")
def shipped():
    return ledger_json()


@pytest.fixture(scope="module")
def data():
    return loads(dumps(certificate(every_theorem(), name="small")))


def test_imports_the_standard_library_alone():
    for statement in ast.walk(ast.parse(FILE.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            names = [a.name for a in statement.names]
        elif isinstance(statement, ast.ImportFrom):
            assert statement.level == 0
            names = [statement.module or ""]
        else:
            continue
        assert all(n.split(".")[0] in sys.stdlib_module_names for n in names)


def test_knows_the_same_functions_and_domains():
    """The tables are written twice on purpose; a function added to one is missed here."""
    theirs = {f.name: (-1 if f.arity is None else f.arity, f.total) for f in
              functions.FUNCTIONS.values() if f.name != "Piecewise"}  # fmt: skip
    assert theirs == second.FUNCTIONS
    assert set(second.DOMAINS) == set(DOMAINS)
    assert set(second.BINDERS) == set(BINDERS)
    assert set(second.RELATIONS) == set(functions.RELATIONS)


def test_accepts_the_small_proofs(data, shipped):
    report = recheck(data, shipped)
    assert report.ok, report.sentence
    assert report.steps == len(data["steps"])
    assert report.evaluated > 100
    assert report.sentence.startswith(f"OK: {report.steps} steps replayed, {report.evaluated} ")
    assert "log_product" in report.axioms


def test_on_its_own_from_the_command_line(tmp_path, data, shipped):
    copied = tmp_path / "recheck.py"
    copied.write_bytes(FILE.read_bytes())
    (tmp_path / "c.json").write_text(dumps(data), encoding="utf-8")
    (tmp_path / "l.json").write_text(dumps(shipped), encoding="utf-8")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    broken = copy.deepcopy(data)
    broken["steps"][-1]["statement"] = "(Eq 0 1)"
    (tmp_path / "wrong.json").write_text(dumps(broken), encoding="utf-8")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(copied), *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    good = run("c.json", "--axioms", "l.json")
    assert good.returncode == 0, good.stderr
    assert good.stdout.startswith("OK: ")
    assert run("--axioms", "l.json", "c.json").returncode == 0
    refused = run("wrong.json", "--axioms", "l.json")
    assert refused.returncode == 1
    assert "it proves" in refused.stderr
    for words in (["bad.json", "--axioms", "l.json"], ["c.json"], ["none.json", "--axioms", "x"]):
        found = run(*words)
        assert found.returncode == 2
        assert "Traceback" not in found.stderr


def test_trusts_no_rule_that_is_not_in_the_ledger(data, shipped):
    small = copy.deepcopy(shipped)
    small["axioms"] = [a for a in small["axioms"] if a["name"] != "log_product"]
    assert recheck(data, small).code == 2  # the digest is another's
    small["digest"] = _digest(small["axioms"])
    report = recheck(data, small)
    assert report.code == 1
    assert "log_product is not in the ledger" in report.sentence


def test_another_axiom_of_the_same_name_is_refused(data, shipped):
    other = copy.deepcopy(shipped)
    for a in other["axioms"]:
        if a["name"] == "log_product":
            a["statement"] = "(Eq (log (Mul a b)) (Mul (log a) (log b)))"
    assert recheck(data, other).code == 1


def _digest(axioms) -> str:
    from hashlib import sha256

    rows = sorted(axioms, key=lambda a: a["name"])
    lines = [f"{a['name']}\t{a['needs']}\t{a['lhs']} {a['relation']} {a['rhs']}" for a in rows]
    return sha256("\n".join(lines).encode()).hexdigest()


def test_every_axiom_of_the_ledger_holds_at_random_points(shipped):
    check = second.Check({"format": "derive-certificate/1"}, shipped)
    sampler, count = second.Sampler(), 0
    for name in check.ledger.items:
        try:
            in_the_way = sampler.evaluate(check.ledger.axiom(name, check.root))
        except second.Refused as error:
            raise AssertionError(f"{name} is {error}") from None
        count += not in_the_way
    assert count > len(check.ledger.items) // 2


def test_a_false_axiom_is_noticed_by_evaluation(shipped):
    false = {
        "name": "wrong", "needs": "a in Positive; b in Positive", "lhs": "log(a + b)",
        "relation": "=", "rhs": "log(a) + log(b)", "why": "", "source": "",
        "context": [{"declare": name, "domain": "(Positive)"} for name in "ab"],
        "statement": "(Eq (log (Add a b)) (Add (log a) (log b)))",
    }  # fmt: skip
    ledger = {**shipped, "axioms": [false], "digest": _digest([false])}
    contexts = [
        {"id": 1, "parent": 0, **false["context"][0]},
        {"id": 2, "parent": 1, **false["context"][1]},
    ]
    step = {"id": 1, "by": "axiom", "arguments": {"rule": "wrong"}, "premises": [], "context": 2,
            "statement": false["statement"]}  # fmt: skip
    data = {"format": "derive-certificate/1", "terms": [], "contexts": contexts, "steps": [step],
            "theorems": [1]}  # fmt: skip
    report = recheck(data, ledger)
    assert report.code == 1
    assert "false at a = " in report.sentence


@pytest.mark.parametrize("value", [None, 3, "x", [], {}, [None], {"format": 1}, True, 1.5])
def test_malformed_data_never_raises(data, shipped, value):
    assert recheck(value, shipped).code == 2
    assert recheck(data, value).code == 2
    for key in ("terms", "contexts", "steps", "theorems"):
        assert recheck({**data, key: value}, shipped).code in (1, 2)
    for step in range(3, len(data["steps"]), 80):
        for key in ("id", "by", "arguments", "premises", "context", "statement"):
            broken = {**data, "steps": list(data["steps"])}
            broken["steps"][step] = {**broken["steps"][step], key: value}
            assert recheck(broken, {**shipped}).code in (0, 1, 2)


def _proof(steps, contexts=(), terms=(), theorems=None):
    return {"format": "derive-certificate/1", "terms": list(terms), "contexts": list(contexts),
            "steps": steps, "theorems": theorems or [len(steps)]}  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    ["(" * 10_000, "(Neg " * 3000 + "1" + ")" * 3000, "(In " + "1" * 100_000 + " (Integer))",
     "(In $9 (Integer))", "(In 1 (Integer)"],
    ids=["open", "deep", "long", "table", "closed"],
)  # fmt: skip
def test_hostile_terms_are_refused(shipped, statement):
    step = {"id": 1, "by": "numeral", "arguments": {"value": "1"}, "premises": [], "context": 0,
            "statement": statement}  # fmt: skip
    assert recheck(_proof([step]), shipped).code in (1, 2)


def test_terms_that_share_themselves_are_refused(shipped):
    terms = ["(Add 1 1)", *(f"(Add ${k} ${k})" for k in range(1, 60))]
    report = recheck(_proof([], terms=terms, theorems=[1]), shipped)
    assert report.code == 1
    assert "too large" in report.sentence


def test_a_huge_product_is_refused(shipped):
    contexts = [{"id": 1, "parent": 0, "declare": "x", "domain": "(Real)"}]
    power = "(Pow " * 8 + "(Add x 1)" + " 64)" * 8
    contexts.append({"id": 2, "parent": 1, "assume": f"(In {power} (Real))"})
    steps = [
        {"id": 1, "by": "hypothesis", "arguments": {"statement": f"(In {power} (Real))"},
         "premises": [], "context": 2, "statement": f"(In {power} (Real))"},
        {"id": 2, "by": "numeral", "arguments": {"value": "1"}, "premises": [], "context": 2,
         "statement": "(In 1 (Integer))"},
        {"id": 3, "by": "ring", "arguments": {}, "premises": [1, 2], "context": 2,
         "statement": f"(Eq {power} 1)"},
    ]  # fmt: skip
    assert recheck(_proof(steps, contexts), shipped).code == 1


def test_infinity_is_no_value_of_a_symbol(shipped):
    """With b := oo, x < b for x in (0,b) would prove 1 < oo, and then anything."""
    contexts = [
        {"id": 1, "parent": 0, "declare": "b", "domain": "(Partial)"},
        {"id": 2, "parent": 1, "declare": "x", "domain": "(Open 0 b)"},
    ]

    def step(k, by, arguments, premises, context, statement):
        return {"id": k, "by": by, "arguments": arguments, "premises": premises,
                "context": context, "statement": statement}  # fmt: skip

    steps = [
        step(1, "declared", {"name": "x"}, [], 2, "(In x (Open 0 b))"),
        step(2, "promise", {"promise": 1}, [1], 2, "(Lt x b)"),
        step(3, "numeral", {"value": "0"}, [], 0, "(In 0 (Integer))"),
        step(4, "numeral", {"value": "1"}, [], 0, "(In 1 (Integer))"),
        step(5, "order", {"relation": "Lt", "combination": [["1", []]]}, [3, 4], 0, "(Lt 0 1)"),
        step(6, "belongs", {"domain": "(Open 0 (oo))", "term": "1"}, [5], 0,
             "(In 1 (Open 0 (oo)))"),
        step(7, "instance", {"mapping": {"b": "(oo)", "x": "1"}}, [2, 6], 0, "(Lt 1 (oo))"),
    ]  # fmt: skip
    report = recheck(_proof(steps, contexts), shipped)
    assert report.code == 1
    assert "step 7 (instance)" in report.sentence
    assert "oo is no number" in report.sentence


def _step(k, by, arguments, premises, context, statement):
    return {"id": k, "by": by, "arguments": arguments, "premises": premises,
            "context": context, "statement": statement}  # fmt: skip


def _real(*names, first=1):
    return [{"id": first + k, "parent": first + k - 1, "declare": x, "domain": "(Real)"}
            for k, x in enumerate(names)]  # fmt: skip


def _affine_in_x(*entries):
    """x = 1*x + 0, hence x ~ x in x, in a context with further entries."""
    contexts = _real("x")
    for entry in entries:
        contexts.append({"id": len(contexts) + 1, "parent": len(contexts), **entry})
    g = len(contexts)
    steps = [
        _step(1, "declared", {"name": "x"}, [], g, "(In x (Real))"),
        _step(2, "numeral", {"value": "1"}, [], g, "(In 1 (Integer))"),
        _step(3, "numeral", {"value": "0"}, [], g, "(In 0 (Integer))"),
        _step(4, "total", {"term": "(Mul 1 x)"}, [2, 1], g, "(In (Mul 1 x) (Real))"),
        _step(5, "total", {"term": "(Add (Mul 1 x) 0)"}, [4, 3], g,
              "(In (Add (Mul 1 x) 0) (Real))"),
        _step(6, "ring", {}, [1, 5], g, "(Eq x (Add (Mul 1 x) 0))"),
        _step(7, "order", {"relation": "Lt", "combination": [["1", []]]}, [3, 2], g, "(Lt 0 1)"),
        _step(8, "affine", {"theta": ["x"]}, [6, 7], g, "(Affine x x x)"),
    ]  # fmt: skip
    return _proof(steps, contexts)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ((), 0),
        (({"declare": "s", "domain": "(Real)"},), 0),
        (({"assume": "(Lt 0 x)"},), 0),
        (({"declare": "s", "domain": "(Real)"}, {"assume": "(Eq s x)"}), 1),
        (({"declare": "n", "domain": "(Natural)"}, {"assume": "(Lt x n)"}), 1),
        (({"declare": "s", "domain": "(Open x (oo))"},), 1),
        (({"declare": "s", "domain": "(Real)", "definition": "x"},), 1),
        (({"declare": "s", "domain": "(Real)", "law": "(Normal x 1)"},), 1),
    ],
)  # fmt: skip
def test_nothing_may_be_linked_to_theta(shipped, entries, code):
    report = recheck(_affine_in_x(*entries), shipped)
    assert report.code == code, report.sentence


@pytest.mark.parametrize("statement", ["(Affine x x x)", "(ForAll i (Affine x x x) (Real))"])
def test_a_relation_in_theta_cannot_be_assumed(shipped, statement):
    contexts = [*_real("x"), {"id": 2, "parent": 1, "assume": statement}]
    steps = [_step(1, "numeral", {"value": "1"}, [], 0, "(In 1 (Integer))")]
    report = recheck(_proof(steps, contexts), shipped)
    assert report.code == 1
    assert "whole domain" in report.sentence


def test_a_relation_in_theta_is_not_carried_below_an_entry_on_theta(shipped):
    for entry, code in (({"assume": "(Lt 0 x)"}, 1), ({"declare": "s", "domain": "(Real)"}, 0)):
        data = _affine_in_x()
        data["contexts"].append({"id": 2, "parent": 1, **entry})
        data["steps"].append(_step(9, "instance", {"mapping": {}}, [8], 2, "(Affine x x x)"))
        data["theorems"] = [9]
        report = recheck(data, shipped)
        assert report.code == code, report.sentence


@pytest.mark.parametrize("term", ["(Neg 1 1)", "(Abs 1 1)", "(Neg)"])
def test_whole_and_total_look_at_the_number_of_arguments(shipped, term):
    premises = [1] * term.count(" 1")
    for by, domain in (("whole", "(Integer)"), ("total", "(Real)")):
        steps = [
            _step(1, "numeral", {"value": "1"}, [], 0, "(In 1 (Integer))"),
            _step(2, by, {"term": term}, premises, 0, f"(In {term} {domain})"),
        ]
        assert recheck(_proof(steps), shipped).code == 1


@pytest.mark.parametrize("by", ["__init__", "__annotations__", "scope", "argument", "", "axiom "])
def test_only_inferences_are_steps(shipped, by):
    steps = [_step(1, by, {}, [], 0, "(In 1 (Integer))")]
    report = recheck(_proof(steps), shipped)
    assert report.code == 1
    assert "no such inference" in report.sentence


# -- the arithmetic ----------------------------------------------------------------------


def _ends(value: second.Value) -> tuple[Fraction, Fraction]:
    low, high = second.ends(value)
    return Fraction(low, second.UNIT), Fraction(high, second.UNIT)


def _pair(x: Fraction) -> second.Value:
    """The number as a pair, which is nowhere treated as exact."""
    return second.ends(Fraction(x))


_REALS = [Fraction(0), Fraction(1), Fraction(-7, 3), Fraction(40), Fraction(1, 10**9),
          Fraction(-60), Fraction(123456789, 1000)]  # fmt: skip


@pytest.mark.parametrize("x", _REALS)
def test_exp_encloses_the_value(x):
    from mpmath import mp, mpf

    mp.prec = 1000
    for value in (x, _pair(x)):
        if x > 300:
            with pytest.raises(Unsure):
                second.exp(value)
            continue
        low, high = second.ends(second.exp(value))
        exact = mp.exp(mpf(x.numerator) / x.denominator) * second.UNIT
        assert low <= exact <= high
        assert high - low <= 4 + exact / 2**90


@pytest.mark.parametrize(
    "x", [Fraction(1, 1000), Fraction(2, 3), Fraction(1), Fraction(2), Fraction(10**12, 7)]
)
def test_log_encloses_the_value_and_exp_is_its_inverse(x):
    from mpmath import mp, mpf

    mp.prec = 1000
    low, high = second.ends(second.log(x))
    assert low <= mp.log(mpf(x.numerator) / x.denominator) * second.UNIT <= high
    assert high - low < 2**20
    low, high = _ends(second.exp(second.log(x)))
    assert low <= x <= high


def test_random_arithmetic_is_enclosed():
    """Sums, products, quotients and powers of pairs hold those of the numbers inside."""
    chance = random.Random(5)
    for _ in range(2000):
        a, b = (Fraction(chance.randint(-999, 999), chance.randint(1, 99)) for _ in "ab")
        results = [(second.plus, a + b), (second.times, a * b)]
        if b:
            results.append((second.over, a / b))
        for operation, wanted in results:
            for given in ((a, b), (_pair(a), b), (a, _pair(b)), (_pair(a), _pair(b))):
                low, high = _ends(operation(*given))
                assert low <= wanted <= high
                assert high - low < Fraction(10**7, second.UNIT)
        exponent = chance.randint(0, 6)
        low, high = _ends(second.power(_pair(a), Fraction(exponent)))
        assert low <= a**exponent <= high


@pytest.mark.parametrize("x", range(-6, 7))
def test_powers(x):
    x = Fraction(x)
    assert second.power(x, Fraction(3)) == x**3
    assert second.power(x, Fraction(0)) == 1
    if x > 0:
        low, high = _ends(second.power(x * x, Fraction(1, 2)))
        assert low <= x <= high
    elif x < 0:
        with pytest.raises(Undefined):
            second.power(x, Fraction(1, 2))
    else:
        assert second.power(x, Fraction(1, 2)) == 0
        with pytest.raises(Undefined):
            second.power(x, Fraction(-1))


def test_what_cannot_be_told_is_not_told():
    around_zero = -(2**10), 2**10
    for f in (second.log, second.sign, second.floor):
        with pytest.raises(Unsure):
            f(around_zero)
    with pytest.raises(Unsure):
        second.over(Fraction(1), around_zero)
    with pytest.raises(Undefined):
        second.log(Fraction(0))


@pytest.mark.parametrize(
    ("name", "x", "wanted"),
    [("gamma", 5, 24), ("factorial", 5, 120), ("gamma", 0, Undefined), ("factorial", -1, Undefined),
     ("gamma", Fraction(1, 2), Unsure), ("floor", Fraction(-1, 2), -1), ("Abs", -3, 3),
     ("sign", -3, -1)],
)  # fmt: skip
def test_functions_at_numbers(name, x, wanted):
    f = second.VALUES[name]
    if isinstance(wanted, int):
        assert f(Fraction(x)) == wanted
    else:
        with pytest.raises(wanted):
            f(Fraction(x))


def test_json_of_the_ledger_is_readable(shipped):
    again = json.loads(dumps(shipped))
    assert again == shipped
    assert set(again["axioms"][0]) >= {"name", "needs", "lhs", "relation", "rhs", "why", "source"}


@pytest.mark.parametrize(
    ("integral", "domain", "premises", "code"),
    [
        ("a b", "(Open a b)", (3,), 0),
        ("a b", "(Real)", (), 0),
        ("a (oo)", "(Open a (oo))", (), 0),
        ("(oo) a", "(Open a (oo))", (), 0),
        ("a b", "(Open a b)", (), 1),
        ("a b", "(Open b a)", (3,), 1),
        ("a b", "(Closed a b)", (3,), 1),
        ("a b", "(Open a (oo))", (), 1),
        ("a b", "(Real)", (3,), 1),
        ("(oo) a", "(Open (oo) a)", (), 1),
        ("(oo) (oo)", "(Open (oo) (oo))", (), 1),
    ],
)
def test_below_an_integral(shipped, integral, domain, premises, code):
    """Between the ends, whose order is shown; on an empty interval anything is equal."""
    whole = f"(Integral t (Add t 0) {integral})"
    contexts = _real("a", "b")
    for k, entry in enumerate(({"assume": "(Le a b)"}, {"assume": f"(In {whole} (Real))"},
                               {"declare": "t", "domain": domain})):  # fmt: skip
        contexts.append({"id": 3 + k, "parent": 2 + k, **entry})
    steps = [
        _step(1, "hypothesis", {"statement": f"(In {whole} (Real))"}, [], 4,
              f"(In {whole} (Real))"),
        _step(2, "ring", {}, [1, 1], 4, f"(Eq {whole} {whole})"),
        _step(3, "hypothesis", {"statement": "(Le a b)"}, [], 4, "(Le a b)"),
        _step(4, "declared", {"name": "t"}, [], 5, f"(In t {domain})"),
        _step(5, "numeral", {"value": "0"}, [], 5, "(In 0 (Integer))"),
        _step(6, "total", {"term": "(Add t 0)"}, [4, 5], 5, "(In (Add t 0) (Real))"),
        _step(7, "ring", {}, [6, 4], 5, "(Eq (Add t 0) t)"),
        _step(8, "rewrite", {"path": [1, 0]}, [2, 7, *premises], 4,
              f"(Eq {whole} (Integral t t {integral}))"),
    ]  # fmt: skip
    report = recheck(_proof(steps, contexts), shipped)
    assert report.code == code, report.sentence
    assert code == 0 or "step 8 (rewrite)" in report.sentence


@pytest.mark.parametrize(
    ("path", "inner", "statement", "code"),
    [
        ([0, 0], 2, "(In (Add k 0) (Real))", 0),
        ([0, 1], 1, "(In 0 (Real))", 0),
        ([0, 2], 1, "(In (oo) (Real))", 1),
    ],
)
def test_parts_of_an_infinite_sum(shipped, path, inner, statement, code):
    whole = "(Sum k (Add k 0) 0 (oo))"
    contexts = [
        {"id": 1, "parent": 0, "assume": f"(In {whole} (Real))"},
        {"id": 2, "parent": 1, "declare": "k", "domain": "(Range 0 (oo))"},
    ]
    steps = [
        _step(1, "hypothesis", {"statement": f"(In {whole} (Real))"}, [], 1,
              f"(In {whole} (Real))"),
        _step(2, "part", {"path": path}, [1], inner, statement),
        _step(3, "declared", {"name": "k"}, [], 2, "(In k (Range 0 (oo)))"),
        _step(4, "promise", {"promise": 1}, [3], 2, "(Le 0 k)"),
    ]  # fmt: skip
    report = recheck(_proof(steps, contexts), shipped)
    assert report.code == code, report.sentence
