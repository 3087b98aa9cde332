"""Slopes of softmax cross-entropy and of logistic regression, for any number of classes."""

from derive import (
    Derivative,
    Sum,
    linearity,
    derivation,
    differentiate,
    given,
    log,
    logsumexp,
    ring,
    sigmoid,
    softmax,
)
from derive.rules import log_softmax


@derivation(
    given="m in Natural; z[k] in Real for k in 1..m; y[k] in Real for k in 1..m; j in 1..m; "
    "Sum(y[k], (k, 1, m)) = 1"
)
def softmax_ce_gradient(m, z, y, j, k, c):
    """The slope of softmax cross-entropy in a logit is prediction minus label."""
    yield Derivative(-Sum(y[k] * log(softmax(z[c], (c, 1, m), k)), (k, 1, m)), z[j])
    yield Derivative(-Sum(y[k] * (z[k] - logsumexp(z[c], (c, 1, m))), (k, 1, m)), z[j]), log_softmax
    yield (
        Derivative(logsumexp(z[c], (c, 1, m)) - Sum(y[k] * z[k], (k, 1, m)), z[j]),
        linearity, given,
    )
    yield softmax(z[c], (c, 1, m), j) - y[j], differentiate


@derivation(
    given="n in Natural; d in Natural; w[k] in Real for k in 1..d; "
    "x[i,k] in Real for i in 1..n, k in 1..d; y[i] in Real for i in 1..n; l in 1..d"
)
def logistic_regression_gradient(n, d, w, x, y, i, k, l):
    """The slope of the mean loss of logistic regression weighs each input by its residual."""
    z = Sum(w[k] * x[i, k], (k, 1, d))
    s = sigmoid(z)
    yield Derivative(-Sum(y[i] * log(s) + (1 - y[i]) * log(1 - s), (i, 1, n)) / n, w[l])
    yield (
        -Sum((y[i] / s - (1 - y[i]) / (1 - s)) * s * (1 - s) * x[i, l], (i, 1, n)) / n,
        differentiate,
    )
    yield -Sum((y[i] - s) * x[i, l], (i, 1, n)) / n, ring
    yield Sum((s - y[i]) * x[i, l], (i, 1, n)) / n, linearity
