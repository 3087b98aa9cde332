r"""Expectations, moments, entropies and divergences: ``E[X^2]``, ``\mathrm{KL}[P\|Q]``."""

from __future__ import annotations

from fractions import Fraction

from derive.distributions import distribution, mass, support
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Place, refusal
from derive.latex.named.densities import lies_in
from derive.latex.named.laws import read_law_at
from derive.latex.named.variables import Variable, mean, over, variable_of
from derive.latex.tree import Node
from derive.term import Term, number, symbol

_TWO = number(2)
_DECLARE = r"declare its law: X \sim \mathcal{N}(\mu, \sigma^2)"


def read_expectation(head: Node, group: Node, place: Place) -> Term:
    r"""``E[f(X)]``, ``E_X[..]``, ``E_{x \sim p}[..]``.  Raises UnreadableError."""
    if len(group.parts) != 1:
        message = "a conditional expectation is not read"
        raise refusal(group, message, "write the conditional law as the law of a variable")
    if not head.parts:
        return mean(place.term(group.parts[0]), group, place)
    if len(head.parts) > 1:
        raise refusal(head, "an expectation over several variables is not read")
    below = head.parts[0]
    if below.kind == "relation" and below.text == "sim" and not below.notes:
        return _drawn(below, group.parts[0], place)
    found = _law_of_values(below, place)
    if found is not None:
        return _averaged(*found, group.parts[0], place)
    variable = variable_of(place.term(below), place) if below.kind == "name" else None
    if variable is None:
        raise refusal(below, "the law of this variable is not known", _DECLARE)
    return over(variable, place.term(group.parts[0]))


def _drawn(below: Node, body: Node, place: Place) -> Term:
    name = spelled(below.parts[0]) if below.parts[0].kind == "name" else None
    if name is None:
        raise refusal(below, "the name of a variable is expected here")
    return _averaged(read_law_at(below.parts[1], place), name, body, place)


def read_average(node: Node, place: Place) -> Term | None:
    r"""``\langle f(x) \rangle_{p(x)}`` for a law p that the page names; else None."""
    if node.parts[0].kind != "inner" or len(node.parts) != 2 or len(node.parts[0].parts) != 1:
        return None
    found = _law_of_values(node.parts[1], place)
    if found is None:
        message = "over which law this average is taken is not declared"
        raise refusal(node.parts[1], message, _DECLARE)
    return _averaged(*found, node.parts[0].parts[0], place)


def _law_of_values(node: Node, place: Place) -> tuple[Term, str] | None:
    """The law that ``p(x)`` is the density of, and the name x; None if it is not known."""
    if node.kind != "juxtapose" or len(node.parts) != 2 or node.parts[1].kind != "group":
        return None
    head, variable = node.parts[0], inside(node.parts[1])
    called, name = spelled(head), spelled(variable) if variable.kind == "name" else None
    if head.kind != "name" or called is None or name is None:
        return None
    laws = place.reading.laws
    law = laws.get(f"{called}({name})", laws.get(called))
    return None if law is None else (law, name)


def _averaged(law: Term, name: str, body: Node, place: Place) -> Term:
    inner, entry = place.opened(name, support(law))
    return over(Variable(entry.value, law, name), inner.term(body))


def read_moment(head: Node, group: Node, place: Place) -> Term:
    """Variance, covariance, standard deviation, correlation, skewness.

    Raises UnreadableError.
    """
    if head.parts or set(group.notes) - {","}:
        raise refusal(head, f"{head.text} of this form is not read")
    bodies = [place.term(p) for p in group.parts]
    wanted = 2 if head.text in ("Cov", "Corr") else 1
    if len(bodies) != wanted:
        raise refusal(group, f"{head.text} takes {wanted} random variables")
    second = _centred(bodies[0], bodies[-1], group, place)
    if head.text in ("Var", "V_bb", "Cov"):
        return second
    if head.text in ("Std", "SD"):
        return Term("Pow", (second, number(Fraction(1, 2))))
    if head.text == "Corr":
        spreads = [Term("Pow", (_centred(b, b, group, place), number(Fraction(1, 2))))
                   for b in bodies]  # fmt: skip
        return Term("Div", (second, Term("Mul", tuple(spreads))))
    body = bodies[0]
    centre = mean(body, group, place)
    third = mean(Term("Pow", (body - centre, number(3))), group, place)
    return Term("Div", (third, Term("Pow", (second, number(Fraction(3, 2))))))


def _centred(a: Term, b: Term, group: Node, place: Place) -> Term:
    """The expectation of the product of two deviations from the mean."""
    if a == b:
        return mean(Term("Pow", (a - mean(a, group, place), _TWO)), group, place)
    deviations = (a - mean(a, group, place), b - mean(b, group, place))
    return mean(Term("Mul", deviations), group, place)


def read_entropy(head: Node, group: Node, place: Place) -> Term:
    """The entropy of a discrete variable, ``H``, or of one with a density, ``h``."""
    name = inside(group)
    variable = variable_of(place.term(name), place) if name.kind == "name" else None
    if variable is None or head.text == "I":
        raise refusal(group, "the law of what stands here is not known", _DECLARE)
    found = distribution(variable.law.head)
    wanted = "mass" if head.text == "H" else "density"
    if found is None or found.kind != wanted:
        raise refusal(head, f"{head.text} is read of a variable with a {wanted}")
    amount = _information(mass(variable.law, variable.value), place, head.text)
    return over(variable, Term("Neg", (amount,)))


def _information(value: Term, place: Place, name: str) -> Term:
    """The logarithm of a probability, to the base that the page means."""
    bases = place.reading.bases
    said = ["natural logarithms" if b == "e" else f"logarithms to base {b}" for b in bases]
    base = bases[place.reading.choose(f"base of {name}", *said) if len(said) > 1 else 0]
    if base in ("e", "2"):
        return Term("log" if base == "e" else "log_2", (value,))
    return Term("log_b", (value, symbol(base)))


def read_divergence(_: Node, group: Node, place: Place) -> Term:
    r"""``KL[P \| Q]`` of two laws that the page names or writes."""
    if len(group.parts) != 2 or group.notes[0] not in ("||", "|", ","):
        raise refusal(group, "a divergence of two laws is expected here")
    p, q = (_law(node, place) for node in group.parts)
    entry = place.opened("x")[1]
    kinds = {getattr(distribution(law.head), "kind", "") for law in (p, q)}
    if len(kinds) > 1 or "" in kinds:
        raise refusal(group, "these laws do not have one kind of values")
    if not lies_in(support(p), support(q)):
        raise refusal(group, "whether the second law covers all values of the first is not known")
    ratio = Term("Div", (mass(p, entry.value), mass(q, entry.value)))
    return over(Variable(entry.value, p, "x"), _information(ratio, place, "KL"))


def _law(node: Node, place: Place) -> Term:
    called = _law_of_values(node, place)
    if called is not None:
        return called[0]
    name = spelled(node) if node.kind == "name" else None
    declared = None if name is None else variable_of(symbol(name), place)
    return read_law_at(node, place) if declared is None else declared.law
