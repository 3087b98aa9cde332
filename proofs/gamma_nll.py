"""The Gamma loss of positive amounts."""

from derive import Gamma, Positive, affine, derivation, exp, gamma, log, nll, ring
from derive.rules import gamma_density, log_exp, log_power, log_product, log_quotient


@derivation
def gamma_nll(y: Positive, k: Positive, mu: Positive):
    """For a fixed shape the Gamma negative log-likelihood is affine in log(mu) + y/mu.

    The law of shape k and mean mu has the rate k/mu.  The shape multiplies the loss and makes
    a constant, but never mixes with mu: the mean may be fitted without knowing it.  Half the
    Gamma deviance is the same loss, up to a constant of y.
    """
    rate = k / mu
    yield nll(Gamma(shape=k, mean=mu), y)
    yield -log(rate**k / gamma(k) * y ** (k - 1) * exp(-rate * y)), gamma_density
    yield (
        -(k * log(rate) - log(gamma(k)) + (k - 1) * log(y) - rate * y),
        log_product,
        log_quotient,
        log_power,
        log_exp,
    )
    yield -(k * (log(k) - log(mu)) - log(gamma(k)) + (k - 1) * log(y) - rate * y), log_quotient
    yield k * (log(mu) + y / mu) + (log(gamma(k)) - k * log(k) - (k - 1) * log(y)), ring
    yield affine(mu)
