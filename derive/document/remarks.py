"""Comments that speak to the checker: ``given:``, ``expect:`` and ``derive: ignore``."""

from __future__ import annotations

import re

from derive.document.pieces import Piece
from derive.document.views import View

_OURS = re.compile(
    r"\s*(?P<ours>derive\s*:\s*)?(?P<kind>given|expect|ignore)\b(?P<colon>\s*:)?", re.IGNORECASE
)


def begins_remark(text: str) -> bool:
    """Whether the inside of a comment begins to speak to the checker.

    >>> begins_remark(" given: n in Natural"), begins_remark("given that")
    (True, False)
    """
    found = _OURS.match(text)
    return found is not None and _is_ours(found)


def _is_ours(found: re.Match[str]) -> bool:
    plain = found["colon"] is not None and found["kind"].lower() != "ignore"
    return found["ours"] is not None or plain


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
    if found is None or not _is_ours(found):
        return None
    kind = found["kind"].lower()
    return comment.stripped(found.end()).piece(kind, paragraph=paragraph, scope=scope)
