"""Verdicts as data: the same whatever runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from derive.check.settling import settle
from derive.check.workers import Pool

ROWS = "n in Natural; y[i] in {0,1} for i in 1..n; p[i] in (0,1) for i in 1..n"
CLAIMS = (
    ("log(a*b) = log(a) + log(b)", "a > 0; b > 0"),
    ("Sum(y[i]**2, (i,1,n)) = Sum(y[i], (i,1,n))", ROWS),
    ("Sum(log(p[i]**y[i]), (i,1,n)) = Sum(y[i]*log(p[i]), (i,1,n))", ROWS),
    ("Sum(p[i]*y[i], (i,1,n)) = Sum(p[i], (i,1,n))*Sum(y[i], (i,1,n))/n", ROWS),
    ("Abs(x) = Max(x, -x)", "x in Real"),
    ("log(x**2) = 2*log(x)", "x in Real"),
    ("x/x = 1", "x in Real"),
    ("log(x) <= x - 1", "x > 0"),
    ("x + 1 ~ 2*x in x", "x in Real"),
    ("x = q", "x in Real"),
    ("x = x", "x > 1; x < 0"),
)
JOBS = [{"statement": s, "given": [g], "form": "json", "certificate": True} for s, g in CLAIMS]
ASK = (
    "import json, sys\n"
    "from derive.check.settling import settle\n"
    "for job in json.load(sys.stdin):\n"
    "    print(json.dumps({k: v for k, v in settle(job).items() if k != 'seconds'}))\n"
)


def untimed(answers: list[dict[str, object]]) -> list[str]:
    """The answers without what every run has another value of."""
    return [json.dumps({k: v for k, v in a.items() if k != "seconds"}) for a in answers]


@pytest.fixture(scope="module")
def here() -> list[str]:
    """What this process says."""
    return untimed([settle(job) for job in JOBS])


def test_verdicts(here: list[str]) -> None:
    found = [json.loads(answer)["verdict"] for answer in here]
    assert found[:4] == ["proved", "proved", "proved", "refuted"]
    assert found[4:9] == ["proved", "refuted", "refuted", "proved", "proved"]
    assert [json.loads(answer)["reason"] for answer in here[9:]] == ["undeclared", "contradictory"]


@pytest.mark.parametrize(("workers", "method"), [(1, "fork"), (2, "fork"), (2, "spawn")])
def test_verdicts_do_not_depend_on_who_runs_them(
    here: list[str], workers: int, method: str
) -> None:
    with Pool(workers, method=method) as pool:
        assert untimed([f.result() for f in [pool.submit(settle, job) for job in JOBS]]) == here


@pytest.mark.parametrize("seed", ["1", "23"])
def test_verdicts_do_not_depend_on_the_hash_seed(here: list[str], seed: str) -> None:
    home = str(Path(__file__).resolve().parent.parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        input=json.dumps(JOBS),
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": home},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == here


def test_a_budget_of_steps_comes_first() -> None:
    job = {"statement": CLAIMS[2][0], "given": [ROWS], "steps": 3}
    found = settle(job)
    assert (found["verdict"], found["reason"]) == ("unknown", "limit")


def test_an_empty_context_proves_nothing() -> None:
    found = settle({"statement": "x = x", "given": ["x in Real; x**2 < 0"]})
    assert found["verdict"] == "unknown"


def test_conventions_are_read() -> None:
    bit = "y in {0,1}"
    job = {"statement": "y*log(y) = 0", "given": ["convention 0*log(0) = 0", bit]}
    assert settle(job)["verdict"] == "proved"
    assert settle({**job, "given": [bit]})["verdict"] == "refuted"


def test_grading_changes_no_verdict_and_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    job = {"statement": "sqrt(x**2) = x", "given": ["x in Real"]}
    plain = settle(job)
    found = settle({**job, "graded": True})
    assert found["repair"] == ["0 <= x"]
    assert found["sentences"] == ["would hold given 0 <= x"]
    assert {k: found[k] for k in plain if k != "seconds"} == {
        k: v for k, v in plain.items() if k != "seconds"
    }

    def fails(_: object) -> None:
        raise OverflowError("the budget of steps is used up")

    def endless(_: object) -> None:
        while True:
            pass

    import derive.graded

    for instead, seconds in ((fails, 10.0), (endless, 0.4)):
        monkeypatch.setattr(derive.graded, "graded", instead)
        found = settle({**job, "graded": True, "seconds": seconds})
        assert (found["verdict"], found["witness"]) == ("refuted", plain["witness"])
        assert (found["weaker"], found["repair"]) == ([], None)


def test_a_weight_of_zero_is_read_under_the_convention() -> None:
    convention = "convention 0*log(0) = 0"
    assert settle({"statement": "0*log(0) = 0", "given": [convention]})["verdict"] == "proved"
    assert settle({"statement": "0*log(0) = 0"})["verdict"] == "refuted"
