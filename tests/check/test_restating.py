"""Definitions in the form that the page has shown them to be equal to."""

from __future__ import annotations

from derive.check.claims import Claim
from derive.check.judge import check_document
from derive.check.restating import Restated, joined
from derive.document import read
from derive.latex.tree import Node

PAGE = r"""
Let $b \in \{0, 1\}$.

$$ L = -\log(\sigma(s)^b \sigma(-s)^{1 - b}) = \log(1 + e^s) - b s $$

$$ \frac{\partial L}{\partial s} = \sigma(s) - b $$
"""


def test_the_claim_names_the_line_that_it_rests_on() -> None:
    *_, last = check_document(read("a.md", PAGE))
    assert last.verdict == "proved"
    assert "line 4" in last.message
    assert "line 4" in (last.using or [])


def claim(*assumed: str) -> Claim:
    found = check_document(read("a.md", "$$ a + a = 2 a $$"))[0]
    return found._replace(assumed=list(assumed))


def lemma(*assumed: str) -> Restated:
    return Restated("L", Node("name", 0, 1, "s"), "line 4", claim(*assumed))


def test_what_is_assumed_is_taken_together() -> None:
    found = joined(claim("p in (0,1)"), (lemma("p in (0,1)", "n in Natural"),))
    assert found is not None
    assert found.assumed == ["p in (0,1)", "n in Natural"]
    assert found.code == "D403"


def test_what_contradicts_itself_serves_nothing() -> None:
    assert (
        joined(claim("p[i] in (0,1) for i in 1..n"), (lemma("p[i] in Natural for i in 1..n"),))
        is None
    )
