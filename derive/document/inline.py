"""Mathematics in running text: where it begins and ends, and what only looks like it.

One pass from left to right; each closing mark is looked for once, so that a text of nothing
but opening marks costs no more than another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from derive.document.pieces import Piece
from derive.document.views import Span, View

#: Environments that are displays by themselves.
DISPLAYS = "equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|dmath"
#: Most formulas within the text of one paragraph; a page of a book has fewer.
MAX_FORMULAS = 2_000
_NEVER = 1 << 62
_MARK = re.compile(
    r"(?P<ticks>`+)"
    r"|(?P<bracket>\\{1,2}[\[(])"
    rf"|\\begin\{{(?P<environment>(?:{DISPLAYS}|split|aligned|gathered)\*?)\}}"
    r"|(?P<escaped>\\.)"
    r"|(?P<dollars>\$\$)|(?P<dollar>\$)"
    r"|<(?P<tag>code|pre|script|style|kbd)\b",
    re.DOTALL,
)
_LABEL = re.compile(r"\\label\s*\{([^{}]{1,200})\}")
_LABEL_BEHIND = re.compile(
    r"[ \t]*(?:\(([\w:.\-]{1,100})\)(?=\s*$)|\{#([\w:.\-]{1,100})\})", re.MULTILINE
)
_LOOKS_LIKE_IT = re.compile(r"[\\=^_<>]")
_AMOUNT = re.compile(r"\d[\d.,]*[kKmM]?\s+[A-Za-z]{2,}|\d[\d.,]*(?:/|\s*-\s*)$")
_COLUMNS = re.compile(r"\s*\{[^{}]{0,100}\}")
#: What Stack Exchange puts around each comment.
_WRAPPERS = (r"\begingroup", r"\endgroup")


class Syntax(NamedTuple):
    """Which marks stand for mathematics.

    ``role`` is what is written before its backtick; ``marks`` says whether dollars, TeX
    brackets and bare environments count.
    """

    role: str = "{math}"
    marks: bool = True


class Found(NamedTuple):
    """Mathematics from ``start`` to ``end``, marks included, and what stands between them."""

    kind: str
    start: int
    end: int
    inner: Span
    environment: str
    label: str = ""
    remark: str = ""


class _Closers:
    """The next occurrence of each closing mark."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[str, int] = {}
        self.ticks: dict[int, list[int]] | None = None

    def next(self, mark: str, at: int) -> int:
        """Where the mark stands next, unescaped; calls come with rising ``at``."""
        place = self.known.get(mark, -1)
        if place < at:
            place = self.text.find(mark, at)
            while place > 0 and self._escaped(place):
                place = self.text.find(mark, place + 1)
            self.known[mark] = place = _NEVER if place < 0 else place
        return place

    def _escaped(self, place: int) -> bool:
        k = place
        while k > 0 and self.text[k - 1] == "\\":
            k -= 1
        return (place - k) % 2 == 1

    def tick(self, count: int, at: int) -> int:
        """Where the next run of just so many backticks begins."""
        if self.ticks is None:
            self.ticks = {}
            for run in re.finditer("`+", self.text):
                self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        places = self.ticks.get(count, [])
        k = bisect_left(places, at)
        return places[k] if k < len(places) else _NEVER


def mathematics(text: str, syntax: Syntax) -> Iterator[Found]:
    """The mathematics in a paragraph, from left to right.

    >>> [text[f.inner[0]:f.inner[1]] for text in ["$5 and $6, then $x_1$"]
    ...     for f in mathematics(text, Syntax())]
    ['x_1']
    """
    closers = _Closers(text)
    at = 0
    while (mark := _MARK.search(text, at)) is not None:
        at = mark.end()
        found: Found | None = None
        if mark["ticks"]:
            found, at = _ticked(text, mark, closers, syntax)
        elif mark["tag"]:
            close = closers.next(f"</{mark['tag']}", at)
            at = at if close == _NEVER else close
        elif not syntax.marks:
            continue
        elif mark["bracket"]:
            found = _bracketed(text, mark, closers)
        elif mark["environment"]:
            found = _environment(text, mark, closers)
        elif mark["dollars"]:
            found = _display(text, mark.start(), at, "$$", "dollar", closers)
        elif mark["dollar"]:
            found = _dollar(text, mark.start(), closers)
        if found is not None:
            at = max(found.end, mark.end())
            yield found


