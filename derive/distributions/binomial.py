"""The number of successes in n independent trials."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="binomial",
    kind="mass",
    parameters="n in Natural0; p in (0,1)",
    arguments=("n", "p"),
    variable="y",
    support="y in 0..n",
    formula="binomial(n, y)*p**y*(1 - p)**(n - y)",
    mean="n*p",
    variance="n*p*(1 - p)",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.2 "
        "(discrete distributions)"
    ),
    linked="p",
    alternatives=(
        Parametrisation("n in Natural0; logit in Real", ("n", "logit"), (("p", "sigmoid(logit)"),)),
    ),
    written=(Writing("Bin Binomial Binom B Bi", ("n", "p")),),
)
