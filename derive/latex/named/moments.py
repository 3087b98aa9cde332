r"""Expectations of polynomials in random variables whose law is not known.

``E[aX + b]`` is ``a*E[X] + b`` whatever the law of X is, as long as the moments exist.  So the
moments are symbols, ``E_X``, ``E_X2``, ``E_XY``, and the expectation of a polynomial is the same
combination of them.  Hypotheses of the context say which numbers can be such moments, so
that a counterexample is one for some law.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from derive.context import Context
from derive.domains import REAL
from derive.latex.elaborate_place import Place, refusal
from derive.latex.tree import Node
from derive.term import ONE, Term, number, symbol

#: Exponents of the variables, in the order of their names; and its coefficients, to be added.
Monomial = tuple[tuple[str, int], ...]
Polynomial = Mapping[Monomial, Term]

#: Third moments are free beside the first two only where the variance is positive, and moments
#: of a higher order are bound to these by more than is stated here.
_HIGHEST = 3
#: How the names of moments begin.
MOMENT = "E_"


def moment_name(monomial: Monomial) -> str:
    """The name of a moment.

    >>> moment_name((("X", 2), ("Y", 1)))
    'E_X2Y'
    """
    return MOMENT + "".join(name + (str(k) if k > 1 else "") for name, k in monomial)


def declare_moments(context: Context, names: tuple[str, ...], order: int = 2) -> Context:
    """The context with random variables of unknown law, as real symbols, and their moments.

    The moments up to ``order``, which is 2 or 3, are assumed to exist; so are those of the
    products of two variables.  For ``order`` 3 no variable is constant.  At most two
    variables, and one for order 3.  Raises ValueError.

    >>> from derive.context import EMPTY
    >>> [str(h) for h in declare_moments(EMPTY, ("X",)).hypotheses()]
    ['E_X**2 <= E_X2']
    """
    if order not in (2, _HIGHEST) or len(names) > (2 if order == 2 else 1):
        raise ValueError("moments of two variables up to order 2, or of one up to order 3")
    two = number(2)
    for name in names:
        context = context.declare(name, REAL)
        for k in range(1, order + 1):
            context = context.declare(moment_name(((name, k),)), REAL)
        first, second = (symbol(moment_name(((name, k),))) for k in (1, 2))
        context = context.assume(Term("Le" if order == 2 else "Lt", (first**two, second)))
    for a, b in combinations(sorted(names), 2):
        mixed = moment_name(((a, 1), (b, 1)))
        context = context.declare(mixed, REAL)
        spreads = [symbol(moment_name(((n, 2),))) - symbol(moment_name(((n, 1),))) ** two
                   for n in (a, b)]  # fmt: skip
        product = symbol(moment_name(((a, 1),))) * symbol(moment_name(((b, 1),)))
        covariance = symbol(mixed) - product
        context = context.assume(Term("Le", (covariance**two, spreads[0] * spreads[1])))
    return context


def mean_of_polynomial(body: Term, names: frozenset[str], node: Node, place: Place) -> Term:
    """The expectation of a polynomial in some variables, by its moments.

    Raises UnreadableError where the body is no polynomial in them, or a moment is not
    declared.
    """
    terms: list[Term] = []
    for monomial, coefficient in _polynomial(body, names, node).items():
        if not monomial:
            terms.append(coefficient)
            continue
        name = moment_name(monomial)
        if place.declared(name) is None:
            raise refusal(node, f"the moment {name} is not declared", f"declare {name} in Real")
        moment = symbol(name)
        terms.append(moment if coefficient == ONE else Term("Mul", (coefficient, moment)))
    return terms[0] if len(terms) == 1 else Term("Add", tuple(terms))


def _polynomial(t: Term, names: frozenset[str], node: Node) -> Polynomial:
    """A term as a polynomial in some names; coefficients are terms without these."""
    if t.free.isdisjoint(names):
        return {(): t}
    if t.head == "symbol":
        return {((t.value, 1),): ONE}
    if t.head == "Neg":
        inner = _polynomial(t.args[0], names, node)
        return {m: Term("Neg", (c,)) for m, c in inner.items()}
    if t.head == "Add":
        found: dict[Monomial, Term] = {}
        for a in t.args:
            for m, c in _polynomial(a, names, node).items():
                found[m] = found[m] + c if m in found else c
        return found
    if t.head == "Div" and t.args[1].free.isdisjoint(names):
        inner = _polynomial(t.args[0], names, node)
        return {m: Term("Div", (c, t.args[1])) for m, c in inner.items()}
    factors = t.args if t.head == "Mul" else _repeated(t)
    if not factors:
        message = "the expectation of this needs the law of what is random in it"
        raise refusal(node, message, r"declare it: X \sim \mathcal{N}(\mu, \sigma^2)")
    product: Polynomial = {(): ONE}
    for factor in factors:
        product = _times(product, _polynomial(factor, names, node), node)
    return product


def _repeated(t: Term) -> tuple[Term, ...]:
    """The factors of a small whole power; none for any other term."""
    whole = t.head == "Pow" and t.args[1].head == "number" and t.args[1].value.denominator == 1
    if not whole or not 1 <= t.args[1].value <= _HIGHEST:
        return ()
    return (t.args[0],) * int(t.args[1].value)


def _times(p: Polynomial, q: Polynomial, node: Node) -> Polynomial:
    found: dict[Monomial, Term] = {}
    for m, a in p.items():
        for n, b in q.items():
            exponents = dict(m)
            for name, k in n:
                exponents[name] = exponents.get(name, 0) + k
            monomial = tuple(sorted(exponents.items()))
            if sum(exponents.values()) > _HIGHEST:
                raise refusal(node, f"moments of an order above {_HIGHEST} are not read")
            both = b if a == ONE else a if b == ONE else Term("Mul", (a, b))
            found[monomial] = found[monomial] + both if monomial in found else both
    return found
