"""The steps of a document's displays, for those who make a test of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from derive.check.claims import Claim

#: Codes that fail by default: refuted, a stale expectation, contradictory assumptions, defects.
FAILING = ("D1", "D5", "D402", "D9")


def placed(path: Path) -> list[Claim]:
    """The steps of a file with their places, before anything is judged."""
    from derive.check.judge import Judge
    from derive.document import read_bytes

    try:
        document = read_bytes(str(path), path.read_bytes())
    except OSError:
        return []
    judge = Judge(document)
    return [judge.placed(shown, step) for shown, step in judge.steps]


def judged(path: Path, seconds: float) -> dict[tuple[int, int], Claim]:
    """The claims of a file by chain and step, each within so many seconds."""
    from derive.check.files import Source, linked, text_of
    from derive.check.limits import Limits
    from derive.check.running import outcomes
    from derive.check.workers import Pool
    from derive.check.working import check_page
    from derive.document import decode

    text, replaced = decode(path.read_bytes())
    job: dict[str, Any] = {"path": str(path), "text": text, "replaced": replaced}
    job["linked"] = [
        {"path": page.path, "text": text_of(page.file)[0]}
        for page in linked(Source(path.as_posix(), path), text)
    ]
    with Pool(1, Limits(seconds)) as pool:
        (found,) = outcomes([job], lambda j: pool.submit(check_page, j))
    claims: dict[tuple[int, int], Claim] = {(c.chain, c.step): c for c in found.claims}
    return claims


def fails(claim: Claim, strict: bool = False) -> bool:
    """Whether a claim is a failure, as ``derive check`` counts."""
    if claim.expected is not None:
        return (claim.code or "").startswith("D5")
    if (claim.code or "").startswith(FAILING):
        return True
    return strict and claim.verdict != "proved"


def told(claim: Claim) -> str:
    """What a failure says: code, verdict, the sentence, the line with its sign marked."""
    from derive.check.report._sentences import sentence

    words = " ".join(filter(None, (claim.code, claim.verdict, f"step {claim.step}")))
    lines = [f"{words}: {sentence(claim)}"]
    for number, text in (claim.excerpt or {}).get("lines", ()):
        lines.append(f"  {number} | {text}")
    if claim.repair:
        lines.append(f"  would hold given {'; '.join(claim.repair)}")
    return "\n".join(lines)
