"""Square roots of numbers: each occurs at most once in a product, and above the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import Monomial, SizeError
from derive.rules import ledger
from derive.search.equations import equate, in_context
from derive.search.forms.reduced import is_reciprocal, reduced
from derive.search.forms.rewriting import Rewriter, term_of
from derive.search.forms.spreading import factors, spread
from derive.term import ONE, Term, is_number, number, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

_HALF = ONE / number(2)


def rational(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``x/sqrt(2) = x*sqrt(2)/2`` and ``sqrt(2)*sqrt(2) = 2``: a root of a number at most once."""
    if t.head not in ("Mul", "Div", "Pow"):
        return None
    over, under = factors(t) if t.head != "Pow" else ([t], [])
    front = [u for u in over if u.head == "Add"]  # sums stay as they are
    plain = Term("Mul", tuple(u for u in over if u.head != "Add") or (ONE,))
    try:
        p = spread(Term("Div", (plain, Term("Mul", tuple(under) or (ONE,)))))
    except SizeError:
        return None
    if len(p) != 1:
        return None
    ((m, c),) = p.items()
    powers = _numeric_roots(m)
    root = next((r for r, e in powers.items() if e not in (0, 1)), None)
    if root is None:
        return None
    square = facts.use(context, ledger()["square_sqrt"], {"x": root.args[0]})
    if square is None:
        return None
    twice, up = root ** number(2), powers[root] > 0
    own = (root, Term("Div", (ONE, root)))
    rest = term_of({tuple((a, e) for a, e in m if a not in own): c})
    left = powers[root] - (2 if up else -2)
    kept = (root,) * left if left > 0 else (own[1],) * -left
    parts = (*front, *(u for u in (rest,) if u != ONE), *kept)
    core = Term("Mul", parts) if len(parts) > 1 else parts[0] if parts else ONE
    target = Term("Mul", (core, twice)) if up else Term("Div", (core, twice))
    equal = equate(facts, context, t, target)
    if equal is None:
        return None
    return kernel.rewrite((1, 1), in_context(context, equal), in_context(context, square))


def multiplied_out(facts: Facts, context: Context, form: Theorem) -> Theorem | None:
    """``a = u`` from ``a = t``, with the square roots of numbers in a sum of products t combined.

    None where t has none, or is too large to be multiplied out.
    """
    if not any(_is_numeric(u) for _, u in walk(form.rhs)):
        return None
    try:
        target = term_of(reduced(form.rhs))
    except SizeError:
        return None
    equal = equate(facts, context, form.rhs, target)
    combined = Rewriter(facts, (), (rational,)).rewrite(context, target)
    if equal is None or combined is None:
        return None
    whole = kernel.transitive(form, in_context(context, equal))
    return kernel.transitive(whole, in_context(context, combined))


def _is_numeric(t: Term) -> bool:
    return t.head == "Pow" and is_number(t.args[0]) and t.args[1] == _HALF


def _numeric_roots(m: Monomial) -> dict[Term, int]:
    """The square roots of numbers in a product, and how often they occur."""
    powers: dict[Term, int] = {}
    for atom, e in m:
        over, sign = (atom.args[1], -e) if is_reciprocal(atom) else (atom, e)
        if _is_numeric(over):
            powers[over] = powers.get(over, 0) + sign
    return powers
