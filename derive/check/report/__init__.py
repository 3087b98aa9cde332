"""What was found out about documents, for a reader or a program; one format, one file.

A format is a module of this folder with a function ``render(report, look)`` that returns
text, and ``pieces(report, look)`` where that may be long.  What documents say is shown so that
it can do nothing to who reads it: see ``derive.check.report._visible``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from derive.check.claims import Claim

if TYPE_CHECKING:
    from derive.document.pieces import Document


class Look(NamedTuple):
    """How a report looks.

    ``parse`` shows how formulas were read, ``context`` what was known and assumed of their
    symbols, ``verbose`` every claim that is not settled; ``colour`` is for terminals.
    """

    parse: bool = False
    context: bool = False
    verbose: bool = False
    colour: bool = False


def unseen(path: str) -> Document | None:
    """What is known of a document that nobody can look at again: nothing."""
    del path
    return None


class Report(NamedTuple):
    """Claims in the order of the documents, and what became of the run.

    ``files`` counts the documents that were read; ``faults`` are sentences about those that
    could not be, ``hidden`` counts the claims that a selection or a baseline left out of
    ``claims``; ``summary`` counts all.  ``interrupted``: not everything was judged.
    ``read`` gives the document of a path once more, for formats that show more of it than the
    lines with claims.
    """

    claims: tuple[Claim, ...]
    files: int = 0
    faults: tuple[str, ...] = ()
    hidden: int = 0
    summary: dict[str, int] = {}  # noqa: RUF012  # never changed: reports are frozen
    interrupted: bool = False
    read: Callable[[str], Document | None] = unseen


Renderer = Callable[[Report, Look], str]


def names() -> list[str]:
    """The names of the formats: the modules of this folder.

    >>> "json" in names()
    True
    """
    from os import listdir
    from os.path import dirname

    return sorted(f[:-3] for f in listdir(dirname(__file__)) if f.endswith(".py") and f[0] != "_")


def renderer(name: str) -> Renderer:
    """What makes a report of a format.  Raises KeyError for an unknown one."""
    found: Renderer = _module(name).render
    return found


def pieces(name: str, report: Report, look: Look) -> Iterator[str]:
    """A report of a format, piece by piece where its module has ``pieces``: nobody needs to hold
    what is written of a whole book at once.  Raises KeyError for an unknown format."""
    module = _module(name)
    if hasattr(module, "pieces"):
        yield from module.pieces(report, look)
    else:
        yield module.render(report, look)


def _module(name: str) -> ModuleType:
    if name not in names():
        raise KeyError(name)
    found: ModuleType = __import__(f"derive.check.report.{name}", fromlist=("render",))
    return found


def summed(claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims there are, and of which verdict, kind and code.

    >>> summed([Claim("a.md", 1, 1, 1, 2, verdict="proved")])["proved"]
    1
    """
    counts = {"claims": 0, "proved": 0, "refuted": 0, "unknown": 0, "unreadable": 0,
              "limit": 0, "definitions": 0, "notes": 0}  # fmt: skip
    for claim in claims:
        counts["notes"] += len(claim.notes or ())
        if claim.verdict is None:
            counts["definitions"] += claim.kind == "definition"
            continue
        counts["claims"] += 1
        counts["limit"] += claim.reason == "limit"
        unreadable = claim.code is not None and claim.code.startswith("D3")
        counts["unreadable" if unreadable else claim.verdict] += 1
    return counts
