"""Limits at infinity: known where they are plain, and never guessed."""

from __future__ import annotations

import pytest

from derive.latex.elaborate_limits import limit, sign_of
from derive.plain import declare, read
from derive.term import symbol

_CONTEXT = declare("r > 0; s in Real; c in Real; x in Real; m < 0")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("exp(-r*x)", "0"),
        ("-exp(-r*x)/r", "0"),
        ("x**3*exp(-r*x)", "0"),
        ("(x + 1)*exp(-x)", "0"),
        ("(x**2 + c*x)*exp(-x/r)", "0"),
        ("c - exp(-x**2/2)", "c"),
        ("1/x", "0"),
        ("c/x**2 + 3", "3"),
        ("sqrt(x)*exp(m*x)", "0"),
        ("s", "s"),
    ],
)
def test_plain(body: str, expected: str) -> None:
    found = limit(read(body), symbol("x"), True, _CONTEXT)
    assert found == read(expected)


@pytest.mark.parametrize(
    "body",
    [
        "x", "exp(r*x)", "exp(-s*x)", "exp(-x)*exp(x)", "sin(x)", "sin(x)*exp(-x)", "log(x)/x",
        "x/x", "exp(-r*x)/exp(-x)", "x**s", "(x - 1)**2/x**2", "exp(-x)/(1 - exp(-x))",
        "exp(x - x**2)", "x - x",
    ],
)  # fmt: skip
def test_not_plain(body: str) -> None:
    assert limit(read(body), symbol("x"), True, _CONTEXT) is None


def test_downwards() -> None:
    x = symbol("x")
    assert limit(read("exp(r*x)"), x, False, _CONTEXT) == read("0")
    assert limit(read("exp(-x**2)"), x, False, _CONTEXT) == read("0")
    assert limit(read("exp(-r*x)"), x, False, _CONTEXT) is None
    assert limit(read("exp(-x**3)"), x, False, _CONTEXT) is None
    assert limit(read("1/sqrt(x)"), x, False, _CONTEXT) is None


def test_signs() -> None:
    assert [sign_of(read(t), _CONTEXT) for t in ("r*m", "-m", "s", "r**s", "2/m", "0")] == [
        -1, 1, 0, 1, -1, 0,
    ]  # fmt: skip
