"""The pinball loss of quantile regression."""

from derive import (
    Abs,
    AsymmetricLaplace,
    Max,
    Positive,
    Real,
    Unit,
    affine,
    derivation,
    exp,
    log,
    nll,
    number,
    part,
    ring,
)
from derive.rules import (
    abs_as_max,
    asymmetric_laplace_density,
    log_exp,
    log_product,
    max_scale,
)


@derivation
def pinball(y: Real, q: Real, s: Positive, tau: Unit):
    """The pinball loss is affine in the negative log-likelihood of an asymmetric Laplace law.

    The density of level tau falls off from its location q with the slopes tau on the right
    and 1 - tau on the left, in units of the scale s.  The loss is the larger of tau e and
    (tau - 1) e for the error e = y - q; minimised on average it gives the tau-quantile.  At
    the level 1/2 it is half the absolute error.
    """
    e = y - q
    loss = Max(tau * e, (tau - 1) * e)
    yield part("From the density")
    yield nll(AsymmetricLaplace(location=q, scale=s, tau=tau), y)
    yield -log(tau * (1 - tau) / s * exp(-loss / s)), asymmetric_laplace_density
    yield -(log(tau * (1 - tau) / s) + log(exp(-loss / s))), log_product
    yield -(log(tau * (1 - tau) / s) - loss / s), log_exp
    yield 1 / s * loss + -log(tau * (1 - tau) / s), ring
    yield affine(q)
    yield part("The median: tau = 1/2")
    half = number(1) / 2
    yield Max(half * e, (half - 1) * e)
    yield Max(half * e, half * -e), ring
    yield half * Max(e, -e), max_scale
    yield half * Abs(e) + 0, abs_as_max
    yield affine(q)
