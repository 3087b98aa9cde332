"""A document taken apart: its displays with their steps, its definitions, and what it says.

Everything has a place, the number of its piece; a declaration holds from there to the end of
its section, a definition from there on, and one behind "where" for the display before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from derive.check.page.declared import Lies, said_by
from derive.check.page.nodes import Head, head_of, names_in
from derive.check.page.steps import Step, steps_of
from derive.document import Document, Piece
from derive.document.projects import Sidecar, places
from derive.document.prose import Said, said
from derive.latex import parse, read
from derive.latex.elaborate_names import spelled
from derive.latex.shapes import Shape, shapes
from derive.latex.tree import Display, Node, UnreadableError

_EXPLAINING = re.compile(
    r"\b(?:where|here|denot\w+|defin\w+|given by|let|call\w*|introduc\w+|writ\w+|with)\b",
    re.IGNORECASE,
)
#: Words before a display that make its first equation one to be solved.
_SOLVING = re.compile(
    r"\b(?:set|sets|setting|solv\w+|equat\w+|requir\w+|suppose|assum\w+|condition\w*|such that"
    r"|satisf\w+|constraint\w*|let|if|when|whenever|match\w*|zero|root\w*|choos\w+|take|taking"
    r"|impos\w+|substitut\w+|plug\w*|defin\w+|denot\w+|call\w*|writ\w+|introduc\w+)\b",
    re.IGNORECASE,
)


class Shown(NamedTuple):
    """A display, or inline mathematics, with its steps.  ``at`` is the number of its piece,
    ``section`` counts the headings before it, ``chain`` the displays; 0 for inline."""

    at: int
    section: int
    chain: int
    piece: Piece
    display: Display
    steps: tuple[Step, ...]


class Definition(NamedTuple):
    """What the page defines a head to be, and where: the first side that it is set equal to."""

    head: Head
    value: Node
    at: int
    section: int
    step: int
    explicit: bool


class Law(NamedTuple):
    """``X ~ law`` on the page: the name, its indices and the law as written."""

    name: Node
    law: Node
    at: int
    section: int


class Page:
    """What a document shows and says.

    >>> from derive.document import read
    >>> page = Page(read("a.md", "Let $X$ be one. $$ q = 1 + a $$ $$ q = a + 1 $$"))
    >>> [d.head.key for d in page.definitions], [s.chain for s in page.displays]
    (['q'], [1, 2])
    """

    def __init__(
        self, document: Document, inline: bool = False, sidecars: tuple[Sidecar, ...] = ()
    ) -> None:
        self.document, self.inline, self.sidecars = document, inline, sidecars
        self.shown: list[Shown] = []
        self.sections: list[int] = []
        section = chain = 0
        for k, piece in enumerate(document.pieces):
            section += piece.kind == "heading"
            self.sections.append(section)
            if piece.kind not in ("display", "inline") or (
                piece.kind == "inline" and not _has_sign(piece.text)
            ):
                continue
            counted = piece.kind == "display" or inline
            chain += counted
            display = parse(piece.text, document.macros)
            steps = tuple(steps_of(display))
            self.shown.append(Shown(k, section, chain if counted else 0, piece, display, steps))

    @property
    def displays(self) -> list[Shown]:
        """What is judged: the displays, with inline mathematics if that was asked for."""
        return [s for s in self.shown if s.chain]

    @cached_property
    def said(self) -> list[Said]:
        """What the prose says of symbols."""
        return list(said(self.document.pieces))

    @cached_property
    def definitions(self) -> list[Definition]:
        """The definitions of the page, in order: the first of a head in a section, and those
        that say ``:=``."""
        found: list[Definition] = []
        for shown in self.shown:
            for step in shown.steps:
                made = self._definition(shown, step)
                if made is not None and (made.explicit or not _known(found, made)):
                    found.append(made)
        return found

    def _definition(self, shown: Shown, step: Step) -> Definition | None:
        """The definition that a step makes if nothing defined its head before."""
        if step.sign.text not in ("=", ":=") or _is_conditional(shown, step):
            return None
        head = head_of(step.left)
        if head is None or not head.name or self._was_used(head, shown, step):
            return None
        if head.name in names_in(step.right) and not head.called:
            return None
        if head.called and _calls_itself(head, step.right):
            return None
        if step.right.kind == "unreadable" and not head.called:
            return Definition(head, step.right, shown.at, shown.section, step.number, False)
        explicit = step.sign.text == ":="
        return Definition(head, step.right, shown.at, shown.section, step.number, explicit)

    def _was_used(self, head: Head, shown: Shown, step: Step) -> bool:
        """Whether a lone symbol stands in earlier formulas, and nothing says that it is
        explained here: then the step is an equation that was solved for it."""
        if head.called or step.sign.text == ":=" or _explains(self, shown):
            return False
        earlier = self._first_uses.get(head.name)
        return earlier is not None and earlier < (shown.at, step.left.start)

    @cached_property
    def _first_uses(self) -> Mapping[str, tuple[int, int]]:
        """Where each name stands in a formula for the first time."""
        found: dict[str, tuple[int, int]] = {}
        for shown in self.shown:
            for node in _nodes(shown):
                for name in names_in(node):
                    found.setdefault(name, (shown.at, node.start))
        return found

    def words_before(self, shown: Shown) -> str:
        """The sentence that leads to a display, as far as it stands before it."""
        for k in range(shown.at - 1, -1, -1):
            piece = self.document.pieces[k]
            if piece.kind in ("display", "heading"):
                return ""
            if piece.kind == "prose" and piece.start < shown.piece.start:
                sentences = re.split(r"[.!?]\s", piece.text[: _before(piece, shown.piece)])
                return sentences[-1]
        return ""

    def definition(self, key: str, at: int, section: int, step: int = 1 << 30) -> Definition | None:
        """The definition of a head that holds at a place: the last one before, else the first
        one behind in the same section."""
        same = [d for d in self.definitions if d.head.key == key]
        before = [d for d in same if (d.at, d.step) < (at, step)]
        behind = [d for d in same if (d.at, d.step) > (at, step) and d.section == section]
        return before[-1] if before else behind[0] if behind else None

    @cached_property
    def laws(self) -> list[Law]:
        """What is said by ``X ~ law``, in displays and in the text."""
        found = []
        for shown in self.shown:
            for step in shown.steps:
                if step.sign.text == "sim" and step.left.kind == "name":
                    found.append(Law(step.left, step.right, shown.at, shown.section))
        return found

    def givens_at(self, shown: Shown) -> Iterator[tuple[Piece, int, str]]:
        """The declarations in comments, front matter and sidecars that hold for a display:
        the piece, its place among the pieces (-1 in a sidecar), and where it stands in words."""
        for sidecar in self.sidecars:
            for piece in sidecar.pieces:
                spans = places(self.document, piece)
                if any(a <= shown.piece.start < b for a, b in spans):
                    yield piece, -1, sidecar.path
        for k, piece in enumerate(self.document.pieces):
            if piece.kind == "given" and (
                piece.scope == "file" or (self.sections[k] == shown.section and k < shown.at)
            ):
                yield piece, k, f"line {self.document.position(piece.start)[0]}"

    def is_equation_to_solve(self, shown: Shown) -> bool:
        """Whether the words before a display say that its equation is set up, not claimed."""
        return bool(_SOLVING.search(self.words_before(shown)))

    @cached_property
    def independent(self) -> bool:
        """Whether the page says that what it observes is independent."""
        prose = (p.text for p in self.document.pieces if p.kind == "prose")
        return any(re.search(r"\bindependent|\bi\.?i\.?d\b", t, re.IGNORECASE) for t in prose)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """What the prose calls a symbol: ``vector``, ``matrix``, ``random``, ``meaning``, ..."""
        found: dict[str, str] = {}
        for one in self.said:
            if one.symbol:
                node = _readable(one.symbol, self.document.macros)
                name = None if node is None or node.kind != "name" else spelled(node)
                if name is not None:
                    found.setdefault(name, one.kind)
        for shown in self.shown:
            for node in _nodes(shown):
                for n in node.walk():
                    if n.kind == "decorated" and n.parts[0].kind == "name":
                        found.setdefault(spelled(n.parts[0]) or n.parts[0].text, "vector")
        return found

    @cached_property
    def inverses(self) -> frozenset[str]:
        """Names with an exponent between them and a bracket: ``A^{-1}(x)`` is an inverse or a
        reciprocal, which only a declaration tells."""
        found = set()
        for shown in self.shown:
            for n in (m for node in _nodes(shown) for m in node.walk()):
                if n.kind in ("juxtapose", "times"):
                    found |= {
                        spelled(a.parts[0]) or a.parts[0].text
                        for a, b in zip(n.parts, n.parts[1:], strict=False)
                        if a.kind == "power" and a.parts[0].kind == "name" and b.kind == "group"
                        and a.parts[1].kind == "neg"
                    }  # fmt: skip
        return frozenset(found)

    @cached_property
    def varied(self) -> frozenset[str]:
        """Names by which the page differentiates or integrates, and arguments of primed
        functions: what mentions one of them is no constant."""
        found: set[str] = set()
        for n in self._parts:
            if n.kind == "derivative":
                found |= set().union(*(names_in(v) for v in n.parts[1:]))
            elif n.kind == "big" and n.text == "Integral":
                found |= names_in(n.parts[3])
            elif n.kind == "juxtapose" and n.parts[0].kind == "prime":
                found |= set().union(*(names_in(v) for v in n.parts[1:]))
        return frozenset(found)

    @cached_property
    def label_sets(self) -> frozenset[str]:
        """Sets under sums whose members are used as labels only: as indices, or as arguments
        of functions, and never as numbers."""
        labels: dict[str, bool] = {}
        for n in self._parts:
            if n.kind != "big" or n.text not in ("Sum", "Product"):
                continue
            for name, index in _over_sets(n.parts[1]):
                labels[name] = labels.get(name, True) and _is_label(index, n.parts[0])
        return frozenset(name for name, good in labels.items() if good)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The variables that run through such sets."""
        return frozenset(
            index
            for n in self._parts
            if n.kind == "big" and n.text in ("Sum", "Product")
            for name, index in _over_sets(n.parts[1])
            if name in self.label_sets
        )

    @cached_property
    def _parts(self) -> tuple[Node, ...]:
        """Every part of every formula."""
        return tuple(m for shown in self.shown for node in _nodes(shown) for m in node.walk())

    @cached_property
    def _shapes(self) -> Mapping[str, Shape]:
        return shapes(n for shown in self.shown for n in _nodes(shown))

    def shape(self, name: str) -> Shape:
        """How a name is used all over the page."""
        return self._shapes.get(name) or Shape(name, ())

    def defines(self, name: str) -> bool:
        """Whether a name is that of a function that the page defines."""
        return any(d.head.called and d.head.name == name for d in self.definitions)

    def lies(self, name: str, shown: Shown, members: bool = False) -> Iterator[tuple[int, Lies]]:
        """What the text and the displays say of where a symbol lies, the nearest first."""
        found = []
        for at, node in self._relations:
            if self.sections[at] != shown.section:
                continue
            for one in said_by(node):
                same = one.name.text == name and one.name.parts if members else (
                    spelled(one.name) == name)  # fmt: skip
                if same:
                    found.append((at, one))
        yield from sorted(found, key=lambda f: (f[0] > shown.at, abs(f[0] - shown.at)))

    @cached_property
    def _relations(self) -> list[tuple[int, Node]]:
        """What the prose declares, as relations with their places."""
        found = []
        for one in self.said:
            if one.text and one.kind != "range":
                text = re.split(r" for ", one.text)[0]
                node = _readable(text, self.document.macros)
                if node is not None:
                    found.append((one.piece, node))
        return found

    @cached_property
    def names(self) -> Mapping[str, int]:
        """Every name of the page with the number of its uses without a bracket behind it."""
        found: dict[str, int] = {}
        for shown in self.shown:
            for node in _nodes(shown):
                for n, called in _uses(node):
                    found[n.text] = found.get(n.text, 0) + (not called)
        return found


