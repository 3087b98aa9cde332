"""Binary cross-entropy with a soft label: a number between 0 and 1 in place of a bit."""

from derive import (
    Bernoulli,
    Sum,
    Unit,
    assume,
    derivation,
    ge,
    given,
    gt,
    log,
    lt,
    mass,
    minimum,
    nll,
    part,
    ring,
    unroll,
)
from derive.rules import (
    bernoulli_mass,
    log_negative,
    log_quotient,
    log_tangent,
    log_tangent_strict,
)
from proofs.bce import bce


@derivation
def soft_label_bce(y: Unit, p: Unit, k):
    """Binary cross-entropy with a soft label is an expected negative log-likelihood.

    The label y is read as the probability of the class 1: a class k drawn with it costs
    -log P(k) under the prediction p, and this is the mean cost.
    """
    yield Sum(mass(Bernoulli(y), k) * nll(Bernoulli(p), k), (k, 0, 1))
    yield Sum(mass(Bernoulli(y), k) * -(k * log(p) + (1 - k) * log(1 - p)), (k, 0, 1)), bce
    yield mass(Bernoulli(y), 0) * -log(1 - p) + mass(Bernoulli(y), 1) * -log(p), unroll
    yield (1 - y) * -log(1 - p) + y * -log(p), bernoulli_mass
    yield -(y * log(p) + (1 - y) * log(1 - p)), ring


@derivation
def bce_entropy_kl(y: Unit, p: Unit):
    """Binary cross-entropy with a soft label is the label's entropy plus a divergence.

    The divergence is that of the Bernoulli laws with the parameters y and p.
    """
    yield -(y * log(p) + (1 - y) * log(1 - p))
    entropy = -(y * log(y) + (1 - y) * log(1 - y))
    yield entropy + y * (log(y) - log(p)) + (1 - y) * (log(1 - y) - log(1 - p)), ring
    yield entropy + y * log(y / p) + (1 - y) * log((1 - y) / (1 - p)), log_quotient


@derivation
def soft_label_minimum(y: Unit, p: Unit):
    """With a soft label y, binary cross-entropy is least at p = y, where it is y's entropy.

    The least value is not 0: a soft label leaves an uncertainty that no prediction can take
    away.  The bound is the tangent line of the logarithm at 1, once for each class.
    """
    loss = -(y * log(p) + (1 - y) * log(1 - p))
    entropy = -(y * log(y) + (1 - y) * log(1 - y))
    tangents = -(y * (p / y - 1) + (1 - y) * ((1 - p) / (1 - y) - 1))
    yield part("Never below the entropy")
    yield loss
    yield entropy - (y * (log(p) - log(y)) + (1 - y) * (log(1 - p) - log(1 - y))), ring
    yield entropy - (y * log(p / y) + (1 - y) * log((1 - p) / (1 - y))), log_quotient
    yield ge(entropy + tangents), log_tangent
    yield entropy, ring
    yield part("The entropy at p = y")
    yield assume("p = y")
    yield loss
    yield entropy, given
    yield part("Above the entropy elsewhere")
    yield assume("p != y")
    yield loss
    yield entropy - (y * log(p / y) + (1 - y) * log((1 - p) / (1 - y))), log_quotient
    yield gt(entropy + tangents), log_tangent_strict
    yield entropy, ring
    yield part("The entropy is positive")
    yield entropy
    yield gt(0), log_negative
    yield part("The only minimiser")
    yield assume("p != y")
    yield entropy - loss
    yield y * log(p / y) + (1 - y) * log((1 - p) / (1 - y)), log_quotient
    yield lt(y * (p / y - 1) + (1 - y) * ((1 - p) / (1 - y) - 1)), log_tangent_strict
    yield 0, ring
    yield minimum(loss, p, y)
