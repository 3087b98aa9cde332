"""Binary cross-entropy: from Bernoulli observations to the loss."""

from derive import (
    Bernoulli,
    Bit,
    Model,
    Product,
    Sum,
    Unit,
    assume,
    derivation,
    exp,
    given,
    le,
    log,
    mass,
    nll,
    part,
    same_order,
)
from derive.rules import (
    bernoulli_mass,
    exp_increasing,
    exp_log,
    log_increasing,
    log_of_product,
    log_power,
    log_product,
    sum_neg,
)

OBSERVATIONS = "n in Natural; y[i] in {0,1} for i in 1..n; p[i] in (0,1) for i in 1..n"


@derivation
def bce(y: Bit, p: Unit):
    """Binary cross-entropy is the negative log-likelihood of one Bernoulli observation.

    A label y is 1 with probability p and 0 with probability 1 - p.  Both cases are one
    formula, p to the power y times 1 - p to the power 1 - y, because a power with exponent 0
    is 1.  The probabilities stay away from 0 and 1, so that both logarithms exist.
    """
    yield nll(Bernoulli(p), y)
    yield -log(p**y * (1 - p) ** (1 - y)), bernoulli_mass
    yield -(log(p**y) + log((1 - p) ** (1 - y))), log_product
    yield -(y * log(p) + (1 - y) * log(1 - p)), log_power


@derivation(
    given=OBSERVATIONS,
    assuming=("the labels y[i] are independent, y[i] being 1 with probability p[i]",),
)
def bce_dataset(n, y, p, i):
    """The negative log-likelihood of n independent labels is the sum of their BCE.

    Each label has a probability of its own, as a classifier gives one to each input: the
    labels are independent, but they need not be identically distributed.  Dividing by n gives
    the mean, which libraries minimise by default.
    """
    labels = Model(Bernoulli(p[i]), y[i], plates=((i, 1, n),))
    yield part("The sum")
    yield nll(labels)
    yield -Sum(log(mass(Bernoulli(p[i]), y[i])), (i, 1, n)), log_of_product
    yield Sum(nll(Bernoulli(p[i]), y[i]), (i, 1, n)), sum_neg
    yield Sum(-(y[i] * log(p[i]) + (1 - y[i]) * log(1 - p[i])), (i, 1, n)), bce
    yield -Sum(y[i] * log(p[i]) + (1 - y[i]) * log(1 - p[i]), (i, 1, n)), sum_neg
    yield part("The mean")
    yield nll(labels._replace(reduction="mean"))
    yield -Sum(log(mass(Bernoulli(p[i]), y[i])), (i, 1, n)) / n, log_of_product
    yield Sum(nll(Bernoulli(p[i]), y[i]), (i, 1, n)) / n, sum_neg
    yield Sum(-(y[i] * log(p[i]) + (1 - y[i]) * log(1 - p[i])), (i, 1, n)) / n, bce
    yield -Sum(y[i] * log(p[i]) + (1 - y[i]) * log(1 - p[i]), (i, 1, n)) / n, sum_neg


@derivation(given=OBSERVATIONS, assuming=("the labels y[i] are independent given p",))
def bernoulli_likelihood(n, y, p, i):
    """The likelihood of n labels is a product of powers, its logarithm the sum in BCE.

    The logarithm of a finite product of positive factors is the sum of their logarithms.
    All factors are positive because every p[i] lies strictly between 0 and 1.
    """
    likelihood = Model(Bernoulli(p[i]), y[i], plates=((i, 1, n),)).likelihood()
    powers = p[i] ** y[i] * (1 - p[i]) ** (1 - y[i])
    yield part("The likelihood")
    yield likelihood
    yield Product(powers, (i, 1, n)), bernoulli_mass
    yield part("Its logarithm")
    yield log(Product(powers, (i, 1, n)))
    yield Sum(log(powers), (i, 1, n)), log_of_product
    yield Sum(log(p[i] ** y[i]) + log((1 - p[i]) ** (1 - y[i])), (i, 1, n)), log_product
    yield Sum(y[i] * log(p[i]) + (1 - y[i]) * log(1 - p[i]), (i, 1, n)), log_power


@derivation(given="theta in Real; L(t) in Positive for t in Real")
def likelihood_to_nll(theta, L, best):  # noqa: N803  # L is a likelihood's usual letter
    """A likelihood and its logarithm order the parameters alike; minus signs reverse both.

    The logarithm increases strictly, so it keeps every comparison.  A largest value of L is
    therefore a largest value of log L and a smallest value of -log L: maximum likelihood is
    minimum negative log-likelihood.  Nothing is asked of L but that it is positive.
    """
    yield part("The same ordering")
    yield same_order(L(theta), log(L(theta)), theta)
    yield part("Minus signs reverse it")
    yield same_order(-log(L(theta)), -L(theta), theta)
    yield part("A largest likelihood is a smallest loss")
    yield assume("best in Real; L(t) <= L(best) for t in Real")
    yield -log(L(best))
    yield le(-log(L(theta))), given, log_increasing
    yield part("A smallest loss is a largest likelihood")
    yield assume("best in Real; -log(L(best)) <= -log(L(t)) for t in Real")
    yield L(theta)
    yield exp(log(L(theta))), exp_log
    yield le(exp(log(L(best)))), given, exp_increasing
    yield L(best), exp_log
