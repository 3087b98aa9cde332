"""The loss of waiting times."""

from derive import Exponential, Nonnegative, Positive, derivation, exp, log, nll, part, ring
from derive.rules import exponential_density, log_exp, log_product, log_reciprocal


@derivation
def exponential_nll(y: Nonnegative, rate: Positive, mu: Positive):
    """A waiting time costs rate*y - log(rate), or y/mu + log(mu) by its mean.

    Nothing has to be left out: the exponential law has no constant besides its rate.  The
    mean is 1/rate.
    """
    yield part("By the rate")
    yield nll(Exponential(rate=rate), y)
    yield -log(rate * exp(-rate * y)), exponential_density
    yield -(log(rate) + log(exp(-rate * y))), log_product
    yield rate * y - log(rate), log_exp
    yield part("By the mean")
    yield nll(Exponential(mean=mu), y)
    yield -log(1 / mu * exp(-(1 / mu) * y)), exponential_density
    yield -(log(1 / mu) + log(exp(-(1 / mu) * y))), log_product
    yield -(-log(mu) - 1 / mu * y), log_reciprocal, log_exp
    yield log(mu) + y / mu, ring
