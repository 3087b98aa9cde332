"""From the text of a display to its rows."""

from __future__ import annotations

from derive.latex import layout, rows, statements
from derive.latex.formula import Formula
from derive.latex.macros import Macros, expand, take_declarations
from derive.latex.plainer import simplify
from derive.latex.tokens import Token, tokenize
from derive.latex.tree import Display, Node, Row, UnreadableError

#: The longest display that is read.
LONGEST = 60_000


def parse(text: str, macros: Macros | None = None) -> Display:
    r"""The rows of a display.  What cannot be read is a node ``unreadable``; nothing is raised.

    ``text`` is what stands between the delimiters; offsets in the result count its code
    points.  ``macros`` maps control words without backslash to (number of arguments,
    body).

    >>> row, = parse(r"L(\theta) &= -\sum_{i=1}^n \log p_i \; .").rows
    >>> [s.text for s in row.signs], [n.kind for n in row.sides]
    (['='], ['juxtapose', 'neg'])
    """
    try:
        tokens = _tokens(text, macros or {})
        layout.check_nesting(tokens)
    except UnreadableError as error:
        start, end = 0, len(text)
        return Display((Row((statements.unreadable(error),), (), start, end),))
    lines = layout.rows(tokens)
    labels = [t.value for t in tokens if t.text == r"\label"]
    found = tuple(row for line in lines for row in rows.split(line))
    return Display(found, labels[0] if labels else "")


def read(text: str, macros: Macros | None = None) -> Node:
    r"""One formula: a side, a relation or a list.  Raises UnreadableError.

    >>> read(r"y_i \in \{0, 1\}").text
    'in'
    """
    tokens = _tokens(text, macros or {})
    layout.check_nesting(tokens)
    return Formula([t for t in tokens if t.text not in ("quad", r"\label")]).whole()


def _tokens(text: str, macros: Macros) -> list[Token]:
    """The tokens of a text, macros replaced, layout gone.  Raises UnreadableError."""
    if len(text) > LONGEST:
        message = f"a display of more than {LONGEST} characters is not read"
        raise UnreadableError(message, 0, 1)
    own, rest = take_declarations(text)
    tokens = expand(tokenize(rest), {**macros, **own})
    layout.check_nesting(tokens)
    tokens = simplify(tokens)
    return layout.conditioned(layout.broken(layout.unwrapped(tokens)))
