"""The declarations that a document lacks, as a block of a sidecar file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from derive.check.page.asking.statements import asked
from derive.check.working import judge_of
from derive.context import ContextError
from derive.latex.elaborate import Reading, alternatives
from derive.latex.tree import UnreadableError
from derive.plain import write
from derive.term import TermError

if TYPE_CHECKING:
    from derive.check.judge import Judge
    from derive.check.page.shown import Shown
    from derive.check.page.steps import Step
    from derive.check.question import Question

_DECLARE = "declare it: "


def lacking(job: dict[str, Any]) -> list[list[Any]]:
    """Line, column and declaration of each symbol that a document uses and does not declare.

    The declarations say as little as there is to say: real numbers, families over the ranges
    of their uses.

    >>> lacking({"path": "a.md", "text": "$$ a x_1 = b $$"})
    [[1, 10, 'a in Real'], [1, 10, 'b in Real'], [1, 10, 'x_1 in Real']]
    """
    found: dict[str, list[Any]] = {}
    judge = judge_of(job)
    for shown, step in judge.steps:
        line, column = judge.document.position(shown.piece.offset(step.sign.start))
        for declaration in _of_step(judge, shown, step):
            name = declaration.partition(" in ")[0].partition("[")[0]
            found.setdefault(name, [line, column, declaration])
    return list(found.values())


def _of_step(judge: Judge, shown: Shown, step: Step) -> Iterator[str]:
    if not step.is_relation:
        return
    try:
        readings = alternatives(partial(asked, judge.page, shown, step, True), Reading())
    except UnreadableError as error:
        if error.repair.startswith(_DECLARE):
            yield error.repair.removeprefix(_DECLARE)
        return
    except (ContextError, TermError, RecursionError):
        return
    read = readings[0].result
    for name in read.question.open:
        # What is not looked into has a name of our own, which nobody can declare.
        if not (read.opaque and name.endswith("_value")):
            yield _declaration(read.question, name)


def _declaration(question: Question, name: str) -> str:
    declared = question.declaration(name)
    if name in question.sizes:
        return f"{name} in Natural"
    if not declared.indices:
        return f"{name} in Real"
    hints = declared.hints or tuple("ijklmn"[: len(declared.indices)])
    pairs = zip(hints, declared.indices, strict=False)
    ranges = ", ".join(f"{h} in {write(d)}" for h, d in pairs if d.loose == 0)
    return f"{name}[{','.join(hints)}] in Real" + (f" for {ranges}" if ranges else "")


def block(path: str, found: list[list[Any]]) -> str:
    """The declarations as a block that can be completed.

    >>> print(block("a.md", [[3, 1, "a in Real"], [3, 1, "f(t) in Real; or f in Real"]]))
    # what a.md uses and does not declare; say more where more is meant: a > 0, p in (0,1)
    [file]
    # line 3
    a in Real
    f(t) in Real
    # or: f in Real
    """
    if not found:
        return f"# {path} declares everything that it uses, as far as it can be read"
    says = "uses and does not declare; say more where more is meant: a > 0, p in (0,1)"
    lines = [f"# what {path} {says}", "[file]"]
    last = 0
    for line, _, declaration in found:
        lines += [f"# line {line}"] if line != last else []
        last = line
        first, *others = declaration.split("; or ")
        lines += [first, *(f"# or: {other}" for other in others)]
    return "\n".join(lines)
