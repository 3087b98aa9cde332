r"""One statement in LaTeX, read with declarations in plain spelling.

The grammar is that of documents.  Nothing is assumed here: what a page may leave to be inferred
must be declared.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from derive.check.page.steps import STATED, Step, steps_of
from derive.latex import parse
from derive.latex.elaborate import Reading, alternatives
from derive.latex.elaborate import statement as read_sides
from derive.latex.tree import UnreadableError
from derive.plain.text import ReadError, UndeclaredError

if TYPE_CHECKING:
    from derive.context import Context
    from derive.term import Term


def read_typeset(text: str, context: Context, *, zero_log: bool = False) -> Term:
    r"""The statement that a formula in LaTeX makes.

    ``zero_log``: 0*log(0) is 0.  Raises ReadError: notation that is not read, a symbol that is
    not declared, no relation or more than one, readings that disagree.

    >>> from derive.plain import declare
    >>> context = declare("n in Natural; y_hat[i] in (0,1) for i in 1..n")
    >>> read_typeset(r"\sum_i \hat y_i \leq n", context)
    Sum(y_hat[i], (i, 1, n)) <= n
    """
    body, begin = _body(text)
    try:
        step = _only_step(body)
        run = partial(_statement, step)
        readings = alternatives(run, Reading(context, zero_log=zero_log))
    except UnreadableError as error:
        kind = UndeclaredError if " is not declared" in error.message else ReadError
        raise kind(error.message, text, begin + error.start, error.repair or None) from None
    if len({r.result for r in readings}) > 1:
        ways = "; or ".join(", ".join(r.answers) for r in readings)
        message = f"this can be read in ways that disagree: {ways}"
        raise ReadError(message, text, begin + step.sign.start, "write brackets")
    return readings[0].result


def _statement(step: Step, reading: Reading) -> Term:
    return read_sides(step.left, step.sign, step.right, reading)


def _body(text: str) -> tuple[str, int]:
    """What stands between the delimiters of a display, if there are any, and where."""
    for opening, closing in (("$$", "$$"), ("\\[", "\\]"), ("$", "$"), ("\\(", "\\)")):
        inside = text.strip()
        if len(inside) > 3 and inside.startswith(opening) and inside.endswith(closing):
            begin = text.index(opening) + len(opening)
            return text[begin : text.rindex(closing)], begin
    return text, 0


def _only_step(text: str) -> Step:
    """The one step of a formula.  Raises UnreadableError."""
    display = parse(text)
    steps = steps_of(display)
    nodes = [n for row in display.rows for n in (*row.sides, *row.remarks)]
    for bad in (n for node in nodes for n in node.walk() if n.kind == "unreadable"):
        raise UnreadableError(bad.text, bad.start, bad.end, bad.notes[0] if bad.notes else "")
    if not steps:
        raise UnreadableError("a statement has a relation between two sides", 0, 1)
    if len(steps) > 1:
        message = "a statement has one relation"
        repair = "`derive check` judges every step of a chain"
        raise UnreadableError(message, steps[1].sign.start, steps[1].sign.end, repair)
    for remark in (n for row in display.rows for n in row.remarks):
        message = "a condition does not belong to the statement"
        raise UnreadableError(message, remark.start, remark.end, "say it with --given")
    (step,) = steps
    if step.sign.text not in STATED:
        message = f"{step.sign.text} is no relation between two numbers"
        raise UnreadableError(message, step.sign.start, step.sign.end)
    return step
