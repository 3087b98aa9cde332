"""The sign of a term from the signs of its parts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.domains import promises
from derive.functions import COMPARISONS
from derive.kernel import Theorem
from derive.polynomial import SizeError
from derive.rules import ledger
from derive.search.equations import in_context
from derive.search.forms.spreading import spread
from derive.term import ZERO, Term, is_number

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Domains that promise ``0 < t``, and those that promise ``0 <= t``.
_ABOVE = frozenset(("Positive", "Unit", "Natural", "(0, 1]"))
_NOT_BELOW = _ABOVE | {"Nonnegative", "Natural0", "Bit", "{0,1}", "[0, 1]", "[0, 1)"}


def sign(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``0 < t``, ``0 <= t``, ``t < 0`` or ``t <= 0`` from the signs of the parts of t."""
    a, b = s.args
    if is_number(a) and is_number(b):
        return _numbers(context, s)
    if a == ZERO:
        found = _positive(facts, context, s.head, b)
        if found is not None or b.head not in ("Mul", "Div", "Neg"):
            return found
        from derive.search.order.parity import same_parity

        return same_parity(facts, context, s) or _below_line(facts, context, s, b)
    if b == ZERO and a.head == "Sum":
        found = _opposite_sum(facts, context, s.head, a)
        left = facts.defined(context, a)
        if found is None or left is None:
            return _promised(facts, context, s)
        zero = kernel.numeral(context, ZERO)
        return kernel.order(s.head, ((Fraction(1), (0,)),), left, zero, found)
    if b == ZERO and a.head in ("Neg", "Mul", "Div"):
        # t < 0 because 0 < -t.
        opposite = a.args[0] if a.head == "Neg" else Term("Neg", (a,))
        found = _positive(facts, context, s.head, opposite) if a.head == "Neg" else None
        left = facts.defined(context, a)
        if found is None or left is None:
            return _below_line(facts, context, s, a)
        return kernel.order(
            s.head, ((Fraction(1), (0,)),), left, kernel.numeral(context, ZERO), found
        )
    found = None if b == ZERO else _of_parts(facts, context, s)
    return found or _promised(facts, context, s)


def _below_line(facts: Facts, context: Context, s: Term, t: Term) -> Theorem | None:
    """The sign of a quotient whose divisor may be negative."""
    quotient = t.args[0] if t.head == "Neg" else t
    if s.head != "Lt" or quotient.head != "Div" or not quotient.args[1].free:
        return None
    from derive.search.order.parity import flipped

    return flipped(facts, context, s)


