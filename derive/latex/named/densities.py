r"""Probabilities, densities and other functions of a law: ``f_X(x)``, ``p(y \mid \theta)``.

A mass or density is read at values that are known to lie in the support of the law.
"""

from __future__ import annotations

from derive.distributions import distribution, mass, support
from derive.domains import INFINITY, MINUS_INFINITY, REAL, interval, membership
from derive.functions import TRUE
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_cases import read_condition
from derive.latex.elaborate_names import find, spelled
from derive.latex.elaborate_place import OPEN, Bound, Place, closed, refusal
from derive.latex.elaborate_vectors import family_of
from derive.latex.named.laws import law_from
from derive.latex.named.variables import Variable, mean, over, variable_of
from derive.latex.tree import Node
from derive.term import ONE, ZERO, Term, instantiate, symbol

_DECLARE = r"declare its law: X \sim \mathcal{N}(\mu, \sigma^2)"


def density_at(law: Term, value: Term, node: Node, place: Place) -> Term:
    """The mass or density of a law at a value in its support.  Raises UnreadableError."""
    where = support(law)
    own = _domain(value, place)
    if own is not None and _is_integrated(value) and not lies_in(own, where):
        ends, range_ = interval(where), interval(own)
        if ends is not None and range_ is not None:
            event = membership(value, where)
            return Term("Piecewise", (mass(law, value), event, ZERO, TRUE))
    if own is None or not lies_in(own, where):
        raise refusal(node, f"whether this lies in the support of {law.head} is not declared",
                      f"declare it in {where}")  # fmt: skip
    return mass(law, value)


def _is_integrated(value: Term) -> bool:
    """Whether a value is a bound variable: it takes every value between the ends, and outside
    the support the density is 0."""
    return bool(value.head == "symbol" and value.value.startswith(OPEN))


def _domain(value: Term, place: Place) -> Term | None:
    """Where a value is declared to lie; a number lies in the set of itself."""
    if value.head == "number":
        return Term("FiniteSet", (value,))
    if value.head == "symbol" and value.value.startswith(OPEN):
        return next(b.domain for b in place.scope if b.value == value)
    declared = place.declared(value.value) if value.head in ("symbol", "member") else None
    if declared is None:
        return None
    return instantiate(declared.domain, *value.args) if value.args else declared.domain


def lies_in(domain: Term, where: Term) -> bool:
    """Whether a domain lies in another one; False means "not known".

    >>> from derive.domains import POSITIVE, REAL, UNIT
    >>> lies_in(UNIT, POSITIVE), lies_in(REAL, POSITIVE)
    (True, False)
    """
    if domain == where or where.head == "Real":
        return True
    whole = {"Natural": ONE, "Natural0": ZERO}
    members = (ZERO, ONE) if domain.head == "Bit" else domain.args
    if domain.head in ("Bit", "FiniteSet"):
        return all(_contains(where, m) for m in members)
    if where.head in whole and domain.head in ("Natural", "Range"):
        low = domain.args[0] if domain.head == "Range" else ONE
        return low.head == "number" and low.value >= whole[where.head].value
    inner, outer = interval(domain), interval(where)
    if inner is None or outer is None:
        return False
    return _above(inner[0], inner[2], outer[0], outer[2]) and _above(
        outer[1], not outer[3], inner[1], not inner[3]
    )


def _above(a: Term, a_out: bool, b: Term, b_out: bool) -> bool:
    """Whether the lower end a admits nothing below the lower end b."""
    if a == b:
        return a_out or not b_out
    if b == MINUS_INFINITY or a == INFINITY:
        return True
    return a.head == b.head == "number" and a.value > b.value


def _contains(where: Term, m: Term) -> bool:
    if m.head != "number":
        return False
    whole = m.value.denominator == 1
    if where.head in ("Natural", "Natural0"):
        return bool(whole and m.value >= (1 if where.head == "Natural" else 0))
    if where.head in ("Bit", "FiniteSet"):
        return m in ((ZERO, ONE) if where.head == "Bit" else where.args)
    if where.head == "Range":
        low, high = where.args
        ends = low.head == high.head == "number"
        return bool(whole and ends and low.value <= m.value <= high.value)
    found = interval(where)
    return found is not None and lies_in(Term("Closed", (m, m)), where)


def read_density(head: Node, group: Node, place: Place) -> Term:
    r"""``\mathcal{N}(x; \mu, \sigma^2)``: the density of a law at a value."""
    if group.notes[0] not in (";", "|"):
        raise refusal(group, "one value and then the parameters are expected here")
    law = law_from(head.text, group.parts[1:], group, place)
    node = group.parts[0]
    found = distribution(law.head)
    if found is None or "[" not in found.variable:
        return density_at(law, place.term(node), node, place)
    family = family_of(inside(node), place)
    if family is None:
        raise refusal(node, "a declared family is expected here")
    member, entry, domain = family
    own = place.declared(member.value)
    if own is None or not lies_in(instantiate(own.domain, *member.args), support(law)):
        raise refusal(node, f"whether this lies in the support of {law.head} is not declared",
                      f"declare its members in {support(law)}")  # fmt: skip
    whole = closed("Family", entry, member, *domain.args)
    return Term(found.head, (whole, *law.args))


