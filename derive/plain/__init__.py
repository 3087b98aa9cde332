"""The plain spelling, which is SymPy's: text to terms and contexts, and back.

Nothing that is read is ever evaluated.  The readers: ``text`` (tokens, errors), ``order``,
``formula``, ``calls``, ``laws``, ``derivatives`` and ``conditions`` (formulas), ``domains``,
``statements``, ``relations``, ``targets`` and ``declarations``, with ``reading`` (what names
mean) and ``unknown`` (what to say of one that means nothing).  The writers: ``writer``,
``binders``, ``contexts``; they are imported when something is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from derive.context import EMPTY, Context
from derive.plain.declarations import declare, declare_with_options
from derive.plain.domains import read_domain
from derive.plain.formula import read_formula
from derive.plain.reading import Reading, ReadOptions
from derive.plain.statements import Relation, read_relation_piece
from derive.plain.text import ReadError, UndeclaredError, scan
from derive.term import Term

__all__ = [
    "EMPTY",
    "ReadError",
    "ReadOptions",
    "Relation",
    "UndeclaredError",
    "declare",
    "declare_with_options",
    "read",
    "read_domain_text",
    "read_relation",
    "read_statement",
    "write",
    "write_context",
]


def _reading(
    context: Context | None, extra: Iterable[str] | Mapping[str, int], options: ReadOptions | None
) -> Reading:
    names = dict(extra) if isinstance(extra, Mapping) else dict.fromkeys(extra, 0)
    return Reading(context, options or ReadOptions(), names)


def read(
    text: str,
    context: Context | None = None,
    extra: Iterable[str] | Mapping[str, int] = (),
    options: ReadOptions | None = None,
) -> Term:
    """The formula that a text spells.

    Every name must be declared by the context or be one of ``extra`` (names of symbols, or
    a mapping from names to numbers of indices); without a context all names are taken as
    they come.  Raises ReadError.

    >>> read("-y*log(p) - (1 - y)*log(1 - p)")
    -y*log(p) - (1 - y)*log(1 - p)
    """
    return read_formula(scan(text), _reading(context, extra, options))


def read_statement(
    text: str,
    context: Context | None = None,
    extra: Iterable[str] | Mapping[str, int] = (),
    options: ReadOptions | None = None,
) -> Term:
    """The statement that a text spells: a relation, perhaps ``for i in 1..n``.

    Raises ReadError.

    >>> read_statement("x[i] >= 0 for i in 1..n")
    0 <= x[i] for i in 1..n
    """
    return read_relation(text, context, extra, options).statement


def read_relation(
    text: str,
    context: Context | None = None,
    extra: Iterable[str] | Mapping[str, int] = (),
    options: ReadOptions | None = None,
) -> Relation:
    """As ``read_statement``, with the map of ``f = g under z := e``.

    The statement is the one after the substitution: f = (g with e for z).

    >>> read_relation("a = 2*z under z := a/2").statement
    a = 2*(a/2)
    """
    return read_relation_piece(scan(text), _reading(context, extra, options))


def read_domain_text(text: str, context: Context | None = None) -> Term:
    """The domain that a text spells, ``(0,1)`` or ``1..n``.  Raises ReadError."""
    return read_domain(scan(text), _reading(context, (), None))


def write(t: Term, context: Context | None = None) -> str:
    """The plain spelling of a formula, statement or domain, as its author would write it.

    With a context, abstract functions are written ``L(theta)`` and a law is written by the
    name of its variable.

    >>> from derive.term import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> write(-(x + y) * x - 3)
    '-(x + y)*x - 3'
    """
    from derive.plain.writer import write_term

    return write_term(t, context)


def write_context(context: Context) -> str:
    """The declarations of a context, one a line; ``declare`` reads it back."""
    from derive.plain.contexts import write_declarations

    return write_declarations(context)
