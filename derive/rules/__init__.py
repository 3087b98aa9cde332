"""The ledger: every axiom and lemma that a proof may use, as data.

A rule is a statement in a context of its own: ``needs`` declares its variables (in plain
spelling), ``lhs relation rhs`` is what holds at every point of that context.  Using a rule
means giving a term for each variable and a theorem for each need; nothing else.  A variable
with indices stands for a term that may mention the bound variables at those places; one
without may not, so that ``Sum(c*f[i], (i, lo, hi)) = c*Sum(f[i], (i, lo, hi))`` cannot be
used with a c that depends on i.

Every module of this folder has a list ``RULES``; a module without one cannot be imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from derive.context import Context
    from derive.term import Term

#: The modules of this folder, in the order of the ledger; a test compares it with the folder.
FAMILIES = (
    "algebra",
    "order",
    "absolute",
    "integers",
    "logarithms",
    "exponentials",
    "powers",
    "power_order",
    "functions",
    "circular",
    "logistic",
    "special",
    "factorials",
    "softmax",
    "sums",
    "sum_order",
    "products",
    "delta",
    "piecewise",
    "derivatives",
    "calculus",
    "integrals",
    "integral_table",
    "integrable",
    "series",
    "expectations",
    "inequalities",
)


class Rule(NamedTuple):
    """One axiom.  ``relation`` is ``=``, ``!=``, ``<=``, ``<`` or ``in``."""

    name: str
    lhs: str
    rhs: str
    needs: str
    why: str
    source: str
    relation: str = "="

    @property
    def text(self) -> str:
        """The statement in plain spelling."""
        return f"{self.lhs} {self.relation} {self.rhs}"

    @property
    def context(self) -> Context:
        """What the rule needs, as a context."""
        return _read(self)[0]

    @property
    def statement(self) -> Term:
        """What the rule says, in that context."""
        return _read(self)[1]


@cache
def _read(rule: Rule) -> tuple[Context, Term]:
    from derive.plain import declare, read_statement

    context = declare(rule.needs)
    return context, read_statement(rule.text, context)


class Ledger(Mapping[str, "Rule"]):
    """Every rule by name: those of this folder, then the laws of the distributions.

    A rule that is asked for by name is found without reading the other distributions.
    """

    def __getitem__(self, name: str) -> Rule:
        found = general().get(name)
        return _law(name) if found is None else found

    def __iter__(self) -> Iterator[str]:
        from derive.distributions import law_rule_names

        yield from general()
        yield from law_rule_names()

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def general() -> dict[str, Rule]:
    """The rules of this folder by name.  Raises ValueError when two share a name."""
    from importlib import import_module

    found: dict[str, Rule] = {}
    for family in FAMILIES:
        for rule in import_module(f"derive.rules.{family}").RULES:
            if rule.name in found:
                raise ValueError(f"two rules are called {rule.name}")
            found[rule.name] = rule
    return found


@cache
def _law(name: str) -> Rule:
    from derive.distributions import law_rule

    found = law_rule(name)
    if found is None:
        raise KeyError(name)
    return found


_LEDGER = Ledger()


def ledger() -> Mapping[str, Rule]:
    """The ledger: every rule by name."""
    return _LEDGER


def digest() -> str:
    """A fingerprint of the ledger: the same digest, the same axioms."""
    from hashlib import sha256

    lines = (
        "\t".join((r.name, r.needs, r.text))
        for r in sorted(ledger().values(), key=lambda rule: rule.name)
    )
    return sha256("\n".join(lines).encode()).hexdigest()


def __getattr__(name: str) -> Rule:
    """``from derive.rules import log_product``: a rule by its name."""
    if name.startswith("_"):
        raise AttributeError(name)
    found = ledger().get(name)
    if found is None:
        from difflib import get_close_matches

        close = get_close_matches(name, ledger(), 3)
        hint = f"; did you mean {', '.join(close)}?" if close else ""
        raise AttributeError(f"there is no rule {name}{hint} (derive search finds rules)")
    return found
