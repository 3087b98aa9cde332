"""Contexts: what is known of the symbols of a formula.

A context is a list of entries, oldest first: declarations ("p in (0,1)", "y[i] in {0,1}
for i in 1..n") and hypotheses ("Sum(p[j], (j, 1, m)) = 1").  It only ever grows, and an
entry may mention only what was declared before it.  A *point* of a context gives every
symbol a value that satisfies every entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NoReturn
from weakref import WeakValueDictionary

from derive import notebook
from derive.domains import DOMAINS, promises
from derive.entries import (
    ContextError,
    Declaration,
    Entry,
    Hypothesis,
    check,
    check_statement,
    is_variable,
    mentions,
)
from derive.functions import RELATIONS
from derive.term import Term, bound, fresh, instantiate, substitute, symbol

__all__ = [
    "EMPTY",
    "Context",
    "ContextError",
    "Declaration",
    "Entry",
    "Hypothesis",
    "as_function",
    "doubled",
    "instances",
    "is_variable",
    "mentions",
]


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

    def _repr_html_(self) -> str:
        return notebook.html(self)

    def _repr_latex_(self) -> str:
        return notebook.latex(self)

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
        check(t, self.names, open_variables)

    def check_statement(self, s: Term, open_variables: int = 0) -> None:
        """As ``check``, for a statement.  Raises ContextError when it is none."""
        check_statement(s, self.names, open_variables)


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
