"""Probability distributions: one file each, and the folder is the registry.

A file holds one ``DISTRIBUTION``: plain strings, read when they are needed.  From it come

- a *law*, a term such as ``Normal(mu, sigma**2)``: ``Normal(mean=mu, variance=sigma**2)``;
- its *mass* or *density*, a term head: ``NormalDensity(x, mean, variance)``, the variable
  first, then the canonical parameters in order, a family as ``Family(p[j], (j, 1, m))``;
- rules of the ledger: ``normal_density`` says what that head is equal to; ``normal_expectation``,
  ``normal_total``, ``normal_first_moment`` and ``normal_second_moment`` what expectations are.

Scripts write laws by name; parameters are given by name, too, and a single one may do
without:

>>> from derive.term import Term, symbol
>>> y, p = symbol("y"), symbol("p")
>>> from derive.distributions import Bernoulli, mass
>>> mass(Bernoulli(p), y) == Term("BernoulliMass", (y, p))
True
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from derive.distributions._laws import Family, LawError, arguments, law, law_of, mass, nll
from derive.term import Term

if TYPE_CHECKING:
    from derive.distributions._meaning import (
        density_of,
        density_term,
        parameter_context,
        size_of,
        support,
        support_statements,
    )
    from derive.rules import Rule

__all__ = [
    "Distribution", "Family", "LawError", "Parametrisation", "Writing", "arguments", "constructor",
    "density_of", "density_term", "distribution", "law", "law_name", "law_of", "mass",
    "mass_arity", "mass_rules", "names", "nll", "parameter_context", "parameters", "registry",
    "size_of", "support", "support_statements",
]  # fmt: skip

#: Asked for when a law has been made; their module reads formulas, so it is imported then.
_LATE = (
    "density_of", "density_term", "parameter_context", "size_of", "support", "support_statements",
)  # fmt: skip


class Parametrisation(NamedTuple):
    """Another way to name a law: its own parameters, and the canonical ones from them.

    A canonical parameter without a definition is given by itself.
    """

    parameters: str
    arguments: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]


class Writing(NamedTuple):
    """How textbooks write a law: names, with blanks between them, as the reader of LaTeX spells
    them, and the parameters in the order in which they stand.

    ``fixed`` gives parameters that are not written, by those that are.  Where a name has
    several ways, the page must settle which is meant.
    """

    names: str
    parameters: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...] = ()


class Distribution(NamedTuple):
    """A distribution as data; every formula is in the plain spelling.

    ``parameters`` declares the canonical parameters, ``arguments`` lists them in the order
    of the mass; ``variable`` is declared by ``support``.  A parameter or variable with an
    index is a family over ``over``, ``(j, 1, m)``, whose size is declared but no argument.
    ``mean`` and ``variance`` are those of the variable, of a family those of a member; empty
    where they do not exist for all parameters.  ``linked`` is the parameter that a model's link
    feeds, if there is a usual one; ``written`` says how textbooks write the law.
    """

    name: str
    kind: str
    parameters: str
    arguments: tuple[str, ...]
    variable: str
    support: str
    formula: str
    mean: str
    variance: str
    source: str
    over: str = ""
    linked: str = ""
    alternatives: tuple[Parametrisation, ...] = ()
    note: str = ""
    written: tuple[Writing, ...] = ()

    @property
    def law(self) -> str:
        """Head of its laws: ``NegativeBinomial``."""
        return law_name(self.name)

    @property
    def title(self) -> str:
        """The name in words: ``negative binomial``."""
        return self.name.replace("_", " ")

    @property
    def head(self) -> str:
        """Head of its mass or density: ``NegativeBinomialMass``."""
        return self.law + self.kind.capitalize()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the canonical parameters, without indices."""
        return tuple(a.partition("[")[0] for a in self.arguments)

    @property
    def rule(self) -> Rule:
        """What its mass or density is equal to."""
        from derive.distributions._axioms import mass_rule

        return mass_rule(self)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """That rule, and what is known of expectations under its laws."""
        from derive.distributions._axioms import axioms

        return axioms(self)


# -- the registry ------------------------------------------------------------------------


@cache
def names() -> tuple[str, ...]:
    """The names of all distributions: the modules of this folder, in alphabetical order."""
    from os import listdir

    here = listdir(__path__[0])
    return tuple(sorted(f[:-3] for f in here if f.endswith(".py") and f[0] != "_"))


