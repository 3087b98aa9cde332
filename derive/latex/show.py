r"""LaTeX from a tree, so that a reader sees what was read; reading it gives the same tree."""

from __future__ import annotations

from collections.abc import Callable

from derive.latex.show_enclosed import cases, group, matrix
from derive.latex.show_names import name, upright
from derive.latex.symbols import BIG, LOOSE, OPERATORS, PRODUCTS, RELATIONS
from derive.latex.tree import Node

_SIGNS = {text: sign for sign, text in reversed(RELATIONS.items())}
_OPERATORS = {text: sign for sign, text in (OPERATORS | PRODUCTS).items()}
_BIG = {text: sign for sign, text in BIG.items()} | {
    "argmax": r"\operatorname*{argmax}",
    "argmin": r"\operatorname*{argmin}",
}
#: How strongly a node binds: sums 1, terms with a sign 2, products with a sign 3, products of
#: factors side by side 4, operators with a body 5, powers 6; what is not listed is an atom.
_LEVELS = {
    **dict.fromkeys(("relation", "and", "or", "nothing"), 0),
    **dict.fromkeys(("add", "operator"), 1),
    "neg": 2,
    "times": 3,
    "juxtapose": 4,
    **dict.fromkeys(("big", "function", "reach", "derivative"), 5),
    **dict.fromkeys(("power", "decorated"), 6),
}


def show(node: Node) -> str:
    r"""The node in LaTeX.

    >>> from derive.latex import read
    >>> print(show(read(r"-\frac1n\sum_{i=1}^n y_i\ln p_i")))
    -\frac{1}{n} \sum_{i = 1}^{n} y_{i} \log p_{i}
    """
    return _PRINTERS[node.kind](node)


def _level(node: Node) -> int:
    if node.kind == "operator" and node.text in PRODUCTS.values():
        return 3
    if node.kind == "divide":
        return 3 if node.text == "/" else 7
    if node.kind == "group":
        return 7 if node.text else 0
    return _LEVELS.get(node.kind, 7)


def _at_least(node: Node, level: int) -> str:
    """The node, in braces if it binds too weakly."""
    text = show(node)
    return text if _level(node) >= level else "{" + text + "}"


def _ended(node: Node, level: int, *, nonlinear: bool) -> str:
    """The node in front of something that its body might take in."""
    open_end = node.kind == "big" and node.text != "Integral"
    if open_end and nonlinear and node.text in ("Sum", "Product"):
        open_end = False
    return "{" + show(node) + "}" if open_end else _at_least(node, level)


# -- arithmetic --------------------------------------------------------------------------------


def _add(node: Node) -> str:
    text = ""
    for k, part in enumerate(node.parts):
        last = k == len(node.parts) - 1
        if part.kind == "neg":
            sign, part = ("-" if k == 0 else " - "), part.parts[0]
        else:
            sign = "" if k == 0 else " + "
        text += sign + (_at_least(part, 3) if last else _ended(part, 3, nonlinear=True))
    return text


def _times(node: Node) -> str:
    parts = []
    for k, part in enumerate(node.parts):
        own = show(part)
        free = (part.kind == "neg" and k > 0) or (k == 0 and part.kind == "divide")
        last = k == len(node.parts) - 1
        ended = _at_least(part, 4) if last else _ended(part, 4, nonlinear=False)
        parts.append(own if free else ended)
    return r" \cdot ".join(parts)


def _juxtapose(node: Node) -> str:
    first, *rest = node.parts
    slash = first.kind == "divide" and rest and rest[0].kind == "big"
    parts = [show(first) if slash else _at_least(first, 5)]
    return " ".join([*parts, *(_at_least(part, 5) for part in rest)])


def _divide(node: Node) -> str:
    above, below = node.parts
    if node.text == "frac":
        return rf"\frac{{{show(above)}}}{{{show(below)}}}"
    divisor = show(below) if node.notes or below.kind == "big" else _at_least(below, 6)
    dividend = show(above) if above.kind == "times" else _ended(above, 4, nonlinear=False)
    return f"{dividend} / {divisor}"


def _power(node: Node) -> str:
    base, exponent = node.parts
    if base.kind == "function":
        enclosed = base.parts[0].kind in ("group", *_ENCLOSED)
        if base.text in LOOSE or not enclosed:
            return _function(base, f"^{{{show(exponent)}}}")
        return f"{show(base)}^{{{show(exponent)}}}"
    return f"{_base(base)}^{{{show(exponent)}}}"


def _base(node: Node) -> str:
    """What an exponent is set on."""
    raised = node.kind == "name" and (
        node.text.endswith("_star") or any(p.kind == "group" and p.text == "^" for p in node.parts)
    )
    text = show(node)
    return "{" + text + "}" if raised or _level(node) < 7 else text


def _root(node: Node) -> str:
    degree = f"[{show(node.parts[1])}]" if len(node.parts) > 1 else ""
    return rf"\sqrt{degree}{{{show(node.parts[0])}}}"


