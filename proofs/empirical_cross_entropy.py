"""The mean negative log-likelihood as a cross-entropy to the observed frequencies."""

from derive import (
    Categorical,
    KroneckerDelta,
    Model,
    Product,
    Sum,
    derivation,
    given,
    linearity,
    log,
    mass,
    nll,
    part,
)
from derive.rules import (
    categorical_mass,
    delta_product_swapped,
    log_of_product,
    sum_delta_one_swapped,
    sum_delta_swapped,
    sum_exchange,
    sum_one,
)


@derivation(
    given="n in Natural; m in Natural; y[i] in 1..m for i in 1..n; "
    "p[c] in Positive for c in 1..m; Sum(p[c], (c, 1, m)) = 1; "
    "phat[c] := Sum(KroneckerDelta(y[i], c), (i, 1, n))/n for c in 1..m",
    assuming=("the samples are independent, each of class c with probability p[c]",),
)
def nll_is_empirical_ce(n, m, y, p, phat, i, c):
    """The mean negative log-likelihood of n labels is their empirical cross-entropy.

    phat[c] is the share of the labels that are c, the empirical distribution.  The mean loss is
    exactly the cross-entropy of phat and the model p, not an estimate of it.
    """
    one = Categorical(p[c], (c, 1, m))
    samples = Model(one, KroneckerDelta(y[i], c), plates=((i, 1, n),), reduction="mean")
    yield part("The frequencies are a distribution")
    yield Sum(phat[c], (c, 1, m))
    yield Sum(Sum(KroneckerDelta(y[i], c), (i, 1, n)) / n, (c, 1, m)), given
    yield Sum(Sum(KroneckerDelta(y[i], c), (i, 1, n)), (c, 1, m)) / n, linearity
    yield Sum(Sum(KroneckerDelta(y[i], c), (c, 1, m)), (i, 1, n)) / n, sum_exchange
    yield 1, sum_delta_one_swapped, sum_one
    yield part("The loss")
    yield nll(samples)
    yield -Sum(log(mass(one, KroneckerDelta(y[i], c))), (i, 1, n)) / n, log_of_product
    yield (
        -Sum(log(Product(p[c] ** KroneckerDelta(y[i], c), (c, 1, m))), (i, 1, n)) / n,
        categorical_mass,
    )
    yield -Sum(log(p[y[i]]), (i, 1, n)) / n, delta_product_swapped
    yield (
        -Sum(Sum(KroneckerDelta(y[i], c) * log(p[c]), (c, 1, m)), (i, 1, n)) / n,
        sum_delta_swapped,
    )
    yield -Sum(Sum(KroneckerDelta(y[i], c) * log(p[c]), (i, 1, n)), (c, 1, m)) / n, sum_exchange
    yield -Sum(Sum(KroneckerDelta(y[i], c), (i, 1, n)) / n * log(p[c]), (c, 1, m)), linearity
    yield -Sum(phat[c] * log(p[c]), (c, 1, m)), given
