"""Formulas in high precision, and points of a distribution: independent of derive.refute."""

from __future__ import annotations

from functools import cache
from itertools import product

import mpmath

from derive.context import Hypothesis
from derive.distributions import Distribution
from derive.domains import interval
from derive.plain import declare, read
from derive.term import Term

mpmath.mp.dps = 30

FUNCTIONS = {
    "log": mpmath.log,
    "exp": mpmath.exp,
    "Abs": abs,
    "Max": max,
    "cosh": mpmath.cosh,
    "erf": mpmath.erf,
    "gamma": mpmath.gamma,
    "factorial": mpmath.factorial,
    "binomial": mpmath.binomial,
    "beta": mpmath.beta,
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "Neg": lambda a: -a,
    "Div": lambda a, b: a / b,
    "Pow": lambda a, b: a**b,
    "Eq": lambda a, b: mpmath.almosteq(a, b),
    "Lt": lambda a, b: a < b,
    "Le": lambda a, b: a <= b,
    "True": lambda: True,
    "pi": lambda: mpmath.pi,
}


def value(t: Term, point: dict, scope: tuple = ()):
    """The value of a term; families of the point are lists whose first member is x[1]."""
    head = t.head
    if head == "number":
        return mpmath.mpf(t.value.numerator) / t.value.denominator
    if head == "symbol":
        return point[t.value]
    if head == "bound":
        return scope[-1 - t.value]
    if head == "member":
        return point[t.value][int(value(t.args[0], point, scope)) - 1]
    if head in ("Sum", "Product"):
        body, low, high = t.args
        indices = range(int(value(low, point, scope)), int(value(high, point, scope)) + 1)
        found = [value(body, point, (*scope, mpmath.mpf(k))) for k in indices]
        return mpmath.fsum(found) if head == "Sum" else mpmath.fprod(found)
    if head == "softmax":
        body, low, high, index = t.args
        indices = range(int(value(low, point, scope)), int(value(high, point, scope)) + 1)
        scores = {k: mpmath.exp(value(body, point, (*scope, mpmath.mpf(k)))) for k in indices}
        return scores[int(value(index, point, scope))] / mpmath.fsum(scores.values())
    if head == "Piecewise":
        for branch, condition in zip(t.args[::2], t.args[1::2], strict=True):
            if value(condition, point, scope):
                return value(branch, point, scope)
        raise AssertionError("no branch is true")
    arguments = [value(a, point, scope) for a in t.args]
    if head == "Add":
        return mpmath.fsum(arguments)
    if head == "Mul":
        return mpmath.fprod(arguments)
    return FUNCTIONS[head](*arguments)


CANDIDATES = {
    "Unit": ("1/3", "3/4", "1/10"),
    "Positive": ("2", "1/2", "5/3"),
    "Real": ("0", "-1", "3/2"),
    "Integer": ("-1", "2", "4"),
    "Natural": ("2", "1", "3"),
    "Natural0": ("3", "0", "1"),
}
SIMPLICES = {1: ("1",), 2: ("1/3", "2/3"), 3: ("1/2", "1/8", "3/8")}


def _number(text: str):
    return value(read(text), {})


def points(parameters: str) -> list[dict]:
    """Points of the declared parameters, at most four, every constraint tested."""
    context = declare(parameters)
    declared = list(context.names.values())
    choices = [CANDIDATES[d.domain.head] for d in declared if not d.indices]
    scalars = [d.name for d in declared if not d.indices]
    families = [d for d in declared if d.indices]
    found = []
    for chosen in product(*choices):
        point = {n: _number(c) for n, c in zip(scalars, chosen, strict=True)}
        for family in families:
            point[family.name] = [_number(c) for c in SIMPLICES[int(point["m"])]]
        if all(value(h, point) for h in context.hypotheses()):
            found.append(point)
    step = max(1, len(found) // 4)
    return found[::step][:4]


@cache
def meaning(found: Distribution):
    """Formula, support and conditions of the variable, and moments, as terms."""
    needed = declare(found.parameters)
    context = declare(found.support, needed)
    name = found.variable.partition("[")[0]
    conditions = [e.statement for e in context.entries(needed) if isinstance(e, Hypothesis)]
    index = found.over[1:2]
    moments = [read(text, needed, extra=index) for text in (found.mean, found.variance)]
    return name, context.names[name].domain, conditions, read(found.formula, context), moments


def _integers(domain: Term, point: dict):
    if domain.head == "Bit":
        return range(2)
    if domain.head == "Range":
        low, high = (int(value(a, point)) for a in domain.args)
        return range(low, high + 1)
    return range(1 if domain.head == "Natural" else 0, 400)


def masses(found: Distribution, point: dict) -> list[tuple]:
    """Every value of the support with its mass; infinite supports up to 400."""
    name, domain, conditions, formula, _ = meaning(found)
    if "[" not in found.variable:
        return [
            (k, value(formula, {**point, name: mpmath.mpf(k)})) for k in _integers(domain, point)
        ]
    size = int(point["m"])
    members = range(2) if domain.head == "Bit" else range(int(point["n"]) + 1)
    result = []
    for chosen in product(members, repeat=size):
        whole = {**point, name: [mpmath.mpf(k) for k in chosen]}
        if all(value(c, whole) for c in conditions):
            result.append((chosen, value(formula, whole)))
    return result


def ends(found: Distribution, point: dict) -> list:
    """The support of a density, divided where the formula may have a kink."""
    domain = meaning(found)[1]
    bounds = interval(domain)
    assert bounds is not None
    infinite = {"oo": mpmath.inf, "Neg": -mpmath.inf}
    low, high = (infinite[e.head] if e.head in infinite else value(e, point) for e in bounds[:2])
    values = list(point.values())
    inner = {a + s * b for a in values for b in [0, *values] for s in (1, -1)} | {mpmath.mpf(1)}
    return [low, *sorted(v for v in inner if low < v < high), high]


def density(found: Distribution, point: dict):
    """The density as a function, each value computed once."""
    name, _, _, formula, _ = meaning(found)
    return cache(lambda x: value(formula, {**point, name: x}))
