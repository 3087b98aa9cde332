"""Names that the catalogue has too: whether a page means the same by them.

Losses of one name exist with sums and with means, with and without a factor.  Where a page
defines such a name otherwise than the catalogue does, a note says how the two differ.
"""

from __future__ import annotations

from functools import cache

from derive.catalogue import CatalogueError, entries, find
from derive.chain import Script
from derive.context import Context, ContextError
from derive.kernel import KernelError
from derive.refute.numbers import IllFormed
from derive.relating import relate
from derive.term import Term, TermError, walk

#: Names of one letter or two mean too much.
SHORTEST = 3
_SAME = ("exact", "substitution", "unknown")


def catalogued(name: str) -> str | None:
    """The name of the derivation in the catalogue that a name on a page calls; that for a
    whole data set, if there is one.

    >>> catalogued("MSE"), catalogued("L")
    ('mse-dataset', None)
    """
    plain = name.lower().replace("_", "-")
    if len(plain) < SHORTEST:
        return None
    return next((n for n in (f"{plain}-dataset", plain) if n in names()), None)


@cache
def names() -> frozenset[str]:
    """The names of the catalogue; its files are read once."""
    return frozenset(e.name for e in entries())


@cache
def script(name: str) -> Script:
    """A derivation of the catalogue.  Raises CatalogueError where there is none."""
    return find(name)


def difference(name: str, value: Term, context: Context) -> str | None:
    """How what a page calls by a name of the catalogue differs from what that has; None where
    it is the same, where nothing was found out, or where it is no loss of a data set.

    >>> from derive.plain import declare, read
    >>> c = declare("n in Natural; y[i] in Real for i in 1..n; mu[i] in Real for i in 1..n")
    >>> print(difference("mse-dataset", read("Sum((y[i] - mu[i])**2, (i, 1, n))/n", c), c))
    None
    """
    if not any(u.head == "Sum" for _, u in walk(value)):
        return None
    try:
        found = relate(value, script(name), given=context)
    except (CatalogueError, ContextError, TermError, KernelError, IllFormed, OverflowError,
            RecursionError):  # fmt: skip
        return None
    if found.kind in _SAME:
        return None
    said = "; ".join(found.sentences)
    return f"differs from {name} of the catalogue (A is this one, B that): {said}"
