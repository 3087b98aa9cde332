"""Cross-entropy over m classes: from one-hot observations to the loss."""

from derive import (
    Categorical,
    KroneckerDelta,
    Model,
    Product,
    Sum,
    derivation,
    given,
    log,
    mass,
    nll,
    part,
)
from derive.rules import categorical_mass, log_of_product, log_power, sum_delta, sum_neg

ONE_SAMPLE = (
    "m in Natural; y[j] in {0,1} for j in 1..m; Sum(y[j], (j, 1, m)) = 1; "
    "p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1"
)
SAMPLES = (
    "n in Natural; m in Natural; "
    "Y[i,j] in {0,1} for i in 1..n, j in 1..m; Sum(Y[i,j], (j, 1, m)) = 1 for i in 1..n; "
    "P[i,j] in Positive for i in 1..n, j in 1..m; Sum(P[i,j], (j, 1, m)) = 1 for i in 1..n"
)


@derivation(given=ONE_SAMPLE)
def ce(m, y, p, j):
    """Cross-entropy is the negative log-likelihood of one observation of m classes.

    The observation is one-hot: y[j] is 1 for the class that was seen and 0 for the others.
    Of the product of all p[j] to the power y[j] only the factor of that class remains.
    """
    yield nll(Categorical(p[j], (j, 1, m)), y[j])
    yield -log(Product(p[j] ** y[j], (j, 1, m))), categorical_mass
    yield -Sum(log(p[j] ** y[j]), (j, 1, m)), log_of_product
    yield -Sum(y[j] * log(p[j]), (j, 1, m)), log_power


@derivation(
    given=SAMPLES,
    assuming=("the samples are independent, class j of sample i having probability P[i,j]",),
)
def ce_dataset(n, m, Y, P, i, j):  # noqa: N803  # matrices have capital letters
    """The negative log-likelihood of n independent samples is the sum of their cross-entropies.

    The outer sum runs over samples, the inner one over classes.
    """
    samples = Model(Categorical(P[i, j], (j, 1, m)), Y[i, j], plates=((i, 1, n),))
    one = Categorical(P[i, j], (j, 1, m))
    yield part("The sum")
    yield nll(samples)
    yield -Sum(log(mass(one, Y[i, j])), (i, 1, n)), log_of_product
    yield Sum(nll(one, Y[i, j]), (i, 1, n)), sum_neg
    yield Sum(-Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)), ce
    yield -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)), sum_neg
    yield part("The mean")
    yield nll(samples._replace(reduction="mean"))
    yield -Sum(log(mass(one, Y[i, j])), (i, 1, n)) / n, log_of_product
    yield Sum(nll(one, Y[i, j]), (i, 1, n)) / n, sum_neg
    yield Sum(-Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)) / n, ce
    yield -Sum(Sum(Y[i, j] * log(P[i, j]), (j, 1, m)), (i, 1, n)) / n, sum_neg


@derivation(
    given=f"{ONE_SAMPLE}; c in 1..m; y[j] = KroneckerDelta(j, c) for j in 1..m",
)
def ce_index_form(m, y, p, j, c):
    """With the class c in place of a one-hot vector, cross-entropy is -log(p[c]).

    Libraries take the index of the class: the sum over classes has one term that is not 0.
    """
    yield -Sum(y[j] * log(p[j]), (j, 1, m))
    yield -Sum(KroneckerDelta(j, c) * log(p[j]), (j, 1, m)), given
    yield -log(p[c]), sum_delta
