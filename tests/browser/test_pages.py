"""Stand-alone pages in a browser: layout, keyboard, copying, hostile text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from derive.catalogue import find
from derive.render import render

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "render"))
import itertools

from render_samples import hostile, long_chain

pytestmark = pytest.mark.browser
NAMES = ("bce", "mse", "huber", "gibbs", "multilabel", "bce-is-not-ce-for-three")


def written(folder: Path, derivation: Any, name: str = "page.html") -> Path:
    """The derivation's page in a file."""
    path = folder / name
    path.write_text(render(derivation, "html", standalone=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 800, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_quiet_and_fit(
    opened: Callable[..., Any], tmp_path: Path, width: int, scheme: str
) -> None:
    for derivation in (*(find(name).run() for name in NAMES), long_chain()):
        seen = opened(written(tmp_path, derivation), width, scheme)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.said == []
        assert seen.outside == []


def test_formulas_are_aligned_and_no_row_covers_another(
    opened: Callable[..., Any], tmp_path: Path
) -> None:
    seen = opened(written(tmp_path, find("mse").run()))
    boxes = """elements => elements.map(e => e.getBoundingClientRect())
        .map(b => [b.left, b.top, b.bottom])"""
    formulas = seen.page.locator(".chain .body .formula").evaluate_all(boxes)
    assert len(formulas) > 4
    assert {left for left, _, _ in formulas} == {formulas[0][0]}
    for (_, _, bottom), (_, top, _) in itertools.pairwise(formulas):
        assert bottom <= top


def test_letters_come_from_a_math_font(opened: Callable[..., Any], tmp_path: Path) -> None:
    seen = opened(written(tmp_path, find("mse").run()))
    session = seen.page.context.new_cdp_session(seen.page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelector", {"nodeId": root, "selector": ".chain math"})
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": found["nodeId"]})["fonts"]
    assert {font["familyName"] for font in fonts} <= {"STIX Two Math", "Derive Math"}
    assert fonts


@pytest.mark.parametrize("width", [360, 1440])
def test_a_rule_is_explained_by_hover_and_by_keyboard(
    opened: Callable[..., Any], tmp_path: Path, width: int
) -> None:
    page = opened(written(tmp_path, find("bce").run()), width).page
    tip = page.locator(".tip").first
    assert not tip.is_visible()
    page.locator("button.name").first.hover()
    assert tip.is_visible()
    assert "Bishop" in tip.inner_text()
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.mouse.move(0, 0)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "name":
            break
    assert tip.is_visible()


def test_copying_gives_latex(opened: Callable[..., Any], tmp_path: Path) -> None:
    page = opened(written(tmp_path, find("bce").run())).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    read = "navigator.clipboard.readText()"
    page.locator(".copy.whole").click()
    page.wait_for_selector(".copy.done")
    text = page.evaluate(read)
    assert text.startswith("\\begin{align*}\n")
    assert text.count("\\\\\n") == 3
    assert page.locator("details.steps").get_attribute("open") is not None
    cell = page.locator("td.body").nth(3)
    cell.hover()
    cell.locator(".copy").click()
    page.wait_for_function(f"{read}.then(t => t.startsWith('-(y '))")


def test_steps_fold_with_and_without_scripts(opened: Callable[..., Any], tmp_path: Path) -> None:
    path = written(tmp_path, find("bce").run())
    for script in (True, False):
        page = opened(path, script=script).page
        assert page.locator("table.chain").is_visible()
        assert not page.locator(".repeats .statement").is_visible()
        page.locator("details.steps > summary").click(position={"x": 3, "y": 8})
        assert not page.locator("table.chain").is_visible()
        assert page.locator(".repeats .statement").is_visible()


def test_formulas_are_in_the_accessibility_tree(opened: Callable[..., Any], tmp_path: Path) -> None:
    page = opened(written(tmp_path, find("bce").run())).page
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    names = [n["name"]["value"] for n in nodes if "name" in n and not n["ignored"]]
    words = [normalize("NFKC", name) for name in names]  # an italic letter is a letter
    roles = {n["role"]["value"] for n in nodes if not n["ignored"]}
    for word in ("log", "Bernoulli", "p", "y", "proved", "log product"):
        assert word in words
    assert "MathMLMath" in roles or "math" in roles


def test_a_page_by_strangers_runs_nothing(opened: Callable[..., Any], tmp_path: Path) -> None:
    seen = opened(written(tmp_path, hostile()))
    for button in seen.page.locator("button").all():
        button.click(force=True)
    assert seen.said == []
    assert seen.outside == []
    assert seen.page.locator("script").count() == 1


def test_the_policy_stops_a_script_that_got_in(opened: Callable[..., Any], tmp_path: Path) -> None:
    path = written(tmp_path, find("bce").run())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<main>", "<main><script>alert(1)</script>"), encoding="utf-8")
    seen = opened(path)
    assert all("Content Security Policy" in said for said in seen.said)
    assert len(seen.said) == 1


def test_paper_shows_everything(opened: Callable[..., Any], tmp_path: Path) -> None:
    page = opened(written(tmp_path, find("bce").run())).page
    page.locator("details.steps > summary").click(position={"x": 3, "y": 8})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("table.chain").is_visible()
    assert page.locator("details.remark p").is_visible()
    assert not page.locator(".copy.whole").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.steps").get_attribute("open") is None
