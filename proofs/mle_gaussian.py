"""Maximum likelihood for the mean and the variance of Gaussian observations."""

from derive import (
    Model,
    Normal,
    Sum,
    assume,
    derivation,
    exp,
    given,
    linearity,
    log,
    lt,
    minimum,
    nll,
    part,
    pi,
    ring,
    sqrt,
)
from derive.rules import (
    log_exp,
    log_of_product,
    log_product,
    log_quotient,
    log_sqrt,
    log_tangent_strict,
    normal_density,
    square_positive,
    sum_one,
)


def gaussian(x, mean, variance):
    """The density of a Gaussian distribution at x."""
    return exp(-((x - mean) ** 2) / (2 * variance)) / sqrt(2 * pi * variance)


@derivation(
    given="n in Natural; x[i] in Real for i in 1..n; xbar := Sum(x[i], (i, 1, n))/n; v > 0; "
    "mu in Real",
    assuming=("the observations x[i] are independent, with the common mean mu and variance v",),
)
def mle_gaussian_mean(n, x, xbar, v, mu, i):
    """The maximum-likelihood estimate of a Gaussian mean is the sample mean.

    Multiplied out, the sum of squares is a parabola in mu that needs only the sum and the sum
    of squares of the data.  Its value at xbar is less than that at any other mu by n times the
    squared distance, over 2v.  The variance, known or not, does not change the estimate.
    """
    squares = Sum(x[i] ** 2, (i, 1, n))
    loss = (squares - 2 * n * mu * xbar + n * mu**2) / (2 * v) + n * log(2 * pi * v) / 2
    model = Model(Normal(mean=mu, variance=v), x[i], ((i, 1, n),))
    yield part("The loss depends on two sums")
    yield nll(model)
    yield -Sum(log(gaussian(x[i], mu, v)), (i, 1, n)), log_of_product, normal_density
    yield (
        -Sum(-((x[i] - mu) ** 2) / (2 * v) - log(2 * pi * v) / 2, (i, 1, n)),
        log_quotient,
        log_exp,
        log_sqrt,
    )
    yield (
        Sum((x[i] - mu) ** 2, (i, 1, n)) / (2 * v) + n * log(2 * pi * v) / 2,
        linearity,
        sum_one,
    )
    yield (
        (squares - 2 * mu * Sum(x[i], (i, 1, n)) + n * mu**2) / (2 * v) + n * log(2 * pi * v) / 2,
        linearity,
        sum_one,
    )
    yield loss, given
    yield part("Its only minimiser")
    yield assume("mu != xbar")
    best = (squares - 2 * n * xbar * xbar + n * xbar**2) / (2 * v) + n * log(2 * pi * v) / 2
    yield best - loss
    yield -n * (mu - xbar) ** 2 / (2 * v), ring
    yield lt(0), square_positive
    yield minimum(nll(model), mu, xbar)


@derivation(
    given="n in Natural; x[i] in Real for i in 1..n; mu in Real; "
    "0 < Sum((x[i] - mu)**2, (i, 1, n)); q := Sum((x[i] - mu)**2, (i, 1, n))/n; v > 0",
    assuming=("the observations x[i] are independent, with the known mean mu and variance v",),
)
def mle_gaussian_variance(n, x, mu, q, v, i):
    """The maximum-likelihood estimate of a Gaussian variance is the mean squared deviation.

    The deviations are those from the known mean mu; q is the mean of their squares.  The
    tangent line of the logarithm at q/v shows that v = q is the only minimiser.  Not all
    observations may equal mu, for then the loss falls without bound as v goes to 0.
    """
    loss = n * (q / v + log(2 * pi * v)) / 2
    model = Model(Normal(mean=mu, variance=v), x[i], ((i, 1, n),))
    yield part("The loss depends on the mean square alone")
    yield nll(model)
    yield -Sum(log(gaussian(x[i], mu, v)), (i, 1, n)), log_of_product, normal_density
    yield (
        -Sum(-((x[i] - mu) ** 2) / (2 * v) - log(2 * pi * v) / 2, (i, 1, n)),
        log_quotient,
        log_exp,
        log_sqrt,
    )
    yield (
        Sum((x[i] - mu) ** 2, (i, 1, n)) / (2 * v) + n * log(2 * pi * v) / 2,
        linearity,
        sum_one,
    )
    yield loss, given
    yield part("Its only minimiser")
    yield assume("v != q")
    yield n * (q / q + log(2 * pi * q)) / 2 - loss
    yield n * (1 - q / v + (log(q) - log(v))) / 2, log_product
    yield n * (1 - q / v + log(q / v)) / 2, log_quotient
    yield lt(n * (1 - q / v + (q / v - 1)) / 2), log_tangent_strict
    yield 0, ring
    yield minimum(nll(model), v, q)
