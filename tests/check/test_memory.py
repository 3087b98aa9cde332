"""What is remembered is looked at again before it is told again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from derive.check.memory import Memory
from derive.context import Context
from derive.plain import declare, read_statement
from derive.recall import remembering
from derive.term import Term
from derive.verdicts import Verdict, decide

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


def told(memory: Memory, context: Context, statement: Term) -> Verdict:
    """The verdict with the memory at hand."""
    with remembering(memory.recall):
        return decide(context, statement)


def learned(given: str, text: str) -> dict[str, Any]:
    """What a memory holds afterwards, as it comes back from a file."""
    memory = Memory()
    told(memory, *asked(given, text))
    return json.loads(json.dumps(memory.learned))  # type: ignore[no-any-return]  # JSON


class Forged(dict[str, Any]):
    """A memory that has one answer to everything."""

    def __init__(self, entry: Any) -> None:
        super().__init__(forged=entry)

    def get(self, key: str, default: Any = None) -> Any:
        """The answer."""
        del key, default
        return self["forged"]


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize(("given", "text", "verdict"), ASKED)
def test_a_remembered_verdict_is_the_same(
    given: str, text: str, verdict: str, sealed: bool
) -> None:
    context, statement = asked(given, text)
    known = learned(given, text)
    memory = Memory(known, sealed=sealed)
    found = told(memory, context, statement)
    assert found.verdict == verdict
    nothing = [e for e in known.values() if e.get("points", "") is None or e.get("nothing")]
    assert memory.asked == (0 if sealed else len(nothing))
    assert str(found) == str(decide(context, statement))


HARD = "x**2*y**2 + y**2 + x**2 + 1 >= 0"
PROVED = [("a > 0; b > 0", "log(a*b) <= a*b - 1"), ("", HARD)]


def test_a_proof_is_replayed_and_not_looked_for() -> None:
    for given, text in PROVED:
        known = learned(given, text)
        assert any("proved" in e for e in known.values())
        memory = Memory(known, sealed=True)
        assert told(memory, *asked(given, text)).verdict == "proved"
        assert memory.asked == 0


def test_a_proof_of_something_else_is_not_believed() -> None:
    proofs = [e for e in learned(*PROVED[0]).values() if "proved" in e]
    for given, text in (
        ("a > 0; b > 0", "log(a*b) <= a*b - 2"),
        ("a > 0; b in Real", "log(a*b) <= a + b - 1"),
        ("", "x <= y"),
        ("", "x**2 + y**2 >= 1 - x**2"),
    ):
        memory = Memory(Forged(proofs[0]), sealed=True)
        context, statement = asked(given, text)
        found = told(memory, context, statement)
        assert found.verdict != "proved"
        assert str(found) == str(decide(context, statement))


def test_points_that_refute_nothing_are_not_believed() -> None:
    points = [e for e in learned("", "x/x = 1").values() if e.get("points")]
    assert points
    for text, verdict in (("2*x/2 = x", "proved"), ("(x + 1)/(x + 1) = 1", "refuted")):
        memory = Memory(Forged(points[0]), sealed=True)
        assert told(memory, *asked("", text)).verdict == verdict


def test_points_outside_the_context_are_not_believed() -> None:
    memory = Memory(Forged({"points": [{"a": "-1", "x": "0", "y": "0"}]}), sealed=True)
    assert told(memory, *asked("a > 0", "sqrt(a**2) = a")).verdict == "proved"


@pytest.mark.parametrize(
    "damaged",
    [
        {"proved": {}},
        {"proved": None},
        {"proved": {"format": "derive-certificate/1", "terms": 3}},
        {"points": []},
        {"points": [{"x": "1/0"}]},
        {"points": [{"x": [[1]]}]},
        {"points": 7},
        {"holds": {}, "conditions": 5},
        {"holds": {}, "conditions": ["(("]},
        {"nothing": "maybe"},
        {"steps": "many"},
        {},
        7,
        None,
    ],
    ids=repr,
)
@pytest.mark.parametrize(
    ("text", "verdict"), [("x/x = 1", "refuted"), (HARD, "proved"), ("x*y = y*x", "proved")]
)
def test_a_damaged_entry_is_no_entry(damaged: Any, text: str, verdict: str) -> None:
    memory = Memory(Forged(damaged), sealed=True)
    assert told(memory, *asked("", text)).verdict == verdict
    assert memory.asked == len(memory.learned) > 0


def test_a_changed_proof_is_no_proof() -> None:
    (key,) = [k for k, e in learned(*PROVED[0]).items() if "proved" in e]
    steps = learned(*PROVED[0])[key]["proved"]["steps"]
    for k in range(0, len(steps), max(len(steps) // 8, 1)):
        known = learned(*PROVED[0])
        known[key]["proved"]["steps"][k]["statement"] = "(Eq 0 1)"
        memory = Memory(known, sealed=True)
        told(memory, *asked(*PROVED[0]))
        assert memory.asked == 1


def test_finding_nothing_is_repeated_only_by_who_found_nothing() -> None:
    context, statement = asked("", "x = y")
    entry = {"points": None, "nothing": True}
    assert told(Memory(Forged(entry), sealed=True), context, statement).verdict == "unknown"
    assert told(Memory(Forged(entry)), context, statement).verdict == "refuted"


def test_a_limit_is_not_remembered() -> None:
    memory = Memory()
    context, statement = asked(*PROVED[1])
    with remembering(memory.recall):
        assert decide(context, statement, 1).reason == "limit"
    assert not any(e.keys() & {"proved", "nothing"} for e in memory.learned.values())
