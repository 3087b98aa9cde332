"""What a side of a step looks like: a lone symbol, a function of arguments, the names in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from derive.latex.elaborate_names import spelled
from derive.latex.named.objects import OF_VARIABLE, looks_named
from derive.latex.tree import Node

#: Accents and marks of names that stand for something made from other symbols.
_DERIVED = ("_hat", "_bar", "_tilde", "_star", "_overline", "_prime", "_widehat", "_breve")


#: Letters of which a page says what the square is: standard deviations and their like.
_ROOTS = frozenset({"sigma", "tau", "s", "S", "R"})
#: Letters of masses and densities, which are told apart by their arguments.
MASSES = frozenset({"p", "q", "P", "Q", "Pr", "P_bb", "p_tilde", "p_hat"})


class Head(NamedTuple):
    """The left side of a definition: a name, and the arguments behind it.

    ``key`` tells one head from another: the name as it is spelled, for a function with the
    form of its bracket.  ``arguments`` are nodes; () for a lone symbol.  ``named``: it is
    written like an object of probability, and its key is all of it; ``variable``: as a
    function of a random variable, ``f_X(x)``.
    """

    key: str
    name: str
    arguments: tuple[Node, ...] = ()
    notes: tuple[str, ...] = ()
    called: bool = False
    named: bool = False
    variable: bool = False


def shape_of(node: Node) -> str:
    """A tree as one line that says all but the places: equal for equal formulas.

    >>> shape_of(Node("neg", 0, 2, "", (Node("name", 1, 2, "x"),)))
    'neg(name:x)'
    """
    text = f"{node.kind}:{node.text}" if node.text else node.kind
    if not node.parts:
        return text
    return f"{text}({','.join(map(shape_of, node.parts))})" + "".join(node.notes)


def head_of(node: Node) -> Head | None:
    """The name that a side consists of, alone or with arguments behind it; None otherwise.

    Arguments are names or members.

    >>> x, f = Node("name", 2, 3, "x"), Node("name", 0, 1, "f")
    >>> head_of(Node("juxtapose", 0, 4, "", (f, Node("group", 1, 4, "(", (x,)))))[1]
    'f'
    """
    while node.kind == "group" and len(node.parts) == 1 and node.text in ("", "{"):
        node = node.parts[0]
    if node.kind == "name" and node.text != "oo":
        name = spelled(node)
        return None if name is None else Head(name, name)
    if node.kind == "power" and node.parts[0].kind == "name" and node.parts[1].text == "2":
        name = spelled(node.parts[0])  # a variance is called by its root
        return Head(f"{name}^2", name) if name is not None and is_derived(name) else None
    if node.kind != "juxtapose" or len(node.parts) != 2:
        return None
    head, group = node.parts
    if head.kind != "name" or group.kind != "group":
        return None
    name = spelled(head)
    if looks_named(node):
        return named_head(node, name or head.text)
    if name is None or not all(_is_argument(p) for p in group.parts):
        return None
    return call_head(name, group)


def square_head(node: Node) -> Head | None:
    r"""The head of a square that a page may define, such as a variance ``\sigma^2``."""
    squared = node.kind == "power" and node.parts[0].kind == "name" and node.parts[1].text == "2"
    name = spelled(node.parts[0]) if squared else None
    if name is None or name.partition("_")[0] not in _ROOTS:
        return None
    return Head(f"{name}^2", name)


def logged_head(node: Node) -> Head | None:
    r"""The head of which a side is the logarithm, ``\log L(a)`` or ``-\log L(a)``: a page that says
    what the logarithm is says what L is.  Masses and densities are told by their laws, and a
    small letter is a number of which something is said.

    >>> from derive.latex import read
    >>> logged_head(read(r"-\log L(a)", {})).key, logged_head(read(r"\log p(a)", {}))
    ('L(1)', None)
    """
    inner = node.parts[0] if node.kind == "neg" else node
    if inner.kind != "function" or inner.text != "log" or len(inner.parts) > 1:
        return None
    head = head_of(inner.parts[0])
    if head is None or head.named or head.name in MASSES:
        return None
    return head if head.called or head.name[:1].isupper() else None


def without_log(left: Node, value: Node) -> Node:
    """What a head is where the side that it stands in, it or its logarithm, is a value."""
    if logged_head(left) is None:
        return value
    inner = Node("neg", value.start, value.end, "", (value,)) if left.kind == "neg" else value
    return Node("function", value.start, value.end, "exp", (inner,))


def named_head(node: Node, name: str) -> Head:
    """The head of an object of probability: ``f_X(x)`` is a function of any argument, every
    other one is told apart by all of it."""
    head, group = node.parts
    variable = head.text in OF_VARIABLE and len(head.parts) == 1
    key = call_head(name, group).key if variable else shape_of(node)
    return Head(key, name, group.parts, group.notes, True, True, variable)


def is_density(node: Node) -> bool:
    """Whether a side is the value of a density or a mass function: ``f_X(x)``, ``p(x)``.

    >>> x, f = Node("name", 2, 3, "x"), Node("name", 0, 1, "f", (Node("name", 1, 2, "X"),))
    >>> is_density(Node("juxtapose", 0, 4, "", (f, Node("group", 1, 4, "(", (x,)))))
    True
    """
    head = head_of(node)
    if head is None or not head.called:
        return False
    letter = head.name.partition("_")[0]
    return head.name in MASSES or (head.variable and letter in ("f", "p"))


def lists_members(node: Node) -> bool:
    """Whether a side lists members, in any brackets, or is a matrix: it is no number.

    >>> x, y = Node("name", 1, 2, "x"), Node("name", 3, 4, "y")
    >>> lists_members(Node("group", 0, 5, "{", (x, y), (",",))), lists_members(x)
    (True, False)
    """
    if node.kind == "decorated":
        return lists_members(node.parts[0])
    return node.kind in ("set", "matrix") or (node.kind == "group" and len(node.parts) > 1)


def heads_in(*nodes: Node) -> Iterator[Head]:
    """The functions of arguments in some trees, primed ones too."""
    for node in nodes:
        for n in node.walk():
            if n.kind in ("juxtapose", "times"):
                for a, b in zip(n.parts, n.parts[1:], strict=False):
                    name = a.parts[0] if a.kind == "prime" else a
                    found = head_of(Node("juxtapose", 0, 0, "", (name, b)))
                    if found is not None and found.called:
                        yield found


def _is_argument(node: Node) -> bool:
    r"""A name, or the square of one: ``L(\mu, \sigma^2)``."""
    if node.kind == "power" and node.parts[1].kind == "number":
        node = node.parts[0]
    return node.kind == "name"


def call_head(name: str, group: Node) -> Head:
    """The head of a call: its key has the number of arguments and the signs between them."""
    signs = "".join(n for n in group.notes if n)
    return Head(f"{name}({len(group.parts)}{signs})", name, group.parts, group.notes, True)


def names_in(node: Node) -> set[str]:
    """All names of a tree, bound ones too, without and with their indices."""
    found: set[str] = set()
    for n in node.walk():
        if n.kind == "name":
            found.add(n.text)
            whole = spelled(n)
            if whole is not None:
                found.add(whole)
    return found


def integrated(nodes: Iterable[Node]) -> frozenset[str]:
    """The variables over which some trees integrate."""
    parts = (n for node in nodes for n in node.walk() if n.kind == "big" and n.text == "Integral")
    variables = (n.parts[3] for n in parts if n.parts[3].kind == "name")
    return frozenset(name for v in variables if (name := spelled(v)))


def bases(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The bases of the logarithms in some trees: 2 and symbols; e beside logarithms without a
    base; e or 2 without any logarithm."""
    logs = [n for node in nodes for n in node.walk() if n.kind == "function" and n.text == "log"]
    below = [n.parts[1] for n in logs if len(n.parts) > 1]
    names = {spelled(b) or "e" if b.kind == "name" else b.text for b in below}
    usual = ("e",) if len(below) < len(logs) or "e" in names else () if logs else ("e", "2")
    named = {n for n in names - {"e"} if n == "2" or not n[:1].isdigit()}
    return (*usual, *sorted(named - set(usual))) or ("e", "2")


