"""Laws as terms: made from named parameters, and their mass, density and support."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from derive.term import (
    ONE,
    Term,
    TermError,
    abstract,
    apply,
    bind,
    bound,
    instantiate,
    number,
    substitute,
    symbol,
    term,
)

if TYPE_CHECKING:
    from derive.context import Context
    from derive.distributions import Distribution


class LawError(TermError):
    """A law that cannot be made; the sentence lists the parameters that it takes."""


Over = tuple[Term, object, object]

#: Stands for a bound variable while a formula is filled in; no name of a text begins so.
_OPEN = "#"


def _book(head: str) -> Distribution:
    from derive.distributions import distribution

    found = distribution(head)
    if found is None:
        from derive.distributions import law_name, names

        known = ", ".join(law_name(name) for name in names())
        raise LawError(f"{head} is no distribution that is known; there are {known}")
    return found


# -- what the strings of a distribution mean -----------------------------------------------


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
    domain = context.names[_bare(found.variable)].domain
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


def _bare(written: str) -> str:
    return written.partition("[")[0]


def _ways(found: Distribution) -> list[tuple[str, ...]]:
    """The lists of parameters a law can be given by, the canonical one first."""
    return [found.arguments, *(way.arguments for way in found.alternatives)]


def arguments(head: str) -> tuple[tuple[str, ...], ...]:
    """The lists of names by which a law can be given, the canonical one first.

    Raises LawError when there is no such distribution.

    >>> arguments("Exponential")
    (('rate',), ('scale',), ('mean',))
    """
    return tuple(tuple(map(_bare, way)) for way in _ways(_book(head)))


# -- making laws -----------------------------------------------------------------------------


def Family(body: object, over: Over) -> Term:  # noqa: N802  # the name of its head
    """``Family(p[j], (j, 1, m))``: the members p[1], ..., p[m] as one argument.

    >>> p, j, m = symbol("p"), symbol("j"), symbol("m")
    >>> Family(p[j], (j, 1, m)).args[2]
    m
    """
    if not (isinstance(over, tuple) and len(over) == 3 and isinstance(over[0], Term)):
        raise LawError("the range of a family is a triple, as (j, 1, m)")
    variable, lower, upper = over
    if variable.head != "symbol":
        raise LawError(f"the index of a family is a symbol, not {variable}")
    return bind("Family", variable.value, term(body), term(lower), term(upper))


def law(head: str, *values: object, **named: object) -> Term:
    """A law by its head and its parameters, which may be those of any parametrisation.

    Without names: the only parameter, where there is just one; or a family and its range
    where there is just one family, with the other parameters by name.  The law itself is
    written in the canonical parameters.  Raises LawError, which lists what is accepted.

    >>> mu, s = symbol("mu"), symbol("s")
    >>> law("Normal", mean=mu, standard_deviation=s).args == (mu, s**2)
    True
    """
    found = _book(head)
    if values:
        families = [a for a in found.arguments if "[" in a]
        if len(values) == 2 and len(families) == 1:
            first: object = values  # a family and its range
        elif len(values) == 1 and len(found.arguments) == 1:
            first = values[0]
        else:
            raise LawError(f"the parameters of {head} are given by name: {_accepted(found)}")
        own = _bare(families[0] if families else found.arguments[0])
        if own in named:
            raise LawError(f"{own} of {head} is given twice")
        named = {own: first, **named}
    return _by_name(found, named)


def law_of(head: str, given: tuple[str, ...], values: tuple[Term, ...]) -> Term:
    """A law as it is read: ``given`` names the values, or is empty for the canonical order.

    Raises LawError, which lists what is accepted.
    """
    found = _book(head)
    if not given:
        if len(values) != len(found.arguments) or len(values) > 1:
            raise LawError(f"the parameters of {head} are given by name: {_accepted(found)}")
        given = found.names
    return _by_name(found, dict(zip(given, values, strict=True)))


def _accepted(found: Distribution) -> str:
    ways = (", ".join(f"{_bare(a)}=..." for a in way) for way in _ways(found))
    return " or ".join(f"{found.law}({way})" for way in ways)


def _by_name(found: Distribution, named: Mapping[str, object]) -> Term:
    k = _way(found, tuple(named))
    way = _ways(found)[k]
    values = {_bare(a): _value(found, a, named[_bare(a)]) for a in way}
    size = _same_size(found, tuple(v for v in values.values() if v.head == "Family"))
    if k > 0:
        values = {**values, **_converted(found, k - 1, values, size)}
    return Term(found.law, tuple(values[a] for a in found.names), None, found.names)


def _way(found: Distribution, given: tuple[str, ...]) -> int:
    """Which parametrisation has these names.  Raises LawError when none has."""
    for k, way in enumerate(_ways(found)):
        if {_bare(a) for a in way} == set(given):
            return k
    shown = ", ".join(sorted(given)) or "nothing"
    raise LawError(f"{found.law} takes {_accepted(found)}; given: {shown}")


def parameter_context(head: str, given: tuple[str, ...]) -> Context:
    """The declarations of the parameters by which a law is given, and their sizes.

    Raises LawError when no parametrisation has these names.

    >>> parameter_context("Exponential", ("scale",)).names["scale"].domain
    Positive
    """
    from derive.plain import declare

    found = _book(head)
    k = _way(found, given)
    return declare(found.alternatives[k - 1].parameters if k else found.parameters)


def _value(found: Distribution, written: str, value: object) -> Term:
    name = _bare(written)
    if "[" not in written:
        single = term(value)
        if single.head == "Family":
            raise LawError(f"{name} of {found.law} is one number, not a family")
        return single
    if isinstance(value, tuple) and len(value) == 2:
        return Family(*value)
    if isinstance(value, Term) and value.head == "Family":
        return value
    raise LawError(f"{name} of {found.law} is a family: write ({name}[j], (j, 1, m))")


def _same_size(found: Distribution, families: tuple[Term, ...]) -> Term:
    """The common size of families.  Raises LawError when they differ."""
    if not families:
        return ONE
    ranges = {f.args[1:] for f in families}
    if len(ranges) > 1:
        raise LawError(f"the families of {found.law} must have the same range")
    lower, upper = families[0].args[1:]
    if lower == ONE:
        return upper
    offset = _offset(lower)
    if offset.head == upper.head == "number":
        return number(upper.value - offset.value)
    return upper - offset


def _converted(
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


# -- filling in ------------------------------------------------------------------------------


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
    return instantiate(body, bound(0) + _offset(lower))


def _offset(lower: Term) -> Term:
    """What turns an index from 1 on into one from ``lower`` on."""
    return number(lower.value - 1) if lower.head == "number" else lower - 1


def _filled(found: Distribution, what: Term, values: Mapping[str, Term]) -> Term:
    """``what`` with closed values for the variable and the parameters."""
    mapping = {name: _function(value) for name, value in values.items()}
    meaning = _meaning(found)
    if meaning.size:
        families = tuple(v for v in values.values() if v.head == "Family")
        mapping[meaning.size] = _same_size(found, families)
    return substitute(what, mapping)


def _named(found: Distribution, t: Term, variable: bool) -> dict[str, Term] | None:
    """The arguments of a law, a mass or a density by name; None when they do not fit."""
    written = (found.variable, *found.arguments) if variable else found.arguments
    if len(written) != len(t.args):
        return None
    if any(("[" in w) != (a.head == "Family") for w, a in zip(written, t.args, strict=True)):
        return None
    return {_bare(w): a for w, a in zip(written, t.args, strict=True)}


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
    named = _named(found, t, variable=True)
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
    named = _named(found, law, variable=False)
    if named is None:
        return None
    values, outer = _closed(named)
    point = _OPEN + "value"
    meaning = _meaning(found)
    formula = _filled(found, meaning.formula, {found.variable: symbol(point), **values})
    return abstract(formula, *outer, point), abstract(_domain(found, values), *outer)


def _domain(found: Distribution, values: Mapping[str, Term]) -> Term:
    """The support for closed parameters."""
    return _filled(found, _meaning(found).domain, values)


# -- what scripts ask for ----------------------------------------------------------------------


def support(law: Term) -> Term:
    """The domain of the values of a law; of a law of families, of each member.

    Raises LawError when the law is not known.

    >>> support(Term("Binomial", (symbol("n"), symbol("p"))))
    0..n
    """
    found, named = _of_law(law)
    values, outer = _closed(named)
    return abstract(_domain(found, values), *outer)


def support_statements(law: Term, value: object) -> tuple[Term, ...]:
    """What a value of a law satisfies beside lying in its domain.

    For a categorical law: that the members sum to 1.  Raises LawError.
    """
    found, named = _of_law(law)
    argument = _observed(found, law, value)
    closed, outer = _closed({_bare(found.variable): argument, **named})
    return tuple(abstract(_filled(found, c, closed), *outer) for c in _meaning(found).conditions)


def size_of(law: Term) -> tuple[str, Term] | None:
    """What a law's parameters call the size of its families, and that size."""
    found, named = _of_law(law)
    size = _meaning(found).size
    if not size:
        return None
    return size, _same_size(found, tuple(v for v in named.values() if v.head == "Family"))


