"""Problems as data: what is read, what is refused, and that the answers of our own hold."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from derive.context import Context, Declaration, Entry
from derive.plain import declare, read_statement
from derive.problems import Problem, ProblemError, problem, problems
from derive.refute import integrals, minimise
from derive.refute.balls import FINEST, PRECISION, UNDEFINED, UNKNOWN, evaluate
from derive.refute.numbers import disjoint
from derive.refute.points import points
from derive.refute.witness import constants_of, refute, verify, witness_at
from derive.term import Term, walk
from derive.verdicts import decide

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks" / "problems"
FILES = sorted(f for f in FOLDER.glob("*.jsonl") if not f.stem.endswith("-answers"))
LONG = os.environ.get("DERIVE_LONG") == "1"
#: Points tried on each statement; set a larger number for a thorough look.
BUDGET = int(os.environ.get("DERIVE_BUDGET", "60"))
#: Those tried on true statements where quadrature is slow; a sixth of them are drawn.
QUICK_BUDGET = 6
#: Points at which both sides are compared, and at how many both must have a value.
DRAWS, NEEDED = 20 if LONG else 8, 3
#: True statements that balls do not evaluate and that are not proved: checked by hand.
BY_HAND = {"C-065"}
RELATIONS = {"equal", "le", "affine", "argmin", "grad"}


def objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def answers(path: Path) -> dict[str, dict[str, Any]]:
    return {a["id"]: a for a in objects(path.with_name(f"{path.stem}-answers.jsonl"))}


OWN = [data for path in FILES for data in objects(path)]
ANSWERS = {name: answer for path in FILES for name, answer in answers(path).items()}


def names(value: object) -> str | None:
    return value["id"] if isinstance(value, dict) else None


# -- our own files ------------------------------------------------------------------------


def test_the_files_have_the_promised_size() -> None:
    counts = {path.stem: [a["truth"] for a in answers(path).values()].count(True) for path in FILES}
    assert counts == {
        "fifth": 13,
        "first": 26,
        "fourth": 13,
        "integrals": 68,
        "second": 13,
        "sixth": 13,
        "third": 13,
    }
    assert [len(objects(path)) for path in FILES] == [20, 40, 20, 100, 20, 20, 20]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_reads_and_its_answers_match(path: Path) -> None:
    found = list(problems(path.read_text(encoding="utf-8")))
    assert [p.id for p in found] == list(answers(path))
    wanted = {"equal"} if path.stem == "integrals" else RELATIONS - {"grad"}
    assert {data["relation"] for data in objects(path)} >= wanted
    for answer in answers(path).values():
        assert bool(answer.get("trap")) is not answer["truth"]


def test_every_relation_is_there_true_and_false() -> None:
    found = {(data["relation"], ANSWERS[data["id"]]["truth"]) for data in OWN}
    assert found == {(relation, truth) for relation in RELATIONS for truth in (True, False)}


def test_titles_and_statements_are_different() -> None:
    assert len({data["title"] for data in OWN}) == len(OWN)
    found = [problem(data) for data in OWN]
    assert len({(p.context, p.statement) for p in found}) == len(OWN)


@pytest.mark.parametrize("data", OWN, ids=names)
def test_an_answer_holds(data: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    answer, p = ANSWERS[data["id"]], problem(data)
    quick = not LONG and any(t.head in ("Integral", "Expectation") for _, t in walk(p.statement))
    few = quick and answer["truth"]
    if quick:  # the simplest point is of no use here, and takes many integrals to find
        monkeypatch.setattr(minimise, "minimise", lambda _context, _s, points: points)
    if few:  # an integral that cannot be enclosed is given up soon
        monkeypatch.setattr(integrals, "EVALUATIONS", 1500)
        monkeypatch.setattr(integrals, "FIRST", 300)
    if "witness" in answer:
        at = {name: Fraction(value) for name, value in answer["witness"].items()}
        assert verify(witness_at(p.context, p.statement, at), p.context, p.statement)
        assert not answer["truth"]
        return
    witness = refute(p.context, p.statement, QUICK_BUDGET if few else BUDGET)
    if answer["truth"]:
        assert witness is None, witness
        tested = values_agree(p) or decide(p.context, p.statement).verdict == "proved"
        assert tested is not (p.id in BY_HAND)
    else:
        assert witness is not None
        assert verify(witness, p.context, p.statement)


def values_agree(p: Problem) -> bool:
    """Whether both sides have a value at enough of the points: else nothing was tested."""
    count, finest = 0, FINEST if LONG else PRECISION
    for point in points(p.context, 0, DRAWS, constants_of(p.statement)):
        values = [evaluate(side, point, finest=finest) for side in p.statement.args[:2]]
        if UNDEFINED not in values and UNKNOWN not in values:
            assert p.statement.head != "Eq" or not disjoint(*values), point
            count += 1
        if count == NEEDED:
            break
    return count == NEEDED


# -- a shared file, where there is one ------------------------------------------------------


def shared_folder() -> Path | None:
    named = os.environ.get("DERIVE_SHARED")
    return Path(named) / "bench" if named else None


@pytest.mark.shared
def test_the_shared_problems_read() -> None:
    folder = shared_folder()
    assert folder is not None
    found = list(problems((folder / "equivalences.jsonl").read_text(encoding="utf-8")))
    known = objects(folder / "answers.jsonl")
    assert [p.id for p in found] == [a["id"] for a in known]
    ours = {(p.context, p.statement) for p in (problem(data) for data in OWN)}
    assert not ours & {(p.context, p.statement) for p in found}


# -- reading ------------------------------------------------------------------------------

REAL = {"domain": "real"}
BASE: dict[str, Any] = {
    "id": "P",
    "symbols": {"x": REAL, "y": REAL},
    "lhs": "x",
    "rhs": "y",
    "relation": "equal",
}


@pytest.mark.parametrize(
    ("change", "statement"),
    [
        ({}, "x = y"),
        ({"relation": "le"}, "x <= y"),
        ({"relation": "affine", "theta": ["x"]}, "x ~ y in x"),
        ({"relation": "affine", "theta": ["x", "y"]}, "x ~ y in (x, y)"),
        ({"relation": "argmin", "theta": ["x"]}, "argmin(x, x) = y"),
        ({"relation": "grad", "theta": ["x", "y"]}, "grad(x, (x, y)) = grad(y, (x, y))"),
    ],
)
def test_relations(change: dict[str, Any], statement: str) -> None:
    p = problem({**BASE, **change})
    assert p.statement == read_statement(statement, p.context)


def test_a_relation_left_out_is_equality() -> None:
    assert problem({k: v for k, v in BASE.items() if k != "relation"}).statement.head == "Eq"


@pytest.mark.parametrize(
    ("symbols", "constraints", "text"),
    [
        ({"p": {"domain": "unit"}}, [], "p in (0,1)"),
        ({"a": {"domain": "neg"}}, [], "a in (-oo, 0)"),
        ({"a": {"domain": "gt1"}}, [], "a in (1, oo)"),
        ({"n": {"domain": "ge2"}}, [], "n in Integer; n >= 2"),
        (
            {"y": {"domain": "binary", "index": [["1", "n"]]}, "n": {"domain": "nat"}},
            [],
            "n in Natural0; y[i] in {0,1} for i in 1..n",
        ),
        (
            {"i": {"domain": "index", "range": ["1", "m"]}, "m": {"domain": "posint"},
             "x": {"domain": "real", "index": [["1", "m"], [0, 3]]}},
            [],
            "m in Natural; i in 1..m; x[j,k] in Real for j in 1..m, k in 0..3",
        ),
        (
            {"c": {"domain": "index", "range": ["1", "K"], "index": [["1", "3"]]},
             "K": {"domain": "posint"}},
            [],
            "K in Natural; c[i] in 1..K for i in 1..3",
        ),
        (
            {"j": {"domain": "index", "range": ["1", "k"]},
             "k": {"domain": "index", "range": ["1", "4"]}},
            [],
            "k in 1..4; j in 1..k",
        ),
        (
            {"p": {"domain": "unit", "index": [["1", "2"], ["1", "3"]]}},
            [{"kind": "simplex", "expr": "p[i,j]", "over": ["j", "1", "3"],
              "for": [["i", "1", "2"]]}],
            "p[i,j] in (0,1) for i in 1..2, j in 1..3; Sum(p[i,j], (j,1,3)) = 1 for i in 1..2",
        ),
        (
            {"y": {"domain": "binary", "index": [["1", "3"]]}},
            [{"kind": "onehot", "expr": "y[j]", "over": ["j", "1", "3"]}],
            "y[j] in {0,1} for j in 1..3; Sum(y[j], (j,1,3)) = 1",
        ),
        (
            {"a": REAL, "b": REAL},
            [{"kind": "gt", "lhs": "b", "rhs": "a"}, {"kind": "eq", "lhs": "a", "rhs": 2}],
            "a in Real; b in Real; b > a; a = 2",
        ),
    ],
)  # fmt: skip
def test_contexts(symbols: dict[str, Any], constraints: list[dict[str, Any]], text: str) -> None:
    data = {"symbols": symbols, "constraints": constraints, "lhs": "1", "rhs": "1"}
    found, wanted = problem(data).context, declare(text)
    assert bare(found) == bare(wanted)


def bare(context: Context) -> list[Entry]:
    """The entries without the names of bound indices, which are hints."""
    return [e._replace(hints=()) if isinstance(e, Declaration) else e for e in context.entries()]


def test_one_hot_members_are_bits_whatever_they_were_declared() -> None:
    data: dict[str, Any] = {
        "symbols": {"x": {"domain": "real", "index": [["1", "3"]]}},
        "constraints": [{"kind": "onehot", "expr": "x[j]", "over": ["j", "1", "3"]}],
        "lhs": "Sum(x[j]**2, (j, 1, 3))",
        "rhs": "1",
    }
    p = problem(data)
    found = list(points(p.context, count=10))
    assert {tuple(point["x"].values()) for point in found} == {  # type: ignore[union-attr]
        (1, 0, 0), (0, 1, 0), (0, 0, 1)
    }  # fmt: skip
    assert refute(p.context, p.statement) is None
    loose = problem({**data, "constraints": [{**data["constraints"][0], "kind": "simplex"}]})
    assert refute(loose.context, loose.statement) is not None


def test_indices_do_not_capture_declared_names() -> None:
    symbols: dict[str, Any] = dict.fromkeys("ijklmnrst", REAL)
    symbols["x"] = {"domain": "real", "index": [["1", "2"], ["1", "3"]]}
    p = problem({"symbols": symbols, "lhs": "x[1,3]", "rhs": "i"})
    assert p.statement.args[0].head == "member"
    assert len(p.context.names["x"].indices) == 2


# -- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lhs": "x +"}, "problem P"),
        ({"lhs": "x = y"}, "statement"),
        ({"lhs": "x <= y"}, "comparison"),
        ({"lhs": "x; y"}, "no formula"),
        ({"lhs": "x\ny"}, "no formula"),
        ({"lhs": None}, "no formula"),
        ({"lhs": True}, "no formula"),
        ({"lhs": 0.5}, "no formula"),
        ({"lhs": "x/0.5"}, "problem P"),
        ({"lhs": "q"}, "not declared"),
        ({"lhs": "x, y"}, "one formula"),
        ({"rhs": "y under y := x"}, "problem P"),
        ({"rhs": "x[1]"}, "x"),
        ({"lhs": "(" * 3000 + "x" + ")" * 3000}, "brackets"),
        ({"relation": "lt"}, "no relation"),
        ({"relation": ["equal"]}, "malformed"),
        ({"relation": "affine"}, "theta"),
        ({"relation": "argmin", "theta": []}, "theta"),
        ({"relation": "argmin", "theta": "x"}, "theta"),
        ({"relation": "grad", "theta": ["x", "x"]}, "theta"),
        ({"relation": "grad", "theta": ["q"]}, "not a declared symbol"),
        ({"symbols": [REAL]}, "malformed"),
        ({"symbols": {"x": "real"}}, "malformed"),
        ({"symbols": {"x": {}}}, "domain"),
        ({"symbols": {"x": {"domain": "complex"}}}, "no domain"),
        ({"symbols": {"x": {"domain": "index"}}}, "range"),
        ({"symbols": {"x": {"domain": "index", "range": ["1"]}}}, "no range"),
        ({"symbols": {"x": {"domain": "real", "index": ["n"]}}}, "no range"),
        ({"symbols": {"x": {"domain": "real", "index": [["1", "n"]]}}}, "not declared"),
        ({"symbols": {"x in Real; y": REAL}}, "no name"),
        ({"symbols": {"x": {"domain": "real", "index": [["1", "2; y in Real"]]}}}, "no formula"),
        (
            {"symbols": {"x": {"domain": "index", "range": ["1", "y"]},
                         "y": {"domain": "index", "range": ["1", "x"]}}},
            "wait for each other",
        ),
        ({"constraints": [{"kind": "sphere"}]}, "no kind"),
        ({"constraints": [{}]}, "kind"),
        ({"constraints": "abc"}, "malformed"),
        ({"constraints": [{"kind": "eq", "lhs": "x"}]}, "rhs"),
        ({"constraints": [{"kind": "simplex", "expr": "x", "over": ["j", "1"]}]}, "no range"),
        ({"constraints": [{"kind": "eq", "lhs": "x = y; x", "rhs": "1"}]}, "no formula"),
    ],
)  # fmt: skip
def test_malformed_problems_are_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ProblemError, match=said):
        problem({**BASE, **change})


@pytest.mark.parametrize("missing", ["symbols", "lhs", "rhs"])
def test_a_missing_field_is_named(missing: str) -> None:
    with pytest.raises(ProblemError, match=f"'{missing}' is missing"):
        problem({k: v for k, v in BASE.items() if k != missing})


@pytest.mark.parametrize("data", [None, 3, "x = y", [BASE]])
def test_only_objects_are_problems(data: Any) -> None:
    with pytest.raises(ProblemError, match="JSON object"):
        problem(data)


def test_a_file_is_read_line_by_line() -> None:
    lines = [json.dumps(BASE), "", json.dumps({**BASE, "id": "Q", "relation": "le"})]
    found = list(problems("\n".join(lines)))
    assert [(p.id, p.statement.head) for p in found] == [("P", "Eq"), ("Q", "Le")]
    assert found[0].statement == Term("Eq", found[1].statement.args)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1 is not JSON"),
        (json.dumps(BASE) + "\n" + "[" * 100_000, "line 2 is not JSON"),
        (json.dumps(BASE) + "\n\n" + json.dumps(BASE), "line 3: a problem P was there before"),
        ("[]", "JSON object"),
    ],
)
def test_malformed_files_are_refused(text: str, said: str) -> None:
    with pytest.raises(ProblemError, match=said):
        list(problems(text))
