"""Tangent lines as bounds: of logarithms with one coefficient, of exponentials, and squares.

From ``log(x) <= x - 1`` at a quotient of powers follows a bound for every sum of logarithms
with integer factors; multiplied by the coefficient that a formula has, it leaves the formula
without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus, quotient, times
from derive.rules import ledger
from derive.search.equations import equate, in_context
from derive.search.reduced import (
    atoms_of,
    cleared,
    coefficient,
    degree,
    is_reciprocal,
    monomial,
    over,
    reduced,
    simplified,
)
from derive.search.rewriting import term_of
from derive.term import ONE, ZERO, Term, number, substitute

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Theorems ``a <= b`` or ``a < b`` (an even number of ``a != b`` too) whose product is >= 0.
Product = tuple[Theorem, ...]
Powers = list[tuple[Term, int]]


def signed(facts: Facts, context: Context, p: Polynomial) -> Theorem | None:
    """``0 < p`` or ``0 <= p``, or None."""
    if not p:
        return None
    t = term_of(p)
    found = facts.prove(context, Term("Lt", (ZERO, t)))
    found = found or facts.prove(context, Term("Le", (ZERO, t)))
    if found is None and not facts.simple and any(a.head == "Sum" for m in p for a, _ in m):
        from derive.search.inequalities import inequality

        found = inequality(facts, context, Term("Lt", (ZERO, t)), 1)
    return found


# -- logarithms -------------------------------------------------------------------------------


def logarithmic(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """Bounds that take the logarithms out of the polynomial, one for each coefficient."""
    for factor, powers in classes(p):
        positive = None if factor == {(): Fraction(1)} else signed(facts, context, factor)
        if factor != {(): Fraction(1)} and positive is None:
            factor = {m: -c for m, c in factor.items()}
            powers = [(u, -e) for u, e in powers]
            positive = signed(facts, context, factor)
            if positive is None:
                continue
        common = gcd(*(e for _, e in powers))
        for divisor in dict.fromkeys((1, common)):
            lower = [(u, -e // divisor) for u, e in powers]
            bound = tangent(facts, context, lower)
            if bound is not None:
                yield (bound,) if positive is None else (positive, bound)


def classes(p: Polynomial) -> list[tuple[Polynomial, Powers]]:
    """The coefficients of the logarithms up to numbers, with the integers before them.

    A coefficient that is the sum of all the others goes to each of those.
    """
    groups: dict[tuple[tuple[Monomial, Fraction], ...], Powers] = {}
    for atom in atoms_of(p, lambda a: a.head == "log"):
        c = coefficient(p, atom)
        if not c or degree(p, atom) > 1 or any(a.head == "log" for m in c for a, _ in m):
            continue
        leading = c[min(c, key=lambda m: (len(m), tuple(hash(a) for a, _ in m)))]
        primitive = tuple(sorted(((m, v / leading) for m, v in c.items()), key=_by_monomial))
        groups.setdefault(primitive, []).append((atom.args[0], leading))  # type: ignore[arg-type]  # whole below
    shared = _distributed(groups)
    return [
        (dict(key), powers)
        for key, fractions in shared.items()
        if (powers := _whole(fractions)) is not None
    ]


def _by_monomial(item: tuple[Monomial, Fraction]) -> tuple[int, ...]:
    return tuple(hash(a) for a, _ in item[0])


def _whole(fractions: Powers) -> Powers | None:
    """Integer factors; the coefficient takes what is left."""
    denominator = 1
    for _, e in fractions:
        denominator = denominator * Fraction(e).denominator // gcd(
            denominator, Fraction(e).denominator
        )
    whole = [(u, int(e * denominator)) for u, e in fractions if e]
    return whole if whole and max(abs(e) for _, e in whole) <= 12 else None


_Groups = dict[tuple[tuple[Monomial, Fraction], ...], Powers]


def _distributed(groups: _Groups) -> _Groups:
    if len(groups) < 3:
        return groups
    for key in groups:
        total: Polynomial = {}
        for other in groups:
            if other != key:
                total = plus(total, dict(other))
        if total == dict(key):
            extra = groups[key]
            return {other: [*fs, *extra] for other, fs in groups.items() if other != key}
    return groups


def tangent(facts: Facts, context: Context, powers: Powers) -> Theorem | None:
    """``e*log(u) + ... <= u**e*... - 1``, strictly where the quotient is known not to be 1.

    Both sides are written with ``log(u)`` and u as they are.
    """
    ratio, split = _quotient(facts, context, powers)
    if ratio is None:
        return None
    strict = facts.prove(context, Term("Ne", (ratio, ONE))) or apart(facts, context, ratio)
    if strict is not None:
        facts.remember(context, in_context(context, strict))
    name = "log_tangent" if strict is None else "log_tangent_strict"
    used = facts.use(context, ledger()[name], {"x": ratio})
    if used is None or split is None:
        return used
    return kernel.rewrite((0,), used, in_context(context, split))


def _quotient(
    facts: Facts, context: Context, powers: Powers
) -> tuple[Term | None, Theorem | None]:
    """The quotient of powers, and its logarithm split up (None when there is one factor)."""
    above, below = [(u, e) for u, e in powers if e > 0], [(u, -e) for u, e in powers if e < 0]
    top, upper = _product(facts, context, above) if above else (ONE, None)
    if not below:
        return top, upper
    bottom, lower = _product(facts, context, below)
    ratio = Term("Div", (top, bottom)) if top is not None and bottom is not None else None
    if ratio is None:
        return None, None
    rule = ledger()["log_quotient"]
    split = facts.use(context, rule, dict(zip("ab", ratio.args, strict=True)))
    if split is None:
        return None, None
    if above:
        if upper is not None:
            split = kernel.rewrite((1, 0), split, in_context(context, upper))
    else:
        one = facts.use(context, ledger()["log_one"], {})
        split = None if one is None else kernel.rewrite((1, 0), split, one)
    if lower is not None and split is not None:
        split = kernel.rewrite((1, 1, 0), split, in_context(context, lower))
    return ratio, split


def _product(
    facts: Facts, context: Context, powers: Powers
) -> tuple[Term | None, Theorem | None]:
    """``log(u**e*v**d*...) = e*log(u) + (d*log(v) + ...)``."""
    u, e = powers[0]
    own = u if e == 1 else Term("Pow", (u, number(e)))
    split: Theorem | None = None
    if e != 1:
        split = facts.use(context, ledger()["log_power"], {"b": u, "e": number(e)})
        if split is None:
            return None, None
    if len(powers) == 1:
        return own, split
    rest, last = _product(facts, context, powers[1:])
    if rest is None:
        return None, None
    both = facts.use(context, ledger()["log_product"], {"a": own, "b": rest})
    if both is None:
        return None, None
    for k, part in enumerate((split, last)):
        if part is not None:
            both = kernel.rewrite((1, k), both, in_context(context, part))
    return Term("Mul", (own, rest)), both


# -- what is not 1 or not 0 -------------------------------------------------------------------


def apart(facts: Facts, context: Context, ratio: Term) -> Theorem | None:
    """``ratio != 1`` because it is 1 at a hypothesis ``x != t``'s t and differs by a factor."""
    from derive.search.prove import equal

    for h in context.hypotheses():
        if h.head != "Ne" or h.args[0] not in _parts(ratio):
            continue
        x, t = h.args
        there = replaced(ratio, x, t)
        try:
            factor = _divided(_put(ratio, t, _OTHER), x)
        except SizeError:
            continue
        if not factor or equal(facts, context, there, ONE, 1) is None:
            continue
        known = x, t
        if all(c < 0 for c in factor.values()):
            factor, known = {m: -c for m, c in factor.items()}, (t, x)
        found = _multiple(facts, context, ratio, substitute(term_of(factor), {"?": t}), known)
        if found is not None:
            return found
    return None


