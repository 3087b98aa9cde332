"""Searches that somebody may remember: one hook, so that no search knows who does.

A search is a function of what it is given and of nothing else.  While ``remembering`` is in
force, its calls go through the given function, which may answer from memory; what it
answers must be as good as a search's own result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

#: What answers instead of a search: its name, the search, its arguments by place and by name.
Recall = Callable[[str, Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]

_RECALL: ContextVar[Recall | None] = ContextVar("recall", default=None)


@contextmanager
def remembering(recall: Recall) -> Iterator[None]:
    """Send the calls of memorable searches through ``recall`` for a while."""
    token = _RECALL.set(recall)
    try:
        yield
    finally:
        _RECALL.reset(token)


def memorable(search: Callable[P, R]) -> Callable[P, R]:
    """A search whose calls somebody may answer from memory.

    >>> @memorable
    ... def twice(x: int) -> int:
    ...     return 2 * x
    >>> with remembering(lambda name, search, given, named: (name, search(*given))):
    ...     twice(4)
    ('twice', 8)
    """

    @wraps(search)
    def through(*given: P.args, **named: P.kwargs) -> R:
        recall = _RECALL.get()
        if recall is None:
            return search(*given, **named)
        answer: R = recall(search.__name__, search, given, named)
        return answer

    return through
