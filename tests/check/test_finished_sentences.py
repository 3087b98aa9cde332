"""A finished sentence declares its symbols; it does not set up the display behind it."""

from __future__ import annotations

from derive.check.judge import check_document
from derive.document import read


def verdicts(text: str) -> list[str | None]:
    """The verdicts on the claims of a page in Markdown."""
    return [claim.verdict for claim in check_document(read("page.md", text))]


def test_a_claim_after_a_finished_sentence_is_refuted() -> None:
    page = "Let $y \\in [0,1]$ and $a > 0$.\n\n$$ \\frac{d}{dy} \\left( a y^2 \\right) = 3 a y $$\n"
    assert verdicts(page) == ["refuted"]


def test_an_equation_that_a_sentence_sets_up_is_not() -> None:
    page = "Let $y \\in [0,1]$ and $a > 0$. We set\n\n$$ 2 a y - a = a y^2 $$\n"
    assert verdicts(page) == ["unknown"]


def test_ends_of_an_interval_do_not_refute_a_derivative() -> None:
    page = "Let $y \\in [0,1]$ and $a > 0$.\n\n$$ \\frac{d}{dy} \\left( a y^2 \\right) = 2 a y $$\n"
    assert verdicts(page) != ["refuted"]


def test_one_side_alone_refutes_what_is_declared() -> None:
    page = "<!-- given: a in Real -->\n\n$$ \\log a^2 = 2 \\log a $$\n"
    assert verdicts(page) == ["refuted"]
