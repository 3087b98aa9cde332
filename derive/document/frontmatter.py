"""The block of YAML at the head of a Markdown file, read as lines and not as YAML.

Only what matters here is looked for: ``title:``, ``given:`` (by itself or below ``derive:``)
and MyST's ``math:``, a mapping from macros to what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from derive.document.pieces import Piece
from derive.document.views import Line, View, dedented

_KEY = re.compile(r"[ \t]*(?P<key>[\w\\'\"-]+)[ \t]*:(?:[ \t]+|$)(?P<value>.*)")


class FrontMatter(NamedTuple):
    """``after`` is the number of the line behind the block; 0 where there is none."""

    after: int
    title: str = ""
    given: tuple[Piece, ...] = ()
    math: tuple[tuple[str, str], ...] = ()


def front_matter(view: View, lines: Sequence[Line]) -> FrontMatter:
    """The front matter of a file, if the file begins with one.

    >>> from derive.document.views import lines_of
    >>> view = View("---" + chr(10) + "title: A b" + chr(10) + "---")
    >>> front_matter(view, lines_of(view)).title
    'A b'
    """
    if not lines or lines[0].text.strip() != "---":
        return FrontMatter(0)
    ends = ("---", "...")
    after = next((k for k in range(1, len(lines)) if lines[k].text.rstrip() in ends), 0)
    if after == 0:
        return FrontMatter(0)
    title, given, math = "", list[Piece](), list[tuple[str, str]]()
    above = ""  # the key without indentation that this line stands below
    for k in range(1, after):
        found = _KEY.match(lines[k].text)
        if found is None:
            continue
        key, value = _unquoted(found["key"]), found["value"].strip()
        if lines[k].indent == 0:
            above = key
        if key == "title" and lines[k].indent == 0:
            title = _unquoted(value)
        elif key == "given" and (lines[k].indent == 0 or above == "derive"):
            body = _value(view, lines, k, after, found)
            given.append(body.piece("given", scope="file"))
        elif key.startswith("\\") and above in ("math", "mathjax", "macros"):
            math.append((key[1:], _unquoted(value)))
    return FrontMatter(after + 1, title, tuple(given), tuple(math))


def macro_lines(text: str) -> Iterator[tuple[str, str]]:
    r"""The lines of a mapping from macros to what they stand for.

    >>> list(macro_lines(r"'\R': '\mathbb{R}'"))
    [('R', '\\mathbb{R}')]
    """
    for line in text.split("\n"):
        found = _KEY.match(line.rstrip("\r"))
        key = _unquoted(found["key"]) if found else ""
        if found and key.startswith("\\"):
            yield key[1:], _unquoted(found["value"].strip())


def _value(view: View, lines: Sequence[Line], k: int, after: int, found: re.Match[str]) -> View:
    """The value of a key: the rest of its line, or the lines further in below it."""
    value = found["value"].strip()
    if value[:1] not in ("", "|", ">"):
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        start = lines[k].start + found.start("value") + quoted
        return view.stripped(start, lines[k].start + found.start("value") + len(value) - quoted)
    end = k + 1
    while end < after and (lines[end].blank or lines[end].indent > lines[k].indent):
        end += 1
    return dedented(view, lines[k + 1 : end]).stripped()


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        inner = text[1:-1]
        return inner.replace("\\\\", "\\").replace('\\"', '"') if text[0] == '"' else inner
    return text