def read_law_density(head: Node, group: Node, place: Place) -> Term:
    """``p(x)`` for a law that the page calls p: its mass or density at a value."""
    name = spelled(head)
    if name is None or len(group.parts) != 1:
        raise refusal(group, f"{head.text} takes one argument")
    return density_at(place.reading.laws[name], place.term(group.parts[0]), group, place)


def read_function_of_variable(head: Node, group: Node, place: Place) -> Term:
    """``f_X(x)``, ``F_X(x)``, ``M_X(t)``, ``G_X(z)`` of a variable with a declared law."""
    index = head.parts[0]
    declared = find(index.text, place)
    variable = None if declared is None else variable_of(symbol(declared.name), place)
    if variable is None or len(head.parts) > 1:
        raise refusal(head, f"the law of {index.text} is not known", _DECLARE)
    if len(group.parts) != 1:
        raise refusal(group, f"{head.text} takes one argument")
    at = place.term(group.parts[0])
    if head.text in ("f", "p"):
        return density_at(variable.law, at, group.parts[0], place)
    if head.text in ("F", "P"):
        return _distribution_function(variable, at, place)
    if head.text in ("M", "K"):
        moments = over(variable, Term("exp", (Term("Mul", (at, variable.value)),)))
        return moments if head.text == "M" else Term("log", (moments,))
    if head.text == "G":
        return over(variable, Term("Pow", (at, variable.value)))
    raise refusal(head, f"{head.text} of a random variable is not read")


def _distribution_function(variable: Variable, at: Term, place: Place) -> Term:
    """The probability of values up to ``at``: an integral or sum where it lies in the
    support, else the expectation of the indicator."""
    where, own = support(variable.law), _domain(at, place)
    found = distribution(variable.law.head)
    entry = Bound("t", symbol(f"{OPEN}{len(place.scope)}"))
    ends = interval(where)
    inside = where == REAL or (own is not None and lies_in(own, where))
    if found is not None and inside:
        density = mass(variable.law, entry.value)
        if found.kind == "density" and ends is not None:
            return closed("Integral", entry, density, ends[0], at)
        lowest = {"Natural": ONE, "Natural0": ZERO, "Bit": ZERO}.get(where.head)
        low = where.args[0] if where.head == "Range" else lowest
        if low is not None:
            return closed("Sum", entry, density, low, at)
    event = Term("Le", (variable.value, at))
    return over(variable, Term("Piecewise", (ONE, event, ZERO, TRUE)))


def read_probability(head: Node, group: Node, place: Place) -> Term:
    r"""``Pr(X = x)``, ``P(X \leq a)``, ``p(y \mid \theta)``.  Raises UnreadableError."""
    if "|" in group.notes:
        return _likelihood(group, place)
    event = inside(group)
    if event.kind == "name":
        return _likelihood(group._replace(parts=(event,)), place)
    if event.kind not in ("relation", "and", "or"):
        raise refusal(group, f"what {head.text} is the probability of is not clear")
    condition = read_condition(event, place)
    if condition.head == "Eq":
        for x, value in (condition.args, condition.args[::-1]):
            variable = variable_of(x, place)
            if variable is not None and variable_of(value, place) is None:
                return _point_mass(variable, value, event, place)
    return mean(Term("Piecewise", (ONE, condition, ZERO, TRUE)), event, place)


def _point_mass(variable: Variable, value: Term, node: Node, place: Place) -> Term:
    found = distribution(variable.law.head)
    if found is None or found.kind != "mass":
        raise refusal(node, f"{variable.name} takes no value with a positive probability")
    return density_at(variable.law, value, node, place)


def _likelihood(group: Node, place: Place) -> Term:
    r"""``p(y_i \mid \theta)`` of a variable with a law; of a family as a product, if its
    members are declared independent."""
    if group.notes[:1] not in ((), ("|",)):
        raise refusal(group, "a joint density is not read", _DECLARE)
    node = group.parts[0]
    family = family_of(node, place)
    if family is not None:
        member, entry, domain = family
        variable = variable_of(member, place)
        if variable is not None and not place.reading.independent:
            raise refusal(node, f"whether the members of {variable.name} are independent is not "
                          "declared", "declare that they are independent")  # fmt: skip
        if variable is not None:
            return closed("Product", entry, mass(variable.law, member), *domain.args)
    else:
        variable = variable_of(place.term(node), place)
    if variable is None:
        raise refusal(node, "the law of what stands here is not known", _DECLARE)
    for other in group.parts[1:]:
        value = place.term(other)
        if variable_of(value, place) is not None:
            raise refusal(other, "a conditional law of two variables is not read")
    return mass(variable.law, variable.value)
