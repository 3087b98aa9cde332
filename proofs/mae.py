"""Absolute error: the loss of Laplace observations."""

from derive import (
    Abs,
    Laplace,
    Model,
    Sum,
    affine,
    derivation,
    exp,
    linearity,
    log,
    nll,
    part,
    refuted,
    ring,
)
from derive.rules import laplace_density, log_exp, log_of_product, log_quotient, sum_one


@derivation(
    given="n in Natural; y[i] in Real for i in 1..n; mu[i] in Real for i in 1..n; x in Real; "
    "m in Real; b > 0",
    assuming=("the observations y[i] are independent given the locations mu[i]",),
)
def mae(n, y, mu, x, m, b, i):
    """The negative log-likelihood of Laplace observations is affine in the absolute error.

    The Laplace density falls off exponentially on both sides of its location, with the scale
    b.  Its tails are heavier than those of the Gauss law, and so the absolute error minds
    outliers less than the squared error does.
    """
    yield part("One observation x with the location m")
    yield nll(Laplace(location=m, scale=b), x)
    yield -log(exp(-Abs(x - m) / b) / (2 * b)), laplace_density
    yield -(log(exp(-Abs(x - m) / b)) - log(2 * b)), log_quotient
    yield -(-Abs(x - m) / b - log(2 * b)), log_exp
    yield 1 / b * Abs(x - m) + log(2 * b), ring
    yield affine(m)
    yield part("The mean over n observations")
    yield Model(Laplace(location=mu[i], scale=b), y[i], ((i, 1, n),), "mean").nll()
    yield (
        -Sum(log(exp(-Abs(y[i] - mu[i]) / b) / (2 * b)), (i, 1, n)) / n,
        log_of_product,
        laplace_density,
    )
    yield -Sum(-Abs(y[i] - mu[i]) / b - log(2 * b), (i, 1, n)) / n, log_quotient, log_exp
    yield 1 / b * (Sum(Abs(y[i] - mu[i]), (i, 1, n)) / n) + log(2 * b), linearity, sum_one
    yield affine(mu)
    yield part("The absolute error is not the negative log-likelihood itself")
    yield refuted("Abs(x - m) = -log(LaplaceDensity(x, m, b))", {"x": 0, "m": 0, "b": 1})
