"""Maximum likelihood for classes."""

from derive import (
    Categorical,
    Model,
    Product,
    Sum,
    assume,
    derivation,
    given,
    linearity,
    log,
    lt,
    minimum,
    nll,
    part,
)
from derive.rules import (
    categorical_mass,
    log_of_product,
    log_power,
    log_quotient,
    log_tangent_strict,
    sum_exchange,
    sum_one,
)

OBSERVATIONS = (
    "n in Natural; m in Natural; y[i,j] in {0,1} for i in 1..n, j in 1..m; "
    "Sum(y[i,j], (j, 1, m)) = 1 for i in 1..n"
)


@derivation(given=OBSERVATIONS)
def class_counts(n, m, y, i, j):
    """The counts of all classes add up to the number of observations.

    Each observation is one-hot, so that it is counted once.
    """
    yield Sum(Sum(y[i, j], (i, 1, n)), (j, 1, m))
    yield Sum(Sum(y[i, j], (j, 1, m)), (i, 1, n)), sum_exchange
    yield Sum(1, (i, 1, n)), given
    yield n, sum_one


@derivation(
    given=f"{OBSERVATIONS}; 0 < Sum(y[i,j], (i, 1, n)) for j in 1..m; "
    "c[j] := Sum(y[i,j], (i, 1, n)) for j in 1..m; p_hat[j] := c[j]/n for j in 1..m; "
    "p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1",
    assuming=("the observations are independent, each of class j with probability p[j]",),
)
def mle_categorical(n, m, y, c, p_hat, p, i, j):
    """The maximum-likelihood estimate of class probabilities is their relative frequencies.

    The loss depends on the data only through the counts c[j] of the classes.  Compared with
    the frequencies p_hat[j] = c[j]/n, any other p on the simplex differs in some class k, and
    there the tangent line of the logarithm lies strictly above it.  Every class must have been
    seen, since the probabilities are to be positive.
    """
    loss = -Sum(c[j] * log(p[j]), (j, 1, m))
    model = Model(Categorical(p[j], (j, 1, m)), y[i, j], ((i, 1, n),))
    yield part("The loss depends on the counts alone")
    yield nll(model)
    yield (
        -Sum(log(Product(p[j] ** y[i, j], (j, 1, m))), (i, 1, n)),
        log_of_product,
        categorical_mass,
    )
    yield -Sum(Sum(y[i, j] * log(p[j]), (j, 1, m)), (i, 1, n)), log_of_product, log_power
    yield -Sum(Sum(y[i, j] * log(p[j]), (i, 1, n)), (j, 1, m)), sum_exchange
    yield -Sum(Sum(y[i, j], (i, 1, n)) * log(p[j]), (j, 1, m)), linearity
    yield loss, given
    yield part("The frequencies are a point of the simplex")
    yield Sum(p_hat[j], (j, 1, m))
    yield Sum(c[j] / n, (j, 1, m)), given
    yield Sum(c[j], (j, 1, m)) / n, linearity
    yield 1, given, class_counts
    yield part("They are the only minimiser")
    yield assume("k in 1..m; p[k] != p_hat[k]")
    yield -Sum(c[j] * log(p_hat[j]), (j, 1, m)) - loss
    yield Sum(c[j] * (log(p[j]) - log(p_hat[j])), (j, 1, m)), linearity
    yield Sum(c[j] * log(p[j] / p_hat[j]), (j, 1, m)), log_quotient
    yield lt(Sum(c[j] * (p[j] / p_hat[j] - 1), (j, 1, m))), log_tangent_strict
    yield Sum(n * p[j] - c[j], (j, 1, m)), given
    yield n * Sum(p[j], (j, 1, m)) - Sum(c[j], (j, 1, m)), linearity
    yield 0, given, class_counts
    yield minimum(nll(model), p, p_hat)
