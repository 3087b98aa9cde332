r"""Rows of tokens: where a display breaks, and which rows are one formula in several lines.

A row that begins with ``+``, ``\cdot`` or, behind a cell border, ``-`` continues the row
before; so does a row after one that ends in an operator or inside a bracket.  Where it is not
clear, a token ``unknown`` at the seam makes that side unreadable.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.latex.symbols import OPERATORS, PRODUCTS, RELATIONS, collection
from derive.latex.tokens import Token
from derive.latex.tree import UnreadableError

#: Environments that only align rows; their borders vanish.
ALIGNING = collection(
    "align aligned alignat alignedat split gather gathered multline multlined equation eqnarray "
    "flalign math displaymath subequations dmath"
)
#: How deeply braces and environments may be nested.
DEEPEST = 200

_BINARY = frozenset(["+", r"\cdot", "*", "/", r"\wedge", r"\vee", *OPERATORS, *PRODUCTS])
_PADDING = frozenset(["&", "quad"])


def check_nesting(tokens: list[Token]) -> None:
    """Check that braces and environments close.  Raises UnreadableError."""
    waiting: list[Token] = []
    for token in tokens:
        if (token.kind == "mark" and token.text == "{") or token.text == r"\begin":
            waiting.append(token)
            if len(waiting) > DEEPEST:
                raise UnreadableError("the formula is nested too deeply", token.start, token.end)
        elif (token.kind == "mark" and token.text == "}") or token.text == r"\end":
            wanted = "{" if token.text == "}" else r"\begin"
            name = token.value
            if not waiting or waiting[-1].text != wanted or waiting[-1].value != name:
                what = "this brace" if token.text == "}" else f"\\end{{{name}}}"
                raise UnreadableError(f"{what} closes nothing", token.start, token.end)
            waiting.pop()
    if waiting:
        token = waiting[-1]
        what = "this brace" if token.text == "{" else f"\\begin{{{token.value}}}"
        raise UnreadableError(f"{what} is never closed", token.start, token.end)


def depth_after(token: Token, depth: int) -> int:
    """The depth of brackets, braces and environments behind a token."""
    if token.kind in ("open", "close"):
        return depth + (1 if token.kind == "open" else -1)
    if token.kind == "mark":
        return depth + {"{": 1, "}": -1}.get(token.text, 0)
    return depth + {r"\begin": 1, r"\end": -1}.get(token.text, 0)


def broken(tokens: list[Token]) -> list[Token]:
    """With a row's end for each blank line outside brackets; others are dropped.

    A blank line separates the equations of a directive in reStructuredText.
    """
    if all(t.text != "blank" for t in tokens):
        return tokens
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth = depth_after(token, depth)
        if token.text != "blank" or token.kind != "mark":
            kept.append(token)
        elif depth == 0:
            kept.append(token._replace(text="\\\\"))
    return kept


def unwrapped(tokens: list[Token]) -> list[Token]:
    """Without braces around everything.

    >>> from derive.latex.plainer import simplify
    >>> from derive.latex.tokens import tokenize
    >>> [t.text for t in unwrapped(simplify(tokenize(r"{\\displaystyle {a = b}}.")))]
    ['a', '=', 'b', '.']
    """
    closing = dict(_pairs(tokens))
    first, last = 0, len(tokens) - 1
    while last >= 0 and tokens[last].text in (".", ",", ";", "blank"):
        last -= 1
    while first < last and tokens[first].text == "blank":
        first += 1
    rest = tokens[last + 1 :]
    while first < last and closing.get(first) == last:
        first, last = first + 1, last - 1
    return tokens[first : last + 1] + rest


def _pairs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Where each brace opens and closes."""
    waiting: list[int] = []
    for k, token in enumerate(tokens):
        if token.kind == "mark" and token.text == "{":
            waiting.append(k)
        elif token.kind == "mark" and token.text == "}" and waiting:
            yield waiting.pop(), k


def conditioned(tokens: list[Token]) -> list[Token]:
    r"""With a bar for ``\left. x \right|`` and ``\left| y \right.`` that have no limits.

    >>> from derive.latex.plainer import simplify
    >>> from derive.latex.tokens import tokenize
    >>> [t.text for t in conditioned(simplify(tokenize(r"p(\left. x \right| y)")))]
    ['p', '(', 'x', '\\mid', 'y', '(']
    """
    changed: dict[int, Token | None] = {}
    waiting: list[int] = []
    for k, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append(k)
        elif token.kind == "close" and waiting:
            first = waiting.pop()
            shape = (tokens[first].text, token.text)
            limited = k + 1 < len(tokens) and tokens[k + 1].text in ("_", "^")
            bar = k if shape == (r"\left.", r"\lvert") else first
            if shape in ((r"\left.", r"\lvert"), (r"\lvert", r"\left.")) and not limited:
                changed |= {first: None, k: None}
                changed[bar] = tokens[bar]._replace(kind="command", text=r"\mid", value="")
    if not changed:
        return tokens
    kept = (changed.get(k, token) for k, token in enumerate(tokens))
    return [token for token in kept if token is not None]


