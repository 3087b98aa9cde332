"""What the documentation shows is what the commands print, and its parts can be made."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from derive.distributions import names as distributions
from derive.rules import ledger

HOME = Path(__file__).resolve().parent.parent


def load(name: str) -> ModuleType:
    """A module of the folder docs, which is no package."""
    spec = importlib.util.spec_from_file_location(name, HOME / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sys.path.append(str(HOME / "docs"))  # its modules import each other, as Sphinx lets them
transcripts = load("transcripts")
generate = load("generate")


@pytest.mark.parametrize("page", transcripts.pages(), ids=lambda page: page.name)
def test_transcripts_are_real(page: Path) -> None:
    said = transcripts.difference(page)
    assert said == "", f"run: python docs/transcripts.py --write\n{said}"


def test_transcripts_notice_a_difference() -> None:
    page = "```console\n$ derive --version\nderive 0.0.0\n```\n"
    assert transcripts.refreshed(page) != page
    left = "<!-- not run -->\n" + page
    assert transcripts.refreshed(left) == left


def test_generated_parts_name_everything() -> None:
    rules = generate.rules()
    assert all(f"`{name}`\n" in rules for name in ledger())
    laws = generate.distributions()
    assert len(re.findall("^## ", laws, re.MULTILINE)) == len(distributions())
    assert "| `bce-is-ce` |" in generate.catalogue()
    assert "transitive(" in generate.signature()
    notation = generate.notation()
    assert r"| `\log_2 p + \ln q` | `log_2(p) + log(q)` |" in notation
    assert r"`\argmin`" in notation
    declarations = generate.declarations()
    assert "| `Positive`, `Nonnegative` |" in declarations
    assert "| `Huber` |" in declarations


def test_every_mark_has_a_part() -> None:
    used = set()
    for page in transcripts.pages():
        used |= set(re.findall(r"<!-- generated: (\w+) -->", page.read_text(encoding="utf-8")))
    assert used == set(generate.PARTS)


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*transcripts.pages(), HOME / "CONTRIBUTING.md", HOME / "CHANGELOG.md"]
    for page in pages:
        words = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)\)", words):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_has_two_lines_of_set_up() -> None:
    lines = (HOME / "README.md").read_text(encoding="utf-8").splitlines()
    found = [line.strip() for line in lines if line.strip().startswith("python3 -m venv")]
    assert found == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/derive show bce-is-ce",
        "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest",
    ]
