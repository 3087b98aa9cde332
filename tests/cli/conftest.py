"""What the tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from derive.cli import main

HEAD = "from derive import *\nfrom derive.rules import bernoulli_mass, log_product\n\n"


class Result(NamedTuple):
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]
Write = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def call(*words: str) -> Result:
        capsys.readouterr()
        status = main(list(words))
        return Result(status, *capsys.readouterr())

    return call


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a script into an empty working directory; its name."""
    monkeypatch.chdir(tmp_path)

    def make(text: str, name: str = "script.py", head: str = HEAD) -> str:
        (tmp_path / name).write_text(head + text)
        return name

    return make
