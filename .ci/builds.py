"""Builds of documentation as users have them, each in an environment of its own.

python .ci/builds.py [WORD]    all builds, or those whose name has that word

Each must succeed, then fail for a false claim at its file and line, twice: the second build of
Sphinx reads no page again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PAGE = """\
# Losses

```{derivation} bce
```

```{claim}
:given: a > 0; b > 0

log(a*b) = log(a) + log(b)
```

```{claim}
:given: x in Real
:expect: refuted

log(x**2) = 2*log(x)
```
"""
RESTRUCTURED = """\
Losses
======

.. derivation:: bce

.. claim::
   :given: a > 0; b > 0

   log(a*b) = log(a) + log(b)

.. claim::
   :given: x in Real
   :expect: refuted

   log(x**2) = 2*log(x)
"""
CODE = 'from derive import *\nfrom derive.catalogue import find\n\nfind("mse").run()'
FALSE = "\n```{claim}\n:given: x in Real\n\nx/x = 1\n```\n"
FALSE_RESTRUCTURED = "\n.. claim::\n   :given: x in Real\n\n   x/x = 1\n"
SPHINX = 'extensions = ["myst_parser", "derive.integrations.sphinx"]\n'
MKDOCS = "site_name: Losses\nmarkdown_extensions:\n  - derive.integrations.markdown\n"
BOOK = "title: Losses\nsphinx:\n  extra_extensions:\n    - derive.integrations.sphinx\n"
IN_SPHINX = ["sphinx-build", "-q", "-W", "--keep-going", ".", "out"]

#: MyST-NB leaves executed notebooks beside the pages, and numbers line l of cell c c*10000 + l + 1.
NOTEBOOK = SPHINX.replace("myst_parser", "myst_nb") + 'exclude_patterns = ["jupyter_execute"]\n'

#: Name, what is installed, files, the page, the command, where a false claim is found.
BUILDS = [
    *(
        (f"Sphinx {v}, MyST", [f"sphinx=={v}.*", "myst-parser"], {"conf.py": SPHINX}, "index.md",
         IN_SPHINX, "index.md:{}:")
        for v in (7, 8, 9)
    ),
    *(
        (f"Sphinx {v}, rst", [f"sphinx=={v}.*"], {"conf.py": SPHINX.replace('"myst_parser", ', "")},
         "index.rst", IN_SPHINX, "index.rst:{}:")
        for v in (7, 8, 9)
    ),
    ("Notebook, MyST-NB", ["myst-nb", "ipykernel"], {"conf.py": NOTEBOOK}, "index.ipynb", IN_SPHINX,
     "index.ipynb:30003:"),
    ("MkDocs", ["mkdocs"], {"mkdocs.yml": MKDOCS}, "docs/index.md", ["mkdocs", "build"],
     "line {}:"),
    ("Zensical", ["zensical"], {"mkdocs.yml": MKDOCS}, "docs/index.md", ["zensical", "build"],
     "line {}:"),
    ("Jupyter Book 1", ["jupyter-book<2"],
     {"_config.yml": BOOK, "_toc.yml": "format: jb-book\nroot: index\n"}, "index.md",
     ["jupyter-book", "build", "-q", "-W", "--keep-going", "."], "index.md:{}:"),
]  # fmt: skip


def run(place: Path, command: list[str]) -> tuple[int, str]:
    """Exit status and output of a command of the environment."""
    program = str(place / "venv" / "bin" / command[0])
    ran = subprocess.run(
        [program, *command[1:]],
        cwd=place / "project",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    return ran.returncode, ran.stdout


def written(page: str, text: str, more: str = "") -> str:
    """What the file of a page holds: the text, or a notebook with a cell that runs."""
    if not page.endswith(".ipynb"):
        return text + more
    cells = [("markdown", text), ("code", CODE), *([("markdown", more)] if more else [])]
    empty = {"code": {"outputs": [], "execution_count": None}, "markdown": {}}
    shown = [
        {"cell_type": kind, "id": f"cell-{k}", "metadata": {}, "source": source, **empty[kind]}
        for k, (kind, source) in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return json.dumps({"cells": shown, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


def trouble(
    place: Path, needs: list[str], files: dict[str, str], page: str, command: list[str], where: str
) -> str:
    """What is wrong with a build; empty when all is well."""
    subprocess.run([sys.executable, "-m", "venv", str(place / "venv")], check=True)
    pip = [str(place / "venv" / "bin" / "pip"), "install", "--quiet", str(HOME), *needs]
    subprocess.run(pip, check=True)
    document = place / "project" / page
    document.parent.mkdir(parents=True)
    for name, text in files.items():
        (place / "project" / name).write_text(text, encoding="utf-8")
    text, false = (RESTRUCTURED, FALSE_RESTRUCTURED) if page.endswith(".rst") else (PAGE, FALSE)
    document.write_text(written(page, text), encoding="utf-8")
    status, said = run(place, command)
    if status != 0:
        return f"the build fails\n{said}"
    shown = [p.read_text(encoding="utf-8") for p in (place / "project").rglob("index.html")]
    if not any(t.count('class="step') and "Refuted, as expected" in t for t in shown):
        return "the page shows no derivation"
    document.write_text(written(page, text, false), encoding="utf-8")
    for attempt in ("first", "second"):
        status, said = run(place, command)
        if status == 0 or where.format(text.count("\n") + 2) not in said:
            return f"the {attempt} build with a false claim gives status {status}\n{said}"
    return ""


def main(word: str = "") -> int:
    """Try the builds; the exit status."""
    failed = 0
    for name, *build in BUILDS:
        if word.lower() in name.lower():
            with tempfile.TemporaryDirectory() as place:
                found = trouble(Path(place), *build)
            print(f"{name}: {found or 'as it should be'}", flush=True)
            failed += bool(found)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
