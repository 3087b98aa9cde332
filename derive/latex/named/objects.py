r"""What looks like an object of probability: ``E[X]``, ``f_X(x)``, ``\mathcal{N}(x; \mu, v)``."""

from __future__ import annotations

from derive.latex.named.laws import written_names
from derive.latex.tree import Node

#: Operators on a random variable, by the names that textbooks give them.
EXPECTATIONS = ("E", "E_bb", "mathbbE", "Expectation")
MOMENTS = ("Var", "Cov", "Corr", "Std", "SD", "Skew", "V_bb")
ENTROPIES = ("H", "h", "KL", "D_KL")
PROBABILITIES = ("Pr", "P", "P_bb", "p")
#: Functions of a random variable, which is their index: density, distribution function, ...
OF_VARIABLE = ("f", "F", "M", "G", "p", "P", "K", "Q")


def is_divergence(head: Node) -> bool:
    r"""``\mathrm{KL}`` and ``D_{KL}``, however the index is set."""
    indices = "".join(p.text for p in head.parts if p.kind == "name")
    return head.text in ("KL", "D_KL") or (head.text == "D" and indices == "KL")


def looks_named(call: Node) -> bool:
    """Whether a name with a bracket behind it is written as an object of probability.

    ``p(1 - p)`` is not: only what holds an event, a bar or a semicolon is a probability.
    """
    head, group = call.parts
    if "function" in head.notes:
        return False
    if head.text in (*EXPECTATIONS, *MOMENTS) or is_divergence(head):
        return True
    if head.text in ("H", "h", "I") and not head.parts and "upright" in head.notes:
        return True
    if head.text in OF_VARIABLE and len(head.parts) == 1:
        index = head.parts[0]
        return index.kind == "name" and index.text[:1].isupper()
    if head.text in PROBABILITIES and not head.parts:
        events = any(p.kind in ("relation", "and", "or") for p in group.parts)
        return events or "|" in group.notes or "upright" in head.notes
    if head.text not in written_names() or head.parts:
        return False
    # A single letter may also be the name of a function, as B(x; a, b), or of a probability.
    return len(head.text) > 1 and group.notes[:1] in ((";",), ("|",))
