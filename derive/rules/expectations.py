"""Expectations: linearity, and what variances are; for every law.

``law`` stands for any law.  That an expectation under it is a number says that its parameters
are admissible and that the expectation converges absolutely.  The law of the unconscious
statistician is how an expectation is defined: see the rule ``NAME_expectation`` of each law.
"""

from derive.rules import Rule

_LINEAR = "Casella, Berger, Statistical Inference, 2nd edition, 2.2.5 (expectations)"
_LAW = "law in Partial"
_F = f"{_LAW}; f(t) in Partial for t in Real"


def _mean(body: str) -> str:
    return f"Expectation({body}, (x, law))"


RULES = [
    Rule(
        "expectation_add",
        _mean("f(x) + g(x)"),
        f"{_mean('f(x)')} + {_mean('g(x)')}",
        f"{_F}; g(t) in Partial for t in Real; {_mean('f(x)')} in Real; {_mean('g(x)')} in Real",
        "Integrals and sums are additive where both parts converge absolutely.",
        _LINEAR,
    ),
    Rule(
        "expectation_factor",
        _mean("c*f(x)"),
        f"c*{_mean('f(x)')}",
        f"{_F}; {_mean('f(x)')} in Real; c in Real",
        "Integrals and sums are homogeneous.",
        _LINEAR,
    ),
    Rule(
        "expectation_constant",
        _mean("c"),
        "c",
        f"{_F}; {_mean('f(x)')} in Real; c in Real",
        "The law is one, as an expectation under it exists: its total mass is 1.",
        _LINEAR,
    ),
]
