"""Expectations: by total mass, mean and second moment of the law, or written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import REAL
from derive.kernel import KernelError, Theorem
from derive.rules import ledger
from derive.search.calculus.integrals import accumulated, combined, is_infinite
from derive.search.equations import enter, equate, in_context
from derive.search.forms.rewriting import term_of
from derive.search.sums.linearity import groups
from derive.term import ZERO, Term, instantiate, substitute, symbol

if TYPE_CHECKING:
    from derive.distributions import Distribution
    from derive.search.facts import Facts

#: What the laws say of the first powers of their variable.
_MOMENTS = {0: "total", 1: "first_moment", 2: "second_moment"}


def expectation(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Expectation(f) = value``, or None."""
    found = _named(t)
    if found is None:
        return None
    law, mapping = found
    rule = ledger()[f"{law.name}_expectation"]
    known = (
        written_out(facts, context, t) if Term("In", (t, REAL)) in context.hypotheses() else None
    )
    if known is not None:
        facts.remember(context, kernel.side(1, in_context(context, known)))
    written = substitute(rule.statement.args[1], mapping)
    value = _by_moments(facts, context, law, mapping, written) or _out(facts, context, written)
    if value is None:
        return None
    facts.remember(context, kernel.side(0, in_context(context, value)))
    used = known or facts.use(context, rule, mapping)
    return None if used is None else kernel.transitive(in_context(context, used), value)


def written_out(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``Expectation(f) = Integral(f*density)``, or the sum, because it is known to exist."""
    found = _named(t)
    if found is None:
        return None
    law, mapping = found
    return facts.use(context, ledger()[f"{law.name}_written_out"], mapping)


def _named(t: Term) -> tuple[Distribution, dict[str, Term]] | None:
    """The law of an expectation, its parameters by name, and f."""
    from derive.distributions import distribution

    law = distribution(t.args[1].head)
    if law is None or law.over or len(law.names) != len(t.args[1].args):
        return None
    mapping = {**dict(zip(law.names, t.args[1].args, strict=True)), "f": t.args[0]}
    return None if any(v.loose for k, v in mapping.items() if k != "f") else (law, mapping)


def _out(facts: Facts, context: Context, written: Term) -> Theorem | None:
    """The integral or the sum itself."""
    if is_infinite(written):
        return accumulated(facts, context, written)
    from derive.search.prove import normal_form

    return normal_form(facts, context, written, ZERO)  # a finite sum


def _by_moments(
    facts: Facts, context: Context, law: Distribution, mapping: dict[str, Term], written: Term
) -> Theorem | None:
    """For a polynomial of degree 2 in the variable."""
    entered = enter(facts, context, written)
    if entered is None:
        return None
    inner, name, inside = entered
    x = symbol(name)
    body, density = instantiate(written.args[0], x).args
    from derive.search.prove import normal_form

    form = normal_form(facts, inner, body, ZERO)
    parts = None if form is None else groups(form.rhs, name, idle=True)
    if form is None or parts is None:
        return None
    parameters = {k: v for k, v in mapping.items() if k != "f"}
    summands = []
    for m, c in parts.items():
        n = 0 if not m else m[0][1] if len(m) == 1 and m[0][0] == x else -1
        rule = f"{law.name}_{_MOMENTS[n]}" if n in _MOMENTS else ""
        used = facts.use(context, ledger()[rule], parameters) if rule in ledger() else None
        if used is None:
            return None
        f = instantiate(used.lhs.args[0], x)
        summands.append((term_of(c), f, used))
    whole = combined(facts, context, written, name, summands)
    if whole is None:
        return None
    target = instantiate(whole.lhs.args[0], x)
    product = Term("Mul", (form.rhs, density))
    first = kernel.rewrite((1, 0), _same(facts, inner, Term("Mul", (body, density))), form)
    equal = equate(facts, inner, product, target)
    if equal is None:
        return None
    back = kernel.symmetric(kernel.transitive(first, in_context(inner, equal)))
    return kernel.rewrite((0, 0), whole, back, *inside)


def _same(facts: Facts, context: Context, t: Term) -> Theorem:
    defined = facts.defined(context, t)
    if defined is None:
        raise KernelError(f"{t} is not found to be defined")
    return kernel.ring(in_context(context, defined), in_context(context, defined))
