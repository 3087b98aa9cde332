"""Documents that mean harm: what is put into formulas, comments, front matter and names.

``documents()`` makes every payload a document in every format, each with one plain true
equation; ``python tests/check/hostile.py FOLDER`` writes them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

#: The equation that must still be proved, and how it comes back.
PLAIN, READ = r"u^2 + 2 u + 1 = (u + 1)^2", "u**2 + 2*u + 1"

#: What else is true in these documents, as sets of sides.
TRUE = ({"v + v", "2*v"},)

#: Code that would leave a file behind.
MARK = "hostile-was-here"
_CODE = (
    f"__import__('os').system('touch {MARK}')",
    f"eval(\"open('{MARK}','w')\")",
    "().__class__.__base__.__subclasses__()",
    f"lambda: open('{MARK}', 'w')",
    "import os; os.remove('a.md')",
    "S('1/0'); sympify('exit()')",
    "!!python/object/apply:os.system ['id']",
    "${jndi:ldap://127.0.0.1/a} {{7*7}} {% import os %} <%= `id` %>",
    "%s%s%s%n {0.__class__} {__globals__}",
    "'; DROP TABLE records; --",
    "../../../../etc/passwd",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
)
_TEX = (
    rf"\write18{{touch {MARK}}} a = a",
    rf"\immediate\write18{{touch {MARK}}}",
    r"\input{/etc/passwd} = 1",
    r"\include{../../secret} \openout5=out.txt",
    r"\catcode`\@=0 @def@x{1} x = 2",
    r"\csname end\endcsname = a",
    r"\loop\iftrue\repeat = 1",
    r"\def\x{\x\x}\x = 1",
    r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a} \a = \a",
    r"\renewcommand{\log}{\exp} \log x = \exp x",
    r"\let\frac\binom \frac{1}{2} = \binom{1}{2}",
    r"\includegraphics{http://127.0.0.1/x.png} = 1",
    r"\href{javascript:alert(1)}{a} = a",
    r"\special{ps: quit} = 1",
    r"\text{proved} = \text{refuted}",
    r"\text{verdict: proved, code: null} = 0",
    r"\class{proved}{0} = 1",
)
_BIG = (
    "9^{9^{9^{9^{9}}}} = 1",
    "x^{99999999999999999999} = x",
    "10^{100000000}! = 1",
    r"\binom{10^{30}}{10^{29}} = 1",
    r"\sum_{i=1}^{10^{18}} i = 1",
    r"\prod_{i=1}^{10^{9}} \prod_{j=1}^{10^9} (i + j) = 1",
    "1" * 60_000 + " = 2",
    "0." + "3" * 20_000 + " = 1",
    " + ".join(f"x_{{{k}}}" for k in range(1500)) + " = 0",
    " ".join(["x"] * 5000) + " = 1",
    "(" * 5000 + "x" + ")" * 5000 + " = x",
    r"\frac{1}{" * 3000 + "x" + "}" * 3000 + " = x",
    "x^{" * 4000 + "2" + "}" * 4000 + " = x",
    r"\left(" * 2000 + "x = x",
    "{" * 20_000,
    "}" * 20_000,
    r"\sqrt{" * 1500 + "x" + "}" * 1500 + " = x",
    "-" * 20_000 + "x = x",
    "a " + "= a " * 800,
    r"\exp(" * 300 + "x" + ")" * 300 + " = 1",
    r"\Gamma(10^{12}) = 1",
    r"(a+b+c+d+e+f)^{40} = (f+e+d+c+b+a)^{40}",
)
_SIGNS = (
    "a = \x00b",
    "a\x1b[2J\x1b[31m = b",
    "a \x1b]0;title\x07 = b",
    "a\x08\x08\x08\x08 = b",
    "a \u202e= b\u202c",
    "a \u2066= b\u2069 \u200b\u200d\ufeff",
    "\u0430 = a",
    "\uff41 = a",
    "\u212f = e \u2148 = i",
    "a = \ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "e\u0301\u0302\u0303" * 500 + " = 1",
    "\U000e0041\U000e0042 = a",
    "a \r\r\n\x0b\x0c\x85\u2028\u2029 = b",
    "::error file=x::pwned = 1",
    "##[error]pwned = 1 ##vso[task.complete]",
    "a = b::set-output name=x::y",
    "a = b ::stop-commands::x",
    "\N{GREEK QUESTION MARK} = ; ",
)
_SAID = (
    "expect: proved", "expect: refuted step 99999999999999999999", "derive: ignore D",
    "derive: ignore " + "D101 " * 2000, "given: p in (0,1); p = 2", "given: n in 1..n",
    "given: x := x + 1", "given: " + "a in Real; " * 3000, "given: f := f(f)",
    f"given: __import__('os').system('touch {MARK}')", "given: x in {" + "1," * 9000 + "}",
    "given: X ~ Normal(mean=X, variance=X)", "given: a[i] in Real for i in 1..10**12",
    "given: convention 0*log(0) = 1", "given: lambda in Real; lambda = lambda: 0",
)  # fmt: skip

#: Every payload: where it stands, and what it is.
PAYLOADS = tuple(
    [("formula", t) for t in (*_CODE, *_TEX, *_BIG, *_SIGNS)]
    + [("comment", t) for t in _SAID]
    + [("front", t) for t in (*_CODE, "a: &a [*a,*a]", "x: " + "[" * 9000, "? " * 5000)]
)


def _comment(text: str, form: str) -> str:
    text = text.replace("--", "- -")
    return {
        "md": f"<!-- {text} -->", "tex": f"% {text}", "rst": f".. {text}", "py": f"% {text}"
    }[form].replace("\n", " ")  # fmt: skip


def _display(text: str, form: str) -> str:
    if form in ("rst", "py"):
        return ".. math::\n\n   " + text.replace("\n", "\n   ")
    return f"$$\n{text}\n$$" if form == "md" else f"\\[\n{text}\n\\]"


def _document(where: str, text: str, form: str) -> str:
    parts = []
    if where == "front":
        parts.append(f"---\ntitle: {text}\n---" if form == "md" else _comment(text, form))
    parts.append("A text about $x$ and $y$.")
    if where == "comment":
        parts += [_comment(text, form), _display("v + v = 2 v", form), "More of it."]
    if where == "formula":
        parts += [_display(text, form), "More of it."]
    parts.append(
        "Another section\n===============" if form in ("md", "rst") else r"\section{Another}"
    )
    parts.append(_display(PLAIN, form))
    body = "\n\n".join(parts) + "\n"
    if form == "py":
        body = body.replace("\x00", " ")  # with it there would be no Python at all
        body = "def f():\n    r'''" + body.replace("'''", "").replace("\n", "\n    ") + "'''\n"
    return body


def documents() -> Iterator[tuple[str, bytes]]:
    """A name and the bytes of each document; what a default run takes of them stands first."""
    # The catalogue has a loss of this name, so that the judge has to look there.
    named = _display(r"\mathrm{MSE} = \frac{1}{n} \sum_{i=1}^n (y_i - m_i)^2", "md")
    yield "catalogued.md", (named + _display(PLAIN, "md")).encode()
    for k, (where, text) in enumerate(PAYLOADS):
        form = ("md", "tex", "rst", "py")[k % 4]
        for chosen in ("md", form) if form != "md" else ("md", "tex"):
            name = f"{k:03}-{where}.{chosen}"
            yield name, _document(where, text, chosen).encode("utf-8", "surrogatepass")
        if k % 5 == 0:
            cells = [
                {"cell_type": "markdown", "source": _document(where, text, "md"), "metadata": {}}
            ]
            book = {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
            yield f"{k:03}-{where}.ipynb", json.dumps(book).encode()
    plain = _display(PLAIN, "md").encode()
    yield "invalid-utf8.md", b"\xff\xfe$$ \xc3( = \xa0\xa1 $$\n\n" + plain
    yield "nul.md", b"\x00" * 5000 + b"\n\n" + plain
    yield "long-line.md", b"x " * 2_000_000 + b"\n\n" + plain
    yield "long-formula-line.md", b"$$ " + b"x + " * 20_000 + b"x = 0 $$\n\n" + plain
    yield "many-displays.md", b"$$ a = a $$\n\n" * 150 + plain
    yield "carriage.md", plain.replace(b"\n", b"\r")
    yield "mixed-ends.md", b"a\r\nb\rc\n\n" + plain
    yield "dollars.md", b"$" * 10_001 + b"\n\n" + plain
    yield "unclosed.md", b"\\begin{align} a &= b \\\\\n\n" + plain
    yield "quotes.md", b"> " * 2_000 + b"x\n\n" + plain
    yield "lists.md", b"- " * 500 + b"x\n\n" + plain
    yield "links.md", b"[a](" * 3_000 + b"\n\n" + plain
    yield "bom.md", b"\xef\xbb\xbf" + plain
    yield "odd-\xf0\x9f\x92\xa3 name;$(touch x)&'\".md".encode().decode("latin-1"), plain
    yield "::error::name.md", plain
    yield "-rf.md", plain


def write(folder: Path) -> int:
    """Write all documents into a folder; how many."""
    count = 0
    for name, data in documents():
        (folder / name).write_bytes(data)
        count += 1
    return count


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
