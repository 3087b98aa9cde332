"""The directives ``derivation`` and ``claim``: a request read from a page, answered at once."""

from __future__ import annotations

from os.path import join, relpath
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from derive.integrations import requests
from derive.integrations.keeping import Answers, load
from derive.integrations.requests import Answer, Request, RequestError
from derive.integrations.seals import Seals
from derive.render.page import anchor

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


#: The answers of each build, with those that were kept, read once.
_ANSWERS: WeakKeyDictionary[Config, Answers] = WeakKeyDictionary()


def prepare(app: Sphinx) -> None:
    """Read the kept answers before any page is read."""
    from derive.check.limits import Limits

    config = app.config
    path = config.derive_cache
    _ANSWERS[config] = Answers(
        config.derive_mode,
        load(join(app.confdir, path)) if path else {},
        str(app.confdir),
        Limits(float(config.derive_timeout), config.derive_memory << 20),
        Seals(join(app.confdir, path) if path else ""),
    )


def answers_of(config: Config) -> Answers:
    """The answers of a build."""
    return _ANSWERS[config]


class _Asking(SphinxDirective):
    """What both directives share: ask, remember the answer with its place, show it."""

    option_spec: ClassVar[dict[str, Any]] = {
        "class": directives.class_option,
        "name": directives.unchanged,
        "label": directives.unchanged,
        "folded": directives.flag,
        "unfolded": directives.flag,
        "explain": directives.flag,
    }
    kind = ""

    def run(self) -> list[nodes.Node]:
        """The nodes that show the answer."""
        try:
            request = self.request()
        except RequestError as error:
            raise self.error(str(error)) from None
        answers = answers_of(self.config)
        answer = answers.to(request)
        self._remember(request, answer, answers)
        return self._shown(answer)

    def request(self) -> Request:
        """What is asked.  Raises RequestError."""
        raise RequestError(f"{self.name} asks nothing")

    def _remember(self, request: Request, answer: Answer, answers: Answers) -> None:
        from derive.check.sealing import build
        from derive.integrations.sphinx.domain import Record

        path, line = self.get_source_info()
        key = answers.key(request)
        kept, stamp = answers.learned.lines.get(key), answers.seals.stamps.get(key, "")
        if kept is None:
            key, stamp = "", ""
        elif kept == answers.known.lines.get(key):
            kept = None
        bare = Answer(answer.verdict, answer.trouble, answer.message)
        domain: Any = self.env.get_domain("derive")
        record = Record(request, bare, relpath(path), line, build(), key, kept, stamp)
        domain.note(self.env.docname, record)

    def _shown(self, answer: Answer) -> list[nodes.Node]:
        from derive.integrations.sphinx.output import Shown

        label = self.options.get("label") or self.options.get("name") or self.default_label()
        own = anchor(label) if label else f"{self.kind}-{self.env.new_serialno('derive') + 1}"
        shown = Shown("", answer=answer, own=own)
        shown["explain"] = "explain" in self.options
        shown["folded"] = self.folded()
        shown["classes"] += self.options.get("class", [])
        shown.source, shown.line = self.get_source_info()
        shown["ids"].append(f"derivation-{own}")
        if label:
            domain: Any = self.env.get_domain("derive")
            domain.note_target(label, self.env.docname, f"derivation-{own}", self.kind)
        if self.options.get("name"):
            self.add_name(shown)
        return [shown]

    def default_label(self) -> str:
        """The name to link to, when the author gives none."""
        return ""

    def folded(self) -> bool:
        """Whether the steps are hidden until they are asked for."""
        return "folded" in self.options


class DerivationDirective(_Asking):
    """``derivation``: a derivation of the catalogue or of a script beside the pages."""

    kind = "derivation"
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {**_Asking.option_spec, "with": directives.unchanged}

    def request(self) -> Request:
        """The derivation; its script is a dependency of the page."""
        found = requests.derivation(self.arguments[0], self.options.get("with", ""))
        self._note_script(found)
        return found

    def default_label(self) -> str:
        """Its name, unless an instance is shown."""
        name: str = self.arguments[0].partition("::")[2] or self.arguments[0]
        return "" if self.options.get("with") else name.strip()

    def _note_script(self, request: Request) -> None:
        """Read the page again when the script changes."""
        from os.path import exists

        from derive.catalogue import entries, folder
        from derive.integrations.answers import place

        path = place(request, answers_of(self.config).root).partition("::")[0]
        for entry in entries():
            if entry.name == request.text.replace("_", "-"):
                path = join(folder(), entry.file.partition("/")[2])
        if exists(path):
            self.env.note_dependency(path)


class ClaimDirective(_Asking):
    """``claim``: a statement that the build proves, or refutes when that is expected."""

    kind = "claim"
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        **_Asking.option_spec,
        "given": directives.unchanged,
        "expect": directives.unchanged,
    }

    def request(self) -> Request:
        """The statement in the body."""
        given, expect = self.options.get("given", ""), self.options.get("expect", "")
        return requests.claim("\n".join(self.content), given, expect)

    def folded(self) -> bool:
        """The proof of a claim is hidden until it is asked for."""
        return "unfolded" not in self.options
