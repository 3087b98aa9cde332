"""What is asked of a step: a statement, what the page says, and what it leaves open.

A symbol that the page does not declare is *free to be assumed*, from a closed list of
**savers**: a sign, (0,1), a bit, a natural number; for a family the same of its members,
one-hot or simplex over the range that is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from derive.context import EMPTY, Context, ContextError, Declaration
from derive.domains import BIT, NATURAL, POSITIVE, REAL, UNIT, is_function
from derive.entries import Entry
from derive.term import ONE, ZERO, Term, bound

#: Less than 0: the one saver that has no name as a domain.
NEGATIVE = Term("Open", (Term("Neg", (Term("oo"),)), ZERO))


class Saver(NamedTuple):
    """What may be assumed of a symbol: where it, or each member, lies; ``total``: and that
    the members add up to 1."""

    domain: Term
    total: bool = False


FREE, SIGNED, BELOW = Saver(REAL), Saver(POSITIVE), Saver(NEGATIVE)
SHARE, DIGIT, COUNT = Saver(UNIT), Saver(BIT), Saver(NATURAL)
SIMPLEX, ONE_HOT = Saver(UNIT, True), Saver(BIT, True)


class Row(NamedTuple):
    """An earlier row of the page as a statement; ``name`` is its label or its line, ``place``
    the number of its piece and that of its step.  ``entries`` declare the symbols that only
    the row speaks of; ``open`` and ``sizes`` are those of them that a question has so, too."""

    statement: Term
    name: str
    place: tuple[int, int] = (-1, 0)
    entries: tuple[Entry, ...] = ()
    open: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()


class Question(NamedTuple):
    """A statement, the entries of its context, and what is open.

    ``entries`` declare every symbol, oldest first; those named in ``open`` are undeclared on
    the page and stand there as reals, or as families of reals, and ``sizes`` are the open
    ones that must be natural numbers for the formula to mean anything.  ``rows`` are earlier
    equations of the page about its symbols; ``constraints`` are conditions beside the
    display.  ``fixed`` are open symbols of which nothing may be assumed: they stand for what the
    formula speaks of and nobody looked into.
    """

    statement: Term
    entries: tuple[Entry, ...]
    open: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    fixed: tuple[str, ...] = ()

    def declaration(self, name: str) -> Declaration:
        """The declaration of a symbol."""
        return next(e for e in self.entries if isinstance(e, Declaration) and e.name == name)

    def is_function(self, name: str) -> bool:
        """Whether a symbol is a function of real arguments."""
        indices = self.declaration(name).indices
        return bool(indices) and is_function(indices)

    def context(self, savers: Mapping[str, Saver], rows: tuple[Row, ...] = ()) -> Context | None:
        """The context under some savers and rows; None when they cannot be stated.

        >>> from derive.entries import Declaration
        >>> p = Declaration("p", REAL)
        >>> asked = Question(Term("Eq", (ONE, ONE)), (p,), ("p",))
        >>> asked.context({"p": SHARE}).names["p"].domain
        (0,1)
        """
        context = EMPTY
        try:
            for entry in self.entries:
                if not isinstance(entry, Declaration):
                    context = context.assume(entry.statement)
                    continue
                saver = savers.get(entry.name)
                if entry.name in self.sizes:
                    saver = COUNT
                domain = entry.domain if saver is None else saver.domain
                context = context.declare(entry.name, domain, *entry[2:])
                if saver is not None and saver.total:
                    context = context.assume(total(entry))
            for row in rows:
                context = context.assume(row.statement)
        except ContextError:
            return None
        return context

    def along(self, rows: tuple[Row, ...]) -> Question:
        """The question with the symbols that some rows speak of declared, too."""
        entries, names = list(self.entries), list(self.open)
        sizes, known = list(self.sizes), {_key(e) for e in self.entries}
        for row in rows:
            for entry in row.entries:
                if _key(entry) not in known:
                    known.add(_key(entry))
                    entries.append(entry)
            names += [n for n in row.open if n not in names]
            sizes += [n for n in row.sizes if n not in sizes]
        return self._replace(entries=tuple(entries), open=tuple(names), sizes=tuple(sizes))

    def choices(self, name: str) -> tuple[Saver, ...]:
        """The strongest savers of an open symbol: whatever may be assumed of it contains
        one of them."""
        declared = self.declaration(name)
        if name in self.fixed:
            return ()
        if name in self.sizes:
            return (COUNT,)
        if self.is_function(name):
            return ()
        if has_total(declared):
            return (SIMPLEX, ONE_HOT, COUNT, BELOW)
        return (SHARE, COUNT, DIGIT, BELOW)


def _key(entry: Entry) -> object:
    """What must not stand in a context twice: a name, or a statement."""
    return entry.name if isinstance(entry, Declaration) else entry.statement


def has_total(declared: Declaration) -> bool:
    """Whether the members of a family can be added up over the range that is written."""
    return bool(declared.indices) and declared.indices[-1].head == "Range"


def total(declared: Declaration) -> Term:
    """That the members of a family add up to 1 over the last index.

    >>> from derive.term import number, symbol
    >>> print(total(Declaration("p", REAL, (Term("Range", (ONE, symbol("m"))),), ("j",))))
    Sum(p[j], (j, 1, m)) = 1
    """
    count = len(declared.indices)
    indices = tuple(bound(count - 1 - k) for k in range(count))
    low, high = declared.indices[-1].args
    body = Term("member", indices, declared.name)
    added = Term("Sum", (body, low, high), None, (declared.hints[-1],))
    statement = Term("Eq", (added, ONE))
    for hint, domain in reversed(list(zip(declared.hints[:-1], declared.indices, strict=False))):
        statement = Term("ForAll", (statement, domain), None, (hint,))
    return statement
