"""What the strings of a distribution mean: densities, supports, other parametrisations.

They are read when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from derive.distributions._laws import (
    bare,
    book,
    named_arguments,
    observed,
    of_law,
    offset,
    parametrisation,
    same_size,
)
from derive.term import ONE, Term, abstract, bound, instantiate, substitute, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.distributions import Distribution

#: Stands for a bound variable while a formula is filled in; no name of a text begins so.
_OPEN = "#"


class _Meaning(NamedTuple):
    """The formulas of a distribution, read; those of a family are open in the index."""

    formula: Term
    domain: Term
    conditions: tuple[Term, ...]
    size: str


@cache
def _meaning(found: Distribution) -> _Meaning:
    from derive.context import Hypothesis
    from derive.plain import declare, read

    needed = declare(found.parameters)
    context = declare(found.support, needed)
    entries = context.entries(needed)
    conditions = tuple(e.statement for e in entries if isinstance(e, Hypothesis))
    domain = context.names[bare(found.variable)].domain
    size = found.over.strip("()").rpartition(",")[2].strip()
    return _Meaning(read(found.formula, context), domain, conditions, size)


@cache
def _definitions(found: Distribution, chosen: int) -> dict[str, Term]:
    """The canonical parameters in one parametrisation; of a family, open in the index."""
    from derive.plain import declare, read

    way = found.alternatives[chosen]
    context = declare(way.parameters)
    index = found.over.strip("()").partition(",")[0]
    read_ones: dict[str, Term] = {}
    for left, right in way.definitions:
        name, _, inside = left.partition("[")
        value = read(right, context, extra=(index,) if inside else ())
        read_ones[name] = abstract(value, index) if inside else value
    return read_ones


def parameter_context(head: str, given: tuple[str, ...]) -> Context:
    """The declarations of the parameters by which a law is given, and their sizes.

    Raises LawError when no parametrisation has these names.

    >>> parameter_context("Exponential", ("scale",)).names["scale"].domain
    Positive
    """
    from derive.plain import declare

    found = book(head)
    k = parametrisation(found, given)
    return declare(found.alternatives[k - 1].parameters if k else found.parameters)


def converted(
    found: Distribution, chosen: int, values: Mapping[str, Term], size: Term
) -> dict[str, Term]:
    """The canonical parameters that a parametrisation defines, from its own."""
    closed, back = _closed({**values, _OPEN + "size": size})
    size = closed.pop(_OPEN + "size")
    mapping = {**{k: _function(v) for k, v in closed.items()}, _meaning(found).size: size}
    result: dict[str, Term] = {}
    for name, definition in _definitions(found, chosen).items():
        value = substitute(definition, mapping)
        if any(a.startswith(name + "[") for a in found.arguments):
            hint = next((v.names for v in closed.values() if v.head == "Family"), ("j",))
            value = Term("Family", (value, ONE, size), None, hint)
        result[name] = abstract(value, *back)
    return result


def _closed(values: Mapping[str, Term]) -> tuple[dict[str, Term], tuple[str, ...]]:
    """The values with a name for each open variable, and these names for ``abstract``."""
    count = max((v.loose for v in values.values()), default=0)
    outer = tuple(f"{_OPEN}{k}" for k in range(count))
    inside = tuple(symbol(name) for name in outer)
    return {name: instantiate(v, *inside) for name, v in values.items()}, outer


def _function(value: Term) -> Term:
    """A closed family as a term open in an index from 1 on; other terms as they are."""
    if value.head != "Family":
        return value
    body, lower, _ = value.args
    if lower == ONE:
        return body
    return instantiate(body, bound(0) + offset(lower))


def _filled(found: Distribution, what: Term, values: Mapping[str, Term]) -> Term:
    """``what`` with closed values for the variable and the parameters."""
    mapping = {name: _function(value) for name, value in values.items()}
    meaning = _meaning(found)
    if meaning.size:
        families = tuple(v for v in values.values() if v.head == "Family")
        mapping[meaning.size] = same_size(found, families)
    return substitute(what, mapping)


def _domain(found: Distribution, values: Mapping[str, Term]) -> Term:
    """The support for closed parameters."""
    return _filled(found, _meaning(found).domain, values)


def density_term(t: Term) -> Term | None:
    """A mass or density with its formula in its place; None for any other term.

    >>> from derive.plain import write
    >>> y, p = symbol("y"), symbol("p")
    >>> write(density_term(Term("BernoulliMass", (y, p / 2))))
    '(p/2)**y*(1 - p/2)**(1 - y)'
    """
    from derive.distributions import distribution

    found = distribution(t.head)
    if found is None or t.head != found.head:
        return None
    named = named_arguments(found, t, variable=True)
    if named is None:
        return None
    values, outer = _closed(named)
    return abstract(_filled(found, _meaning(found).formula, values), *outer)


def density_of(law: Term) -> tuple[Term, Term] | None:
    """The formula of a law's density, open in the value, and the domain of the value.

    None when the law is not known or its values are families.
    """
    from derive.distributions import distribution

    found = distribution(law.head)
    if found is None or law.head != found.law or "[" in found.variable:
        return None
    named = named_arguments(found, law, variable=False)
    if named is None:
        return None
    values, outer = _closed(named)
    point = _OPEN + "value"
    meaning = _meaning(found)
    formula = _filled(found, meaning.formula, {found.variable: symbol(point), **values})
    return abstract(formula, *outer, point), abstract(_domain(found, values), *outer)


def support(law: Term) -> Term:
    """The domain of the values of a law; of a law of families, of each member.

    Raises LawError when the law is not known.

    >>> support(Term("Binomial", (symbol("n"), symbol("p"))))
    0..n
    """
    found, named = of_law(law)
    values, outer = _closed(named)
    return abstract(_domain(found, values), *outer)


def support_statements(law: Term, value: object) -> tuple[Term, ...]:
    """What a value of a law satisfies beside lying in its domain.

    For a categorical law: that the members sum to 1.  Raises LawError.
    """
    found, named = of_law(law)
    argument = observed(found, law, value)
    closed, outer = _closed({bare(found.variable): argument, **named})
    return tuple(abstract(_filled(found, c, closed), *outer) for c in _meaning(found).conditions)


def size_of(law: Term) -> tuple[str, Term] | None:
    """What a law's parameters call the size of its families, and that size."""
    found, named = of_law(law)
    size = _meaning(found).size
    if not size:
        return None
    return size, same_size(found, tuple(v for v in named.values() if v.head == "Family"))
