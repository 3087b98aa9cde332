"""Proving ``a = b`` by arithmetic and congruence, without any further rule.

Two terms are equal when they are the same rational function of their atoms, atoms counting
as the same when they apply the same function to arguments that are equal in this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import INFINITY, MINUS_INFINITY, POSITIVE, REAL, is_open
from derive.entries import entry_condition
from derive.functions import binder_range
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError, same_quotient
from derive.search.forms.residues import may_be_equal
from derive.term import BINDERS, Path, Term, fresh, instantiate, subterm, symbol

if TYPE_CHECKING:
    from derive.search.facts import Facts

_ARITHMETIC = ("Add", "Mul", "Neg", "Div", "Pow")


def equate(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a = b``, or None; both sides must be found to be defined."""
    left = facts.defined(context, a)
    right = facts.defined(context, b) if left is not None else None
    if left is None or right is None:
        return None
    try:
        return _equate(facts, context, left, right)
    except (SizeError, KernelError):
        return None


def carried(
    facts: Facts, context: Context, theorem: Theorem, path: Path, target: Term
) -> Theorem | None:
    """The theorem with a term put for one that equals it by arithmetic and congruence."""
    equal = equate(facts, context, subterm(theorem.statement, path), target)
    return None if equal is None else kernel.rewrite(path, theorem, equal)


def opened(context: Context, s: Term) -> tuple[Context, Term]:
    """A statement for every index as one about declared indices, in their longer context."""
    body = s
    while body.head == "ForAll":
        name = fresh((body.names or ("i",))[0], {*context.names, *s.free})
        context = context.declare(name, body.args[1])
        body = instantiate(body.args[0], symbol(name))
    return context, body


