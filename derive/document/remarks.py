"""Comments that speak to the checker: ``given:``, ``expect:`` and ``derive: ignore``."""

from __future__ import annotations

import re

from derive.document.pieces import Piece
from derive.document.views import View

_OURS = re.compile(
    r"\s*(?P<ours>derive\s*:\s*)?(?P<kind>given|expect|ignore)\b(?P<colon>\s*:)?", re.IGNORECASE
)


def remark(comment: View, paragraph: int = 0, scope: str = "") -> Piece | None:
    """What the inside of a comment says to the checker, or None if it speaks to others.

    >>> remark(View(" given: n in Natural ")).text
    'n in Natural'
    >>> remark(View("derive: ignore D201")).kind
    'ignore'
    >>> remark(View("given that this is hard")) is None
    True
    """
    found = _OURS.match(comment.text)
    if found is None:
        return None
    kind = found["kind"].lower()
    plain = found["colon"] is not None and kind != "ignore"
    if not (found["ours"] or plain):
        return None
    return comment.stripped(found.end()).piece(kind, paragraph=paragraph, scope=scope)