def _multiple(
    facts: Facts, context: Context, ratio: Term, factor: Term, unequal: tuple[Term, Term]
) -> Theorem | None:
    """``ratio != 1`` because ``ratio - 1 = factor*(x - t)``, where ``x != t``."""
    from derive.search.prove import equal

    known, difference = (Term("Add", (u, Term("Neg", (v,)))) for u, v in (unequal, (ratio, ONE)))
    rules = ledger()
    if facts.prove(context, Term("Ne", (factor, ZERO))) is None:
        return None
    sides = dict(zip("ab", unequal, strict=True))
    if facts.use(context, rules["difference_nonzero"], sides) is None:
        return None
    whole = facts.use(context, rules["nonzero_product"], {"a": factor, "b": known})
    if whole is None:
        return None
    same = equal(facts, context, whole.lhs, difference, 1)
    if same is None:
        # Multiplied out, so that the square of a root is seen.
        top, bottom = map(term_of, quotient(term_of(reduced(whole.lhs))))
        written = equate(facts, context, whole.lhs, Term("Div", (top, bottom)))
        same = written and equal(facts, context, written.rhs, difference, 1)
        if written is None or same is None:
            return None
        same = kernel.transitive(in_context(context, written), in_context(context, same))
    same = in_context(context, same)
    moved = kernel.rewrite((0,), in_context(context, whole), same)
    facts.remember(context, moved)
    return facts.use(context, rules["unequal_by_difference"], {"a": ratio, "b": ONE})


