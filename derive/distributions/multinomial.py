"""The numbers of each of m classes in n independent draws."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="multinomial",
    kind="mass",
    parameters=(
        "m in Natural; n in Natural0; p[j] in Positive for j in 1..m; Sum(p[j], (j, 1, m)) = 1"
    ),
    arguments=("n", "p[j]"),
    variable="y[j]",
    support="y[j] in Natural0 for j in 1..m; Sum(y[j], (j, 1, m)) = n",
    formula="factorial(n)/Product(factorial(y[j]), (j, 1, m))*Product(p[j]**y[j], (j, 1, m))",
    mean="n*p[j]",
    variance="n*p[j]*(1 - p[j])",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 4.6 "
        "(multivariate distributions)"
    ),
    over="(j, 1, m)",
    linked="p",
    alternatives=(
        Parametrisation(
            "m in Natural; n in Natural0; logits[j] in Real for j in 1..m",
            ("n", "logits[j]"),
            (("p[j]", "softmax(logits[k], (k, 1, m), j)"),),
        ),
    ),
    written=(Writing("Mult Multinomial Multi", ("n", "p")),),
)
