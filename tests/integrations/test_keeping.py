"""Answers, and those that were kept: a file that lies is not believed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from derive.check.limits import Limits
from derive.integrations.keeping import Answers, dumps, key_of, load
from derive.integrations.kept import Kept
from derive.integrations.requests import Request, claim, derivation

TRUE = claim("log(a*b) = log(a) + log(b)", "a > 0; b > 0")
FALSE = claim("log(x**2) = 2*log(x)", "x in Real")
EXPECTED = FALSE._replace(expect="refuted")
SCRIPT = derivation("mse")
ALL = (TRUE, FALSE, EXPECTED, SCRIPT)


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """The answers to all of them, as a file has them."""
    answers = Answers("force")
    for request in ALL:
        answers.to(request)
    return dict(Kept.read(dumps(answers.learned)))


def fresh(kept: dict[str, Any], request: Request) -> dict[str, Any]:
    """What is kept of a request, to be tampered with."""
    copy: dict[str, Any] = json.loads(json.dumps(kept[key_of(request)]))
    return copy


def told(kept: dict[str, Any], request: Request, changed: dict[str, Any]) -> str:
    """The trouble of the answer when a file has something else."""
    return Answers("cache", {**kept, key_of(request): changed}).to(request).trouble


def test_verdicts_and_troubles(kept: dict[str, Any]) -> None:
    answers = Answers("cache", kept)
    said = [(answers.to(r).verdict, answers.to(r).trouble) for r in ALL]
    assert said == [("proved", ""), ("refuted", "refuted"), ("refuted", ""), ("proved", "")]
    assert "x = -1" in answers.to(FALSE).message
    assert answers.to(EXPECTED).sheet.blocks[0].badge == "Refuted, as expected"


def test_kept_answers_are_those_that_are_made(kept: dict[str, Any]) -> None:
    for request in ALL:
        assert Answers("cache", kept).to(request) == Answers("force").to(request)


def test_an_expectation_that_does_not_hold_is_a_trouble() -> None:
    found = Answers().to(TRUE._replace(expect="refuted"))
    assert (found.verdict, found.trouble) == ("proved", "unexpected")
    assert found.message == "proved, but refuted was expected"


def test_without_an_answer_nothing_is_checked(kept: dict[str, Any]) -> None:
    found = Answers("cache", kept).to(claim("x = x", "x in Real"))
    assert (found.verdict, found.trouble) == ("", "missing")
    off = Answers("off").to(FALSE)
    assert (off.verdict, off.trouble) == ("", "")
    assert off.sheet.blocks[0].verdict == ""
    assert off.sheet.blocks[0].statement


def test_what_cannot_be_read_is_said() -> None:
    found = Answers().to(claim("log(a*b = 1", "a > 0"))
    assert found.trouble == "unreadable"
    assert "statement:1:" in found.message
    assert Answers().to(derivation("no-such")).trouble == "failed"
    assert "did you mean" in Answers().to(derivation("bcee")).message


def test_a_limit_is_unknown_and_not_kept() -> None:
    answers = Answers("auto", limits=Limits(0.001))
    assert answers.to(TRUE).trouble == "unknown"
    assert answers.learned == {}


def test_a_file_may_not_turn_a_verdict(kept: dict[str, Any]) -> None:
    lie = fresh(kept, FALSE)
    lie.update(verdict="proved", trouble="")
    assert told(kept, FALSE, lie) == "missing"
    lie["sheet"]["blocks"][0]["verdict"] = "proved"
    assert told(kept, FALSE, lie) == "missing"
    lie["evidence"][0]["verdict"] = "proved"
    assert told(kept, FALSE, lie) == "missing"
    lie["evidence"][0]["certificate"] = fresh(kept, TRUE)["evidence"][0]["certificate"]
    assert told(kept, FALSE, lie) == "missing"
    quiet = fresh(kept, FALSE)
    quiet["trouble"] = ""
    assert told(kept, FALSE, quiet) == "missing"


def test_a_file_may_not_answer_for_another(kept: dict[str, Any]) -> None:
    assert told(kept, FALSE, fresh(kept, TRUE)) == "missing"
    assert told(kept, TRUE, fresh(kept, FALSE)) == "missing"
    assert told(kept, EXPECTED, fresh(kept, TRUE)) == "missing"


def test_a_file_may_not_show_another_statement(kept: dict[str, Any]) -> None:
    for request in (TRUE, SCRIPT):
        lie = fresh(kept, request)
        lie["sheet"]["blocks"][0]["statement"] = "1 = 2"
        assert told(kept, request, lie) == "missing"


def test_refuting_what_is_true_is_not_believed(kept: dict[str, Any]) -> None:
    lie = fresh(kept, TRUE)
    lie.update(verdict="refuted", trouble="refuted")
    lie["sheet"]["blocks"][0]["verdict"] = "refuted"
    lie["evidence"][0].update(verdict="refuted", certificate=None)
    assert told(kept, TRUE, lie) == "missing"


@pytest.mark.parametrize(
    "broken", [None, [], {}, {"verdict": 1}, {"evidence": []}, {"sheet": {"nome": ""}}]
)
def test_a_broken_file_is_a_missing_answer(kept: dict[str, Any], broken: Any) -> None:
    if isinstance(broken, dict) and broken:
        broken = {**fresh(kept, TRUE), **broken}
    assert told(kept, TRUE, broken) == "missing"


def test_an_answer_depends_on_the_text_of_scripts(tmp_path: Path) -> None:
    script = tmp_path / "own.py"
    script.write_text("x = 1\n")
    request = derivation("own.py::a")
    before = key_of(request, str(tmp_path))
    script.write_text("x = 2\n")
    assert key_of(request, str(tmp_path)) != before


def test_files_are_read_with_care(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    assert load(str(path)) == {}
    for text in ("", "[]", "{}", '{"format": "other", "answers": {"a": 1}}', '{"answers": []}'):
        path.write_text(text)
        assert load(str(path)) == {}
    answers = {"b": {"verdict": 1, "evidence": [2]}, "a": {"verdict": "]}", "evidence": None}}
    path.write_text(dumps(answers))
    assert load(str(path)) == answers
    assert json.loads(path.read_text())["answers"]["a"] == {"verdict": "]}"}
    assert path.read_text().index('"a"') < path.read_text().index('"b"')
    path.write_text(path.read_text().replace('"verdict":1', "nothing"))
    assert load(str(path))["b"] is None
