"""The Poisson loss of counts."""

from derive import (
    Natural0,
    Poisson,
    Positive,
    Real,
    affine,
    derivation,
    exp,
    factorial,
    log,
    nll,
    part,
    ring,
)
from derive.rules import log_exp, log_power, log_product, log_quotient, poisson_mass


@derivation
def poisson_nll(y: Natural0, mu: Positive, z: Real):
    """The Poisson loss is, up to a constant, the negative log-likelihood of a count.

    A count y with the rate mu costs mu - y log(mu); the term log(y!) depends on the data
    alone and is left out.  Usually the logarithm z of the rate is predicted, so that every
    real number is allowed.
    """
    yield part("By the rate")
    yield nll(Poisson(rate=mu), y)
    yield -log(mu**y * exp(-mu) / factorial(y)), poisson_mass
    yield -(log(mu**y) + log(exp(-mu)) - log(factorial(y))), log_quotient, log_product
    yield -(y * log(mu) - mu - log(factorial(y))), log_power, log_exp
    yield 1 * (mu - y * log(mu)) + log(factorial(y)), ring
    yield affine(mu)
    yield part("By the logarithm of the rate")
    yield nll(Poisson(log_rate=z), y)
    yield -log(exp(z) ** y * exp(-exp(z)) / factorial(y)), poisson_mass
    yield -(log(exp(z) ** y) + log(exp(-exp(z))) - log(factorial(y))), log_quotient, log_product
    yield -(y * log(exp(z)) - exp(z) - log(factorial(y))), log_power, log_exp
    yield 1 * (exp(z) - y * z) + log(factorial(y)), log_exp
    yield affine(z)
