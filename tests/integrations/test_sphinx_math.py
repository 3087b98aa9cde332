"""``derive_check_math``: displays of every page, at their lines, on every build."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

INDEX = """\
# Losses

Let $a > 0$ and $b > 0$.

$$ \\log(a b) = \\log a + \\log b $$

```{math}
:label: wrong

\\log(a b) &= \\log a + \\log b \\\\
  &= \\log a - \\log b
```

$$ \\foo = a $$

<!-- expect: refuted -->
$$ a + b = a - b $$

```{toctree}
other
```
"""
OTHER = """\
Other
=====

Let :math:`x > 0`.

.. math::
   :label: right

   x^2 x = x^3

.. math:: x^2 = x
"""

Build = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """A function that builds the pages with a setting, and gives status and warnings."""
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "index.md").write_text(INDEX, encoding="utf-8")
    (tmp_path / "other.rst").write_text(OTHER, encoding="utf-8")
    conf = 'extensions = ["myst_parser", "derive.integrations.sphinx"]\nhtml_theme = "basic"\n'
    conf += 'myst_enable_extensions = ["dollarmath"]\nsuppress_warnings = ["myst"]\n'

    def run(checked: str, *options: str, builder: str = "html") -> tuple[int, list[str]]:
        text = f'{conf}derive_check_math = "{checked}"\n'
        (tmp_path / "conf.py").write_text(text, encoding="utf-8")
        said = io.StringIO()
        order = ["--no-color", "-q", "-b", builder, *options, str(tmp_path)]
        with redirect_stderr(said), redirect_stdout(io.StringIO()):
            status = build_main([*order, str(tmp_path / "out" / builder)])
        return status, [line for line in said.getvalue().splitlines() if "[derive" in line]

    return run


def test_what_is_refuted_is_a_warning_on_every_build(build: Build) -> None:
    for _ in range(2):
        status, said = build("claims", "-W", "--keep-going")
        assert status == 1
        assert len(said) == 2
        assert "index.md:11: WARNING: " in said[0]
        assert "step 2: at a = " in said[0]
        assert "other.rst:11: WARNING: x**2 = x: refuted: step 1" in said[1]
        assert all(line.endswith("[derive.refuted]") for line in said)


def test_all_demands_that_every_step_is_settled(build: Build) -> None:
    _, said = build("all", "-j", "2")
    assert [line.rpartition("[")[2] for line in said] == [
        "derive.refuted]", "derive.unknown]", "derive.refuted]",
    ]  # fmt: skip
    assert "index.md:14: WARNING: $$ \\foo = a $$: unknown: step 1: \\foo is not known" in said[1]


def test_off_checks_nothing_and_pages_without_claims_load_nothing(
    build: Build, tmp_path: Path
) -> None:
    assert build("off") == (0, [])
    build("claims")
    assert "derive.css" not in (tmp_path / "out" / "html" / "index.html").read_text()


def test_the_builder_reports_the_steps(build: Build, tmp_path: Path) -> None:
    status, _ = build("claims", builder="derive")
    assert status == 1
    report = (tmp_path / "out" / "derive" / "output.txt").read_text(encoding="utf-8")
    assert "index.md:5: log(a*b) = log(a) + log(b): proved" in report
    last = report.splitlines()[-1]
    assert last.endswith("3 proved, 2 refuted, 1 refuted as expected, 1 unknown")
