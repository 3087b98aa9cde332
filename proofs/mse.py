"""Squared error: the loss of Gaussian observations with a known variance."""

from derive import (
    Model,
    Normal,
    Positive,
    Real,
    Sum,
    affine,
    derivation,
    exp,
    linearity,
    log,
    nll,
    part,
    pi,
    refuted,
    ring,
    sqrt,
)
from derive.rules import log_exp, log_of_product, log_quotient, log_sqrt, normal_density, sum_one


@derivation
def mse(x: Real, mu: Real, v: Positive):
    """The negative log-likelihood of a Gaussian observation is affine in the squared error.

    The Gaussian density is the exponential of minus the squared error over twice the variance
    v, divided by a normalising constant.  For a fixed variance both the factor 1/(2v) and the
    constant are free of mu: the two losses order all means alike and have the same minimiser.
    They are not equal.
    """
    yield part("One observation")
    yield nll(Normal(mean=mu, variance=v), x)
    yield -log(exp(-((x - mu) ** 2) / (2 * v)) / sqrt(2 * pi * v)), normal_density
    yield -(log(exp(-((x - mu) ** 2) / (2 * v))) - log(sqrt(2 * pi * v))), log_quotient
    yield -(-((x - mu) ** 2) / (2 * v) - log(2 * pi * v) / 2), log_exp, log_sqrt
    yield 1 / (2 * v) * (x - mu) ** 2 + log(2 * pi * v) / 2, ring
    yield affine(mu)
    yield part("The squared error is not the negative log-likelihood itself")
    yield refuted("(x - mu)**2 = -log(NormalDensity(x, mu, v))", {"x": 0, "mu": 0, "v": 1})


@derivation(
    given="n in Natural; x[i] in Real for i in 1..n; mu[i] in Real for i in 1..n; v > 0",
    assuming=("the observations x[i] are independent given the means mu[i]",),
)
def mse_dataset(n, x, mu, v, i):
    """The mean negative log-likelihood of n Gaussian observations is affine in their MSE.

    Each observation has a mean of its own, as a regression predicts one for each input; all
    share the known variance v.  Least squares is therefore maximum likelihood, whatever the
    variance is.  If the variance is fitted too, it no longer drops out.
    """
    loss = Model(Normal(mean=mu[i], variance=v), x[i], ((i, 1, n),), "mean").nll()
    density = exp(-((x[i] - mu[i]) ** 2) / (2 * v)) / sqrt(2 * pi * v)
    yield part("n observations")
    yield loss
    yield -Sum(log(density), (i, 1, n)) / n, log_of_product, normal_density
    yield (
        -Sum(-((x[i] - mu[i]) ** 2) / (2 * v) - log(2 * pi * v) / 2, (i, 1, n)) / n,
        log_quotient,
        log_exp,
        log_sqrt,
    )
    yield (
        1 / (2 * v) * (Sum((x[i] - mu[i]) ** 2, (i, 1, n)) / n) + log(2 * pi * v) / 2,
        linearity,
        sum_one,
    )
    yield affine(mu)
    yield part("The MSE is not the mean negative log-likelihood itself")
    yield refuted(
        "Sum((x[i] - mu[i])**2, (i, 1, n))/n = "
        "-log(Product(NormalDensity(x[i], mu[i], v), (i, 1, n)))/n",
        {"n": 1, "x[1]": 0, "mu[1]": 0, "v": 1},
    )