def _after(sign: str) -> Callable[[Node], str]:
    def printed(node: Node) -> str:
        return _base(node.parts[0]) + (sign or "'" * int(node.text))

    return printed


def _decorated(node: Node) -> str:
    return f"{_base(node.parts[0])}^{{\\{node.text}}}"


# -- functions and operators -------------------------------------------------------------------

_ENCLOSED = ("abs", "norm", "inner", "floor", "ceil")


def _function(node: Node, exponent: str = "") -> str:
    word = _BIG.get(node.text, "\\" + node.text)
    base = f"_{{{show(node.parts[1])}}}" if len(node.parts) > 1 else ""
    inner = node.parts[0]
    enclosed = inner.kind in ("group", *_ENCLOSED)
    return word + base + exponent + ("" if enclosed else " ") + show(inner)


def _reach(node: Node) -> str:
    function, rest = node.parts
    return f"{show(function)} {_at_least(rest, 4)}"


def _limit(sign: str, node: Node) -> str:
    return "" if node.kind == "nothing" else f"{sign}{{{show(node)}}}"


def _big(node: Node) -> str:
    body, lower, upper = node.parts[:3]
    text = _BIG[node.text] + _limit("_", lower) + _limit("^", upper) + " "
    if node.text == "Integral":
        return text + _at_least(body, 1) + rf" \, \mathrm{{d}}{show(node.parts[3])}"
    return text + (show(body) if body.kind == "neg" else _at_least(body, 3))


def _derivative(node: Node) -> str:
    body, *variables = node.parts
    if node.text == "nabla":
        return (r"\nabla" + _names(variables) + " " + _limit("", body)[1:-1]).rstrip()
    d = r"\partial " if node.text == "partial" else r"\mathrm{d} "
    order = f"^{{{len(variables)}}}" if len(variables) > 1 else ""
    above = "" if body.kind == "nothing" else " " + _at_least(body, 3)
    below = " ".join(d + show(v) for v in variables)
    return rf"\frac{{{d.strip()}{order}{above}}}{{{below}}}"


def _names(variables: list[Node]) -> str:
    """Names as a subscript."""
    return f"_{{{', '.join(show(v) for v in variables)}}}" if variables else ""


def _evaluated(node: Node) -> str:
    body, lower, upper = node.parts
    limits = _limit("_", lower) + _limit("^", upper)
    if body.kind == "group" and body.text == "[" and upper.kind != "nothing":
        return show(body) + limits
    return rf"\left. {show(body)} \right|{limits}"


def _binomial(node: Node) -> str:
    return rf"\binom{{{show(node.parts[0])}}}{{{show(node.parts[1])}}}"


# -- brackets, relations, tables ---------------------------------------------------------------


def _relation(node: Node) -> str:
    signs = node.notes or (node.text,)
    first, *rest = node.parts
    text = _at_least(first, 1) if first.kind != "nothing" else ""
    for sign, part in zip(signs, rest, strict=True):
        is_range = part.kind == "group" and any(p.kind == "ellipsis" for p in part.parts)
        text += f" {_SIGNS[sign]} {show(part) if is_range else _at_least(part, 1)}"
    return text.strip()


def _joined(sign: str, level: int) -> Callable[[Node], str]:
    return lambda node: f" {sign} ".join(_at_least(part, level) for part in node.parts)


def _operator(node: Node) -> str:
    level = 4 if node.text in PRODUCTS.values() else 3
    return f" {_OPERATORS[node.text]} ".join(_at_least(part, level) for part in node.parts)


def _entry(node: Node) -> str:
    return f"{_base(node.parts[0])}_{{{', '.join(map(show, node.parts[1:]))}}}"


_PRINTERS: dict[str, Callable[[Node], str]] = {
    "number": lambda node: node.text,
    "name": lambda node: name(node, show),
    "text": lambda node: rf"\text{{{node.text}}}",
    "ellipsis": lambda _: r"\ldots",
    "nothing": lambda _: "",
    "unreadable": lambda _: upright("unreadable"),
    "add": _add,
    "neg": lambda node: "-" + _at_least(node.parts[0], 3),
    "times": _times,
    "juxtapose": _juxtapose,
    "divide": _divide,
    "power": _power,
    "root": _root,
    "prime": _after(""),
    "factorial": lambda node: _base(node.parts[0]) + ("!!" if node.text else "!"),
    "decorated": _decorated,
    "function": _function,
    "reach": _reach,
    "big": _big,
    "derivative": _derivative,
    "evaluated": _evaluated,
    "binomial": _binomial,
    "group": lambda node: group(node, show),
    **dict.fromkeys(_ENCLOSED, lambda node: group(node, show)),
    "entry": _entry,
    "relation": _relation,
    "and": _joined(r"\wedge", 0),
    "or": _joined(r"\vee", 0),
    "operator": _operator,
    "cases": lambda node: cases(node, show),
    "matrix": lambda node: matrix(node, show),
}
