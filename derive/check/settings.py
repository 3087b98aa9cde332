"""What the judging of a document depends on, apart from the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from derive.check.claims import Claim


def _always(chain: int, step: int) -> bool:
    del chain, step
    return True


def _nobody(claim: Claim) -> None:
    del claim


class Settings(NamedTuple):
    """How the claims of a document are read and judged.

    ``inline``: formulas in running text are read too.  ``require_declarations``: nothing is
    assumed of undeclared symbols.  ``steps`` bounds the search for one claim (0: the default).

    The judge asks ``allows(chain, step)`` before it judges a claim: one that used up its limits
    before gets the verdict unknown with the reason ``limit`` at once.  It calls ``tell(claim)``
    as soon as a claim is judged, in the order of the document.

    >>> Settings(inline=True).allows(1, 1)
    True
    """

    inline: bool = False
    require_declarations: bool = False
    steps: int = 0
    allows: Callable[[int, int], bool] = _always
    tell: Callable[[Claim], None] = _nobody
