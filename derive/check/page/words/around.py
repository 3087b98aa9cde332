"""The words around a display: what they assume, set up or restrict."""

from __future__ import annotations

import re
from bisect import bisect_left

from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.document import Document, Piece

_EXPLAINING = re.compile(
    r"\b(?:where|here|denot\w+|defin\w+|given by|let|call\w*|introduc\w+|writ\w+|with)\b",
    re.IGNORECASE,
)
#: Words before an equation that holds in a case only; "if we define" defines.
_SUPPOSING = re.compile(
    r"\b(?:(?:if|when)(?!\s+(?:we|one)\s+(?:defin|denot|introduc|abbreviat|call|writ)\w*)"
    r"|suppos\w+|assum\w+|whenever|in case|unless|for which|setting|substitut\w+"
    r"|hypothes\w+|null|provided)\b|(?:^|\b(?:we|and|then|now|to) |, )set\b",
    re.IGNORECASE,
)
#: What a model gives for an input is called so, too; a tested one is called null or H_0.
_HYPOTHESIS = re.compile(r"\bhypothes\w+\b(?!\s+(?:test|that|on|about)\b)", re.IGNORECASE)
#: Where what follows from such a case begins.
_CONCLUDING = re.compile(r"\bthen\b", re.IGNORECASE)
#: Words before a display that make its first equation one to be solved.
_SOLVING = re.compile(
    r"\b(?:set|sets|setting|solv\w+|equat\w+|requir\w+|suppose|assum\w+|condition\w*|such that"
    r"|satisf\w+|constraint\w*|match\w*|zero|root\w*|choos\w+|impos\w+|substitut\w+|plug\w*)\b",
    re.IGNORECASE,
)
#: Words that set something equal to a value.
_SETTING = re.compile(
    r"\b(?:sett?(?:s|ing)?\b.{1,80}?\b(?:to|equal)|equat\w+\b.{1,80}?\b(?:to|with|zero)|solv(?:e|es|ing))\b"
    r"|\b(?:set|setting|require|requiring)\s*:?\s*$",
    re.IGNORECASE | re.DOTALL,
)
#: Words that say what comes out, where an equation is solved.
_FOUND = re.compile(
    r"\b(?:giv(?:es?|ing|en)|gave|yield\w*|obtain\w*|gets?|got|result\w*|leads?|led|leading"
    r"|follows?|finds?|found|becomes?|thus|hence|therefore"
    r"|so that|solutions?|solved|then|reads?)\b",
    re.IGNORECASE,
)
#: The same in a sentence that goes on with the display; a finished one speaks of its symbols.
_INTRODUCING = re.compile(
    r"\b(?:let|if|when|whenever|take|taking|defin\w+|denot\w+|call\w*|writ\w+|introduc\w+)\b",
    re.IGNORECASE,
)
#: Words right before a formula within a sentence that is assumed there, and how near they stand.
_ASSUMING = re.compile(
    r"\b(?:let|with|where|such that|subject to|satisf\w+|given|if|when|whenever|suppose|assum\w+"
    r"|constraint|provided|for|normali[sz]ed)\b",
    re.IGNORECASE,
)
#: The last words before a formula within a sentence that says what its left side is.
_IS = re.compile(r"\b(?:is|are|be|by|as)\s*[$(\\]*$", re.IGNORECASE)
#: Words right behind a formula that holds for some values of what it is about.
_OF_SOME = re.compile(
    r"[\s$,)\\]*(?:for (?:some|one|at least|a (?:fixed|single|certain|given)|only)|in case|if"
    r"|unless|whenever|when|only)\b"
)
_FOR = re.compile(
    r"[\s$,)\\]*(?:for|where|when|whenever|if|unless|except|provided|with|only)\b", re.IGNORECASE
)
_FOR_ALL = re.compile(
    r"[\s$,)\\]*(?:for|where)\s+(?:all|each|every|any|\$?\s*[a-z]\s*=\s*1\s*,\s*\\?[.lcd])",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:let|with|where|such that|subject to|satisf\w+|constraint|normali[sz]ed)\b", re.IGNORECASE
)
#: Words behind a display with which another case begins, or a symbol gets another value.
_ANEW = re.compile(
    r"\b(?:if|unless|when|whenever|suppose|supposing|assume|assuming|let|set|put|instead|otherwise"
    r"|in general|however|alternatively|conversely|another|contrary|cases?)\b",
    re.IGNORECASE,
)
_NEAR = 4
#: Characters between a formula and the text that goes on behind it: its delimiter, a line.
_GAP = 6


