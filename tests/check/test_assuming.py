"""Savers: the weakest that suffice, and refutations that no saver can undo."""

from __future__ import annotations

import pytest

from derive.check.assuming import spoken, weakest
from derive.check.judge import check_document
from derive.check.question import Question
from derive.check.witnessing import plain_witness, refuted_whatever
from derive.document import read
from derive.plain import declare, read_statement


def question(given: str, claim: str, sizes: tuple[str, ...] = ()) -> Question:
    """A question in which every symbol is open."""
    context = declare(given)
    names = tuple(context.names)
    return Question(read_statement(claim, context), context.entries(), names, sizes)


TWO = "a in Real; b in Real"
PAIRS = "q[i] in Real for i in 1..2; p[i] in Real for i in 1..2"


@pytest.mark.parametrize(
    ("given", "claim", "assumed"),
    [
        (TWO, "a*b = b*a", []),
        # Where b is positive either side has a value for a positive a alone.
        (TWO, "log(a*b) = log(a) + log(b)", ["b in Positive"]),
        ("p in Real; y in Real", "log(p**y*(1-p)**(1-y)) = y*log(p) + (1-y)*log(1-p)",
         ["p in (0,1)"]),
        (PAIRS, "q[1]*log(p[1]) + q[2]*log(p[2]) = q[1]*log(p[1]) + (1-q[1])*log(1-p[1])",
         ["q[i] in (0,1) for i in 1..2", "Sum(q[i], (i, 1, 2)) = 1",
          "p[i] in (0,1) for i in 1..2", "Sum(p[i], (i, 1, 2)) = 1"]),
    ],
)  # fmt: skip
def test_weakest_that_suffices(given: str, claim: str, assumed: list[str]) -> None:
    asked = question(given, claim)
    best, _ = weakest(asked)
    assert best.verdict == "proved"
    assert spoken(asked, best.savers) == assumed


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        (TWO, "(a + b)**2 = a**2 + b**2"),
        # Bits leave a*b = log(1) alone where a logarithm is taken: they mean nothing there.
        (TWO, "log(a*b) = log(a)*log(b)"),
        (PAIRS, "-Sum(q[i]*log(p[i]), (i, 1, 2)) = q[1]*log(p[1]) + q[2]*log(p[2])"),
    ],
)
def test_refuted_whatever_is_assumed(given: str, claim: str) -> None:
    asked = question(given, claim)
    assert weakest(asked)[0].verdict != "proved"
    assert refuted_whatever(asked)
    assert plain_witness(asked, strict=False) is not None


def test_a_saver_undoes_a_refutation() -> None:
    """y**2 = y holds for a bit, and 0 <= p for a positive number: no witness is left then."""
    assert not refuted_whatever(question("y in Real", "y**2 = y"))
    assert not refuted_whatever(question("p in Real", "p <= Abs(p)*2 - p"))


def test_a_saver_is_not_what_is_claimed() -> None:
    asked = question("n in Natural; q[i] in Real for i in 1..n", "Sum(q[i], (i, 1, n)) = 1", ("n",))
    assert weakest(asked)[0].verdict != "proved"
    assert weakest(question("x in Real", "0 <= x"))[0].verdict != "proved"


def test_each_symbol_gets_the_weakest_assumption_that_suffices() -> None:
    page = read("a.md", r"""$$ -\sum_{k=1}^{K} y_k \log \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}
        = \log \sum_{j=1}^{K} e^{z_j} - \sum_{k=1}^{K} y_k z_k $$""")  # fmt: skip
    (claim,) = check_document(page)
    assert claim.verdict == "proved"
    assert claim.assumed is not None
    assert not any(text.startswith("z") for text in claim.assumed)