def _over_sets(below: Node) -> Iterator[tuple[str, str]]:
    """The sets below a sign, by name, with the variable that runs through each."""
    for part in below.walk():
        if part.kind == "relation" and part.text == "in" and part.parts[0].kind == "name":
            name = spelled(part.parts[1]) if part.parts[1].kind == "name" else None
            if name is not None and not name.endswith("_bb"):
                yield name, part.parts[0].text


def _is_label(index: str, body: Node) -> bool:
    """Whether a variable stands in a body only as an index, or alone as an argument."""
    if body.kind == "name":
        return body.text != index
    for k, part in enumerate(body.parts):
        argument = (
            body.kind in ("juxtapose", "times")
            and k > 0
            and part.kind == "group"
            and body.parts[k - 1].kind == "name"
            and all(p.kind == "name" for p in part.parts)
        )
        if not argument and not _is_label(index, part):
            return False
    return True


def _readable(text: str, macros: Mapping[str, tuple[int, str]]) -> Node | None:
    try:
        return read(text, macros)
    except UnreadableError:
        return None


def _explains(page: Page, shown: Shown) -> bool:
    """Whether a display stands behind "where" and the like."""
    return bool(_EXPLAINING.search(page.words_before(shown)))


def _has_sign(text: str) -> bool:
    return any(s in text for s in ("=", "\\sim", "<", ">", "\\le", "\\ge", "\\in", ":="))


