"""Counting successes or listing them: the same loss up to a constant."""

from derive import (
    Bernoulli,
    Binomial,
    Model,
    Sum,
    affine,
    binomial,
    derivation,
    linearity,
    log,
    nll,
    part,
    refuted,
)
from derive.rules import (
    bernoulli_mass,
    binomial_mass,
    log_of_product,
    log_power,
    log_product,
    sum_one,
)


@derivation(
    given="n in Natural; y[i] in {0,1} for i in 1..n; p in (0,1)",
    assuming=("the trials y[i] are independent, with one common probability p",),
)
def binomial_vs_bernoulli(n, y, p, i):
    """The Binomial loss of the number of ones is the sum of the Bernoulli losses plus a constant.

    The Binomial law adds up all orders in which s ones among n trials can come.  Their number
    is free of p, so that counting instead of listing the trials changes the loss by a constant
    and its minimiser not at all.  The losses are not equal, unless all trials have the same
    outcome; and if each trial has a probability of its own there is no Binomial law.
    """
    s = Sum(y[i], (i, 1, n))
    trials = Model(Bernoulli(p), y[i], ((i, 1, n),))
    yield part("Listing the trials")
    yield nll(trials)
    yield -Sum(log(p ** y[i] * (1 - p) ** (1 - y[i])), (i, 1, n)), log_of_product, bernoulli_mass
    yield -Sum(y[i] * log(p) + (1 - y[i]) * log(1 - p), (i, 1, n)), log_product, log_power
    yield -(s * log(p) + (n - s) * log(1 - p)), linearity, sum_one
    yield part("Counting the ones")
    yield nll(Binomial(n=n, p=p), s)
    yield -log(binomial(n, s) * p**s * (1 - p) ** (n - s)), binomial_mass
    yield -(log(binomial(n, s)) + s * log(p) + (n - s) * log(1 - p)), log_product, log_power
    yield part("The difference is free of p")
    yield nll(Binomial(n=n, p=p), s)
    yield -log(binomial(n, s) * p**s * (1 - p) ** (n - s)), binomial_mass
    yield -(s * log(p) + (n - s) * log(1 - p)) + -log(binomial(n, s)), log_product, log_power
    yield (
        1 * -Sum(y[i] * log(p) + (1 - y[i]) * log(1 - p), (i, 1, n)) + -log(binomial(n, s)),
        linearity,
        sum_one,
    )
    yield (
        1 * -Sum(log(p ** y[i] * (1 - p) ** (1 - y[i])), (i, 1, n)) + -log(binomial(n, s)),
        log_product,
        log_power,
    )
    yield 1 * nll(trials) + -log(binomial(n, s)), log_of_product, bernoulli_mass
    yield affine(p)
    yield part("They are not equal")
    yield refuted(
        "-log(BinomialMass(Sum(y[i], (i, 1, n)), n, p)) = "
        "-log(Product(BernoulliMass(y[i], p), (i, 1, n)))",
        {"n": 2, "y[1]": 1, "y[2]": 0, "p": "1/2"},
    )
