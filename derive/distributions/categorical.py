"""One of m classes, written as a one-hot family."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="categorical",
    kind="mass",
    parameters="m in Natural; p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1",
    arguments=("p[j]",),
    variable="y[j]",
    support="y[j] in {0,1} for j in 1..m; Sum(y[j], (j, 1, m)) = 1",
    formula="Product(p[j]**y[j], (j, 1, m))",
    mean="p[j]",
    variance="p[j]*(1 - p[j])",
    source=(
        "Christopher Bishop, Pattern Recognition and Machine Learning, section 2.2 "
        "(multinomial variables)"
    ),
    over="(j, 1, m)",
    linked="p",
    alternatives=(
        Parametrisation(
            "m in Natural; logits[j] in Real for j in 1..m",
            ("logits[j]",),
            (("p[j]", "softmax(logits[k], (k, 1, m), j)"),),
        ),
    ),
    note="m is the size of the family; with m = 1 the only class has probability 1",
    written=(Writing("Cat Categorical", ("p",)),),
)