def reflexive(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``t = t`` in this very context, when t is found to be defined."""
    defined = facts.defined(context, t)
    if defined is None:
        return None
    return kernel.ring(in_context(context, defined), in_context(context, defined))


def in_context(context: Context, theorem: Theorem) -> Theorem:
    """The theorem, said in a context that extends its own."""
    return theorem if theorem.context is context else kernel.instance(context, {}, theorem)


def _equate(facts: Facts, context: Context, left: Theorem, right: Theorem) -> Theorem | None:
    a, b = left.lhs, right.lhs
    left, right = in_context(context, left), in_context(context, right)
    if a == b or (may_be_equal(a, b) and same_quotient(a, b)):
        return kernel.ring(left, right)
    # Put one representative for each class of atoms that are equal, on both sides.
    first = kernel.ring(left, left)
    second = kernel.ring(right, right)
    kept: list[Term] = []
    first = unify(facts, context, first, kept)
    second = unify(facts, context, second, kept)
    if not (may_be_equal(first.rhs, second.rhs) and same_quotient(first.rhs, second.rhs)):
        return None
    middle = kernel.ring(kernel.side(1, first), kernel.side(1, second))
    return kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))


def unify(facts: Facts, context: Context, theorem: Theorem, kept: list[Term]) -> Theorem:
    """``t = t`` to ``t = u``, where u has the kept atoms for those that equal them."""
    for path, atom in list(atoms(theorem.rhs, (1,))):
        if atom in kept:
            continue
        for other in kept:
            equal = congruent(facts, context, atom, other)
            if equal is not None:
                theorem = kernel.rewrite(path, theorem, equal)
                break
        else:
            kept.append(atom)
    return theorem


def atoms(t: Term, path: Path = ()) -> Iterator[tuple[Path, Term]]:
    """The opaque parts of a term as arithmetic sees it, with their paths."""
    if t.head in _ARITHMETIC and (t.head != "Pow" or _numeric(t.args[1])):
        for k, a in enumerate(t.args):
            yield from atoms(a, (*path, k))
    elif t.head != "number":
        yield path, t


def _numeric(t: Term) -> bool:
    return t.head == "number" and t.value.denominator == 1


def congruent(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``h(s) = h(t)`` from equal arguments; below a binder in the range of its variable."""
    same = (a.head, a.value, len(a.args)) == (b.head, b.value, len(b.args))
    if not same or not a.args or _skeleton(a) != _skeleton(b):
        return None
    theorem = reflexive(facts, context, a)
    if theorem is None:
        return None
    under = BINDERS.get(a.head, 0)
    for k in (*range(under, len(a.args)), *range(under)):
        mine, theirs = theorem.rhs.args[k], b.args[k]
        if mine == theirs:
            continue
        if k < under:
            theorem = _below(facts, context, theorem, k, theirs)
        elif mine.head in ("Eq", "Ne", "Le", "Lt", "And", "Or", "Not", "True"):
            theorem = _conditions(facts, context, theorem, (1, k), theirs)
        else:
            equal = equate(facts, context, mine, theirs)
            theorem = None if equal is None else kernel.rewrite((1, k), theorem, equal)
        if theorem is None:
            return None
    return theorem


def _skeleton(t: Term) -> tuple[str, ...]:
    """The heads of conditions, which congruence does not change."""
    if t.head != "Piecewise":
        return ()
    return tuple(c.head for c in t.args[1::2])


def _conditions(
    facts: Facts, context: Context, theorem: Theorem, path: Path, target: Term
) -> Theorem | None:
    mine = subterm(theorem.statement, path)
    if mine.head != target.head or len(mine.args) != len(target.args):
        return None
    for k, (u, v) in enumerate(zip(mine.args, target.args, strict=True)):
        if u == v:
            continue
        if u.head in ("Eq", "Ne", "Le", "Lt"):
            found = _conditions(facts, context, theorem, (*path, k), v)
        else:
            equal = equate(facts, context, u, v)
            found = None if equal is None else kernel.rewrite((*path, k), theorem, equal)
        if found is None:
            return None
        theorem = found
    return theorem


def _below(
    facts: Facts, context: Context, theorem: Theorem, k: int, target: Term
) -> Theorem | None:
    binder = theorem.rhs
    entered = enter(facts, context, binder)
    if entered is None:
        return None
    inner, name, inside = entered
    mine = instantiate(binder.args[k], symbol(name))
    equal = equate(facts, inner, mine, instantiate(target, symbol(name)))
    if equal is None:
        return None
    return kernel.rewrite((1, k), theorem, in_context(inner, equal), *inside)


def enter(
    facts: Facts, context: Context, binder: Term
) -> tuple[Context, str, tuple[Theorem, ...]] | None:
    """The context of a binder's body, its variable's name, and what ``rewrite`` asks for."""
    hint = (binder.names or ("i",))[0]
    name = fresh(hint, {*context.names, *binder.free})
    domain = binder_range(binder)
    if domain is not None:
        return context.declare(name, domain), name, ()
    if binder.head == "Integral":
        return _between(facts, context, binder, name)
    if binder.head != "Derivative" or len(binder.args) != 2:
        return None
    around = _around(facts, context, binder)
    return None if around is None else (context.declare(name, around.rhs), name, (around,))


def _around(facts: Facts, context: Context, binder: Term) -> Theorem | None:
    """An open interval that the point of a derivative lies in, the line only if no other is."""
    from derive.search.calculus.gaps import between_gaps

    found = _open_around(facts, context, binder.args[1])
    return found and between_gaps(facts, context, binder, found)


def _open_around(facts: Facts, context: Context, point: Term) -> Theorem | None:
    found: Theorem | None = None
    for inclusion in facts.inclusions(context, point):
        if is_open(inclusion.rhs):
            if inclusion.rhs != REAL:
                return inclusion
            found = inclusion
    positive = facts.prove(context, Term("In", (point, POSITIVE)))
    beside = None if positive is not None else _beside(facts, context, point)
    return positive or beside or found or facts.defined(context, point)


def _beside(facts: Facts, context: Context, point: Term) -> Theorem | None:
    """An interval with the ends that hypotheses ``a < point`` and ``point < b`` give."""
    low, high = MINUS_INFINITY, INFINITY
    for h in context.hypotheses():
        if h.head == "Lt" and point in h.args:
            other = h.args[h.args[0] == point]
            if other.free.isdisjoint(point.free):
                low, high = (low, other) if h.args[0] == point else (other, high)
    if (low, high) == (MINUS_INFINITY, INFINITY):
        return None
    return facts.prove(context, Term("In", (point, Term("Open", (low, high)))))


def _between(
    facts: Facts, context: Context, integral: Term, name: str
) -> tuple[Context, str, tuple[Theorem, ...]]:
    """The variable of an integral between the ends, or on the line when their order is open."""
    ends = integral.args[1:]
    if ends == (MINUS_INFINITY, INFINITY):
        return context.declare(name, REAL), name, ()
    for domain in (Term("Open", ends), Term("Open", ends[::-1])):
        wanted = entry_condition(integral, domain)
        if wanted == ():
            return context.declare(name, domain), name, ()
        found = [facts.prove(context, s) for s in wanted or ()]
        if found and found[0] is not None:
            return context.declare(name, domain), name, (found[0],)
    return context.declare(name, REAL), name, ()
