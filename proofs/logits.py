"""Losses in logits: what becomes of cross-entropy behind a sigmoid or a softmax."""

from derive import (
    Abs,
    Bernoulli,
    Eq,
    Le,
    Max,
    Real,
    Sum,
    cases,
    derivation,
    exp,
    given,
    linearity,
    log,
    logsumexp,
    nll,
    refuted,
    ring,
    sigmoid,
    softmax,
    unroll,
)
from derive.rules import (
    abs_neg,
    abs_nonneg,
    exp_difference,
    exp_negative,
    exp_sum,
    log_exp,
    log_product,
    log_quotient,
    log_reciprocal,
    logsumexp_definition,
    max_left,
    max_right,
    sigmoid_by_exp,
    sigmoid_definition,
    softmax_definition,
    sum_factor,
    sum_factor_right,
)
from proofs.bce import bce

SCORES = "m in Natural; z[k] in Real for k in 1..m"


@derivation
def sigmoid_bce(y: Real, z: Real):
    """Binary cross-entropy at p = sigmoid(z) is log(1 + exp(z)) - y*z.

    The probability p and its logit z = log(p/(1 - p)) determine each other.  In the logit the
    loss is the softplus of z minus a multiple of z.  The label may be soft: any real y will
    do.
    """
    total = 1 + exp(z)
    yield -(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z)))
    yield -(y * log(exp(z) / total) + (1 - y) * log(1 / total)), sigmoid_by_exp, ring
    yield -(y * (log(exp(z)) - log(total)) - (1 - y) * log(total)), log_quotient, log_reciprocal
    yield -(y * (z - log(total)) - (1 - y) * log(total)), log_exp
    yield log(total) - y * z, ring


@derivation
def softplus_reflected(z: Real):
    """The softplus of -z is the softplus of z minus z."""
    yield log(1 + exp(-z))
    yield log((1 + exp(z)) / exp(z)), exp_negative, ring
    yield log(1 + exp(z)) - log(exp(z)), log_quotient
    yield log(1 + exp(z)) - z, log_exp


@derivation
def stable_bce(y: Real, z: Real):
    """BCE of a logit is max(z, 0) - z*y + log(1 + exp(-|z|)), whatever the sign of z.

    Nothing overflows in this form: the exponential is at most 1.  For z <= 0 it is the
    previous line as it stands; for z >= 0 the softplus of z is z plus the softplus of -z.
    """
    yield -(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z)))
    yield log(1 + exp(z)) - y * z, sigmoid_bce
    yield (
        Max(z, 0) - z * y + log(1 + exp(-Abs(z))),
        cases(Le(0, z)),
        max_left,
        max_right,
        abs_nonneg,
        abs_neg,
        softplus_reflected,
    )


@derivation(given="t in {-1, 1}; z in Real")
def logistic_loss(t, z):
    """With labels -1 and 1, binary cross-entropy of a logit is log(1 + exp(-t*z)).

    This is the logistic loss.  The label y = (1 + t)/2 is 0 for t = -1 and 1 for t = 1: for
    t = 1 the softplus of z minus z is the softplus of -z.
    """
    y = (1 + t) / 2
    yield nll(Bernoulli(sigmoid(z)), y)
    yield -(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z))), bce
    yield log(1 + exp(z)) - y * z, sigmoid_bce
    yield log(1 + exp(-t * z)), cases(t), softplus_reflected


@derivation(given="z[k] in Real for k in 1..2")
def softmax_two_is_sigmoid(z, k):
    """Softmax of two scores is the sigmoid of their difference.

    Only the difference z[1] - z[2] counts: adding the same number to both scores changes
    nothing, so that two scores are one parameter too many.
    """
    yield softmax(z[k], (k, 1, 2), 1)
    yield exp(z[1]) / Sum(exp(z[k]), (k, 1, 2)), softmax_definition
    yield exp(z[1]) / (exp(z[1]) + exp(z[2])), unroll
    yield 1 / (1 + exp(z[2]) / exp(z[1])), ring
    yield 1 / (1 + exp(z[2] - z[1])), exp_difference
    yield 1 / (1 + exp(-(z[1] - z[2]))), ring
    yield sigmoid(z[1] - z[2]), sigmoid_definition


@derivation(given="z[k] in Real for k in 1..2")
def softmax_two_complement(z, k):
    """The second of two softmax classes has what the sigmoid of the difference leaves."""
    yield softmax(z[k], (k, 1, 2), 2)
    yield exp(z[2]) / (exp(z[1]) + exp(z[2])), softmax_definition, unroll
    yield 1 - exp(z[1]) / (exp(z[1]) + exp(z[2])), ring
    yield 1 - softmax(z[k], (k, 1, 2), 1), softmax_definition, unroll
    yield 1 - sigmoid(z[1] - z[2]), softmax_two_is_sigmoid


