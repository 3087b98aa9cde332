"""Sphinx builds: what is shown, warned of and kept, in both markups and every output."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from sphinx.cmd.build import build_main

CONF = 'extensions = ["myst_parser", "derive.integrations.sphinx"]\nhtml_theme = "basic"\n'
INDEX = """\
# Losses

See {derive}`squares`, {derive}`log-rule` and {derive}`gibbs`.

```{derivation} my_loss.py::squares
```

```{claim}
:label: log-rule
:given: a > 0; b > 0

log(a*b) = log(a) + log(b)
```

```{toctree}
other
```
"""
OTHER = """\
Other
=====

.. derivation:: bce-is-ce
   :with: n=2
   :folded:
   :class: wide

.. claim::
   :given: x in Real
   :expect: refuted

   log(x**2) = 2*log(x)
"""
FALSE = "\n.. claim::\n   :given: x in Real\n\n   x/x = 1\n"
SCRIPT = '''\
from derive import Real, derivation, ring


@derivation
def squares(a: Real, b: Real):
    """The square of a sum."""
    yield (a + b) ** 2
    yield a**2 + 2 * a * b + b**2, ring
'''


class Ran(NamedTuple):
    """The exit status of a build and its warnings."""

    status: int
    warnings: str


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose claims all are what they are expected to be."""
    for name, text in {
        "conf.py": CONF, "index.md": INDEX, "other.rst": OTHER, "my_loss.py": SCRIPT,
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def build(project: Path, builder: str = "html", *options: str) -> Ran:
    """Run sphinx-build in this process."""
    said = io.StringIO()
    arguments = ["-q", "-b", builder, *options, str(project), str(project / "out" / builder)]
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        status = build_main(["--no-color", *arguments])
    return Ran(status, said.getvalue())


def page(project: Path, name: str) -> str:
    """A page that was written."""
    return (project / "out" / "html" / name).read_text(encoding="utf-8")


def test_pages_show_derivations_and_claims(project: Path) -> None:
    assert build(project, "html", "-W") == Ran(0, "")
    index, other = page(project, "index.html"), page(project, "other.html")
    assert '<a class="reference internal" href="#derivation-squares"' in index
    assert '<a class="reference internal" href="#derivation-log-rule"' in index
    assert "gibbs" in index
    for mark in ('id="derivation-squares"', 'id="derivation-log-rule"'):
        assert index.count(mark) == 1
    assert index.count("Proved</span>") == 2
    assert "Refuted, as expected" in other
    assert '<section class="derivation wide">' in other
    assert '<details class="steps" data-latex' in other
    assert "<math" in index
    static = project / "out" / "html" / "_static"
    for file in ("derive.css", "derive.js", "derive-math.woff2"):
        assert (static / file).stat().st_size > 500
    assert 'url("derive-math.woff2")' in (static / "derive.css").read_text()
    assert str(project) not in index


def test_pages_without_an_answer_load_nothing(project: Path) -> None:
    (project / "index.md").write_text("# Title\n\n```{toctree}\nother\n```\n")
    build(project)
    assert "derive.css" not in page(project, "index.html")
    assert "derive.css" in page(project, "other.html")


@pytest.mark.parametrize("options", [(), ("-j", "2")])
def test_a_false_claim_fails_every_build_at_its_place(
    project: Path, options: tuple[str, ...]
) -> None:
    (project / "other.rst").write_text(OTHER + FALSE)
    line = OTHER.count("\n") + 2
    for _ in range(2):  # the second build reads no page again
        ran = build(project, "html", "-W", "--keep-going", *options)
        assert ran.status == 1
        assert re.search(rf"other\.rst:{line}: WARNING: x/x = 1: refuted: .*x = 0", ran.warnings)
        assert ran.warnings.count("WARNING") == 1
    quiet = build(project, "html", "-W", "-D", "suppress_warnings=derive.refuted", *options)
    assert quiet == Ran(0, "")


def test_in_myst_the_line_is_right_too(project: Path) -> None:
    (project / "index.md").write_text(INDEX + "\n```{claim}\n:given: x in Real\n\nx = 1 + x\n```\n")
    line = INDEX.count("\n") + 2
    assert f"index.md:{line}: WARNING: x = 1 + x: refuted" in build(project).warnings


def test_a_mended_claim_warns_no_longer(project: Path) -> None:
    (project / "other.rst").write_text(OTHER + FALSE)
    assert "refuted" in build(project).warnings
    (project / "other.rst").write_text(OTHER)
    assert build(project) == Ran(0, "")


def test_troubles_have_their_own_types(project: Path) -> None:
    more = (
        ".. claim::\n\n   log(x = 1\n\n.. claim::\n   :given: x in Real\n   :expect: refuted\n\n"
        "   x = x\n\n.. derivation:: bcee\n"
    )
    (project / "other.rst").write_text(OTHER + "\n" + more)
    said = build(project).warnings
    assert "[derive.unreadable]" in said
    assert "[derive.unexpected]" in said
    assert "did you mean" in said
    assert "[derive.failed]" in said


def test_a_script_that_fails_is_read_again_when_it_is_mended(project: Path) -> None:
    script = project / "my_loss.py"
    script.write_text(SCRIPT.replace("2 * a * b", "3 * a * b"))
    said = build(project).warnings
    assert "index.md:5: WARNING: derivation my_loss.py::squares: failed: my_loss.py:8: " in said
    assert "the left side is 4, the right side is 5" in said
    script.write_text(SCRIPT)
    assert build(project) == Ran(0, "")


def test_an_unknown_name_and_option_are_said(project: Path) -> None:
    (project / "other.rst").write_text(OTHER + "\n:derive:`nothing`\n\n.. claim::\n   :gven: x\n")
    said = build(project).warnings
    assert "no page shows a derivation or a claim nothing" in said
    assert "gven" in said


def test_the_builder_writes_a_report(project: Path) -> None:
    assert build(project, "derive").status == 0
    (project / "other.rst").write_text(OTHER + FALSE)
    assert build(project, "derive").status == 1
    text = (project / "out" / "derive" / "output.txt").read_text()
    assert "5 claims and derivations: 3 proved, 1 refuted, 1 refuted as expected" in text
    data = json.loads((project / "out" / "derive" / "results.json").read_text())
    assert [r["trouble"] for r in data["results"]] == [None, None, None, None, "refuted"]
    assert build(project, "derive").status == 1


def test_kept_answers_build_without_proving(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(project).status == 0
    shown = page(project, "index.html")
    kept = (project / "derive-answers.json").read_bytes()
    import derive.integrations.keeping as keeping

    def never(*_: object) -> None:
        raise AssertionError("something was proved")

    monkeypatch.setattr(keeping, "answer_with_evidence", never)
    assert build(project, "html", "-E", "-W", "-D", "derive_mode=cache") == Ran(0, "")
    assert page(project, "index.html") == shown
    assert build(project, "html", "-E", "-W", "-D", "derive_mode=auto") == Ran(0, "")
    assert (project / "derive-answers.json").read_bytes() == kept
    monkeypatch.undo()
    assert build(project, "html", "-E", "-D", "derive_mode=force") == Ran(0, "")
    assert (project / "derive-answers.json").read_bytes() == kept


def test_without_kept_answers_that_mode_says_so_and_off_does_not(project: Path) -> None:
    assert build(project, "html", "-D", "derive_mode=cache").warnings.count("derive.missing") == 4
    assert build(project, "html", "-D", "derive_mode=off") == Ran(0, "")
    assert "Proved" not in page(project, "index.html")
    assert build(project) == Ran(0, "")
    assert "Proved" in page(project, "index.html")


def test_text_and_latex(project: Path) -> None:
    assert build(project, "text", "-W") == Ran(0, "")
    text = (project / "out" / "text" / "other.txt").read_text(encoding="utf-8")
    assert "Counterexample at x = -1" in text
    assert build(project, "latex", "-W") == Ran(0, "")
    (tex,) = (project / "out" / "latex").glob("*.tex")
    assert tex.read_text(encoding="utf-8").count(r"\begin{align*}") >= 3


def test_hostile_text_runs_nothing(project: Path) -> None:
    nasty = "<script>alert(1)</script>"
    (project / "index.md").write_text(
        f"# T\n\n```{{claim}}\n:given: x in Real\n:label: {nasty}\n\n{nasty} = x\n```\n\n"
        f"```{{derivation}} {nasty}\n```\n"
    )
    build(project)
    assert nasty not in page(project, "index.html")
