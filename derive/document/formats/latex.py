"""LaTeX: environments and brackets of mathematics, comments, sections, macros.

What is included from other files is not followed, and verbatim text is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from derive.document.inline import DISPLAYS, MAX_FORMULAS, limited
from derive.document.macros import group
from derive.document.pieces import Contents, Piece, bounded
from derive.document.remarks import begins_remark, remark
from derive.document.views import Span, View, lines_of

SUFFIXES = (".tex", ".latex", ".ltx")

_TOKEN = re.compile(
    r"(?P<comments>(?:^[ \t]*%[^\n]*(?:\n|\Z))+)"
    r"|(?P<comment>%[^\n]*)"
    r"|(?P<blank>(?:^[ \t\r]*\n)+)"
    r"|\\begin[ \t]*\{(?P<begin>[^{}\n]{1,40})\}|\\end[ \t]*\{(?P<end>[^{}\n]{1,40})\}"
    r"|\\verb\*?(?P<bar>[^A-Za-z\s*])"
    r"|\\(?P<section>part|chapter|(?:sub){0,2}section|(?:sub)?paragraph|title)\b\*?[ \t]*(?=[\[{])"
    r"|(?P<false>\\iffalse\b)"
    r"|(?P<mark>\\[\[\]()]|\$\$|\$)"
    r"|\\.",
    re.MULTILINE | re.DOTALL,
)
_LEVELS = {"title": 1, "part": 1, "chapter": 1, "section": 2, "subsection": 3}
_CLOSING = {"\\[": "\\]", "\\(": "\\)", "$$": "$$", "$": "$"}
_NAMES = {"\\[": "bracket", "\\(": "parenthesis", "$$": "dollar", "$": "dollar"}
_IS_DISPLAY = re.compile(rf"(?:{DISPLAYS})\*?\Z")
_VERBATIM = re.compile(r"(?:verbatim|lstlisting|minted|comment|Verbatim|filecontents)\*?\Z")
_LABEL = re.compile(r"\\label\s*\{([^{}]{1,200})\}")
_COLUMNS = re.compile(r"\s*\{[^{}]{0,100}\}")


def read(view: View) -> Contents:
    r"""The pieces of a LaTeX document.

    >>> text = r"\section{Loss} For $x > 0$: % a comment" + chr(10) + r"\[x = x\]"
    >>> [(p.kind, p.text) for p in read(View(text)).pieces if p.kind != "prose"]
    [('heading', 'Loss'), ('inline', 'x > 0'), ('display', 'x = x')]
    """
    reader = _Reader(view)
    pieces = bounded(reader.read())
    return Contents(pieces, reader.title)


class _Reader:
    """One pass over the tokens; ``closing`` is the mark that ends the formula begun last."""

    def __init__(self, view: View) -> None:
        self.view, self.text = view, view.text
        self.title = ""
        self.number = 1
        self.preamble = "\\begin{document}" in view.text
        self.known: dict[str, int] = {}  # where a mark stands next
        self.begin = 0  # of the stretch of text or formula that is being read
        self.spans: list[Span] = []  # its parts before the last comment
        self.formulas: list[Piece] = []  # in the stretch
        self.closing = self.opening = ""
        self.before: tuple[list[Span], int] = ([], 0)  # the text around a formula

    def read(self) -> Iterator[Piece]:
        """All pieces."""
        at = 0
        while (token := _TOKEN.search(self.text, at)) is not None:
            at = token.end()
            if token["comments"] is not None or token["comment"]:
                self.cut(token.start(), at)
                if token["comments"] is not None:
                    yield from self.remarks(token.start(), at)
            elif token["blank"] is not None:
                yield from self.paragraph(token.start(), at)
            elif self.closing:
                mark = token["mark"] or (f"end {token['end']}" if token["end"] else "")
                if mark == self.closing:
                    yield from self.close(token.start(), at)
            elif token["end"] == "document":
                break
            elif token["begin"] or token["mark"]:
                at = yield from self.begun(token)
            elif token["bar"]:
                at = self.behind(token["bar"], at)
            elif token["section"]:
                at = yield from self.heading(token)
            elif token["false"]:
                at = self.behind("\\fi", at)
                self.cut(token.start(), at)
        yield from self.paragraph(at if token else len(self.text), at if token else len(self.text))

    def cut(self, start: int, end: int) -> None:
        """Leave some characters out of what is being read."""
        self.spans.append((self.begin, start))
        self.begin = end

    def behind(self, mark: str, at: int) -> int:
        """The place behind the next such mark; the same place if there is none."""
        place = self.known.get(mark, -1)
        if place < at:
            place = self.text.find(mark, at)
            self.known[mark] = place = len(self.text) if place < 0 else place
        return at if place == len(self.text) else place + len(mark)

    # -- formulas --------------------------------------------------------------------------

    def begun(self, token: re.Match[str]) -> Generator[Piece, None, int]:
        """The begin of an environment or formula."""
        name, at = token["begin"], token.end()
        if name == "document":
            yield from self.paragraph(token.start(), at)
            self.preamble = False
        elif name and _VERBATIM.match(name):
            end = self.behind(f"\\end{{{name}}}", at)
            end = len(self.text) if end == at else end
            self.cut(token.start(), end)
            return end
        elif name and not _IS_DISPLAY.match(name) and name != "math":
            return at
        elif token["mark"] not in ("\\]", "\\)") and not self.preamble:
            self.opening = name or token["mark"]
            self.closing = f"end {name}" if name else _CLOSING[token["mark"]]
            if self.is_display:
                yield from self.prose(token.start())
            self.before = (self.spans, self.begin)
            self.spans = []
            columns = _COLUMNS.match(self.text, at) if (name or "").startswith("alignat") else None
            self.begin = columns.end() if columns else at
        return at

    @property
    def is_display(self) -> bool:
        """Whether the formula begun last is a display."""
        return self.opening not in ("$", "\\(", "math")

    def close(self, start: int, end: int) -> Iterator[Piece]:
        """The end of a formula."""
        formula = self.view.take(*self.spans, (self.begin, start)).stripped()
        notes = {
            "environment": _NAMES.get(self.opening, self.opening),
            "paragraph": self.number,
        }
        if self.is_display:
            label = _LABEL.search(formula.text)
            yield formula.piece("display", label=label[1] if label else "", **notes)
            self.spans, self.begin = [], end
        else:
            if formula.text and len(self.formulas) <= MAX_FORMULAS:
                piece = formula.piece("inline", **notes)
                self.formulas.append(limited(piece, len(self.formulas)))
            self.spans, self.begin = self.before
        self.closing = ""

    # -- text ------------------------------------------------------------------------------

    def prose(self, end: int) -> Iterator[Piece]:
        """The text so far, and the formulas in it."""
        words = self.view.take(*self.spans, (self.begin, end)).stripped()
        if "\\" in words.text:
            yield words.piece("macros")
        if words.text and not self.preamble:
            yield words.piece("prose", paragraph=self.number)
            yield from self.formulas
        self.spans, self.formulas, self.begin = [], [], end

    def paragraph(self, start: int, end: int) -> Iterator[Piece]:
        """The end of a paragraph; a display that is still open is broken."""
        if self.closing:
            broken = self.view.take(*self.spans, (self.begin, start)).stripped()
            remark = f"{self.opening} is not closed before the end of its paragraph"
            if self.is_display:
                notes = {"environment": self.opening, "remark": remark, "paragraph": self.number}
                yield broken.piece("fault", **notes)
                self.spans, self.begin = [], start
            else:
                self.spans, self.begin = self.before
            self.closing = ""
        yield from self.prose(start)
        self.begin = end
        self.number += 1

    def heading(self, token: re.Match[str]) -> Generator[Piece, None, int]:
        """The title of a section."""
        at = token.end()
        if self.text[at] == "[":
            at = max(self.text.find("]", at, at + 500) + 1, at)
        inside = group(self.text, at, 400)
        if inside is None:
            return token.end()
        words, end = inside
        level = _LEVELS.get(token["section"], 4)
        if token["section"] == "title":
            self.title = words
            return end
        yield from self.paragraph(token.start(), end)
        title = self.view.stripped(end - 1 - len(words), end - 1)
        yield title.piece("heading", level=level, paragraph=self.number)
        self.number += 1
        return end

    def remarks(self, start: int, end: int) -> Iterator[Piece]:
        """What some lines of comment say to the checker.

        A line continues the one before it if it is indented further than the first, or if
        that one ends with a semicolon or says nothing yet.
        """
        block = self.view.take((start, end))
        spans: list[Span] = []
        indent, more = 0, False
        said: list[list[Span]] = []
        for line in lines_of(block):
            after = line.text.find("%") + 1
            words = line.text[after:].lstrip("%")
            begin = len(line.text) - len(words)
            own = len(words) - len(words.lstrip())
            if begins_remark(words):
                spans = [(line.start + begin, line.end)]
                said.append(spans)
                indent = own
            elif spans and words.strip() and (more or own > indent):
                spans.append((line.start + begin, line.end))
            else:
                spans = []
            more = words.rstrip().endswith((";", ":"))
        for spans in said:
            scope = "file" if self.preamble else ""
            piece = remark(block.take(*spans), self.number, scope)
            if piece is not None:
                yield piece
