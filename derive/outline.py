"""Outline of proof scripts: what their text says of them; nothing is imported or run."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """What the catalogue says of a script without running it.

    ``relation`` is how it is spelled in the conclusions of the script's parts: ``=``,
    ``<=``, ``<``, ``!=``, ``~`` (affine), ``order``, ``argmin``, ``grad`` or ``refuted``;
    several are joined by commas.  ``file`` begins with ``proofs/``.
    """

    name: str
    title: str
    relation: str
    file: str
    line: int


def entries_of(file: str, source: str) -> list[Entry]:
    """The scripts in the text of a file, in their order."""
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and any(map(_marks, node.decorator_list)):
            title = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
            name = node.name.replace("_", "-")
            found.append(Entry(name, title, _relation(node), file, node.decorator_list[0].lineno))
    return found


def _marks(decorator: ast.expr) -> bool:
    called: Any = getattr(decorator, "func", decorator)
    return "derivation" in (getattr(called, "id", ""), getattr(called, "attr", ""))


#: What a script yields to mark a line or to conclude, and the relation that it makes.
_LINES = {"le": "<=", "ge": "<=", "lt": "<", "gt": "<"}
_CONCLUSIONS = {
    "affine": "~",
    "minimum": "argmin",
    "same_order": "order",
    "same_argmin": "argmin",
    "same_gradient": "grad",
    "nonnegative": "<=",
}


def _relation(function: ast.FunctionDef) -> str:
    """The relations of a script's parts as its text has them, each once."""
    found: dict[str, None] = {}
    chain = ""
    yields = [n for n in ast.walk(function) if isinstance(n, ast.Yield)]
    for node in sorted(yields, key=lambda n: (n.lineno, n.col_offset)):
        value = node.value
        called = _called(value)
        if isinstance(value, ast.Tuple) and value.elts:
            chain = max(chain or "=", _LINES.get(_called(value.elts[0]), "="), key=_strictness)
        elif called in _CONCLUSIONS:
            found[_CONCLUSIONS[called]] = None
            chain = ""
        elif called in ("part", "assume", "refuted") or value is not None:
            if chain:
                found[chain] = None
            chain = ""
            if called == "refuted":
                found["refuted"] = None
            elif called not in ("part", "assume"):
                chain = "="
    if chain:
        found[chain] = None
    return ", ".join(found)


def _called(value: ast.expr | None) -> str:
    function: Any = getattr(value, "func", None)
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _strictness(relation: str) -> int:
    return ("=", "<=", "<").index(relation)
