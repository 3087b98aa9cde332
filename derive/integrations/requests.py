"""What a document asks for, and what it is answered: plain data."""

from __future__ import annotations

from typing import NamedTuple

from derive.render.page.data import Sheet

#: What a claim may be expected to be.
EXPECTED = ("proved", "refuted", "unknown")
#: Verdicts that somebody must look at, by the name under which their warning is suppressed.
TROUBLES = ("refuted", "unknown", "unreadable", "unexpected", "failed", "missing")


class RequestError(ValueError):
    """A request that cannot be meant; the sentence says what to write instead."""


class Request(NamedTuple):
    """One thing that a document asks for.

    ``kind`` is ``claim`` (``text`` is a statement, plain or LaTeX, ``given`` declares its
    symbols, ``expect`` is the verdict that the author counts on) or ``derivation`` (``text`` is
    a name of the catalogue, or ``file.py::name``; ``values`` are those of ``--with``).
    """

    kind: str
    text: str
    given: tuple[str, ...] = ()
    expect: str = "proved"
    values: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """The request in a few words."""
        return f"derivation {self.text}" if self.kind == "derivation" else self.text


class Answer(NamedTuple):
    """What is said of a request.

    ``verdict`` is ``proved``, ``refuted`` or ``unknown``, or empty where nothing was checked.
    ``trouble`` is empty or one of ``TROUBLES``, ``message`` then says what it is.  ``sheet`` is
    what a page shows; ``latex`` and ``plain`` are the same for paper and for a terminal.
    """

    verdict: str
    trouble: str = ""
    message: str = ""
    sheet: Sheet = Sheet()
    latex: str = ""
    plain: str = ""


def claim(text: str, given: str = "", expect: str = "") -> Request:
    """The request for a claim.  Raises RequestError.

    >>> claim("x = x", "x in Real", "prooved")
    Traceback (most recent call last):
    derive.integrations.requests.RequestError: expect is proved, refuted or unknown, not prooved
    """
    from derive.integrations.displays import body_of, is_latex

    text = body_of(text) if is_latex(text) else " ".join(text.split())
    if not text:
        raise RequestError("a claim has a statement: write it below the options")
    expect = expect.strip() or "proved"
    if expect not in EXPECTED:
        raise RequestError(f"expect is proved, refuted or unknown, not {expect}")
    lines = tuple(line.strip() for line in given.splitlines() if line.strip())
    return Request("claim", text, lines, expect)


def derivation(name: str, values: str = "") -> Request:
    """The request for a derivation; ``values`` is ``m=2, n=3``.  Raises RequestError.

    >>> derivation("bce-is-ce", "n=2").values
    (('n', '2'),)
    """
    name = name.strip()
    if not name:
        raise RequestError("a derivation has a name: `derive list` has them all")
    pairs = []
    for item in values.replace(";", ",").split(","):
        if item.strip():
            symbol, sign, value = (part.strip() for part in item.partition("="))
            if not (symbol and sign and value):
                raise RequestError(f"with takes SYMBOL=NUMBER, as in m=2, not {item.strip()}")
            pairs.append((symbol, value))
    return Request("derivation", name, (), "", tuple(pairs))
