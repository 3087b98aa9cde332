r"""Functions by the names that textbooks give them: ``\log``, ``\Gamma(x)``, ``\sigma(z)``.

A name that the page declares wins over all of these.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.functions import FUNCTIONS
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_cases import INDICATORS, indicator, is_condition
from derive.latex.elaborate_ellipsis import folded
from derive.latex.elaborate_place import Place, closed, refusal
from derive.latex.elaborate_vectors import family_of
from derive.latex.tree import Node
from derive.term import ONE, ZERO, Term, abstract, number, walk

#: Names of functions whose arguments stand in brackets, and their heads.
_HEADS = {
    "Gamma": "gamma", "B": "beta", "Beta": "beta", "psi": "digamma", "digamma": "digamma",
    "erf": "erf", "sigma": "sigmoid", "sigmoid": "sigmoid", "softplus": "softplus",
    "sgn": "sign", "sign": "sign", "abs": "Abs", "floor": "floor", "log": "log", "exp": "exp",
    "sin": "sin", "cos": "cos", "arctan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
}  # fmt: skip
_TWO = number(2)
#: Bessel functions: the order is an index.
_BESSEL = {"I": "besseli", "K": "besselk"}


def _over(a: str, b: str) -> Callable[[Term], Term]:
    return lambda x: Term("Div", (Term(a, (x,)), Term(b, (x,))))


def _one_over(head: str) -> Callable[[Term], Term]:
    return lambda x: Term("Div", (ONE, Term(head, (x,))))


#: Functions that are written out by others.
_WRITTEN: dict[str, Callable[[Term], Term]] = {
    "tan": _over("sin", "cos"),
    "cot": _over("cos", "sin"),
    "coth": _over("cosh", "sinh"),
    "sec": _one_over("cos"),
    "csc": _one_over("sin"),
    "erfc": lambda x: ONE - Term("erf", (x,)),
    "logit": lambda p: Term("log", (Term("Div", (p, ONE - p)),)),
    "relu": lambda x: Term("Max", (ZERO, x)),
    "ReLU": lambda x: Term("Max", (ZERO, x)),
}

#: Every name that is a function before a bracket, unless the page declares it otherwise.
KNOWN = frozenset([*_HEADS, *_WRITTEN, *_BESSEL, *INDICATORS, "softmax", "logsumexp", "LSE"])


def read_function(node: Node, place: Place) -> Term:
    """A function of the syntax: a control word or an upright word with its argument."""
    argument = inside(node.parts[0])
    if node.text in ("Max", "Min"):
        items = argument.parts if argument.kind == "group" else (argument,)
        if any(i.kind == "ellipsis" for i in items) or set(argument.notes) - {","}:
            raise refusal(argument, "an extremum is read of a list of numbers only")
        return Term(node.text, tuple(map(place.term, items)))
    if argument.kind == "group":
        raise refusal(argument, f"{node.text} takes one argument")
    value = place.term(argument)
    if node.text == "log":
        return _logarithm(value, node.parts[1:], place)
    if len(node.parts) > 1:
        raise refusal(node.parts[1], f"{node.text} has no base")
    return applied(node, node.text, value)


def applied(node: Node, name: str, value: Term) -> Term:
    """The function of one argument that a word names, at a value."""
    if name in _WRITTEN:
        return _WRITTEN[name](value)
    if name in _HEADS:
        return Term(_HEADS[name], (value,))
    raise refusal(node, f"{name} is no function that can be reckoned with")


def _logarithm(value: Term, base: tuple[Node, ...], place: Place) -> Term:
    if not base:
        return Term("log", (value,))
    found = place.term(base[0])
    if found.head == "E":
        return Term("log", (value,))
    if found == number(2):
        return Term("log_2", (value,))
    return Term("log_b", (value, found))


def read_known(call: Node, place: Place) -> Term | None:
    """A known function that the page does not declare, at its arguments; else None."""
    head, behind = call.parts
    if head.text in ("softmax", "logsumexp", "LSE"):
        return _over_classes(head, behind, place)
    if behind.kind == "entry":
        return None
    arguments = behind.parts if behind.kind == "group" else (behind,)
    if head.text in _BESSEL and len(head.parts) == 1 and len(arguments) == 1:
        order, at = place.term(head.parts[0]), place.term(arguments[0])
        return Term(_BESSEL[head.text], (order, at))
    if head.text in INDICATORS and not head.parts and len(arguments) == 1:
        return _indicator(inside(arguments[0]), place)
    if head.parts or head.text not in (*_HEADS, *_WRITTEN):
        return None
    if head.text in _HEADS and FUNCTIONS[_HEADS[head.text]].arity != len(arguments):
        return None
    if len(arguments) == 1:
        return applied(head, head.text, place.term(arguments[0]))
    return Term(_HEADS[head.text], tuple(map(place.term, arguments)))


def _indicator(node: Node, place: Place) -> Term | None:
    return indicator(node, place) if is_condition(node) else None


def _over_classes(head: Node, behind: Node, place: Place) -> Term:
    r"""``\mathrm{softmax}(z)_j`` and the log-sum-exp of a family."""
    entry = behind.kind == "entry"
    group, indices = (behind.parts[0], behind.parts[1:]) if entry else (behind, head.parts)
    family = family_of(inside(group), place)
    if family is None:
        message = f"{head.text} takes a declared family"
        raise refusal(group, message, "declare it: z[k] in Real for k in 1..m")
    member, variable, domain = family
    body = closed("softmax", variable, member).args[0]
    return _of_classes(head, behind, body, domain.args, variable.name, indices, place)


def ranged(head: Node, behind: Node, place: Place) -> Term | None:
    r"""``\mathrm{softmax}_{k=1}^{m}(z_k + c)_j``, with the range written; else None."""
    name = head.parts[0]
    if name.text not in ("softmax", "logsumexp", "LSE") or len(name.parts) != 1:
        return None
    run = name.parts[0]
    if run.kind != "relation" or run.text != "=" or run.parts[0].kind != "name":
        return None
    group, *indices = behind.parts if behind.kind == "entry" else (behind,)
    ends = place.term(run.parts[1]), place.term(head.parts[1])
    inner, entry = place.opened(run.parts[0].text, Term("Range", ends))
    body = abstract(inner.term(group), entry.value.value)
    return _of_classes(name, behind, body, ends, entry.name, tuple(indices), place)


def _of_classes(
    head: Node, behind: Node, body: Term, ends: tuple[Term, ...], name: str,
    indices: tuple[Node, ...], place: Place,
) -> Term:  # fmt: skip
    if head.text != "softmax":
        return Term("logsumexp", (body, *ends), None, (name,))
    if len(indices) != 1:
        raise refusal(behind, "of softmax one entry is meant", r"write softmax(z)_j")
    return Term("softmax", (body, *ends, place.term(indices[0])), None, (name,))


def read_abs(node: Node, place: Place) -> Term:
    """An absolute value."""
    return Term("Abs", (place.term(node.parts[0]),))


def read_floor(node: Node, place: Place) -> Term:
    """The largest integer not above, or the smallest not below."""
    value = place.term(node.parts[0])
    if node.kind == "floor":
        return Term("floor", (value,))
    return Term("Neg", (Term("floor", (Term("Neg", (value,)),)),))


def read_factorial(node: Node, place: Place) -> Term:
    """A factorial; with two signs the product of every second number, down from ``2n - 1`` or
    from ``2n``."""
    value = place.term(node.parts[0])
    if node.text != "2":
        return Term("factorial", (value,))
    twice, odd = (value.args[0], True) if _is_before(value) else (value, False)
    # Of less than 0 the product would be empty, and a double factorial is something else.
    falls = any(
        u.head in ("Neg", "Sub") or (u.head == "number" and u.value < 0) for _, u in walk(twice)
    )
    if falls or twice.head != "Mul" or len(twice.args) != 2 or twice.args[0] != _TWO:
        raise refusal(node, "a double factorial is read of 2 n or 2 n - 1 alone",
                      "write the product out")  # fmt: skip
    k = place.opened("k")[1]
    factor = _TWO * k.value
    return closed("Product", k, factor - ONE if odd else factor, ONE, twice.args[1])


def _is_before(t: Term) -> bool:
    """Whether a term is another one less 1."""
    return t == t.args[0] - ONE if t.args else False


def read_binomial(node: Node, place: Place) -> Term:
    """A binomial coefficient; a multinomial one of the list ``x_1, ..., x_k`` below."""
    listed = inside(node.parts[1])
    if listed.kind == "group" and len(listed.parts) > 1 and set(listed.notes) <= {","}:
        return _multinomial(place.term(node.parts[0]), listed, place)
    return Term("binomial", tuple(map(place.term, node.parts)))


def _multinomial(total: Term, listed: Node, place: Place) -> Term:
    """A multinomial coefficient; it has a meaning only where the numbers add up to the total."""
    values = [None if p.kind == "ellipsis" else place.term(p) for p in listed.parts]
    factorials = [None if v is None else Term("factorial", (v,)) for v in values]
    added, multiplied = _whole(values, listed, "Sum"), _whole(factorials, listed, "Product")
    coefficient = Term("Div", (Term("factorial", (total,)), multiplied))
    return Term("Piecewise", (coefficient, Term("Eq", (added, total))))


def _whole(terms: list[Term | None], node: Node, head: str) -> Term:
    """All of some terms, dots among them, as one sum or product."""
    known = [t for t in terms if t is not None]
    parts = folded(terms, node, head) if None in terms else known
    if len(parts) == 1:
        return parts[0]
    return Term("Add" if head == "Sum" else "Mul", tuple(parts))
