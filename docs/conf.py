"""Sphinx configuration; ``sphinx-build -W docs docs/_build/html`` builds the pages."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent))

import generate

import derive

project = "lossproof"
author = "The lossproof authors"
project_copyright = "2026, the lossproof authors"
release = version = derive.__version__

extensions = ["myst_parser", "derive.integrations.sphinx"]
derive_cache = ""  # these pages are the place where everything is checked anew
derive_check_math = "all"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"lossproof {release}"
html_show_sourcelink = False


def fill(app: object, docname: str, source: list[str]) -> None:
    """Put what is generated from the code in place of its marks."""
    del app, docname
    source[0] = generate.filled(source[0])


def setup(app: object) -> dict[str, bool]:
    """Hook the generated parts in as pages are read."""
    app.connect("source-read", fill)  # type: ignore[attr-defined]  # Sphinx's application
    return {"parallel_read_safe": True, "parallel_write_safe": True}
