"""Answers that are kept in a file, told again only after a second look.

The file is JSON and meant to be committed: documentation is then built without proving, and
its changes show what changed.  It is untrusted.  A kept proof counts after the kernel made
its theorem again and the theorem says what the answer shows; a kept counterexample after
one was found again.  This account remembers by a seal at what it has looked, see
``derive.integrations.seals``.  What is shown is text and is escaped, whatever the file says.  The
lines between both ends of a chain are those that were recorded; ``force`` derives them anew.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from derive.integrations.answers import answer_with_evidence, expected, place
from derive.integrations.displays import is_latex, judged
from derive.integrations.kept import Kept, lines_of
from derive.integrations.requests import TROUBLES, Answer, Request
from derive.integrations.seals import Seals, ledger
from derive.render.page.data import Block, Sheet, SheetError, plain, sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derive.check.limits import Limits

#: ``auto``: kept answers, others are made; ``cache``: kept answers only; ``force``: all are
#: made anew; ``off``: nothing is checked.
MODES = ("auto", "cache", "force", "off")


class Answers:
    """Answers to requests, kept or made as the mode says; ``learned`` are those to keep."""

    def __init__(
        self,
        mode: str = "auto",
        known: Mapping[str, Any] | None = None,
        root: str = "",
        limits: Limits | None = None,
        seals: Seals | None = None,
    ) -> None:
        if mode not in MODES:
            raise ValueError(f"the mode is one of {', '.join(MODES)}, not {mode}")
        self.mode, self.root, self.limits = mode, root, limits
        self.known = Kept.of(known or {})
        self.learned = Kept()
        self.seals = seals or Seals()
        self._keys: dict[Request, str] = {}

    def key(self, request: Request) -> str:
        """The key of a request; the scripts of a derivation may change at any time."""
        if request.kind == "derivation":
            return key_of(request, self.root)
        if request not in self._keys:
            self._keys[request] = key_of(request, self.root)
        return self._keys[request]

    def to(self, request: Request) -> Answer:
        """The answer to a request; never an exception."""
        if self.mode == "off":
            return unchecked(request)
        key = self.key(request)
        kept = self.learned if key in self.learned else self.known
        if key in kept and (self.mode != "force" or kept is self.learned):
            found = self._again(key, kept, request)
            if found is not None:
                self.learned.lines[key] = kept.lines[key]
                return found
        if self.mode == "cache":
            return _missing(request)
        found, evidence = answer_with_evidence(request, self.root, self.limits)
        if evidence is not None:
            made = {**plain(found), "request": request.said, "evidence": evidence}
            self.learned.lines[key] = lines_of(made)
            self.seals.add(key, self.learned.lines[key])
        return found

    def _again(self, key: str, kept: Kept, request: Request) -> Answer | None:
        """A kept answer, if this account has looked at it before or it stands a second look."""
        if self.seals.hold(key, kept.lines[key]):
            return as_kept(kept.shown(key))
        found = told_again(kept[key], request, self.limits)
        if found is not None:
            self.seals.add(key, kept.lines[key])
        return found


def load(path: str) -> Kept:
    """The answers in a file; none when it is missing or is no such file."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return Kept.read(file.read().replace("\r\n", "\n"))
    except (OSError, ValueError):
        return Kept()


def dumps(answers: Mapping[str, Any]) -> str:
    """The file that keeps these answers; the same ones give the same bytes."""
    return Kept.of(answers).text()


def key_of(request: Request, root: str = "") -> str:
    """A digest of everything that the answer depends on: request, program and scripts."""
    from hashlib import blake2b

    said = [*_program(), list(request), _scripts(request, root)]
    text = json.dumps(said, ensure_ascii=False)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _program() -> tuple[str, str]:
    """The version of the program and the digest of its ledger."""
    from derive import __version__

    return __version__, ledger()


def _scripts(request: Request, root: str) -> str:
    """The text of all scripts that a derivation may use."""
    if request.kind != "derivation":
        return ""
    from pathlib import Path

    from derive.catalogue import folder, is_path

    folders = [Path(folder())]
    if is_path(request.text):
        folders.append(Path(place(request, root).partition("::")[0]).parent)
    files = [file for one in folders for file in sorted(one.glob("*.py"))]
    return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


