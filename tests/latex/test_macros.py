"""Macros: those that a document declares, and those of nearly every preamble."""

from __future__ import annotations

import pytest

from derive.latex import parse
from derive.latex.macros import CUSTOMARY
from derive.latex.tree import Node


def sides(text: str, macros: dict[str, tuple[int, str]] | None = None) -> tuple[Node, ...]:
    """The sides of the first row of a formula."""
    return parse(text, macros or {}).rows[0].sides


def kinds(text: str) -> list[str]:
    return [n.kind for side in sides(text) for n in side.walk()]


def texts(text: str) -> list[str]:
    return [n.text for side in sides(text) for n in side.walk()]


@pytest.mark.parametrize(("name", "macro"), CUSTOMARY.items())
def test_a_customary_macro_is_read_as_its_body(name: str, macro: tuple[int, str]) -> None:
    count, body = macro
    used = rf"\{name}{{x}}" if count else rf"\{name}(x)"
    written = body.replace("#1", "x") if count else f"{body}(x)"
    assert "unreadable" not in kinds(written)
    assert texts(used) == texts(written)
    assert kinds(used) == kinds(written)


@pytest.mark.parametrize("used", [r"\E{X}", r"\KL{p}{q}", r"\abs x", r"\norm", r"\R{x}"])
def test_one_with_other_arguments_is_another_macro(used: str) -> None:
    assert "unreadable" in kinds(used)


@pytest.mark.parametrize("name", CUSTOMARY)
def test_what_a_document_declares_goes_first(name: str) -> None:
    (side,) = sides(rf"\{name}", {name: (0, "a + b")})
    assert side.kind == "add"
