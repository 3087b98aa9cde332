"""Contexts: what is known of the symbols of a formula.

A context is a list of entries, oldest first: declarations ("p in (0,1)", "y[i] in {0,1}
for i in 1..n") and hypotheses ("Sum(p[j], (j, 1, m)) = 1").  It only ever grows, and an
entry may mention only what was declared before it.  A *point* of a context gives every
symbol a value that satisfies every entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn
from weakref import WeakValueDictionary

from derive.domains import (
    DOMAINS,
    INFINITY,
    INTERVALS,
    MINUS_INFINITY,
    NAMED,
    promises,
)
from derive.functions import COMPARISONS, CONNECTIVES, FUNCTIONS, RELATIONS
from derive.term import BINDERS, Term, bound, fresh, instantiate, substitute, symbol


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


class Context:
    """A list of entries.  The same entries in the same order are the same object.

    ``Context()`` is ``EMPTY``; only ``declare`` and ``assume``, which check, make others.

    >>> from derive.domains import UNIT
    >>> EMPTY.declare("p", UNIT) is EMPTY.declare("p", UNIT)
    True
    """

    __slots__ = ("__weakref__", "_children", "_names", "depth", "entry", "parent")

    parent: Context | None
    entry: Entry | None
    depth: int

    def __new__(cls) -> Context:
        return EMPTY

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("contexts are of one kind: another could answer otherwise")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("contexts are immutable")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a context is rebuilt from its entries, not copied")

    # -- growing ---------------------------------------------------------------------

    def declare(
        self,
        name: str,
        domain: Term,
        indices: tuple[Term, ...] = (),
        hints: tuple[str, ...] = (),
        law: Term | None = None,
        definition: Term | None = None,
    ) -> Context:
        """This context and one more symbol.

        Raises ContextError when the name is taken or a domain is not one here.
        """
        if name in self.names:
            raise ContextError(f"{name} is declared already")
        for depth, d in enumerate((*indices, domain)):
            if d.head not in DOMAINS:
                raise ContextError(f"{d} is not a domain")
            self.check(d, depth)
        if definition is not None:
            self.check(definition, len(indices))
        hints = hints or tuple("ijklmnrst"[: len(indices)])
        return self._grow(Declaration(name, domain, indices, hints, law, definition))

    def assume(self, statement: Term) -> Context:
        """This context and one more hypothesis.

        Raises ContextError when it is ill-formed, or a relation in theta: that speaks of a
        whole domain, which later entries could narrow.
        """
        self.check_statement(statement)
        body = statement
        while body.head == "ForAll":
            body = body.args[0]
        if body.head in RELATIONS:
            raise ContextError(f"{body} speaks of a whole domain and cannot be assumed")
        return self._grow(Hypothesis(statement))

    def _grow(self, entry: Entry) -> Context:
        children: WeakValueDictionary[Entry, Context] = self._children  # type: ignore[attr-defined]  # a slot
        child = children.get(entry)
        if child is None:
            child = children[entry] = _make(self, entry)
        return child

    # -- asking ----------------------------------------------------------------------

    @property
    def names(self) -> Mapping[str, Declaration]:
        """The declarations by name."""
        return self._names  # type: ignore[attr-defined, no-any-return]  # a slot

    def entries(self, after: Context | None = None) -> tuple[Entry, ...]:
        """The entries, oldest first; only those after a context that this one extends."""
        found: list[Entry] = []
        at: Context = self
        while at.parent is not None and at is not after:
            assert at.entry is not None
            found.append(at.entry)
            at = at.parent
        return tuple(reversed(found))

    def hypotheses(self) -> Iterator[Term]:
        """The statements that the context assumes, oldest first."""
        for entry in self.entries():
            if isinstance(entry, Hypothesis):
                yield entry.statement

    def extends(self, other: Context) -> bool:
        """Whether this context is the other one with, perhaps, more entries behind it."""
        at: Context = self
        while at.depth > other.depth:
            assert at.parent is not None
            at = at.parent
        return at is other

    def common(self, other: Context) -> Context:
        """The longest beginning that both share."""
        a: Context = self
        b: Context = other
        while a is not b:
            if a.depth >= b.depth:
                assert a.parent is not None
                a = a.parent
            else:
                assert b.parent is not None
                b = b.parent
        return a

    def knows(self, fact: Term) -> bool:
        """Whether an entry says just this.  False means "not known", never "false"."""
        if any(h == fact for h in self.hypotheses()):
            return True
        return any(
            not d.indices and fact in promises(d.domain, symbol(d.name))
            for d in self.names.values()
        )

    # -- well-formedness ---------------------------------------------------------------

    def check(self, t: Term, open_variables: int = 0) -> None:
        """Every name is declared and used with as many indices as declared.

        Raises ContextError, which names the symbol.
        """
        if t.loose > open_variables:
            raise ContextError("a bound variable stands outside its binder")
        if not _LEAVES.get(t.head, _inner)(t.value, len(t.args)):
            raise ContextError(f"{t.head} with {t.value!r} and {len(t.args)} parts is no term")
        if t.head in ("symbol", "member"):
            declared = self.names.get(t.value)
            if declared is None:
                raise ContextError(f"{t.value} is not declared")
            if len(declared.indices) != len(t.args):
                raise ContextError(_wrong_indices(declared, len(t.args)))
        elif not _fits(t.head, len(t.args)):
            raise ContextError(f"{t.head} does not take {len(t.args)} arguments")
        elif t.head == "oo":
            raise ContextError("oo is no number; it only ends an interval or an integral")
        under = BINDERS.get(t.head, 0)
        for k, a in enumerate(t.args):
            may_be_infinite = t.head in INTERVALS or (t.head == "Integral" and k > 0)
            if not may_be_infinite or a not in (INFINITY, MINUS_INFINITY):
                self.check(a, open_variables + (k < under))

    def check_statement(self, s: Term, open_variables: int = 0) -> None:
        """As ``check``, for a statement.  Raises ContextError when it is none."""
        if s.head == "ForAll":
            if s.args[1].head not in DOMAINS:
                raise ContextError(f"{s.args[1]} is not a domain")
            self.check(s.args[1], open_variables)
            self.check_statement(s.args[0], open_variables + 1)
        elif s.head in RELATIONS:
            for theta in s.args[2:]:
                if theta.head != "symbol" or theta.value not in self.names:
                    raise ContextError(f"{theta} is not a declared symbol or family")
            for k, side in enumerate(s.args[:2]):
                family = k == 1 and s.head == "Argmin" and side.head == "symbol"
                if not (family and side.value in self.names and self.names[side.value].indices):
                    self.check(side, open_variables)
        elif s.head in COMPARISONS or s.head in (*CONNECTIVES, "In", "True"):
            if s.head == "In" and s.args[-1].head not in DOMAINS:
                raise ContextError(f"{s.args[-1]} is not a domain")
            self.check(s, open_variables)
        else:
            raise ContextError(f"{s} is not a statement")


def _wrong_indices(declared: Declaration, found: int) -> str:
    wanted = len(declared.indices)
    if wanted == 0:
        return f"{declared.name} is a single symbol, here it has {found} indices"
    return f"{declared.name} is a family with {wanted} indices, here it has {found}"


def instances(statement: Term, *values: Term) -> Term:
    """A quantified statement with values for its leading indices.

    >>> from derive.domains import REAL
    >>> from derive.term import bind
    >>> s = bind("ForAll", "i", Term("Eq", (symbol("i"), symbol("i"))), REAL)
    >>> instances(s, symbol("k"))
    k = k
    """
    for value in values:
        statement = instantiate(statement.args[0], value)
    return statement


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


def as_function(value: Term, entry: Declaration, context: Context) -> Term:
    """A value for a declared symbol, open in its indices.

    A family may be given by another family's name: then it is that family's member.
    """
    count = len(entry.indices)
    other = context.names.get(value.value) if value.head == "symbol" else None
    if count == 0 or other is None or not other.indices:
        return value
    return Term("member", tuple(bound(k) for k in reversed(range(count))), value.value)


def doubled(context: Context, names: tuple[str, ...]) -> tuple[Context, dict[str, Term]]:
    """The context with a second point of some symbols beside the first, and its names."""
    copied, renaming = context, dict[str, Term]()
    for entry in context.entries():
        if isinstance(entry, Declaration) and entry.name in names:
            new = fresh(entry.name + "_", set(copied.names))
            copied = copied.declare(new, *entry[1:])
            renaming[entry.name] = as_function(symbol(new), entry, copied)
        elif isinstance(entry, Hypothesis) and not entry.statement.free.isdisjoint(names):
            copied = copied.assume(substitute(entry.statement, renaming))
    return copied, renaming


def _make(parent: Context | None, entry: Entry | None) -> Context:
    made: Context = object.__new__(Context)
    put = object.__setattr__
    put(made, "parent", parent)
    put(made, "entry", entry)
    put(made, "depth", 0 if parent is None else parent.depth + 1)
    put(made, "_children", WeakValueDictionary())
    names: Mapping[str, Declaration] = {} if parent is None else parent.names
    if isinstance(entry, Declaration):
        names = {**names, entry.name: entry}
    put(made, "_names", MappingProxyType(names))
    return made


#: The context without entries.
EMPTY = _make(None, None)