def as_kept(kept: Any) -> Answer | None:
    """The answer that was kept, as it stands there; None where it is none."""
    try:
        fields = {name: kept[name] for name in Answer._fields if name != "sheet"}
        found = Answer(**fields, sheet=sheet(kept["sheet"]))
    except (SheetError, TypeError, KeyError):
        return None
    if any(type(value) is not str for value in fields.values()):
        return None
    return found if found.trouble in ("", *TROUBLES) else None


# -- the second look -------------------------------------------------------------------------


def told_again(kept: Any, request: Request, limits: Limits | None = None) -> Answer | None:
    """The answer that was kept, when what it rests on stands a second look; else None.

    A display is judged again; what its searches found before is replayed by the judge.
    """
    try:
        if request.kind == "claim" and is_latex(request.text):
            again, learned = judged(request, limits, kept["evidence"][0]["learned"])
            if learned is None:
                return None
            return again if again.trouble else expected(request, again)
        found = as_kept(kept)
        if found is None or not _stands(kept["evidence"], found, request):
            return None
    # Whatever is wrong with something that was kept, it is only that.
    except (TypeError, KeyError, IndexError, ValueError, AttributeError, RecursionError,
            ArithmeticError):  # fmt: skip
        return None
    return found


def _stands(evidence: Any, found: Answer, request: Request) -> bool:
    """Whether every verdict that the answer shows is that of a question settled here."""
    from derive.check.settling import asked
    from derive.render.notation import latex

    shown = [(block.verdict, block.statement) for block in found.sheet.blocks if block.verdict]
    settled = []
    for question in evidence:
        context, statement = asked(question)
        if not _second_look(question, context, statement):
            return False
        settled.append((question["verdict"], latex(statement, context)))
    if shown != settled:
        return False
    if request.kind == "claim":
        same = [(q["given"], q["statement"]) for q in evidence]
        wanted = "" if found.verdict == request.expect else found.trouble
        return (
            same == [(list(request.given), request.text)]
            and settled[0][0] == found.verdict
            and found.trouble == wanted
            and bool(wanted) == (found.verdict != request.expect)
        )
    verdict = "refuted" if all(v == "refuted" for v, _ in settled) else "proved"
    return found.verdict == verdict and not found.trouble


def _second_look(question: Any, context: Any, statement: Any) -> bool:
    if question["verdict"] == "unknown":
        return True  # that nothing is known claims nothing
    if question["verdict"] == "refuted":
        from derive.refute.witness import refute

        return refute(context, statement) is not None
    from derive.certificate import replay
    from derive.verdicts import accepted

    (theorem,) = replay(question["certificate"])
    verdict = accepted(context, statement, theorem)
    return verdict is not None and verdict.verdict == question["verdict"]


# -- without checking ------------------------------------------------------------------------


def unchecked(request: Request) -> Answer:
    """The answer when nothing is to be checked: a claim is only printed, a derivation named."""
    if request.kind == "derivation":
        shown = Sheet(request.text, remarks=("Not derived in this build.",))
        return Answer("", "", "", shown, "", f"{request.text}: not derived in this build\n")
    if is_latex(request.text):
        shown = Sheet(blocks=(Block(statement=request.text),))
        return Answer("", "", "", shown, f"\\[{request.text}\\]\n", request.text + "\n")
    from derive.check.settling import InputError, asked
    from derive.render.html import given_pairs
    from derive.render.notation import latex

    job = {"statement": request.text, "given": request.given}
    try:
        context, statement = asked(job)
    except InputError as error:
        shown = Sheet(blocks=(Block(notes=(request.text, str(error))),))
        return Answer("", "unreadable", str(error), shown, "", request.text + "\n")
    formula = latex(statement, context)
    shown = Sheet(blocks=(Block(given=given_pairs(context), statement=formula),))
    return Answer("", "", "", shown, f"\\[{formula}\\]\n", request.text + "\n")


def _missing(request: Request) -> Answer:
    message = "no kept answer; build once with derive_mode = 'auto' and keep the file"
    notes = (request.said, message)
    shown = Sheet(blocks=(Block(verdict="unknown", badge="Not checked", notes=notes),))
    return Answer("", "missing", message, shown, "", f"{request.said}: {message}\n")
