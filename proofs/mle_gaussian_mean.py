"""Maximum likelihood for the mean of Gaussian observations."""

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
    log_quotient,
    log_sqrt,
    normal_density,
    square_positive,
    sum_one,
)


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
    density = exp(-((x[i] - mu) ** 2) / (2 * v)) / sqrt(2 * pi * v)
    yield part("The loss depends on two sums")
    yield nll(model)
    yield -Sum(log(density), (i, 1, n)), log_of_product, normal_density
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
