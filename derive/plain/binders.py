"""Binders of the plain spelling as an author writes them: sums, derivatives, expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.functions import derivative
from derive.plain.laws import law_parameters
from derive.term import BINDERS, Term, abstract, fresh, instantiate, mentions, symbol

if TYPE_CHECKING:
    from derive.plain.writer import Scope, Writer

_RANGED = ("Sum", "Product", "Integral")
#: Names that the text of a formula gives a meaning of its own.
MEANINGFUL = {"E", "pi", "oo", "True", "in", "for", "under"}


def write_binder(writer: Writer, t: Term, scope: Scope) -> str:
    """The text of a term that binds a variable."""
    if t.head == "Derivative":
        return _derivative(writer, t, scope)
    if t.head == "Expectation":
        return _expectation(writer, t, scope)
    name, under = writer.name(t, scope), BINDERS[t.head]
    inner = (*scope, name)
    outer = 2 if t.head not in _RANGED else len(t.args) - under
    ends = writer.listed(t.args[under : under + outer], scope)
    here = f"({name}, {ends})" if ends else f"({name})"
    if t.head in _RANGED and t.args[0].head == t.head:
        # Sum(Sum(f, (i, ...)), (j, ...)) is Sum(f, (i, ...), (j, ...)), as in SymPy.
        return f"{write_binder(writer, t.args[0], inner)[:-1]}, {here})"
    parts = [writer.formula(a, inner) for a in t.args[:under]] + [here]
    parts += [writer.formula(a, scope) for a in t.args[under + outer :]]
    return f"{t.head}({', '.join(parts)})"


def _derivative(writer: Writer, t: Term, scope: Scope) -> str:
    body, point = t.args[:2]
    own = writer.formula(point, scope) if point.head in ("symbol", "bound") else None
    if own is not None and own not in _used(body, scope):
        inner = writer.formula(body, (*scope, own))
        if body.head == "Derivative" and inner.startswith("Derivative("):
            return f"{inner[:-1]}, {own})"
        return f"Derivative({inner}, {own})"
    if point.head == "member":
        whole = unvary(body, point)
        if _varied(whole, point) == body:
            return f"Derivative({writer.formula(whole, scope)}, {writer.formula(point, scope)})"
    name = writer.name(t, scope)
    inner = writer.formula(body, (*scope, name))
    return f"Subs(Derivative({inner}, {name}), {name}, {writer.formula(point, scope)})"


def _used(body: Term, scope: Scope) -> set[str]:
    """Names that the body of a binder uses for anything but the binder's variable."""
    used = set(body.free)
    for k, name in enumerate(reversed(scope)):
        if mentions(body, k + 1):
            used.add(name)
    return used | MEANINGFUL


def _expectation(writer: Writer, t: Term, scope: Scope) -> str:
    body, law = t.args
    name = t.names[0] if t.names else "X"
    declared = None if writer.context is None else writer.context.names.get(name)
    known = declared is not None and declared.law == law and not declared.indices
    if known and name not in _used(body, scope):
        return f"Expectation({writer.formula(body, (*scope, name))}, {name})"
    name = writer.name(t, scope)
    inner = writer.formula(body, (*scope, name))
    return f"Expectation({inner}, ({name}, {write_law(writer, law, scope)}))"


def write_law(writer: Writer, law: Term, scope: Scope = ()) -> str:
    """``Normal(mean=mu, variance=v)``; without names where they are not known."""
    if law.head == "symbol":
        return str(law.value)
    names = law.names or law_parameters(law.head) or ()
    if len(names) != len(law.args):
        return f"{law.head}({writer.listed(law.args, scope)})"
    pairs = zip(names, law.args, strict=True)
    return f"{law.head}({', '.join(f'{n}={writer.formula(a, scope)}' for n, a in pairs)})"


def _varied(whole: Term, point: Term) -> Term | None:
    """The body of the derivative by a member; None where the family is ill-formed."""
    try:
        return derivative(whole, point).args[0]
    except ValueError:
        return None


def unvary(body: Term, point: Term) -> Term:
    """Undo ``derive.functions.vary``: the body of a derivative by a member, before one
    member was varied.  What is no such body comes out as something that varies otherwise."""
    mark = fresh("t", body.free | point.free)

    def go(u: Term) -> Term:
        if u.head == "Piecewise" and len(u.args) == 4 and u.args[0] == symbol(mark):
            own = u.args[2]
            if own.head == "member" and own.value == point.value and u.args[3].head == "True":
                return own
        if mark not in u.free:
            return u
        return Term(u.head, tuple(map(go, u.args)), u.value, u.names)

    varied = go(instantiate(body, symbol(mark)))
    # Only now the variable itself: abstract it and put the member in its place.
    return instantiate(abstract(varied, mark), point)
