"""Losses of grey-scale images: what the index of the sum runs over."""

from derive import (
    Derivative,
    Eq,
    Sum,
    assume,
    derivation,
    differentiate,
    given,
    linearity,
    log,
    lt,
    minimum,
    part,
    refuted,
    ring,
    unroll,
)
from derive.rules import log_quotient, log_tangent_strict

#: n pixels of two classes; the label and the prediction of a pixel are distributions.
CLASSES = (
    "n in Natural; y[i,c] in [0, 1] for i in 1..n, c in 0..1; "
    "y_hat[i,c] in (0, 1) for i in 1..n, c in 0..1"
)
LABELS = "Sum(y[i,c], (c, 0, 1)) = 1 for i in 1..n"
PREDICTIONS = "Sum(y_hat[i,c], (c, 0, 1)) = 1 for i in 1..n"


@derivation(given=f"{CLASSES}; {LABELS}; {PREDICTIONS}")
def image_bce(n, y, y_hat, i, c):
    """Cross-entropy over pixels and two classes is binary cross-entropy over pixels.

    Two sums, over pixels and over classes, become one.  That the labels of a pixel add up to 1
    is not enough: so must its predictions.  Either class may be the one that is kept, as long
    as it is the same for label and prediction.
    """
    both = -Sum(Sum(y[i, c] * log(y_hat[i, c]), (c, 0, 1)), (i, 1, n))
    terms = -Sum(y[i, 0] * log(y_hat[i, 0]) + y[i, 1] * log(y_hat[i, 1]), (i, 1, n))
    kept = [y[i, k] * log(y_hat[i, k]) + (1 - y[i, k]) * log(1 - y_hat[i, k]) for k in (0, 1)]
    yield part("By the class 0")
    yield both
    yield terms, unroll
    yield -Sum(kept[0], (i, 1, n)), given
    yield part("By the class 1")
    yield both
    yield terms, unroll
    yield -Sum(kept[1], (i, 1, n)), given
    yield part("Not by the label of one class and the prediction of the other")
    mixed = y[i, 0] * log(y_hat[i, 1]) + (1 - y[i, 0]) * log(1 - y_hat[i, 1])
    label, prediction = {"y[1,0]": 1, "y[1,1]": 0}, {"y_hat[1,0]": "1/10", "y_hat[1,1]": "9/10"}
    yield refuted(Eq(both, -Sum(mixed, (i, 1, n))), {"n": 1, **label, **prediction})


@derivation(given=f"{CLASSES}; {LABELS}")
def image_bce_needs_predictions_that_sum_to_one(n, y, y_hat, i, c):
    """That the labels of each pixel add up to 1 does not make the two losses equal."""
    both = -Sum(Sum(y[i, c] * log(y_hat[i, c]), (c, 0, 1)), (i, 1, n))
    kept = y[i, 0] * log(y_hat[i, 0]) + (1 - y[i, 0]) * log(1 - y_hat[i, 0])
    yield refuted(Eq(both, -Sum(kept, (i, 1, n))))


@derivation(given="n in Natural; y[i] in (0, 1) for i in 1..n; y_hat[i] in (0, 1) for i in 1..n")
def image_minimum(n, y, y_hat, i):
    """Binary cross-entropy of a grey-scale image is least where the prediction is the image.

    The least value is not 0 but the sum of the entropies of the pixels: the loss of a perfect
    reconstruction depends on the image, and is 0 for no image with a grey pixel.
    """
    loss = -Sum(y[i] * log(y_hat[i]) + (1 - y[i]) * log(1 - y_hat[i]), (i, 1, n))
    best = -Sum(y[i] * log(y[i]) + (1 - y[i]) * log(1 - y[i]), (i, 1, n))
    tangents = y[i] * (y_hat[i] / y[i] - 1) + (1 - y[i]) * ((1 - y_hat[i]) / (1 - y[i]) - 1)
    yield assume("k in 1..n; y_hat[k] != y[k]")
    yield best - loss
    yield (
        Sum(y[i] * log(y_hat[i] / y[i]) + (1 - y[i]) * log((1 - y_hat[i]) / (1 - y[i])), (i, 1, n)),
        log_quotient,
        linearity,
    )
    yield lt(Sum(tangents, (i, 1, n))), log_tangent_strict
    yield 0, ring
    yield minimum(loss, y_hat, y)


@derivation(
    given="n in Natural; y[i] in (0, 1) for i in 1..n; y_hat[i] in (0, 1) for i in 1..n; k in 1..n"
)
def pixels_are_not_classes(n, y, y_hat, i, k):
    """The sum of -y*log(y_hat) over pixels does not compare a prediction with an image.

    Its slope in every predicted pixel is negative: a brighter prediction is always better,
    whatever the image.  The index of cross-entropy runs over classes, whose probabilities
    add up to 1; the pixels of an image do not.
    """
    loss = -Sum(y[i] * log(y_hat[i]), (i, 1, n))
    yield part("A brighter prediction is better")
    yield Derivative(loss, y_hat[k])
    yield -y[k] / y_hat[k], differentiate
    yield lt(0), ring
    yield part("The image is not the minimiser")
    yield refuted("argmin(-Sum(y[i]*log(y_hat[i]), (i, 1, n)), y_hat) = y")
