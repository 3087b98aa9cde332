"""Counts of rare events at a given rate."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="poisson",
    kind="mass",
    parameters="rate in Positive",
    arguments=("rate",),
    variable="y",
    support="y in Natural0",
    formula="rate**y*exp(-rate)/factorial(y)",
    mean="rate",
    variance="rate",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.2 "
        "(discrete distributions)"
    ),
    linked="rate",
    alternatives=(
        Parametrisation("mean in Positive", ("mean",), (("rate", "mean"),)),
        Parametrisation("log_rate in Real", ("log_rate",), (("rate", "exp(log_rate)"),)),
    ),
    written=(Writing("Poiss Poisson Pois Po Poi", ("rate",)),),
)
