"""What the tests of the kernel share: small theorems, and refusals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from derive import kernel
from derive.context import Context
from derive.domains import REAL
from derive.kernel import KernelError, Theorem
from derive.plain import declare, read, read_statement
from derive.rules import ledger
from derive.term import ONE, Term, number, symbol

X = declare("x in Real; y in Real; p in (0,1); b in {0,1}; n in Natural; k in Integer; w > 0")


def refused(sentence: str, inference: Callable[..., Theorem], *given: Any) -> None:
    """The inference refuses with a message that matches the sentence, which is not empty."""
    assert sentence
    with pytest.raises(KernelError, match=sentence):
        inference(*given)


def says(theorem: Theorem, text: str) -> Theorem:
    """The theorem, which states just this."""
    assert theorem.statement == read_statement(text, theorem.context)
    return theorem


def member(t: Term, domain: Term = REAL) -> Term:
    return Term("In", (t, domain))


def every(statement: Term, domain: Term) -> Term:
    """``statement for bound(0) in domain``."""
    return Term("ForAll", (statement, domain))


def given(context: Context, place: int = -1, *indices: Theorem) -> Theorem:
    """One of the hypotheses of a context, the last one by default."""
    return kernel.hypothesis(context, list(context.hypotheses())[place], *indices)


def whole(context: Context, value: int) -> Theorem:
    return kernel.numeral(context, number(value))


def real(t: str | Term, context: Context = X) -> Theorem:
    """``t in Real`` for a term of total functions, numbers, symbols and x[i] with symbols i."""
    t = read(t, context) if isinstance(t, str) else t
    if t.head == "number":
        return kernel.numeral(context, t)
    if t.head in ("symbol", "member"):
        return kernel.declared(context, t.value, *(real(a, context) for a in t.args))
    return kernel.total(t, *(real(a, context) for a in t.args))


def same(a: str | Term, b: str | Term, context: Context = X) -> Theorem:
    """``a = b`` for equal rational functions of total terms."""
    return kernel.ring(real(a, context), real(b, context))


def apart(a: str | Term, b: str | Term, gap: int, context: Context = X) -> Theorem:
    """``a < b`` because ``b - a`` is this positive number."""
    return kernel.order("Lt", ((Fraction(gap), ()),), real(a, context), real(b, context))


def rule(name: str, context: Context, mapping: dict[str, Term], *premises: Theorem) -> Theorem:
    return kernel.instance(context, mapping, kernel.axiom(ledger()[name]), *premises)


def loss(text: str, context: Context, a: str = "1", b: str = "0") -> Theorem:
    """``f = a*g + b`` as ``affine`` wants it, for f = a*g + b given as the text of g."""
    product = kernel.total(
        Term("Mul", (read(a, context), read(text, context))), real(a, context), real(text, context)
    )
    shifted = Term("Add", (product.lhs, read(b, context)))
    return kernel.total(shifted, product, real(b, context))


def affinely(f: str, g: str, context: Context, a: str = "1", b: str = "0") -> Theorem:
    """``f = a*g + b``."""
    return kernel.ring(real(f, context), loss(g, context, a, b))


def minimum(context: Context, f: str, at: Term, name: str, *premises: Theorem) -> Theorem:
    """``argmin(f, name) = at`` from the premises behind the one that f is defined."""
    return kernel.minimiser(read(f, context), at, name, real(f, context), *premises)


x, y, p, b, n, k, w, t = map(symbol, "xypbnkwt")
TWO = number(2)
RUN = Term("Range", (ONE, n))
