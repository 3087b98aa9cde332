"""What the prose of a page says of its symbols."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from derive.check.page.shown import Shown, nodes_of
from derive.check.page.words.around import Words
from derive.check.page.words.declared import Ends, Lies, Ranges, first_of, ranges_of, said_by
from derive.document.prose import Said, said
from derive.latex import read
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node, UnreadableError

_INDEPENDENT = re.compile(
    r"\bindependent(?P<variables>(?: and identically distributed)?\]?(?:\([^()]*\))?"
    r" \[?(?:random )?variables)?\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|nor|never|whether|linearly|in general|dependent|even if|regardless|if|were"
    r"|would|conditional\w*)\b|\bindependent\b[^,;]*\b(?:given|conditioned|conditioning)\b",
    re.IGNORECASE,
)
#: Where another part of a sentence begins, which speaks of something else.
_CLAUSES = re.compile(r";|\b(?:while|whereas|where|but|and let)\b", re.IGNORECASE)
#: Words behind it that say that it is one of some of the values.
_OF_A_PART = re.compile(
    r"\b(?:means?|averages?) (?:of|over|in|within|for|across) (?:\S+ ){0,3}?(?:first|second|third"
    r"|last|groups?|clusters?|class|classes|batch|subset|half|window|rest|remaining|others?"
    r"|previous|positives?|negatives?|treated|controls?)\b",
    re.IGNORECASE,
)
#: Words before "mean" that say that it is no sum of all values over their number.
_OTHER_MEANS = frozenset(
    [
        "weighted",
        "posterior",
        "prior",
        "geometric",
        "harmonic",
        "quadratic",
        "trimmed",
        "moving",
        "running",
        "population",
        "true",
        "conditional",
        "truncated",
        "winsorized",
        "winsorised",
        "group",
        "class",
        "batch",
        "training",
    ]
)


class Prose(Words, ABC):
    """What the words of a page say of its symbols."""

    @cached_property
    def said(self) -> list[Said]:
        """What the prose says of symbols."""
        return list(said(self.document.pieces))

    @cached_property
    def independent(self) -> bool:
        """Whether the page says that what it observes is independent."""
        prose = (p.text for p in self.document.pieces if p.kind == "prose")
        return any(re.search(r"\bindependent|\bi\.?i\.?d\b", t, re.IGNORECASE) for t in prose)

    def are_independent(self, names: Iterable[str], shown: Shown) -> bool:
        """Whether a sentence of the section says that some variables are independent."""
        letters = [re.compile(rf"(?<![A-Za-z\\]){re.escape(n)}(?![A-Za-z_])") for n in names]
        for k, piece in enumerate(self.document.pieces):
            if piece.kind != "prose" or self.sections[k] != shown.section:
                continue
            for sentence in re.split(r"[.!?](?:\s|$)", piece.text):
                if _DENIED.search(sentence):
                    continue
                for clause in _CLAUSES.split(sentence):
                    found = _INDEPENDENT.search(clause)
                    if found is None:
                        continue
                    said = clause[: found.start()] + clause[found.end() :].partition(", and ")[0]
                    named = [one.search(said) is not None for one in letters]
                    others = any(one.search(sentence) for one in letters)
                    if all(named) or (found["variables"] and not others):
                        return True
        return False

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """What the prose calls a symbol: ``vector``, ``matrix``, ``random``, ``meaning``, ..."""
        found: dict[str, str] = {}
        for one in self.said:
            if one.symbol and one.kind != "definition":
                node = self.readable(one.symbol)
                name = None if node is None or node.kind != "name" else spelled(node)
                if name is not None:
                    found.setdefault(name, one.kind)
        for shown in self.shown:
            for node in nodes_of(shown):
                for n in node.walk():
                    if n.kind == "decorated" and n.parts[0].kind == "name":
                        found.setdefault(spelled(n.parts[0]) or n.parts[0].text, "vector")
        return found

    @cached_property
    def moments(self) -> Mapping[tuple[str, str], tuple[Node, int]]:
        """What the prose calls the mean, variance or standard deviation of a variable, by the
        variable and that, with its place; nothing where it calls so two things."""
        found: dict[tuple[str, str], dict[str, tuple[Node, int]]] = {}
        for one in self.said:
            kind, _, variable = one.text.partition(" of ")
            node = self.readable(one.symbol) if one.kind == "moment" else None
            if node is not None:
                kind = "mean" if kind.startswith("exp") else kind
                found.setdefault((variable, kind), {})[one.symbol.strip()] = node, one.piece
        return {k: next(iter(said.values())) for k, said in found.items() if len(said) == 1}

    @cached_property
    def _words(self) -> str:
        """The prose and the title of the page, in small letters."""
        prose = " ".join(p.text for p in self.document.pieces if p.kind in ("prose", "heading"))
        return f"{self.document.title} {prose}".lower()

    @cached_property
    def speaks_of_means(self) -> bool:
        """Whether the page speaks of means or averages."""
        return bool(re.search(r"\b(?:means?|averages?)\b", self._words))

    def has_other_means(self, section: int) -> bool:
        """Whether a mean of which a section speaks is none of all values: "weighted mean"."""
        pieces = zip(self.document.pieces, self.sections, strict=True)
        prose = " ".join(p.text for p, s in pieces if p.kind == "prose" and s == section)
        words = re.findall(r"\b([a-z]+)[\s-]+(?:means?|averages?)\b", prose.lower())
        return not _OTHER_MEANS.isdisjoint(words) or bool(_OF_A_PART.search(prose))

    @cached_property
    def has_random_vectors(self) -> bool:
        """Whether the page speaks of random vectors or matrices."""
        words = r"\brandom[\s-]+(?:vector|matri|process)|\bmultivariate"
        return bool(re.search(words, self._words))

    def lies(self, name: str, shown: Shown) -> Iterator[tuple[int, Lies]]:
        """What the text and the displays say of where a symbol lies, the nearest first."""
        for at, node, _ in self._near(shown):
            for one in said_by(node):
                if spelled(one.name) == name:
                    yield at, one

    def members_lie(self, name: str, count: int, shown: Shown) -> Iterator[tuple[int, Lies, Ends]]:
        """What they say of where the members of a family lie, all of them between some ends, by
        the place of the index: ``x_1, ..., x_n > 0``, or ``x_i > 0`` for any i."""
        for at, node, ranges in self._near(shown):
            for one in said_by(node):
                if one.name.text != name or len(one.name.parts) != count:
                    continue
                if one.first is not None:
                    yield at, one, {0: (one.first.parts[0], one.name.parts[0])}
                elif ranges is not None and all(map(self.is_index, one.name.parts)):
                    names = [n.text for n in one.name.parts]
                    yield at, one, {k: ranges[n] for k, n in enumerate(names) if n in ranges}

    def says_of_members(self, name: str, shown: Shown) -> bool:
        """Whether the text says where some members of a family lie, or all in some cases."""
        cases = (
            self.readable(one.text.partition(" for ")[0])
            for one in self.said
            if one.kind == "case" and one.text and self.sections[one.piece] == shown.section
        )
        relations = [node for _, node, _ in self._near(shown)]
        return self.is_called(name, "case", shown) is not None or any(
            one.name.text == name and one.name.parts
            for node in (*relations, *cases)
            if node is not None
            for one in said_by(node)
        )

    def listed(self, name: str, shown: Shown) -> Iterator[tuple[Node, Node]]:
        """The ends of a family that the text lists: ``x_1, ..., x_n``."""
        for piece, section in zip(self.document.pieces, self.sections, strict=True):
            if section != shown.section or piece.kind != "inline" or "dots" not in piece.text:
                continue
            node = self.readable(piece.text)
            for side in node.parts if node is not None and node.kind == "relation" else (node,):
                first = first_of(side) if side is not None else None
                if side is not None and first is not None and first.text == name:
                    yield first.parts[0], side.parts[-1].parts[0]

    def is_called(self, name: str, kind: str, shown: Shown) -> int | None:
        """Where the section says that a family is ``one-hot`` or has the ``total`` 1."""
        for one in self.said:
            if one.kind != kind or self.sections[one.piece] != shown.section:
                continue
            node = self.readable(one.symbol)
            listed = node is not None and first_of(node) is not None
            last = node.parts[-1] if node is not None and listed else node
            if last is None or last.kind != "name" or last.text != name:
                continue
            if listed or all(map(self.is_index, last.parts)):
                return one.piece
        return None

    def is_index(self, node: Node) -> bool:
        """Whether an index stands for any: a letter, and no end of a range of the page."""
        return node.kind == "name" and not node.parts and node.text not in self.ends

    @property
    @abstractmethod
    def ends(self) -> frozenset[str]:
        """Names that are ends of ranges somewhere on the page."""

    def _near(self, shown: Shown) -> list[tuple[int, Node, Ranges | None]]:
        """What the section declares, the nearest first."""
        found = [r for r in self._relations if self.sections[r[0]] == shown.section]
        return sorted(found, key=lambda f: (f[0] > shown.at, abs(f[0] - shown.at)))

    @cached_property
    def _relations(self) -> list[tuple[int, Node, Ranges | None]]:
        """What the prose declares, as relations with their places, and where indices run; None
        where that is not clear."""
        found = []
        for one in self.said:
            if one.text and one.kind not in ("range", "moment", "case", "definition"):
                text, _, over = one.text.partition(" for ")
                node = self.readable(text)
                if node is not None:
                    found.append((one.piece, node, self._ranges(over) if over else {}))
        return found

    def _ranges(self, text: str) -> Ranges | None:
        """Where indices run by ``i = 1, ..., n``."""
        node = self.readable(text)
        return None if node is None else ranges_of(node)

    def readable(self, text: str) -> Node | None:
        """What a formula within a sentence says, if it can be read."""
        try:
            return read(text, self.document.macros)
        except UnreadableError:
            return None
