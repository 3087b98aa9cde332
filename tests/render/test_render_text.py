"""A derivation in the terminal."""

# the letters of the output are meant

from __future__ import annotations

import subprocess
import sys

import pytest
from render_samples import ALL, bce, hostile, long_chain, refuted

from derive.derivations import Derivation, Line, Part
from derive.functions import Eq, xlogy
from derive.plain import declare
from derive.render import formats, render
from derive.render.notation.layout import broken, width, wrapped
from derive.term import symbol

BCE = """\
bce: Binary cross-entropy is the negative log-likelihood of one Bernoulli
observation.
proofs/bce.py:12

Given: y in {0,1}
       p in (0,1)

    -log Bernoulli(y | p)
  = -log(p^y (1 - p)^(1 - y))            bernoulli mass
  = -(log(p^y) + log((1 - p)^(1 - y)))   log product
  = -(y log p + (1 - y) log(1 - p))      log power

Proved.
"""


def test_a_short_chain() -> None:
    assert render(bce()) == BCE


@pytest.mark.parametrize("sample", ALL[:3])
def test_no_line_is_wider_than_80_columns(sample) -> None:  # type: ignore[no-untyped-def]
    for explain in (False, True):
        lines = render(sample(), explain=explain).split("\n")
        assert max(map(width, lines)) <= 80
        assert [line for line in lines if line != line.rstrip()] == []


def test_relation_signs_and_formulas_stand_in_columns() -> None:
    lines = render(long_chain()).split("\n")
    first = next(line for line in lines if line.startswith("    -Σ"))
    signed = next(line for line in lines if line.startswith("  ≤ "))
    assert first.index("-") == signed.index("≤") + 2
    # The pieces of a broken formula hang below its beginning.
    following = lines[lines.index(signed) + 1]
    assert following.startswith(" " * 8)
    assert following.strip()[0] in "+-"


def test_everything_a_derivation_has_is_said() -> None:
    said = " ".join(render(long_chain()).split())
    for piece in (
        "Assumptions: The observations are independent.",
        "The stable form",
        "Sum(Y[i, j], (j, 1, m)) = 1 for i in 1..n",
        "sum linear, ring, given: Sum(Y[i,j], (j,1,m)) = 1 for i in 1..n, by bce-is-ce",
        "[m = 2]",
        "Proved.",
        "For m = 2.",
        "Axioms used: my axiom: a = a.",
    ):
        assert piece in said


def test_a_refutation_shows_its_witness() -> None:
    said = render(refuted())
    assert "Refuted: log(p + q) = log p log q" in said
    assert "at p = 1/2, q = 1/3: the left side is -0.182321" in said
    assert "Proved: 2p + 1 ~ p, up to a positive factor" in said
    assert "  a = 2\n  b = 1\n" in said


def test_explain_adds_statement_need_and_source() -> None:
    said = render(bce(), explain=True)
    assert "states:  BernoulliMass(y, p) = p**y*(1 - p)**(1 - y)" in said
    assert "needs:   y in {0,1}; p in (0,1)" in said
    assert "source:  Casella and Berger" in said


def test_the_convention_of_xlogy_is_told() -> None:
    context = declare("t in Nonnegative; u in Positive")
    t = xlogy(symbol("t"), symbol("u"))
    part = Part(Eq(t, t), "proved", context, (Line(t), Line(t, "=")))
    assert "With the convention 0 log 0 = 0." in render(Derivation("c", "C", (part,)))


def test_control_characters_only_when_colours_are_wanted() -> None:
    for sample in ALL:
        assert "\x1b" not in render(sample(), explain=True)
    coloured = formats()["text"](hostile(), colour=True)
    assert "\x1b[1;32mProved\x1b[0m" in coloured
    assert "\x1b[31m" not in coloured
    plain = coloured
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[1;32m", "\x1b[0m"):
        plain = plain.replace(code, "")
    assert plain == render(hostile())


def test_text_loads_no_other_format() -> None:
    program = (
        "import sys, derive.render as r; r.formats()['text'];"
        "print([m for m in ('json', 'html', 'math_core', 'sympy', 'flint', 'dataclasses')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_formats_are_the_files_of_the_folder() -> None:
    assert list(formats()) == ["html", "json", "latex", "markdown", "text"]
    assert len(formats()) == 5
    with pytest.raises(ValueError, match="there are html, json, latex, markdown, text"):
        render(bce(), "pdf")
    with pytest.raises(KeyError):
        formats()["__init__"]


def test_breaking_keeps_every_character() -> None:
    formula = "a + b (c + d (e + f)) - g = h + " + " + ".join(f"x{k}" for k in range(40))
    for columns in (12, 20, 33, 80):
        rows = broken(formula, columns)
        assert " ".join(row.strip() for row in rows) == formula
        assert max(map(width, rows)) <= columns
    assert broken("x" * 100, 20) == ["x" * 100]
    assert wrapped("", 10) == [""]
    assert width("漢") == 2
