"""Normal forms that meet only when their atoms are looked into.

Square roots: ``y - u = (sqrt(y) - sqrt(u))*(sqrt(y) + sqrt(u))`` is arithmetic once y and u are
squares.  Functions of equal arguments: ``Max(0, s) = Max(t, 0)`` with ``s = t`` by the normal form.
Sums of logarithms: ``log(x/y) + log(y/x) = 0``, their arguments having the product 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import lcm

from derive import kernel
from derive.context import Context
from derive.kernel import Theorem
from derive.polynomial import Polynomial, SizeError, same_quotient
from derive.rules import ledger
from derive.search.equations import atoms, equate, in_context, reflexive
from derive.search.facts import Facts
from derive.search.forms.exponents import common_bases, same_exponents
from derive.search.forms.spreading import spread
from derive.search.forms.surds import multiplied_out
from derive.term import BINDERS, ONE, Term, number

HALF = number(Fraction(1, 2))

#: Pairs of atoms that are compared.
MOST_PAIRS = 6

#: Proves ``a = b``, or returns None.
Equal = Callable[[Term, Term], Theorem | None]


def meet(
    facts: Facts, context: Context, first: Theorem, second: Theorem, equal: Equal
) -> Theorem | None:
    """``a = b`` from ``a = u`` and ``b = v`` with u and v the same in this sense."""
    first, second = common_bases(facts, context, first, second) or (first, second)
    first = same_exponents(facts, context, first, second) or first
    first = multiplied_out(facts, context, first) or first
    second = multiplied_out(facts, context, second) or second
    forms = _rooted(facts, context, first, second) or _matched(facts, context, first, second, equal)
    forms = forms or (first, second)
    middle = equate(facts, context, forms[0].rhs, forms[1].rhs)
    middle = middle or _by_arguments(facts, context, forms[0].rhs, forms[1].rhs)
    if middle is None:
        return None
    whole = kernel.transitive(forms[0], in_context(context, middle))
    return kernel.transitive(whole, kernel.symmetric(forms[1]))


# -- square roots ------------------------------------------------------------------------------


def _rooted(
    facts: Facts, context: Context, first: Theorem, second: Theorem
) -> tuple[Theorem, Theorem] | None:
    """Both forms with ``sqrt(y)**2`` for every y whose root occurs in one of them."""
    present = [u for form in (first, second) for _, u in atoms(form.rhs)]
    under = {u.args[0] for u in present if _is_half(u)}
    squares = {}
    for y in under:
        square = facts.use(context, ledger()["square_sqrt"], {"x": y})
        if square is not None:
            squares[y] = kernel.symmetric(in_context(context, square))
    if not squares:
        return None
    forms = [_with_roots(facts, context, form, squares) for form in (first, second)]
    return None if forms[0] is None or forms[1] is None else (forms[0], forms[1])


def _is_half(u: Term) -> bool:
    """Whether a term is ``y**(k/2)`` for an odd k."""
    return u.head == "Pow" and u.args[1].head == "number" and u.args[1].value.denominator == 2


def _with_roots(
    facts: Facts, context: Context, form: Theorem, squares: dict[Term, Theorem]
) -> Theorem | None:
    for path, u in list(atoms(form.rhs, (1,))):
        if _is_half(u) and u.args[1] != HALF and u.args[0] in squares:
            split = _split_power(facts, context, u)
            if split is None:
                return None
            form = kernel.rewrite(path, form, in_context(context, split))
    for path, u in list(atoms(form.rhs, (1,))):
        if u in squares:
            form = kernel.rewrite(path, form, squares[u])
    return form


def _split_power(facts: Facts, context: Context, u: Term) -> Theorem | None:
    """``y**(3/2) = y**1*y**(1/2)``."""
    base, e = u.args
    whole = number(e.value - HALF.value)
    sides = Term("Pow", (base, Term("Add", (whole, HALF))))
    exponents = equate(facts, context, e, Term("Add", (whole, HALF)))
    power = facts.use(context, ledger()["pow_sum"], {"b": base, "x": whole, "y": HALF})
    if exponents is None or power is None or power.lhs != sides:
        return None
    return kernel.rewrite((0, 1), power, kernel.symmetric(exponents))


# -- functions of equal arguments ------------------------------------------------------------------


def _matched(
    facts: Facts, context: Context, first: Theorem, second: Theorem, equal: Equal
) -> tuple[Theorem, Theorem] | None:
    """The second form with atoms of the first for those that have equal arguments."""
    own = dict.fromkeys(u for _, u in atoms(first.rhs) if _is_function(u))
    found, pairs = second, 0
    for path, u in list(atoms(second.rhs, (1,))):
        if u in own or not _is_function(u):
            continue
        for v in own:
            if v.head != u.head or len(v.args) != len(u.args) or pairs >= MOST_PAIRS:
                continue
            pairs += 1
            same = _same_function(facts, context, u, v, equal)
            if same is not None:
                found = kernel.rewrite(path, found, same)
                break
    return None if found is second else (first, found)


def _is_function(u: Term) -> bool:
    return bool(u.args) and u.head not in BINDERS and u.head not in ("member", "Piecewise")


def _same_function(
    facts: Facts, context: Context, u: Term, v: Term, equal: Equal
) -> Theorem | None:
    """``h(s) = h(t)`` from ``s = t``; the arguments of Max and Min in any order."""
    ways = [reflexive(facts, context, u)]
    if u.head in ("Max", "Min") and len(u.args) == 2:
        rule = ledger()[f"{u.head.lower()}_symmetric"]
        turned = facts.use(context, rule, dict(zip("ab", u.args, strict=True)))
        ways.append(turned and in_context(context, turned))
    for theorem in ways:
        if theorem is None:
            continue
        for k, b in enumerate(v.args):
            proof = None if theorem is None else equal(theorem.rhs.args[k], b)
            if theorem is None or proof is None:
                theorem = None
            elif proof.lhs != proof.rhs:
                theorem = kernel.rewrite((1, k), theorem, in_context(context, proof))
        if theorem is not None:
            return theorem
    return None


# -- sums of logarithms --------------------------------------------------------------------------


def _by_arguments(facts: Facts, context: Context, a: Term, b: Term) -> Theorem | None:
    """``a = b`` for terms that differ by logarithms whose arguments have the product 1."""
    try:
        p = spread(a - b)
        sides = _arguments(p)
        if sides is None:
            return None
        products = [reduce(lambda u, v: Term("Mul", (u, v)), side or [ONE]) for side in sides]
        if not same_quotient(*products):
            return None
    except SizeError:
        return None
    same = equate(facts, context, *(Term("log", (t,)) for t in products))
    sums = [_sum_of_logs(facts, context, side) for side in sides]
    if same is None or sums[0] is None or sums[1] is None:
        return None
    over, under = (in_context(context, t) for t in sums if t is not None)
    # log(P) = log(N) with both sides written out; what is left is arithmetic.
    equal = kernel.transitive(kernel.symmetric(over), in_context(context, same))
    equal = kernel.transitive(equal, under)
    scale = number(lcm(*(c.denominator for c in p.values())))
    gap = Term("Div", (Term("Add", (equal.lhs, Term("Neg", (equal.rhs,)))), scale))
    start = equate(facts, context, a, Term("Add", (b, gap)))
    if start is None:
        return None
    gone = kernel.rewrite((1, 1, 0, 0), in_context(context, start), equal)
    rest = equate(facts, context, gone.rhs, b)
    return None if rest is None else kernel.transitive(gone, in_context(context, rest))


def _arguments(p: Polynomial) -> tuple[list[Term], list[Term]] | None:
    """What a sum of logarithms is the logarithm of: factors above and below the line.

    A multiple of a logarithm gives its argument so many times.
    """
    if not 0 < len(p) <= MOST_PAIRS:
        return None
    scale = lcm(*(c.denominator for c in p.values()))
    sides: tuple[list[Term], list[Term]] = ([], [])
    for m, c in p.items():
        if len(m) != 1 or m[0][1] != 1 or m[0][0].head != "log" or abs(c) * scale > MOST_PAIRS:
            return None
        sides[c < 0].extend([m[0][0].args[0]] * int(abs(c) * scale))
    return sides


def _sum_of_logs(facts: Facts, context: Context, parts: list[Term]) -> Theorem | None:
    """``log(a*b*c) = log(a) + log(b) + log(c)`` for these factors, and ``log(1) = 0``."""
    rules = ledger()
    if len(parts) < 2:
        return (
            reflexive(facts, context, Term("log", (parts[0],)))
            if parts
            else kernel.axiom(rules["log_one"])
        )
    first = reduce(lambda u, v: Term("Mul", (u, v)), parts[:-1])
    whole = facts.use(context, rules["log_product"], {"a": first, "b": parts[-1]})
    inner = _sum_of_logs(facts, context, parts[:-1])
    if whole is None or inner is None:
        return None
    return kernel.rewrite((1, 0), in_context(context, whole), in_context(context, inner))
