"""The pytest plugin: ``pytest --derive`` makes a test of every claim in the documents.

Claims are the fences and directives of Markdown and reStructuredText files and of docstrings
(``derive.integrations.fences``), and every step of the displays of documents, as ``derive check``
reads them: Markdown, LaTeX, reStructuredText, notebooks, docstrings.  Each is one item, at its
line.  A step that is refuted fails; one that nothing is known of is skipped and says why, or
fails too with ``--derive-strict``.  Without ``--derive`` nothing is collected and nothing of
``derive`` is imported.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from derive.integrations.fences import Fence

#: How the claims of a file are found, by the file's suffix.
MARKDOWN, RESTRUCTURED, PYTHON = (".md", ".markdown"), (".rst",), (".py",)
#: Those that have displays only.
DISPLAYS = (".tex", ".ipynb")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("derive", "claims in documents")
    group.addoption("--derive", action="store_true", help="test the claims in documents")
    group.addoption("--derive-timeout", type=float, default=10.0, metavar="SECONDS",
                    help="time for one claim (10)")  # fmt: skip
    group.addoption("--derive-strict", action="store_true",
                    help="steps that are unknown fail, too")  # fmt: skip


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A document that may have claims."""
    if not parent.config.getoption("derive"):
        return None
    if file_path.suffix not in (*MARKDOWN, *RESTRUCTURED, *PYTHON, *DISPLAYS):
        return None
    found: pytest.Collector = Document.from_parent(parent, path=file_path)
    return found


class ClaimFailed(Exception):  # noqa: N818  # a result of a test, not an error
    """A claim is not what its author counts on."""


class Document(pytest.File):
    """A document; its items are its claims."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each claim and derivation, in their order."""
        seen: dict[str, int] = {}
        for fence, line in fences_of(self.path):
            words = " ".join((fence.argument or fence.body).split())
            label = fence.options.get("label") or fence.options.get("name") or words[:60]
            name = f"L{line + 1}:{label}"
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name += f"#{seen[name]}"
            yield ClaimItem.from_parent(self, name=name, fence=fence, line=line)
        yield from self._steps()

    def _steps(self) -> Iterator[pytest.Item]:
        """One item for each step of a display; a definition claims nothing and is none."""
        from derive.integrations.steps import placed

        for claim in placed(self.path):
            name = f"L{claim.line}:{claim.column}:{claim.name or 'display'}:step{claim.step}"
            yield StepItem.from_parent(self, name=name, claim=claim)

    def judged(self) -> Any:
        """The claims of the document by place; the document is judged when the first is asked."""
        if not hasattr(self, "_judged"):
            from derive.integrations.steps import judged

            self._judged = judged(self.path, self.config.getoption("derive_timeout"))
        return self._judged


def fences_of(path: Path) -> Iterator[tuple[Fence, int]]:
    """The claims of a file and their lines, counted from 0."""
    from derive.integrations.fences import in_markdown, in_restructured

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    if path.suffix not in PYTHON:
        read = in_markdown if path.suffix in MARKDOWN else in_restructured
        for fence in read(text.splitlines()):
            yield fence, fence.first
        return
    if "claim" not in text and "derivation" not in text:
        return
    for docstring, start in docstrings(text):
        lines = docstring.splitlines()
        both = [*in_markdown(lines), *in_restructured(lines)]
        for fence in sorted(both, key=lambda f: f.first):
            yield fence, start + fence.first


def docstrings(source: str) -> Iterator[tuple[str, int]]:
    """The docstrings of a program as they are written, and the lines at which they begin."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, kinds) and ast.get_docstring(node) is not None:
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            assert isinstance(first.value, ast.Constant)
            yield str(first.value.value), first.lineno - 1


class ClaimItem(pytest.Item):
    """One claim as a test."""

    def __init__(self, *, fence: Fence, line: int, **more: Any) -> None:
        super().__init__(**more)
        self.fence, self.line = fence, line

    def runtest(self) -> None:
        """Settle the claim.  Raises ClaimFailed."""
        from derive.check.limits import Limits
        from derive.integrations.answers import answer
        from derive.integrations.requests import RequestError

        try:
            request = self.fence.request()
        except RequestError as error:
            raise ClaimFailed(str(error)) from None
        limits = Limits(self.config.getoption("derive_timeout"))
        found = answer(request, str(self.path.parent), limits)
        if found.trouble:
            raise ClaimFailed(f"{found.trouble}: {found.message}\n\n{found.plain}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The place and what is wrong, without the inside of this program."""
        if isinstance(excinfo.value, ClaimFailed):
            return f"{self.path.name}:{self.line + 1}: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        return self.path, self.line, self.name


class StepItem(pytest.Item):
    """One step of a display as a test."""

    def __init__(self, *, claim: Any, **more: Any) -> None:
        super().__init__(**more)
        self.claim = claim

    def runtest(self) -> None:
        """Judge the step.  Raises ClaimFailed."""
        from derive.integrations.steps import fails, told

        assert isinstance(self.parent, Document)
        found = self.parent.judged().get((self.claim.chain, self.claim.step))
        if found is None:
            raise ClaimFailed("the step was not judged")
        if found.verdict is None:
            pytest.skip(f"{found.kind}: nothing is claimed")
        if fails(found, strict=self.config.getoption("derive_strict")):
            raise ClaimFailed(told(found))
        if found.verdict != found.expected and found.verdict == "unknown":
            pytest.skip(told(found))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The place and what is wrong, without the inside of this program."""
        if isinstance(excinfo.value, ClaimFailed):
            return f"{self.path.name}:{self.claim.line}:{self.claim.column}: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the step stands."""
        return self.path, self.claim.line - 1, self.name
