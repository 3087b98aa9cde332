"""Where a reader stands in the tokens of a formula, and what it says when they do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from derive.latex.symbols import NOT_FORMULAS, WORDS_OF_MATHEMATICS
from derive.latex.tokens import Token
from derive.latex.tree import Node, UnreadableError

#: How deeply brackets, arguments and operators may be nested.
DEEPEST = 48
#: How strongly what stands in invisible braces holds together; whatever is not listed is firm.
RANKS = {
    **dict.fromkeys(("group", "relation", "and", "or"), -1),
    **dict.fromkeys(("add", "neg", "operator"), 0),
    **dict.fromkeys(("big", "function", "reach", "derivative", "times"), 1),
    "juxtapose": 2,
    "power": 3,
}


class Cursor:
    """A sequence of tokens, the place that is read next, and what is open around it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        last = tokens[-1].end if tokens else 0
        self.tokens = [*tokens, Token("end", "", last, last)]
        self.at = 0
        self.depth = 0
        #: By identity: nodes that stand in braces, which nobody sees on the page: ``{a + b} c``.
        self.unseen: dict[int, Node] = {}
        #: The variable of each integral that is open here, innermost last; None as long as it
        #: has not been read.
        self.integrals: list[Node | None] = []
        #: What a bar between operands means: ``open``, ``close``, ``apart`` or ``apart2``.
        self.bars = "open"
        #: Whether a subscript is being read, where ``i1`` are two indices.
        self.indexing = False

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.at]

    def ahead(self, k: int = 1) -> Token:
        """The k-th token after the next one."""
        return self.tokens[min(self.at + k, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Read a token."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def accept(self, text: str) -> bool:
        """Read a token if it is this one."""
        if self.next.text == text and self.next.kind not in ("text", "close", "open", "end"):
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        """Read this token.  Raises UnreadableError at any other."""
        if self.next.text != text or self.next.kind == "end":
            raise self.unexpected(f"; {text} is missing here")
        return self.take()

    def error(self, message: str, place: Token | Node, repair: str = "") -> UnreadableError:
        """An error at a token or node."""
        return UnreadableError(message, place.start, max(place.end, place.start + 1), repair)

    def unexpected(self, hint: str = "") -> UnreadableError:
        """The error that the next token does not fit."""
        token = self.next
        if token.kind == "end":
            return self.error(f"the formula ends too early{hint}", token)
        if token.kind == "unknown":
            return self.error(token.value, token)
        if token.text in NOT_FORMULAS:
            twice = "write a formula for each sign" if token.text in (r"\pm", r"\mp") else ""
            return self.error(f"{token.text} {NOT_FORMULAS[token.text]}", token, twice)
        if token.kind == "command" and token.text not in WORDS_OF_MATHEMATICS:
            repair = f"declare what {token.text} stands for"
            return self.error(f"{token.text} is not known", token, repair)
        if token.kind == "text":
            message = f"the words {token.text!r} stand inside a formula"
            return self.error(message, token, "write a name that is one word, and signs outside it")
        shown = {"quad": r"\quad", "||": r"\|"}.get(token.text, token.text)
        kinds = {"close": "the closing bracket of ", "open": "the bracket "}
        what = kinds.get(token.kind, "") + shown
        repair = r"write bars of an absolute value as \lvert and \rvert" if shown == r"\mid" else ""
        return self.error(f"{what} does not fit here{hint}", token, repair)

    def node(
        self, kind: str, start: int, text: str = "", parts: Sequence[Node] = (),
        notes: Sequence[str] = (),
    ) -> Node:  # fmt: skip
        """A node from an offset to the last token read, and around all its parts."""
        end = self.tokens[self.at - 1].end if self.at else start
        for part in parts:
            start, end = min(start, part.start), max(end, part.end)
        return Node(kind, start, end, text, tuple(parts), tuple(notes))

    def descend(self) -> None:
        """Go one level deeper.  Raises UnreadableError beyond the bound."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error("the formula is nested too deeply", self.next)

    def firm(self, node: Node, rank: int) -> Node:
        """The node, unless braces that nobody sees hold it together.  Raises UnreadableError.

        ``rank`` says how strongly the operator at hand binds (``RANKS``).
        """
        if id(node) in self.unseen:
            own = 1 if node.kind == "divide" else RANKS.get(node.kind, rank)
            if own < rank:
                message = "braces are not seen on the page, and these are needed"
                raise self.error(message, node, r"write \left( and \right)")
        return node

    def hide(self, node: Node) -> Node:
        """The node, remembered as one whose brackets nobody sees."""
        loose = node.kind == "group" and not node.text
        if loose or (node.kind != "group" and node.kind in RANKS) or node.text == "/":
            self.unseen[id(node)] = node
        return node
