"""Huber's loss: the negative logarithm of Huber's density."""

from derive import (
    Abs,
    Huber,
    Le,
    Piecewise,
    Positive,
    Real,
    affine,
    derivation,
    erf,
    exp,
    log,
    nll,
    part,
    pi,
    ring,
    sqrt,
)
from derive.rules import huber_density, log_exp, log_quotient


def huber_loss(e, delta):
    """Quadratic up to delta, linear beyond."""
    return Piecewise((e**2 / 2, Le(Abs(e), delta)), (delta * (Abs(e) - delta / 2), True))


@derivation
def huber(x: Real, mu: Real, delta: Positive):
    """The Huber loss is, up to a constant, the negative log-likelihood of Huber's density.

    Huber's density is Gaussian in the middle and falls off exponentially beyond delta.  Among
    all symmetric contaminations of a Gauss law it is the least favourable one, which is why
    its loss is robust.  The normalising constant depends on delta alone.  The smooth L1 loss is
    Huber's loss divided by delta.
    """
    loss = huber_loss(x - mu, delta)
    total = sqrt(2 * pi) * erf(delta / sqrt(2)) + 2 / delta * exp(-(delta**2) / 2)
    yield part("Huber's loss")
    yield nll(Huber(location=mu, delta=delta), x)
    yield -log(exp(-loss) / total), huber_density
    yield -(log(exp(-loss)) - log(total)), log_quotient
    yield -(-loss - log(total)), log_exp
    yield 1 * loss + log(total), ring
    yield affine(mu)
    yield part("Smooth L1")
    yield loss
    yield delta * (loss / delta) + 0, ring
    yield affine(mu)
