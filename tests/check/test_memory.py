"""What is remembered is looked at again before it is told again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from derive.check.memory import Memory, key_of
from derive.context import Context
from derive.plain import declare, read_statement
from derive.term import Term

ASKED = [
    ("a > 0; b > 0", "log(a*b) = log(a) + log(b)", "proved"),
    ("a > 0", "x/a = 2*x/(2*a)", "proved"),
    ("", "x/x = 1", "refuted"),
    ("n in Natural; p[i] in (0,1) for i in 1..n", "Sum(p[i], (i, 1, n)) = 1", "refuted"),
    ("", "x**2/(x*y) = x/y", "refuted"),
    ("", "log(x) + log(y) = log(y) + log(x)", "proved"),
    ("L(t) in Real", "L(x) + L(y) = L(x + y)", "refuted"),
]


def asked(given: str, text: str) -> tuple[Context, Term]:
    """A question; real numbers unless something else is said."""
    known = "x in Real; y in Real"
    context = declare(f"{given}; {known}" if given else known)
    return context, read_statement(text, context)


def learned(*questions: tuple[str, str]) -> dict[str, Any]:
    """What a memory holds afterwards, as it comes back from a file."""
    memory = Memory()
    for given, text in questions:
        memory.decide(*asked(given, text))
    return json.loads(json.dumps(memory.learned))  # type: ignore[no-any-return]  # JSON


@pytest.mark.parametrize(("given", "text", "verdict"), ASKED)
def test_a_remembered_verdict_is_the_same(given: str, text: str, verdict: str) -> None:
    context, statement = asked(given, text)
    memory = Memory(learned((given, text)))
    found = memory.decide(context, statement)
    assert found.verdict == verdict
    assert memory.asked == 0
    assert str(found) == str(Memory().decide(context, statement))


def test_a_proof_of_something_else_is_not_believed() -> None:
    proof = learned(("a > 0; b > 0", "log(a*b) = log(a) + log(b)"))
    (entry,) = proof.values()
    for given, text in (
        ("a > 0; b > 0", "log(a*b) = log(a) - log(b)"),
        ("a > 0; b in Real", "log(a*b) = log(a) + log(b)"),
        ("", "x = y"),
    ):
        context, statement = asked(given, text)
        memory = Memory({key_of(context, statement): entry}, sealed=True)
        found = memory.decide(context, statement)
        assert found.verdict != "proved"
        assert str(found) == str(Memory().decide(context, statement))
        assert memory.asked == 1


def test_a_point_that_refutes_nothing_is_not_believed() -> None:
    (entry,) = learned(("", "x/x = 1")).values()
    for text, verdict in (("2*x/2 = x", "proved"), ("(x + 1)/(x + 1) = 1", "refuted")):
        context, statement = asked("", text)
        memory = Memory({key_of(context, statement): entry}, sealed=True)
        assert memory.decide(context, statement).verdict == verdict
        assert memory.asked == 1


def test_a_point_outside_the_context_is_not_believed() -> None:
    context, statement = asked("a > 0", "sqrt(a**2) = a")
    points = [{"a": "-1", "x": "0", "y": "0"}]
    memory = Memory({key_of(context, statement): {"refuted": points}}, sealed=True)
    assert memory.decide(context, statement).verdict == "proved"


@pytest.mark.parametrize(
    "damaged",
    [
        {"proved": {}},
        {"proved": None},
        {"proved": {"format": "derive-certificate/1", "terms": 3}},
        {"refuted": []},
        {"refuted": [{"x": "1/0"}]},
        {"refuted": [{"x": [[1]]}]},
        {"refuted": 7},
        {"unknown": None, "conditions": 5},
        {"unknown": "x", "conditions": ["(("]},
        {"unknown": "condition", "holds": {}},
        {"unknown": "undecided", "evidence": "many"},
        {},
        7,
        None,
    ],
    ids=repr,
)
def test_a_damaged_entry_is_no_entry(damaged: Any) -> None:
    context, statement = asked("", "x/x = 1")
    memory = Memory({key_of(context, statement): damaged}, sealed=True)
    assert memory.decide(context, statement).verdict == "refuted"
    assert memory.asked == 1


def test_an_entry_with_a_changed_proof_is_no_entry() -> None:
    given, text = "a > 0; b > 0", "log(a*b) = log(a) + log(b)"
    (entry,) = learned((given, text)).values()
    context, statement = asked(given, text)
    for k in range(len(entry["proved"]["steps"])):
        changed = json.loads(json.dumps(entry))
        changed["proved"]["steps"][k]["statement"] = "(Eq 0 1)"
        memory = Memory({key_of(context, statement): changed})
        memory.decide(context, statement)
        assert memory.asked == 1


def test_not_knowing_is_repeated_only_by_who_did_not_know() -> None:
    context, statement = asked("", "x = y")
    entry = {"unknown": "undecided", "evidence": 3}
    key = key_of(context, statement)
    assert Memory({key: entry}, sealed=True).decide(context, statement).verdict == "unknown"
    assert Memory({key: entry}).decide(context, statement).verdict == "refuted"


def test_a_limit_is_not_remembered() -> None:
    memory = Memory()
    context, statement = asked("a > 0; b > 0", "(a + b)**9*log(a*b) = (a + b)**9*(log(a) + log(b))")
    assert memory.decide(context, statement, 1).reason == "limit"
    assert memory.learned == {}
