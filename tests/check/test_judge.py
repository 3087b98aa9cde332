"""Verdicts on small pages of our own."""

from __future__ import annotations

import pytest

from derive.check.judge import Settings, check_document
from derive.document import read


def verdicts(text: str, **settings: bool) -> list[str | None]:
    claims = check_document(read("a.md", text), Settings(**settings))
    return [c.verdict if c.verdict else c.kind for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$$ \log(a b) = \log a + \log b $$", ["proved"]),
        (r"$$ (a + b)^2 = a^2 + 2 a b + b^2 $$", ["proved"]),
        # An identity that is false: a chain is claimed, an equation may be solved.
        (r"$$ (a + b)^2 - (a - b)^2 = 4 a b = 2 a b $$", ["proved", "refuted"]),
        (r"$$ x^2 = 4 $$", ["unknown"]),
        (r"Setting this to zero gives $$ 2 a - b = 0 $$", ["implication"]),
        # The first display of a lone symbol defines it; later ones are held against it.
        (r"$$ q = 1/y - 1 $$ $$ 1 + q = 1/y $$", ["definition", "proved"]),
        (r"$$ q = 1/y - 1 = (1 - y)/y $$", ["definition", "proved"]),
        # What words alone describe is not free to be assumed.
        (r"$$ a \bar y + a = a (\bar y + 1) = a \bar y - a $$", ["proved", "unknown"]),
        # Matrices are no numbers.
        (r"Let $W$ be a matrix. $$ W V W = V W W = W W V $$", ["unknown", "unknown"]),
        # An inverse function is no reciprocal.
        (r"$$ z_x = F^{-1}(1 - x) $$ $$ F(z_x) = 1 - x $$", ["definition", "definition"]),
    ],
)
def test_verdicts(text: str, expected: list[str]) -> None:
    assert verdicts(text) == expected


def test_laws_settle_parameters() -> None:
    page = r"Let $$ X \sim \mathrm{Exp}(\lambda) $$ Then $$ f_X(x) = \lambda \exp(-\lambda x) $$"
    assert verdicts(page)[-1] == "proved"
    page = r"Let $$ X \sim \mathrm{Bern}(p) $$ Then $$ \mathrm{Var}(X) = p (1 + p) $$"
    assert verdicts(page)[-1] == "refuted"


def test_rows_follow_from_rows() -> None:
    page = r"$$ \begin{align} b m &= a - a m \\ b &= \frac{a}{m} - a \end{align} $$"
    claims = check_document(read("a.md", page))
    assert [c.verdict for c in claims] == ["unknown", "proved"]
    assert claims[1].kind == "implication"
    assert claims[1].using


def test_given_declarations_open_an_equation_to_refutation() -> None:
    page = "<!-- given: x in Real -->\n$$ 2 x + 1 = x $$"
    assert verdicts(page) == ["refuted"]


def test_savers_can_be_turned_off() -> None:
    assert verdicts(r"$$ a + a = 2 a $$", require_declarations=True) == ["unknown"]


def test_expectations() -> None:
    page = "<!-- expect: refuted -->\n$$ a + a = 2 a $$"
    (claim,) = check_document(read("a.md", page))
    assert claim.code == "D501"
    (claim,) = check_document(read("a.md", page.replace("refuted", "proved")))
    assert claim.code != "D501"


def test_only_the_step_at_fault_is_blamed() -> None:
    page = r"$$ (a + b)^2 - (a - b)^2 = 4 a b = -4 a b = - 4 b a $$"
    _, first, second = check_document(read("a.md", page))
    assert (first.verdict, second.verdict) == ("refuted", "proved")
    assert second.inherited
    assert first.weaker
    assert not first.inherited


def test_a_name_of_the_catalogue_that_means_something_else() -> None:
    page = r"$$ \mathrm{MSE} = \sum_{i=1}^n (y_i - m_i)^2 $$"
    (claim,) = check_document(read("a.md", page))
    assert claim.code == "D601"
    assert "n*B" in claim.message
    (claim,) = check_document(read("a.md", page.replace("= ", r"= \frac{1}{n} ")))
    assert claim.code is None


def test_squaring_adds_solutions() -> None:
    page = r"Solve $$ \begin{align} x - 2 &= a \\ (x - 2)^2 &= a^2 \end{align} $$"
    _, second = check_document(read("a.md", page))
    assert (second.verdict, second.code) == ("proved", "D602")


def test_a_symbol_that_is_defined_again_is_noted_with_a_witness() -> None:
    text = "Let $q \\in (0,1)$.\n\n$$ L = -\\log q $$\n\n$$ L = \\log q $$\n\n$$ L = -\\log(q) $$\n"
    first, again, same = check_document(read("a.md", text))
    assert (first.kind, first.code) == ("definition", None)
    assert (again.kind, again.code, again.verdict) == ("definition", "D603", None)
    assert "defined again, and not as in line 3: at q = 1/2" in again.message
    assert same.code is None