class Words:
    """The sentences of a page, as far as they lead to its displays or go on behind them."""

    document: Document
    shown: list[Shown]
    sections: list[int]

    def _supposes(self, shown: Shown, step: Step) -> bool:
        """Whether an equation is that of a case: behind "if", or of a name with a number.  Behind
        "if ..., then" stands a function of arguments for every one of them."""
        words = self.words_before(shown)
        if step.left.kind == "juxtapose":
            words = _HYPOTHESIS.sub("", _CONCLUDING.split(words)[-1])
        if _SUPPOSING.search(words):
            return True
        value = step.right
        while value.kind in ("neg", "group") and len(value.parts) == 1:
            value = value.parts[0]
        number = not any(n.kind == "name" for n in value.walk())
        return number and not explains(self, shown)

    def words_before(self, shown: Shown) -> str:
        """The sentence that leads to a display, as far as it stands right before it."""
        lower = 0
        for k in range(shown.at - 1, -1, -1):
            piece = self.document.pieces[k]
            if piece.kind == "heading":
                return ""
            if piece.kind == "display":
                lower = max(lower, piece.end)
            elif piece.kind == "prose" and piece.start < shown.piece.start:
                text = piece.text[_at(piece, lower) : _at(piece, shown.piece.start)]
                return re.split(r"[.!?]\s", text.strip())[-1]
        return ""

    def is_said_to_be(self, shown: Shown) -> bool:
        """Whether a formula within a sentence says what something is: "the output is"."""
        return not shown.chain and bool(_IS.search(self.words_before(shown)))

    def is_of_some(self, shown: Shown) -> bool:
        """Whether the words behind a formula say that it holds in a case only: "for some i"."""
        return bool(_OF_SOME.match(self._words_behind(shown)))

    def is_restricted(self, shown: Shown) -> bool:
        """Whether the words behind a formula may say for which indices it holds, but for those
        that say all of them: "for all k", "for k = 1, ..., n"."""
        words = self._words_behind(shown)
        return bool(_FOR.match(words)) and not _FOR_ALL.match(words)

    def _words_behind(self, shown: Shown) -> str:
        """The text that goes on behind a formula, in its paragraph or the next one."""
        end = shown.piece.end
        for piece in self.document.pieces:
            if piece.kind == "prose" and piece.end > end:
                between = piece.start - end
                return piece.text[_at(piece, end) :] if between < _GAP else ""
        return ""

    def words_around(self, shown: Shown) -> str:
        """The sentence that leads to a display, the words in it, and those that go on behind."""
        inside = re.findall(r"\\(?:text|mbox|textrm|mathrm)\s*\{([^{}]*)\}", shown.piece.text)
        behind = re.split(r"[.!?](?:\s|$)|\n\s*\n", self._words_behind(shown).lstrip())[0]
        # A sentence that begins behind a finished one speaks of something else.
        goes_on = behind[:1].islower() or behind[:1] in ",;("
        return " ".join([self.words_before(shown), *inside, behind if goes_on else ""])

    def is_equation_to_solve(self, shown: Shown) -> bool:
        """Whether the words before a display say that its equation is set up, not claimed."""
        words = self.words_before(shown)
        finished = words.rstrip().endswith((".", "!", "?"))
        return bool(_SOLVING.search(words) or (not finished and _INTRODUCING.search(words)))

    def is_left_to_solve(self, shown: Shown) -> bool:
        """Whether the words before a display say that its equation is still to be solved, and
        nothing of what comes out."""
        words = self.words_before(shown)
        return bool(_SETTING.search(words)) and not _FOUND.search(words)

    def is_set_to_zero(self, shown: Shown) -> bool:
        """Whether the words before a display say that something is set to a value there."""
        return bool(_SETTING.search(self.words_before(shown)))

    def begins_anew(self, other: Shown, shown: Shown) -> bool:
        """Whether the text between two displays begins another case, or gives another value."""
        low, high = other.piece.end, shown.piece.start
        return any(
            _ANEW.search(p.text[_at(p, low) : _at(p, high)])
            for p in self.document.pieces
            if p.kind == "prose" and p.end > low and p.start < high
        )

    def is_assumed(self, shown: Shown, *, lasting: bool = False) -> bool:
        """Whether a formula within a sentence is what the sentence assumes: "with ...".

        ``lasting``: not for a case only, as "if ..." does."""
        words = re.sub(r"\$[^$]*\$", " ", self.words_before(shown)).split()
        assuming = _LASTING if lasting else _ASSUMING
        return bool(assuming.search(" ".join(words[-_NEAR:])))


def explains(page: Words, shown: Shown) -> bool:
    """Whether a display stands behind "where" and the like."""
    return bool(_EXPLAINING.search(page.words_before(shown)))


def _at(piece: Piece, offset: int) -> int:
    """How many characters of a piece stand before an offset of the file."""
    return bisect_left(range(len(piece.text)), offset, key=piece.offset)
