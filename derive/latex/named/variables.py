"""Random variables: which are declared with a law, and expectations over them."""

from __future__ import annotations

from typing import NamedTuple

from derive.latex.elaborate_place import Place, refusal, written_out
from derive.latex.named.moments import MOMENT, mean_of_polynomial
from derive.latex.tree import Node
from derive.term import Term, abstract, instantiate, symbol, walk

_DECLARE = r"declare its law: X \sim \mathcal{N}(\mu, \sigma^2)"


class Variable(NamedTuple):
    """A random variable: the symbol or member that it is, its law, its name."""

    value: Term
    law: Term
    name: str


def variable_of(value: Term, place: Place) -> Variable | None:
    """The random variable that a term is; None if it has no declared law."""
    if value.head not in ("symbol", "member"):
        return None
    declared = place.declared(value.value)
    if declared is None or declared.law is None:
        return None
    law = instantiate(declared.law, *value.args) if value.args else declared.law
    return Variable(value, law, declared.name)


def unfolded(body: Term, node: Node, place: Place) -> Term:
    """The body with the symbols written out that are defined by random variables."""
    laws = {n for n, d in place.reading.context.names.items() if d.law is not None}
    return written_out(body, place.defined_through(laws | place.reading.abstract), node)


def random_in(body: Term, place: Place) -> list[Variable]:
    """The random variables of a body, in the order in which they occur."""
    found: list[Variable] = []
    for _, t in walk(body):
        variable = variable_of(t, place)
        if variable is not None and variable not in found:
            found.append(variable)
    return found


def mean(body: Term, node: Node, place: Place) -> Term:
    """The expectation of a body over the random variables in it.  Raises UnreadableError."""
    body = unfolded(body, node, place)
    variables = random_in(body, place)
    unknown = sorted(n for n in body.free if n[:1].isupper() and not _is_known(n, place))
    abstract = place.reading.abstract
    if not variables and not unknown and not abstract:
        value = _value_in(body, place)
        if value is not None:
            return over(value, body)
    moments = abstract or any(n.startswith(MOMENT) for n in body.free)
    if moments and not variables and not unknown:
        return mean_of_polynomial(body, abstract, node, place)
    if unknown or not variables or not body.free.isdisjoint(abstract):
        name = unknown[0] if unknown else "this"
        raise refusal(node, f"the law of {name} is not known", _DECLARE)
    if any(v.value.loose for v in variables):
        raise refusal(node, "a random variable with a bound index is not read here")
    independent = place.reading.independent
    if len(variables) > 1 and not independent:
        names = " and ".join(v.name for v in variables)
        raise refusal(node, f"the joint law of {names} is not declared",
                      "declare that they are independent")  # fmt: skip
    for variable in reversed(variables):
        body = over(variable, body)
    return body


def _value_in(body: Term, place: Place) -> Variable | None:
    """The one variable of which a body mentions a value, x of X: ``E[log p(x)]`` means X."""
    found = []
    for name in sorted(body.free):
        upper = name.upper()
        variable = variable_of(symbol(upper), place) if len(name) == 1 and upper != name else None
        if variable is not None and name not in variable.law.free:
            found.append(Variable(symbol(name), variable.law, upper))
    return found[0] if len(found) == 1 else None


def _is_known(name: str, place: Place) -> bool:
    """Whether a capital letter has a law, is of unknown law, or is a moment."""
    if name in place.reading.abstract or name.startswith(MOMENT):
        return True
    declared = place.declared(name)
    return declared is not None and declared.law is not None


def over(variable: Variable, body: Term) -> Term:
    """The expectation of a body over one variable."""
    mark = "#" + variable.name
    opened = _replaced(body, variable.value, symbol(mark))
    return Term("Expectation", (abstract(opened, mark), variable.law), None, (variable.name,))


def _replaced(t: Term, old: Term, new: Term) -> Term:
    if t == old:
        return new
    if t.free.isdisjoint(old.free):
        return t
    return Term(t.head, tuple(_replaced(a, old, new) for a in t.args), t.value, t.names)
