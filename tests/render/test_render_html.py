"""Derivations as HTML pages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from render_samples import ALL, HOSTILE, bce, hostile, long_chain, refuted

from derive.render import render
from derive.render.notation import mathml as conversion
from derive.render.notation.mathml import mathml
from derive.render.page import font, script, stylesheet


def page(derivation, **options: bool) -> ElementTree.Element:  # type: ignore[no-untyped-def]
    """The page as XML, which is stricter than HTML."""
    text = render(derivation, "html", standalone=True, **options)
    assert text.startswith("<!DOCTYPE html>\n")
    return ElementTree.fromstring(text.split("\n", 1)[1])


class Balance(HTMLParser):
    """Collects tags, and fails on one that closes another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.seen.add(tag)
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        del attrs
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("sample", ALL)
def test_pages_are_well_formed_and_run_nothing(sample) -> None:  # type: ignore[no-untyped-def]
    for explain in (False, True):
        page(sample(), explain=explain)
        reader = Balance()
        reader.feed(render(sample(), "html", explain=explain, standalone=True))
        assert reader.open == []
        assert reader.seen.isdisjoint({"img", "link", "iframe", "object"})


@pytest.mark.parametrize("sample", ALL)
def test_the_only_script_is_the_pages_own_and_the_policy_names_it(sample) -> None:  # type: ignore[no-untyped-def]
    found = page(sample())
    assert [s.text for s in found.iter("script")] == [script()]
    policy = next(m for m in found.iter("meta") if m.get("http-equiv")).get("content", "")
    digest = b64encode(sha256(script().encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "<script" not in render(sample(), "html")


@pytest.mark.parametrize("sample", ALL)
def test_pages_need_no_network(sample) -> None:  # type: ignore[no-untyped-def]
    text = render(sample(), "html", standalone=True)
    assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!data:font)\w", text) == []
    assert "http" not in text.replace("http-equiv", "")


def test_one_row_a_step() -> None:
    found = page(bce())
    rows = found.findall(".//table[@class='chain']/tbody/tr")
    assert len(rows) == 4
    assert [row.get("id") for row in rows] == [f"step-bce-1-{k}" for k in range(4)]
    cells = [[cell.get("class") for cell in row] for row in rows]
    assert cells == [["number", "sign", "body", "reason", "verdict"]] * 4
    assert [row[0].findtext("a") for row in rows] == [None, "1", "2", "3"]
    assert [row[1].text for row in rows] == [None, "=", "=", "="]
    assert all(row[2].find(".//math") is not None for row in rows)
    assert rows[1][2][0][0].get("data-latex") == r"-\log(p^{y} (1 - p)^{1 - y})"
    rule = rows[1][3].find("div[@class='rule']")
    assert rule is not None
    assert rule.findtext("button") == "bernoulli mass"
    assert "Casella" in "".join(rule.itertext())


def test_what_there_is_to_say_of_a_reason_belongs_to_its_button() -> None:
    found = page(bce())
    buttons = [b.get("aria-describedby") for b in found.findall(".//div[@class='rule']/button")]
    tips = [t.get("id") for t in found.findall(".//div[@role='tooltip']")]
    assert buttons == tips
    assert len(tips) == 1


def test_explain_writes_out_what_is_to_be_said() -> None:
    found = page(bce(), explain=True)
    assert found.findall(".//div[@role='tooltip']") == []
    assert len(found.findall(".//div[@class='rule']/dl")) == 1


def test_the_rules_of_the_ledger_are_stated_as_formulas() -> None:
    from derive.catalogue import find

    found = page(find("bce").run())
    stated = found.findall(".//div[@role='tooltip']/dl/dd/span")
    assert "log(a*b) = log(a) + log(b)" in [s.get("title") for s in stated]
    assert all(s.find("math") is not None for s in stated)


def test_steps_fold_and_what_they_show_is_said_when_they_are_folded() -> None:
    found = page(bce())
    steps = found.find(".//details[@class='steps']")
    assert steps is not None
    assert steps.get("open") == "open"
    assert steps.findtext("summary") == "3 steps"
    end = found.find(".//div[@class='conclusion proved repeats']/div[@class='scroll statement']")
    assert end is not None
    assert end.find(".//math") is not None
    aligned = steps.get("data-latex", "")
    assert aligned.startswith("\\begin{align*}\n")
    assert aligned.count("={}") == 3


def test_given_assumptions_and_remarks() -> None:
    said = "".join(page(long_chain()).itertext())
    for piece in ("The observations are independent.", "The stable form", "For m = 2.", "m = 2"):
        assert piece in said
    given = page(bce()).findall(".//div[@class='given']/ul/li")
    assert [item.get("title") for item in given] == ["y in {0,1}", "p in (0,1)"]


def test_a_refutation_has_a_badge_and_a_witness() -> None:
    found = page(refuted())
    refusal = found.find(".//div[@class='conclusion refuted']")
    assert refusal is not None
    assert "at p = 1/2, q = 1/3: the left side is -0.18232" in "".join(refusal.itertext())
    assert found.find(".//div[@class='conclusion proved']") is not None


def test_hostile_text_stays_text() -> None:
    found = page(hostile(), explain=True)
    shown = HOSTILE.replace("\x1b", "")
    text = render(hostile(), "html", standalone=True)
    assert text.replace(f"<script>{script()}</script>", "").count("<script") == 0
    assert "\x1b" not in text
    assert shown in found.findtext(".//h1", "").replace("\N{REPLACEMENT CHARACTER}", "")


def test_a_section_carries_no_style_and_a_page_carries_the_font() -> None:
    section = render(bce(), "html")
    assert section.startswith('<section class="derivation"')
    assert "<style" not in section
    assert "base64" in render(bce(), "html", standalone=True)
    assert "base64" not in stylesheet()
    assert 'url("font.woff2")' in stylesheet(font_url="font.woff2")


def test_the_font_is_small_and_free() -> None:
    from pathlib import Path

    import derive.render

    assert font()[:4] == b"wOF2"
    assert len(font()) < 400_000
    licence = Path(derive.render.__path__[0]) / "fonts" / "OFL.txt"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()


def test_style_for_dark_phone_and_paper() -> None:
    for query in ("prefers-color-scheme: dark", "max-width: 44rem", "@media print"):
        assert query in stylesheet()
    assert "overflow-x: auto" in stylesheet()


def test_what_the_converter_does_not_know_stays_latex(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mathml(r"\nonsense<b>") == r'<code class="latex">\nonsense&lt;b&gt;</code>'
    assert mathml("x").startswith("<math")
    monkeypatch.setattr(conversion, "_converter", [])
    monkeypatch.setitem(__import__("sys").modules, "math_core", None)
    assert mathml("x") == '<code class="latex">x</code>'


def test_every_formula_of_the_table_converts() -> None:
    from test_render_notation import FORMULAS, STATEMENTS

    for _, latex, _ in (*FORMULAS, *STATEMENTS):
        found = mathml(latex)
        assert found.startswith("<math"), latex
        ElementTree.fromstring(found)