def is_derived(name: str) -> bool:
    r"""Whether a name is marked as made from others: ``\bar y``, ``\hat\mu``, ``\mu_n``.

    >>> is_derived("y_bar"), is_derived("mu_n"), is_derived("mu_0"), is_derived("sigma")
    (True, True, False, False)
    """
    _, _, rest = name.partition("_")
    if any(mark in f"_{rest}" for mark in _DERIVED if rest):
        return True
    return bool(rest) and not rest[-1].isdigit()


def is_estimate(name: str) -> bool:
    r"""Whether a name is marked as an estimate or an average, which may be random.

    >>> is_estimate("theta_hat"), is_estimate("X_bar"), is_estimate("mu_n")
    (True, True, False)
    """
    return any(f"_{mark}" in name for mark in ("hat", "bar", "tilde", "widehat", "overline"))


def estimated(name: str) -> str:
    r"""The symbol that an estimate or a solution is one of: ``\hat\mu`` of ``\mu``; "" for any
    other name.

    >>> estimated("mu_hat"), estimated("theta_star"), estimated("mu")
    ('mu', 'theta', '')
    """
    found = min((name.find(f"_{m}") for m in ("hat", "star") if f"_{m}" in name), default=-1)
    return name[:found] if found > 0 else ""


def unreadable_in(*nodes: Node) -> Node | None:
    """The first part of some trees that could not be read."""
    return next((n for node in nodes for n in node.walk() if n.kind == "unreadable"), None)


def applications(node: Node) -> Iterator[tuple[Node, Node]]:
    """The names of a tree that have a bracket behind them, with that bracket."""
    for n in node.walk():
        if n.kind == "juxtapose":
            for a, b in zip(n.parts, n.parts[1:], strict=False):
                if a.kind == "name" and b.kind == "group":
                    yield a, b
