"""Pages of ``derive check`` in a browser: layout, keyboard, paper, hostile documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derive.cli import main

pytestmark = pytest.mark.browser

PAGE = r"""# Losses

Let $a > 0$ and $b > 0$.

$$
\begin{aligned}
-\log \frac{a^2}{b} &= -\log a^2 + \log b \\
 &= -2 \log a - \log b
\end{aligned}
$$

$$ \sum_{i=1}^{n} (x_i + c) = n c + \sum_{i=1}^{n} x_i
 = c + x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} $$
"""
RUNS = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = rf"""---
title: "{RUNS}"
---
# {RUNS} </title></style>

$\newcommand{{\bad}}{{{RUNS}}}$

$$ \label{{{RUNS}}} \text{{{RUNS}}} = \log \href{{javascript:alert(3)}}{{x}} $$

$$ a = {RUNS} b $$

$$ \bad = \operatorname{{{RUNS}}}(a) $$

<!-- given: a > 0; {RUNS} in Real -->
$$ a = 2 a \tag{{{RUNS}}} $$
"""


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """A function that checks a text under a name, and gives the page about it."""

    def check(text: str, name: str) -> Path:
        monkeypatch.chdir(tmp_path)
        Path(name).write_text(text, encoding="utf-8")
        order = ["check", name, "--format", "html", "--output-file", "page.html", "--no-cache"]
        assert main(order) in (0, 1)
        return tmp_path / "page.html"

    return check


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_quiet_and_fit(
    opened: Callable[..., Any], checked: Callable[..., Path], width: int, scheme: str
) -> None:
    seen = opened(checked(PAGE, "losses.md"), width, scheme)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.said == []
    assert seen.outside == []
    assert seen.page.locator("tr.refuted .mark").first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_witness_is_shown_on_a_click_and_by_keyboard(
    opened: Callable[..., Any], checked: Callable[..., Path], script: bool
) -> None:
    page = opened(checked(PAGE, "losses.md"), script=script).page
    details = page.locator("details.witness").first
    read = details.get_by_text("read as:")
    assert not read.is_visible()
    assert "at a = " in details.locator("summary").inner_text()
    details.locator("summary").click()
    assert read.is_visible()
    details.locator("summary").press("Enter")
    assert not read.is_visible()
    assert page.locator(".chain math").count() > 4


def test_paper_shows_every_witness(
    opened: Callable[..., Any], checked: Callable[..., Path]
) -> None:
    page = opened(checked(PAGE, "losses.md")).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.witness").first.get_by_text("read as:").is_visible()


def test_a_document_by_strangers_runs_nothing(
    opened: Callable[..., Any], checked: Callable[..., Path]
) -> None:
    name = RUNS.replace("/", "\N{DIVISION SLASH}") + ".md"
    seen = opened(checked(HOSTILE, name))
    for fold in seen.page.locator(".witness > summary").all():
        fold.click()
    for button in seen.page.locator("button").all():
        button.click(force=True)
    assert seen.said == []
    assert seen.outside == []
    assert seen.page.locator("script").count() == 1
    assert seen.page.locator("img, a[href^=javascript]").count() == 0
    assert "<script>alert(1)" in seen.page.locator("body").inner_text()
