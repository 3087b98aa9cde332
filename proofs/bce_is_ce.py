"""When binary cross-entropy is cross-entropy, and when it is not."""

from derive import Eq, Sum, cases, derivation, given, log, part, refuted, ring, unroll

SAMPLES = (
    "n in Natural; m in Natural; "
    "Y[i,j] in {0,1} for i in 1..n, j in 1..m; Sum(Y[i,j], (j, 1, m)) = 1 for i in 1..n; "
    "P[i,j] in (0,1) for i in 1..n, j in 1..m; Sum(P[i,j], (j, 1, m)) = 1 for i in 1..n"
)


@derivation(given=f"{SAMPLES}; m = 2")
def bce_is_ce(n, m, Y, P, i, j):  # noqa: N803  # matrices have capital letters
    """With two classes, cross-entropy is binary cross-entropy.

    The labels of a sample add up to 1, and so do its probabilities: those of the second class
    are known from those of the first.  With y_i for Y[i,1] and p_i for P[i,1] the last line
    is the binary loss as it is usually written.
    """
    yield -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)) / n
    yield -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, 2)), (i, 1, n)) / n, given
    yield -Sum(Y[i, 1] * log(P[i, 1]) + Y[i, 2] * log(P[i, 2]), (i, 1, n)) / n, unroll
    yield -Sum(Y[i, 1] * log(P[i, 1]) + (1 - Y[i, 1]) * log(1 - P[i, 1]), (i, 1, n)) / n, given


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
    third = {"y[1]": 0, "y[2]": 0, "y[3]": 1, "p[1]": "1/5", "p[2]": "3/10", "p[3]": "1/2"}
    yield refuted(Eq(ce, bce), third)


@derivation(given=SAMPLES)
def bce_is_not_ce_in_general(n, m, Y, P, i, j):  # noqa: N803  # matrices have capital letters
    """For a number of classes that is left open, cross-entropy is not binary cross-entropy.

    The step from the sum over classes to two terms needs m = 2; one sample of the third of
    three classes tells the two losses apart.
    """
    ce = -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)) / n
    bce = -Sum(Y[i, 1] * log(P[i, 1]) + (1 - Y[i, 1]) * log(1 - P[i, 1]), (i, 1, n)) / n
    label = {"Y[1,1]": 0, "Y[1,2]": 0, "Y[1,3]": 1}
    prediction = {"P[1,1]": "1/5", "P[1,2]": "3/10", "P[1,3]": "1/2"}
    yield refuted(Eq(ce, bce), {"n": 1, "m": 3, **label, **prediction})


@derivation(
    given="q[j] in {0,1} for j in 1..2; Sum(q[j], (j, 1, 2)) = 1; "
    "p[j] in (0,1) for j in 1..2; Sum(p[j], (j, 1, 2)) = 1"
)
def dropped_minus_sign(q, p, j):
    """The two-class chain without its minus sign is wrong in the first step, not the second.

    Writing out the sum over two classes must keep the sign in front of it.  Putting 1 - q[1]
    for q[2] and 1 - p[1] for p[2] afterwards is right.
    """
    ce = -Sum(q[j] * log(p[j]), (j, 1, 2))
    written_out = q[1] * log(p[1]) + q[2] * log(p[2])
    binary = q[1] * log(p[1]) + (1 - q[1]) * log(1 - p[1])
    half = {"q[1]": 1, "q[2]": 0, "p[1]": "1/2", "p[2]": "1/2"}
    yield part("The first step")
    yield refuted(Eq(ce, written_out), half)
    yield part("The second step")
    yield written_out
    yield binary, given
    yield part("Both steps")
    yield refuted(Eq(ce, binary), half)
    yield part("With the minus sign")
    yield ce
    yield -written_out, unroll
    yield -binary, given


@derivation(given="y in {0,1}; v in Real; w in Real; a in Real; b in Real")
def class_weight(y, v, w, a, b):
    """The weight of the class that was seen multiplies its term and no other."""
    yield (v * y + w * (1 - y)) * (y * a + (1 - y) * b)
    yield v * y * a + w * (1 - y) * b, cases(y)


WEIGHTED = (
    "n in Natural; v[j] in Positive for j in 1..2; "
    "Y[i,j] in {0,1} for i in 1..n, j in 1..2; Sum(Y[i,j], (j, 1, 2)) = 1 for i in 1..n; "
    "P[i,j] in (0,1) for i in 1..n, j in 1..2; Sum(P[i,j], (j, 1, 2)) = 1 for i in 1..n"
)


@derivation(given=WEIGHTED)
def weighted_sums(n, v, Y, P, i, j):  # noqa: N803  # matrices have capital letters
    """With class weights the sums of two-class cross-entropy and of BCE agree.

    Each sample is multiplied by the weight of its class: v[1] where Y[i,1] is 1, else v[2].
    """
    y, p = Y[i, 1], P[i, 1]
    weight = v[1] * y + v[2] * (1 - y)
    yield Sum(Sum(v[j] * Y[i, j] * log(P[i, j]), (j, 1, 2)), (i, 1, n))
    yield Sum(v[1] * y * log(p) + v[2] * Y[i, 2] * log(P[i, 2]), (i, 1, n)), unroll
    yield Sum(v[1] * y * log(p) + v[2] * (1 - y) * log(1 - p), (i, 1, n)), given
    yield Sum(weight * (y * log(p) + (1 - y) * log(1 - p)), (i, 1, n)), class_weight


@derivation(
    given=f"{WEIGHTED}; w[i] in Positive for i in 1..n; "
    "w[i] = v[1]*Y[i,1] + v[2]*(1 - Y[i,1]) for i in 1..n"
)
def weighted_bce_is_not_weighted_ce(n, v, w, Y, P, i, j):  # noqa: N803  # matrices have capitals
    """With class weights the means of BCE and of two-class cross-entropy are not equal.

    The weighted sums agree, but libraries divide that of cross-entropy by the sum of the
    weights and that of BCE by the number of samples.  The two means differ by the mean
    weight, which depends on the labels and is not the same in every batch.
    """
    y, p = Y[i, 1], P[i, 1]
    bce = -Sum(w[i] * (y * log(p) + (1 - y) * log(1 - p)), (i, 1, n))
    ce = -Sum(Sum(v[j] * Y[i, j] * log(P[i, j]), (j, 1, 2)), (i, 1, n))
    weights = Sum(w[i], (i, 1, n))
    yield part("The means are not equal")
    yield refuted(Eq(bce / n, ce / weights))
    yield part("They differ by the mean weight")
    yield bce / n
    yield weights / n * (bce / weights), ring
    yield weights / n * (ce / weights), given, weighted_sums
