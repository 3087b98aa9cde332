"""The steps of a display: each relation sign, with the side before it and the side after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derive.latex.tree import Node, Sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derive.latex.tree import Display, Row

#: Signs that end a statement: what stands before them is assumed for what stands behind.
CONNECTIVES = ("implies", "iff")
#: What a sign of the page asserts as a statement: its head, and whether the sides turn round.
STATED = {
    "=": ("Eq", False), ":=": ("Eq", False), "!=": ("Ne", False), "<": ("Lt", False),
    "<=": ("Le", False), ">": ("Lt", True), ">=": ("Le", True),
}  # fmt: skip


class Step(NamedTuple):
    """One sign of a display.

    ``number`` counts the signs from 1, ``run`` the unbroken chains of the display and
    ``part`` the statements of one row between signs such as ``implies``.  ``continued``:
    the side before the sign is the end of an earlier step of the same chain.
    """

    number: int
    row: int
    run: int
    part: int
    left: Node
    sign: Sign
    right: Node
    continued: bool
    label: str
    remarks: tuple[Node, ...]

    @property
    def is_relation(self) -> bool:
        """Whether it states a comparison of two numbers."""
        return self.sign.text in STATED


def steps_of(display: Display, before: Node | None = None) -> list[Step]:
    """The steps of a display, in order; ``before``: the side with which it goes on where it
    begins with a sign.

    >>> from derive.latex.tree import Display, Row
    >>> a, b, c = (Node("name", k, k + 1, t) for k, t in enumerate("abc"))
    >>> nothing = Node("nothing", 5, 5)
    >>> first = Row((a, b), (Sign("=", 0, 1),), 0, 3)
    >>> second = Row((nothing, c), (Sign("=", 5, 6),), 5, 8)
    >>> [(s.left.text, s.right.text, s.continued) for s in steps_of(Display((first, second)))]
    [('a', 'b', False), ('b', 'c', True)]
    """
    return list(_steps(display, before))


def _steps(display: Display, before: Node | None) -> Iterator[Step]:
    number = run = part = 0
    end = before  # the side with which the chain stands open
    waiting: tuple[Node, Sign, bool] | None = None  # a sign at the end of its row
    for k, row in enumerate(display.rows):
        sides = list(row.sides)
        if waiting is not None and sides and sides[0].kind != "nothing":
            left, sign, continued = waiting
            number += 1
            yield _step(display, row, k, (number, run, part), left, sign, sides[0], continued)
            end, waiting = sides[0], None
            joined = True
        else:
            joined = bool(sides) and sides[0].kind == "nothing" and end is not None
        if not joined:
            run, part = run + 1, part + 1
        for j, sign in enumerate(row.signs):
            left = sides[j]
            continued = j > 0 or joined
            if left.kind == "nothing" and j == 0 and end is not None:
                left = end
            if sign.text in CONNECTIVES:
                part, run = part + 1, run + 1
                number += 1
                yield _step(display, row, k, (number, run, part), left, sign, sides[j + 1], False)
                end = sides[j + 1]
                continue
            if j > 0 and row.signs[j - 1].text in CONNECTIVES:
                continued = False
            right = sides[j + 1] if j + 1 < len(sides) else None
            if right is None or right.kind == "nothing":
                waiting = (left, sign, continued)
                continue
            number += 1
            yield _step(display, row, k, (number, run, part), left, sign, right, continued)
            end = right
        if not row.signs:
            end = sides[-1] if sides and sides[-1].kind != "nothing" else end


def _step(
    display: Display,
    row: Row,
    k: int,
    counts: tuple[int, int, int],
    left: Node,
    sign: Sign,
    right: Node,
    continued: bool,
) -> Step:
    label = row.label or display.label
    return Step(counts[0], k, counts[1], counts[2], left, sign, right, continued, label,
                row.remarks)  # fmt: skip
