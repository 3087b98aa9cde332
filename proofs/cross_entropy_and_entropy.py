"""Cross-entropy, entropy and the divergence between two distributions over m classes."""

from derive import (
    Sum,
    assume,
    derivation,
    ge,
    given,
    gt,
    linearity,
    log,
    lt,
    minimum,
    part,
    ring,
)
from derive.rules import log_quotient, log_tangent, log_tangent_strict

#: Two distributions over the same m classes, neither of which excludes a class.
TWO = (
    "m in Natural; q[j] in Positive for j in 1..m; Sum(q[j], (j, 1, m)) = 1; "
    "p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1"
)


@derivation(given=TWO)
def ce_entropy_kl(m, q, p, j):
    """Cross-entropy is entropy plus Kullback-Leibler divergence.

    The entropy does not depend on p.  So cross-entropy and divergence, as functions of p,
    differ by a constant: minimising the one is minimising the other.
    """
    yield -Sum(q[j] * log(p[j]), (j, 1, m))
    yield Sum(-q[j] * log(q[j]) + q[j] * (log(q[j]) - log(p[j])), (j, 1, m)), linearity
    yield Sum(-q[j] * log(q[j]) + q[j] * log(q[j] / p[j]), (j, 1, m)), log_quotient
    yield -Sum(q[j] * log(q[j]), (j, 1, m)) + Sum(q[j] * log(q[j] / p[j]), (j, 1, m)), linearity


@derivation(given=TWO)
def gibbs(m, q, p, j):
    """Gibbs' inequality: the Kullback-Leibler divergence of two distributions is not negative.

    The logarithm lies below its tangent at 1, and strictly below it elsewhere.  So the
    divergence is 0 for p = q alone, and of all distributions p it is q that has the least
    cross-entropy to q.
    """
    divergence = Sum(q[j] * log(q[j] / p[j]), (j, 1, m))
    yield part("Not negative")
    yield divergence
    yield -Sum(q[j] * log(p[j] / q[j]), (j, 1, m)), log_quotient, linearity
    yield ge(-Sum(q[j] * (p[j] / q[j] - 1), (j, 1, m))), log_tangent
    yield -Sum(p[j] - q[j], (j, 1, m)), ring
    yield -(Sum(p[j], (j, 1, m)) - Sum(q[j], (j, 1, m))), linearity
    yield 0, given
    yield part("Zero for p = q")
    yield assume("p[j] = q[j] for j in 1..m")
    yield divergence
    yield Sum(q[j] * log(q[j] / q[j]), (j, 1, m)), given
    yield 0, ring
    yield part("Positive otherwise")
    yield assume("k in 1..m; p[k] != q[k]")
    yield divergence
    yield -Sum(q[j] * log(p[j] / q[j]), (j, 1, m)), log_quotient, linearity
    yield gt(-Sum(q[j] * (p[j] / q[j] - 1), (j, 1, m))), log_tangent_strict
    yield 0, linearity, given
    yield part("The least cross-entropy")
    yield assume("k in 1..m; p[k] != q[k]")
    yield -Sum(q[j] * log(q[j]), (j, 1, m)) + Sum(q[j] * log(p[j]), (j, 1, m))
    yield Sum(q[j] * log(p[j] / q[j]), (j, 1, m)), log_quotient, linearity
    yield lt(Sum(q[j] * (p[j] / q[j] - 1), (j, 1, m))), log_tangent_strict
    yield 0, linearity, given
    yield minimum(-Sum(q[j] * log(p[j]), (j, 1, m)), p, q)
