"""Verdicts as text, LaTeX, HTML or JSON.

One format, one file of this folder; the file's name is the format's name and its function
``render`` writes it.  Nothing is imported before a format is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.verdicts import Verdict


def formats() -> list[str]:
    """The names of the formats.

    >>> formats()
    ['html', 'json', 'latex', 'text']
    """
    from os import listdir

    return sorted(f[:-3] for f in listdir(__path__[0]) if f.endswith(".py") and f[0] != "_")


def render(verdict: Verdict, form: str = "text", **options: Any) -> str:
    """The verdict in one format; its proof in a handful of lines.

    Options: ``standalone`` for a whole document, ``colour`` for a terminal, ``facts`` for
    what the search remembers, ``graded`` for what holds of a statement that is not proved.
    Raises ValueError for a name that is no format.
    """
    if form not in formats():
        raise ValueError(f"{form} is no output format; there are {', '.join(formats())}")
    module: Any = __import__(f"{__name__}.{form}", fromlist=("render",))
    renderer: Callable[..., str] = module.render
    return renderer(verdict, **options)
