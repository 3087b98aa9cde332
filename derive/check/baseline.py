"""A baseline: claims that are known, so that only what is new is reported.

A claim is recognised by its document, its two sides, its verdict and its code, not by its line:
text that is added above it changes nothing.  What occurs more often than before is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from derive.check.claims import Claim

FORMAT = "derive-baseline/1"


class BaselineError(ValueError):
    """A file that is no baseline."""


def fingerprint(claim: Claim) -> str:
    """What a claim is recognised by.

    >>> first = Claim("a.md", 3, 1, 3, 2, lhs="a", rhs="b", verdict="refuted", code="D101")
    >>> fingerprint(first) == fingerprint(first._replace(line=9))
    True
    """
    from hashlib import blake2b
    from json import dumps

    what = [claim.path, claim.lhs, claim.relation, claim.rhs, claim.verdict, claim.code]
    if claim.lhs is None:
        what.append(claim.message)
    return blake2b(dumps(what).encode(), digest_size=10).hexdigest()


def written(claims: Iterable[Claim]) -> str:
    """A baseline of some claims, as the text of a file."""
    from json import dumps

    from derive.check.report._visible import visible

    rows = [
        f"  {dumps([fingerprint(c), f'{visible(c.path)}:{c.line} {c.code} {c.verdict}'])}"
        for c in claims
    ]
    inside = ",\n".join(rows)
    return f'{{"format": {dumps(FORMAT)}, "claims": [\n{inside}\n]}}\n'


def read(text: str) -> Counter[str]:
    """How often each fingerprint is in a baseline.  Raises BaselineError.

    >>> read(written([])).total()
    0
    """
    from json import loads

    try:
        data: Any = loads(text)
        if data["format"] != FORMAT:
            raise BaselineError(f"its format is not {FORMAT}")
        return Counter(str(row[0]) for row in data["claims"])
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise BaselineError(f"it is no baseline: {error}") from None


def new(claims: Iterable[Claim], known: Counter[str]) -> list[Claim]:
    """The claims that are not in a baseline."""
    left = known.copy()
    found = []
    for claim in claims:
        key = fingerprint(claim)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(claim)
    return found
