"""Slopes of softmax cross-entropy and of logistic regression, for any number of classes."""

from derive import (
    Derivative,
    KroneckerDelta,
    Sum,
    derivation,
    differentiate,
    given,
    linearity,
    log,
    logsumexp,
    part,
    ring,
    sigmoid,
    softmax,
    unroll,
)
from derive.rules import log_softmax, softmax_sum, sum_delta_right
from proofs.logits import softmax_two_complement, softmax_two_is_sigmoid

#: Logits and a label that sums to 1: one-hot, or soft.
SCORES = (
    "m in Natural; z[k] in Real for k in 1..m; y[k] in Real for k in 1..m; "
    "Sum(y[k], (k, 1, m)) = 1; j in 1..m"
)


@derivation(given=SCORES)
def softmax_ce_gradient(m, z, y, j, k, c):
    """The slope of softmax cross-entropy in a logit is prediction minus label.

    It holds for any number of classes, and for soft labels as well as one-hot ones: all
    that is used of the label is that it sums to 1.
    """
    yield Derivative(-Sum(y[k] * log(softmax(z[c], (c, 1, m), k)), (k, 1, m)), z[j])
    yield Derivative(-Sum(y[k] * (z[k] - logsumexp(z[c], (c, 1, m))), (k, 1, m)), z[j]), log_softmax
    yield (
        Derivative(logsumexp(z[c], (c, 1, m)) - Sum(y[k] * z[k], (k, 1, m)), z[j]),
        linearity,
        given,
    )
    yield softmax(z[c], (c, 1, m), j) - y[j], differentiate


@derivation(
    given="n in Natural; d in Natural; w[k] in Real for k in 1..d; "
    "x[i,k] in Real for i in 1..n, k in 1..d; y[i] in Real for i in 1..n; j in 1..d"
)
def logistic_regression_gradient(n, d, w, x, y, i, k, j):
    """The slope of the mean loss of logistic regression weighs each input by its residual."""
    z = Sum(w[k] * x[i, k], (k, 1, d))
    s = sigmoid(z)
    yield Derivative(-Sum(y[i] * log(s) + (1 - y[i]) * log(1 - s), (i, 1, n)) / n, w[j])
    yield (
        -Sum((y[i] / s - (1 - y[i]) / (1 - s)) * s * (1 - s) * x[i, j], (i, 1, n)) / n,
        differentiate,
    )
    yield -Sum((y[i] - s) * x[i, j], (i, 1, n)) / n, ring
    yield Sum((s - y[i]) * x[i, j], (i, 1, n)) / n, linearity


@derivation(given=SCORES + "; k in 1..m")
def softmax_ce_hessian(m, z, y, j, k, b, c):
    """The second slopes of softmax cross-entropy in the logits are p[j]*(delta[j,k] - p[k]).

    Here p is the softmax of the logits.  The label has dropped out.
    """
    loss = -Sum(y[c] * log(softmax(z[b], (b, 1, m), c)), (c, 1, m))
    p_j, p_k = (softmax(z[b], (b, 1, m), index) for index in (j, k))
    yield Derivative(loss, z[j], z[k])
    yield Derivative(p_j - y[j], z[k]), softmax_ce_gradient
    yield p_j * (KroneckerDelta(j, k) - p_k), differentiate


@derivation(given=SCORES.replace("; j in 1..m", "; k in 1..m"))
def softmax_ce_hessian_is_singular(m, z, y, j, k, b, c):
    """A common shift of all logits is a direction in which softmax cross-entropy is flat.

    The columns of its matrix of second slopes sum to 0: the matrix is singular in the
    direction (1, ..., 1).  With two free logits this is the difference to binary
    cross-entropy, whose one logit has a positive curvature.
    """
    loss = -Sum(y[c] * log(softmax(z[b], (b, 1, m), c)), (c, 1, m))
    p_j, p_k = (softmax(z[b], (b, 1, m), index) for index in (j, k))
    yield Sum(Derivative(loss, z[j], z[k]), (j, 1, m))
    yield Sum(p_j * (KroneckerDelta(j, k) - p_k), (j, 1, m)), softmax_ce_hessian
    yield Sum(p_j * KroneckerDelta(j, k), (j, 1, m)) - Sum(p_j, (j, 1, m)) * p_k, linearity
    yield p_k - p_k, sum_delta_right, softmax_sum
    yield 0, ring


@derivation(
    given="z[k] in Real for k in 1..2; y[k] in Real for k in 1..2; Sum(y[k], (k, 1, 2)) = 1"
)
def two_logits(z, y, k, c):
    """With two free logits, cross-entropy is the binary loss of their difference.

    Values are the same, parameters are not: the slopes in the two logits are opposite numbers,
    so a gradient step moves the difference of the logits twice.
    """
    loss = -Sum(y[k] * log(softmax(z[c], (c, 1, 2), k)), (k, 1, 2))
    s = sigmoid(z[1] - z[2])
    yield part("The same values")
    yield loss
    yield (
        -(y[1] * log(softmax(z[c], (c, 1, 2), 1)) + (1 - y[1]) * log(softmax(z[c], (c, 1, 2), 2))),
        unroll,
        given,
    )
    yield (
        -(y[1] * log(s) + (1 - y[1]) * log(1 - s)),
        softmax_two_is_sigmoid,
        softmax_two_complement,
    )
    yield part("The slope in the first logit")
    yield Derivative(loss, z[1])
    yield softmax(z[c], (c, 1, 2), 1) - y[1], softmax_ce_gradient
    yield s - y[1], softmax_two_is_sigmoid
    yield part("The slope in the second logit")
    yield Derivative(loss, z[2])
    yield softmax(z[c], (c, 1, 2), 2) - y[2], softmax_ce_gradient
    yield 1 - s - (1 - y[1]), softmax_two_complement, given
    yield -(s - y[1]), ring
