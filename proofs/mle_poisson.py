"""Maximum likelihood for the rate of counts."""

from derive import (
    Model,
    Poisson,
    Sum,
    assume,
    derivation,
    exp,
    factorial,
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
    log_exp,
    log_of_product,
    log_power,
    log_product,
    log_quotient,
    log_tangent_strict,
    poisson_mass,
    sum_one,
)


@derivation(
    given="n in Natural; y[i] in Natural0 for i in 1..n; 0 < Sum(y[i], (i, 1, n)); "
    "ybar := Sum(y[i], (i, 1, n))/n; mu > 0",
    assuming=("the counts y[i] are independent, with one common rate mu",),
)
def mle_poisson(n, y, ybar, mu, i):
    """The maximum-likelihood estimate of a Poisson rate is the mean count.

    The loss depends on mu only through the mean ybar of the counts; the factorials are a
    constant.  The tangent line of the logarithm at mu/ybar shows that mu = ybar is the only
    minimiser.  At least one count must not be 0: otherwise the loss is n mu, which has no
    smallest value among the positive rates.
    """
    constant = Sum(log(factorial(y[i])), (i, 1, n))
    loss = n * (mu - ybar * log(mu)) + constant
    model = Model(Poisson(rate=mu), y[i], ((i, 1, n),))
    yield part("The loss depends on the mean count alone")
    yield nll(model)
    yield (
        -Sum(log(mu ** y[i] * exp(-mu) / factorial(y[i])), (i, 1, n)),
        log_of_product,
        poisson_mass,
    )
    yield (
        -Sum(y[i] * log(mu) - mu - log(factorial(y[i])), (i, 1, n)),
        log_quotient,
        log_product,
        log_power,
        log_exp,
    )
    yield n * mu - Sum(y[i], (i, 1, n)) * log(mu) + constant, linearity, sum_one
    yield loss, given
    yield part("Its only minimiser")
    yield assume("mu != ybar")
    yield n * (ybar - ybar * log(ybar)) + constant - loss
    yield n * (ybar - mu + ybar * (log(mu) - log(ybar))), ring
    yield n * (ybar - mu + ybar * log(mu / ybar)), log_quotient
    yield lt(n * (ybar - mu + ybar * (mu / ybar - 1))), log_tangent_strict
    yield 0, ring
    yield minimum(nll(model), mu, ybar)
