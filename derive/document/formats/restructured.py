"""reStructuredText: the directive and the role ``math``, titles, comments, literal blocks."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence

from derive.document.inline import Syntax
from derive.document.paragraphs import Paragraphs
from derive.document.pieces import Contents, Piece, bounded
from derive.document.remarks import remark
from derive.document.views import Line, View

SUFFIXES = (".rst", ".rest")

_DIRECTIVE = re.compile(r"[ \t]*\.\.[ \t]+(?P<name>[\w:.+-]+)::(?:[ \t]+(?P<rest>.*))?$")
_COMMENT = re.compile(r"[ \t]*\.\.(?:[ \t]+(?P<rest>.*))?$")
_TARGET = re.compile(r"_|\[[^\]]+\]|\|[^|]+\|")
_OPTION = re.compile(r"[ \t]*:(?P<key>[\w-]+):(?:[ \t]+(?P<value>.*))?$")
_FENCE = re.compile(r"[ \t]*```[\w{}+-]*[ \t]*$")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+\u2022]|\(?(?:\d{1,4}|#|[a-z])[.)])[ \t]+(?=\S)")
#: Directives that hold text, and those whose argument is a title.
_TEXTUAL = {
    "admonition", "attention", "caution", "container", "danger", "deprecated", "div", "dropdown",
    "epigraph", "error", "hint", "important", "margin", "note", "only", "proof", "remark",
    "seealso", "sidebar", "theorem", "tip", "topic", "versionadded", "versionchanged", "warning",
    "lemma", "definition", "todo",
}  # fmt: skip
_TITLED = {"rubric"}
_RUBRIC = 7  # deeper than any section

SYNTAX = Syntax(role=":math:", marks=False)


def read(view: View, syntax: Syntax = SYNTAX) -> Contents:
    """The pieces of a text in reStructuredText.

    >>> text = chr(10).join([".. math::", "   :label: one", "", "   a = b", "", "   c = d"])
    >>> [(p.kind, p.text, p.label) for p in read(View(text)).pieces]
    [('display', 'a = b', 'one'), ('display', 'c = d', 'one')]
    """
    pieces = bounded(_Reader(view, syntax).read())
    title = next((p.text for p in pieces if p.kind == "heading" and p.level < _RUBRIC), "")
    return Contents(pieces, title)


class _Reader(Paragraphs):
    """Reads a text line by line."""

    def __init__(self, view: View, syntax: Syntax) -> None:
        super().__init__(view, syntax)
        self.item = False
        self.styles: list[str] = []  # of titles, from the outermost
        fences = (k for k in range(len(self.lines) - 1, -1, -1) if _is_fence(self.lines[k]))
        self.last_fence = next(fences, -1)
        self.literal = -1  # the indentation below which a literal block stands

    def read(self) -> Iterator[Piece]:
        """All pieces."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if line.blank:
                yield from self.finish()
                at += 1
            elif self.literal >= 0 and not self.pending and line.indent > self.literal:
                at += 1
            elif not self.pending and (title := self.title_at(at)) is not None:
                at = yield from self.titled(title)
            elif not self.pending and self.is_code(at):
                at = self.behind_code(at)
            elif directive := _DIRECTIVE.match(line.text):
                yield from self.finish()
                at = yield from self.directive(at, directive)
            elif not self.pending and (comment := _COMMENT.match(line.text)):
                at = yield from self.comment(at, comment)
            else:
                yield from self.add(line)
                at += 1
        yield from self.finish()

    def add(self, line: Line) -> Iterator[Piece]:
        """One more line of a paragraph; an item of a list is one of its own."""
        item = _ITEM.match(line.text) if self.item or not self.pending else None
        if item:
            yield from self.finish()
        self.item = self.item or item is not None
        if not self.pending:
            self.literal = -1
        self.pending.append((line.start + (item.end() if item else line.indent), line.end))
        text = line.text.rstrip()
        # Where the paragraph ends so, an indented block behind it is literal.
        self.literal = line.indent if text.endswith("::") else -1

    def finish(self) -> Iterator[Piece]:
        """The pieces of the paragraph that ends here."""
        self.item = self.item and not self.pending
        yield from super().finish()

    def is_code(self, at: int) -> bool:
        """Whether a doctest begins in the line, or a fence that is closed."""
        text = self.lines[at].text
        if _FENCE.match(text):
            return at < self.last_fence
        return text.lstrip().startswith(">>>")

    def behind_code(self, at: int) -> int:
        """The line behind a doctest, or behind a fence as Markdown writes it."""
        fence = self.lines[at].text.lstrip()[:3] == "```"
        at += 1
        while at < len(self.lines):
            text = self.lines[at].text.strip()
            if fence and _is_fence(self.lines[at]):
                return at + 1
            if not fence and not text:
                return at
            at += 1
        return at

    # -- titles ----------------------------------------------------------------------------

    def title_at(self, at: int) -> tuple[int, str] | None:
        """The line of a title that begins here, and its style."""

        def adornment(k: int) -> str:
            found = _ADORNMENT.match(self.lines[k].text) if k < len(self.lines) else None
            return found[1] if found else ""

        def fits(title: int, under: int) -> bool:
            return len(self.lines[under].text.rstrip()) >= min(
                len(self.lines[title].text.strip()), 4
            )

        over, under = adornment(at), adornment(at + 1)
        if over and at + 2 < len(self.lines) and over == adornment(at + 2) and not under:
            return None if self.lines[at + 1].blank else (at + 1, over + over)
        if under and not over and fits(at, at + 1):
            return at, under
        return None

    def titled(self, title: tuple[int, str]) -> Generator[Piece, None, int]:
        """A title with its lines."""
        k, style = title
        if style not in self.styles:
            self.styles.append(style)
        self.number += 1
        line = self.lines[k]
        words = self.view.stripped(line.start, line.end)
        level = self.styles.index(style) + 1
        yield words.piece("heading", level=level, paragraph=self.number)
        self.literal = -1
        return k + 2

    # -- directives and comments -----------------------------------------------------------

    def block_end(self, at: int) -> int:
        """The line behind what is indented further than line ``at``."""
        indent, end = self.lines[at].indent, at + 1
        last = end
        while end < len(self.lines) and (self.lines[end].blank or self.lines[end].indent > indent):
            end += 1
            last = last if self.lines[end - 1].blank else end
        return last

    def directive(self, at: int, found: re.Match[str]) -> Generator[Piece, None, int]:
        """A directive; the text of those that hold text is read on as text."""
        name, line = found["name"].split(":")[-1], self.lines[at]
        begin = line.start + max(found.start("rest"), 0) if found["rest"] else line.end
        if name in _TEXTUAL:
            if begin < line.end:
                self.pending.append((begin, line.end))
            return at + 1
        end = self.block_end(at)
        rest = Line(begin, line.end, found["rest"] or "")
        self.number += 1
        if name == "math":
            yield from self.displays(rest, self.lines[at + 1 : end])
        elif name in _TITLED:
            words = self.view.stripped(begin, line.end)
            yield words.piece("heading", level=_RUBRIC, paragraph=self.number)
        elif name == "given":
            body = self.body(rest, self.lines[at + 1 : end])
            yield body.piece("given", paragraph=self.number)
        return end

    def displays(self, rest: Line, body: Sequence[Line]) -> Iterator[Piece]:
        """The equations of a directive ``math``: blank lines stand between them."""
        label, wrapped = "", True
        blocks: list[list[Line]] = [[rest] if rest.text.strip() else []]
        options = True
        for line in body:
            option = _OPTION.match(line.text) if options else None
            if line.blank:
                options = False
                blocks.append([])
            elif option and option["key"] in ("label", "name", "nowrap", "no-wrap", "class"):
                if option["key"] in ("label", "name"):
                    label = (option["value"] or "").strip()
                wrapped = wrapped and option["key"] not in ("nowrap", "no-wrap")
            else:
                blocks[-1].append(line)
        if not wrapped:
            blocks = [[line for block in blocks for line in block]]
        for block in blocks:
            text = self.body(block[0], block[1:]) if block else None
            if text is not None and text.text:
                notes = {"environment": "math", "label": label, "paragraph": self.number}
                yield text.piece("display", **notes)

    def body(self, first: Line, others: Sequence[Line]) -> View:
        """Some lines without the white space before them."""
        lines = [first, *others]
        # The rest of a first line stands further right than the others and shares nothing.
        shared = min((n.indent for n in others if not n.blank), default=0)
        spans = [
            (n.start + min(shared if k else n.indent, len(n.text)), n.end)
            for k, n in enumerate(lines)
        ]
        return self.view.take(*spans).stripped()

    def comment(self, at: int, found: re.Match[str]) -> Generator[Piece, None, int]:
        """A comment, which may speak to the checker; also targets, footnotes and the like."""
        line, end = self.lines[at], self.block_end(at)
        rest = found["rest"] or ""
        self.number += 1
        if rest and not _TARGET.match(rest):
            begin = line.start + found.start("rest")
            body = self.body(Line(begin, line.end, rest), self.lines[at + 1 : end])
            said = remark(body, self.number)
            if said is not None:
                yield said
        return end


def _is_fence(line: Line) -> bool:
    return line.text.strip() == "```"
