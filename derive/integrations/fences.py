"""Claims and derivations in the text of a document: Markdown fences and directives of rst.

The same spelling everywhere; a MyST page can be read by Python-Markdown and by pytest:

    ```{claim}
    :given: a > 0; b > 0

    log(a*b) = log(a) + log(b)
    ```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from derive.integrations import requests
from derive.integrations.requests import Request, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"^( *)(`{3,}|~{3,}) *(?:\{(\w+)\}|(\w+))? *(.*?) *$")
_DIRECTIVE = re.compile(r"^( *)\.\. +(claim|derivation):: *(.*?) *$")
_OPTION = re.compile(r"^:([\w-]+): *(.*)$")
KINDS = ("claim", "derivation")
OPTIONS = {
    "claim": ("given", "expect"),
    "derivation": ("with",),
}
#: Options of how it looks, which every adapter knows.
LOOKS = ("class", "name", "label", "folded", "unfolded", "explain")


class Fence(NamedTuple):
    """A request in a document: its lines from ``first`` to before ``end``, counted from 0."""

    kind: str
    argument: str
    options: dict[str, str]
    body: str
    first: int
    end: int
    indent: str = ""

    def request(self) -> Request:
        """What is asked.  Raises RequestError."""
        known = (*OPTIONS[self.kind], *LOOKS)
        for name in self.options:
            if name not in known:
                raise RequestError(f"{self.kind} has no option {name}; it has {', '.join(known)}")
        if self.kind == "derivation":
            return requests.derivation(self.argument or self.body, self.options.get("with", ""))
        text = f"{self.argument}\n{self.body}"
        return requests.claim(text, self.options.get("given", ""), self.options.get("expect", ""))


def in_markdown(lines: Sequence[str]) -> list[Fence]:
    """The fences of a Markdown document; those inside of other code are none.

    >>> [(f.kind, f.body) for f in in_markdown(["```claim", "x = x", "```"])]
    [('claim', 'x = x')]
    """
    found = []
    k = 0
    while k < len(lines):
        opening = _FENCE.match(lines[k])
        if opening is None or (opening[2][0] == "`" and "`" in opening[5]):
            k += 1
            continue
        indent, marks, kind = opening[1], opening[2], opening[3] or opening[4] or ""
        closing = re.compile(rf"^ *{re.escape(marks[0])}{{{len(marks)},}} *$")
        end = k + 1
        while end < len(lines) and not closing.match(lines[end]):
            end += 1
        if kind in KINDS:
            inside = [line.removeprefix(indent) for line in lines[k + 1 : end]]
            found.append(_fence(kind, opening[5], inside, k, min(end + 1, len(lines)), indent))
        k = end + 1
    return found


def in_restructured(lines: Sequence[str]) -> list[Fence]:
    """The directives of a reStructuredText document."""
    found = []
    for k, line in enumerate(lines):
        opening = _DIRECTIVE.match(line)
        if opening is None:
            continue
        indent = opening[1]
        end = k + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith(indent + " ")):
            end += 1
        inside = [text.strip() for text in lines[k + 1 : end]]
        found.append(_fence(opening[2], opening[3], inside, k, end, indent))
    return found


def _fence(kind: str, argument: str, inside: list[str], first: int, end: int, indent: str) -> Fence:
    options: dict[str, str] = {}
    rest = list(inside)
    while rest and (option := _OPTION.match(rest[0].strip())):
        name, value = option[1], option[2]
        rest.pop(0)
        while rest and rest[0].startswith(" ") and not _OPTION.match(rest[0].strip()):
            value += "\n" + rest.pop(0).strip()
        options[name] = value
    return Fence(kind, argument, options, "\n".join(rest).strip(), first, end, indent)
