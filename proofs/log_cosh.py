"""The log-cosh loss."""

from derive import (
    HyperbolicSecant,
    Positive,
    Real,
    affine,
    cosh,
    derivation,
    exp,
    log,
    nll,
    part,
    pi,
    ring,
    softplus,
)
from derive.rules import (
    cosh_definition,
    exp_sum,
    hyperbolic_secant_density,
    log_exp,
    log_product,
    log_quotient,
    log_reciprocal,
    softplus_definition,
)


@derivation
def log_cosh(x: Real, mu: Real, s: Positive):
    """The log-cosh loss is the negative log-likelihood of a hyperbolic secant law plus a constant.

    For errors small against the scale s the loss is like half the squared error, for large
    ones like the absolute error.  Computed as it stands, cosh overflows; the second form does
    not.
    """
    e = (x - mu) / s
    yield part("From the density")
    yield nll(HyperbolicSecant(location=mu, scale=s), x)
    yield -log(1 / (pi * s * cosh(e))), hyperbolic_secant_density
    yield log(pi * s * cosh(e)), log_reciprocal
    yield 1 * log(cosh(e)) + log(pi * s), log_product
    yield affine(mu)
    yield part("A form that does not overflow")
    yield log(cosh(x))
    yield log((exp(x) + exp(-x)) / 2), cosh_definition
    yield log((exp(x) + exp(x - 2 * x)) / 2), ring
    yield log((exp(x) + exp(x) * exp(-2 * x)) / 2), exp_sum
    yield log(exp(x) * (1 + exp(-2 * x)) / 2), ring
    yield log(exp(x)) + log(1 + exp(-2 * x)) - log(2), log_quotient, log_product
    yield x + softplus(-2 * x) - log(2), log_exp, softplus_definition
