"""Several labels at once: independent Bernoulli observations, a sum of binary losses."""

from derive import (
    Bernoulli,
    Derivative,
    Eq,
    Model,
    Sum,
    assume,
    derivation,
    differentiate,
    given,
    linearity,
    log,
    mass,
    nll,
    part,
    refuted,
    ring,
    sigmoid,
    unroll,
)
from derive.rules import log_of_product, sum_neg
from proofs.bce import bce

#: K labels of one example, each with a probability of its own.
LABELS = "K in Natural; y[k] in {0,1} for k in 1..K; p[k] in (0,1) for k in 1..K"
#: The same with two classes a label: Y[k,1] says that label k is present, Y[k,2] that it is not.
PAIRS = (
    "K in Natural; Y[k,c] in {0,1} for k in 1..K, c in 1..2; "
    "P[k,c] in (0,1) for k in 1..K, c in 1..2; "
    "Sum(Y[k,c], (c, 1, 2)) = 1 for k in 1..K; Sum(P[k,c], (c, 1, 2)) = 1 for k in 1..K"
)


@derivation(given="K in Natural; y[k] in Real for k in 1..K; z[k] in Real for k in 1..K; i in 1..K")
def multilabel_gradient(K, y, z, i, k):  # noqa: N803  # K labels, as everybody writes
    """The slope of the multi-label loss in one logit sees that label and no other."""
    s = sigmoid(z[k])
    yield Derivative(-Sum(y[k] * log(s) + (1 - y[k]) * log(1 - s), (k, 1, K)), z[i])
    p = sigmoid(z[i])
    yield -(y[i] / p * p * (1 - p) - (1 - y[i]) / (1 - p) * p * (1 - p)), differentiate
    yield p - y[i], ring


@derivation(
    given=LABELS,
    assuming=("given the example the labels are independent, label k having probability p[k]",),
)
def multilabel(K, y, p, k, z, i, j, Y, P, c):  # noqa: N803  # as above, and matrices
    """The negative log-likelihood of K independent labels is a sum of K binary cross-entropies.

    That is the assumption behind K sigmoid outputs: given the example, no label tells anything
    about another one.  Seen as K classifications into two classes, present and absent, it is
    the sum of K cross-entropies of two classes: 2*K terms in all.  It is not one cross-entropy of
    K classes.

    As a function of the logits the loss separates: its mixed second slopes vanish, so K outputs
    without common parameters may be trained one by one.
    """
    labels = Model(Bernoulli(p[k]), y[k], plates=((k, 1, K),))
    one = Bernoulli(p[k])
    bces = -Sum(y[k] * log(p[k]) + (1 - y[k]) * log(1 - p[k]), (k, 1, K))
    yield part("A sum of binary cross-entropies")
    yield nll(labels)
    yield -Sum(log(mass(one, y[k])), (k, 1, K)), log_of_product
    yield Sum(nll(one, y[k]), (k, 1, K)), sum_neg
    yield Sum(-(y[k] * log(p[k]) + (1 - y[k]) * log(1 - p[k])), (k, 1, K)), bce
    yield bces, sum_neg
    yield part("A sum of cross-entropies of two classes")
    yield assume(
        "Y[k,c] in {0,1} for k in 1..K, c in 1..2; Sum(Y[k,c], (c, 1, 2)) = 1 for k in 1..K; "
        "P[k,c] in (0,1) for k in 1..K, c in 1..2; Sum(P[k,c], (c, 1, 2)) = 1 for k in 1..K; "
        "Y[k,1] = y[k] for k in 1..K; P[k,1] = p[k] for k in 1..K"
    )
    yield Sum(-Sum(Y[k, c] * log(P[k, c]), (c, 1, 2)), (k, 1, K))
    yield Sum(-(Y[k, 1] * log(P[k, 1]) + Y[k, 2] * log(P[k, 2])), (k, 1, K)), unroll
    yield Sum(-(y[k] * log(p[k]) + (1 - y[k]) * log(1 - p[k])), (k, 1, K)), given
    yield bces, sum_neg
    yield part("It separates in the logits")
    yield assume("z[k] in Real for k in 1..K; i in 1..K; j in 1..K; i != j")
    s = sigmoid(z[k])
    yield Derivative(-Sum(y[k] * log(s) + (1 - y[k]) * log(1 - s), (k, 1, K)), z[i], z[j])
    yield Derivative(sigmoid(z[i]) - y[i], z[j]), multilabel_gradient
    yield 0, differentiate


@derivation(given=PAIRS)
def multilabel_terms(K, Y, P, k, c):  # noqa: N803  # as above
    """Of K labels as pairs of classes, 2*K terms are the loss, 2*K binary losses are twice it.

    "The sum of the cross-entropies of all 2*K classes" is right when each class gives one term
    -Y*log(P).  When each gives a binary cross-entropy, the loss of a label is counted for its
    presence and once more for its absence.
    """
    term = Y[k, c] * log(P[k, c])
    other = (1 - Y[k, c]) * log(1 - P[k, c])
    yield part("2*K terms")
    yield -Sum(Sum(term, (c, 1, 2)), (k, 1, K))
    yield -Sum(Y[k, 1] * log(P[k, 1]) + Y[k, 2] * log(P[k, 2]), (k, 1, K)), unroll
    bces = -Sum(Y[k, 1] * log(P[k, 1]) + (1 - Y[k, 1]) * log(1 - P[k, 1]), (k, 1, K))
    yield bces, given
    yield part("2*K binary cross-entropies")
    yield -Sum(Sum(term + other, (c, 1, 2)), (k, 1, K))
    first = Y[k, 1] * log(P[k, 1]) + (1 - Y[k, 1]) * log(1 - P[k, 1])
    second = Y[k, 2] * log(P[k, 2]) + (1 - Y[k, 2]) * log(1 - P[k, 2])
    yield -Sum(first + second, (k, 1, K)), unroll
    yield -Sum(2 * (Y[k, 1] * log(P[k, 1]) + (1 - Y[k, 1]) * log(1 - P[k, 1])), (k, 1, K)), given
    yield 2 * bces, linearity
    yield part("They are not the same")
    yield refuted(Eq(-Sum(Sum(term + other, (c, 1, 2)), (k, 1, K)), bces))
