"""What running text says of symbols, and what it only claims."""

from __future__ import annotations

import time

import pytest

from derive.document import read
from derive.document.prose import said


def heard(text: str, path: str = "a.md") -> list[tuple[str, str]]:
    """Kind and declaration (or symbol and words) of all that a text says."""
    document = read(path, text)
    found = list(said(document.pieces))
    for s in found:
        piece = document.pieces[s.piece]
        assert text[s.start : s.end] == piece.text
        assert s.paragraph == piece.paragraph
    return [(s.kind, s.text or f"{s.symbol}: {s.words}") for s in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("with $y_i \\in \\{0,1\\}$", [("declaration", "y_i \\in \\{0,1\\}")]),
        ("For $\\sigma > 0$ and $0 < p < 1$,",
         [("declaration", "\\sigma > 0"), ("declaration", "0 < p < 1")]),
        ("where $x_i > 0$ for all $i = 1, \\ldots, n$.",
         [("declaration", "x_i > 0 for i = 1, \\ldots, n")]),
        ("where $i = 1, \\ldots, n$ counts", [("range", "i = 1, \\ldots, n")]),
        ("Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$.",
         [("declaration", "X \\sim \\mathcal{N}(\\mu, \\sigma^2)")]),
        ("with $p_{ij}\\in(0,1):\\sum_j p_{ij}=1$",
         [("declaration", "p_{ij}\\in(0,1)"), ("declaration", "\\sum_j p_{ij}=1")]),
        ("Let $n$ be a positive integer.", [("integer", "n \\in \\{1, 2, \\ldots\\}")]),
        ("Let $a$ and $b$ be real numbers.",
         [("number", "a \\in \\mathbb{R}"), ("number", "b \\in \\mathbb{R}")]),
        ("where $y$ is 0 or 1", [("integer", "y \\in \\{0, 1\\}")]),
        ("where $y$ is either 0 or 1", [("integer", "y \\in \\{0, 1\\}")]),
        ("and $\\sigma$ is a positive constant.", [("constant", "\\sigma > 0")]),
        ("where $C$ is the set of all classes", [("set", "C: set of all classes")]),
        ("$\\bar y$ denotes the sample mean", [("meaning", "\\bar y: sample mean")]),
        ("$X$ is a [random variable](/D/rvar) with", [("random", "X: random variable with")]),
        ("$\\mathbf{y}$ is an $n \\times 1$ vector", [("vector", "\\mathbf{y}: [2] vector")]),
        ("the weight matrix $W$ and a function $f$", [("matrix", "W: matrix"),
                                                      ("function", "f: function")]),
        ("$n$ is the number of observations", [("count", "n \\in \\{0, 1, \\ldots\\}")]),
        ("the success probability $p$", [("probability", "p: probability")]),
    ],
)  # fmt: skip
def test_what_is_said(text: str, found: list[tuple[str, str]]) -> None:
    assert heard(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Then $x > 0$.",
        "We show that $D \\ge 0$.",
        "If $x > 1$, the loss is",
        "so $\\log x \\le x - 1$",
        "the step $a = b$ and $\\mu = 0$",
        "$H_1: \\mu > \\mu_0$",
        "that $f(x) > 0$ and $\\sum_i p_i > 0$",
        "the maximum are given by $x$",
        "$\\lambda$ is given by",
        "$x = y \\in z$",
    ],
)
def test_what_is_claimed_declares_nothing(text: str) -> None:
    assert heard(text) == []


def test_a_condition_ends_with_its_sentence() -> None:
    assert heard("If so, stop. For $x > 0$ we") == [("declaration", "x > 0")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.rst", "where :math:`x > 0`"),
        ("a.tex", "where \\(x > 0\\)"),
        ("a.md", "where \\\\(x > 0\\\\)"),
        ("a.md", "where {math}`x > 0`"),
        ("a.md", "> where\n> $x > 0$"),
    ],
)
def test_in_every_format(path: str, text: str) -> None:
    assert heard(text, path) == [("declaration", "x > 0")]


@pytest.mark.parametrize(
    "unit", ["$x$ is the ", "$x$ and ", "$x_i$, ", "is a ", "if ", "$x > 0$ ", "$a<b<$ ", "[1] ",
             "$" + "x_{a}" * 300 + "<$ ", "$" + "a, " * 600 + "$ "]
)  # fmt: skip
def test_no_text_takes_long(unit: str) -> None:
    document = read("a.md", unit * (100_000 // len(unit)))
    start = time.process_time()
    list(said(document.pieces))
    assert time.process_time() - start < 6