_OTHER = Term("symbol", (), "?")


def _put(t: Term, old: Term, new: Term) -> Term:
    """A term with another in place of one of its parts."""
    if t == old:
        return new
    args = tuple(_put(a, old, new) for a in t.args)
    return t if args == t.args else Term(t.head, args, t.value, t.names)


def _parts(t: Term) -> Iterator[Term]:
    yield t
    for a in t.args:
        yield from _parts(a)


def replaced(t: Term, x: Term, value: Term) -> Term:
    """A value for a symbol, or for one member of a family, in a term."""
    if x.head == "symbol":
        return substitute(t, {x.value: value})
    if t == x:
        return value
    args = tuple(replaced(a, x, value) for a in t.args)
    return t if args == t.args else Term(t.head, args, t.value, t.names)


def _divided(u: Term, x: Term) -> Polynomial | None:
    """``(u - v)/(x - ?)`` for v being u with ? for x, as a rational function of x and ?."""
    (n, d), (m, e) = quotient(u), quotient(replaced(u, x, _OTHER))
    top: Polynomial = {}
    difference = plus(times(n, e), times(m, d), -1)
    # As a polynomial in x with x = ? as a root: divide step by step.
    high = degree(difference, x)
    carry: Polynomial = {}
    for k in range(high, 0, -1):
        carry = plus(coefficient(difference, x, k), times(carry, monomial(_OTHER)))
        top = plus(top, times(carry, monomial(x, k - 1)))
    if not top:
        return None
    bottom = times(d, e)
    atoms = {b: None for p in (top, bottom) for m in p for b, _ in m if b not in (x, _OTHER)}
    if any(a in (x, _OTHER) for b in atoms for a in _parts(b)):
        return None
    return over(top, bottom)


# -- exponentials -----------------------------------------------------------------------------


