"""The pages that a text links to: what Markdown, reStructuredText and HTML write for a link."""

from __future__ import annotations

import re

#: A target: what may stand in the parentheses, the angle brackets or the quotes of a link.
_LINK = re.compile(
    r"\]\([ ]{0,4}<?(?P<inline>[^\s()<>]{1,300})"  # [text](target)
    r"|^[ ]{0,3}\[[^\]\n]{1,100}\]:[ ]{0,4}<?(?P<reference>[^\s<>]{1,300})"  # [name]: target
    r"|\{doc\}`(?:[^`<\n]{0,200}<)?(?P<myst>[^`<>\n]{1,300})>?`"
    r"|:doc:`(?:[^`<\n]{0,200}<)?(?P<role>[^`<>\n]{1,300})>?`"
    r"|<a\s[^<>\n]{0,200}?href=[\"'](?P<html>[^\"'<>\s]{1,300})"
    r"|\[\[(?P<wiki>[^\[\]|#\n]{1,200})",
    re.MULTILINE,
)
#: What begins with a scheme is on another host.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def links(text: str) -> tuple[str, ...]:
    """The targets of the links of a text, each once, in order; without those to other hosts,
    and without the part of a page behind ``#``.

    >>> links("See [the mean](normal-mean.md#proof), [this](https://example.org/a) and [[b]].")
    ('normal-mean.md', 'b')
    """
    found: dict[str, None] = {}
    for match in _LINK.finditer(text):
        target = next(t for t in match.groups() if t is not None).strip()
        target = target.partition("#")[0].partition("?")[0]
        if target and not _SCHEME.match(target):
            found[target] = None
    return tuple(found)
