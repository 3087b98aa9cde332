"""Names: bound variables, declared symbols and members of families, constants.

A name that is declared exactly as it is written wins; then a family whose members it
names: ``alpha_{0j}`` is a member of the family ``alpha_0`` where that is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from derive.context import Context, Declaration
from derive.latex.elaborate_place import Bound, Place, is_abstract, refusal
from derive.latex.tree import Node
from derive.render.notation.names import Name, parse
from derive.term import Term, member, number, symbol

#: Names that stand for numbers unless they are declared: Euler's and the circle number.
CONSTANTS = {"e": "E", "pi": "pi"}
#: Indices of one name; more are refused, for all ways to split them are tried.
_MOST_INDICES = 6


@lru_cache(maxsize=64)
def by_spelling(context: Context) -> Mapping[Name, tuple[str, ...]]:
    """The declared names by what they look like: ``x1`` and ``x_1`` look the same."""
    found: dict[Name, tuple[str, ...]] = {}
    for name in context.names:
        look = _look(name)
        found[look] = (*found.get(look, ()), name)
    return found


def _look(name: str) -> Name:
    """What a name looks like; a digit in a subscript may stand beside the others."""
    return parse(name)


def find(name: str, place: Place) -> Declaration | None:
    """The declaration of a name as it is written on the page."""
    declared = place.declared(name)
    if declared is not None:
        return declared
    same = by_spelling(place.reading.context).get(_look(name), ())
    return place.declared(same[0]) if len(same) == 1 else None


def spelled_index(node: Node) -> str | None:
    """How an index is spelled as a part of a name; None when it is no plain word.

    One in brackets above the name is told apart from one below it: ``x^{(2)}`` is ``x__2``.
    """
    if node.kind == "group" and node.text == "^" and len(node.parts) == 1:
        word = spelled_index(node.parts[0])
        return word and "_" + word
    if node.kind == "number" and node.text.isdigit():
        return node.text
    if node.kind == "name" and all(spelled_index(p) for p in node.parts):
        return spelled(node)
    if node.kind == "text" and node.text.isidentifier():
        return node.text
    return None


def spelled(node: Node) -> str | None:
    """The whole of a name in plain spelling, its indices behind it; None without one.

    >>> one = Node("number", 2, 3, "1")
    >>> spelled(Node("name", 0, 3, "x", (one,)))
    'x_1'
    """
    words = [spelled_index(p) for p in node.parts]
    return None if None in words else "_".join([node.text, *filter(None, words)])


def read_number(node: Node, _: Place) -> Term:
    """An exact number; decimals are fractions."""
    try:
        return number(Fraction(node.text))
    except ValueError:
        raise refusal(node, f"{node.text} is no number") from None


def read_name(node: Node, place: Place) -> Term:
    """A symbol, a bound variable, a member of a family or a constant.  Raises
    UnreadableError."""
    whole = spelled(node)
    bound = None if whole is None else place.bound(whole)
    if bound is not None:
        return value_of(node, bound)
    base = node.text.removesuffix("_bar").removesuffix("_overline")
    if base != node.text and not node.parts and place.bound(base) is not None:
        # A rising factorial is written so, too.
        raise refusal(node, f"what the bar above the index {base} means is not clear")
    resolved = place.resolved(node)
    if resolved is not None:
        return resolved
    found = _declared(node, place)
    if found is not None:
        return found
    if not node.parts and node.text in CONSTANTS:
        return Term(CONSTANTS[node.text])
    if node.text == "delta" and len(node.parts) == 2 and find("delta", place) is None:
        return Term("KroneckerDelta", tuple(place.term(p) for p in node.parts))
    raise unknown(node, place)


def value_of(node: Node, bound: Bound) -> Term:
    """The number that a bound variable stands for.  Raises UnreadableError."""
    if bound.element is None:
        return bound.value
    if not bound.element:
        message = f"{bound.name} is an element of a set, it is not known to be a number"
        raise refusal(node, message, "declare what the set holds")
    return member(bound.element, bound.value)


def _declared(node: Node, place: Place) -> Term | None:
    """The declared symbol or member that a name with its indices is."""
    for name, indices in splits(node, place):
        declared = find(name, place)
        if declared is None or is_abstract(declared):
            continue
        if len(declared.indices) == len(indices):
            if not indices:
                return symbol(declared.name)
            return member(declared.name, *(place.term(i) for i in indices))
    return None


def splits(node: Node, place: Place) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """The ways to read some indices as parts of the name: most of them first.

    An index that a sum or another binder runs through is never a part of the name.
    """
    parts = _separated(node, place)
    if len(parts) > _MOST_INDICES:
        raise refusal(node, "this name has too many indices")
    words = [None if _is_bound(p, place) else spelled_index(p) for p in parts]
    plain = [k for k, word in enumerate(words) if word is not None]
    for count in range(len(plain), -1, -1):
        for chosen in combinations(plain, count):
            name = "_".join([node.text, *(words[k] or "" for k in chosen)])
            yield name, tuple(p for k, p in enumerate(parts) if k not in chosen)


def _separated(node: Node, place: Place) -> tuple[Node, ...]:
    """The indices; ``0j`` are two, and so are ``2j`` where the family has two."""
    parts: list[Node] = []
    for part in node.parts:
        run = part.kind == "juxtapose" and part.parts[0].kind == "number"
        if run and all(p.kind == "name" for p in part.parts[1:]):
            declared = find(node.text, place)
            count = len(node.parts) - 1 + len(part.parts)
            fits = declared is not None and len(declared.indices) == count
            parts += part.parts if fits or part.parts[0].text == "0" else (part,)
        else:
            parts.append(part)
    return tuple(parts)


def _is_bound(node: Node, place: Place) -> bool:
    """Whether an index mentions a bound variable."""
    return any(
        n.kind == "name" and place.bound(spelled(n) or n.text) is not None for n in node.walk()
    )


def unknown(node: Node, place: Place) -> Exception:
    """The error for a name that is not declared so, with what would settle it."""
    name, count = node.text, len(node.parts)
    declared = find(name, place)
    if name == "oo":
        return refusal(node, "infinity is no number; it only ends a range or an integral")
    if place.bound(name) is not None:
        return refusal(node, f"{name} is a bound variable here, it has no members")
    if declared is None:
        return refusal(node, f"{name} is not declared", f"declare it: {declaration(name, count)}")
    wanted = len(declared.indices)
    if is_abstract(declared):
        message = f"{name} is a function; its argument is missing"
        return refusal(node, message, f"write {name}(...)")
    if wanted == 0:
        return refusal(node, f"{name} is a single symbol, here it has {count} indices",
                       f"declare {spelled(node) or name}, or a family of that name")  # fmt: skip
    plural = "index" if wanted == 1 else "indices"
    message = f"{name} is a family with {wanted} {plural}, here it has {count or 'none'}"
    return refusal(node, message)


def declaration(name: str, count: int) -> str:
    """How a name with so many indices is declared.

    >>> declaration("y", 2)
    'y[i,j] in Real for i in 1..n, j in 1..m'
    """
    if not count:
        return f"{name} in Real"
    own = "ijklmnrst"[:count]
    sizes = ["n", "m", *(f"m{k}" for k in range(2, count))]
    ranges = ", ".join(f"{i} in 1..{s}" for i, s in zip(own, sizes, strict=False))
    return f"{name}[{','.join(own)}] in Real for {ranges}"