def _known(found: list[Definition], made: Definition) -> bool:
    return any(d.head.key == made.head.key and d.section == made.section for d in found)


def _is_conditional(shown: Shown, step: Step) -> bool:
    """Whether the step stands behind ``implies`` in its row, or before it."""
    around = [s for s in shown.steps if s.row == step.row]
    return any(s.sign.text in ("implies", "iff") for s in around)


def _calls_itself(head: Head, node: Node) -> bool:
    from derive.check.page.nodes import applications, call_head
    from derive.latex.elaborate_names import spelled

    for name, group in applications(node):
        other = call_head(spelled(name) or "", group)
        if other.key == head.key and other.arguments and _same(other.arguments, head.arguments):
            return True
    return False


def _same(a: tuple[Node, ...], b: tuple[Node, ...]) -> bool:
    from derive.check.page.nodes import shape_of

    return list(map(shape_of, a)) == list(map(shape_of, b))


def _before(prose: Piece, display: Piece) -> int:
    """How much of a paragraph stands before a display in it."""
    length = display.start - prose.start
    return len(prose.text) if prose.end < display.start else max(length, 0)


def _nodes(shown: Shown) -> Iterator[Node]:
    for row in shown.display.rows:
        yield from row.sides


def _uses(node: Node) -> Iterator[tuple[Node, bool]]:
    """Names with whether a bracket stands behind them."""
    called = set()
    for n in node.walk():
        if n.kind in ("juxtapose", "times"):
            called |= {
                id(a)
                for a, b in zip(n.parts, n.parts[1:], strict=False)
                if a.kind == "name" and b.kind == "group"
            }
        if n.kind == "name":
            yield n, id(n) in called
