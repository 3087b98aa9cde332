"""What names mean while a text of the plain spelling is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from derive.context import Context, Declaration
from derive.term import Term

#: Deepest nesting of a formula, most ranges of one sum, highest derivative in one go.
MAX_NESTING, MAX_RANGES = 64, 16

ALIASES = {"ln": "log", "abs": "Abs", "max": "Max", "min": "Min", "Diff": "Derivative"}
COMPARING = {"Eq": "Eq", "Ne": "Ne", "Le": "Le", "Lt": "Lt", "Ge": "Le", "Gt": "Lt"}
CONSTANTS = ("E", "pi", "oo")
#: Signs that stand between the sides of a comparison, and all that a statement is split at.
COMPARED = ("=", "!=", "<=", "<", ">=", ">")
SIGNS = (*COMPARED, "==", "~", "in", ":=")
#: Words of the grammar: no symbol may bear such a name.
RESERVED = ("in", "for", "under", "convention", "True")


class ReadOptions(NamedTuple):
    """How a text is read, beside its context.

    ``zero_log``: under ``convention 0*log(0) = 0`` the product t*log(u) is xlogy(t, u).
    """

    zero_log: bool = False


class Bound(NamedTuple):
    """A bound variable while its body is read; ``domain`` is open in those before it."""

    name: str
    domain: Term | None = None


Scope = tuple[Bound, ...]


class Reading(NamedTuple):
    """What names mean: declared ones, and ``extra`` names with the number of their indices.

    Without a context every name is taken as it comes.
    """

    context: Context | None = None
    options: ReadOptions = ReadOptions()
    extra: Mapping[str, int] = {}

    def declared(self, name: str) -> Declaration | None:
        """The declaration of a name, if there is one."""
        return None if self.context is None else self.context.names.get(name)

    def names(self, scope: Scope) -> list[str]:
        """Every name that may be used here."""
        known = [] if self.context is None else list(self.context.names)
        return [*known, *self.extra, *(b.name for b in scope)]


def product(factors: list[Term], zero_log: bool) -> Term:
    """A product; where 0*log(0) = 0, a factor in front of a logarithm is its weight."""
    if len(factors) == 1:
        return factors[0]
    if zero_log:
        for k, factor in enumerate(factors):
            rest = (*factors[:k], *factors[k + 1 :])
            # Numbers in front of a logarithm are no weights, unless they make it 0*log(u).
            weight = any(f.head != "number" or f.value == 0 for f in rest)
            if factor.head == "log" and weight:
                other = rest[0] if len(rest) == 1 else Term("Mul", rest)
                return Term("xlogy", (other, factor.args[0]))
    return Term("Mul", tuple(factors))
