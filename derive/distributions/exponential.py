"""Waiting time at a constant rate; by its rate or its scale."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="exponential",
    kind="density",
    parameters="rate in Positive",
    arguments=("rate",),
    variable="x",
    support="x in Nonnegative",
    formula="rate*exp(-rate*x)",
    mean="1/rate",
    variance="1/rate**2",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.3 "
        "(continuous distributions)"
    ),
    linked="rate",
    alternatives=(
        Parametrisation("scale in Positive", ("scale",), (("rate", "1/scale"),)),
        Parametrisation("mean in Positive", ("mean",), (("rate", "1/mean"),)),
    ),
    written=(
        Writing("Exp Exponential Expon", ("rate",)),
        Writing("Exp Exponential Expon", ("scale",)),
    ),
)
