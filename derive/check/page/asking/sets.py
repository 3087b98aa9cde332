"""Sets below sums and integrals of which a page says little, or nothing."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property

from derive.check.page.asking.families import Families
from derive.check.page.named_sets import set_names
from derive.check.page.notation.ranging import VALUES
from derive.domains import NATURAL, REAL
from derive.term import ONE, Term, fresh, symbol

#: What is no number, in words of the text.
_NO_NUMBERS = frozenset({"vector", "matrix", "set"})


class Sets(Families):
    """Finds what the sets are that formulas only name."""

    @abstractmethod
    def _support_of(self, name: str) -> Term | None:
        """The set of the values of a variable: all laws that the section gives it agree."""

    def _index_sets(self, used: set[str]) -> None:
        """Sets that hold the values of a variable; and sets of which the page uses the members
        as labels only: 1..N names them as well."""
        for name in sorted(self.page.sets & used):
            letter, calligraphic, rest = name.partition("_cal")
            if calligraphic and not rest and name not in self.sets:
                found = (self._support_of(n) for n in (letter, letter.lower()))
                where = next((w for w in found if w is not None), None)
                if where is not None:
                    self.sets[name] = where
        for name in sorted((self.page.label_sets & used) - self.sets.keys()):
            here = {w.name.text for w in self.page.laws if w.section == self.shown.section}
            letter = name.removesuffix(VALUES)
            values = (letter, letter.upper()) if letter != name else (name.partition("_cal")[0],)
            if here.isdisjoint(values):
                size = fresh("N", {*self.context.names, *self.page.names})
                self.context = self.context.declare(size, NATURAL)
                self.open.append(size)
                self.sizes.append(size)
                self.sets[name] = Term("Range", (ONE, symbol(size)))
                if letter != name:
                    self.conventions[letter] = f"{letter} in 1..{size}"
            elif letter != name:
                where = next(filter(None, map(self._support_of, values)), None)
                if where is not None:
                    self.sets[name] = where

        for name in sorted(used & self.page.sets - self.sets.keys()):
            if name in self.page.regions or name in self._integrated:
                self._region(name)
            elif name in self._summed:
                self._finite(name)

    @cached_property
    def _summed(self) -> frozenset[str]:
        """Sets under sums of the display, and no others, that may hold any numbers: neither their
        letter nor its small one has a law, or is called a vector."""
        laws = {w.name.text for w in self.page.laws if w.section == self.shown.section}
        found = set_names(self._here, "Sum") - set_names(self._here, "Integral")
        letters = ((name, name.partition("_cal")) for name in found)
        return frozenset(
            name for name, (letter, cal, rest) in letters
            if cal and not rest and laws.isdisjoint({letter, letter.lower()})
            and not {self.page.kinds.get(n) for n in (letter, letter.lower())} & _NO_NUMBERS
        )  # fmt: skip

    @cached_property
    def _integrated(self) -> frozenset[str]:
        """Sets under integrals of the display, and no others."""
        return set_names(self._here, "Integral") - set_names(self._here, "Sum")

    def _finite(self, name: str) -> None:
        """Take a set over whose numbers the display sums for that of finitely many, which claims
        say."""
        size = fresh(f"{name}_size", {*self.context.names, *self.page.names})
        values = fresh(f"{name}_value", {*self.context.names, *self.page.names})
        self.context = self.context.declare(size, NATURAL)
        domain = Term("Range", (ONE, symbol(size)))
        self.context = self.context.declare(values, REAL, (domain,), ("i",))
        self.open += [size, values]
        self.sizes.append(size)
        self.sets[name], self.points[name] = domain, values
        self.conventions[name] = f"{name} := {{{values}[i] for i in 1..{size}}}"

    def _region(self, name: str) -> None:
        """Take a set over which the page integrates for an interval, which claims say."""
        low, high = (
            fresh(f"{name}_{end}", {*self.context.names, *self.page.names})
            for end in ("low", "high")
        )
        for end in (low, high):
            self.context = self.context.declare(end, REAL)
            self.open.append(end)
            self.lent.append(end)
        self.context = self.context.assume(Term("Lt", (symbol(low), symbol(high))))
        self.sets[name] = Term("Open", (symbol(low), symbol(high)))
        self.conventions[name] = f"{name} := ({low}, {high})"
