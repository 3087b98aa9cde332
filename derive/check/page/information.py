r"""Entropies, divergences and mutual informations of laws that a page never gives.

:math:`H(X) = -\sum_{x \in \mathcal X} p(x) \log p(x)` holds by definition, whatever the mass p is.
A page that speaks of such a measure, calls its mass and sums or integrates over its values has
said all that the definition needs.  Definitions: T. M. Cover and J. A. Thomas, *Elements of
Information Theory*, chapters 2 and 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from derive.check.page.nodes import MASSES, Head, applications, shape_of
from derive.latex.tree import Node

#: What the words of a page must say for its letter to be the measure.
_SPOKEN = {
    "H": re.compile(r"\bentrop(?:y|ies)\b"),
    "h": re.compile(r"\bentrop(?:y|ies)\b"),
    "I": re.compile(r"\bmutual information\b"),
    "KL": re.compile(r"\bdivergences?\b|Kullback"),
}
_DIVERGENCES = ("KL", "D_KL", "D_K_L")

#: How values are gone through: a sum for ``H``, an integral for ``h``, either for others.
_WAYS = {"H": "Sum", "h": "Integral"}


class Mass(NamedTuple):
    """A mass or density: its name, and the letters of the values that it is taken at."""

    name: Node
    letters: tuple[str, ...]

    def at(self, sign: str = ",") -> Node:
        """The mass at its letters; ``|`` stands for the first given the second."""
        return _call(self.name, tuple(map(_name, self.letters)), (sign,) * len(self.letters[1:]))


class Information:
    """The measures of information on a page: ``sides`` are all its formulas, ``words`` its text.

    >>> from derive.latex import read
    >>> sides = [read(t, {}) for t in (r"\\sum_{x \\in A} p(x) \\log p(x)", r"\\mathrm{H}(X)")]
    >>> from derive.check.page.nodes import head_of
    >>> Information(sides, "the entropy of X").value(head_of(sides[1]), sides).kind
    'neg'
    """

    def __init__(self, sides: Iterable[Node], words: str) -> None:
        self.sides, self.words = list(sides), words
        self.called: dict[tuple[tuple[str, ...], str], dict[str, Node]] = {}
        for side in self.sides:
            for name, group in applications(side):
                if group.parts and all(_is_letter(p) for p in group.parts):
                    sign = "|" if "|" in group.notes else ","
                    key = tuple(p.text for p in group.parts), sign
                    self.called.setdefault(key, {})[shape_of(name)] = name

    def value(self, head: Head, here: Iterable[Node]) -> Node | None:
        """What a measure is by its definition, in the letters of the page and with the ranges of
        the display, whose sides are ``here``; None where the page does not say of what it is."""
        kind = "KL" if head.name in _DIVERGENCES else head.name
        spoken = _SPOKEN.get(kind)
        logarithm = self._logarithm()
        if spoken is None or logarithm is None or not spoken.search(self.words):
            return None
        body = self._body(kind, head, logarithm)
        if body is None:
            return None
        found = self._over(body[0], body[1], here, _WAYS.get(kind))
        if found is None or kind not in ("H", "h"):
            return found
        return Node("neg", 0, 0, "", (found,))

    def marginal(self, head: Head, here: Iterable[Node]) -> Node | None:
        """What a mass is by the one joint mass of the page: ``p(x)`` by ``p(x, y)``, and
        ``p(x | y)``; None where there is none, or several."""
        if head.name not in MASSES or not all(map(_is_letter, head.arguments)):
            return None
        own = tuple(a.text for a in head.arguments)
        whole = {letters for (letters, sign), names in self.called.items()
                 if sign == "," and len(letters) == 2 and f"name:{head.name}" in names}  # fmt: skip
        if len(whole) != 1 or not set(own) <= set(*whole):
            return None
        joint = Mass(_name(head.name), *whole)
        rest = [letter for letter in joint.letters if letter not in own]
        if len(own) == 1 and rest:
            return self._over(tuple(rest), joint.at(), here)
        if len(own) == 2 and head.notes[:1] == ("|",):
            below = self._over(own[:1], joint.at(), here)
            return None if below is None else _divided(joint.at(), below)
        return None

    def _over(
        self, letters: tuple[str, ...], amount: Node, here: Iterable[Node], way: str | None = None
    ) -> Node | None:
        """An amount summed or integrated over all values of some letters."""
        for letter in reversed(letters):
            frame = self._frame(letter, here, way)
            if frame is None:
                return None
            amount = frame._replace(parts=(amount, *frame.parts[1:]))
        return amount

    def _body(self, kind: str, head: Head, log: Node) -> tuple[tuple[str, ...], Node] | None:
        """The letters of the values, and what is summed for each of them."""
        sign = next((s for s in head.notes if s), "")
        subjects = head.arguments
        if kind == "KL":
            pair = self._two(subjects)
            return None if pair is None else _averaged(pair[0], _log(log, _ratio(*pair)))
        if kind == "I":
            both = self._variables(subjects) or self._variables(subjects[::-1])
            alone = [self._variables((s,)) for s in subjects]
            if len(subjects) != 2 or both is None or None in alone:
                return None
            apart = Node("times", 0, 0, "", tuple(m.at() for m in alone if m is not None))
            return _averaged(both, _log(log, _divided(both.at(), apart)))
        if len(subjects) == 2 and sign == "|":
            both = self._variables(subjects) or self._variables(subjects[::-1])
            given = self._variables(subjects, "|")
            if both is None:
                return None
            rest = Mass(both.name, (subjects[1].text.lower(),))
            ratio = _ratio(both, rest) if given is None else given.at("|")
            return _averaged(both, _log(log, ratio))
        if len(subjects) == 2 and (pair := self._two(subjects)) is not None:
            return _averaged(pair[0], _log(log, pair[1].at()))
        own = self._distribution(subjects[0]) if len(subjects) == 1 else None
        own = own or self._variables(subjects) or self._variables(subjects[::-1])
        return None if own is None else _averaged(own, _log(log, own.at()))

    def are_joint(self, first: str, second: str) -> bool:
        """Whether two letters stand together in a mass: they are values of two variables."""
        return any({first, second} <= set(letters) for letters, _ in self.called)

    def _two(self, subjects: tuple[Node, ...]) -> tuple[Mass, Mass] | None:
        """Two laws of the same values, by the masses with their letters: P by p, Q by q."""
        if len(subjects) != 2:
            return None
        first, second = map(self._distribution, subjects)
        if first is None or second is None or first.letters != second.letters:
            return None
        return first, second

    def _distribution(self, subject: Node) -> Mass | None:
        """The mass that the page writes for a law: that of P is p, at whatever letters it has."""
        if subject.kind == "juxtapose" and len(subject.parts) == 2:
            name, group = subject.parts
            if name.kind == "name" and group.kind == "group" and all(map(_is_letter, group.parts)):
                return Mass(name, tuple(p.text for p in group.parts)) if group.parts else None
        if subject.kind != "name":
            return None
        small = subject._replace(text=subject.text.lower(), notes=())
        at = {letters for (letters, sign), names in self.called.items()
              if sign == "," and shape_of(small) in names}  # fmt: skip
        return Mass(small, next(iter(at))) if len(at) == 1 else None

    def _variables(self, subjects: tuple[Node, ...], sign: str = ",") -> Mass | None:
        """The mass of random variables at the letters that are theirs: of X at x."""
        if not all(s.kind == "name" and not s.parts and _is_capital(s.text) for s in subjects):
            return None
        letters = tuple(s.text.lower() for s in subjects)
        names = [
            n for n in self.called.get((letters, sign), {}).values()
            if (n.text in MASSES and not n.parts)
            or (n.text in ("f", "p") and tuple(p.text for p in n.parts) == _upper(letters))
        ]  # fmt: skip
        plain = [n for n in names if n.text == "p" and not n.parts] or names
        return Mass(plain[0], letters) if len(plain) == 1 else None

    def _frame(self, letter: str, here: Iterable[Node], way: str | None) -> Node | None:
        """The sum or integral over all values of a letter: that of the display, else of the page;
        None where there are several."""
        for sides in (here, self.sides):
            found = {
                (n.text, *map(shape_of, n.parts[1:])): n
                for side in sides
                for n in _ranges(side)
                if _runs(n) == letter and n.text == (way or n.text)
            }
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def _logarithm(self) -> Node | None:
        """The logarithm of the page; None where it has several."""
        logs = [
            n for side in self.sides for n in side.walk()
            if n.kind == "function" and n.text == "log"
        ]  # fmt: skip
        bases = {shape_of(b) for n in logs for b in n.parts[1:]}
        mixed = bases and any(len(n.parts) == 1 for n in logs)
        return None if mixed or len(bases) > 1 or not logs else logs[0]


def _averaged(mass: Mass, amount: Node) -> tuple[tuple[str, ...], Node]:
    return mass.letters, Node("times", 0, 0, "", (mass.at(), amount))


def _ratio(a: Mass, b: Mass) -> Node:
    return _divided(a.at(), b.at())


def _divided(a: Node, b: Node) -> Node:
    return Node("divide", 0, 0, "frac", (a, b))


def _log(pattern: Node, of: Node) -> Node:
    return pattern._replace(start=0, end=0, parts=(of, *pattern.parts[1:]))


def _call(name: Node, letters: tuple[Node, ...], notes: tuple[str, ...]) -> Node:
    return Node("juxtapose", 0, 0, "", (name, Node("group", 0, 0, "(", letters, notes)))


def _name(letter: str) -> Node:
    return Node("name", 0, 0, letter)


def _ranges(side: Node) -> Iterator[Node]:
    return (n for n in side.walk() if n.kind == "big" and n.text in ("Sum", "Integral"))


def _runs(node: Node) -> str | None:
    """The letter that goes through a set, in a sum or an integral over it."""
    below, above = node.parts[1:3]
    if above.kind != "nothing":
        return None
    if node.text == "Integral":
        name = node.parts[3]
        return name.text if below.kind == "name" and name.kind == "name" else None
    if below.kind != "relation" or below.text != "in" or below.parts[0].kind != "name":
        return None
    return below.parts[0].text


def _is_letter(node: Node) -> bool:
    return node.kind == "name" and not node.parts and len(node.text) == 1 and node.text.islower()


def _is_capital(text: str) -> bool:
    return len(text) == 1 and text.isupper()


def _upper(letters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(letter.upper() for letter in letters)
