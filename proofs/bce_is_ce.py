"""When binary cross-entropy is cross-entropy, and when it is not."""

from derive import Eq, Sum, derivation, given, log, part, refuted, ring, unroll
from derive.rules import sum_neg

SAMPLES = (
    "Y[i,j] in {0,1} for i in 1..n, j in 1..m; Sum(Y[i,j], (j, 1, m)) = 1 for i in 1..n; "
    "P[i,j] in (0,1) for i in 1..n, j in 1..m; Sum(P[i,j], (j, 1, m)) = 1 for i in 1..n"
)


@derivation(given=f"n in Natural; m in Natural; m = 2; {SAMPLES}")
def bce_is_ce(n, m, Y, P, i, j):  # noqa: N803  # matrices have capital letters
    """With two classes, cross-entropy is binary cross-entropy.

    Labels and probabilities of each sample add up to 1, so those of the second class are
    known from those of the first.  With y_i for Y[i,1] and p_i for P[i,1] the last line is
    the binary loss as it is usually written.
    """
    yield -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)) / n
    yield -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, 2)), (i, 1, n)) / n, given
    yield -Sum(Y[i, 1] * log(P[i, 1]) + Y[i, 2] * log(P[i, 2]), (i, 1, n)) / n, unroll
    yield -Sum(Y[i, 1] * log(P[i, 1]) + (1 - Y[i, 1]) * log(1 - P[i, 1]), (i, 1, n)) / n, given


@derivation(given=f"n in Natural; m in Natural; {SAMPLES.replace('P[i,j] in (0,1)', 'P[i,j] in Positive')}")
def ce_is_not_bce(n, m, Y, P, i, j):  # noqa: N803
    """x"""
    yield refuted("-Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)) / n = -Sum(Y[i, 1] * log(P[i, 1]) + (1 - Y[i, 1]) * log(1 - P[i, 1]), (i, 1, n)) / n")

@derivation(
    given="y[j] in {0,1} for j in 1..3; Sum(y[j], (j, 1, 3)) = 1; "
    "p[j] in (0,1) for j in 1..3; Sum(p[j], (j, 1, 3)) = 1"
)
def bce_is_not_ce_for_three(y, p, j):
    """With three classes, cross-entropy is not the binary form of the first class.

    Cross-entropy looks at the probability of the class that was seen, the binary form only at
    that of the first class: when another class was seen, they read different numbers.
    """
    ce = -Sum(y[j] * log(p[j]), (j, 1, 3))
    bce = -(y[1] * log(p[1]) + (1 - y[1]) * log(1 - p[1]))
    seen_third = {"y[1]": 0, "y[2]": 0, "y[3]": 1, "p[1]": "1/5", "p[2]": "3/10", "p[3]": "1/2"}
    yield refuted(Eq(ce, bce), seen_third)
