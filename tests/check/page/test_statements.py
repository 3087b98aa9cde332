"""What pages say of their symbols, and what steps are read as."""

from __future__ import annotations

import pytest

from derive.check.page.asking.statements import Asked, asked
from derive.check.page.page import Page
from derive.document import read
from derive.latex.elaborate import Reading
from derive.latex.tree import UnreadableError
from derive.plain import write


def last(text: str, unfold: bool = True) -> Asked:
    """The last step of a page as a question."""
    page = Page(read("a.md", text))
    shown = page.displays[-1]
    return asked(page, shown, shown.steps[-1], unfold, Reading(chosen=page.parametrised))


def test_rows_and_signs_are_steps() -> None:
    page = Page(read("a.md", r"$$\begin{align} a &= b \\ &= c = d \\ e &= f \end{align}$$"))
    steps = page.displays[0].steps
    assert [(s.number, s.continued) for s in steps] == [(1, False), (2, True), (3, True),
                                                        (4, False)]  # fmt: skip
    assert steps[2].left.text == "c"


def test_definitions_are_first_displays() -> None:
    page = Page(read("a.md", r"$$ q = 1 + m $$ $$ q = 2 $$ $$ f(t) = t^2 $$"))
    assert [d.head.key for d in page.definitions] == ["q", "f(1)"]


@pytest.mark.parametrize(
    "text",
    [
        r"If $q = 1$ then $$ q + 1 = 2 $$",  # of a case
        r"$$ b m = a - a m $$ $$ b = a/m - a $$",  # solved for
        r"$$ \frac{d}{d x} x^2 = 2 x $$ at $x = 1 + s$ $$ x = 2 $$",  # a value of a variable
        r"Let $X$ be a random variable. $$ \mathrm{median}(X) = m $$",  # nobody defines it
    ],
)
def test_what_defines_nothing(text: str) -> None:
    assert not Page(read("a.md", text)).definitions


def test_definitions_are_put_in_with_their_arguments() -> None:
    read_as = last(r"$$ f(t) = t^2 + c $$ $$ f(a) - c = a^2 $$")
    assert write(read_as.question.statement) == "(a**2 + c) - c = a**2"
    assert read_as.unfolded == ("f(1)",)


def test_members_of_two_families_of_one_letter() -> None:
    read_as = last(r"$$ \sum_{i=1}^n \sum_{j=1}^m y_{ij} = \sum_{i=1}^n y_i + \sum_{i=1}^n y_i $$")
    families = {d.name: len(d.indices) for d in read_as.question.entries if d.indices}
    assert sorted(families.values()) == [1, 2]


def test_probabilities_are_told_apart_by_their_arguments() -> None:
    read_as = last(r"$$ p(x) \cdot p(y) = p(x, y) $$")
    assert {"p_of_x", "p_of_y"} <= read_as.question.statement.free


def test_an_expectation_that_varies_is_no_constant() -> None:
    with pytest.raises(UnreadableError):
        last(r"$$ \sum_{i=1}^n E(X_i) = n E(X_1) $$")


def test_given_sets_and_families_of_one_letter() -> None:
    text = "<!-- given: n in Natural; I := 1..n; y[i,c] in Real for i in 1..n, c in 0..1;"
    text += " y[i] in Real for i in 1..n -->\n"
    read_as = last(text + r"$$ \sum_{i \in I} y_i = \sum_{i \in I} y_{i,0} $$")
    assert (
        write(read_as.question.statement) == "Sum(y_single[i], (i, 1, n)) = Sum(y[i, 0], (i, 1, n))"
    )
    assert read_as.explicit
