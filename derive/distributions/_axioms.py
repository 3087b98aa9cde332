"""The axioms of a distribution, made from its file.

An expectation is *defined* as the integral or the sum of the function times density or mass
over the support (the law of the unconscious statistician); of an interval only the inside counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.distributions import Distribution
    from derive.rules import Rule

SUFFIXES = (
    "_mass", "_density", "_expectation", "_written_out", "_total", "_first_moment",
    "_second_moment",
)  # fmt: skip

#: Ends of the supports that have a name.
_ENDS = {
    "Real": ("-oo", "oo"),
    "Positive": ("0", "oo"),
    "Nonnegative": ("0", "oo"),
    "Natural0": ("0", "oo"),
    "Natural": ("1", "oo"),
    "{0,1}": ("0", "1"),
}


def mass_rule(found: Distribution) -> Rule:
    """What the mass or density is equal to."""
    from derive.rules import Rule

    return Rule(
        name=f"{found.name}_{found.kind}",
        lhs=_mass(found),
        rhs=found.formula,
        needs=f"{found.parameters}; {found.support}",
        why=f"what the probability {found.kind} of the {found.title} distribution is",
        source=found.source,
    )


def _mass(found: Distribution) -> str:
    given = (found.variable, *found.arguments)
    written = (f"Family({a}, {found.over})" if "[" in a else a for a in given)
    return f"{found.head}({', '.join(written)})"


def axioms(found: Distribution) -> tuple[Rule, ...]:
    """All rules of a distribution; of one of families only what its mass is."""
    if found.over:
        return (mass_rule(found),)
    v, moments = found.variable, list[Any]()
    if found.mean:
        moments.append(_moment(found, "first_moment", v, found.mean))
    if found.mean and found.variance:
        second = f"{found.variance} + ({found.mean})**2"
        moments.append(_moment(found, "second_moment", f"{v}**2", second))
    written = _expectation(found), _written_out(found)
    return mass_rule(found), *written, _total(found), *moments


def ends(found: Distribution) -> tuple[str, str]:
    """The ends of the support, of a law of single numbers.

    >>> from derive.distributions import registry
    >>> ends(registry()["uniform"])
    ('lower', 'upper')
    """
    domain = found.support.partition(" in ")[2].strip()
    if domain in _ENDS:
        return _ENDS[domain]
    low, high = domain.split("..") if ".." in domain else domain.strip("()[]").split(",")
    return low.strip(), high.strip()


def _law(found: Distribution) -> str:
    return f"{found.law}({', '.join(f'{name}={name}' for name in found.names)})"


def _over(found: Distribution, body: str) -> str:
    """The integral or sum of a body over the support."""
    low, high = ends(found)
    head = "Sum" if found.kind == "mass" else "Integral"
    return f"{head}({body}, ({found.variable}, {low}, {high}))"


def _expectation(found: Distribution) -> Rule:
    from derive.rules import Rule

    v = found.variable
    value = _over(found, f"f({v})*{_mass(found)}")
    return Rule(
        name=f"{found.name}_expectation",
        lhs=f"Expectation(f({v}), ({v}, {_law(found)}))",
        rhs=value,
        needs=f"{found.parameters}; f(t) in Partial for t in Real; {value} in Real",
        why="The law of the unconscious statistician; here it defines the expectation.",
        source="Casella, Berger, Statistical Inference, 2nd edition, 2.2.1 (expected values)",
    )


def _written_out(found: Distribution) -> Rule:
    from derive.rules import Rule

    rule = _expectation(found)
    return Rule(
        name=f"{found.name}_written_out",
        lhs=rule.lhs,
        rhs=rule.rhs,
        needs=f"{found.parameters}; f(t) in Partial for t in Real; {rule.lhs} in Real",
        why="What an expectation is where there is one.",
        source=rule.source,
    )


def _total(found: Distribution) -> Rule:
    from derive.rules import Rule

    return Rule(
        name=f"{found.name}_total",
        lhs=_over(found, _mass(found)),
        rhs="1",
        needs=found.parameters,
        why=f"The {found.title} law is a probability law.",
        source=found.source,
    )


def _moment(found: Distribution, name: str, body: str, value: str) -> Rule:
    from derive.rules import Rule

    return Rule(
        name=f"{found.name}_{name}",
        lhs=_over(found, f"{body}*{_mass(found)}"),
        rhs=value,
        needs=found.parameters,
        why=f"The {name.replace('_', ' ')} of the {found.title} law, from its mean and variance.",
        source=found.source,
    )
