"""Answering requests: claims in a process with limits, derivations by running their script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.integrations.displays import is_latex, judged
from derive.integrations.requests import Answer, Request
from derive.render.page.data import Block, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derive.check.limits import Limits
    from derive.derivations import Derivation

#: The forms that an answer has beside its sheet.
FORMS = ("latex", "text")
#: What is kept of an answer so that it can be looked at a second time: each a question and
#: the certificate of its proof, or None for a counterexample, which is looked for again.
Evidence = list[dict[str, Any]]


def answer(request: Request, root: str = "", limits: Limits | None = None) -> Answer:
    """The answer to a request; scripts are found below ``root``."""
    return answer_with_evidence(request, root, limits)[0]


def answer_with_evidence(
    request: Request, root: str = "", limits: Limits | None = None
) -> tuple[Answer, Evidence | None]:
    """The answer, and what it rests on; None for what must not be kept."""
    if request.kind == "derivation":
        return _derivation(request, root)
    if is_latex(request.text):
        found, learned = judged(request, limits)
        settled = found if found.trouble else expected(request, found)
        return settled, None if learned is None else [{"learned": learned}]
    return _claim(request, limits)


# -- claims ----------------------------------------------------------------------------------


def _claim(request: Request, limits: Limits | None) -> tuple[Answer, Evidence | None]:
    from derive.check.limits import LimitError, Limits, alone
    from derive.check.settling import settle

    limits = limits or Limits()
    job = {
        "statement": request.text,
        "given": list(request.given),
        "graded": True,
        "sheet": True,
        "forms": list(FORMS),
        "certificate": True,
        "seconds": limits.seconds,
    }
    _prepare()
    try:
        found = alone(settle, job, limits=limits)
    except LimitError as error:
        return expected(request, _unsettled(request, f"limit: {error}")), None
    if "error" in found:
        shown = Sheet(blocks=(Block(verdict="unknown", notes=(f"{request.text}", found["error"])),))
        return Answer("unknown", "unreadable", found["error"], shown, "", request.text), None
    return expected(request, _settled(found)), [
        {"verdict": found["verdict"], "given": list(request.given), "statement": request.text,
         "certificate": found.get("certificate")}
    ]  # fmt: skip


def _prepare() -> None:
    """Import here what every process that is forked would import again."""
    import derive.certificate
    import derive.graded
    import derive.plain
    import derive.refute.balls
    import derive.report.html
    import derive.report.latex
    import derive.report.text
    import derive.verdicts  # noqa: F401  # all of them for the processes to come


def _settled(found: Mapping[str, Any]) -> Answer:
    from derive.render.page.data import sheet

    shown = sheet(found["sheet"])
    message = " ".join(shown.blocks[0].notes)
    latex, text = (found["forms"][form] for form in FORMS)
    return Answer(found["verdict"], "", message, shown, latex, text)


def _unsettled(request: Request, message: str) -> Answer:
    shown = Sheet(blocks=(Block(verdict="unknown", notes=(request.text, message)),))
    return Answer("unknown", "", message, shown, "", f"Unknown: {request.text}\n{message}\n")


def expected(request: Request, found: Answer) -> Answer:
    """The answer with its trouble, if it is not what the author counts on."""
    first = found.sheet.blocks[0]
    if found.verdict == request.expect:
        if found.verdict == "proved":
            return found
        badge = f"{found.verdict.capitalize()}, as expected"
        blocks = (first._replace(badge=badge), *found.sheet.blocks[1:])
        return found._replace(message="", sheet=found.sheet._replace(blocks=blocks))
    if request.expect == "proved":
        return found._replace(trouble=found.verdict)
    message = f"{found.verdict}, but {request.expect} was expected"
    blocks = (first._replace(badge=message.capitalize()), *found.sheet.blocks[1:])
    shown = found.sheet._replace(blocks=blocks)
    return found._replace(trouble="unexpected", message=message, sheet=shown)


# -- derivations -----------------------------------------------------------------------------


def _derivation(request: Request, root: str) -> tuple[Answer, Evidence | None]:
    from os.path import join

    from derive.cli.guard import described

    try:
        found = run(request, root)
    except Exception as error:  # a script is a program: whatever it does wrong is said here
        message = described(error)[1].removeprefix("error: ")
        for here in (_relative(root), join(root, "")) if root else ():
            message = message.replace(here, "")
        shown = Sheet(request.text, blocks=(Block(verdict="unknown", badge="Failed",
                                                  notes=tuple(message.split("\n"))),))  # fmt: skip
        return Answer("", "failed", message, shown, "", f"{request.text}: {message}\n"), None
    from derive.render import render
    from derive.render.html import sheet

    latex, text = (render(found, form) for form in FORMS)
    return Answer(found.verdict, "", "", sheet(found), latex, text), _evidence(found)


def run(request: Request, root: str = "") -> Derivation:
    """The derivation that is asked for, or its instance.  Raises what its script raises."""
    from derive.catalogue import find, forget

    forget(place(request, root))
    derivation = find(place(request, root)).run()
    derivation = derivation._replace(file=short(derivation.file, root))
    if request.values:
        from derive.instances import instantiate

        return instantiate(derivation, dict(request.values))
    return derivation


def _relative(root: str) -> str:
    """How messages begin the paths of files below the root, seen from the working folder."""
    from os.path import join, relpath

    try:
        found = relpath(root)
    except ValueError:  # another drive
        found = root
    return join(root if found == "." else found, "")


def short(file: str, root: str) -> str:
    """The path of a script as it is the same on every machine."""
    from os.path import abspath, dirname, relpath

    from derive.catalogue import folder

    path = abspath(file)
    home = dirname(folder()) if dirname(path) == folder() else abspath(root)
    return relpath(path, home).replace("\\", "/")


def place(request: Request, root: str) -> str:
    """The name under which the catalogue finds what is asked for."""
    from os.path import join

    from derive.catalogue import is_path

    return join(root, request.text) if root and is_path(request.text) else request.text


def _evidence(derivation: Derivation) -> Evidence | None:
    from derive.certificate import certificate
    from derive.plain import write, write_context

    if derivation.own_axioms:
        return None  # the shipped ledger alone does not prove it again
    return [
        {
            "verdict": part.verdict,
            "given": [write_context(part.context)],
            "statement": write(part.statement, part.context),
            "certificate": None if part.theorem is None else certificate([part.theorem]),
        }
        for part in derivation.parts
    ]
