"""Every step of the documents of this folder gets the verdict that stands before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.check.judge import Judge, Settings
from tests.documents.cases import cases, files, open_document


@pytest.mark.parametrize("path", files(), ids=lambda p: p.stem)
def test_verdicts(path: Path) -> None:
    document = open_document(path)
    judge = Judge(document, Settings(graded=False))
    wanted = cases(document)
    assert wanted
    wrong = []
    for shown, step in judge.steps:
        claim = judge.claim(shown, step)
        if claim.code == "D501":
            wrong.append(f"{path.name}:{claim.line}:{claim.column}: {claim.message}")
    assert not wrong
