"""Cross-entropy to a distribution that may exclude classes, such as a one-hot label."""

from derive import (
    Eq,
    Nonnegative,
    Positive,
    Sum,
    cases,
    derivation,
    ge,
    given,
    linearity,
    log,
    ring,
    xlogy,
)
from derive.rules import log_quotient, log_tangent, xlogy_definition, xlogy_zero


@derivation
def tangent_bound(q: Positive, p: Positive):
    """The tangent line of the logarithm bounds q*log(q) - q*log(p) from below by q - p."""
    yield q * log(q) - q * log(p)
    yield -q * log(p / q), log_quotient
    yield ge(-q * (p / q - 1)), log_tangent
    yield q - p, ring


@derivation
def tangent_bound_with_zero(q: Nonnegative, p: Positive):
    """The bound by q - p holds for q = 0 too, with 0*log(0) = 0."""
    yield xlogy(q, q) - q * log(p)
    yield ge(q - p), cases(Eq(q, 0)), xlogy_zero, xlogy_definition, tangent_bound


@derivation(
    given="m in Natural; q[j] in Nonnegative for j in 1..m; Sum(q[j], (j, 1, m)) = 1; "
    "p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1"
)
def ce_at_least_entropy(m, q, p, j):
    """Cross-entropy is at least the entropy of the label, which may be zero for some classes.

    With 0*log(0) = 0 in the entropy.  For a one-hot label the entropy is 0: the loss is not
    negative.
    """
    entropy = -Sum(xlogy(q[j], q[j]), (j, 1, m))
    yield -Sum(q[j] * log(p[j]), (j, 1, m))
    yield entropy + Sum(xlogy(q[j], q[j]) - q[j] * log(p[j]), (j, 1, m)), linearity
    yield ge(entropy + Sum(q[j] - p[j], (j, 1, m))), tangent_bound_with_zero
    yield entropy, linearity, given
