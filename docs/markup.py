"""Markdown of the reference pages."""

from __future__ import annotations

import re


def first_line(text: str | None) -> str:
    """The first paragraph of a docstring."""
    return plain(" ".join((text or "").strip().split("\n\n")[0].split()).replace("``", "`"))


def code(text: str) -> str:
    """Text as code; formulas have no backticks."""
    return f"`{text}`" if text else ""


def cell(text: str) -> str:
    """Code in a cell of a table."""
    return code(text.replace("|", "\\|"))


def plain(text: str) -> str:
    """Text in which nothing is markup, apart from what stands in backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(p if p[:1] == "`" else re.sub(r"([\\*_\[\]<>|$~])", r"\\\1", p) for p in parts)
