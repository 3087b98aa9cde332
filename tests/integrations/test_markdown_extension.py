"""Python-Markdown: the same fences, and a build that fails for a claim that does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import markdown
import pytest

from derive.integrations.markdown import ClaimError

PAGE = """\
# Losses

```{derivation} bce
:folded:
```

Some *text*.

```claim
:given: x in Real
:expect: refuted

log(x**2) = 2*log(x)
```
"""
FALSE = "\n```claim\n:given: x in Real\n\nx/x = 1\n```\n"


def written(text: str, folder: Path, **options: Any) -> str:
    """The page as HTML, with code fences known too."""
    found: str = markdown.markdown(
        text,
        extensions=["fenced_code", "derive.integrations.markdown"],
        extension_configs={"derive.integrations.markdown": {"root": str(folder), **options}},
    )
    return found


def test_fences_become_sections(tmp_path: Path) -> None:
    shown = written(PAGE, tmp_path)
    assert shown.count('<section class="derivation"') == 2
    assert shown.count("<style>") == 1
    assert "<em>text</em>" in shown
    assert "Refuted, as expected" in shown
    assert '<div id="derivation-claim-2">' in shown
    assert "<math" in shown
    assert "<style>" not in written(PAGE, tmp_path, style=False)


def test_a_false_claim_fails_the_build_with_its_line(tmp_path: Path) -> None:
    line = PAGE.count("\n") + 2
    with pytest.raises(ClaimError, match=rf"^line {line}: x/x = 1: refuted: .*x = 0"):
        written(PAGE + FALSE, tmp_path)
    assert "Refuted</span>" in written(PAGE + FALSE, tmp_path, fail=False)


def test_a_fence_that_cannot_be_meant_fails_too(tmp_path: Path) -> None:
    with pytest.raises(ClaimError, match=r"line 1: .*a claim has a statement"):
        written("```claim\n```\n", tmp_path)


def test_answers_are_kept_for_all_pages(tmp_path: Path) -> None:
    written(PAGE, tmp_path)
    one = (tmp_path / "derive-answers.json").read_text()
    written("```claim\n:given: x in Real\n\nx = x\n```\n", tmp_path)
    assert one.count('"request"') == 2
    assert (tmp_path / "derive-answers.json").read_text().count('"request"') == 3
    written(PAGE, tmp_path, mode="cache")


def test_other_code_stays_code(tmp_path: Path) -> None:
    shown = written("```python\nx = 1\n```\n\n````md\n```claim\nx\n```\n````\n", tmp_path)
    assert "derivation" not in shown
    assert "<code" in shown
    assert not (tmp_path / "derive-answers.json").exists()
