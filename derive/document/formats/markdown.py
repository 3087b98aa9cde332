"""Markdown: paragraphs, headings, fences and comments, in all spellings of mathematics.

Understood are dollars, TeX brackets (also kramdown's, with two backslashes), bare environments,
GitHub's fence ``math``, MyST's directive and role ``math``.  Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from derive.document.frontmatter import front_matter
from derive.document.inline import DISPLAYS, Syntax
from derive.document.macros import arguments_in
from derive.document.paragraphs import Paragraphs
from derive.document.pieces import Contents, Piece, bounded
from derive.document.remarks import remark
from derive.document.views import Line, Span, View, dedented, lines_of

SUFFIXES = (".md", ".markdown", ".mkd", ".myst", ".qmd", ".rmd", ".txt")

_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>[^`]*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_CLOSING_SIGNS = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_OPTION = re.compile(r"[ \t]*:(?P<key>[\w-]+):[ \t]*(?P<value>.*)$")
_RULE = re.compile(r" {0,3}(?:-[- \t]{2,}|\*[* \t]{2,}|_[_ \t]{2,})$")
#: Directives of MyST that hold text; what another one holds is left alone.
_TEXTUAL = {
    "abstract", "admonition", "attention", "caution", "danger", "dropdown", "epigraph", "error",
    "hint", "important", "margin", "note", "proof", "seealso", "sidebar", "tip", "topic", "warning",
}  # fmt: skip
_SPANS = re.compile(
    rf"(?P<ticks>`+)|\\{{1,2}}[\[\]]|\\begin\{{(?:{DISPLAYS})\*?\}}"
    rf"|\\end\{{(?:{DISPLAYS})\*?\}}|\\.|\$\$"
)


def read(view: View, syntax: Syntax | None = None) -> Contents:
    """The pieces of a Markdown text.

    >>> text = chr(10).join(["# Loss", "", "For $x > 0$:", "", "$$x = x$$"])
    >>> [(p.kind, p.text) for p in read(View(text)).pieces]
    [('heading', 'Loss'), ('prose', 'For $x > 0$:'), ('inline', 'x > 0'), ('display', 'x = x')]
    """
    reader = _Reader(_unquoted(view), syntax or Syntax())
    head = front_matter(reader.view, reader.lines)
    pieces = bounded(reader.read(head.after))
    first = next((p.text for p in pieces if p.kind == "heading"), "")
    macros = {name: (arguments_in(body), body) for name, body in head.math}
    return Contents(head.given + pieces, head.title or first, macros)


def _unquoted(view: View) -> View:
    """The text without the marks of block quotations."""
    if ">" not in view.text:
        return view
    spans: list[Span] = []
    quoted = before_blank = True
    for line in lines_of(view):
        at = 0
        mark = _QUOTE.match(line.text) if quoted or before_blank else None
        quoted = mark is not None
        while mark is not None:
            at = mark.end()
            mark = _QUOTE.match(line.text, at)
        spans.append((line.start + at, line.end))
        before_blank = line.blank
    return view.take(*spans)


class _Reader(Paragraphs):
    """Reads a text line by line."""

    def __init__(self, view: View, syntax: Syntax) -> None:
        super().__init__(view, syntax)
        self.open = ""  # the mark that closes the display begun in this paragraph
        self.item = 0  # where the text of the list item begins
        self.enclosing: list[str] = []  # the fences of directives that hold text
        self.last_comment = view.text.rfind("-->")

    def read(self, at: int) -> Iterator[Piece]:
        """The pieces from a line on."""
        while at < len(self.lines):
            line = self.lines[at]
            if line.blank:
                yield from self.finish()
                at += 1
            elif self.open:
                self.add(line.start, line.end)
                at += 1
            elif (fence := _FENCE.match(line.text)) and not self.is_code(line):
                yield from self.finish()
                at = yield from self.fenced(at, fence)
            elif (place := self.comment_in(line)) >= 0 and not self.is_code(line):
                at = yield from self.commented(at, place)
            else:
                yield from self.ordinary(line)
                at += 1
        yield from self.finish()

    def finish(self) -> Iterator[Piece]:
        """The pieces of the paragraph that ends here, and with it a display left open."""
        self.open = ""
        yield from super().finish()

    def add(self, start: int, end: int) -> None:
        """One more line of the paragraph, which may open or close a display."""
        self.pending.append((start, end))
        self.open = _still_open(self.view.text[start:end], self.open)

    def is_code(self, line: Line) -> bool:
        """Whether the line is code by its indentation."""
        if self.pending:
            return False
        indent = len(line.text[: line.indent].expandtabs(4))
        if indent < self.item:
            self.item = 0
        return indent >= self.item + 4

    def ordinary(self, line: Line) -> Iterator[Piece]:
        """A line of text, of a list, a heading or indented code."""
        heading = _HEADING.match(line.text)
        underline = _UNDERLINE.match(line.text) if self.pending else None
        if underline:
            title = self.view.take(*self.pending).stripped()
            self.pending = []
            yield from self.heading(title, 1 if underline[1][0] == "=" else 2)
        elif heading:
            yield from self.finish()
            words = _CLOSING_SIGNS.sub("", (heading[2] or "").rstrip())
            start = line.start + max(heading.start(2), 0)
            yield from self.heading(self.view.stripped(start, start + len(words)), len(heading[1]))
        elif _RULE.match(line.text):
            yield from self.finish()
        elif not self.is_code(line):
            item = _ITEM.match(line.text)
            if item:
                yield from self.finish()
                self.item = len(item[0].expandtabs(4))
            self.add(line.start + (item.end() if item else 0), line.end)

    def heading(self, title: View, level: int) -> Iterator[Piece]:
        """A heading, which is a paragraph of its own."""
        self.number, self.item = self.number + 1, 0
        yield title.piece("heading", level=level, paragraph=self.number)

    # -- comments --------------------------------------------------------------------------

    def comment_in(self, line: Line) -> int:
        """Where a comment begins in the line, if not in a span of code; or -1."""
        place = line.text.find("<!--")
        if (
            place < 0
            or line.start + place > self.last_comment
            or line.text.count("`", 0, place) % 2
        ):
            return -1
        return line.start + place

    def commented(self, at: int, place: int) -> Generator[Piece, None, int]:
        """Comments, perhaps of several lines; text before and behind them stays."""
        text, begin = self.view.text, self.lines[at].start
        while 0 <= place <= self.last_comment:
            if text[begin:place].strip():
                self.add(begin, place)
            end = text.index("-->", place)
            said = remark(self.view.take((place + 4, end)), self.number + 1)
            if said is not None:
                yield from self.finish()
                yield said._replace(paragraph=self.number + 1)
            begin = end + 3
            while at + 1 < len(self.lines) and self.lines[at + 1].start <= begin:
                at += 1
            place = text.find("<!--", begin, self.lines[at].end)
        if begin < len(text) and text[begin : self.lines[at].end].strip():
            self.add(begin, self.lines[at].end)
        return at + 1

    # -- fences ----------------------------------------------------------------------------

    def fenced(self, at: int, fence: re.Match[str]) -> Generator[Piece, None, int]:
        """What a fence encloses: a display, text, or something else."""
        info = fence["info"].strip()
        name = info.split("}")[0].strip("{ ").split(" ")[0]
        directive = info.startswith("{")
        if self.enclosing and _closes(self.lines[at].text, self.enclosing[-1]):
            self.enclosing.pop()
            return at + 1
        if directive and (name in _TEXTUAL or name.startswith("prf:")):
            self.enclosing.append(fence["fence"])
            return at + 1
        if fence["fence"][0] == ":" and name != "math":
            return at + 1
        end = at + 1
        while end < len(self.lines) and not _closes(self.lines[end].text, fence["fence"]):
            end += 1
        inside = self.lines[at + 1 : end]
        self.number += 1
        if name == "math":
            yield from self.display(inside, directive)
        elif directive and name == "eval-rst":
            yield from self.restructured(inside)
        return end + 1

    def display(self, inside: list[Line], directive: bool) -> Iterator[Piece]:
        """A display in a fence, below its options."""
        label, first = "", 0
        while directive and first < len(inside):
            option = _OPTION.match(inside[first].text)
            if option is None:
                break
            label = option["value"].strip() if option["key"] in ("label", "name") else label
            first += 1
        body = dedented(self.view, inside[first:]).stripped()
        if body.text:
            yield body.piece("display", environment="math", label=label, paragraph=self.number)

    def restructured(self, inside: list[Line]) -> Iterator[Piece]:
        """reStructuredText in a fence."""
        from derive.document.formats.restructured import read as read_restructured

        before = self.number
        for piece in read_restructured(dedented(self.view, inside)).pieces:
            self.number = before + piece.paragraph
            yield piece._replace(paragraph=self.number)


def _closes(text: str, fence: str) -> bool:
    """Whether a line closes a fence."""
    text = text.strip()
    return text.startswith(fence) and not text.strip(fence[0])


def _still_open(text: str, awaited: str) -> str:
    """The mark that would close the display which is open behind a line, or nothing."""
    ticks = ""
    for mark in _SPANS.finditer(text):
        word = mark[0]
        if ticks or (mark["ticks"] and not awaited):
            # Between backticks nothing opens; an odd one out counts to the end of its line.
            ticks = "" if word == ticks else ticks or word
        elif awaited:
            awaited = "" if word == awaited else awaited
        elif word == "$$":
            awaited = word
        elif word.startswith("\\begin"):
            awaited = word.replace("begin", "end", 1)
        elif word[-1] == "[" and word[0] == "\\":
            awaited = word[:-1] + "]"
    return awaited
