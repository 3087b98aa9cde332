"""Seals: what this account has looked at is told again at once, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derive.check import sealing
from derive.integrations import keeping, seals
from derive.integrations.keeping import Answers
from derive.integrations.requests import claim
from derive.integrations.seals import Seals

TRUE = claim("log(a*b) = log(a) + log(b)", "a > 0; b > 0")
FALSE = claim("log(x**2) = 2*log(x)", "x in Real")
LATEX = claim(r"\log(a b) = \log a + \log b", "a > 0; b > 0")
ALL = (TRUE, FALSE, LATEX)

Account = Callable[[str], None]


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Account:
    """A function that changes to the account of a name."""

    def change(name: str) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / name))
        monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / "cache"))
        sealing.secret.cache_clear()
        seals.ledger.cache_clear()

    change("own")
    yield change
    sealing.secret.cache_clear()
    seals.ledger.cache_clear()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requests that got a second look."""
    found: list[str] = []
    look = keeping.told_again

    def watched(kept: Any, request: Any, limits: Any = None) -> Any:
        found.append(request.text)
        return look(kept, request, limits)

    monkeypatch.setattr(keeping, "told_again", watched)
    return found


def built(path: Path, known: Any = None) -> Answers:
    """The answers of a build that keeps its seals."""
    answers = Answers("auto" if known is None else "cache", known, seals=Seals(str(path)))
    for request in ALL:
        answers.to(request)
    answers.seals.save(answers.seals.stamps)
    return answers


def test_what_was_looked_at_is_told_again_at_once(
    tmp_path: Path, account: Account, looks: list[str]
) -> None:
    del account
    first = built(tmp_path / "kept.json")
    second = built(tmp_path / "kept.json", first.learned)
    assert looks == []
    assert [second.to(r) for r in ALL] == [first.to(r) for r in ALL]
    assert second.learned == first.learned


def test_others_and_other_programs_look_for_themselves(
    tmp_path: Path, account: Account, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.json"
    known = built(path).learned
    account("other")
    built(path, known)
    assert looks == [r.text for r in ALL]
    looks.clear()
    built(path, known)
    assert looks == []
    monkeypatch.setattr(seals, "build", lambda: "another program")
    built(path, known)
    assert looks == [r.text for r in ALL]


def test_a_seal_holds_for_nothing_else(tmp_path: Path, account: Account, looks: list[str]) -> None:
    del account
    path = tmp_path / "kept.json"
    answers = built(path)
    key, other = answers.key(TRUE), answers.key(FALSE)
    lie = {**answers.learned, other: {**answers.learned[other], "trouble": ""}}
    assert Answers("cache", lie, seals=Seals(str(path))).to(FALSE).trouble == "missing"
    stamps = json.loads(answers.seals.file.read_text())  # type: ignore[union-attr]  # it has one
    stamps[other] = stamps[key]
    answers.seals.file.write_text(json.dumps(stamps))  # type: ignore[union-attr]  # it has one
    swapped = {other: answers.learned[key]}
    assert Answers("cache", swapped, seals=Seals(str(path))).to(FALSE).trouble == "missing"
    assert looks == [FALSE.text, FALSE.text]


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"KEY": "zz"}', '{"KEY": ""}'])
def test_a_broken_file_of_seals_costs_a_second_look(
    tmp_path: Path, account: Account, looks: list[str], text: str
) -> None:
    del account
    path = tmp_path / "kept.json"
    answers = built(path)
    assert answers.seals.file is not None
    answers.seals.file.write_text(text.replace("KEY", answers.key(TRUE)))
    assert built(path, answers.learned).to(TRUE).verdict == "proved"
    assert TRUE.text in looks
