r"""Objects of probability by the names of textbooks: laws, expectations, densities.

``read_named`` is asked for every name with a bracket behind it.  A random variable is what
the context declares with a law; nothing else is random, and no independence is assumed.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Place, Reading, Scope
from derive.latex.named.densities import (
    read_density,
    read_function_of_variable,
    read_law_density,
    read_probability,
)
from derive.latex.named.expectations import (
    read_average,
    read_divergence,
    read_entropy,
    read_expectation,
    read_moment,
)
from derive.latex.named.laws import read_law_at, written_names
from derive.latex.named.objects import (
    EXPECTATIONS,
    MOMENTS,
    OF_VARIABLE,
    is_divergence,
    looks_named,
)
from derive.latex.tree import Node
from derive.term import Term

__all__ = ["looks_named", "read_average", "read_law", "read_named"]


def read_named(call: Node, place: Place) -> Term | None:
    """What a name with a bracket behind it is as an object of probability; None if none.

    Raises UnreadableError: the law of a variable is not declared, two variables are random.
    """
    head, group = call.parts
    named = group.kind == "group" and spelled(head) in place.reading.laws
    if named and len(group.parts) == 1 and not group.notes:
        return read_law_density(head, group, place)
    if group.kind != "group" or not looks_named(call):
        return None
    reader: Callable[[Node, Node, Place], Term]
    if head.text in EXPECTATIONS:
        reader = read_expectation
    elif head.text in MOMENTS:
        reader = read_moment
    elif is_divergence(head):
        reader = read_divergence
    elif head.text in ("H", "h", "I") and not head.parts:
        reader = read_entropy
    elif head.text in written_names() and not head.parts:
        reader = read_density
    elif head.text in OF_VARIABLE and head.parts:
        reader = read_function_of_variable
    else:
        reader = read_probability
    return reader(head, group, place)


def read_law(node: Node, reading: Reading, scope: Scope = ()) -> Term:
    r"""The law that stands behind ``X \sim``, as a term in its canonical parameters.

    Raises UnreadableError.

    >>> from derive.latex import read
    >>> from derive.plain import declare
    >>> read_law(read(r"\mathcal{N}(\mu, \sigma^2)"), Reading(declare("mu in Real; sigma > 0")))
    Normal(mu, sigma**2)
    """
    from derive.latex.elaborate import place_of

    return read_law_at(node, place_of(reading, scope))
