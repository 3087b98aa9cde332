"""From answers to what a builder writes: HTML, LaTeX, or text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from derive.render.page import font, script, section, stylesheet

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What pages with an answer load, from the folder of static files.
STYLE, SCRIPT, FONT = "derive.css", "derive.js", "derive-math.woff2"


class Shown(nodes.General, nodes.Element):
    """An answer on a page, until it is known who writes the page.

    ``answer``, ``own`` (its part of ids), ``explain`` and ``folded``.
    """


class Html(nodes.General, nodes.Element):
    """HTML of our own.  Unlike ``raw`` it is no text for the search: formulas are no words."""

    def __init__(self, rawsource: str = "", html: str = "") -> None:
        super().__init__(rawsource, html=html)


def visit_html(translator: Any, node: Html) -> None:
    """Write it as it is."""
    translator.body.append(node["html"])
    raise nodes.SkipNode


def write_answers(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Every answer of a page becomes something that any writer knows."""
    del docname
    for node in list(doctree.findall(Shown)):
        held = nodes.container(ids=node["ids"], names=node["names"], classes=["derive-answer"])
        held += written(node, app.builder.format)
        node.replace_self(held)


def written(node: Shown, form: str) -> nodes.Node:
    """An answer for the writer of one format."""
    answer = node["answer"]
    if form == "html":
        shown = section(
            answer.sheet,
            own=node["own"],
            explain=node["explain"],
            folded=node["folded"],
            level=0,
            classes=tuple(node["classes"]),
        )
        return Html("", shown)
    if form == "latex" and answer.latex:
        return nodes.raw("", answer.latex, format="latex")
    return nodes.literal_block("", answer.plain, language="text")


def add_files(app: Sphinx) -> None:
    """Have HTML pages load the style and the script."""
    if app.builder.format == "html":
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")


def only_where_needed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Pages without an answer load neither."""
    del templatename, doctree
    domain: Any = app.env.get_domain("derive")
    if all(record.request.kind == "math" for record in domain.records.get(pagename, ())):
        for kind, own in (("css_files", STYLE), ("script_files", SCRIPT)):
            kept = [file for file in context.get(kind, ()) if own not in str(_filename(file))]
            context[kind] = kept


def _filename(file: Any) -> Any:
    return getattr(file, "filename", file)


def copy_files(app: Sphinx, error: Exception | None) -> None:
    """Put style, script and font beside the other static files, once for the site."""
    if error is not None or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    static.mkdir(parents=True, exist_ok=True)
    (static / STYLE).write_text(stylesheet(font_url=FONT), encoding="utf-8")
    (static / SCRIPT).write_text(script(), encoding="utf-8")
    (static / FONT).write_bytes(font())
