"""Derivatives of logarithms of products: the logarithm is written out before it is differentiated.

So a reader takes the derivative of a log-likelihood: of the sum, not of the product.
"""

from __future__ import annotations

from collections.abc import Callable

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.search.calculus.differentiation import step
from derive.search.equations import enter, in_context
from derive.search.facts import Facts
from derive.search.forms.rewriting import Rewriter
from derive.search.questions import closed_parts
from derive.term import Term, abstract, instantiate, symbol, walk

#: What a logarithm is written out over.
_COMPOUND = ("Product", "Mul", "Div", "Pow", "sigmoid", "softmax", "exp")


def by_bodies(
    facts: Facts,
    context: Context,
    a: Term,
    b: Term,
    equal: Callable[[Term, Term], Theorem | None],
) -> Theorem | None:
    """``a = b`` with the bodies of derivatives in normal form; None if that changes nothing."""
    if not any(_wanted(u) for t in (a, b) for _, u in walk(t)):
        return None
    ways: list[Theorem | None] = []
    for t in (a, b):
        for u in closed_parts(t):
            value = written_out(facts, context, u)
            if value is not None:  # what is written out has a derivative, and so has u
                facts.remember(context, kernel.side(0, value))
        ways.append(Rewriter(facts, [], (written_out,)).rewrite(context, t))
    first, second = ways
    if first is None or second is None or (first.rhs, second.rhs) == (a, b):
        return None
    middle = equal(first.rhs, second.rhs)
    if middle is None:
        return None
    whole = kernel.transitive(first, in_context(context, middle))
    return kernel.transitive(whole, kernel.symmetric(second))


def written_out(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Derivative(f, x) = value`` by one rule, for the normal form of f."""
    from derive.search.prove import normal_form

    entered = enter(facts, context, t) if _wanted(t) else None
    if entered is None:
        return None
    inner, name, inside = entered
    body = instantiate(t.args[0], symbol(name))
    form = normal_form(facts, inner, body, body)
    if form is None or form.rhs == body:
        return None
    plain = Term("Derivative", (abstract(form.rhs, name), t.args[1]), None, t.names)
    value = step(facts, context, plain)
    if value is None:
        return None
    back = kernel.symmetric(in_context(inner, form))
    return kernel.rewrite((0, 0), in_context(context, value), back, *inside)


def _wanted(t: Term) -> bool:
    """Whether a term is the derivative of something with the logarithm of a product."""
    if t.head != "Derivative" or len(t.args) != 2:
        return False
    return any(u.head == "log" and u.args[0].head in _COMPOUND for _, u in walk(t.args[0]))


__all__ = ["by_bodies", "written_out"]
