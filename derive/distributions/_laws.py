"""Laws as terms: made from named parameters, and their mass at a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from derive.term import ONE, Term, TermError, apply, bind, number, term

if TYPE_CHECKING:
    from derive.distributions import Distribution


class LawError(TermError):
    """A law that cannot be made; the sentence lists the parameters that it takes."""


Over = tuple[Term, object, object]


def book(head: str) -> Distribution:
    """The distribution of a law or a mass.  Raises LawError when there is none."""
    from derive.distributions import distribution

    found = distribution(head)
    if found is None:
        from derive.distributions import law_name, names

        known = ", ".join(law_name(name) for name in names())
        raise LawError(f"{head} is no distribution that is known; there are {known}")
    return found


def bare(written: str) -> str:
    """The name of a parameter without its index."""
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
    return tuple(tuple(map(bare, way)) for way in _ways(book(head)))


def Family(body: object, over: Over) -> Term:  # noqa: N802  # the name of its head
    """``Family(p[j], (j, 1, m))``: the members p[1], ..., p[m] as one argument.

    >>> from derive.term import symbol
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

    >>> from derive.term import symbol
    >>> mu, s = symbol("mu"), symbol("s")
    >>> law("Normal", mean=mu, standard_deviation=s).args == (mu, s**2)
    True
    """
    found = book(head)
    if values:
        families = [a for a in found.arguments if "[" in a]
        if len(values) == 2 and len(families) == 1:
            first: object = values  # a family and its range
        elif len(values) == 1 and len(found.arguments) == 1:
            first = values[0]
        else:
            raise LawError(f"the parameters of {head} are given by name: {_accepted(found)}")
        own = bare(families[0] if families else found.arguments[0])
        if own in named:
            raise LawError(f"{own} of {head} is given twice")
        named = {own: first, **named}
    return _by_name(found, named)


def law_of(head: str, given: tuple[str, ...], values: tuple[Term, ...]) -> Term:
    """A law as it is read: ``given`` names the values, or is empty for the canonical order.

    Raises LawError, which lists what is accepted.
    """
    found = book(head)
    if not given:
        if len(values) != len(found.arguments) or len(values) > 1:
            raise LawError(f"the parameters of {head} are given by name: {_accepted(found)}")
        given = found.names
    return _by_name(found, dict(zip(given, values, strict=True)))


def _accepted(found: Distribution) -> str:
    ways = (", ".join(f"{bare(a)}=..." for a in way) for way in _ways(found))
    return " or ".join(f"{found.law}({way})" for way in ways)


def _by_name(found: Distribution, named: Mapping[str, object]) -> Term:
    k = parametrisation(found, tuple(named))
    way = _ways(found)[k]
    values = {bare(a): _value(found, a, named[bare(a)]) for a in way}
    size = same_size(found, tuple(v for v in values.values() if v.head == "Family"))
    if k > 0:
        from derive.distributions._meaning import converted

        values = {**values, **converted(found, k - 1, values, size)}
    return Term(found.law, tuple(values[a] for a in found.names), None, found.names)


def parametrisation(found: Distribution, given: tuple[str, ...]) -> int:
    """Which parametrisation has these names.  Raises LawError when none has."""
    for k, way in enumerate(_ways(found)):
        if {bare(a) for a in way} == set(given):
            return k
    shown = ", ".join(sorted(given)) or "nothing"
    raise LawError(f"{found.law} takes {_accepted(found)}; given: {shown}")


def _value(found: Distribution, written: str, value: object) -> Term:
    name = bare(written)
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


def same_size(found: Distribution, families: tuple[Term, ...]) -> Term:
    """The common size of families.  Raises LawError when they differ."""
    if not families:
        return ONE
    ranges = {f.args[1:] for f in families}
    if len(ranges) > 1:
        raise LawError(f"the families of {found.law} must have the same range")
    lower, upper = families[0].args[1:]
    if lower == ONE:
        return upper
    start = offset(lower)
    if start.head == upper.head == "number":
        return number(upper.value - start.value)
    return upper - start


def offset(lower: Term) -> Term:
    """What turns an index from 1 on into one from ``lower`` on."""
    return number(lower.value - 1) if lower.head == "number" else lower - 1


def named_arguments(found: Distribution, t: Term, variable: bool) -> dict[str, Term] | None:
    """The arguments of a law, a mass or a density by name; None when they do not fit."""
    written = (found.variable, *found.arguments) if variable else found.arguments
    if len(written) != len(t.args):
        return None
    if any(("[" in w) != (a.head == "Family") for w, a in zip(written, t.args, strict=True)):
        return None
    return {bare(w): a for w, a in zip(written, t.args, strict=True)}


def of_law(law: Term) -> tuple[Distribution, dict[str, Term]]:
    """The distribution of a law and its arguments by name.  Raises LawError."""
    found = book(law.head)
    named = named_arguments(found, law, variable=False) if law.head == found.law else None
    if named is None:
        raise LawError(f"this is no {found.title} law: make it by {_accepted(found)}")
    return found, named


def observed(found: Distribution, law: Term, value: object) -> Term:
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
    same_size(found, (own, family))
    return family


def mass(law: Term, value: object) -> Term:
    """The probability mass or density of a law at a value, by name.

    For a family, ``mass(Categorical(p[j], (j, 1, m)), y[j])``: y over the same range.
    Raises LawError.

    >>> from derive.term import symbol
    >>> mass(law("Bernoulli", symbol("p")), symbol("y")).head
    'BernoulliMass'
    """
    found, _ = of_law(law)
    return Term(found.head, (observed(found, law, value), *law.args))


def nll(law: Term, value: object) -> Term:
    """The negative log-likelihood of one value under a law: ``-log(mass(law, value))``."""
    return -apply("log", mass(law, value))
