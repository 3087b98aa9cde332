"""Where a term is defined: the conditions that its logarithms and quotients ask for.

``conditions`` lists statements that hold wherever the term is defined, each with a proof
from "the term is defined" alone.  A statement proved under them holds at every point where
the term is defined, and such conditions need not be stated by anybody.
"""

from __future__ import annotations

from typing import NamedTuple

from derive import kernel
from derive.context import Context
from derive.domains import REAL
from derive.functions import binder_range, is_strict, is_total
from derive.kernel import KernelError, Theorem
from derive.rules import ledger
from derive.search.equations import in_context
from derive.search.facts import Facts
from derive.term import BINDERS, ZERO, Path, Term, abstract, fresh, instantiate, symbol


class Condition(NamedTuple):
    """A statement that the definedness of a term implies; ``ForAll`` in front below sums."""

    statement: Term
    proof: Theorem


def conditions(facts: Facts, context: Context, t: Term) -> list[Condition]:
    """What must hold where ``t`` is defined, and is not known in the context."""
    defined = Term("In", (t, REAL))
    under = context.assume(defined)
    start = kernel.hypothesis(under, defined)
    found: dict[Term, Condition] = {}
    for path, inner, u in _strict_parts(t, (0,), under):
        needed = _needed(u)
        if needed is None:
            continue
        known = _below(context, inner, under)
        if facts.prove(known, needed) is not None:
            continue
        try:
            part = kernel.part(path, inner, start)
            proof = _inverted(facts, inner, u, part)
        except KernelError:
            continue
        if proof is None:
            continue
        statement = _closed(under, inner, needed)
        found.setdefault(statement, Condition(statement, in_context(inner, proof)))
    return list(found.values())


def _strict_parts(t: Term, path: Path, context: Context) -> list[tuple[Path, Context, Term]]:
    """The parts that are defined wherever the whole is, with the context of each."""
    found = [(path, context, t)]
    over = binder_range(t)
    if not is_strict(t.head) and over is None:
        return found
    for k, a in enumerate(t.args):
        inner = context
        if k < BINDERS.get(t.head, 0) and over is not None:
            name = fresh((t.names or ("i",))[0], {*context.names, *t.free})
            inner = context.declare(name, over)
            a = instantiate(a, symbol(name))
        found += _strict_parts(a, (*path, k), inner)
    return found


def _needed(u: Term) -> Term | None:
    """What a logarithm or a quotient needs of its argument; of other functions that are not
    defined everywhere, that they have a value."""
    if u.head == "log":
        return Term("Lt", (ZERO, u.args[0]))
    if u.head == "Div":
        return Term("Ne", (u.args[1], ZERO))
    partial = is_strict(u.head) and u.args and not is_total(u)
    return Term("In", (u, REAL)) if partial else None


def _inverted(facts: Facts, context: Context, u: Term, part: Theorem) -> Theorem | None:
    """The condition, because the part is defined."""
    facts.remember(context, part)
    if u.head == "log":
        return facts.use(context, ledger()["log_inverse"], {"x": u.args[0]})
    if u.head != "Div":
        return part
    return facts.use(context, ledger()["divisor_nonzero"], {"a": u.args[0], "b": u.args[1]})


def _below(context: Context, inner: Context, under: Context) -> Context:
    """The context with the variables of the binders, without the hypothesis."""
    for entry in inner.entries(under):
        context = context.declare(*entry)
    return context


def _closed(under: Context, inner: Context, s: Term) -> Term:
    """The statement for every value of the variables of the binders around it."""
    for entry in reversed(inner.entries(under)):
        name, domain = entry[0], entry[1]  # type: ignore[misc]  # a declaration
        s = Term("ForAll", (abstract(s, name), domain), None, (name,))  # type: ignore[arg-type]  # a name
    return s


def assumed(context: Context, found: list[Condition]) -> Context:
    """The context in which the conditions hold."""
    for c in found:
        context = context.assume(c.statement)
    return context


def follow(facts: Facts, context: Context, wanted: list[Condition], given: list[Condition]) -> bool:
    """Whether the conditions of one side follow from those of the other."""
    under = assumed(context, given)
    return all(facts.prove(under, c.statement) is not None for c in wanted)
