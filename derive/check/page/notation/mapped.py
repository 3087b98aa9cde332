"""The sides of displays, one by one: what is read otherwise on all of a page is put there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from derive.latex.tree import Display, Node


def mapped(displays: Iterable[Display], function: Callable[[Node], Node]) -> list[Display]:
    """The displays with every side as a function makes it.

    >>> from derive.latex import parse
    >>> upper = mapped([parse("a = b", {})], lambda side: side._replace(text=side.text.upper()))
    >>> [side.text for side in sides_of(upper)]
    ['A', 'B']
    """
    return [
        d._replace(rows=tuple(
            row._replace(sides=tuple(map(function, row.sides))) for row in d.rows
        ))
        for d in displays
    ]  # fmt: skip


def sides_of(displays: Iterable[Display]) -> Iterator[Node]:
    """The sides of the displays, in order.

    >>> from derive.latex import parse
    >>> [side.text for side in sides_of([parse("a = b = c", {})])]
    ['a', 'b', 'c']
    """
    return (side for d in displays for row in d.rows for side in row.sides)