def rows(tokens: list[Token]) -> list[list[Token]]:
    """The rows of a display, those of one formula joined."""
    lines = _lines(_without_borders(_reopened(tokens)))
    has_cells = any(t.text == "&" for line in lines for t in line)
    found: list[list[Token]] = []
    for line in lines:
        seam = _seam(found[-1], line, has_cells) if found else None
        if seam is None:
            found.append(line)
        else:
            place = line[0]
            found[-1].append(Token("mark", "seam", place.start, place.start))
            if seam:
                found[-1].append(Token("unknown", "seam", place.start, place.end, seam))
            found[-1] += line
    return found


def _reopened(tokens: list[Token]) -> list[Token]:
    r"""Without ``\right. \\ \left.``, which only break a line inside brackets."""
    dropped: set[int] = set()
    waiting: list[int] = []
    for k, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append(k)
        elif token.kind == "close":
            opening = tokens[waiting.pop()] if waiting else token
            if token.text == r"\left." and opening.text in ("(", "[", r"\{"):
                follows = [t.text for t in tokens[k + 1 : k + 7]]
                if "\\\\" in follows and r"\left." in follows[follows.index("\\\\") :]:
                    again = k + 1 + follows.index(r"\left.", follows.index("\\\\"))
                    if tokens[again].kind == "open":
                        dropped |= {k, again}
    return [t for k, t in enumerate(tokens) if k not in dropped] if dropped else tokens


def _without_borders(tokens: list[Token]) -> list[Token]:
    """Without the borders of environments that only align rows, on the outermost level."""
    kept: list[Token] = []
    depth = 0
    open_tables: list[bool] = []
    for k, token in enumerate(tokens):
        name = token.value.rstrip("*")
        if token.text == r"\begin" and depth == 0:
            if name in ALIGNING or (name == "array" and _aligns(tokens, k)):
                open_tables.append(True)
                continue
        elif token.text == r"\end" and depth == 0 and open_tables:
            open_tables.pop()
            continue
        depth = depth_after(token, depth)
        if token.text == "quad" and depth > 0 and token.kind == "mark":
            continue
        kept.append(token)
    return kept


def _aligns(tokens: list[Token], k: int) -> bool:
    """Whether a table holds relations, and so is no matrix."""
    depth = 0
    for token in tokens[k + 1 :]:
        if token.text == r"\end" and depth == 0:
            return False
        depth = depth_after(token, depth)
        if depth == 0 and token.text in RELATIONS and token.kind in ("mark", "command"):
            return True
    return False


def _lines(tokens: list[Token]) -> list[list[Token]]:
    """The lines between row ends; a bracket that is open keeps lines together."""
    found: list[list[Token]] = [[]]
    hard = soft = 0
    for token in tokens:
        if token.kind in ("open", "close"):
            soft = max(0, soft + (1 if token.kind == "open" else -1)) if not hard else soft
        else:
            hard = depth_after(token, hard)
        if token.text == "\\\\" and hard == 0:
            if soft == 0:
                found.append([])
        elif not (token.text == "&" and hard == 0 and soft):
            found[-1].append(token)
    return [line for line in found if line]


def _seam(before: list[Token], line: list[Token], has_cells: bool) -> str | None:
    """None if the line stands by itself; else why it is unclear, empty if it surely continues."""
    first = next((t for t in line if t.text not in _PADDING and t.kind != "raw"), None)
    last = next((t for t in reversed(before) if t.text not in _PADDING and t.kind != "raw"), None)
    if first is None or last is None or first.kind == "text":
        return None
    related = _has_relation(line)
    if last.text in ("+", "-", *_BINARY) or (last.text in RELATIONS and last.kind != "close"):
        return ""
    if first.text in _BINARY and first.kind != "text":
        return ""
    if first.text == "-":
        border = line[0].text == "&" or not related
        if border:
            return ""
        return None if has_cells else "whether this row continues the one before is not clear"
    if related or not _has_relation(before) or last.text in (".", ",", ";") or last.kind == "text":
        return None
    return "a row without a sign may continue the one before"


def _has_relation(line: list[Token]) -> bool:
    depth = 0
    for token in line:
        depth = depth_after(token, depth)
        if depth == 0 and token.text in RELATIONS and token.kind in ("mark", "command"):
            return True
    return False