def _promised(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``p <= 1`` because p lies where ``p < 1``."""
    for t in s.args:
        for inclusion in facts.inclusions(context, t) if t.head in ("symbol", "member") else ():
            for k, p in enumerate(promises(inclusion.rhs, t)):
                if p.args == s.args and p.head in ("Lt", "Le", "Eq"):
                    promise = kernel.promise(k, inclusion)
                    if p.head == s.head:
                        return promise
                    if s.head == "Le":
                        sides = [kernel.side(k, promise) for k in range(2)]
                        return kernel.order("Le", ((Fraction(1), (0,)),), *sides, promise)
    return None


def _numbers(context: Context, s: Term) -> Theorem | None:
    if not COMPARISONS[s.head](s.args[0].value, s.args[1].value):
        return None
    gap = s.args[1].value - s.args[0].value
    left, right = (kernel.numeral(context, a) for a in s.args)
    return kernel.order(s.head, ((gap, ()),) if gap else (), left, right)


def _positive(facts: Facts, context: Context, head: str, t: Term) -> Theorem | None:
    if t.head == "Neg" and t.args[0].head == "Sum":
        return _opposite_sum(facts, context, head, t.args[0])
    if t.head in ("Mul", "Add", "Neg") or (t.head == "Div" and is_number(t.args[1])):
        parts = _of_parts(facts, context, Term(head, (ZERO, t)))
        return parts or _as_written(facts, context, head, t)
    wanted = Term(head, (ZERO, t))
    meaning = facts.unfolded(context, t)
    if meaning is not None:
        known = facts.prove(context, Term(head, (ZERO, meaning.rhs)))
        return None if known is None else kernel.rewrite((1,), known, kernel.symmetric(meaning))
    for inclusion in facts.inclusions(context, t, _ABOVE if head == "Lt" else _NOT_BELOW):
        promised = promises(inclusion.rhs, t)
        if wanted in promised:
            return kernel.promise(promised.index(wanted), inclusion)
        for k, p in enumerate(promised):
            if p.args[1] == t and is_number(p.args[0]) and p.args[0].value >= (head == "Le"):
                return _above(facts, context, wanted, kernel.promise(k, inclusion))
            if p == Term("Lt", (ZERO, t)):
                return _above(facts, context, wanted, kernel.promise(k, inclusion))
    meaning = facts.definition(context, t)
    known = meaning and facts.prove(context, Term(head, (ZERO, meaning.rhs)))
    return known and kernel.rewrite((1,), in_context(context, known), kernel.symmetric(meaning))


def _opposite_sum(facts: Facts, context: Context, head: str, t: Term) -> Theorem | None:
    """``0 < -Sum(f)`` from ``0 < Sum(-f)``."""
    f, low, high = t.args
    if high.head == "oo" or f.head == "Neg":
        return None
    opposite = Term("Sum", (Term("Neg", (f,)), low, high), None, t.names)
    known = facts.prove(context, Term(head, (ZERO, opposite)))
    if known is None:
        return None
    same = facts.use(context, ledger()["sum_neg"], {"f": f, "lo": low, "hi": high})
    if same is None:
        return None
    return kernel.rewrite((1,), in_context(context, known), in_context(context, same))


def _above(facts: Facts, context: Context, wanted: Term, bound: Theorem) -> Theorem | None:
    """``0 < t`` or ``0 <= t`` from ``c <= t`` with a number c."""
    t, c = wanted.args[1], bound.lhs.value
    right = facts.defined(context, t)
    if right is None or c < 0 or (c == 0 and wanted.head == "Lt" and bound.statement.head == "Le"):
        return None
    parts = ((Fraction(1), (0,)), *(((c, ()),) if c else ()))
    zero = kernel.numeral(context, ZERO)
    return kernel.order(wanted.head, parts, zero, right, bound)


def _of_parts(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``a <= b`` when b - a is a sum of products of parts with known signs."""
    a, b = s.args
    try:
        p = spread(b - a)
    except SizeError:
        return None
    if any(c < 0 for c in p.values()):
        return None
    known: dict[Term, Theorem] = {}
    parts: list[tuple[Fraction, tuple[int, ...]]] = []
    strict = False
    for m, c in p.items():
        factors: list[int] = []
        positive = True
        for atom, exponent in m:
            if atom == b:
                return None
            found = _known_sign(facts, context, atom)
            if found is None and exponent % 2 == 0:
                atom, exponent = atom**2, exponent // 2
                found = _known_sign(facts, context, atom)
            if found is None:
                return None
            known[atom] = found
            positive = positive and found.statement.head == "Lt"
            factors += [list(known).index(atom)] * exponent
        strict = strict or positive
        parts.append((c, tuple(factors)))
    left, right = facts.defined(context, a), facts.defined(context, b)
    if left is None or right is None or (s.head == "Lt" and not strict):
        return None
    left, right = in_context(context, left), in_context(context, right)
    return kernel.order(s.head, tuple(parts), left, right, *known.values())


def _known_sign(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``0 < t``, or else ``0 <= t``, or None."""
    if t.head == "Neg" and facts.prove(context, Term("Lt", (ZERO, t.args[0]))) is not None:
        return None  # what is known to be negative is not searched for reasons why it is not
    sure = facts.prove(context, Term("Lt", (ZERO, t)))
    return sure or facts.prove(context, Term("Le", (ZERO, t)))


def _as_written(facts: Facts, context: Context, head: str, t: Term) -> Theorem | None:
    """The sign of ``p*(1 - p)`` or ``1 + (x - u)**2`` from those of its parts as written."""
    if t.head not in ("Mul", "Add"):
        return None
    known: list[Theorem] = []
    for a in t.args:
        found = _known_sign(facts, context, a)
        if found is None:
            return None
        known.append(found)
    strict = [p.statement.head == "Lt" for p in known]
    sure = all(strict) if t.head == "Mul" else any(strict)
    right = facts.defined(context, t)
    if right is None or (head == "Lt" and not sure):
        return None
    each = tuple(range(len(known)))
    products = (each,) if t.head == "Mul" else tuple((k,) for k in each)
    zero = kernel.numeral(context, ZERO)
    parts = tuple((Fraction(1), p) for p in products)
    return kernel.order(head, parts, zero, in_context(context, right), *known)
