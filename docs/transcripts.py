"""Keep what the documentation shows true: run its commands and compare the output.

    python docs/transcripts.py            compare; exit status 1 when something differs
    python docs/transcripts.py --write    put the real output in its place

In the README and in docs/, a ``console`` block is commands, each after ``$``, with what they
print.  They run one after another in an empty folder, a folder for each page.  A ``python`` or
``markdown`` block after ``<!-- file: NAME -->`` is written there first.  A line ``...`` at the
end of an output stands for the rest of it.  A block after ``<!-- not run -->`` is left alone.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(
    r"(?:<!-- (?P<mark>not run|file: (?P<file>[\w./-]+)) -->\n)?"
    r"^```(?P<kind>console|python|markdown)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A fenced block: its text from ``start`` to ``end`` of the page, and what it is for."""

    start: int
    end: int
    kind: str
    body: str
    file: str | None


def pages() -> list[Path]:
    """The README and every page of the documentation."""
    return [HOME / "README.md", *sorted((HOME / "docs").glob("*.md"))]


def blocks(text: str) -> list[Block]:
    """The blocks of a page that are commands, or files for commands."""
    return [
        Block(m.start("body"), m.end("body"), m["kind"], m["body"], m["file"])
        for m in _BLOCK.finditer(text)
        if m["mark"] != "not run"
    ]


def output_of(command: str, folder: Path) -> str:
    """What a command prints, on both streams, in a folder."""
    words = shlex.split(command)
    programs = {"derive": ["-m", "derive"], "python": []}
    if words[0] not in programs:
        raise ValueError(f"a transcript runs derive and python, not {words[0]}")
    ran = subprocess.run(
        [sys.executable, *programs[words[0]], *words[1:]],
        cwd=folder,
        env={
            **{k: v for k, v in os.environ.items() if k != "FORCE_COLOR"},
            "PYTHONPATH": str(HOME),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
            # Nothing is remembered from page to page, or in the account of whoever runs this.
            "XDG_CACHE_HOME": str(folder / ".cache"),
            "XDG_CONFIG_HOME": str(folder / ".config"),
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    lines = ran.stdout.replace(f"{HOME}{os.sep}", "").replace(f"{folder}{os.sep}", "")
    return "".join(f"{line.rstrip()}\n" for line in lines.splitlines())


def real(body: str, folder: Path) -> str:
    """A console block with what its commands print now."""
    parts = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)
    if parts[0]:
        raise ValueError(f"a console block begins with a command, not with {parts[0]!r}")
    out = []
    for command, shown in zip(parts[1::2], parts[2::2], strict=True):
        printed = output_of(command, folder)
        kept = shown.rstrip("\n").split("\n")
        if kept[-1] == "...":
            printed = "".join(printed.splitlines(keepends=True)[: len(kept) - 1]) + "...\n"
        gap = "\n" if shown.endswith("\n\n") else ""
        out.append(f"$ {command}\n{printed}{gap}")
    return "".join(out)


def refreshed(text: str) -> str:
    """A page with the real output of every command on it."""
    made = []
    with tempfile.TemporaryDirectory() as place:
        folder, done = Path(place).resolve(), 0
        for block in blocks(text):
            body = block.body
            if block.kind == "console":
                body = real(body, folder)
            elif block.file is not None:
                (folder / block.file).write_text(body, encoding="utf-8")
            made += [text[done : block.start], body]
            done = block.end
    return "".join([*made, text[done:]])


def difference(page: Path) -> str:
    """What a page shows against what its commands print now; empty when they agree."""
    from difflib import unified_diff

    text = page.read_text(encoding="utf-8")
    lines = (text.splitlines(), refreshed(text).splitlines())
    name = page.relative_to(HOME).as_posix()
    return "\n".join(unified_diff(*lines, f"{name}, shown", f"{name}, now", lineterm=""))


def main(arguments: list[str]) -> int:
    """Compare or refresh every page; the exit status."""
    if arguments == ["--write"]:
        for page in pages():
            text = page.read_text(encoding="utf-8")
            now = refreshed(text)
            if now != text:
                page.write_text(now, encoding="utf-8")
        return 0
    found = [said for said in map(difference, pages()) if said]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
