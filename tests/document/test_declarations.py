"""Declarations in LaTeX and plain: what they mean, and where they are wrong."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from derive.document.declarations import declare, parts
from derive.plain import ReadError, write_context
from derive.plain import declare as declare_plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"n \in \{1, 2, \ldots\}", "n in Natural"),
        (r"n \in \mathbb{N}; k \in \{0, 1, \ldots\}", "n in Natural; k in Natural0"),
        (r"\mu \in \mathbb{R}", "mu in Real"),
        (r"\sigma > 0", "sigma > 0"),
        (r"m = 2; S \le m", "m = 2; S <= m"),
        (r"\alpha, \beta > 0", "alpha > 0; beta > 0"),
        (r"x, y \in [0, 1]", "x in [0, 1]; y in [0, 1]"),
        (r"0 \le \theta_1 \le 1", "0 <= theta_1 <= 1"),
        (r"\theta \in (0, \infty); \theta < 1", "theta in Positive; theta < 1"),
        (r"\tau^2 > 0", "tau in Real; tau**2 > 0"),
        (r"x_{\max} > 0", "x_max > 0"),
        (r"L(\theta) \in \mathbb{R}", "L(theta) in Real"),
        (r"a \in \mathbb{R}; f(x) := x^2 + a", "a in Real; f(x) := x**2 + a"),
        (r"\mu \in \mathbb{R}; \sigma > 0; X \sim \mathcal{N}(\mu, \sigma^2)",
         "mu in Real; sigma > 0; X ~ Normal(mean=mu, variance=sigma**2)"),
        ("q in (0,1)\n r in Real", "q in (0,1); r in Real"),
        ("q in (0,1); r \\in (0, q)", "q in (0,1); r in (0, q)"),
        ("convention 0*log(0) = 0", ""),
    ],
)  # fmt: skip
def test_of_symbols(text: str, plain: str) -> None:
    assert declare(text).context is declare_plain(plain)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"y_i \in \{0,1\} for i = 1..n", "y[i] in {0,1} for i in 1..n"),
        (r"y_i \in \{0,1\} for all i in 1..n", "y[i] in {0,1} for i in 1..n"),
        ("y_i \\in \\{0,1\\}\n  for i = 1..n", "y[i] in {0,1} for i in 1..n"),
        (r"\hat{y}_i \in (0,1) for i = 1, \ldots, n", "y_hat[i] in (0,1) for i in 1..n"),
        (r"\hat{y}_i \in (0,1), \quad i = 1, \ldots, n", "y_hat[i] in (0,1) for i in 1..n"),
        (r"p_i > 0 \text{ for all } i = 1, 2, \dots, n", "p[i] > 0 for i in 1..n"),
        (r"p_i > 0 \forall i \in \{1, \ldots, n\}", "p[i] > 0 for i in 1..n"),
        (r"0 < p_i < 1 for i = 0..n-1", "0 < p[i] < 1 for i in 0..n - 1"),
        (r"p_{ij} \in (0,1) for i = 1..n, j = 1..m", "p[i,j] in (0,1) for i in 1..n, j in 1..m"),
        (r"p_{ij} \in (0,1) for i, j = 1..n", "p[i,j] in (0,1) for i in 1..n, j in 1..n"),
        (r"y_1, \ldots, y_n \in \{0,1\}", "y[i] in {0,1} for i in 1..n"),
        (r"x_1, \ldots, x_n > 0", "x[i] > 0 for i in 1..n"),
        (r"y_{ij} \in \{0,1\} for i = 1..n, j = 1..m; \sum_{j=1}^{m} y_{ij} = 1 for i = 1..n",
         "y[i,j] in {0,1} for i in 1..n, j in 1..m; Sum(y[i,j], (j,1,m)) = 1 for i in 1..n"),
        (r"y_{ij} \in \{0,1\} for i = 1..n, j = 1..m; \sum_{j=1}^{m} y_{ij} = 1 \forall i",
         "y[i,j] in {0,1} for i in 1..n, j in 1..m; Sum(y[i,j], (j,1,m)) = 1 for i in 1..n"),
        (r"x_i \in \mathbb{R} for i = 1..n; \bar{x} := \frac{1}{n} \sum_{i=1}^{n} x_i",
         "x[i] in Real for i in 1..n; x_bar := 1/n*Sum(x[i], (i,1,n))"),
        (r"p \in (0,1); Y_i \sim \mathrm{Bern}(p) for i = 1..n",
         "p in (0,1); Y[i] ~ Bernoulli(p=p) for i in 1..n"),
        (r"p_i \in (0,1) for i = 1..n; Y_i \sim \mathrm{Bern}(p_i) for i = 1..n",
         "p[i] in (0,1) for i in 1..n; Y[i] ~ Bernoulli(p=p[i]) for i in 1..n"),
        ("x[i] in Real for i in 1..n; x_1 \\ge 0", "x[i] in Real for i in 1..n; x[1] >= 0"),
    ],
)  # fmt: skip
def test_of_families(text: str, plain: str) -> None:
    before = "n in Natural; m in Natural; "
    expected = write_context(declare_plain(before + plain))
    assert write_context(declare(before + text).context) == expected


def test_the_convention_for_zero() -> None:
    for text in (r"0 \log 0 = 0", r"0 \cdot \ln(0) := 0", "convention 0*log(0) = 0"):
        assert declare(text).options.zero_log


def test_entries_tell_names_and_places() -> None:
    text = "n in Natural;\n  \\alpha, \\beta > 0"
    made = declare(text)
    assert [(e.names, text[e.start : e.end]) for e in made.entries] == [
        (("n",), "n in Natural"),
        (("alpha",), "\\alpha, \\beta > 0"),
        (("beta",), "\\alpha, \\beta > 0"),
    ]


def test_open_questions_are_kept_and_answered() -> None:
    text = r"X \sim \mathcal{N}(0, 3)"
    (choice,) = declare(text).either
    assert len(choice.options) > 1
    laws = {declare(text, chosen={choice.key: k}).entries[0].plain for k in (0, 1)}
    assert laws == {"X ~ Normal(mean=0, variance=3)", "X ~ Normal(mean=0, variance=3**2)"}


def test_macros_and_sets() -> None:
    from derive.domains import BIT

    macros = {"R": (0, "\\mathbb{R}")}
    assert declare(r"x \in \R", macros=macros).context is declare_plain("x in Real")
    assert declare(r"x \in \mathcal{X}", sets={"X_cal": BIT}).context is declare_plain("x in {0,1}")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (r"n in Natural; y_i \in \{0,1\} + \alpha_i", "y_i"),
        (r"q in Real; q \in \{0,1", "{0,1"),
        (r"\sigma >", ""),
        (r"x \in \mathbb{R}^n", r"\mathbb"),
        ("n in Natural; m > \\beta", "\\beta"),
        (r"X \sim \mathrm{Nonesuch}(1)", r"\mathrm"),
        (r"x_i > 0 for i = 1..n", "1..n"),
        ("q in Real; q in Integer", "q in Integer"),
        (r"\frac{1}{", ""),
        (r"a \to b", ""),
    ],
)
def test_errors_stand_where_they_belong(text: str, at: str) -> None:
    with pytest.raises(ReadError) as caught:
        declare(text)
    assert caught.value.text == text
    assert 0 <= caught.value.offset <= len(text)
    if at:
        assert abs(caught.value.offset - text.index(at)) <= 4


@pytest.mark.parametrize(
    "text",
    ["\x00", "\\", "for", ";;;;", "\\{" * 5000, "{" * 5000, "x_" * 5000, "\\frac" * 3000,
     "a \\in b for i = " + "1.." * 5000, "9**9**9**9", "\\sum_" * 1000, "x" * 100_000,
     "y_{i" * 3000, "for i = 1..n", "\\forall", "x \\in", "\\in x", "1 \\in \\{1\\}",
     "x_i^j > \\pi",
     "\\alpha_{1..n} > 0"],
)  # fmt: skip
def test_every_text_is_read_or_refused(text: str) -> None:
    start = time.process_time()
    with suppress(ReadError):
        declare(text)
    assert time.process_time() - start < 5


def test_parts() -> None:
    text = "a in Real # x;\nb > \n 0; \\{1;2\\}; y \\; z\nw,\nv in Real"
    assert [p.text for p in parts(text)] == [
        "a in Real # x", "b > \n 0", "\\{1", "2\\}", "y \\; z", "w,\nv in Real",
    ]  # fmt: skip
