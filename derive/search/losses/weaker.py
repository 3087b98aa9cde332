"""What holds when ``f = g`` does not: a factor, an offset, a weaker relation in theta.

Everything here is proposed by looking at normal forms or at values, and counts only with a
theorem.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from derive import kernel
from derive.context import Context, Declaration
from derive.domains import interval
from derive.kernel import KernelError, Theorem
from derive.polynomial import Monomial, Polynomial, SizeError, plus, times
from derive.refute.screen import heavy, refutable
from derive.search.equations import congruent, equate, in_context
from derive.search.facts import Facts
from derive.search.forms.reduced import is_reciprocal, over, reduced
from derive.search.forms.rewriting import term_of
from derive.search.order.guesses import candidates
from derive.search.prove import normal_form, prove
from derive.term import ONE, ZERO, Term, is_number, number, symbol

#: Points at which a relation is looked at before it is tried to be proved.
LOOKS = 24


class Weaker(NamedTuple):
    """A relation between f and g that is proved.

    ``kind`` is ``factor`` (f = a*g, a free of theta), ``affine``, ``offset`` (f = g + b, b
    free of theta), ``negative`` (f = a*g + b with a < 0), ``same ordering`` or ``same
    minimiser``; ``a`` and ``b`` are given where there are such, ``theta`` names what they
    are free of (nothing: they are numbers).  The same minimiser is ``at``, for both unique.
    """

    kind: str
    theorem: Theorem
    theta: tuple[str, ...] = ()
    a: Term | None = None
    b: Term | None = None
    at: Term | None = None

    @property
    def statement(self) -> Term:
        """What is proved."""
        return self.theorem.statement


class _Forms(NamedTuple):
    """``f = F`` and ``g = G`` in normal form, and both as polynomials over common atoms."""

    first: Theorem
    second: Theorem
    p: Polynomial
    q: Polynomial


def weaker(
    facts: Facts, context: Context, f: Term, g: Term, theta: tuple[str, ...]
) -> list[Weaker]:
    """The strongest relations that are proved: exact factors first, then those in theta.

    ``theta`` names the candidates; when it is empty they are the symbols that both sides
    have and that can vary.
    """
    forms = forms_of(facts, context, f, g)
    found: list[Weaker] = []
    if forms is not None:
        plain = scaled(facts, context, f, g, forms, None)
        if plain is not None:
            return [plain]
    for names in theta_candidates(context, f, g, theta):
        if any(set(names) <= set(w.theta) for w in found):
            continue
        one = _in_theta(facts, context, f, g, forms, names)
        if one is not None:
            found.append(one)
    return found


def theta_candidates(
    context: Context, f: Term, g: Term, theta: tuple[str, ...] = ()
) -> list[tuple[str, ...]]:
    """Lists of symbols in which the sides may be compared: all together, then each alone.

    >>> from derive.plain import declare, read
    >>> c = declare("y in {0,1}; p in (0,1); s > 0")
    >>> theta_candidates(c, read("s*p*y"), read("p + s"))
    [('p', 's'), ('p',), ('s',)]
    """
    if theta:
        return [theta]
    both = f.free & g.free
    names = tuple(d.name for d in context.names.values() if d.name in both and _varies(d))
    singles: list[tuple[str, ...]] = [(name,) for name in names]
    return [names, *singles] if len(names) > 1 else singles


def _varies(d: Declaration) -> bool:
    """Whether a symbol may be fitted: it lies in an interval, and nothing defines it."""
    return d.law is None and d.definition is None and interval(d.domain) is not None


# -- f = a*g + b -----------------------------------------------------------------------------


def forms_of(facts: Facts, context: Context, f: Term, g: Term) -> _Forms | None:
    """The normal forms of both sides, or None when one is not found to be defined."""
    first = normal_form(facts, context, f, g)
    second = normal_form(facts, context, g, f) if first is not None else None
    if first is None or second is None:
        return None
    try:
        p, q = reduced(first.rhs), reduced(second.rhs)
        return _Forms(first, second, p, _renamed(facts, context, q, _atoms(p)))
    except SizeError:
        return None


def _atoms(p: Polynomial) -> list[Term]:
    return list(dict.fromkeys(atom for m in p for atom, _ in m))


def _renamed(facts: Facts, context: Context, q: Polynomial, kept: list[Term]) -> Polynomial:
    """The polynomial with the kept atoms for those that equal them by congruence."""
    renaming: dict[Term, Term] = {}
    for atom in _atoms(q):
        if atom not in kept:
            same = (k for k in kept if congruent(facts, context, atom, k) is not None)
            renaming[atom] = next(same, atom)
    out: Polynomial = {}
    for m, c in q.items():
        product: Polynomial = {(): c}
        for atom, e in m:
            product = times(product, {((renaming.get(atom, atom), e),): Fraction(1)})
        out = plus(out, product)
    return out


def scaled(
    facts: Facts,
    context: Context,
    f: Term,
    g: Term,
    forms: _Forms,
    names: tuple[str, ...] | None,
) -> Weaker | None:
    """``f = a*g + b`` with a and b free of theta; for None a is a number and b is 0."""
    try:
        found = _coefficients(forms, names)
        if found is None:
            return None
        a, b = map(readable, found)
    except SizeError:
        return None
    if names is None and (b != ZERO or not is_number(a if a.head != "Neg" else a.args[0])):
        return None
    equation = _assembled(facts, context, forms, a, b)
    if equation is None:
        return None
    if b == ZERO:
        theorem = _without_offset(facts, context, f, g, a, equation)
        return None if theorem is None else Weaker("factor", theorem, names or (), a, None)
    assert names is not None
    positive = facts.prove(context, Term("Lt", (ZERO, a)))
    if positive is not None:
        try:
            theorem = kernel.affine(names, equation, in_context(context, positive))
        except KernelError:
            theorem = equation
        kind = "offset" if a == ONE else "affine"
        return Weaker(kind, theorem, names, a, b)
    if facts.prove(context, Term("Lt", (a, ZERO))) is not None:
        return Weaker("negative", equation, names, a, b)
    return None


def _coefficients(
    forms: _Forms, names: tuple[str, ...] | None
) -> tuple[Polynomial, Polynomial] | None:
    """a and b as polynomials, or None when the parts that depend on theta do not fit."""
    ours, theirs = _by_theta(forms.p, names), _by_theta(forms.q, names)
    mine, other = ours.pop((), {}), theirs.pop((), {})
    if names is None:
        ours, theirs = {**ours, (): mine}, {**theirs, (): other}
        ours, theirs = ({m: c for m, c in d.items() if c} for d in (ours, theirs))
        mine = other = {}
    if not theirs or ours.keys() != theirs.keys():
        return None
    key = next(iter(theirs))
    a = over(ours[key], theirs[key])
    b = plus(mine, _product(a, other), -1)
    return a, b


def _product(a: Polynomial, b: Polynomial) -> Polynomial:
    from derive.search.forms.reduced import simplified

    return simplified(times(a, b))


def _by_theta(p: Polynomial, names: tuple[str, ...] | None) -> dict[Monomial, Polynomial]:
    """What multiplies each product of atoms that depend on theta; for None all do."""
    groups: dict[Monomial, Polynomial] = {}
    for m, c in p.items():
        depends = tuple((a, e) for a, e in m if names is None or not a.free.isdisjoint(names))
        rest = tuple(x for x in m if x not in depends)
        groups.setdefault(depends, {})[rest] = c
    return groups


def _assembled(facts: Facts, context: Context, forms: _Forms, a: Term, b: Term) -> Theorem | None:
    """``f = a*g + b`` from ``f = F``, ``F = a*G + b`` and ``g = G``."""
    wanted = Term("Add", (Term("Mul", (a, forms.second.rhs)), b))
    with facts.simply():  # the parts are known to be defined, and a guess may be wrong
        middle = equate(facts, context, forms.first.rhs, wanted)
    if middle is None:
        return None
    whole = kernel.transitive(forms.first, in_context(context, middle))
    return kernel.rewrite((1, 0, 1), whole, kernel.symmetric(forms.second))


def _without_offset(
    facts: Facts, context: Context, f: Term, g: Term, a: Term, equation: Theorem
) -> Theorem | None:
    """``f = a*g`` from ``f = a*g + 0``, and ``f = -g`` for a = -1."""
    minus = a == Term("Neg", (ONE,)) or (is_number(a) and a.value == -1)
    short = Term("Neg", (g,)) if minus else Term("Mul", (a, g))
    last = equate(facts, context, equation.rhs, short)
    del f
    return None if last is None else kernel.transitive(equation, in_context(context, last))


def readable(p: Polynomial) -> Term:
    """A polynomial as a reader writes it: products over products, ``s/n`` for ``s*(1/n)``."""
    summands: list[Term] = []
    for m, c in p.items():
        above = sorted(((a, e) for a, e in m if not is_reciprocal(a)), key=_place)
        below = sorted(((a.args[1], e) for a, e in m if is_reciprocal(a)), key=_place)
        size = abs(c)
        numerator = term_of({tuple(above): Fraction(size.numerator)})
        denominator = term_of({tuple(below): Fraction(size.denominator)})
        whole = numerator if denominator == ONE else Term("Div", (numerator, denominator))
        if is_number(numerator) and is_number(denominator):
            whole = number(size)
        summands.append(whole if c > 0 else -whole)
    if len(summands) < 2:
        return summands[0] if summands else ZERO
    return Term("Add", tuple(summands))


def _place(factor: tuple[Term, int]) -> tuple[int, str]:
    """Where a factor stands in a product: symbols by name, members, then functions."""
    head, value = factor[0].head, factor[0].value
    kinds = ("number", "pi", "E", "symbol", "member")
    rank = kinds.index(head) if head in kinds else len(kinds) + (head == "Sum")
    return rank, str(value) if head in ("symbol", "member") else ""


# -- relations in theta -------------------------------------------------------------------------


def _in_theta(
    facts: Facts,
    context: Context,
    f: Term,
    g: Term,
    forms: _Forms | None,
    names: tuple[str, ...],
) -> Weaker | None:
    """The strongest relation in these symbols that is proved, or None."""
    if forms is not None:
        linear = scaled(facts, context, f, g, forms, names)
        if linear is not None:
            return linear
    if heavy(f, g):
        return None
    theta = tuple(map(symbol, names))
    ordering = Term("SameOrder", (f, g, *theta))
    if not refutable(context, ordering, LOOKS):
        found = prove(facts, context, ordering)
        if found is not None:
            return Weaker("same ordering", found, names)
    return _same_minimiser(facts, context, f, g, theta) if len(theta) == 1 else None


def _same_minimiser(
    facts: Facts, context: Context, f: Term, g: Term, theta: tuple[Term, ...]
) -> Weaker | None:
    """Both losses have one and the same unique minimiser."""
    if refutable(context, Term("SameArgmin", (f, g, *theta)), LOOKS):
        return None
    for t in candidates(facts, context, f, theta[0]):
        if refutable(context, Term("Argmin", (g, t, *theta)), LOOKS):
            continue
        least = [prove(facts, context, Term("Argmin", (loss, t, *theta))) for loss in (g, f)]
        if least[0] is not None and least[1] is not None:
            both = kernel.same_argmin(least[1], least[0])
            names, at = (theta[0].value,), readable(reduced(t))
            return Weaker("same minimiser", both, names, None, None, at)
    return None
