"""Entries of a context, and when a term is well-formed among them.

A term is well-formed when every name in it is declared and used with as many indices as
declared, every head has as many arguments as it takes, and no bound variable stands outside
its binder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from derive.domains import DOMAINS, INFINITY, INTERVALS, MINUS_INFINITY, NAMED, REAL, is_open
from derive.functions import COMPARISONS, CONNECTIVES, FUNCTIONS, RELATIONS, binder_range
from derive.term import BINDERS, Term


class ContextError(ValueError):
    """An entry that the context cannot take, or a term that is ill-formed in it."""


class Declaration(NamedTuple):
    """A symbol (no indices), a family, or an abstract function of real arguments.

    ``indices`` are the domains of the indices, each open in the earlier ones; ``domain``
    is where the values lie, open in all of them.
    """

    name: str
    domain: Term
    indices: tuple[Term, ...] = ()
    hints: tuple[str, ...] = ()
    law: Term | None = None
    definition: Term | None = None


class Hypothesis(NamedTuple):
    """A statement that every point satisfies; ``ForAll`` in front for each free index."""

    statement: Term


Entry = Declaration | Hypothesis


def is_variable(entry: Entry | None) -> bool:
    """Whether an entry declares just one number, as a binder or a ForAll does."""
    return isinstance(entry, Declaration) and (
        entry.indices == () and entry.law is None and entry.definition is None
    )


def mentions(entry: Entry) -> frozenset[str]:
    """The names that an entry is about, apart from the one it declares."""
    if isinstance(entry, Hypothesis):
        return entry.statement.free
    parts = (entry.domain, *entry.indices, entry.law, entry.definition)
    return frozenset().union(*(p.free for p in parts if p is not None))


def entry_condition(binder: Term, domain: Term) -> tuple[Term, ...] | None:
    """What must hold so that the variable of a binder runs through no more than a domain.

    None: the domain is no place for that variable.  The variable of a sum runs over its range;
    that of a derivative lies in an open interval around the point; that of an integral
    between its ends, which are left out, or anywhere on the line.

    >>> from derive.term import ONE, ZERO
    >>> entry_condition(Term("Integral", (ONE, ZERO, ONE)), Term("Open", (ZERO, ONE)))
    (0 <= 1,)
    """
    run, head, ends = binder_range(binder), binder.head, binder.args[1:]
    if run is not None:
        return () if domain == run else None
    if head == "Derivative" and len(ends) == 1 and is_open(domain):
        return (Term("In", (*ends, domain)),)
    if head != "Integral" or domain == REAL:
        return () if head == "Integral" else None
    if domain.head != "Open" or domain.args not in (ends, ends[::-1]):
        return None
    low, high = domain.args
    improper = low != high and (low == MINUS_INFINITY or high == INFINITY)
    return () if improper else (Term("Le", domain.args),)


# -- well-formedness -------------------------------------------------------------------


def check(t: Term, names: Mapping[str, Declaration], open_variables: int = 0) -> None:
    """Every name is declared and used with as many indices as declared.

    Raises ContextError, which names the symbol.
    """
    if t.loose > open_variables:
        raise ContextError("a bound variable stands outside its binder")
    if not _LEAVES.get(t.head, _inner)(t.value, len(t.args)):
        raise ContextError(f"{t.head} with {t.value!r} and {len(t.args)} parts is no term")
    if t.head in ("symbol", "member"):
        declared = names.get(t.value)
        if declared is None:
            raise ContextError(f"{t.value} is not declared")
        if len(declared.indices) != len(t.args):
            raise ContextError(_wrong_indices(declared, len(t.args)))
    elif not _fits(t.head, len(t.args)):
        raise ContextError(f"{t.head} does not take {len(t.args)} arguments")
    elif t.head == "oo":
        raise ContextError("oo is no number; it only ends an interval, an integral or a sum")
    under = BINDERS.get(t.head, 0)
    for k, a in enumerate(t.args):
        if a not in _infinite(t.head, k):
            check(a, names, open_variables + (k < under))


def _infinite(head: str, k: int) -> tuple[Term, ...]:
    """What may stand as the k-th part of a term instead of a number."""
    if head in INTERVALS or (head == "Integral" and k > 0):
        return INFINITY, MINUS_INFINITY
    return (INFINITY,) if (head, k) in (("Sum", 2), ("Range", 1)) else ()


def check_statement(s: Term, names: Mapping[str, Declaration], open_variables: int = 0) -> None:
    """As ``check``, for a statement.  Raises ContextError when it is none."""
    if s.head == "ForAll":
        if s.args[1].head not in DOMAINS:
            raise ContextError(f"{s.args[1]} is not a domain")
        check(s.args[1], names, open_variables)
        check_statement(s.args[0], names, open_variables + 1)
    elif s.head in RELATIONS:
        for theta in s.args[2:]:
            if theta.head != "symbol" or theta.value not in names:
                raise ContextError(f"{theta} is not a declared symbol or family")
        for k, side in enumerate(s.args[:2]):
            family = k == 1 and s.head == "Argmin" and side.head == "symbol"
            if not (family and side.value in names and names[side.value].indices):
                check(side, names, open_variables)
    elif s.head in COMPARISONS or s.head in (*CONNECTIVES, "In", "True"):
        if s.head == "In" and s.args[-1].head not in DOMAINS:
            raise ContextError(f"{s.args[-1]} is not a domain")
        check(s, names, open_variables)
    else:
        raise ContextError(f"{s} is not a statement")


def _wrong_indices(declared: Declaration, found: int) -> str:
    wanted = len(declared.indices)
    if wanted == 0:
        return f"{declared.name} is a single symbol, here it has {found} indices"
    return f"{declared.name} is a family with {wanted} indices, here it has {found}"


def _fits(head: str, count: int) -> bool:
    """Whether a head takes so many arguments; heads that nobody knows take any number."""
    if head in FUNCTIONS:
        arity = FUNCTIONS[head].arity
        return count == arity if arity is not None else count > 0
    if head in DOMAINS:
        return count > 0 if head == "FiniteSet" else count == (0 if head in NAMED else 2)
    return count in _ARITY.get(head, (count,))


def _inner(value: Any, _: int) -> bool:
    return value is None


#: What a node without a function is made of: its value, and the number of its parts.
_LEAVES: dict[str, Callable[[Any, int], bool]] = {
    "number": lambda value, count: type(value) is Fraction and count == 0,
    "bound": lambda value, count: type(value) is int and value >= 0 and count == 0,
    "symbol": lambda value, count: type(value) is str and count == 0,
    "member": lambda value, count: type(value) is str and count > 0,
}

_ARITY = {
    "Sum": (3,), "Product": (3,), "Integral": (3,), "logsumexp": (3,), "Family": (3,),
    "Derivative": (2, 3), "Expectation": (2,), "softmax": (4,), "ForAll": (2,),
    "Eq": (2,), "Ne": (2,), "Le": (2,), "Lt": (2,), "In": (2,), "Not": (1,), "True": (0,),
}  # fmt: skip
