"""From a chain to the relation that it shows: affine, same ordering, unique minimiser."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive import kernel
from derive.context import Context, Declaration, as_function, doubled
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import equate, in_context, reflexive
from derive.search.forms.rewriting import Equation
from derive.search.justify import at_most
from derive.term import ONE, ZERO, Term, substitute, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts

Details = tuple[tuple[str, Term], ...]


def conclude(
    facts: Facts,
    context: Context,
    base: Context,
    item: Any,
    chain: Theorem | None,
    earlier: Sequence[Theorem] = (),
) -> tuple[Theorem, Details]:
    """The theorem of a conclusion, and what is printed with it.  Raises KernelError.

    ``earlier`` is what the parts before have established.
    """
    for theorem in earlier:
        facts.remember(theorem.context, theorem)
    if item.kind == "same_order":
        return same_order(facts, context, *item.arguments), ()
    if chain is None:
        raise KernelError("there is no chain to conclude from")
    if item.kind == "affine":
        return _affine(facts, context, item.arguments, chain)
    if item.kind == "minimum":
        return _minimum(facts, context, base, item.arguments, chain, earlier), ()
    if item.kind == "nonnegative":
        return _nonnegative(facts, context, chain), ()
    raise KernelError(f"{item.kind} is no conclusion")


def _need(found: Theorem | None, what: object) -> Theorem:
    if found is None:
        raise KernelError(f"no proof of {what} was found")
    return found


def _affine(
    facts: Facts, context: Context, theta: tuple[Term, ...], chain: Theorem
) -> tuple[Theorem, Details]:
    chain, a, b = _as_affine(facts, context, theta, chain)
    positive = _need(facts.prove(context, Term("Lt", (ZERO, a))), f"0 < {a}")
    names = tuple(t.value for t in theta)
    found = kernel.affine(names, chain, in_context(context, positive))
    return found, (("a", a), ("b", b))


def _as_affine(
    facts: Facts, context: Context, theta: tuple[Term, ...], chain: Theorem
) -> tuple[Theorem, Term, Term]:
    """The chain with a right side ``a*g + b``, and a and b: what does not mention theta."""
    right = chain.rhs
    if right.head == "Add" and len(right.args) == 2 and right.args[0].head == "Mul":
        product, b = right.args
        if len(product.args) == 2:
            return chain, product.args[0], b
    names = frozenset(t.value for t in theta)
    summands = right.args if right.head == "Add" else (right,)
    depends = [t for t in summands if not t.free.isdisjoint(names)]
    if len(depends) != 1:
        raise KernelError(f"the chain must end with a*g + b, not with {right}")
    factors = depends[0].args if depends[0].head == "Mul" else (depends[0],)
    scale = [t for t in factors if t.free.isdisjoint(names)]
    rest = [t for t in factors if t not in scale]
    a, g = _group("Mul", scale, ONE), _group("Mul", rest, ONE)
    b = _group("Add", [t for t in summands if t is not depends[0]], ZERO)
    wanted = Term("Add", (Term("Mul", (a, g)), b))
    equal = _need(equate(facts, context, right, wanted), f"{right} = {wanted}")
    return kernel.transitive(chain, in_context(context, equal)), a, b


def _group(head: str, parts: list[Term], empty: Term) -> Term:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return Term(head, tuple(parts))


def _nonnegative(facts: Facts, context: Context, chain: Theorem) -> Theorem:
    last = _need(facts.prove(context, Term("Le", (ZERO, chain.rhs))), f"0 <= {chain.rhs}")
    return kernel.rewrite((1,), in_context(context, last), kernel.symmetric(chain))


def same_order(facts: Facts, context: Context, f: Term, g: Term, *theta: Term) -> Theorem:
    """By what is known to increase strictly: g in f, or f in g."""
    names = tuple(t.value for t in theta)
    found = _carried(facts, context, f, g, names)
    if isinstance(found, Theorem):
        return found
    swapped = _carried(facts, context, g, f, names)
    return kernel.symmetric(swapped) if isinstance(swapped, Theorem) else _need(None, found)


def _carried(
    facts: Facts, context: Context, f: Term, g: Term, names: tuple[str, ...]
) -> Theorem | Term:
    """``order(f) = order(g)`` because f < f' gives g < g'; else what was not proved."""
    copied, renaming = doubled(context, names)
    defined = _need(facts.defined(context, f), f"{f} in Real")
    theorems = []
    for head in ("Lt", "Eq"):
        inner = copied.assume(Term(head, (f, substitute(f, renaming))))
        goal = Term(head, (g, substitute(g, renaming)))
        if head == "Lt":
            found = at_most(facts, inner, goal, _increasing())
        else:
            hypothesis = kernel.hypothesis(inner, inner.entry[0])  # type: ignore[index]  # assumed above
            found = _replaced(facts, inner, hypothesis, goal)
        if found is None:
            return goal
        theorems.append(in_context(inner, found))
    return kernel.monotone(f, g, names, in_context(context, defined), *theorems)


def _increasing() -> list[Equation]:
    rules = ledger()
    names = ("log_strictly_increasing", "exp_strictly_increasing")
    return [Equation.of_rule(rules[n]) for n in names if n in rules]


def _replaced(facts: Facts, context: Context, equal: Theorem, goal: Term) -> Theorem | None:
    """``g = g'`` because f = f', or a part of f for which that is solved, occurs in g."""
    from derive.search.justify import Steps, justify

    steps = Steps(equations=(Equation(equal, Context(), "given"),), given=True)
    return justify(facts, context, "Eq", goal.args[0], goal.args[1], steps)


def _minimum(
    facts: Facts,
    context: Context,
    base: Context,
    arguments: tuple[Term, Term, Term],
    chain: Theorem,
    earlier: Sequence[Theorem],
) -> Theorem:
    """The minimiser of a loss, or of what an earlier part shows to be the same function."""
    loss, theta, at = arguments
    for equation in earlier:
        if equation.statement.head == "Eq" and equation.lhs == loss and base is equation.context:
            same = equation.rhs, theta, at
            found = _minimum(facts, context, base, same, chain, ())
            return kernel.rewrite((0,), found, kernel.symmetric(equation))
    name = theta.value
    entry = base.names[name]
    value = as_function(at, entry, base)
    best = substitute(loss, {name: value})
    strict = _need(_less(facts, context, best, loss, chain), f"{best} < {loss}")
    premises = [in_context(base, _need(facts.defined(base, loss), loss))]
    inside = Term("In", (value, entry.domain))
    if entry.indices:
        inside = Term("ForAll", (inside, entry.indices[0]), None, entry.hints)
    premises.append(_need(facts.prove(base, inside), inside))
    for h in base.hypotheses():
        if name in h.free:
            condition = substitute(h, {name: value})
            premises.append(_need(facts.prove(base, condition), condition))
    return kernel.minimiser(loss, at, name, *premises, in_context(context, strict))


def _less(facts: Facts, context: Context, best: Term, loss: Term, chain: Theorem) -> Theorem | None:
    """``f(at) < f(theta)`` from ``f(at) - f(theta) < 0``, or from something near it."""
    from derive.search.order.comparison import combination

    left = _need(facts.defined(context, best), f"{best} in Real")
    right = _need(facts.defined(context, loss), f"{loss} in Real")
    left, right = in_context(context, left), in_context(context, right)
    with suppress(KernelError, SizeError):
        return kernel.order("Lt", ((Fraction(1), (0,)),), left, right, chain)
    return combination(facts, context, Term("Lt", (best, loss)), left, right, (chain,))


__all__ = ["Declaration", "conclude", "reflexive", "symbol"]
