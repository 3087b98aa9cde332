"""Maximum likelihood for Bernoulli trials."""

from derive import (
    Bernoulli,
    Model,
    Sum,
    assume,
    derivation,
    given,
    linearity,
    log,
    lt,
    minimum,
    nll,
    part,
    refuted,
    ring,
)
from derive.rules import (
    bernoulli_mass,
    log_of_product,
    log_power,
    log_product,
    log_quotient,
    log_tangent_strict,
    sum_one,
)


@derivation(
    given="n in Natural; y[i] in {0,1} for i in 1..n; 0 < Sum(y[i], (i, 1, n)); "
    "Sum(y[i], (i, 1, n)) < n; ybar := Sum(y[i], (i, 1, n))/n; p in (0,1)",
    assuming=("the trials y[i] are independent, with one common probability p",),
)
def mle_bernoulli(n, y, ybar, p, i):
    """The maximum-likelihood estimate of a probability is the relative frequency.

    The negative log-likelihood of n trials depends on them only through the frequency ybar of
    ones: it is n times the binary cross-entropy of ybar and p.  The tangent line of the
    logarithm, log(x) < x - 1 for x other than 1, shows that p = ybar is the only minimiser.
    Both outcomes must have been seen; otherwise ybar is 0 or 1, outside of the open interval,
    and there is no minimiser.
    """
    loss = -n * (ybar * log(p) + (1 - ybar) * log(1 - p))
    model = Model(Bernoulli(p), y[i], ((i, 1, n),))
    yield part("The loss depends on the frequency alone")
    yield nll(model)
    yield -Sum(log(p ** y[i] * (1 - p) ** (1 - y[i])), (i, 1, n)), log_of_product, bernoulli_mass
    yield -Sum(y[i] * log(p) + (1 - y[i]) * log(1 - p), (i, 1, n)), log_product, log_power
    yield (
        -(Sum(y[i], (i, 1, n)) * log(p) + (n - Sum(y[i], (i, 1, n))) * log(1 - p)),
        linearity,
        sum_one,
    )
    yield loss, given
    yield part("Its only minimiser")
    yield assume("p != ybar")
    yield -n * (ybar * log(ybar) + (1 - ybar) * log(1 - ybar)) - loss
    yield n * (ybar * (log(p) - log(ybar)) + (1 - ybar) * (log(1 - p) - log(1 - ybar))), ring
    yield n * (ybar * log(p / ybar) + (1 - ybar) * log((1 - p) / (1 - ybar))), log_quotient
    yield (
        lt(n * (ybar * (p / ybar - 1) + (1 - ybar) * ((1 - p) / (1 - ybar) - 1))),
        log_tangent_strict,
    )
    yield 0, ring
    yield minimum(nll(model), p, ybar)


@derivation(given="n in Natural; y[i] in {0,1} for i in 1..n; p in (0,1)")
def mle_bernoulli_needs_both_outcomes():
    """Unless both outcomes were seen, the frequency is no maximum-likelihood estimate.

    After one success in one trial the loss -log(p) falls all the way to p = 1.  That is the
    frequency, but not a probability strictly between 0 and 1: there is no minimiser.
    """
    yield refuted(
        "argmin(-log(Product(BernoulliMass(y[i], p), (i, 1, n))), p) = Sum(y[i], (i, 1, n))/n",
        {"n": 1, "y[1]": 1, "p": "1/2"},
    )