def _ticked(
    text: str, mark: re.Match[str], closers: _Closers, syntax: Syntax
) -> tuple[Found | None, int]:
    """A code span, which is skipped, or mathematics in backticks."""
    start, end = mark.span()
    close = closers.tick(end - start, end)
    if close == _NEVER:
        return None, end
    behind = close + (end - start)
    inner = (end, close)
    if end - start == 1 and text.endswith(syntax.role, 0, start):
        return Found("inline", start - len(syntax.role), behind, inner, "role"), behind
    if syntax.marks and text[start - 1 : start] == "$" and text[behind : behind + 1] == "$":
        return Found("inline", start - 1, behind + 1, inner, "dollar"), behind + 1
    return None, behind


def _bracketed(text: str, mark: re.Match[str], closers: _Closers) -> Found | None:
    opening = mark["bracket"]
    closing = opening[:-1] + {"[": "]", "(": ")"}[opening[-1]]
    start, at = mark.span()
    close = closers.next(closing, at)
    again = closers.next(opening, at)
    # In Markdown these are also ways to write a bare bracket.
    if close == _NEVER or again < close or not _LOOKS_LIKE_IT.search(text, at, close):
        return None
    end = close + len(closing)
    if opening[-1] == "(":
        return Found("inline", start, end, (at, close), "parenthesis")
    return _labelled(text, Found("display", start, end, (at, close), "bracket"))


def _environment(text: str, mark: re.Match[str], closers: _Closers) -> Found | None:
    name = mark["environment"]
    start, at = mark.span()
    close = closers.next(rf"\end{{{name}}}", at)
    if close == _NEVER:
        remark = rf"\begin{{{name}}} has no \end{{{name}}} in its paragraph"
        return Found("fault", start, len(text), (start, len(text)), name, "", remark)
    end = close + len(name) + 6
    columns = _COLUMNS.match(text, at, close) if name.startswith("alignat") else None
    return _labelled(
        text, Found("display", start, end, (columns.end() if columns else at, close), name)
    )


def _display(
    text: str, start: int, at: int, closing: str, environment: str, closers: _Closers
) -> Found:
    close = closers.next(closing, at)
    if close == _NEVER:
        remark = f"{closing} is not closed before the end of its paragraph"
        return Found("fault", start, len(text), (start, len(text)), environment, "", remark)
    return _labelled(text, Found("display", start, close + 2, (at, close), environment))


def _labelled(text: str, found: Found) -> Found:
    inside = _LABEL.search(text, *found.inner)
    if inside:
        return found._replace(label=inside[1])
    behind = _LABEL_BEHIND.match(text, found.end)
    if behind and found.environment in ("dollar", "bracket"):
        return found._replace(label=behind[1] or behind[2], end=behind.end())
    return found


def _dollar(text: str, start: int, closers: _Closers) -> Found | None:
    """``$...$``, unless it is money."""
    at = start + 1
    close = closers.next("$", at)
    if close in (_NEVER, at) or text[at] == "`":
        return None
    if text[close + 1 : close + 2].isdigit() or _AMOUNT.match(text, at, close):
        return None
    spaces = text[at].isspace(), text[close - 1].isspace()
    if any(spaces):
        lone = close - at == 3 and text[at + 1].isalpha()
        if not all(spaces) or not (lone or _LOOKS_LIKE_IT.search(text, at, close)):
            return None
    if text[at:close] in _WRAPPERS:
        return None
    return Found("inline", start, close + 1, (at, close), "dollar")


def paragraph_pieces(view: View, number: int, syntax: Syntax) -> Iterator[Piece]:
    """A paragraph as pieces: prose, each stretch before its inline mathematics, and displays."""
    begin = 0
    inside: list[Found] = []
    for found in mathematics(view.text, syntax):
        if found.kind == "inline":
            if len(inside) <= MAX_FORMULAS:
                inside.append(found)
            continue
        yield from _prose(view, begin, found.start, inside, number)
        begin, inside = found.end, []
        notes = {"environment": found.environment, "label": found.label, "remark": found.remark}
        yield view.stripped(*found.inner).piece(found.kind, paragraph=number, **notes)
    yield from _prose(view, begin, len(view.text), inside, number)


def _prose(view: View, start: int, end: int, inside: list[Found], number: int) -> Iterator[Piece]:
    words = view.stripped(start, end)
    if words.text:
        yield words.piece("prose", paragraph=number)
    for k, found in enumerate(inside):
        formula = view.stripped(*found.inner)
        yield limited(formula.piece("inline", paragraph=number, environment=found.environment), k)


def limited(piece: Piece, k: int) -> Piece:
    """The k-th formula of a paragraph, or a fault that says that no more are read.

    >>> limited(Piece("inline", "x", ((0, 0),)), 0).kind
    'inline'
    """
    if k < MAX_FORMULAS:
        return piece
    remark = f"more than {MAX_FORMULAS} formulas in one paragraph; the others are not read"
    return piece._replace(kind="fault", remark=remark)