def registry() -> dict[str, Distribution]:
    """Every distribution by name."""
    return {name: _load(name) for name in names()}


@cache
def _load(name: str) -> Distribution:
    # Not importlib: a lookup by name imports that one file and nothing else.
    module = __import__(f"{__name__}.{name}", fromlist=("DISTRIBUTION",))
    found: Distribution = module.DISTRIBUTION
    if found.name != name:
        raise ImportError(f"the distribution in {name}.py calls itself {found.name}")
    return found


def law_name(name: str) -> str:
    """The head of the laws of a distribution: ``LogNormal`` of ``log_normal``."""
    return "".join(word.capitalize() for word in name.split("_"))


@cache
def _by_law() -> dict[str, str]:
    return {law_name(name): name for name in names()}


def distribution(head: str) -> Distribution | None:
    """The distribution of a law, a mass or a density, by its head; None for other heads.

    >>> [distribution(h).name for h in ("Poisson", "PoissonMass")]
    ['poisson', 'poisson']
    >>> distribution("PoissonDensity") is None
    True
    """
    stem = head.removesuffix("Mass").removesuffix("Density")
    name = _by_law().get(stem)
    if name is None:
        return None
    found = _load(name)
    return found if head in (found.law, found.head) else None


def parameters(head: str) -> tuple[str, ...] | None:
    """The canonical parameters of a law by name, in order; None when it is not known."""
    found = distribution(head)
    return found.names if found is not None and head == found.law else None


def constraints(law: Term) -> tuple[Term, ...]:
    """What the parameters of a law satisfy together, beside where each lies: ``lower < upper``.

    >>> from derive.term import number
    >>> constraints(Term("Uniform", (number(1), number(2))))
    (1 < 2,)
    """
    from derive.entries import Hypothesis
    from derive.plain import declare
    from derive.term import substitute

    found = distribution(law.head)
    if found is None:
        return ()
    values = dict(zip(found.names, law.args, strict=False))
    said = (e for e in declare(found.parameters).entries() if isinstance(e, Hypothesis))
    return tuple(substitute(h.statement, values) for h in said if h.statement.free <= values.keys())


def mass_arity(head: str) -> int | None:
    """The number of arguments of a mass or density; None for any other head.

    >>> mass_arity("NormalDensity")
    3
    """
    if not head.endswith(("Mass", "Density")):
        return None
    found = distribution(head)
    return None if found is None else 1 + len(found.arguments)


def law_rule(name: str) -> Rule | None:
    """A rule of a distribution by its name, such as ``normal_density`` or ``normal_total``."""
    from derive.distributions._axioms import SUFFIXES

    stem = next((name.removesuffix(s) for s in SUFFIXES if name.endswith(s)), "")
    if stem not in names():
        return None
    return next((r for r in _load(stem).rules if r.name == name), None)


def law_rule_names() -> tuple[str, ...]:
    """The names of those rules, in alphabetical order of the distributions."""
    return tuple(rule.name for found in registry().values() for rule in found.rules)


def mass_rules() -> tuple[Rule, ...]:
    """What each mass or density is, in alphabetical order."""
    from derive.rules import ledger

    return tuple(ledger()[found.rule.name] for found in registry().values())


# -- constructors for scripts --------------------------------------------------------------


def constructor(head: str) -> Callable[..., Term]:
    """The function that makes laws: ``constructor("Normal")(mean=0, variance=1)``.

    Raises AttributeError when no distribution has such laws.
    """
    name = _by_law().get(head)
    if name is None:
        raise AttributeError(f"there is no distribution {head} in {__name__}")

    def make(*values: object, **named: object) -> Term:
        return law(head, *values, **named)

    make.__name__ = make.__qualname__ = head
    accepted = "; or by ".join(", ".join(names) for names in arguments(head))
    make.__doc__ = f"A {_load(name).title} law, by {accepted}."
    return make


def __getattr__(name: str) -> Callable[..., Term]:
    """``Bernoulli``, ``Normal``, ...: the constructor of each distribution's laws."""
    if name.startswith("_"):
        raise AttributeError(name)
    if name in _LATE:
        from derive.distributions import _meaning

        found: Callable[..., Term] = getattr(_meaning, name)
        return found
    return constructor(name)
