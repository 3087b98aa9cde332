"""Mean or sum: what the reduction of a loss changes, and what it does not."""

from derive import Derivative, Sum, affine, derivation, differentiate, part, ring

LOSSES = (
    "n in Natural; w in Real; L(i, t) in Real for i in 1..n, t in Real; "
    "Derivative(L(i, t), t) in Real for i in 1..n, t in Real; c > 0; b in Real"
)


@derivation(given=LOSSES)
def mean_vs_sum(n, w, L, i, c, b):  # noqa: N803  # a loss is called L
    """The mean of n losses has the minimisers of their sum, and 1/n of its gradient.

    Any positive factor keeps the order of all parameter values, and so does a constant.  But
    a gradient step becomes n times shorter: with the sum, the learning rate has to follow the
    size of the batch.
    """
    total = Sum(L(i, w), (i, 1, n))
    yield part("The same ordering")
    yield total / n
    yield 1 / n * total + 0, ring
    yield affine(w)
    yield part("Any positive factor and any constant")
    yield c * (total + b)
    yield c * total + c * b, ring
    yield affine(w)
    yield part("The gradients differ by the factor n")
    yield Derivative(total, w)
    yield n * (Derivative(total, w) / n), ring
    yield n * Derivative(total / n, w), differentiate
    yield part("A step on the sum is a step on the mean with n times the learning rate")
    yield w - c * Derivative(total, w)
    yield w - n * c * Derivative(total / n, w), differentiate
