r"""One declaration in LaTeX as the plain declarations that say the same.

``y_i \in \{0,1\} for i = 1, \ldots, n`` is ``y[i] in {0,1} for i in 1..n``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from derive.context import Context, ContextError
from derive.document.macros import Macros
from derive.domains import REAL
from derive.latex import parse
from derive.latex.elaborate import Choice, Reading, elaborate, place_of
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_sets import read_domain
from derive.latex.named import read_law
from derive.latex.tree import Node, Row, Sign, UnreadableError
from derive.plain import ReadError, ReadOptions, write
from derive.plain.binders import write_law
from derive.plain.writer import Writer
from derive.term import ONE, Term, number

_FOR = re.compile(r"\s*,?\s*(?<![\\A-Za-z])for\s+(?:all\s+|each\s+|every\s+)?(?=\\?[A-Za-z])")
_DOTS = re.compile(r"\s*,?\s*(?<!\.)\.{2,3}(?!\.)\s*,?\s*")
_NEXT = re.compile(r",\s*(?=\\?[A-Za-z]+\s*(?:=|\\in(?![A-Za-z])|in\b))|\s+and\s+")
_SIGN = re.compile(r"=|\\in(?![A-Za-z])|\bin\b")
_COMPARED = ("=", "!=", "<", "<=", ">", ">=")
_LONGEST_RANGE = 300
_RANGE = "write for i = 1..n"


class Target(NamedTuple):
    """What a side of a declaration names: a symbol, a family with its index names, or an
    abstract function with its arguments (``call``)."""

    name: str
    indices: tuple[str, ...] = ()
    call: bool = False

    @property
    def plain(self) -> str:
        """The target in the plain spelling."""
        inside = ",".join(self.indices)
        if not inside:
            return self.name
        return f"{self.name}({inside})" if self.call else f"{self.name}[{inside}]"


class Range(NamedTuple):
    """An index and where it runs."""

    name: str
    domain: Term


class Reader:
    """Reads one declaration.  Raises ReadError, with the place in ``text``."""

    def __init__(
        self,
        text: str,
        context: Context,
        options: ReadOptions,
        macros: Macros,
        chosen: Mapping[str, int],
        sets: Mapping[str, Term],
    ) -> None:
        self.text, self.macros, self.context, self.inner = text, macros, context, context
        self.options, self.chosen, self.sets = options, chosen, sets
        self.ranges: list[Range] = []
        self.either: list[Choice] = []

    def plain(self) -> list[str]:
        """The plain declarations that say the same."""
        cut = next((m for m in _FOR.finditer(self.text) if self.is_outside(m.start())), None)
        main = self.text[: cut.start()] if cut else self.text
        try:
            rows = parse(main.rstrip(" \t.,"), self.macros).rows
            if len(rows) != 1:
                raise self.error(0, "this is more than one row", "separate declarations with ;")
            self.read_ranges(cut, rows[0])
            found = list(self.declarations(rows[0]))
        except UnreadableError as e:
            raise ReadError(e.message, self.text, min(e.start, len(self.text)), e.repair) from None
        except ContextError as e:
            raise self.error(0, str(e)) from None
        ranges = ", ".join(f"{r.name} in {write(r.domain, self.context)}" for r in self.ranges)
        return [f"{text} for {ranges}" if ranges and ranged else text for text, ranged in found]

    def is_outside(self, place: int) -> bool:
        """Whether a place is in no group in braces."""
        before = re.sub(r"\\.", "", self.text[:place])
        return before.count("{") <= before.count("}")

    def error(self, offset: int, message: str, repair: str = "") -> ReadError:
        """An error at a place of the declaration."""
        return ReadError(message, self.text, offset, repair or None)

    # -- meaning -----------------------------------------------------------------------------

    @property
    def reading(self) -> Reading:
        """What names mean here, the indices included."""
        zero_log = self.options.zero_log
        return Reading(self.inner, zero_log=zero_log, sets=self.sets, chosen=self.chosen)

    def formula(self, node: Node) -> str:
        """A formula in the plain spelling."""
        return write(self.term(node), self.inner)

    def term(self, node: Node) -> Term:
        """A formula."""
        return self.asked(lambda reading: elaborate(node, reading))

    def asked(self, run: Callable[[Reading], Term]) -> Term:
        """What is read; the questions that came up are kept."""
        reading = self.reading
        found = run(reading)
        self.either += [c for c in reading.either if c not in self.either]
        return found

    # -- ranges ------------------------------------------------------------------------------

    def read_ranges(self, cut: re.Match[str] | None, row: Row) -> None:
        """The ranges of indices behind the declaration."""
        for remark in row.remarks:
            if remark.kind == "relation":
                self.add_ranges(remark, remark.start)
            elif remark.kind not in ("text", "name"):
                raise self.error(remark.start, "this is no range of an index", _RANGE)
        at = cut.end() if cut else len(self.text)
        while at < len(self.text):
            following = _NEXT.finditer(self.text, at)
            # In "for i, j = 1..n" the comma stands between names and not between ranges.
            behind = next((m for m in following if _SIGN.search(self.text, at, m.start())), None)
            end = behind.start() if behind else len(self.text)
            if end - at > _LONGEST_RANGE:
                raise self.error(at, "this is no range of an index", _RANGE)
            text = re.sub(r"(?<![\\A-Za-z])in(?![A-Za-z])", r"\\in ", self.text[at:end])
            text = _DOTS.sub(r", \\ldots, ", text.strip(" \t.,"))
            try:
                row = parse(text, self.macros).rows[0]
                sign = row.signs[0].text if len(row.signs) == 1 else ""
                self.add_ranges(Node("relation", row.start, row.end, sign, row.sides), at)
            except UnreadableError as e:
                raise self.error(at, e.message, e.repair or _RANGE) from None
            at = behind.end() if behind else end

    def add_ranges(self, node: Node, at: int) -> None:
        """``i = 1, \\ldots, n`` or ``i, j \\in \\{1, \\ldots, n\\}``."""
        if node.kind != "relation" or node.text not in ("=", "in"):
            raise self.error(at, "this is no range of an index", _RANGE)
        left, right = node.parts
        names = left.parts if left.kind == "group" else (left,)
        domain = self.range_of(right, at)
        for name in names:
            word = spelled(name) if name.kind == "name" and not name.parts else None
            if word is None:
                raise self.error(at, "an index is a name", _RANGE)
            if all(r.name != word for r in self.ranges):
                self.ranges.append(Range(word, domain))
                if word not in self.inner.names:
                    self.inner = self.inner.declare(word, domain)

    def range_of(self, node: Node, at: int) -> Term:
        """Where an index runs."""
        dots = [k for k, p in enumerate(node.parts) if p.kind == "ellipsis"]
        if node.kind != "group" or node.text not in ("", "(") or len(dots) != 1:
            domain = self.asked(lambda reading: read_domain(node, place_of(reading)))
            if domain.head == "Range":
                return domain
            raise self.error(at, "an index runs from a number to another", _RANGE)
        k = dots[0]
        before = list(map(self.term, node.parts[:k]))
        after = list(map(self.term, node.parts[k + 1 :]))
        numbers = all(t.head == "number" for t in before)
        counted = numbers and all(b == number(a.value + 1) for a, b in pairwise(before))
        if not before or not after or (len(before) > 1 and not counted):
            raise self.error(at, "how this range goes on is not clear", _RANGE)
        return Term("Range", (before[0], after[-1]))

    # -- declarations ------------------------------------------------------------------------

    def declarations(self, row: Row) -> Iterator[tuple[str, bool]]:
        """Plain declarations, each with whether the ranges belong to it."""
        signs = [s.text for s in row.signs]
        broken = next((n for s in row.sides for n in s.walk() if n.kind == "unreadable"), None)
        if broken is not None:
            raise self.error(broken.start, broken.text, "".join(broken.notes[:1]))
        if not signs or any(side.kind == "nothing" for side in row.sides):
            repair = r"write x > 0, x \in (0, 1), X \sim \mathcal{N}(\mu, \sigma^2) or z := x + y"
            raise self.error(0, "this declares nothing", repair)
        left, right = row.sides[0], row.sides[-1]
        if signs == ["in"]:
            yield from self.membership(left, right)
        elif signs == ["sim"]:
            for target in self.targets(left):
                law = self.asked(lambda reading: read_law(right, reading))
                yield f"{target.plain} ~ {write_law(Writer(self.inner), law)}", True
        elif signs == [":="]:
            (target,) = self.targets(left)
            self.open_arguments(target)
            yield f"{target.plain} := {self.formula(right)}", not target.call
        elif all(s in _COMPARED for s in signs):
            yield from self.comparison(row)
        else:
            sign = next(s for s in row.signs if s.text not in _COMPARED)
            raise self.error(sign.start, f"{sign.text} declares nothing here")

    def membership(self, left: Node, right: Node) -> Iterator[tuple[str, bool]]:
        targets = list(self.targets(left))
        if right.kind == "power" and right.parts[0].text == "R_bb":
            repair = r"declare what its members are: x_i \in \mathbb{R} for i = 1..n"
            raise self.error(right.start, "vectors and matrices are read by their members", repair)
        domain = self.asked(lambda reading: read_domain(right, place_of(reading)))
        text = write(domain, self.inner)
        for target in targets:
            yield f"{target.plain} in {text}", bool(target.indices)

    def comparison(self, row: Row) -> Iterator[tuple[str, bool]]:
        """A chain of comparisons; a list on the left is several of them."""
        first = row.sides[0]
        if first.kind == "group" and first.text == "" and len(first.parts) > 1:
            for target in self.targets(first):
                yield self.chain([target.plain, *map(self.side, row.sides[1:])], row.signs), True
            return
        for side in row.sides:
            base = side.parts[0] if side.kind == "power" else None
            if base is not None and base.kind == "name" and not base.parts:
                name = spelled(base)
                if name is not None and name not in self.inner.names:
                    yield f"{name} in Real", False
                    self.inner = self.inner.declare(name, REAL)
        self.free_indices(row)
        texts = list(map(self.side, row.sides))
        yield self.chain(texts, row.signs), True

    def chain(self, sides: list[str], signs: tuple[Sign, ...]) -> str:
        """Sides and the signs between them."""
        words = [sides[0]]
        for sign, side in zip(signs, sides[1:], strict=True):
            words += [sign.text, side]
        return " ".join(words)

    def side(self, node: Node) -> str:
        """A side of a comparison: a new name as it is, everything else as a formula."""
        target = self.target(node) if node.kind == "name" else None
        if target is not None and target.name not in self.inner.names:
            return target.plain
        return self.formula(node)

    def free_indices(self, row: Row) -> None:
        """``\\sum_j p_{ij} = 1``: i runs where the declared family has it run."""
        for side in row.sides:
            bound = {p.text for n in side.walk() if n.kind == "big" for p in n.parts[1].walk()}
            for node in side.walk():
                entry = self.inner.names.get(node.text) if node.kind == "name" else None
                if entry is None or len(entry.indices) != len(node.parts):
                    continue
                for part, domain in zip(node.parts, entry.indices, strict=True):
                    name = spelled(part) if part.kind == "name" and not part.parts else None
                    known = name is None or name in bound or name in self.inner.names
                    if not known and domain.head == "Range" and not domain.loose:
                        self.ranges.append(Range(str(name), domain))
                        self.inner = self.inner.declare(str(name), domain)

    # -- targets -----------------------------------------------------------------------------

    def targets(self, node: Node) -> Iterator[Target]:
        """The names on the left: one, a list of them, or ``x_1, \\ldots, x_n``."""
        if node.kind != "group" or node.text != "":
            yield self.known(node)
            return
        dots = [k for k, p in enumerate(node.parts) if p.kind == "ellipsis"]
        if not dots:
            yield from map(self.known, node.parts)
            return
        first, last = node.parts[0], node.parts[-1]
        same = first.kind == last.kind == "name" and first.text == last.text
        if len(dots) > 1 or not same or not len(first.parts) == len(last.parts) == 1:
            raise self.error(node.start, "what this list holds is not clear", _RANGE)
        low, high = self.term(first.parts[0]), self.term(last.parts[0])
        if low != ONE:
            raise self.error(node.start, "a family begins with its first member", _RANGE)
        index = next(i for i in "ijklst" if i not in self.context.names and i != first.text)
        self.ranges.append(Range(index, Term("Range", (low, high))))
        yield Target(first.text, (index,))

    def known(self, node: Node) -> Target:
        """The target that a node is."""
        found = self.target(node)
        if node.kind == "name" and node.text in self.context.names:
            repair = "a later declaration of it is a comparison"
            raise self.error(node.start, f"{node.text} is declared already", repair)
        if found is None:
            raise self.error(node.start, "a name is expected here", r"write x or x_i")
        return found

    def target(self, node: Node) -> Target | None:
        """The target that a node is, if it is one."""
        if node.kind == "juxtapose" and len(node.parts) == 2 and node.parts[0].kind == "name":
            head, group = node.parts
            inside = [spelled(p) for p in group.parts if p.kind == "name"]
            name = spelled(head)
            if group.kind == "group" and name and len(inside) == len(group.parts) and all(inside):
                return Target(name, tuple(filter(None, inside)), True)
        if node.kind != "name":
            return None
        entry = self.context.names.get(node.text)
        if entry is not None and entry.indices and len(entry.indices) == len(node.parts):
            return None
        ranged = {r.name for r in self.ranges}
        indices = [spelled(p) if p.kind == "name" else None for p in node.parts]
        if indices and all(i in ranged for i in indices):
            return Target(node.text, tuple(filter(None, indices)))
        if any(i in ranged for i in indices) or any(i and len(i) == 1 for i in indices):
            missing = next((i for i in indices if i not in ranged), None)
            raise self.error(node.start, f"where {missing or 'the index'} runs is not said", _RANGE)
        name = spelled(node)
        return None if name is None else Target(name)

    def open_arguments(self, target: Target) -> None:
        """The arguments of a function are real numbers."""
        for name in target.indices if target.call else ():
            if name not in self.inner.names:
                self.inner = self.inner.declare(name, REAL)
