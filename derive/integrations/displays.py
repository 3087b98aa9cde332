r"""Claims whose body is LaTeX: a display as textbooks write it, judged as ``derive check`` does.

The body becomes a document of one display, with the declarations before it as comments.  Its
steps are shown as their author wrote them, each with its verdict.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from derive.integrations.requests import Answer, Request
from derive.render.page.data import Block, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derive.check.claims import Claim
    from derive.check.limits import Limits

_MARKS = re.compile(r"[\\^&$]|_\{")
_OUTSIDE = re.compile(r"^\s*(?:\$\$(.*)\$\$|\\\[(.*)\\\])\s*$", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{(?:aligned|align\*?|equation\*?|gather(?:ed|\*)?)\}")


def is_latex(text: str) -> bool:
    r"""Whether a body is LaTeX; the plain spelling has none of its marks.

    >>> is_latex(r"\log a"), is_latex("a**2 = a*a"), is_latex("a^2 = a a")
    (True, False, True)
    """
    return _MARKS.search(text) is not None


def body_of(text: str) -> str:
    """The display without comments and what stands around it."""
    lines = (re.sub(r"(?<!\\)%.*", "", line) for line in text.split("\n"))
    text = " ".join(" ".join(lines).split())
    found = _OUTSIDE.match(text)
    return (found[1] or found[2] or "").strip() if found else text


def judged(
    request: Request, limits: Limits | None = None, known: dict[str, Any] | None = None
) -> tuple[Answer, dict[str, Any] | None]:
    """The answer to a claim in LaTeX, and what its searches found, to be kept.

    ``known`` is what they found before; it is looked at a second time by whoever judges.
    """
    from derive.check.claims import Claim
    from derive.check.limits import LimitError, Limits, RemoteError, alone
    from derive.check.working import check_page

    if "$$" in request.text or any("-->" in line for line in request.given):
        return _broken(request, "a display ends at $$, and a declaration at -->"), None
    given = "".join(f"<!-- given: {line} -->\n" for line in request.given)
    rows = request.text
    if ("&" in rows or "\\\\" in rows) and "\\begin{" not in rows:
        rows = f"\\begin{{aligned}} {rows} \\end{{aligned}}"
    _prepare()
    job = {"path": "claim.md", "text": f"{given}$$\n{rows}\n$$\n", "known": known or {}}
    try:
        found = alone(check_page, job, limits=limits or Limits())
    except LimitError as error:
        return _answer(request, [], "unknown", f"limit: {error}"), None
    except RemoteError as error:
        return _broken(request, str(error)), None
    claims = [Claim(*claim) for claim in found["claims"]]
    return _verdict(request, claims), found["learned"]


def _prepare() -> None:
    """Import here what every process that is forked would import again."""
    import derive.check.judge
    import derive.check.memory
    import derive.document.formats.markdown
    import derive.refute.balls
    import derive.search.prove  # noqa: F401  # all of them for the processes to come


def _verdict(request: Request, claims: Sequence[Claim]) -> Answer:
    """One verdict for the display: the worst of its steps."""
    settled = [claim for claim in claims if claim.verdict is not None]
    if not settled:
        return _broken(request, _unreadable(request.text))
    for claim in settled:
        if (claim.code or "").startswith("D3"):
            return _answer(request, claims, "unknown", _said(claim))._replace(trouble="unreadable")
    for verdict in ("refuted", "unknown"):
        bad = [claim for claim in settled if claim.verdict == verdict]
        if bad:
            return _answer(request, claims, verdict, " ".join(map(_said, bad)))
    return _answer(request, claims, "proved", "")


def _unreadable(latex: str) -> str:
    """Why a display has no claim."""
    from derive.latex.reading import parse
    from derive.latex.tree import UnreadableError

    try:
        sides = [side for row in parse(latex).rows for side in row.sides]
    except UnreadableError as error:
        return error.message
    for side in sides:
        for node in side.walk():
            if node.kind == "unreadable":
                return node.text
    return "the display claims nothing: it has no relation between two sides"


def _said(claim: Claim) -> str:
    return f"step {claim.step}: {_sentence(claim)}"


def _sentence(claim: Claim) -> str:
    """What is to be said of a claim; the lines that point into its source stay away."""
    from derive.check.report._sentences import sentence

    return sentence(claim).split("\n")[0].rstrip(".") + "."


def _answer(request: Request, claims: Sequence[Claim], verdict: str, message: str) -> Answer:
    notes = [message] if message else []
    assumed = dict.fromkeys(text for claim in claims for text in claim.assumed or ())
    if assumed:
        notes.append(f"Taking {'; '.join(assumed)}.")
    from derive.check.report._steps import steps_of

    steps = steps_of(request.text, claims)
    block = Block(
        given=tuple((_given_latex(line), line) for line in request.given),
        steps=steps,
        verdict=verdict,
        statement=request.text,
        repeats=bool(steps),
        notes=tuple(notes),
        aligned=request.text,
    )
    plain = f"{verdict.capitalize()}: {request.text}\n" + "".join(f"{n}\n" for n in notes)
    return Answer(verdict, "", message, Sheet(blocks=(block,)), _paper(request, verdict), plain)


def _given_latex(line: str) -> str:
    """A declaration as a formula: as it is written, or in the printer's spelling."""
    if is_latex(line):
        words = re.sub(r" *\bfor\b *", r" \\text{ for } ", line.strip("$ "))
        return words.replace("..", r", \ldots, ")
    from derive.context import ContextError
    from derive.plain import ReadError, declare
    from derive.render.html import given_pairs

    try:
        return r";\; ".join(latex for latex, _ in given_pairs(declare(line)))
    except (ReadError, ContextError):
        return rf"\text{{{line}}}"


def _paper(request: Request, verdict: str) -> str:
    rows = request.text
    if ("&" in rows or "\\\\" in rows) and "\\begin{" not in rows:
        rows = f"\\begin{{aligned}} {rows} \\end{{aligned}}"
    inside = _ENVIRONMENT.search(rows)
    shown = rows if inside and not inside[0].startswith(r"\begin{aligned") else f"\\[{rows}\\]"
    return f"\\textbf{{{verdict.capitalize()}:}} {shown}\n"


def _broken(request: Request, message: str) -> Answer:
    shown = Sheet(blocks=(Block(verdict="unknown", notes=(request.text, message)),))
    return Answer("unknown", "unreadable", message, shown, "", f"{request.text}\n{message}\n")
