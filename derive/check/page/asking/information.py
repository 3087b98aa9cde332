r"""Entropies, divergences and mutual informations of laws that a page never gives.

:math:`H(X) = -\sum_{x \in \mathcal X} p(x) \log p(x)` holds by definition, whatever the mass p is.
A page that speaks of such a measure, calls its mass and sums or integrates over its values has
said all that the definition needs.  Definitions: T. M. Cover and J. A. Thomas, *Elements of
Information Theory*, chapters 2 and 8.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.page.asking.masses import (
    Mass,
    averaged,
    base,
    divided,
    is_capital,
    is_letter,
    log_of,
    named,
    ranges,
    ratio,
    runs,
    uppers,
)
from derive.check.page.nodes import MASSES, Head, applications, shape_of
from derive.check.page.words.spoken import Spoken
from derive.latex.tree import Node

#: Letters of masses that are none of laws.
_SMALL = frozenset({"p", "q"})
_DIVERGENCES = ("KL", "D_KL", "D_K_L")

#: How values are gone through: a sum for ``H``, an integral for ``h``, either for others.
_WAYS = {"H": "Sum", "h": "Integral"}


class Information:
    """The measures of information on a page: ``sides`` are all its formulas, ``spoken`` its
    words.

    >>> from derive.latex import read
    >>> texts = r"\\sum_{x \\in \\mathcal{X}} p(x) \\log p(x)", r"\\mathrm{H}(X)"
    >>> sides = [read(t, {}) for t in texts]
    >>> from derive.check.page.nodes import head_of
    >>> Information(sides, Spoken("the entropy of X")).value(head_of(sides[1]), sides).kind
    'neg'
    """

    def __init__(self, sides: Iterable[Node], spoken: Spoken) -> None:
        self.sides, self.spoken = list(sides), spoken
        self.called: dict[tuple[tuple[str, ...], str], dict[str, Node]] = {}
        for side in self.sides:
            for name, group in applications(side):
                if group.parts and all(is_letter(p) for p in group.parts):
                    sign = next((s for s in ("|", ";") if s in group.notes), ",")
                    key = tuple(p.text for p in group.parts), sign
                    self.called.setdefault(key, {})[shape_of(name)] = name

    def value(self, head: Head, here: Iterable[Node]) -> Node | None:
        """What a measure is by its definition, in the letters of the page and with the ranges of
        the display, whose sides are ``here``; None where the page does not say of what it is."""
        kind = "KL" if head.name in _DIVERGENCES else head.name
        logarithm = self._logarithm()
        if logarithm is None or not self.spoken.allows(kind, base(logarithm)):
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
        usual = head.name in MASSES and all(map(is_letter, head.arguments))
        if not usual or not self.spoken.is_joint:
            return None
        own = tuple(a.text for a in head.arguments)
        whole = {letters for (letters, sign), names in self.called.items()
                 if sign == "," and len(letters) == 2 and f"name:{head.name}" in names}  # fmt: skip
        if len(whole) != 1 or not set(own) <= set(*whole):
            return None
        joint = Mass(named(head.name), *whole)
        rest = [letter for letter in joint.letters if letter not in own]
        if len(own) == 1 and rest:
            return self._over(tuple(rest), joint.at(), here)
        if len(own) == 2 and head.notes[:1] == ("|",):
            below = self._over(own[:1], joint.at(), here)
            return None if below is None else divided(joint.at(), below)
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
            return None if pair is None else averaged(pair[0], log_of(log, ratio(*pair)))
        if kind == "I":
            both = self._variables(subjects) or self._variables(subjects[::-1])
            alone = [self._variables((s,)) for s in subjects]
            if len(subjects) != 2 or both is None or None in alone:
                return None
            apart = Node("times", 0, 0, "", tuple(m.at() for m in alone if m is not None))
            return averaged(both, log_of(log, divided(both.at(), apart)))
        if len(subjects) == 2 and sign == "|":
            both = self._variables(subjects) or self._variables(subjects[::-1])
            given = self._variables(subjects, "|")
            if both is None:
                return None
            rest = Mass(both.name, (subjects[1].text.lower(),))
            inner = ratio(both, rest) if given is None else given.at("|")
            return averaged(both, log_of(log, inner))
        pair = self._two(subjects) if self.spoken.is_crossed else None
        if pair is not None:
            return averaged(pair[0], log_of(log, pair[1].at()))
        own = self._distribution(subjects[0]) if len(subjects) == 1 else None
        own = own or self._variables(subjects) or self._variables(subjects[::-1])
        return None if own is None else averaged(own, log_of(log, own.at()))

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
        if not self.spoken.in_order(*(s.text for s in subjects)):
            return None
        return first, second

    def _distribution(self, subject: Node) -> Mass | None:
        """The mass that the page writes for a law: that of P is p, at whatever letters it has."""
        if subject.kind == "juxtapose" and len(subject.parts) == 2:
            name, group = subject.parts
            if name.kind == "name" and group.kind == "group" and all(map(is_letter, group.parts)):
                return Mass(name, tuple(p.text for p in group.parts)) if group.parts else None
        if subject.kind != "name":
            return None
        small = subject._replace(text=subject.text.lower(), notes=())
        at = {letters for (letters, sign), names in self.called.items()
              if sign == "," and shape_of(small) in names}  # fmt: skip
        if len(at) != 1 or self.spoken.gives_other(subject.text, small.text, _SMALL):
            return None
        return Mass(small, next(iter(at)))

    def _variables(self, subjects: tuple[Node, ...], sign: str = ",") -> Mass | None:
        """The mass of random variables at the letters that are theirs: of X at x."""
        if not all(s.kind == "name" and not s.parts and is_capital(s.text) for s in subjects):
            return None
        letters = tuple(s.text.lower() for s in subjects)
        if len(set(letters)) < len(letters):
            return None
        names = [
            n for n in self.called.get((letters, sign), {}).values()
            if (n.text in MASSES and not n.parts)
            or (n.text in ("f", "p") and tuple(p.text for p in n.parts) == uppers(letters))
        ]  # fmt: skip
        plain = [n for n in names if n.text == "p" and not n.parts] or names
        if len(plain) != 1:
            return None
        others = {n.text for n in names} - {plain[0].text}
        if any(self.spoken.gives_other(s.text, plain[0].text, others) for s in subjects):
            return None
        if len(letters) == 1 and self.spoken.is_of_other(subjects[0].text, plain[0].text, *letters):
            return None
        return Mass(plain[0], letters)

    def _frame(self, letter: str, here: Iterable[Node], way: str | None) -> Node | None:
        """The sum or integral over all values of a letter: that of the display, else of the page;
        None where there are several."""
        for sides in (here, self.sides):
            found = {
                (n.text, *map(shape_of, n.parts[1:])): n
                for side in sides
                for n in ranges(side)
                if runs(n) == letter and n.text == (way or n.text)
            }
            if found:
                frame = next(iter(found.values()))
                return frame if len(found) == 1 and self._is_over_all(frame, letter) else None
        return None

    def _is_over_all(self, frame: Node, letter: str) -> bool:
        r"""Whether a sum or integral is over all values of a letter: ``\mathcal{X}`` holds those
        of x, and no other set does."""
        where = frame.parts[1] if frame.text == "Integral" else frame.parts[1].parts[1]
        own = where.kind == "name" and not where.parts
        capital = where.text.partition("_")[0]
        return own and capital.lower() == letter and self.spoken.holds_all(letter.upper())

    def _logarithm(self) -> Node | None:
        """The logarithm of the page; None where it has several."""
        logs = [
            n for side in self.sides for n in side.walk()
            if n.kind == "function" and n.text == "log"
        ]  # fmt: skip
        bases = {shape_of(b) for n in logs for b in n.parts[1:]}
        mixed = bases and any(len(n.parts) == 1 for n in logs)
        return None if mixed or len(bases) > 1 or not logs else logs[0]
