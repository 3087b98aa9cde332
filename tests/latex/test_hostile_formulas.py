"""Displays made to break a reader: each is unreadable, quickly, and nothing is raised."""

from __future__ import annotations

import random
import time

import pytest

from derive.latex import declared, parse, show
from derive.latex.cursor import DEEPEST
from derive.latex.symbols import collection
from tests.counting import calls
from tests.latex.notation import shown, unreadable

DEEP = 10_000

HOSTILE = {
    "fractions in fractions": r"\frac{1}{" * DEEP + "x" + "}" * DEEP,
    "fractions that never end": r"\frac{" * DEEP,
    "fractions without braces": r"\frac" * DEEP + "1" * DEEP,
    "brackets in brackets": "(" * DEEP + "x" + ")" * DEEP,
    "opened brackets": r"\left(" * DEEP,
    "closed brackets": ")" * DEEP,
    "opened braces": "{" * DEEP,
    "closed braces": "}" * DEEP,
    "roots of roots": r"\sqrt" * DEEP + "x",
    "logarithms of logarithms": r"\log" * DEEP + "x",
    "accents on accents": r"\hat" * DEEP + "x",
    "sums of sums": r"\sum_i" * DEEP + "x",
    "integrals of integrals": r"\int" * DEEP + "x" + "dx" * DEEP,
    "derivatives of derivatives": r"\frac{d}{dx}" * DEEP + "f",
    "powers of powers": "x^{" * DEEP + "x" + "}" * DEEP,
    "indices of indices": "x_{" * DEEP + "x" + "}" * DEEP,
    "signs before signs": "-" * DEEP + "x",
    "cases in cases": r"\begin{cases}" * 2000 + "x" + r"\end{cases}" * 2000,
    "environments that never end": r"\begin{align}" * DEEP,
    "upright in upright": r"\mathrm{" * 6_000 + "+" + "}" * 6_000,
    "texts without end": r"\text{a" * 8_000,
    "labels without end": r"\label{a" * 8_000,
    "arguments in arguments": r"\textcolor{a}{" * 3_000 + "x" + "}" * 3_000,
    "signs upon signs": r"\overset{a}{" * 3000 + "=" + "}" * 3000,
    "texts in texts": r"\text{" * 5000 + "}" * 5000,
    "a dollar in a text": r"\text{a $ b}",
    "a text that never ends": r"x = \text{if",
    "a backslash at the end": "x = \\",
    "two powers of nine": "9**9**9**9",
    "NUL bytes": "x = \0 + 1",
    "a row of bars": "|" * DEEP,
    "a row of commas": "," * DEEP,
    "a list of lists": "a = " + "x, " * 20_000,
    "a row of spaces": "a = b" + r"\quad x" * 7_000,
    "rows of unknown words": r"\foo \\ " * 5_000,
    "borders": "a = &" * DEEP,
    "a line of ten million letters": "x" * 10_000_000,
    "a wall of emoji": "\U0001f600" * DEEP,
    "a lone surrogate": "x = \ud800",
    "a shift to the left": "x = \u202e1",
    "a label that never ends": r"\label{eq",
    "an argument that is missing": r"\mathrm",
    "a limit of nothing": r"\sum_",
    "a bracket of nothing": r"\left",
    "a letter as a bracket": r"\left x \right y",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_is_read_and_quickly(text: str) -> None:
    begun = time.process_time()
    display = parse(text)
    assert time.process_time() - begun < 2
    sides = [side for row in display.rows for side in row.sides]
    assert unreadable(display) or all(side.kind == "nothing" for side in sides)
    for node in unreadable(display):
        assert node.text
        assert 0 <= node.start <= node.end <= len(text) + 1


BOMBS = {
    "doubling": {f"a{'x' * k}": (0, rf"\a{'x' * (k + 1)}" * 2) for k in range(40)},
    "calling itself": {"a": (0, r"\a")},
    "growing": {"a": (0, r"\a x")},
    "growing arguments": {"a": (1, r"\a{#1#1}")},
    "a body that is no mathematics": {"a": (0, r"\label{")},
    "an argument too many": {"a": (0, "#1")},
}


@pytest.mark.parametrize("macros", BOMBS.values(), ids=BOMBS)
def test_macro_bombs_are_bounded(macros: dict[str, tuple[int, str]]) -> None:
    begun = time.process_time()
    display = parse(r"x = \a{y}", macros)
    assert time.process_time() - begun < 2
    assert unreadable(display)


def test_a_redefined_function_is_followed() -> None:
    assert shown(parse(r"\log x", {"log": (0, "f")})) == "{f x}"


def test_macros_of_the_document_and_of_the_display() -> None:
    macros = declared(r"\newcommand{\KL}[2]{D(#1 \| #2)} \DeclareMathOperator{\Var}{Var}")
    assert shown(parse(r"\KL{p}{q} + \Var(X)", macros)) == "({D (⟨p|| q⟩} + {Var! (⟨X⟩})"
    own = r"\newcommand\half{\frac12} y = \half x"
    assert shown(parse(own)) == "y = {(1 // 2) x}"


def test_a_node_of_a_macro_has_the_place_of_its_use() -> None:
    text = r"a + \s{b} + c"
    (row,) = parse(text, {"s": (1, r"\frac{1}{#1}")}).rows
    found = row.sides[0].parts[1]
    assert text[found.start : found.end] == r"\s{b}"
    assert text[found.parts[1].start : found.parts[1].end] == "b"


def test_declarations_are_collected_in_linear_time() -> None:
    begun = time.process_time()
    declared(r"\def\a{" * 100_000)
    assert time.process_time() - begun < 5


def test_what_is_unreadable_leaves_the_other_sides_alone() -> None:
    display = parse(r"a &= \foo \\ &= b \0 \\ &= c")
    assert shown(display) == "a = ? | _ = ? | _ = c"


def test_formulas_may_be_as_deep_as_the_bound_and_no_deeper() -> None:
    deep = DEEPEST // 2 - 2
    assert not unreadable(parse("(" * deep + "x" + ")" * deep))
    assert unreadable(parse("(" * DEEPEST + "x" + ")" * DEEPEST))


def test_work_grows_with_the_length() -> None:
    part = r"\sum_{i=1}^{n} \frac{y_i \log p_i + (1-y_i) \log(1-p_i)}{|x_i|} + {ab} + "
    assert not unreadable(parse(part * 400 + "1"))
    few, many = (calls(lambda n=n: parse(part * n + "1")) for n in (50, 200))
    assert many < 5 * few


def test_random_tokens_raise_nothing() -> None:
    words = collection(
        r"\frac { } ( ) [ ] | \| x y 1 12 + - = \\ & \sum _ ^ \int d \log \left \right . , ! ' / "
        r"\cdot \begin{cases} \end{cases} \text{if} \quad \{ \} \hat \mathrm{d} \partial \choose "
        r"\mid \overset \in \ldots \mathbf \sqrt \max \underbrace \lim : ; \begin{split} "
        r"\end{split} \wedge \bigl \nabla \frac{d}{dx} \left. \right| \substack \not \E"
    )
    chance = random.Random(0)
    read = 0
    for _ in range(6000):
        text = " ".join(chance.choices(sorted(words), k=chance.randint(1, 12)))
        for row in parse(text).rows:
            for side in row.sides:
                show(side)
                read += side.kind not in ("unreadable", "nothing")
    assert read > 100
