"""Where a term is defined: the conditions that its logarithms and quotients ask for.

``conditions`` lists statements that hold wherever the term is defined, each with a proof
from "the term is defined" alone.  A statement proved under them holds at every point where
the term is defined, and such conditions need not be stated by anybody.
"""

from __future__ import annotations

from typing import NamedTuple

from derive import kernel
from derive.context import Context
from derive.domains import INTEGER, REAL
from derive.functions import binder_range, is_strict, is_total
from derive.kernel import KernelError, Theorem
from derive.rules import ledger
from derive.search.calculus.expectations import written_out
from derive.search.calculus.integrals import is_infinite
from derive.search.equations import in_context
from derive.search.facts import Facts
from derive.term import (
    BINDERS,
    ONE,
    ZERO,
    Path,
    Term,
    abstract,
    fresh,
    instantiate,
    is_number,
    symbol,
)


class Condition(NamedTuple):
    """A statement that the definedness of a term implies; ``ForAll`` in front below sums."""

    statement: Term
    proof: Theorem


def conditions(facts: Facts, context: Context, t: Term) -> list[Condition]:
    """What must hold where ``t`` is defined, and is not known in the context."""
    defined = Term("In", (t, REAL))
    under = context.assume(defined)
    found: dict[Term, Condition] = {}
    _collect(facts, context, under, kernel.hypothesis(under, defined), found)
    return list(found.values())


def _collect(
    facts: Facts, context: Context, under: Context, start: Theorem, found: dict[Term, Condition]
) -> None:
    """The conditions that follow from ``start``: in ``under`` a term has a value."""
    for path, inner, u in _strict_parts(start.lhs, (0,), under):
        known = _below(context, inner, under)
        new = [n for n in _needed(facts, known, u) if facts.prove(known, n.statement) is None]
        inside = u.head == "Expectation" or (u.head == "Derivative" and inner is under)
        part = _part(path, inner, start) if new or inside else None
        if part is None:
            continue
        facts.remember(inner, part)
        for n in new:
            proof = part if n.rule is None else facts.use(inner, ledger()[n.rule], n.values)
            if proof is not None:
                statement = _closed(under, inner, n.statement)
                found.setdefault(statement, Condition(statement, in_context(inner, proof)))
        written = written_out(facts, inner, u) if u.head == "Expectation" else None
        if written is not None and inner is under:
            value = kernel.side(1, in_context(inner, written))
            _collect(facts, context, under, value, found)
        at_point = _at_point(facts, under, u) if u.head == "Derivative" and inside else None
        if at_point is not None:
            _collect(facts, context, under, at_point, found)


def _at_point(facts: Facts, under: Context, t: Term) -> Theorem | None:
    """A function is defined where it is found to have a derivative."""
    from derive.search.calculus.differentiation import evaluation
    from derive.search.forms.rewriting import Rewriter

    if len(t.args) != 2:
        return None
    values = {"u": t.args[0], "x": t.args[1]}
    value = facts.use(under, ledger()["derivative_point"], values)
    if value is None:
        return None
    value = in_context(under, value)
    facts.remember(under, kernel.side(0, value))
    # A varied member is the member itself at the point.
    plain = Rewriter(facts, evaluation()[0]).rewrite(under, value.lhs)
    return value if plain is None else kernel.side(1, in_context(under, plain))


def _part(path: Path, inner: Context, start: Theorem) -> Theorem | None:
    try:
        return kernel.part(path, inner, start)
    except KernelError:
        return None


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


class _Need(NamedTuple):
    """A condition, and the rule that gives it where the function has a value.

    Without a rule it says just that.
    """

    statement: Term
    rule: str | None = None
    values: dict[str, Term] = {}  # noqa: RUF012  # never changed


def _needed(facts: Facts, context: Context, u: Term) -> list[_Need]:
    """What a logarithm, a quotient or a factorial needs of its arguments; of other functions
    that are not defined everywhere, and of what need not converge, that they have a value."""
    head, args = u.head, u.args
    if head in ("log", "log_2", "log_b"):
        values = dict(zip("xb", args, strict=False))
        needs = [_Need(Term("Lt", (ZERO, args[0])), f"{head}_inverse", values)]
        if head == "log_b":
            needs.append(_Need(Term("Lt", (ZERO, args[1])), "log_b_base_positive", values))
            needs.append(_Need(Term("Ne", (args[1], ONE)), "log_b_base_not_one", values))
        return needs
    if head == "Div":
        values = dict(zip("ab", args, strict=True))
        if args[1].head == "log":
            x = args[1].args[0]
            return [_Need(Term("Ne", (x, ONE)), "log_divisor_inverse", {"a": args[0], "x": x})]
        if args[1].head == "Pow" and _root_of_square(facts, context, *args[1].args):
            x, e = args[1].args
            values = {"a": args[0], "x": x, "e": e}
            return [_Need(Term("Lt", (ZERO, x)), "root_divisor_inverse", values)]
        return [_Need(Term("Ne", (args[1], ZERO)), "divisor_nonzero", values)]
    if head in ("factorial", "gamma", "binomial") and _whole(facts, context, *args):
        return [_whole_need(head, args)]
    partial = is_strict(head) and args and not is_total(u)
    return [_Need(Term("In", (u, REAL)))] if partial or is_infinite(u) else []


def _root_of_square(facts: Facts, context: Context, base: Term, exponent: Term) -> bool:
    """Whether a power is a root of what may be 0, but not less."""
    if not is_number(exponent) or exponent.value <= 0 or exponent.value.denominator == 1:
        return False
    return facts.prove(context, Term("Le", (ZERO, base))) is not None


def _whole(facts: Facts, context: Context, *args: Term) -> bool:
    return all(facts.prove(context, Term("In", (a, INTEGER))) is not None for a in args)


def _whole_need(head: str, args: tuple[Term, ...]) -> _Need:
    """Where these functions of whole numbers have no pole."""
    if head == "binomial":
        n, k = args
        inside = Term("In", (k, Term("Range", (ZERO, n))))
        return _Need(inside, "binomial_inverse", {"n": n, "k": k})
    least = ZERO if head == "factorial" else ONE
    return _Need(Term("Le", (least, args[0])), f"{head}_inverse", {"n": args[0]})


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
    from derive.search.multiples import by_multiple

    under = assumed(context, given)
    return all(
        facts.prove(under, c.statement) is not None
        or by_multiple(facts, under, c.statement) is not None
        for c in wanted
    )
