"""What happens around a build: warnings, the kept answers, the builder ``derive``."""

from __future__ import annotations

import json
from os.path import join
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders import Builder
from sphinx.util import logging

from derive.integrations.sphinx.directives import answers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from derive.integrations.sphinx.domain import Record

logger = logging.getLogger(__name__)


def records(env: BuildEnvironment) -> Iterator[Record]:
    """Every answer of the project, in the order of its pages and their lines."""
    domain: Any = env.get_domain("derive")
    for docname in sorted(domain.records):
        yield from sorted(domain.records[docname], key=lambda record: record.line)


def outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> list[str]:
    """Pages whose answers are those of another program, were not to be found before, or would
    be missing in the file of kept answers."""
    from derive.check.sealing import build

    del added, changed, removed
    domain: Any = env.get_domain("derive")
    config = app.config
    keeps = config.derive_cache and config.derive_mode == "auto"
    known = answers_of(config).known.lines

    def is_old(record: Record) -> bool:
        lost = keeps and record.key and record.kept is None and record.key not in known
        return bool(record.version != build() or record.answer.trouble == "missing" or lost)

    force = config.derive_mode == "force"
    return [name for name, found in domain.records.items() if force or any(map(is_old, found))]


def report_troubles(app: Sphinx, error: Exception | None) -> None:
    """Warn of every trouble, also of those on pages that this build did not read again.

    The builder ``derive`` fails for it with exit status 1.
    """
    if error is not None:
        return
    for record in records(app.env):
        trouble = record.answer.trouble
        if trouble:
            if app.builder.name == DeriveBuilder.name:
                app.statuscode = 1
            where = f"{record.path}:{record.line}"
            logger.warning("%s", sentence(record), type="derive", subtype=trouble, location=where)


def sentence(record: Record) -> str:
    """What is wrong, on one line."""
    answer = record.answer
    said = " ".join(answer.message.split())
    return f"{record.request.said}: {answer.trouble}" + (f": {said}" if said else "")


def keep_answers(app: Sphinx, error: Exception | None) -> None:
    """Write the file of kept answers, when they are others than before."""
    from derive.integrations.kept import Kept

    config = app.config
    if error is not None or not config.derive_cache or config.derive_mode == "off":
        return
    answers = answers_of(config)
    known = answers.known.lines
    kept: dict[str, tuple[str, str]] = {}
    stamps: dict[str, str] = {}
    for record in records(app.env):
        value = record.kept if record.kept is not None else known.get(record.key)
        if value is not None:
            kept[record.key] = value
            stamps[record.key] = record.stamp
    answers.seals.save({key: stamp for key, stamp in stamps.items() if stamp})
    path = Path(app.confdir, config.derive_cache)
    if config.derive_mode != "cache" and kept != known and (kept or path.exists()):
        path.write_text(Kept(kept).text(), encoding="utf-8")


class DeriveBuilder(Builder):
    """``sphinx-build -b derive``: check every claim and derivation, and write a report."""

    name = "derive"
    format = ""
    epilog = "The report is in %(outdir)s/output.txt and results.json."
    allow_parallel = True

    def get_outdated_docs(self) -> set[str]:
        """All pages: their answers are in the report."""
        return set(self.env.found_docs)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """No page is written, so none has an address."""
        del docname, typ
        return ""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing is written page by page."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Nothing is written page by page."""

    def finish(self) -> None:
        """Write the report."""
        found = list(records(self.env))
        rows = [line_of(record) for record in found]
        text = "\n".join([*rows, "", summary(found)]) + "\n"
        Path(join(self.outdir, "output.txt")).write_text(text, encoding="utf-8")
        data = {"schema": "derive-docs/1", "results": [result_of(record) for record in found]}
        shown = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        Path(join(self.outdir, "results.json")).write_text(shown, encoding="utf-8")
        logger.info("%s", text)


def line_of(record: Record) -> str:
    """One line of the report."""
    place = f"{record.path}:{record.line}"
    if record.answer.trouble:
        return f"{place}: {sentence(record)}"
    return f"{place}: {record.request.said}: {record.answer.verdict or 'not checked'}"


def summary(found: Sequence[Record]) -> str:
    """How many there are of each, always said."""
    counts: dict[str, int] = {}
    for record in found:
        kind = record.answer.trouble or record.answer.verdict or "not checked"
        if not record.answer.trouble and record.request.expect in ("refuted", "unknown"):
            kind += " as expected"
        counts[kind] = counts.get(kind, 0) + 1
    said = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))
    noun = "claim or derivation" if len(found) == 1 else "claims and derivations"
    return f"{len(found)} {noun}: {said or 'none'}"


def result_of(record: Record) -> dict[str, Any]:
    """An answer in the JSON report."""
    return {
        "path": record.path,
        "line": record.line,
        "kind": record.request.kind,
        "text": record.request.text,
        "given": list(record.request.given),
        "values": dict(record.request.values),
        "expect": record.request.expect or None,
        "verdict": record.answer.verdict or None,
        "trouble": record.answer.trouble or None,
        "message": record.answer.message or None,
    }
