"""Families that a page does not declare: where their indices run, and their members lie."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from derive.check.page.formulas import Vectors
from derive.check.page.shown import nodes_of
from derive.check.page.words.told import Known, Told, parameters_of
from derive.check.question import has_total, total
from derive.distributions import support
from derive.domains import BIT, NATURAL, REAL
from derive.latex.elaborate import place_of
from derive.latex.elaborate_ends import read_end
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Bound
from derive.latex.named.laws import read_law_at
from derive.latex.shapes import Index, Shape, shapes
from derive.latex.tree import Node, UnreadableError
from derive.term import ONE, Term, abstract, fresh, is_number, symbol

#: Names that mean indices when they stand as one and nothing binds them.
_INDICES = frozenset("ijklrst")


class Families(Told):
    """Declares families at one place of a page."""

    @cached_property
    def vectors(self) -> Mapping[str, Vectors]:
        """The letters of vectors in the section."""
        return self.page.vectors[self.shown.section]

    def _family(self, name: str, node: Node, count: int) -> None:
        kind = self.page.kinds.get(name)
        if kind == "set":
            self.refused[name] = f"{name} is a {kind}, and no number"
            return
        domains: list[Term] = []
        hints: list[str] = []
        for k in range(count):
            hints.append(self._hint(name, k, hints))
            domains.append(self._index_domain(name, k, count, node))
        law = self._member_law(name, count)
        if law is not None:
            self._parameters(law)
        found = support(law) if law is not None else self._member_domain(name, domains)
        if name in self.context.names:
            letter, name = name, fresh(f"{name}_single", set(self.context.names))
            self.aliases[letter, count] = name
        self.context = self.context.declare(
            name, REAL if found is None else found, tuple(domains), tuple(hints), law
        )
        if found is None:
            self.open.append(name)
        self._add_up(name)

    def _hint(self, name: str, k: int, taken: list[str]) -> str:
        for index in self.page.shape(name).at(k):
            if index.kind == "range" and index.node.text not in taken:
                return index.node.text
        return next(c for c in "ijklmn" if c not in taken)

    def _index_domain(self, name: str, k: int, count: int, node: Node) -> Term:
        """Where an index of a family runs, from the sums that it stands in."""
        listed = self._listed(name) if count == 1 else None
        if listed is not None:
            return listed
        here = shapes(nodes_of(self.shown)).get(name)
        section = self.page.shape_in(name, self.shown.section)
        for shape in filter(None, (here, section)):
            found = self._only_range(shape, k, count)
            if found is not None:
                return found
            if shape is here and self._ends_of(shape, k, count)[1]:
                message = f"over which range the members of {name} run is not clear"
                raise UnreadableError(message, node.start, node.end, f"declare {name}")
        letters = {i.node.text for i in section.at(k) if not i.node.parts} if section else set()
        vectors = self.vectors.get(name)
        alone = len(letters) == 1 and not vectors
        runs = self._runs_in_sums(*letters) if alone else None
        if runs is None:
            runs = self._only_range(self.page.shape(name), k, count)
        if runs is not None:
            return runs
        vector = self.vectors.get(name)
        of_vector = vector is not None and k == count - 1 == vector.written
        if vector is not None and of_vector:
            for other in sorted(vector.group - {name}):
                last = self.vectors[other].written
                lows, highs = self._ends_of(self.page.shape(other), last, last + 1)
                if len(lows) == len(highs) == 1:
                    return Term("Range", (lows[0], highs[0]))
        group = self.page.alike[self.shown.section].get((name, k), frozenset())
        for letter, place in sorted(group - {(name, k)}):
            found = self._only_range(self.page.shape(letter), place, place + 1)
            if found is not None:
                return found
        if group:
            return Term("Range", (ONE, symbol(self._size(f"with {min(group)}"))))
        letter = letters.pop() if len(letters) == 1 else self._hint(name, k, [])
        key = f"of {min(vector.group)}" if vector and of_vector else letter
        size = self._size(key)
        return Term("Range", (ONE, symbol(size)))

    def _only_range(self, shape: Shape, k: int, count: int) -> Term | None:
        """Where an index runs in some uses, if that is one range."""
        lows, highs = self._ends_of(shape, k, count)
        return Term("Range", (lows[0], highs[0])) if len(lows) == len(highs) == 1 else None

    def _listed(self, name: str) -> Term | None:
        """The range of a family that the text lists, ``x_1, ..., x_n``."""
        found = {
            Term("Range", (low, high))
            for low, high in (
                (self._end(a), self._end(b)) for a, b in self.page.listed(name, self.shown)
            )
            if low is not None and high is not None
        }
        return found.pop() if len(found) == 1 else None

    def _ends_of(self, shape: Shape, k: int, count: int) -> tuple[list[Term], list[Term]]:
        """The ends between which an index runs in some uses: where there are several, the
        lowest number, and the one that is a size."""
        lows: dict[Term, None] = {}
        highs: dict[Term, None] = {}
        vector = self.vectors.get(shape.name)
        partly = count - 1 if vector is not None and vector.written == count - 1 else count
        for use in (u for u in shape.uses if len(u.indices) in (count, partly)):
            if k >= len(use.indices):
                continue
            index = use.indices[k]
            if index.kind != "range" or index.high is None:
                continue
            low = self._end(index.low)
            high = self._end(index.high)
            if low is not None and high is not None:
                lows.setdefault(low)
                highs.setdefault(high)
        numbers = [t for t in lows if is_number(t)]
        if len(lows) > 1 and len(numbers) == len(lows):
            lows = {min(numbers, key=lambda t: t.value): None}
        names = [t for t in highs if t.head == "symbol"]
        if len(highs) > 1 and len(names) == 1:
            highs = {names[0]: None}
        return list(lows), list(highs)

    def _size(self, index: str) -> str:
        """The size of what an index runs through if nothing says it; one for each index."""
        if index not in self.invented:
            usual = {"i": "n", "j": "m", "k": "K", "c": "C"}.get(index, "N")
            size = fresh(usual, {*self.context.names, *self.page.names})
            self.context = self.context.declare(size, NATURAL)
            self.open.append(size)
            self.sizes.append(size)
            self.invented[index] = size
        return self.invented[index]

    def _end(self, node: Node | None) -> Term | None:
        """An end of a range that depends on nothing that is bound around it."""
        if node is None:
            return ONE
        try:
            self.declare_names((node,))
            found = read_end(node, place_of(self.reading()))
        except UnreadableError:
            return None
        for name in found.free:
            if name in self.open and name not in self.sizes:
                self.sizes.append(name)
        return found

    def _member_law(self, name: str, count: int) -> Term | None:
        """The law that the page gives every member of a family."""
        law = self.page.law(name, self.shown, count)
        if law is None or name in self.under:
            return None
        names = tuple(spelled(n) or "" for n in law.name.parts)
        if not all(names):
            return None
        scope = tuple(Bound(n, symbol(f"#{k}")) for k, n in enumerate(names))
        self.under.append(name)
        try:
            self.declare_names(parameters_of(law.law), law.name.parts)
            found = read_law_at(law.law, place_of(self.reading(), scope))
            found = abstract(found, *(f"#{k}" for k in range(len(names))))
        except UnreadableError:
            return None
        finally:
            self.under.pop()
        self.known.append(Known(name, law.at, "law"))
        return found

    def _member_domain(self, name: str, ranges: list[Term]) -> Term | None:
        """Where the page says that the members of a family lie, all of them."""
        called = self.page.is_called(name, "one-hot", self.shown) if len(ranges) == 1 else None
        if called is not None:
            self.known.append(Known(name, called, "declaration"))
            return BIT
        for at, said, ends in self.page.members_lie(name, len(ranges), self.shown):
            try:
                if not all(self._runs_over(ranges[k], *between) for k, between in ends.items()):
                    continue
                domain = self._read_domain(said)
            except UnreadableError:
                continue
            if domain is not None:
                self.known.append(Known(name, at, "declaration"))
                return domain
        if self.page.says_of_members(name, self.shown):
            self.partial.append(name)
        return None

    def _runs_over(self, domain: Term, low: Node, high: Node) -> bool:
        """Whether an index of a family runs between two ends, and no further."""
        ends = self._end(low), self._end(high)
        return domain.head == "Range" and domain.args == ends

    def _add_up(self, name: str) -> None:
        """Assume that the members of a family add up to 1 where the page says so in words: all
        of them, not those of one sum that leaves some out."""
        at = self.page.is_called(name, "total", self.shown)
        declared = self.context.names[name]
        if at is None or len(declared.indices) != 1 or not has_total(declared):
            return
        if self._listed(name) is None:
            low, high = declared.indices[0].args
            lows, highs = self._ends_of(self.page.shape(name), 0, 1)
            if (lows, highs) not in (([low], [high]), ([], [])) or low != ONE or is_number(high):
                return
            if high.head != "symbol":
                return
        self.context = self.context.assume(total(declared))
        self.known.append(Known(name, at, "declaration"))

    def _is_family(self, name: str, indices: tuple[Index, ...]) -> bool:
        """Whether some use of a name is that of a family: an index runs, there or elsewhere
        on the page, or is a formula."""
        if not indices or (name in self.given and self._takes(name, len(indices))):
            return False
        if any(i.kind in ("range", "other") for i in indices):
            return True
        if len(indices) == 1 and any(self.page.listed(name, self.shown)):
            return True
        everywhere = self.page.shape(name)
        vector = self.vectors.get(name)
        if vector is not None and len(indices) == vector.written + 1:
            return all(map(self._is_index, indices))
        running = [
            u for u in everywhere.uses
            if len(u.indices) == len(indices) and any(i.kind == "range" for i in u.indices)
        ]  # fmt: skip
        if not running:
            return False
        return any(map(self._is_index, indices))

    def _is_index(self, index: Index) -> bool:
        """Whether an index is a number or a letter that means one."""
        letters = _INDICES | self.page.running_letters(self.shown.section)
        return index.kind == "number" or index.node.text in letters

    def _takes(self, name: str, count: int) -> bool:
        declared = self.context.names.get(name)
        return (declared is not None and len(declared.indices) == count) or (
            (name, count) in self.aliases)  # fmt: skip

    def _runs(self, name: str) -> Term | None:
        """Where a free name runs that stands as an index of a declared family only."""
        for declared in self.context.names.values():
            count, vector = len(declared.indices), self.vectors.get(declared.name)
            counts = {count} if vector is None else {count, vector.written}
            uses = [u for u in self.page.shape(declared.name).uses if len(u.indices) in counts]
            for k, domain in enumerate(declared.indices):
                for use in uses:
                    if k < len(use.indices) and use.indices[k].node.text == name:
                        return domain if domain.loose == 0 and domain.head == "Range" else None
        found = self._runs_in_sums(name)
        if found is None and self.page.is_index_of_defined(name, self.shown.section):
            return Term("Range", (ONE, symbol(self._size(name))))
        return found

    def _runs_in_sums(self, name: str) -> Term | None:
        """Where a letter runs in the sums of the section, if that is one range."""
        found: dict[Term, None] = {}
        for index in self.page.ranges_of(name, self.shown.section):
            ends = self._end(index.low), self._end(index.high)
            if index.high is None or None in ends:
                return None
            found.setdefault(Term("Range", tuple(e for e in ends if e is not None)))
        return next(iter(found)) if len(found) == 1 else None

    def _running(self, name: str) -> int | None:
        """With how many indices, of which one runs, a bare name is used elsewhere; a section
        that uses it without any index speaks of a number of its own."""
        vector = self.vectors.get(name)
        if vector is not None:
            return vector.written + 1
        listed = any(self.page.listed(name, self.shown))
        section = self.shown.section
        alone = self.page.stands_alone(name, section) and not self.page.is_indexed(name, section)
        if alone and not listed:
            return None
        counts = {len(u.indices) for u in self.page.shape(name).uses
                  if self._is_family(name, u.indices)}  # fmt: skip
        return min(counts | ({1} if listed else set()), default=None)
