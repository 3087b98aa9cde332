"""The examples in docstrings are real."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent


def modules() -> list[str]:
    """The modules of derive that have examples."""
    found = []
    for path in sorted((HOME / "derive").rglob("*.py")):
        if ">>>" in path.read_text(encoding="utf-8"):
            parts = path.relative_to(HOME).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


@pytest.mark.parametrize("name", modules())
def test_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    failed, tried = doctest.testmod(import_module(name))
    assert tried > 0
    assert failed == 0, capsys.readouterr().out
