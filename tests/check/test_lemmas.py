"""What a page proves, as a lemma on a page that links to it, and on the page itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.check.claims import Claim
from derive.check.configuration import Configuration
from derive.check.files import Source
from derive.check.judge import Judge
from derive.check.sealing import key_of
from derive.check.working import check_page, judge_of
from derive.cli.checking import job_of
from derive.document import read
from derive.gate import is_proof

#: An integral that is found in three steps, and not in one.
LEMMA = r"""Let $a > 0$.

$$ \int_0^1 \frac{x^3}{a + x^2} dx = \int_0^1 \left( x - \frac{a x}{a + x^2} \right) dx
   = \frac12 - a \int_0^1 \frac{x}{a + x^2} dx = \frac12 - \frac a2 (\log(1 + a) - \log a) $$
"""
LINK = "We use [the integral](lemma.md).\n\n"
AT_TWO = r"$$ \int_0^1 \frac{t^3}{2 + t^2} dt = \frac12 - \log 3 + \log 2 $$"


def judged(text: str, **pages: str) -> list[Claim]:
    """The claims of a page that links to others."""
    linked = tuple(Judge(read(f"{name}.md", page)) for name, page in pages.items())
    return Judge(read("page.md", text), linked=linked).claims()


def folder(tmp_path: Path, **pages: str) -> Path:
    for name, text in pages.items():
        (tmp_path / f"{name}.md").write_text(text)
    return tmp_path


def claims_of(file: Path) -> list[Claim]:
    """The claims of a file of a folder, as the command line has them."""
    job = job_of(Source(file.as_posix(), file), Configuration())
    return [Claim(*c) for c in check_page(job)["claims"]]


def test_without_the_lemma_the_step_is_open() -> None:
    assert [c.verdict for c in judged(AT_TWO)] == ["unknown"]


def test_the_verdict_names_the_page_and_the_line() -> None:
    (claim,) = judged(AT_TWO, lemma=LEMMA)
    assert claim.verdict == "proved"
    assert claim.kind == "claim"
    assert claim.using == ["lemma.md line 4"]
    assert claim.message == "by lemma.md line 4"


def test_the_proof_is_one_of_the_kernel_and_rests_on_the_ledger() -> None:
    judge = Judge(read("page.md", AT_TWO), linked=(Judge(read("lemma.md", LEMMA)),))
    ((shown, step),) = judge.steps
    assert judge.claim(shown, step).verdict == "proved"
    theorem = judge.theorems[shown.at, step.number]
    assert not list(theorem.context.hypotheses())
    assert is_proof(theorem, theorem.statement, theorem.context)


@pytest.mark.parametrize(
    "claim",
    [
        AT_TWO.replace(r"- \log 3", r"+ \log 3"),
        AT_TWO.replace(r"\frac12", r"\frac13"),
        AT_TWO.replace("2 + t^2", "3 + t^2"),
        AT_TWO.replace("t^3", "t^2"),
        AT_TWO.replace(r"\int_0^1", r"\int_0^2"),
        r"$$ \int_0^1 \frac{t^3}{b + t^2} dt = \frac12 - \frac b2 (\log(1 + b) + \log b) $$",
        # Here 1 + a and a lie outside of what the lemma is about.
        r"$$ \int_0^1 \frac{t^3}{-2 + t^2} dt = \frac12 + \log(-1) - \log(-2) $$",
    ],
)
def test_a_changed_claim_is_not_proved_by_it(claim: str) -> None:
    assert [c.verdict for c in judged(claim, lemma=LEMMA)] != ["proved"]


@pytest.mark.parametrize(
    "lemma",
    [
        LEMMA.replace("( x -", "( x +"),  # of the chain one step is wrong, and one inherits that
        r"$$ \int_0^1 \frac{x^3}{a + x^2} dx = \frac12 - \frac a2 (\log(1 + a) - \log a) $$",
        LEMMA.replace("a > 0", "0 < a < 1"),  # 2 is not what the lemma speaks of
        r"$$ F(a) := \int_0^1 \frac{x^3}{a + x^2} dx = \frac12 - \frac a2 \log \frac{1 + a}a $$",
    ],
)
def test_what_is_not_proved_lends_nothing(lemma: str) -> None:
    assert [c.verdict for c in judged(AT_TWO, lemma=lemma)] == ["unknown"]


def test_pages_that_rest_on_each_other_prove_nothing(tmp_path: Path) -> None:
    pages = folder(tmp_path, one=AT_TWO + "\n\n[this](two.md)", two=AT_TWO + "\n\n[this](one.md)")
    for name in ("one.md", "two.md"):
        assert [c.verdict for c in claims_of(pages / name)] == ["unknown"]


def test_a_lemma_serves_for_values_of_its_symbols_and_within_a_formula() -> None:
    claim = r"$$ 7 - 2 \int_0^1 \frac{u^3}{b^2 + u^2} du = 6 + b^2 \log \frac{1 + b^2}{b^2} $$"
    (found,) = judged("Let $b > 0$.\n\n" + claim, lemma=LEMMA)
    assert (found.verdict, found.using) == ("proved", ["lemma.md line 4"])
    (wrong,) = judged("Let $b > 0$.\n\n" + claim.replace("6", "5"), lemma=LEMMA)
    assert wrong.verdict != "proved"


def test_an_inequality_of_both_sides_is_shown_by_an_equation() -> None:
    claim = r"$$ \int_0^1 \frac{x^3}{1 + x^2} dx \le \frac37 - \frac{\log 2}3 $$"
    assert [c.verdict for c in judged(claim, lemma=LEMMA)] == ["proved"]
    assert [c.verdict for c in judged(claim.replace(r"\le", r"\ge"), lemma=LEMMA)] != ["proved"]


def test_a_bound_serves_as_a_lemma() -> None:
    bound = r"$$ \log(1 + e^x) \ge \frac x2 + \log 2 $$"
    claim = r"$$ \log(1 + e^{-t^3}) \ge \log 2 - \frac{t^3}2 $$"
    assert [c.verdict for c in judged(claim)] == ["unknown"]
    assert [c.verdict for c in judged(claim, bound=bound)] == ["proved"]
    assert [c.verdict for c in judged(claim.replace("-", "+"), bound=bound)] == ["proved"]
    assert [c.verdict for c in judged(claim.replace("2 -", "2 +"), bound=bound)] != ["proved"]


def test_what_the_page_has_shown_before_serves_too() -> None:
    *_, last = judged(f"{LEMMA}\n{AT_TWO}\n")
    assert (last.verdict, last.using) == ("proved", ["line 4"])


def test_what_comes_later_does_not_serve() -> None:
    first, *_ = judged(f"{AT_TWO}\n\n{LEMMA}\n")
    assert first.verdict == "unknown"


# -- links ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "[this](lemma.md)", "[this](./lemma.md#proof)", "[this](lemma.html)", "[this](/P/lemma)",
        "[this][1]\n\n[1]: lemma.md", "{doc}`lemma`", ":doc:`the lemma <lemma>`",
        '<a class="x" href="lemma.html">this</a>', "[[lemma]]", "[this](<lemma.md>)",
    ],
)  # fmt: skip
def test_a_link_names_a_page_of_the_folder(tmp_path: Path, link: str) -> None:
    pages = folder(tmp_path, lemma=LEMMA, page=f"By {link}\n\n{AT_TWO}\n")
    assert [c.verdict for c in claims_of(pages / "page.md")] == ["proved"]


@pytest.mark.parametrize(
    "link",
    [
        "lemma.md", "[this](https://example.org/lemma.md)", "[this](//example.org/lemma)",
        "[this](other/lemma.md)", "[this](../lemma.md)", "[this](page.md)", "[this](lemmas.md)",
        "[this](mailto:lemma.md)", "[this]()", "[this](#lemma)",
    ],
)  # fmt: skip
def test_what_is_no_link_to_a_page_of_the_folder_lends_nothing(tmp_path: Path, link: str) -> None:
    pages = folder(tmp_path, lemma=LEMMA, page=f"By {link}\n\n{AT_TWO}\n")
    assert [c.verdict for c in claims_of(pages / "page.md")] == ["unknown"]


def test_a_page_that_cannot_be_used_lends_nothing(tmp_path: Path) -> None:
    pages = folder(tmp_path, page=f"{LINK}{AT_TWO}\n")
    (pages / "lemma.md").mkdir()
    assert [c.verdict for c in claims_of(pages / "page.md")] == ["unknown"]
    (pages / "lemma.md").rmdir()
    (pages / "lemma.md").write_bytes(LEMMA.encode() + b"\n" * (1 << 20))
    assert [c.verdict for c in claims_of(pages / "page.md")] == ["unknown"]


def test_the_declarations_beside_a_linked_page_count(tmp_path: Path) -> None:
    pages = folder(tmp_path, lemma=LEMMA.replace("Let $a > 0$.", ""), page=f"{LINK}{AT_TWO}\n")
    (pages / "lemma.given").write_text("a in (0,1)\n")
    assert [c.verdict for c in claims_of(pages / "page.md")] == ["unknown"]
    (pages / "lemma.given").write_text("a > 0\n")
    assert [c.verdict for c in claims_of(pages / "page.md")] == ["proved"]


def test_what_is_remembered_of_a_page_depends_on_those_it_links_to(tmp_path: Path) -> None:
    pages = folder(tmp_path, lemma=LEMMA, page=f"{LINK}{AT_TWO}\n")
    source = Source("page.md", pages / "page.md")
    before = key_of(job_of(source, Configuration()))
    folder(tmp_path, lemma=LEMMA + "\nMore.\n")
    assert key_of(job_of(source, Configuration())) != before


def test_a_part_of_a_page_has_the_lemmas_of_the_whole(tmp_path: Path) -> None:
    text = f"{LEMMA}\n{LINK.replace('lemma', 'other')}\n{AT_TWO}\n\n$$ a + a = 2 a $$\n"
    pages = folder(tmp_path, other=LEMMA, page=text)
    job = job_of(Source("page.md", pages / "page.md"), Configuration())
    whole = [c._replace(seconds=0) for c in judge_of(job).claims()]
    parts = [
        Claim(*c)._replace(seconds=0)
        for k in range(2)
        for c in check_page({**job, "part": [k, 2]})["claims"]
    ]
    assert parts == whole
