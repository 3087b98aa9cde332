"""Documents that want to break the reader; each holds one true equation by itself."""

from __future__ import annotations

import json

TRUE = "a + b = b + a"

_LINES = {
    "open dollars": "$$ x",
    "one brace": "text } and { and $x$",
    "nested fractions": "$$" + "\\frac{" * 10_000 + "$$",
    "towers": "$$9**9**9**9 = 9^{9^{9^{9}}}$$",
    "a NUL": "\x00\x01\x02 $\x00$ $$\x00$$",
    "replaced bytes": "\ufffd\ufffd $$\ufffd$$",
    "a long line": "word $x$ " * 100_000,
    "one long word": "w" * 1_000_000,
    "open comment": "<!-- given: n in Natural",
    "ticks": "`" * 1001 + " ``` ",
    "macro bomb": "$$\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\a\\a} \\a = 1$$",
    "log redefined": "$$\\renewcommand{\\log}{\\sin} x = x$$",
    "environment without end": "\\begin{align} x = y",
    "end without environment": "\\end{align} x = y",
    "controls": "\x1b[31m $\x1b]0;title\x07$ \u202e",
    "headings": "#" * 100_000,
    "quotes": "> " * 50_000,
    "lone surrogates of escapes": "\\ud800 \\u0000",
}


def documents(suffix: str) -> dict[str, str]:
    """The documents in a format, by name; in each the true equation is a display of its own."""
    made = {}
    for name, line in _LINES.items():
        equation = f"\\[{TRUE}\\]" if suffix == ".tex" else f"$$\n{TRUE}\n$$"
        if suffix == ".rst":
            equation = f".. math:: {TRUE}"
        made[name] = f"{line}\n\n{equation}\n"
    if suffix == ".ipynb":
        made = {k: notebook(text.split("\n\n")) for k, text in made.items()}
    return made


def notebook(cells: list[str]) -> str:
    """A notebook with a cell for each text."""
    return json.dumps({"cells": [{"cell_type": "markdown", "source": [c]} for c in cells]})
