"""``derive_check_math``: the displays of every page, judged as ``derive check`` judges its file.

A display stands in the context of its page: declarations in the text, in comments and beside the
file count, and what was found is remembered where ``derive check`` remembers it.  With
``claims`` a warning is what fails ``derive check``: a step that is refuted, an expectation that
does not hold.  With ``all`` a step of which nothing is known, or that cannot be read, is one too.
"""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derive.integrations.requests import Answer, Request

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from derive.check.claims import Claim
    from derive.check.configuration import Configuration

#: What is checked: nothing, what is claimed, and everything that is shown.
CHECKED = ("off", "claims", "all")


def check_formulas(app: Sphinx, doctree: nodes.document) -> None:
    """Judge the displays of the page that was just read."""
    del doctree
    config = app.config
    if config.derive_check_math == "off" or config.derive_mode == "off":
        return
    from derive.check.sealing import build
    from derive.document import suffixes
    from derive.integrations.sphinx.domain import Record

    docname = app.env.docname
    path = Path(app.env.doc2path(docname))
    if path.suffix not in suffixes():
        return
    domain: Any = app.env.get_domain("derive")
    shown = relpath(path)
    for claim in judged(path, configuration(config, path)):
        if claim.verdict is None:
            continue
        request = Request("math", words_of(claim), expect=claim.expected or "proved")
        answer = answer_to(claim, config.derive_check_math == "all")
        domain.note(docname, Record(request, answer, shown, claim.line, build()))


def configuration(config: Config, path: Path) -> Configuration:
    """The settings of the project of a page, with those of ``conf.py`` before them."""
    from sphinx.errors import ConfigError

    from derive.check.configuration import ConfigurationError, found

    overrides = {
        "timeout": float(config.derive_timeout), "memory": config.derive_memory, "jobs": 1,
    }  # fmt: skip
    if config.derive_mode == "force":
        overrides["cache"] = False
    try:
        return found(str(path.parent), overrides)
    except ConfigurationError as error:
        raise ConfigError(str(error)) from None


def judged(path: Path, settings: Configuration) -> list[Claim]:
    """The claims of a file, remembered or made."""
    from derive.check.files import Source
    from derive.cli.checking import Task, judged, selected

    source = Source(relpath(path).replace("\\", "/"), path)
    result = judged(Task(settings, [source], []), _silent)
    return selected(result.claims, settings)


def _silent(done: int, count: int) -> None:
    """Sphinx has a progress of its own."""
    del done, count


def words_of(claim: Claim) -> str:
    """The formula of a claim in a few words: as it was read, or the line in which it stands."""
    if claim.lhs is not None:
        return f"{claim.lhs} {claim.relation} {claim.rhs}"
    lines = (claim.excerpt or {}).get("lines") or [[0, f"step {claim.step}"]]
    return " ".join(str(lines[0][1]).split())


def answer_to(claim: Claim, strict: bool) -> Answer:
    """The verdict on a claim and its trouble.

    >>> from derive.check.claims import Claim
    >>> claim = Claim("a.md", 1, 1, 1, 2, verdict="unknown", code="D301", message="what?")
    >>> answer_to(claim, True).trouble, answer_to(claim, False).trouble
    ('unreadable', '')
    """
    from derive.check.report._sentences import is_bad, is_open, remedies, sentence
    from derive.check.report._visible import visible

    verdict, code = claim.verdict or "", claim.code or ""
    trouble = ""
    if is_bad(claim):
        trouble = {"D1": "refuted", "D5": "unexpected", "D9": "failed"}.get(code[:2], "unknown")
    elif strict and is_open(claim):
        trouble = "unreadable" if code.startswith("D3") else "unknown"
    if not trouble:
        return Answer(verdict)
    said = [f"step {claim.step}: {sentence(claim)}", *remedies(claim)]
    return Answer(verdict, trouble, visible("; ".join(" ".join(s.split()) for s in said)))
