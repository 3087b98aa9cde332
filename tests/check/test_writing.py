"""What a claim says of its place."""

from __future__ import annotations

import pytest

from derive.check.judge import check_document
from derive.document import read


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_of_source_is_without_its_end(end: str) -> None:
    text = end.join(["One", "", "$$ a + a = 3 a $$", "", "$$", "b + b = 3 b", "$$", ""])
    first, second = check_document(read("a.md", text))
    assert first.excerpt is not None
    assert second.excerpt is not None
    assert first.excerpt["lines"] == [[3, "$$ a + a = 3 a $$"]]
    assert second.excerpt["lines"] == [[6, "b + b = 3 b"]]


def test_what_is_taken_is_spelled_as_on_a_keyboard() -> None:
    page = r"""Let $X$ be a discrete random variable with mass $p(x)$ and entropy $\mathrm{H}(X)$.

$$ \mathrm{H}(X) = - \sum_{x \in \mathcal{X}} p(x) \log p(x) $$
"""
    (claim,) = check_document(read("a.md", page))
    assert claim.verdict == "proved"
    assert "H(X) as information theory defines it" in (claim.assumed or [])
    assert not any("\\" in text for text in claim.assumed or [])
