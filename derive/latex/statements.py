"""One row of a display: from the tokens of its sides and remarks to their trees."""

from __future__ import annotations

from derive.latex.formula import Formula
from derive.latex.symbols import RELATIONS
from derive.latex.tokens import Token
from derive.latex.tree import Node, Row, Sign, UnreadableError


class Statement:
    """One row in the making: its sides and remarks as tokens."""

    def __init__(self) -> None:
        self.sides: list[list[Token]] = [[]]
        self.signs: list[Token] = []
        #: Remarks; each begins with the token that introduced it, if one did.
        self.remarks: list[list[Token]] = []
        #: Whether a remark is being read, and whether a word introduced it.
        self.remarking = self.introduced = False

    @property
    def started(self) -> bool:
        """Whether a formula has begun."""
        return bool(self.sides[0] or self.signs)

    def open_remark(self, *, introduced: bool) -> None:
        """What follows is a remark."""
        self.remarking = True
        self.introduced = self.introduced or introduced
        self.remarks.append([])


def _may_be_number(tokens: list[Token]) -> bool:
    r"""Whether a side ends as in ``a = b \; (3)``."""
    kinds = [t.kind for t in tokens[-3:]]
    return len(tokens) > 3 and kinds == ["open", "number", "close"] and tokens[-3].gap


def read_tokens(tokens: list[Token]) -> Node:
    """The tree of some tokens; ``unreadable`` if they are no formula."""
    try:
        return Formula(tokens).whole()
    except UnreadableError as error:
        return unreadable(error)


def unreadable(error: UnreadableError) -> Node:
    """The node of what could not be read."""
    notes = (error.repair,) if error.repair else ()
    return Node("unreadable", error.start, error.end, error.message, (), notes)


def row(statement: Statement, label: str) -> Row:
    """The row of a statement."""
    everything = [
        t for part in (*statement.sides, statement.signs, *statement.remarks) for t in part
    ]
    start, end = min(t.start for t in everything), max(t.end for t in everything)
    signs = tuple(Sign(RELATIONS[t.text], t.start, t.end, t.value) for t in statement.signs)
    sides: list[Node] = []
    for k, tokens in enumerate(statement.sides):
        if _may_be_number(tokens):
            message = "this is the number of the equation or a factor"
            sides.append(Node("unreadable", tokens[-3].start, tokens[-1].end, message))
        elif tokens:
            sides.append(read_tokens(tokens))
        elif k == 0:
            sides.append(Node("nothing", start, start))
        else:
            place = statement.signs[k - 1]
            sides.append(Node("unreadable", place.start, place.end, "a side is missing here"))
    remarks, doubtful = _remarks(statement)
    if doubtful is not None and sides[-1].kind != "unreadable":
        message = "a formula stands behind this side, and how they belong together is not clear"
        sides[-1] = Node("unreadable", doubtful.start, doubtful.end, message)
    return Row(tuple(sides), signs, start, end, label, remarks)


def _remarks(statement: Statement) -> tuple[tuple[Node, ...], Node | None]:
    """The remarks, and one that stands there without a word and is no condition."""
    found: list[Node] = []
    doubtful = None
    worded = False
    for tokens in statement.remarks:
        words = [t for t in tokens if t.kind == "text"]
        if words and len(tokens) == 1:
            found.append(Node("text", words[0].start, words[0].end, words[0].text))
            worded = True
        elif tokens:
            rest = [t for t in tokens if t.text not in (r"\forall", r"\exists")]
            if len(rest) < len(tokens):
                worded = True
                place = tokens[0]
                found.append(Node("text", place.start, place.end, "for all"))
            if not rest:
                continue
            node = read_tokens(rest)
            found.append(node)
            numbered = node.kind == "group" and node.text == "("
            condition = node.kind in ("relation", "and", "or", "unreadable") or (
                node.kind == "group"
                and not node.text
                and any(p.kind == "relation" for p in node.parts)
            )
            continues = rest[0].text in ("+", "-", r"\cdot", "*", "/")
            if continues or not (worded or numbered or condition):
                doubtful = doubtful or node
    return tuple(found), doubtful
