r"""Rows of a display taken apart: sides, the signs between them, and remarks behind them.

A remark begins with words (``\text{for}``), behind ``\quad`` or a cell border, or behind a
comma; what follows there without a word and is an equation by itself is a row of its own.
Each side is read alone, so that one that is unreadable leaves the others as they are.
"""

from __future__ import annotations

from derive.latex.layout import depth_after
from derive.latex.statements import Statement, row
from derive.latex.symbols import BIG, CONNECTIVES, RELATIONS, collection
from derive.latex.tokens import Token
from derive.latex.tree import Row

#: First words of what makes a statement behind them a condition; behind other words that join
#: two formulas ("and", "or equivalently"), an equation is a row of its own.
_CONDITIONS = collection(
    "if for when whenever since given assuming as because provided such subject s.t under by using"
)
_IMPLICATIONS = frozenset(["implies", "iff", "implied"])
_STATEMENTS = frozenset(["=", ":=", "sim", "=:", "propto", "approx"])
#: How far it is looked ahead for a sign or an ellipsis, in tokens.
_AHEAD = 120
_BEFORE_OPERAND = frozenset(["+", "-", r"\cdot", "*", "/"])


def split(line: list[Token]) -> list[Row]:
    """The rows of one line: usually one."""
    tokens = [t for t in line if t.text not in (r"\label", r"\tag", r"\tag*")]
    tags = [t.value for t in line if t.text in (r"\tag", r"\tag*")]
    labels = ["", *tags, *(t.value for t in line if t.text == r"\label")]
    while tokens and tokens[-1].text in (".", ",", ";", "quad", "&") and tokens[-1].kind == "mark":
        tokens.pop()
    statements = _statements(tokens)
    return [row(s, labels[-1]) for s in statements if s.started or s.remarks]


def _statements(tokens: list[Token]) -> list[Statement]:
    """The statements of a line, their parts still tokens."""
    found = [Statement()]
    depth = 0
    for k, token in enumerate(tokens):
        before = depth
        depth = max(0, depth_after(token, depth))
        now = found[-1]
        if before or depth:
            _put(now, token)
        elif token.text == "seam" and token.kind == "mark":
            now.remarking = now.introduced = False
        elif token.kind == "text" and not _scripted(tokens, k):
            _words(found, tokens, k)
        elif token.text in ("quad", "&") and token.kind == "mark":
            if _breaks(now, tokens, k):
                _remark(found, tokens[k + 1 : k + _AHEAD])
        elif token.text in (",", ";", ".") and token.kind == "mark":
            if not _punctuation(found, tokens, k):
                _put(now, token)
        elif token.text in (r"\forall", r"\exists"):
            now.open_remark(introduced=True)
            now.remarks[-1].append(token)
        elif _is_sign(now, token):
            now.remarking = now.introduced = False
            now.signs.append(token)
            now.sides.append([])
        else:
            _put(now, token)
    return found


def _is_sign(now: Statement, token: Token) -> bool:
    """Whether a token is a sign between sides; an implication ends a remark before it."""
    sign = RELATIONS.get(token.text) if token.kind in ("mark", "command") else None
    return sign is not None and (not now.remarking or sign in _IMPLICATIONS)


def _put(now: Statement, token: Token) -> None:
    """Add a token to what is being read."""
    (now.remarks[-1] if now.remarking else now.sides[-1]).append(token)


def _breaks(now: Statement, tokens: list[Token], k: int) -> bool:
    r"""Whether the formula ends at a ``\quad`` or a cell border."""
    part = now.remarks[-1] if now.remarking else now.sides[-1]
    rest = [t for t in tokens[k + 1 : k + 8] if t.text not in ("quad", "&")]
    if not part or not rest or (part[-1].text in _BEFORE_OPERAND and part[-1].kind != "close"):
        return False
    after = rest[0]
    if after.kind in ("text", "close") or after.text in (
        *RELATIONS,
        *_BEFORE_OPERAND,
        ",",
        ";",
        ":",
    ):
        return False
    last = part[-1].text
    return not (part[-1].kind == "command" and last in BIG)


def _statement_follows(tokens: list[Token]) -> bool:
    """Whether tokens up to the next break are an equation and no range such as i = 1, ..., n."""
    depth = 0
    found = begun = False
    for token in tokens:
        depth = max(0, depth_after(token, depth))
        if depth == 0:
            if token.text == r"\ldots" or token.text == r"\forall":
                return False
            if token.text in ("quad", "seam", "&") or token.kind == "text":
                if found or (begun and token.text != "&"):
                    break
                continue
            begun = True
            found = found or RELATIONS.get(token.text) in _STATEMENTS
    return found


def _remark(found: list[Statement], rest: list[Token]) -> None:
    """Begin what stands behind a formula: a statement of its own, or a remark."""
    now = found[-1]
    if not now.introduced and now.signs and _statement_follows(rest):
        found.append(Statement())
    else:
        now.open_remark(introduced=False)


def _punctuation(found: list[Statement], tokens: list[Token], k: int) -> bool:
    """Read a punctuation mark on the outermost level; false if it belongs to a list."""
    now = found[-1]
    rest = [t for t in tokens[k + 1 : k + _AHEAD] if t.text not in ("quad", "&")]
    if not rest or rest[0].text == "seam" or rest[0].kind == "text":
        return True
    if not now.signs and not now.remarking:
        return False
    if now.remarking and now.remarks[-1] and not _has_sign(now.remarks[-1]):
        return False
    if tokens[k].text == ".":
        return False
    if rest[0].text == r"\ldots" or tokens[k - 1].text == r"\ldots":
        return False
    for token in rest:
        if token.text in RELATIONS or token.kind == "text":
            break
        if token.text == r"\ldots":
            return False
    _remark(found, tokens[k + 1 : k + _AHEAD])
    return True


def _has_sign(tokens: list[Token]) -> bool:
    return any(t.text in RELATIONS or t.kind == "text" for t in tokens)


def _scripted(tokens: list[Token], k: int) -> bool:
    """Whether words are a script: ``_\\text{data}``."""
    return k > 0 and tokens[k - 1].text in ("_", "^") and tokens[k - 1].kind == "mark"


def _words(found: list[Statement], tokens: list[Token], k: int) -> None:
    """Words on the outermost level: before a formula, between two, or behind one.

    Words that begin with none that introduces or joins are an operand of the formula, which
    makes it unreadable, unless a break stands before them and nothing behind.
    """
    now, token = found[-1], tokens[k]
    rest = tokens[k + 1 : k + _AHEAD]
    word = (token.text.split() or [""])[0].strip("().,;:").lower()
    ended = k > 0 and tokens[k - 1].text in ("quad", "&", ",", ";", ".", "seam")
    known = word in CONNECTIVES or word in _CONDITIONS or token.text.startswith("\\")
    if not now.started and not now.remarking:
        now.remarks.append([token])
        if word in _CONDITIONS:
            now.open_remark(introduced=True)
    elif not now.remarking and now.signs and not now.sides[-1]:
        now.sides[-1].append(token)  # words in the place of a side: unreadable
    elif not now.remarking and not known and (rest or not ended):
        now.sides[-1].append(token)
    elif word not in _CONDITIONS and _statement_follows(rest):
        now.remarks.append([token])
        found.append(Statement())
    else:
        now.remarks.append([token])
        now.open_remark(introduced=True)
