"""Parts of a page judged by themselves: the same claims as of the page in order."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from derive.check.limits import LimitError
from derive.check.running import Outcome, outcomes, shared
from derive.check.working import check_page

PAGES = {
    "apart": r"$$ a + a = 2 a $$ $$ b + b = 2 b = 3 b $$ $$ c c = c^2 $$ $$ (d + 1)^2 = d^2 + 1 $$",
    "one head": r"$$ q = 1/y - 1 $$ $$ q = (1 - y)/y $$ $$ q = 1/y $$ $$ q + 1 = 1/y $$",
    "rows": r"""Setting this to zero gives
$$ \begin{align} b m &= a - a m \\ b &= \frac{a}{m} - a \end{align} $$
$$ \begin{align} u m &= v - v m \\ u &= \frac{v}{m} - v \\ u &= v \end{align} $$
$$ u = \frac{v}{m} - v $$""",
    "sentences": r"""Let $X$ be random with $\mathrm{E}(X) = 2 m$ and $\mathrm{E}(X) = m + m$.
$$ \mathrm{E}(X) = 3 m - m $$ $$ \mathrm{E}(X) = 4 m $$ $$ \mathrm{E}(X) + 1 = 2 m + 1 $$
$$ z + z = 2 z $$""",
    "laws": r"""Let $$ X \sim \mathrm{Exp}(\lambda) $$ Then $$ f_X(x) = \lambda \exp(-\lambda x) $$
$$ \mathrm{E}(X) = \frac{1}{\lambda} $$ $$ \mathrm{Var}(X) = \frac{1}{\lambda} $$""",
    "remarks": r"""<!-- ignore: D101 -->
$$ a = a + 1 $$
<!-- expect: refuted -->
$$ b + b = 2 b $$
$$ c + c = 2 c $$""",
}


def submit(job: dict[str, Any]) -> Future[Any]:
    """Judge at once."""
    future: Future[Any] = Future()
    future.set_result(check_page(job))
    return future


def said(found: Outcome) -> list[Any]:
    """What an outcome says, without times."""
    return [c._replace(seconds=None) for c in found.claims]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("workers", [2, 3, 7])
def test_parts_say_what_the_whole_page_says(name: str, workers: int) -> None:
    # Equality signs in a comment make the page worth its workers and change nothing else.
    job = {"path": "a.md", "text": PAGES[name] + f"\n<!-- {'=' * 60} -->\n"}
    (whole,) = outcomes([job], submit)
    jobs: list[Any] = []

    def noted(job: dict[str, Any]) -> Future[Any]:
        jobs.append(job)
        return submit(job)

    (parts,) = shared([job], noted, workers)
    assert sum("part" in j for j in jobs) == workers
    assert said(parts) == said(whole)
    assert len(said(whole)) > 2
    assert parts.complete


def test_what_rests_on_sentences_is_judged_in_order() -> None:
    text = PAGES["sentences"]
    whole = check_page({"path": "a.md", "text": text})
    part = check_page({"path": "a.md", "text": text, "part": [0, 1]})
    assert part["left"] > 0
    assert len(part["found"]) + part["left"] == len(whole["claims"])
    assert len(part["found"]) > 0


def test_a_step_at_a_limit_costs_itself() -> None:
    text = PAGES["apart"] + f"<!-- {'=' * 60} -->"
    calls: list[Any] = []

    def once(job: dict[str, Any]) -> Future[Any]:
        calls.append(job)
        future = submit(job)
        if job.get("part") == [1, 2] and not job.get("skip"):
            begun = next(iter(future.result()["found"]))[:2]
            failed: Future[Any] = Future()
            failed.set_exception(LimitError("time", [{"begin": begun}]))
            return failed
        return future

    (found,) = shared([{"path": "a.md", "text": text}], once, 2)
    assert [c.reason for c in found.claims].count("limit") == 1
    assert found.limited
    (whole,) = outcomes([{"path": "a.md", "text": text}], submit)
    pairs = zip(said(found), said(whole), strict=True)
    assert sum(a != b for a, b in pairs) == 1


def test_a_part_that_cannot_be_read_is_tried_as_a_page() -> None:
    def lost(job: dict[str, Any]) -> Future[Any]:
        if "part" not in job:
            return submit(job)
        failed: Future[Any] = Future()
        failed.set_exception(LimitError("memory"))
        return failed

    job = {"path": "a.md", "text": PAGES["apart"] + f"<!-- {'=' * 60} -->"}
    (found,) = shared([job], lost, 2)
    (whole,) = outcomes([job], submit)
    assert said(found) == said(whole)
