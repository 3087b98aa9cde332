"""Terms: what a formula *is*, before anybody evaluates, simplifies or prints it.

A term is an immutable tree.  It keeps the author's order, holds exact numbers only, and
hides the names of bound variables: inside a binder a variable is a number (how many
binders stand between it and its own), so two formulas that differ only in the name of a
summation index are the same term.  The author's names are kept beside it, for printing.

====================  =======================================  =====================
written               ``head``                                 ``args``
====================  =======================================  =====================
``3``, ``1/2``        ``number`` (``value``: the Fraction)     none
``x``                 ``symbol`` (``value``: its name)         none
``x[i, j]``, ``L(t)``  ``member`` (``value``: the family)       the indices
a bound variable      ``bound`` (``value``: binders between)   none
``log(x)``, ``a + b``  the function's name, ``Add``, ...        the arguments, in order
``Sum(f, (i, a, b))``  ``Sum`` (``names``: ``("i",)``)           body, ``a``, ``b``
====================  =======================================  =====================
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any, NoReturn
from zlib import crc32

from derive import notebook

#: Binders, and how many of their leading arguments stand under the bound variable.
BINDERS: dict[str, int] = {
    "Sum": 1,  # body, lower, upper
    "Product": 1,
    "Integral": 1,
    "Expectation": 1,  # body, law
    "Derivative": 1,  # body, point [, domain when that is not an open interval]
    "softmax": 1,  # scores, lower, upper, class
    "logsumexp": 1,  # scores, lower, upper
    "ForAll": 1,  # statement, domain
    "Family": 1,  # a family as an argument of a mass function: member, lower, upper
}


class TermError(ValueError):
    """A term that cannot be built; the sentence says why and what to write instead."""


class Term:
    """One node of a formula.

    Two terms are equal when they are the same tree up to the names of bound variables;
    equality and hashing never look at those names.  Terms are made by the functions of
    ``derive.term``, by the readers, or by arithmetic on other terms.

    >>> x, y = Term("symbol", (), "x"), Term("symbol", (), "y")
    >>> x + y == y + x, (x + y).args == (x, y)
    (False, True)
    """

    __slots__ = ("_free", "_hash", "args", "head", "loose", "names", "value")

    head: str
    args: tuple[Term, ...]
    value: Any
    names: tuple[str, ...]
    #: One more than the largest bound variable that this term leaves open; 0 when closed.
    loose: int

    def __new__(
        cls, head: str, args: tuple[Term, ...] = (), value: Any = None, names: tuple[str, ...] = ()
    ) -> Term:
        self = object.__new__(cls)
        _put_head(self, head)
        _put_args(self, args)
        _put_value(self, value)
        _put_names(self, names)
        _put_free(self, None)
        _put_hash(self, hash((_code(head), _code(value), args)))
        _put_loose(self, _loose(head, args) if args else int(value) + 1 if head == "bound" else 0)
        return self

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("terms are of one kind: another could be equal to anything")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("terms are immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("terms are immutable")

    def __hash__(self) -> int:
        return self._hash  # type: ignore[no-any-return, attr-defined]  # a slot set in __new__

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Term):
            return NotImplemented
        return (
            self._hash == other._hash  # type: ignore[attr-defined]  # a slot set in __new__
            and self.head == other.head
            and self.value == other.value
            and self.args == other.args
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return Term, (self.head, self.args, self.value, self.names)

    def __repr__(self) -> str:
        from derive.plain import write

        return write(self)

    def _repr_html_(self) -> str:
        return notebook.html(self)

    def _repr_latex_(self) -> str:
        return notebook.latex(self)

    @property
    def free(self) -> frozenset[str]:
        """Names of the symbols and families that occur free."""
        known: frozenset[str] | None = self._free  # type: ignore[attr-defined]  # cached slot
        if known is None:
            own = frozenset((self.value,)) if self.head in ("symbol", "member") else frozenset()
            known = own.union(*(a.free for a in self.args))
            object.__setattr__(self, "_free", known)
        return known

    def __add__(self, other: object) -> Term:
        return add(self, term(other))

    def __radd__(self, other: object) -> Term:
        return add(term(other), self)

    def __sub__(self, other: object) -> Term:
        return add(self, neg(term(other)))

    def __rsub__(self, other: object) -> Term:
        return add(term(other), neg(self))

    def __mul__(self, other: object) -> Term:
        return mul(self, term(other))

    def __rmul__(self, other: object) -> Term:
        return mul(term(other), self)

    def __truediv__(self, other: object) -> Term:
        return div(self, term(other))

    def __rtruediv__(self, other: object) -> Term:
        return div(term(other), self)

    def __pow__(self, other: object) -> Term:
        return Term("Pow", (self, term(other)))

    def __rpow__(self, other: object) -> Term:
        return Term("Pow", (term(other), self))

    def __neg__(self) -> Term:
        return neg(self)

    def __abs__(self) -> Term:
        return Term("Abs", (self,))

    def __getitem__(self, index: object) -> Term:
        if self.head != "symbol":
            raise TermError(f"only a family has members; {self} is not one")
        indices = index if isinstance(index, tuple) else (index,)
        return Term("member", tuple(map(term, indices)), self.value)

    def __call__(self, *arguments: object) -> Term:
        called = self[arguments]
        return Term("member", called.args, called.value, ("call",))

    def __iter__(self) -> NoReturn:
        raise TypeError("a term is not a sequence")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a formula is neither true nor false by itself; ask derive.prove, or compare "
            "terms with == for equality as written"
        )


# How the slots of a new term are filled; asking for each by name takes half as long again.
_put_head, _put_args, _put_value, _put_names, _put_free, _put_hash, _put_loose = (
    getattr(Term, slot).__set__
    for slot in ("head", "args", "value", "names", "_free", "_hash", "loose")
)


@cache
def _code(value: Any) -> int:
    """A hash that does not depend on the hash seed, so that no search order does either."""
    if value is None:  # before Python 3.12 its hash is its address
        return 1
    return crc32(value.encode()) if isinstance(value, str) else hash(value)


def _loose(head: str, args: tuple[Term, ...]) -> int:
    most = 0
    for a in args:  # plain loops: every term that is made comes by here
        if a.loose > most:
            most = a.loose
    if most and head in BINDERS:
        under = BINDERS[head]
        most = max(a.loose - 1 if k < under else a.loose for k, a in enumerate(args))
    return most


def number(value: int | Fraction) -> Term:
    """An exact number."""
    return Term("number", (), Fraction(value))


def term(value: object) -> Term:
    """An exact Python number or a term, as a term.

    Raises TermError for a float, which is not exact, and for anything else.
    """
    if isinstance(value, Term):
        return value
    if isinstance(value, bool):
        raise TermError("a truth value is not a number")
    if isinstance(value, (int, Fraction)):
        return number(value)
    if isinstance(value, float):
        raise TermError(
            f"the float {value!r} is not exact; write y/2 or Rational(1, 2) instead of 0.5*y"
        )
    raise TermError(f"{value!r} is not a term: expected a term, an int or a Fraction")


def neg(t: Term) -> Term:
    """``-t``; minus a number is a number."""
    return number(-t.value) if t.head == "number" else Term("Neg", (t,))


def add(a: Term, b: Term) -> Term:
    """``a + b`` as in a text read from left to right: ``a + b + c`` is one sum of three."""
    return Term("Add", ((*a.args, b)) if a.head == "Add" else (a, b))


def mul(a: Term, b: Term) -> Term:
    """``a*b``; as in a text, a leading minus belongs to the whole product."""
    if a.head == "Neg":
        return neg(mul(a.args[0], b))
    if a.head == "number" and a.value < 0 and b.head != "number":
        return neg(mul(number(-a.value), b)) if a.value != -1 else neg(b)
    return Term("Mul", ((*a.args, b)) if a.head == "Mul" else (a, b))


def div(a: Term, b: Term) -> Term:
    """``a/b``; an integer over another is one exact number when in lowest terms."""
    if a.head == "Neg":
        return neg(div(a.args[0], b))
    if a.head == b.head == "number" and lowest_terms(a.value, b.value):
        return number(a.value / b.value)
    return Term("Div", (a, b))


def lowest_terms(a: Fraction, b: Fraction) -> bool:
    """Whether ``a/b`` is how the exact number would be printed."""
    return b > 1 and (a / b).denominator == b.numerator and b.denominator == 1
