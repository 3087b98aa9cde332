"""Maximum likelihood for the rate of waiting times."""

from derive import (
    Exponential,
    Model,
    Sum,
    assume,
    derivation,
    exp,
    given,
    linearity,
    log,
    lt,
    minimum,
    nll,
    part,
    ring,
)
from derive.rules import (
    exponential_density,
    log_exp,
    log_of_product,
    log_product,
    log_reciprocal,
    log_tangent_strict,
    sum_one,
)


@derivation(
    given="n in Natural; y[i] in Positive for i in 1..n; ybar := Sum(y[i], (i, 1, n))/n; rate > 0",
    assuming=("the waiting times y[i] are independent, with one common rate",),
)
def mle_exponential(n, y, ybar, rate, i):
    """The maximum-likelihood estimate of an exponential rate is one over the mean time.

    The loss depends on the data only through the mean waiting time ybar.  The tangent line of
    the logarithm at rate times ybar shows that rate = 1/ybar is the only minimiser.
    """
    loss = n * (rate * ybar - log(rate))
    model = Model(Exponential(rate=rate), y[i], ((i, 1, n),))
    yield part("The loss depends on the mean alone")
    yield nll(model)
    yield -Sum(log(rate * exp(-rate * y[i])), (i, 1, n)), log_of_product, exponential_density
    yield -Sum(log(rate) - rate * y[i], (i, 1, n)), log_product, log_exp
    yield rate * Sum(y[i], (i, 1, n)) - n * log(rate), linearity, sum_one
    yield loss, given
    yield part("Its only minimiser")
    yield assume("rate != 1/ybar")
    yield n * (1 / ybar * ybar - log(1 / ybar)) - loss
    yield n * (1 - rate * ybar + (log(rate) + log(ybar))), log_reciprocal
    yield n * (1 - rate * ybar + log(rate * ybar)), log_product
    yield lt(n * (1 - rate * ybar + (rate * ybar - 1))), log_tangent_strict
    yield 0, ring
    yield minimum(nll(model), rate, 1 / ybar)
