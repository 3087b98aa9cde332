"""The Python-Markdown extension, for MkDocs, Zensical, Pelican and others.

    markdown_extensions:
      - derive.integrations.markdown

It knows the fences ``claim`` and ``derivation`` (``derive.integrations.fences``).  A claim
that is not what its author counts on fails the build, with its line.  Options: ``mode`` (auto,
cache, force, off), ``cache`` (the file of kept answers, empty for none), ``root`` (the folder of
both, and of scripts), ``fail`` (False: trouble is only shown), ``style`` (False: no style,
script and font with the page, for sites that load their own).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from derive.integrations.fences import Fence, in_markdown
from derive.integrations.keeping import Answers, load
from derive.integrations.kept import Kept
from derive.integrations.requests import Answer, RequestError
from derive.integrations.seals import Seals
from derive.render.page import script, section, stylesheet
from derive.render.page.data import Block, Sheet

if TYPE_CHECKING:
    from markdown import Markdown

#: Before code is taken for code, after blanks are made regular.
PRIORITY = 28


class ClaimError(Exception):
    """Claims of a page that are not what their author counts on, a line for each."""


def _failure(message: str) -> Exception:
    """The error that fails the build; MkDocs prints its own kind without a traceback."""
    import sys

    mkdocs: Any = sys.modules.get("mkdocs.exceptions")
    return ClaimError(message) if mkdocs is None else mkdocs.BuildError(message)


class DeriveExtension(Extension):
    """The extension and its options."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "mode": ["auto", "auto, cache, force or off"],
            "cache": ["derive-answers.json", "the file of kept answers; empty for none"],
            "root": [".", "the folder of the cache and of scripts"],
            "fail": [True, "whether a claim in trouble fails the build"],
            "style": [True, "whether the page carries style, script and font"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Markdown's own spelling
        """Read the fences before Markdown does."""
        md.preprocessors.register(Fences(md, self.getConfigs()), "derive", PRIORITY)


class Fences(Preprocessor):
    """Replaces every fence by the HTML of its answer."""

    def __init__(self, md: Markdown, options: dict[str, Any]) -> None:
        from os.path import join

        super().__init__(md)
        self.options = options
        self.path = join(options["root"], options["cache"]) if options["cache"] else ""
        known = load(self.path) if self.path else {}
        self.answers = Answers(options["mode"], known, options["root"], seals=Seals(self.path))

    def run(self, lines: list[str]) -> list[str]:
        """The page without its fences.  Raises ClaimError."""
        found = in_markdown(lines)
        out: list[str] = []
        troubles: list[str] = []
        done = 0
        for number, fence in enumerate(found, 1):
            answer = self._answer(fence)
            if answer.trouble:
                said = " ".join(answer.message.split())
                what = " ".join((fence.argument or fence.body).split())
                troubles.append(f"line {fence.first + 1}: {what}: {answer.trouble}: {said}")
            shown = self._shown(fence, answer, number)
            if number == 1 and self.options["style"]:
                style = f"<style>{stylesheet(embed=True)}</style>"
                shown = f"{style}\n{shown}<script>{script()}</script>"
            stashed = fence.indent + self.md.htmlStash.store(shown)
            out += [*lines[done : fence.first], "", stashed, ""]
            done = fence.end
        if found:
            self._keep()
        if troubles and self.options["fail"]:
            raise _failure("\n".join(troubles))
        return [*out, *lines[done:]]

    def _answer(self, fence: Fence) -> Answer:
        try:
            return self.answers.to(fence.request())
        except RequestError as error:
            shown = Sheet(blocks=(Block(verdict="unknown", badge="Failed", notes=(str(error),)),))
            return Answer("", "failed", str(error), shown)

    def _shown(self, fence: Fence, answer: Answer, number: int) -> str:
        looks = fence.options
        label = looks.get("label") or looks.get("name")
        from derive.render.page import anchor

        own = anchor(label) if label else f"{fence.kind}-{number}"
        folded = "folded" in looks or (fence.kind == "claim" and "unfolded" not in looks)
        shown = section(
            answer.sheet,
            level=0,
            own=own,
            folded=folded,
            explain="explain" in looks,
            classes=tuple(looks.get("class", "").split()),
        )
        return f'<div id="derivation-{own}">\n{shown}</div>\n'

    def _keep(self) -> None:
        """Write what was learned beside what was known: other pages have their own answers."""
        self.answers.seals.save(self.answers.seals.stamps)
        kept = Kept({**self.answers.known.lines, **self.answers.learned.lines})
        keeps = self.path and self.options["mode"] in ("auto", "force")
        if keeps and kept.lines != self.answers.known.lines:
            with open(self.path, "w", encoding="utf-8") as file:
                file.write(kept.text())
            self.answers.known = kept


def makeExtension(**options: Any) -> DeriveExtension:  # noqa: N802  # Markdown's own spelling
    """What Python-Markdown calls to load the extension."""
    return DeriveExtension(**options)