def exponential(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``exp(v)*(1 + u - v) <= exp(u)`` for the exponentials of the polynomial."""
    from derive.search.prove import normal_form

    atoms = atoms_of(p, lambda a: a.head == "exp")
    for atom in atoms:
        u = atom.args[0]
        points = [ZERO, *(b.args[0] for b in atoms if b != atom)]
        for h in context.hypotheses():
            if h.head == "Ne" and h.args[0] in _parts(u):
                points.insert(0, replaced(u, *h.args))
        for v in dict.fromkeys(points):
            x = u if v == ZERO else u - v
            strict = facts.prove(context, Term("Ne", (x, ZERO)))
            name = "exp_tangent" if strict is None else "exp_tangent_strict"
            used = facts.use(context, ledger()[name], {"x": x})
            form = used and normal_form(facts, context, used.rhs, used.rhs)
            if used is None or form is None:
                continue
            bound = kernel.rewrite((1,), used, in_context(context, form))
            yield from _eliminating(facts, context, p, bound, atom)


def _eliminating(
    facts: Facts, context: Context, p: Polynomial, bound: Theorem, atom: Term
) -> Iterator[Product]:
    """The bound times what makes it have the atom as often as the polynomial has it."""
    own = coefficient(reduced(bound.rhs - bound.lhs), atom)
    wanted = coefficient(p, atom)
    if not own or not wanted:
        return
    factor = over(wanted, own)
    if factor.keys() == {()}:
        yield (bound,)
        return
    positive = signed(facts, context, factor)
    if positive is not None:
        yield positive, bound


# -- squares ----------------------------------------------------------------------------------


def unequal(facts: Facts, context: Context, p: Polynomial) -> Iterator[Product]:
    """``(x - t)**2 > 0`` for the hypotheses ``x != t``, times the coefficient of ``x**2``."""
    for h in context.hypotheses():
        if h.head != "Ne":
            continue
        different = kernel.hypothesis(context, h)
        for x in atoms_of(p, lambda a, x=h.args[0]: a == x):  # type: ignore[misc]  # bound at once
            factor = coefficient(p, x, 2)
            if not factor:
                continue
            if factor.keys() == {()}:
                yield different, different
                continue
            positive = signed(facts, context, factor)
            if positive is not None:
                yield positive, different, different


def squares(
    facts: Facts, context: Context, p: Polynomial, depth: int = 6
) -> list[tuple[Fraction, Product]] | None:
    """``p`` as a sum of squares times positive coefficients and of products of known signs."""
    if not p or not cleared([p])[0]:
        return []
    known = _monomials(facts, context, p)
    if known is not None:
        return known
    if depth == 0 or len(p) > 60:
        return None
    for x in atoms_of(p, lambda a: not is_reciprocal(a)):
        high = degree(p, x)
        if high == 0 or high % 2:
            continue
        leading = coefficient(p, x, high)
        constant = leading.keys() == {()}
        positive = None if constant else signed(facts, context, leading)
        if (constant and leading[()] < 0) or (not constant and positive is None):
            continue
        if positive is not None and positive.statement.head != "Lt":
            continue
        found = _completed(facts, context, p, x, high // 2, leading, positive, depth)
        if found is not None:
            return found
    return None


def _completed(
    facts: Facts,
    context: Context,
    p: Polynomial,
    x: Term,
    half: int,
    leading: Polynomial,
    positive: Theorem | None,
    depth: int,
) -> list[tuple[Fraction, Product]] | None:
    """``p = (2*c*x**k + b)**2/(4*c) + rest`` with rest a sum of squares in its turn."""
    linear: Polynomial = {}
    for k in range(half, 2 * half):
        shifted = times(coefficient(p, x, k), monomial(x, k - half))
        linear = plus(linear, shifted)
    base = plus(monomial(x, half), over(linear, leading), Fraction(1, 2))
    rest = simplified(plus(p, times(leading, times(base, base)), -1))
    others = squares(facts, context, rest, depth - 1)
    if others is None:
        return None
    square = squared(facts, context, term_of(base))
    if square is None:
        return None
    if positive is None:
        return [(leading[()], (square,)), *others]
    return [(Fraction(1), (positive, square)), *others]


def squared(facts: Facts, context: Context, t: Term) -> Theorem | None:
    """``0 < t**2``, or ``0 <= t**2``."""
    strict = facts.prove(context, Term("Ne", (t, ZERO))) is not None
    name = "square_positive" if strict else "square_nonnegative"
    found = facts.use(context, ledger()[name], {"x": t})
    return None if found is None else kernel.promise(0, found)


def _monomials(
    facts: Facts, context: Context, p: Polynomial
) -> list[tuple[Fraction, Product]] | None:
    """Each monomial as a product of atoms with known signs, or None."""
    out: list[tuple[Fraction, Product]] = []
    for m, c in p.items():
        if c < 0:
            return None
        factors: list[Theorem] = []
        for atom, e in m:
            square = squared(facts, context, atom) if e > 1 else None
            alone = e % 2 or square is None
            positive = signed(facts, context, monomial(atom)) if alone else None
            if e % 2 and positive is None:
                return None
            if square is not None:
                factors += [square] * (e // 2)
            if e % 2 and positive is not None:
                factors.append(positive)
        out.append((c, tuple(factors)))
    return out


__all__ = [
    "Product", "classes", "exponential", "logarithmic", "signed", "squared",
    "squares", "tangent", "unequal",
]  # fmt: skip
