"""Domains that two symbols give one another."""

from __future__ import annotations

from derive.check.judge import check_document
from derive.document import read


def test_a_condition_on_two_symbols_is_read_once() -> None:
    page = "$$ t + b = b + t, \\; t < b, \\; b > 0 \\; . $$\n"
    assert [claim.verdict for claim in check_document(read("page.md", page))] == ["proved"]
