"""Slopes of binary cross-entropy: by the probability, by the logit, and its curvature."""

from derive import (
    Derivative,
    Real,
    Unit,
    derivation,
    differentiate,
    gt,
    log,
    part,
    ring,
    sigmoid,
)
from derive.rules import sigmoid_unit


@derivation
def bce_gradient(y: Real, p: Unit):
    """The slope of binary cross-entropy in the probability is (p - y)/(p*(1 - p)).

    Nothing is asked of the label: y may be 0, 1, a soft label or any real number.
    """
    yield Derivative(-(y * log(p) + (1 - y) * log(1 - p)), p)
    yield -(y / p - (1 - y) / (1 - p)), differentiate
    yield (p - y) / (p * (1 - p)), ring


@derivation
def bce_logit_gradient(y: Real, z: Real):
    """The slope of binary cross-entropy in the logit is prediction minus label."""
    s = sigmoid(z)
    yield Derivative(-(y * log(s) + (1 - y) * log(1 - s)), z)
    yield -(y / s * (s * (1 - s)) - (1 - y) / (1 - s) * (s * (1 - s))), differentiate
    yield -(y * (1 - s) - (1 - y) * s), ring
    yield s - y, ring


@derivation
def bce_logit_hessian(y: Real, z: Real):
    """The curvature of binary cross-entropy in the logit is s*(1 - s) for the sigmoid s.

    It does not depend on the label, and it is positive: the loss is strictly convex in the
    logit, so a local minimum is the only one.
    """
    s = sigmoid(z)
    loss = -(y * log(s) + (1 - y) * log(1 - s))
    yield part("The curvature is positive")
    yield Derivative(loss, z, z)
    yield s * (1 - s), bce_logit_gradient, differentiate
    yield gt(0), sigmoid_unit
    yield part("The curvature")
    yield Derivative(loss, z, z)
    yield Derivative(s - y, z), bce_logit_gradient
    yield s * (1 - s), differentiate
