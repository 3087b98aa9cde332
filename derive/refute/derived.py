"""The derivative of a smooth formula as a formula, for derivatives below an integral."""

from __future__ import annotations

from derive.refute.values import VALUES
from derive.term import ONE, ZERO, Term, instantiate, mentions, number


def derived(t: Term, variable: int = 0) -> Term | None:
    """The derivative by ``bound(variable)`` where the formula is analytic; None: not known.

    >>> from derive.term import bound
    >>> derived(bound(0) * bound(1), 1) is None
    False
    """
    if not mentions(t, variable):
        return ZERO
    if t.head == "bound":
        return ONE
    if t.head == "Pow" and mentions(t.args[1], variable):
        return None
    slopes = [derived(a, variable) for a in t.args[: 1 if t.head == "Pow" else None]]
    found = [s for s in slopes if s is not None]
    if len(found) < len(slopes):
        return None
    return _composed(t, found)


def _composed(t: Term, slopes: list[Term]) -> Term | None:
    """The chain rule: the derivative from those of the arguments."""
    head, args = t.head, t.args
    if head in ("Add", "Neg"):
        return Term(head, tuple(slopes))
    if head == "Mul":
        return Term("Add", tuple(
            Term("Mul", (*args[:k], s, *args[k + 1 :])) for k, s in enumerate(slopes)
        ))  # fmt: skip
    if head == "Div":
        (u, v), (du, dv) = args, slopes
        return (du * v - u * dv) / v ** number(2)
    if head == "Pow":
        base, exponent = args
        return exponent * base ** (exponent - 1) * slopes[0]
    known = VALUES.get(head)
    if known is None or known.analytic is None or None in known.slopes:
        return None
    parts = zip(known.slopes, slopes, strict=True)
    terms = [instantiate(p, *args) * s for p, s in parts if p is not None]
    return terms[0] if len(terms) == 1 else Term("Add", tuple(terms))
