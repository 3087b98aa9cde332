"""The documents of this folder are well formed: each display has a verdict, no comment is idle."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.document.marks import marks
from tests.documents.cases import cases, files, open_document


def test_there_are_documents() -> None:
    assert files()


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_each_display_says_what_it_expects(path: Path) -> None:
    document = open_document(path)
    assert not [m.word for m in marks(document) if m.kind == "fault"]
    assert not [(p.text, p.remark) for p in document.pieces if p.kind == "fault"]
    displays = {k for k, p in enumerate(document.pieces) if p.kind == "display"}
    assert displays
    silent = displays - {case.display for case in cases(document)}
    assert [document.position(document.pieces[k].start)[0] for k in sorted(silent)] == []
