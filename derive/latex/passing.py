"""One pass over tokens that rewrites them: what waits, what is done, arguments."""

from __future__ import annotations

from derive.latex.symbols import RELATIONS, collection
from derive.latex.tokens import Token
from derive.latex.tree import UnreadableError

#: Words that are no product of letters, even where they are written as one.
_PLAIN_WORDS = collection("if for where when otherwise else and")
_LONGEST_WORD = 9


class Pass:
    """One pass over tokens: what still waits, what is done, and whether a gap stands between."""

    def __init__(self, tokens: list[Token]) -> None:
        self.waiting = tokens[::-1]
        self.done: list[Token] = []
        self.gap = False
        #: Where the last argument in braces ended.
        self.closing = 0

    def emit(self, kind: str, text: str, place: Token, end: int = 0, value: str = "") -> None:
        """Add a token at the place of another."""
        token = Token(kind, text, place.start, end or place.end, value or place.value, self.gap)
        self.done.append(token)
        self.gap = False

    def plain_word(self, token: Token) -> str:
        """A word such as "if" that is written as letters side by side; it is read."""
        word, end = token.text, token.end
        for after in reversed(self.waiting):
            if after.kind != "letter" or after.start != end or len(word) > _LONGEST_WORD:
                break
            word, end = word + after.text, after.end
        before = self.done[-1] if self.done else None
        script = before and (before.text in ("_", "^") or self.opens_script())
        joined = before and before.end == token.start and before.kind == "letter"
        if word not in _PLAIN_WORDS or script or joined:
            return ""
        del self.waiting[1 - len(word) :]
        return word

    def opens_script(self) -> bool:
        """Whether a script in braces has just begun."""
        last = [t.text for t in self.done[-2:]]
        return len(last) == 2 and last[0] in ("_", "^") and last[1] == "{"

    def is_spacer(self, text: str) -> bool:
        """Whether empty braces come next that only make room behind a sign: ``a ={} b``."""
        before = self.done[-1] if self.done else None
        if text != "{" or not self.next_is("}") or (before and before.text not in RELATIONS):
            return False
        self.waiting.pop()
        return True

    def unwrap(self) -> None:
        r"""Drop braces around a word that stands alone in them: ``{\rm d}x``, ``{\text{if}}``."""
        if len(self.done) < 2 or self.done[-2].text != "{" or not self.next_is("}"):
            return
        before = self.done[-3] if len(self.done) > 2 else None
        word = self.done[-1]
        free = before is None or (before.kind != "command" and before.text not in ("_", "^", "}"))
        if free and (word.kind == "text" or word.text == "d"):
            self.waiting.pop()
            self.done[-2:] = [word]

    # -- arguments -----------------------------------------------------------------------

    def next_is(self, text: str) -> bool:
        """Whether the next token is this one."""
        return bool(self.waiting) and self.waiting[-1].text == text

    def argument(self, what: Token) -> list[Token]:
        """The next argument: one token, or what stands in braces."""
        if not self.next_is("{"):
            if not self.waiting:
                raise UnreadableError(f"{what.text} lacks an argument", what.start, what.end)
            return [self.waiting.pop()]
        depth = 0
        for k in range(len(self.waiting) - 1, -1, -1):
            depth += {"{": 1, "}": -1}.get(self.waiting[k].text, 0)
            if not depth:
                found = self.waiting[k + 1 : -1][::-1]
                self.closing = self.waiting[k].end
                del self.waiting[k:]
                return found
        place = self.waiting[-1]
        raise UnreadableError("this brace is never closed", place.start, place.end, "close it")
