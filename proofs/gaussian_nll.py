"""The Gaussian loss with a predicted variance."""

from derive import (
    Normal,
    Positive,
    Real,
    affine,
    derivation,
    exp,
    log,
    nll,
    part,
    pi,
    refuted,
    ring,
    sqrt,
)
from derive.rules import log_exp, log_product, log_quotient, log_sqrt, normal_density


@derivation
def gaussian_nll(x: Real, mu: Real, v: Positive):
    """The Gaussian negative log-likelihood weighs the squared error by a free variance.

    A network that predicts the variance v beside the mean mu is charged (x - mu)^2/(2v) for
    its error and log(2 pi v)/2 for its caution.  Libraries leave out log(2 pi)/2, which
    depends on neither: their loss is affine in this one, jointly in mu and v.  The squared
    error alone is not, since v trades one summand against the other.
    """
    yield part("The loss")
    yield nll(Normal(mean=mu, variance=v), x)
    yield -log(exp(-((x - mu) ** 2) / (2 * v)) / sqrt(2 * pi * v)), normal_density
    yield -(log(exp(-((x - mu) ** 2) / (2 * v))) - log(sqrt(2 * pi * v))), log_quotient
    yield -(-((x - mu) ** 2) / (2 * v) - log(2 * pi * v) / 2), log_exp, log_sqrt
    yield (x - mu) ** 2 / (2 * v) + log(2 * pi * v) / 2, ring
    yield part("Without the constant")
    yield (x - mu) ** 2 / (2 * v) + log(2 * pi * v) / 2
    yield (x - mu) ** 2 / (2 * v) + (log(2 * pi) + log(v)) / 2, log_product
    yield 1 * ((log(v) + (x - mu) ** 2 / v) / 2) + log(2 * pi) / 2, ring
    yield affine(mu, v)
    yield part("With a free variance it is not affine in the squared error")
    yield refuted("-log(NormalDensity(x, mu, v)) ~ (x - mu)**2 in mu, v")
