"""What a worker does with a document: it is read, its steps are judged one after the other.

Plain data comes in, plain data goes out, and what was found is told step by step, so that a
step that uses up its limits costs itself and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.check.limits import tell

if TYPE_CHECKING:
    from derive.check.claims import Claim
    from derive.check.judge import Judge
    from derive.check.memory import Memory
    from derive.check.page.shown import Shown
    from derive.check.page.steps import Step

#: Results of earlier searches: entries by key.
Entries = dict[str, Any]


def check_page(job: dict[str, Any]) -> dict[str, Any]:
    """The claims of a document, what its searches found, and how many were made.

    ``job`` has ``path`` and ``text``, ``suffix``, ``macros`` and ``given`` (path and text of
    a sidecar file) of the project, ``settings``, and ``linked``, such jobs for pages that it
    links to; ``known`` entries of a memory that is
    ``sealed`` or not; ``skip``: steps that are not judged again, with the reason.  Told are
    ``begin`` with a step, ``claim`` with its claim and what was ``learned`` for it.

    With ``part``, a number and how many parts there are, only that part is judged; the answer
    has ``found``, the claims for the judge of the whole page, and how many steps are ``left``
    to it.  ``found`` in a job are such claims.
    """
    from derive.check.memory import Memory
    from derive.recall import remembering

    watched = job.get("watched", False)
    if watched:
        from derive.check.watching import watch

        watch()
    memory = Memory(job.get("known"), sealed=bool(job.get("sealed")))
    with remembering(memory.recall):
        answer = _judged(job, memory)
    answer |= {"learned": memory.learned, "asked": memory.asked}
    if watched:
        from derive.check.watching import events

        answer["events"] = events()
    return answer


def judge_of(job: dict[str, Any]) -> Judge:
    """The judge of the document of a job, or of a part of it."""
    from derive.check.judge import Judge, Settings
    from derive.check.sharing import Share
    from derive.document import read
    from derive.document.projects import read_sidecar

    macros = {name: (count, body) for name, (count, body) in job.get("macros", {}).items()}
    document = read(job["path"], job["text"], macros, job.get("suffix", ""))
    document = document._replace(replaced=job.get("replaced", -1))
    sidecars = (read_sidecar(*job["given"]),) if job.get("given") else ()
    kind = Share if "part" in job else Judge
    linked = tuple(map(judge_of, job.get("linked", ())))
    return kind(document, Settings(**job.get("settings", {})), sidecars, linked)


def _judged(job: dict[str, Any], memory: Memory) -> dict[str, Any]:
    """The claims of the steps of a job, and what another judge of the page needs of them."""
    from derive.check.claims import Claim
    from derive.check.sharing import Share, part_of

    judge = judge_of(job)
    skip = {(at, step): what for at, step, what in job.get("skip", ())}
    for at, number, claim, conditional in job.get("found", ()):
        judge.found[at, number] = Claim(*claim)
        judge.conditional |= {(at, number)} if conditional else set()
    for shown, step in judge.steps:
        key = (shown.at, step.number)
        if key in skip:
            judge.found[key] = _given_up(judge.placed(shown, step), skip[key])
    for shown, step in judge.steps if judge.page.leaves_open else ():
        key = (shown.at, step.number)
        if key in skip:
            judge.weighed[key] = ()
        else:
            tell({"begin": list(key)})
            judge.weigh(shown, step)
    if not isinstance(judge, Share):
        return {"claims": [list(c) for c in _told(judge, judge.steps, memory)]}
    own = part_of(judge.steps, *job["part"])
    claims = _told(judge, own, memory)
    keys = [(shown.at, step.number) for shown, step in own]
    found = [
        [*key, list(judge.found[key]), key in judge.conditional]
        for key in keys
        if key not in judge.left
    ]
    return {
        "claims": [list(c) for c in claims], "found": found, "left": len(keys) - len(found),
    }  # fmt: skip


def _told(judge: Judge, steps: list[tuple[Shown, Step]], memory: Memory) -> list[Claim]:
    """The claims of some steps, each told as soon as it is known."""
    claims: list[Claim] = []
    sent: set[str] = set()
    for shown, step in steps:
        if (shown.at, step.number) not in judge.found:
            tell({"begin": [shown.at, step.number]})
        claim = _unless_ignored(judge.claim(shown, step), judge.ignored(shown))
        claims.append(claim)
        learned = {k: memory.learned[k] for k in memory.learned.keys() - sent}
        sent |= learned.keys()
        tell({"claim": list(claim), "learned": learned})
    return claims


def _unless_ignored(claim: Claim, codes: tuple[str, ...]) -> Claim:
    """The claim without what a comment asks not to report; its verdict stays."""
    if not codes:
        return claim
    notes = [note for note in claim.notes or () if not note[0].startswith(codes)]
    claim = claim._replace(notes=notes or None)
    return claim._replace(code=None) if (claim.code or "").startswith(codes) else claim


def _given_up(claim: Claim, what: str) -> Claim:
    """The claim of a step that was ended; ``what`` is ``time``, ``memory`` or a sentence."""
    if what in ("time", "memory"):
        message = f"more {what} than allowed was needed"
        return claim._replace(
            verdict="unknown", code="D202", reason="limit", cause="limit", message=message
        )
    return claim._replace(
        verdict="unknown", code="D900", reason="internal error", cause="internal error",
        message=f"internal error: {what}",
    )  # fmt: skip
