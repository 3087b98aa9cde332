"""Integrals and sums that are given to converge, one of them for all that are multiples of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import REAL
from derive.kernel import KernelError
from derive.polynomial import SizeError
from derive.search.equations import enter, in_context, reflexive
from derive.search.forms.reduced import over
from derive.search.forms.rewriting import term_of
from derive.search.sums.linearity import groups
from derive.term import ONE, ZERO, Term, instantiate, size, symbol

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def standing(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t = c*S`` for an integral or sum S that a hypothesis says to converge, or None.

    S has its body in normal form.
    """
    found = list(_existing(facts, context, t))
    entered = enter(facts, context, t) if found else None
    if entered is None:
        return None
    from derive.search.calculus.integrals import multiple
    from derive.search.prove import by_normal_form

    inner, name, inside = entered
    body = instantiate(t.args[0], symbol(name))
    for own in sorted(found, key=lambda theorem: size(theorem.lhs)):
        theirs = instantiate(own.lhs.args[0], symbol(name))
        start = reflexive(facts, context, own.lhs)
        for c in _factors(facts, inner, name, body, theirs):
            scaled = theirs if c == ONE else Term("Mul", (c, theirs))
            same = by_normal_form(facts, inner, scaled, body)
            if isinstance(same, tuple) or start is None:
                continue
            whole = multiple(facts, context, t, name, c, theirs, start)
            if whole is not None:
                return kernel.rewrite((0, 0), whole, in_context(inner, same), *inside)
    return None


def _existing(facts: Facts, context: Context, t: Term) -> Iterator[Theorem]:
    """``S in Real`` for the integrals or sums over the range of t that are given to exist."""
    from derive.search.calculus.expectations import written_out

    for h in context.hypotheses():
        if h.head != "In" or h.args[1] != REAL:
            continue
        given = kernel.hypothesis(context, h)
        if h.args[0].head == "Expectation":
            written = written_out(facts, context, h.args[0])
            given = given if written is None else kernel.side(1, in_context(context, written))
        if (given.lhs.head, given.lhs.args[1:]) == (t.head, t.args[1:]):
            found = _plain(facts, context, given)
            if found is not None:
                facts.remember(context, found)
                yield found


def _plain(facts: Facts, context: Context, given: Theorem) -> Theorem | None:
    """``S in Real`` with the body of S in normal form."""
    from derive.search.prove import normal_form

    entered = enter(facts, context, given.lhs)
    if entered is None:
        return None
    inner, name, inside = entered
    with suppress(KernelError):  # the body of an integral may have gaps
        facts.remember(inner, kernel.part((0, 0), inner, given))
    form = normal_form(facts, inner, instantiate(given.lhs.args[0], symbol(name)), ZERO)
    return form and kernel.rewrite((0, 0), given, in_context(inner, form), *inside)


def _factors(facts: Facts, inner: Context, name: str, body: Term, theirs: Term) -> Iterator[Term]:
    """What the body may be divided by theirs: 1, or a quotient without the variable."""
    from derive.search.prove import normal_form

    yield ONE
    form = normal_form(facts, inner, body, ZERO)
    own = None if form is None else groups(form.rhs, name, idle=True)
    other = groups(theirs, name, idle=True)
    if own and other and own.keys() == other.keys():
        with suppress(SizeError):
            m = next(iter(own))
            yield term_of(over(own[m], other[m]))
