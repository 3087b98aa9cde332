"""Label smoothing."""

from derive import Sum, derivation, linearity, log, ring


@derivation(
    given="m in Natural; eps in [0, 1]; y[j] in [0, 1] for j in 1..m; Sum(y[j], (j, 1, m)) = 1; "
    "p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1"
)
def label_smoothing(m, eps, y, p, j):
    """Cross-entropy with smoothed labels mixes the loss of the labels with that of no knowledge.

    A share eps of the label is spread evenly over the m classes.  Cross-entropy is linear in
    the label, so the same mixture of losses appears: with the given label, and with the
    uniform one.
    """
    yield -Sum(((1 - eps) * y[j] + eps / m) * log(p[j]), (j, 1, m))
    yield -Sum((1 - eps) * (y[j] * log(p[j])) + eps * (1 / m * log(p[j])), (j, 1, m)), ring
    yield (
        (1 - eps) * -Sum(y[j] * log(p[j]), (j, 1, m)) + eps * -Sum(1 / m * log(p[j]), (j, 1, m)),
        linearity,
    )
