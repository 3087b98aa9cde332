"""One trial: a bit that is 1 with probability p."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="bernoulli",
    kind="mass",
    parameters="p in (0,1)",
    arguments=("p",),
    variable="y",
    support="y in {0,1}",
    formula="p**y*(1 - p)**(1 - y)",
    mean="p",
    variance="p*(1 - p)",
    source=(
        "Christopher Bishop, Pattern Recognition and Machine Learning, section 2.1 (binary "
        "variables)"
    ),
    linked="p",
    alternatives=(Parametrisation("logit in Real", ("logit",), (("p", "sigmoid(logit)"),)),),
    note="a target between 0 and 1 is outside the support: the formula then is no mass",
    written=(Writing("Bern Bernoulli Ber", ("p",)),),
)
