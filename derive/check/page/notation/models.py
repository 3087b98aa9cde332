r"""Densities with their parameters as an index: ``p_\theta(x \mid z)`` and ``q_\phi(z \mid x)``.

Where a page writes a letter of masses with one index throughout, a Greek letter that stands for
nothing else but parameters, the index tells nothing apart, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.page.nodes import MASSES
from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.tree import Display, Node

#: Letters of the parameters of a model.
_PARAMETERS = frozenset({"theta", "phi", "psi", "vartheta", "varphi", "omega", "theta_bold"})


def with_models(displays: Iterable[Display]) -> list[Display]:
    r"""The displays, the letters of masses without their parameters.

    >>> from derive.latex import parse
    >>> (shown,) = with_models([parse(r"p_\theta(x) = p_\theta(x, z) / p_\theta(z | x)", {})])
    >>> shown.rows[0].sides[0].parts[0].parts
    ()
    """
    shown = list(displays)
    indices: dict[str, set[str]] = {}
    parameters: set[str] = set()
    for side in sides_of(shown):
        _look(side, indices, parameters)
    plain = {
        name for name, found in indices.items()
        if len(found) == 1 and found <= _PARAMETERS - parameters
    }  # fmt: skip
    return mapped(shown, lambda side: _without(side, plain)) if plain else shown


def _look(node: Node, indices: dict[str, set[str]], used: set[str]) -> None:
    """Collect the indices of the letters of masses, and the names by which something is
    differentiated, or through which it is summed."""
    if node.kind == "name" and node.text in MASSES:
        one = node.parts[0] if len(node.parts) == 1 else None
        lone = one is not None and one.kind == "name" and not one.parts
        indices.setdefault(node.text, set()).add(one.text if lone and one is not None else "")
    elif node.kind in ("derivative", "big"):
        used |= {n.text for part in node.parts[1:] for n in part.walk() if n.kind == "name"}
    for part in node.parts:
        _look(part, indices, used)


def _without(node: Node, plain: set[str]) -> Node:
    if node.kind == "name" and node.text in plain:
        return node._replace(parts=())
    return node._replace(parts=tuple(_without(p, plain) for p in node.parts))
