r"""Random variables of which a page gives no law: they are spoken of by their moments.

:math:`E(aX + b) = a\,E(X) + b` holds whatever the law of X is, as long as X has a mean.  What is
proved so holds for numbers only: a page that speaks of random vectors or matrices is left
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from derive.check.page.nodes import applications, is_estimate, names_in
from derive.context import Context, ContextError
from derive.domains import REAL
from derive.latex.named.moments import moment_name
from derive.latex.named.objects import EXPECTATIONS, MOMENTS, looks_named
from derive.latex.tree import Node
from derive.term import Term, number, symbol

if TYPE_CHECKING:
    from derive.check.page.page import Page
    from derive.check.page.shown import Shown

#: Highest order of a moment of one variable, and most variables of one step.
_HIGHEST, _MOST = 3, 4


def lawless(page: Page, shown: Shown, *nodes: Node) -> tuple[str, ...]:
    """The capital letters below expectations and moments of some trees that are numbers and
    have no law on the page; none where one of them may be a vector or a matrix."""
    if page.has_random_vectors:
        return ()
    below = [n for group in averaged(nodes) for n in group.walk() if n.kind == "name"]
    found = dict.fromkeys(
        n.text
        for n in below
        if not n.parts
        and ((len(n.text) == 1 and n.text.isupper()) or is_estimate(n.text)
             or page.kinds.get(n.text) == "random" or n.text in page.spread)
    )  # fmt: skip
    if any(n.parts and n.text[:1].isupper() for n in below):
        return ()  # X_1 is random, too
    if any(page.kinds.get(n.text) == "random" and n.text not in found for n in below):
        return ()
    names = tuple(n for n in found if page.law(n, shown) is None and not page.defines(n))
    kinds = {page.kinds.get(n) for n in names}
    if len(names) > _MOST or kinds & {"vector", "matrix", "function", "distribution"}:
        return ()
    return names


def averaged(nodes: Iterable[Node]) -> list[Node]:
    """What stands below expectations and moments in some trees."""
    return [
        group
        for node in nodes
        for head, group in applications(node)
        if head.text in (*EXPECTATIONS, *MOMENTS)
    ]


def values_below(page: Page, shown: Shown, nodes: Iterable[Node]) -> Iterator[Node]:
    """Random variables with a law that stand below expectations by the small letters of their
    values, ``E[(x - m)^2]`` of an X: as capital letters."""
    for n in (m for group in averaged(nodes) for m in group.walk()):
        upper = n.text.upper()
        if n.kind != "name" or n.parts or len(n.text) != 1 or upper == n.text:
            continue
        law = page.law(upper, shown)
        own = any(w.name.text == n.text for w in page.laws)
        if law is not None and not own and n.text not in names_in(law.law):
            yield n._replace(text=upper)


def only_values(page: Page, sides: Iterable[Node]) -> bool:
    """Whether some sides speak of random variables that are numbers, and only of the values that
    they take together, ``Z = (X - m) / s``: no mean, moment or density of them."""
    return not page.has_random_vectors and not any(
        (n.kind == "juxtapose" and len(n.parts) == 2 and looks_named(n))
        or n.kind in ("inner", "derivative", "big")
        for side in sides for n in side.walk()
    )  # fmt: skip


def constants(open_names: tuple[str, ...], *nodes: Node) -> list[str]:
    """The undeclared names below expectations, which are taken to be constant there."""
    below: set[str] = set().union(*(names_in(group) for group in averaged(nodes)))
    return [n for n in open_names if n in below]


def named_moments(page: Page, names: tuple[str, ...]) -> Iterator[tuple[Node, Term, str, int]]:
    """What the page calls the mean or the variance of variables without a law: how it is
    written, its value by moments, what it is called, and where."""
    for (variable, kind), (node, at) in page.moments.items():
        if variable not in names:
            continue
        first, second = (symbol(moment_name(((variable, k),))) for k in (1, 2))
        spread = second - first ** number(2)
        value = first if kind == "mean" else spread
        if kind == "standard deviation":
            value = Term("Pow", (spread, number(Fraction(1, 2))))
        yield node, value, f"{kind} of {variable}", at


def assume_moments(context: Context, names: tuple[str, ...], independent: bool = False) -> Context:
    """The context with random variables, as real symbols, and their moments, as real numbers
    of which only what holds for all laws is assumed; or for all independent variables.

    >>> from derive.context import EMPTY
    >>> [str(h) for h in assume_moments(EMPTY, ("X",)).hypotheses()]
    ['E_X**2 <= E_X2']
    """
    try:
        for name in names:
            if name not in context.names:
                context = context.declare(name, REAL)
            for k in range(1, _HIGHEST + 1):
                context = context.declare(moment_name(((name, k),)), REAL)
            first, second = (symbol(moment_name(((name, k),))) for k in (1, 2))
            context = context.assume(Term("Le", (first ** number(2), second)))
        for a, b in combinations(sorted(names), 2):
            mixed = moment_name(((a, 1), (b, 1)))
            context = context.declare(mixed, REAL)
            if independent:
                apart = symbol(moment_name(((a, 1),))) * symbol(moment_name(((b, 1),)))
                context = context.assume(Term("Eq", (symbol(mixed), apart)))
    except ContextError:
        return context
    return context