@derivation(given=f"{SCORES}; c in Real; j in 1..m")
def softmax_shift(m, z, c, j, k):
    """Softmax does not change when the same number is added to every score."""
    yield softmax(z[k] + c, (k, 1, m), j)
    yield exp(z[j] + c) / Sum(exp(z[k] + c), (k, 1, m)), softmax_definition
    yield exp(z[j]) * exp(c) / Sum(exp(z[k]) * exp(c), (k, 1, m)), exp_sum
    yield exp(z[j]) * exp(c) / (Sum(exp(z[k]), (k, 1, m)) * exp(c)), sum_factor_right
    yield exp(z[j]) / Sum(exp(z[k]), (k, 1, m)), ring
    yield softmax(z[k], (k, 1, m), j), softmax_definition


@derivation(given=f"{SCORES}; c in Real")
def logsumexp_shift(m, z, c, k):
    """Adding a number to every score adds it to their log-sum-exp."""
    yield logsumexp(z[k] + c, (k, 1, m))
    yield log(Sum(exp(z[k] + c), (k, 1, m))), logsumexp_definition
    yield log(Sum(exp(c) * exp(z[k]), (k, 1, m))), exp_sum
    yield log(exp(c) * Sum(exp(z[k]), (k, 1, m))), sum_factor
    yield log(exp(c)) + log(Sum(exp(z[k]), (k, 1, m))), log_product
    yield c + logsumexp(z[k], (k, 1, m)), log_exp, logsumexp_definition


@derivation(given=f"{SCORES}; y[j] in Real for j in 1..m; Sum(y[j], (j, 1, m)) = 1")
def softmax_ce(m, z, y, j, k):
    """Cross-entropy of a softmax is the log-sum-exp of the scores minus the label's score."""
    total = Sum(exp(z[k]), (k, 1, m))
    yield -Sum(y[j] * log(softmax(z[k], (k, 1, m), j)), (j, 1, m))
    yield -Sum(y[j] * log(exp(z[j]) / total), (j, 1, m)), softmax_definition
    yield -Sum(y[j] * (log(exp(z[j])) - log(total)), (j, 1, m)), log_quotient
    yield -Sum(y[j] * (z[j] - log(total)), (j, 1, m)), log_exp
    yield log(total) * Sum(y[j], (j, 1, m)) - Sum(y[j] * z[j], (j, 1, m)), linearity
    yield log(total) - Sum(y[j] * z[j], (j, 1, m)), given


@derivation(
    given="z[k] in Real for k in 1..2; y[j] in Real for j in 1..2; Sum(y[j], (j, 1, 2)) = 1"
)
def two_logits_are_one(z, y, j, k):
    """Cross-entropy of two softmax scores is binary cross-entropy of their difference.

    A classifier of two classes needs one output: with the logit z[1] - z[2] of the first
    class it has the same losses as with a score for each class.
    """
    logit = z[1] - z[2]
    yield -Sum(y[j] * log(softmax(z[k], (k, 1, 2), j)), (j, 1, 2))
    yield log(Sum(exp(z[k]), (k, 1, 2))) - Sum(y[j] * z[j], (j, 1, 2)), softmax_ce
    yield log(exp(z[1]) + exp(z[2])) - (y[1] * z[1] + y[2] * z[2]), unroll
    yield log(exp(z[2]) * (1 + exp(logit))) - (y[1] * z[1] + y[2] * z[2]), exp_difference, ring
    yield z[2] + log(1 + exp(logit)) - (y[1] * z[1] + y[2] * z[2]), log_product, log_exp
    yield z[2] + log(1 + exp(logit)) - (y[1] * z[1] + (1 - y[1]) * z[2]), given
    yield log(1 + exp(logit)) - y[1] * logit, ring


@derivation(
    given="m in Natural; 2 <= m; z[k] in Real for k in 1..m; "
    "y[j] in {0,1} for j in 1..m; Sum(y[j], (j, 1, m)) = 1"
)
def logistic_is_not_multinomial(m, z, y, j, k):
    """The logistic loss of two scores is not the multinomial one for every number of classes.

    The multinomial logistic loss is the cross-entropy of a softmax.  It is the logistic loss
    of z[1] - z[2] for m = 2; a third score changes the first and not the second.
    """
    multinomial = -Sum(y[j] * log(softmax(z[k], (k, 1, m), j)), (j, 1, m))
    logistic = log(1 + exp(z[1] - z[2])) - y[1] * (z[1] - z[2])
    yield refuted(Eq(multinomial, logistic))
