"""derive show: the page, the formats, instances, files of the user."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.render import formats


def test_text_is_the_default_and_plain_without_a_terminal(run):
    result = run("show", "bce")
    assert result.status == 0
    assert "Proved." in result.out
    assert "log product" in result.out
    assert "\x1b" not in result.out
    assert result.err == ""


def test_the_short_way_prints_what_click_prints(run):
    assert run("show", "bce").out == run("show", "bce", "--format", "text").out


@pytest.mark.parametrize("form", sorted(formats()))
def test_every_format_is_a_choice(run, form):
    result = run("show", "bce", "--format", form)
    assert result.status == 0
    assert len(result.out) > 200


def test_underscores_do_for_hyphens(run):
    assert run("show", "bce_is_ce").out == run("show", "bce-is-ce").out


def test_colour_is_for_those_who_want_it(run, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("show", "bce").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("show", "bce").out


def test_explain_adds_what_the_rules_need(run):
    assert "a in Positive" not in run("show", "bce").out
    assert "a in Positive" in run("show", "bce", "--explain").out


def test_full_detail_lists_the_steps_of_the_kernel(run):
    result = run("show", "bce", "--detail", "full")
    assert "axiom log_product" in result.out
    assert "transitive of" in result.out


def test_output_goes_to_a_file(run, write):
    write("", "unused.py")
    result = run("show", "bce", "--output", "bce.txt")
    assert (result.status, result.out, result.err) == (0, "", "wrote bce.txt\n")
    assert "Proved." in Path("bce.txt").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written(run):
    result = run("show", "bce", "--output", "no/such/folder/bce.txt")
    assert result.status == 2
    assert result.err.startswith("error: no/such/folder/bce.txt cannot be written")


def test_an_instance_follows_the_general_derivation(run):
    result = run("show", "bce-dataset", "--with", "n=2")
    general, _, instance = result.out.partition("instance n=2")
    assert "Given: n in Natural" in general
    assert "log p₂" in instance
    assert "Σ" not in instance


def test_json_has_the_instance_alone(run):
    data = json.loads(run("show", "bce-dataset", "--with", "n=2", "--format", "json").out)
    assert data["instance"] == {"n": "2"}
    assert all("n in Natural" not in part["context"] for part in data["parts"])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("n", "--with takes SYMBOL=NUMBER, as in m=2, not n"),
        ("n=two", "n=two is no exact number: write 2, -1 or 1/2"),
        ("n=0.5", "n=0.5 is no exact number: write 2, -1 or 1/2"),
        ("n=1/0", "n=1/0 is no exact number: write 2, -1 or 1/2"),
        ("n=0", "n=0 is excluded: the derivation assumes n in Natural"),
        ("q=2", "bce-dataset has no symbol q that can be fixed; those that can: n"),
    ],
)
def test_values_that_do_not_do(run, value, said):
    result = run("show", "bce-dataset", "--with", value)
    assert (result.status, result.out, result.err) == (2, "", f"error: {said}\n")


def test_two_values_for_one_symbol(run):
    result = run("show", "bce-dataset", "--with", "n=2", "--with", "n=3")
    assert result.status == 2
    assert "n two values, 2 and 3" in result.err


def test_a_script_of_the_user(run, write):
    path = write(
        '@derivation\ndef first(p: Positive):\n    """One."""\n    yield log(p)\n\n\n'
        '@derivation\ndef second_one(p: Positive):\n    """Two."""\n    yield log(p)\n'
    )
    both = run("show", path)
    assert both.status == 0
    assert "first: One." in both.out
    assert "second-one: Two." in both.out
    one = run("show", f"{path}::second_one")
    assert "second-one: Two." in one.out
    assert "first" not in one.out
    assert run("show", f"{path}::third").err == (
        "error: script.py has no derivation third; it has first, second-one\n"
    )
    assert not Path("__pycache__").exists()
    assert len(json.loads(run("show", path, "--format", "json").out)) == 2


def test_control_characters_of_a_script_reach_no_terminal(run, write):
    path = write('@derivation\ndef f(p: Positive):\n    """A \x1b]0;title\x07."""\n    yield p\n')
    for form in formats():
        assert "\x1b" not in run("show", path, "--format", form).out
