"""Integrals brought to a simpler one by a substitution: ``x = exp(u)``, or a multiple of x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import INFINITY, MINUS_INFINITY, POSITIVE
from derive.rules import ledger
from derive.search.calculus.kernels import Shape
from derive.search.equations import in_context
from derive.search.forms.spreading import spread
from derive.term import ONE, ZERO, Path, Term, abstract, instantiate, substitute, symbol, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def exponential(facts: Facts, context: Context, own: Term, name: str) -> Theorem | None:
    """``x = exp(u)``, where the exponent has ``log(x)**2`` or a power of x goes to infinity."""
    low, high = own.args[1:]
    f = instantiate(own.args[0], symbol(name))
    if not _bell_of_logarithm(f, name) and not (high == INFINITY and _power(f, name)):
        return None
    ends = (
        MINUS_INFINITY if low == ZERO else Term("log", (low,)),
        INFINITY if high == INFINITY else Term("log", (high,)),
    )
    if low == MINUS_INFINITY:
        return None
    u = Term("exp", (symbol(name),))
    body = abstract(Term("Mul", (substitute(f, {name: u}), u)), name)
    moved = Term("Integral", (body, *ends), None, (name,))
    value = _evaluated(facts, context, moved)
    if value is None:
        return None
    facts.remember(context, kernel.side(0, value))
    suffix = {(False, True): "_from", (True, False): "_to", (True, True): "_line"}
    rule = f"integral_exp_substitution{suffix.get((low == ZERO, high == INFINITY), '')}"
    given = {"a": low, "b": high}
    values = {k: v for k, v in given.items() if v not in (ZERO, INFINITY)}
    used = facts.use(context, ledger()[rule], {**values, "f": own.args[0]})
    return None if used is None else _followed(context, used, (1,), value)


def _bell_of_logarithm(f: Term, name: str) -> bool:
    """Whether the exponent of a product has the square of ``log(x)``."""
    log = Term("log", (symbol(name),))
    inside = (u.args[0] for _, u in walk(f) if u.head == "exp" and name in u.free)
    return any((log, 2) in m for w in inside for m in spread(w))


def _power(f: Term, name: str) -> bool:
    shape = Shape(f, symbol(name))
    return shape.has(Term("log", (shape.x,))) and not (
        shape.logs or shape.other or shape.other_logs
    )


def scaled(facts: Facts, context: Context, exists: Theorem, name: str) -> Theorem | None:
    """``Integral(f(x)) = Integral(f(x/c))/c`` with x or -x for a multiple of x in the exponent."""
    own = exists.lhs
    low, high = own.args[1:]
    shape = Shape(instantiate(own.args[0], symbol(name)), symbol(name))
    c = shape.slope(shape.x)
    plain = c in (ZERO, ONE, Term("number", (), -ONE.value)) or shape.x**2 in shape.exponent
    if plain or MINUS_INFINITY in (low, high):
        return None
    if facts.prove(context, Term("In", (c, POSITIVE))) is None:
        c = shape.slope(shape.x, -1)
        if facts.prove(context, Term("In", (c, POSITIVE))) is None:
            return None
    facts.remember(context, exists)
    suffix = "_from" if high == INFINITY else ""
    values = {"a": low, "b": high} if high != INFINITY else {"a": low}
    rule = ledger()[f"integral_scale{suffix}"]
    used = facts.use(context, rule, {**values, "c": c, "f": own.args[0]})
    if used is None:
        return None
    used = in_context(context, used)
    for k in range(1, 1 + len(values)):
        used = _tidied(facts, context, used, (1, 1, k))
    value = _evaluated(facts, context, used.rhs.args[1])
    return None if value is None else _followed(context, used, (1, 1), value)


def _tidied(facts: Facts, context: Context, theorem: Theorem, path: Path) -> Theorem:
    """The theorem with the normal form of an end."""
    from derive.search.prove import normal_form
    from derive.term import subterm

    form = normal_form(facts, context, subterm(theorem.statement, path), ZERO)
    return theorem if form is None else kernel.rewrite(path, theorem, form)


def _evaluated(facts: Facts, context: Context, t: Term) -> Theorem | None:
    from derive.search.calculus.integrals import evaluated

    found = evaluated(facts, context, t)
    return None if found is None else in_context(context, found)


def _followed(context: Context, theorem: Theorem, path: Path, value: Theorem) -> Theorem:
    return kernel.rewrite(path, in_context(context, theorem), value)
