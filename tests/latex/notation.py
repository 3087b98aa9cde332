"""A short notation for trees, so that a test case fits on a line.

``log<x>`` is a function, ``x[i,j]`` a name with indices, ``{a b}`` a product of factors side
by side, ``(a * b)`` one with a sign, ``a // b`` a fraction, ``a / b`` one with a slash; what
is listed with a colon is its kind.  Unreadable parts are ``?``.
"""

from __future__ import annotations

from derive.latex.tree import Display, Node

_BETWEEN = {"add": " + ", "times": " * ", "juxtapose": " ", "and": " and ", "or": " or "}


def spelled(node: Node) -> str:
    """The tree in the short notation."""
    parts = [spelled(p) for p in node.parts]
    inside = ", ".join(parts)
    if node.kind in ("number", "text"):
        return node.text if node.kind == "number" else f'"{node.text}"'
    if node.kind == "name":
        mark = "!" if "upright" in node.notes else ""
        return node.text + mark + (f"[{inside}]" if parts else "")
    if node.kind in _BETWEEN:
        left, right = "{}" if node.kind == "juxtapose" else "()"
        return left + _BETWEEN[node.kind].join(parts) + right
    if node.kind == "relation":
        signs = node.notes or (node.text,)
        chain = "".join(f" {s} {p}" for s, p in zip(signs, parts[1:], strict=True))
        return parts[0] + chain
    if node.kind == "group":
        signs = (*node.notes, "")
        listed = "".join(f"{p}{s} " for p, s in zip(parts, signs, strict=True)).strip()
        return f"{node.text}⟨{listed}⟩"
    simple = {
        "neg": f"-{inside}",
        "nothing": "_",
        "ellipsis": "...",
        "unreadable": "?",
        "function": f"{node.text}<{inside}>" + ("!" if "bracket" in node.notes else ""),
    }
    if node.kind in simple:
        return simple[node.kind]
    if node.kind == "divide":
        return f"({parts[0]} {'/' if node.text == '/' else '//'} {parts[1]})" + "!" * len(
            node.notes
        )
    if node.kind == "power":
        return f"{parts[0]}^{parts[1]}"
    name = node.text if node.kind in ("big", "derivative") else node.kind
    extra = f":{node.text}" if node.kind not in ("big", "derivative") and node.text else ""
    return f"{name}{extra}({inside})"


def shown(display: Display) -> str:
    """All rows: ``|`` between them, remarks behind ``#``."""
    rows = []
    for row in display.rows:
        text = spelled(row.sides[0])
        for sign, side in zip(row.signs, row.sides[1:], strict=True):
            reason = f"[{sign.reason}]" if sign.reason else ""
            text += f" {sign.text}{reason} {spelled(side)}"
        rows.append(text + "".join(f" # {spelled(r)}" for r in row.remarks))
    return " | ".join(rows)


def unreadable(display: Display) -> list[Node]:
    """The unreadable parts of the rows, in order."""
    return [
        node
        for row in display.rows
        for side in (*row.sides, *row.remarks)
        for node in side.walk()
        if node.kind == "unreadable"
    ]
