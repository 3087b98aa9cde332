"""Terms: making them, binding and replacing variables, and the places of a term.

What a term is stands in ``derive.node``; its names can be imported from here.  A formula is
built from numbers, symbols and members by arithmetic, ``apply`` and ``bind``:

>>> x, i, n = symbol("x"), symbol("i"), symbol("n")
>>> bind("Sum", "i", apply("log", x[i]), ONE, n) / n
Sum(log(x[i]), (i, 1, n))/n
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from derive.node import (
    BINDERS,
    Term,
    TermError,
    add,
    div,
    lowest_terms,
    mul,
    neg,
    number,
    term,
)

__all__ = [
    "BINDERS",
    "ONE",
    "ZERO",
    "Path",
    "Term",
    "TermError",
    "abstract",
    "add",
    "apply",
    "bind",
    "bound",
    "div",
    "fresh",
    "instantiate",
    "is_number",
    "lowest_terms",
    "member",
    "mul",
    "neg",
    "number",
    "rebuild",
    "replace",
    "shift",
    "size",
    "substitute",
    "subterm",
    "symbol",
    "term",
    "walk",
]

Path = tuple[int, ...]

ZERO, ONE = number(0), number(1)


def symbol(name: str) -> Term:
    """A free symbol; what it stands for is the context's business."""
    return Term("symbol", (), name)


def member(family: str, *indices: Term) -> Term:
    """A member ``x[i, j]`` of a family, or a value ``L(t)`` of an abstract function."""
    return Term("member", indices, family)


def bound(index: int) -> Term:
    """The variable of the ``index``-th binder, counted outwards from 0."""
    return Term("bound", (), index)


def apply(head: str, *args: object) -> Term:
    """``head(args)`` as it stands."""
    return Term(head, tuple(map(term, args)))


def bind(head: str, name: str, *args: Term) -> Term:
    """A binder over the symbol ``name``: its leading arguments are closed over it.

    >>> i, n = symbol("i"), symbol("n")
    >>> bind("Sum", "i", member("x", i), number(1), n)
    Sum(x[i], (i, 1, n))
    """
    under = BINDERS[head]
    closed = tuple(abstract(a, name) for a in args[:under])
    return Term(head, closed + args[under:], None, (name,))


def is_number(t: Term) -> bool:
    """Whether the term is an exact number as it stands."""
    return t.head == "number"


# -- variables -------------------------------------------------------------------------


def rebuild(t: Term, change: Callable[[Term, int], Term], depth: int) -> Term:
    """The term with its arguments changed; ``change`` is told how many binders they are below."""
    under = BINDERS.get(t.head, 0)
    args = []
    same = True
    for k, a in enumerate(t.args):
        new = change(a, depth + 1 if k < under else depth)
        args.append(new)
        same = same and new is a
    return t if same else Term(t.head, tuple(args), t.value, t.names)


def shift(t: Term, by: int, depth: int = 0) -> Term:
    """Raise the bound variables that point outside by ``by`` binders."""
    if by == 0 or t.loose <= depth:
        return t
    if t.head == "bound":
        return bound(t.value + by)
    return rebuild(t, lambda a, d: shift(a, by, d), depth)


def instantiate(t: Term, *values: Term) -> Term:
    """Put values for the outermost open variables: the last value for ``bound(0)``."""
    count = len(values)

    def go(u: Term, depth: int) -> Term:
        if u.loose <= depth:
            return u
        if u.head == "bound":
            k = u.value - depth
            return shift(values[count - 1 - k], depth) if k < count else bound(u.value - count)
        return rebuild(u, go, depth)

    return go(t, 0)


def abstract(t: Term, *names: str) -> Term:
    """Turn free symbols into open variables: the last name into ``bound(0)``.

    Raises TermError when a name is used as a family: a family cannot be bound.
    """
    wanted = {name: len(names) - 1 - k for k, name in enumerate(names)}

    def go(u: Term, depth: int) -> Term:
        if u.loose <= depth and u.free.isdisjoint(wanted):
            return u
        if u.head == "symbol":
            return bound(wanted[u.value] + depth) if u.value in wanted else u
        if u.head == "bound":
            return bound(u.value + len(names)) if u.value >= depth else u
        if u.head == "member" and u.value in wanted:
            raise TermError(f"the family {u.value} cannot be a bound variable")
        return rebuild(u, go, depth)

    return go(t, 0)


def substitute(t: Term, mapping: Mapping[str, Term]) -> Term:
    """Replace free symbols and families at once.

    A family of r indices is replaced by a term with r open variables, the first index
    being ``bound(r - 1)``; a symbol by a closed term.

    >>> x = symbol("x")
    >>> substitute(x + member("f", x), {"x": number(2), "f": bound(0) * x})
    2 + 2*x
    """
    if not mapping:
        return t

    def go(u: Term, depth: int) -> Term:
        if u.free.isdisjoint(mapping):
            return u
        if u.head == "symbol" and u.value in mapping:
            return shift(mapping[u.value], depth)
        if u.head == "member" and u.value in mapping:
            arguments = tuple(go(a, depth) for a in u.args)
            return instantiate(mapping[u.value], *arguments)
        return rebuild(u, go, depth)

    return go(t, 0)


def fresh(name: str, taken: frozenset[str] | set[str]) -> str:
    """``name``, or ``name`` with the first number behind it that is not taken.

    >>> fresh("i", {"i", "i1"})
    'i2'
    """
    if name not in taken:
        return name
    k = 1
    while f"{name}{k}" in taken:
        k += 1
    return f"{name}{k}"


# -- places ----------------------------------------------------------------------------


def subterm(t: Term, path: Path) -> Term:
    """The term at a path; variables of binders on the way stay open."""
    for k in path:
        t = t.args[k]
    return t


def replace(t: Term, path: Path, new: Term) -> Term:
    """The term with ``new`` at a path; open variables of ``new`` are those of the place."""
    if not path:
        return new
    k = path[0]
    args = (*t.args[:k], replace(t.args[k], path[1:], new), *t.args[k + 1 :])
    return Term(t.head, args, t.value, t.names)


def walk(t: Term, path: Path = ()) -> Iterator[tuple[Path, Term]]:
    """Every place of a term with its path, outside in."""
    yield path, t
    for k, a in enumerate(t.args):
        yield from walk(a, (*path, k))


def mentions(t: Term, index: int) -> bool:
    """Whether the open variable ``bound(index)`` occurs."""
    if t.loose <= index:
        return False
    if t.head == "bound":
        return bool(t.value == index)
    under = BINDERS.get(t.head, 0)
    return any(mentions(a, index + (k < under)) for k, a in enumerate(t.args))


def size(t: Term) -> int:
    """How many nodes a term has."""
    return 1 + sum(size(a) for a in t.args)