def _of_law(law: Term) -> tuple[Distribution, dict[str, Term]]:
    found = _book(law.head)
    named = _named(found, law, variable=False) if law.head == found.law else None
    if named is None:
        raise LawError(f"this is no {found.title} law: make it by {_accepted(found)}")
    return found, named


def _observed(found: Distribution, law: Term, value: object) -> Term:
    """A value as an argument of the mass: a family over the range of the law's."""
    if "[" not in found.variable:
        single = term(value)
        if single.head == "Family":
            raise LawError(f"a value of {found.law} is one number, not a family")
        return single
    own = next(a for a in law.args if a.head == "Family")
    if isinstance(value, tuple) and len(value) == 2:
        family = Family(*value)
    elif isinstance(value, Term) and value.head == "Family":
        family = value
    else:
        single, (index,) = term(value), own.names
        if index not in single.free:
            raise LawError(
                f"a value of {found.law} is a family over {index}, which {single} does not "
                f"mention; write ({single}, ({index}, 1, m)) with its own index"
            )
        family = bind("Family", index, single, *own.args[1:])
    _same_size(found, (own, family))
    return family


def mass(law: Term, value: object) -> Term:
    """The probability mass or density of a law at a value, by name.

    For a family, ``mass(Categorical(p[j], (j, 1, m)), y[j])``: y over the same range.
    Raises LawError.

    >>> mass(law("Bernoulli", symbol("p")), symbol("y")).head
    'BernoulliMass'
    """
    found, _ = _of_law(law)
    return Term(found.head, (_observed(found, law, value), *law.args))


def nll(law: Term, value: object) -> Term:
    """The negative log-likelihood of one value under a law: ``-log(mass(law, value))``."""
    return -apply("log", mass(law, value))
