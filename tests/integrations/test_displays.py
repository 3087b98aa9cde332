"""Claims in LaTeX: read as documents are, shown as they were written."""

from __future__ import annotations

from typing import Any

import pytest

from derive.integrations.displays import body_of, is_latex
from derive.integrations.keeping import Answers, dumps
from derive.integrations.kept import Kept
from derive.integrations.requests import Request, claim

CHAIN = claim(
    "\\log(a b) &= \\log a + \\log b \\\\ % fine\n &= \\log b + 2 \\log a", "a > 0; b > 0"
)


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Answers that are shared by the tests."""
    return Answers()


def test_what_is_latex() -> None:
    assert all(map(is_latex, (r"\log a", "a^2", "x_{i} = 1", "a &= b", "$a = b$")))
    assert not any(map(is_latex, ("a**2 = a*a", "y_hat = 1", "Sum(x[i], (i, 1, n)) = 0")))


def test_what_stands_around_a_display_goes() -> None:
    assert body_of("$$\n a = b % note\n$$") == "a = b"
    assert body_of(r"\[ a \% b \]") == r"a \% b"


def test_each_step_has_its_verdict_and_witness(answers: Answers) -> None:
    found = answers.to(CHAIN)
    assert (found.verdict, found.trouble) == ("refuted", "refuted")
    (block,) = found.sheet.blocks
    assert [(s.relation, s.verdict) for s in block.steps] == [
        ("", ""), ("=", "proved"), ("=", "refuted"),
    ]  # fmt: skip
    assert block.steps[1].latex == r"\log a + \log b"
    assert "a = " in block.steps[2].witness[0]
    assert found.message.startswith("step 2: at a = ")


@pytest.mark.parametrize(
    ("body", "given", "expect", "verdict", "trouble"),
    [
        (r"(a+b)^2 = a^2 + 2ab + b^2", "", "", "proved", ""),
        (r"\log(a + b) = \log a + \log b", r"a > 0; b > 0", "refuted", "refuted", ""),
        (r"\log a^2 = 2 \log a", "a > 0", "refuted", "proved", "unexpected"),
        (r"\log ( = 1", "", "", "unknown", "unreadable"),
        (r"a + b^2", "", "", "unknown", "unreadable"),
        (r"a = b $$ c", "", "", "unknown", "unreadable"),
        (r"a^2 = a^2", "a > 0 --> <b>", "", "unknown", "unreadable"),
    ],
)
def test_verdicts(
    answers: Answers, body: str, given: str, expect: str, verdict: str, trouble: str
) -> None:
    found = answers.to(claim(body, given, expect))
    assert (found.verdict, found.trouble) == (verdict, trouble), found.message


def test_what_is_taken_of_symbols_is_said(answers: Answers) -> None:
    found = answers.to(claim(r"\log(a b) = \log a + \log b"))
    assert found.verdict == "proved"
    assert any("Taking" in note and "b in Positive" in note for note in found.sheet.blocks[0].notes)


def test_kept_searches_are_judged_again(answers: Answers) -> None:
    data: dict[str, Any] = dict(Kept.read(dumps(answers.learned)))
    assert Answers("cache", data).to(CHAIN) == answers.to(CHAIN)
    # A file may say what it wants: the judge looks for itself.
    for kept in data.values():
        kept.update(verdict="proved", trouble="")
    found = Answers("cache", data).to(CHAIN)
    assert (found.verdict, found.trouble) == ("refuted", "refuted")


def test_hostile_bodies_run_nothing() -> None:
    from derive.render.page import section

    nasty = r"\text{<script>alert(1)</script>} = \log <img src=x onerror=alert(1)>"
    shown = section(Answers().to(Request("claim", nasty, ("x > 0",))).sheet)
    assert "<script" not in shown
    assert "<img" not in shown
