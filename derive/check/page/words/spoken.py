r"""What a text says of its measures of information, and where it means others.

``\mathrm{H}(X)`` on a page that speaks of entropies is the one of Shannon, unless a word says
which other one is meant, or what else the letter stands for.  Here nothing is concluded from
words but that a reading is not safe.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from derive.document import Document

#: What the words of a page must say for its letter to be the measure.
_SPOKEN = {
    "H": re.compile(r"\bentrop(?:y|ies)\b"),
    "h": re.compile(r"\bentrop(?:y|ies)\b"),
    "I": re.compile(r"\bmutual information\b"),
    "KL": re.compile(r"\bdivergences?\b|kullback"),
}

_ENTROPIES = re.compile(
    r"\br[ée]nyi|\btsallis|\bhartley|\bcollision|\b(?:min|max)[\s-]entrop|neumann|\btopological"
    r"|\bbinary entrop|\bnegative entrop|\bnegentrop|\bhessian|\bhat matri|\bhamiltonian|heaviside"
)
#: What else the letter or the word may mean: other measures with the same name, other objects.
_OTHERS = {
    "H": _ENTROPIES,
    "h": _ENTROPIES,
    "I": re.compile(r"\bfisher|\bidentity matri|\bindicator|\bpointwise"),
    "KL": re.compile(
        r"\br[ée]nyi|\bjensen-sh|\bbregman|\breversed?\b|\bsymmetri[cs]|-divergence|\bhellinger"
    ),
}
_UNITS = re.compile(
    r"\bin (?:units of )?(?:bits|nats|hartleys|dits|bans)\b|\bbase[\s-]+\$?(?:\d|two|ten|e\b)"
)
_BITS = re.compile(r"\bin (?:units of )?bits\b|\bbase[\s-]+(?:2|two|\$2\$)(?!\d)")
_NATS = re.compile(r"\bin (?:units of )?nats\b|\bbase[\s-]+\$?(?:\\mathrm\{)?e\b")

#: Words behind a letter that say what it is, up to where they say something else.
_CALLED = r"\s*(?:\([^()$]*\))?\s*\}?\$\s+(?:is|are|be|denotes?|stands? for)\s+(?P<what>[^.;:,]*)"
_VALUES = re.compile(r"\b(?:values|supports?|alphabets?|outcomes?|ranges?|spaces?|domains?)\b")
_PART = re.compile(r"\b(?:half|parts?|subsets?|some|training|test|which|that|with|where)\b|[<>]")


class Spoken:
    """The words of a page and those of a section, as they are written.

    >>> Spoken("The entropy of $X$ is").allows("H", 0)
    True
    >>> Spoken("The entropy of $X$; $H(x)$ is the Hessian").allows("H", 0)
    False
    """

    def __init__(self, prose: str, section: str = "") -> None:
        self.prose, self.section = prose, section
        self.words = prose.lower()

    @classmethod
    def on(cls, document: Document, sections: Sequence[int], section: int) -> Spoken:
        """The words of a document, each piece of which belongs to a section, around one."""
        said = [(p.text, s) for p, s in zip(document.pieces, sections, strict=True)
                if p.kind in ("prose", "heading")]  # fmt: skip
        whole = " ".join([document.title, *(text for text, _ in said)])
        return cls(whole, " ".join(text for text, s in said if s == section))

    def allows(self, kind: str, base: int | None) -> bool:
        """Whether a letter may be the measure; ``base``: of the logarithms, 0 where none is
        written, None for a letter."""
        spoken, other = _SPOKEN.get(kind), _OTHERS.get(kind)
        if spoken is None or other is None or not spoken.search(self.words):
            return False
        if other.search(self.words) or not self._is_unit(base):
            return False
        letter = rf"\$\\?(?:mathrm\{{|mathbb\{{|operatorname\{{)?(?:D_)?{kind}\}}?" + _CALLED
        called = re.finditer(letter, self.prose)
        return all(_SPOKEN[kind].search(m["what"].lower()) for m in called)

    def _is_unit(self, base: int | None) -> bool:
        """Whether what the text says of units fits the logarithms."""
        if base is None or not _UNITS.search(self.words):
            return True
        bits, nats = _BITS.search(self.words), _NATS.search(self.words)
        return base == 2 if bits else base == 0 and nats is not None

    @property
    def is_joint(self) -> bool:
        """Whether the page speaks of joint or marginal laws, so that masses belong together."""
        return re.search(r"\bjoint(?:ly)?\b|\bmarginal", self.words) is not None

    @property
    def is_crossed(self) -> bool:
        """Whether an entropy of two laws is a cross-entropy on the page, and no joint one."""
        return "cross" in self.words and "joint entrop" not in self.words

    def holds_all(self, letter: str) -> bool:
        r"""Whether ``\mathcal{X}`` may be all values: the text does not call it a part of them."""
        called = re.finditer(rf"\$\\mathcal\{{?{letter}" + _CALLED, self.prose)
        found = [m["what"] for m in called]
        return all(_VALUES.search(w) and not _PART.search(w) for w in found)

    def is_of_other(self, variable: str, mass: str, letter: str) -> bool:
        r"""Whether a mass is called that of another variable, "the mass ``$p(x)$`` of ``$Y$``"."""
        called = rf"\$\s*{mass}\({letter}\)\s*\$[^$.;]*\bof\s+\$([A-Za-z])\$"
        return any(m != variable for m in re.findall(called, self.prose))

    def gives_other(self, letter: str, own: str, masses: Collection[str]) -> bool:
        """Whether a sentence speaks of a law or variable with the mass of another one of which it
        does not speak, and not with its own."""
        return any(
            letter in names and own not in names
            and any(m in names and m.upper() not in names for m in masses)
            for names in self._sentences
        )  # fmt: skip

    def in_order(self, first: str, second: str) -> bool:
        """Whether two laws and their masses are mentioned by the section in the same order,
        P, Q and p, q, where all are."""
        masses = first.lower(), second.lower()
        order = [n for n in _names(self.section) if n in (first, second, *masses)]
        at = {n: order.index(n) for n in reversed(order)}
        if len(at) < 2 * len({first, second}):
            return True
        return (at[first] < at[second]) == (at[masses[0]] < at[masses[1]])

    @cached_property
    def _sentences(self) -> list[frozenset[str]]:
        return [frozenset(_names(s)) for s in re.split(r"[.;!?](?:\s|$)", self.prose)]


def _names(text: str) -> Iterator[str]:
    """The letters in the formulas of a text that stand for themselves, in order."""
    for formula in re.findall(r"\$([^$]+)\$", text):
        yield from re.findall(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])", formula)
