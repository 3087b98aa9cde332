"""Brackets, cases and matrices in LaTeX; ``show`` prints what stands inside."""

from __future__ import annotations

from collections.abc import Callable

from derive.latex.tree import Node

_SEPARATORS = {",": ", ", ";": "; ", ":": " : ", "|": r" \mid ", "||": r" \| "}
_BRACKETS = {
    "(": ("(", ")"),
    "[": ("[", "]"),
    "{": (r"\{", r"\}"),
    "": ("", ""),
    "^": ("(", ")"),
    "(]": ("(", "]"),
    "[)": ("[", ")"),
    "abs": (r"\lvert ", r" \rvert"),
    "norm": (r"\lVert ", r" \rVert"),
    "inner": (r"\langle ", r" \rangle"),
    "floor": (r"\lfloor ", r" \rfloor"),
    "ceil": (r"\lceil ", r" \rceil"),
}


def group(node: Node, show: Callable[[Node], str]) -> str:
    """Brackets or bars, and the items between them."""
    left, right = _BRACKETS[node.text if node.kind == "group" else node.kind]
    signs = [_SEPARATORS[note] for note in node.notes] + [""]
    listed = len(node.parts) > 1
    inside = "".join(
        ("{" + show(p) + "}" if listed and p.kind == "group" and not p.text else show(p)) + sign
        for p, sign in zip(node.parts, signs, strict=True)
    )
    return left + inside + right


def cases(node: Node, show: Callable[[Node], str]) -> str:
    """Values and conditions."""
    rows = []
    for value, condition in zip(node.parts[::2], node.parts[1::2], strict=True):
        if condition.kind == "nothing":
            rows.append(show(value))
        elif condition.kind == "text":
            rows.append(f"{show(value)} & {show(condition)}")
        else:
            rows.append(rf"{show(value)} & \text{{if }} {show(condition)}")
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def matrix(node: Node, show: Callable[[Node], str]) -> str:
    """Entries, row by row."""
    width = int(node.notes[0])
    entries = [show(part) for part in node.parts]
    rows = [" & ".join(entries[k : k + width]) for k in range(0, len(entries), width)]
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"
