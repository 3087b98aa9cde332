"""Waiting time whose hazard is a power of time."""

from derive.distributions import Distribution, Writing

DISTRIBUTION = Distribution(
    name="weibull",
    kind="density",
    parameters="scale in Positive; shape in Positive",
    arguments=("scale", "shape"),
    variable="x",
    support="x in Positive",
    formula="shape/scale*(x/scale)**(shape - 1)*exp(-(x/scale)**shape)",
    mean="scale*gamma(1 + 1/shape)",
    variance="scale**2*(gamma(1 + 2/shape) - gamma(1 + 1/shape)**2)",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.3 "
        "(continuous distributions)"
    ),
    linked="scale",
    written=(
        Writing("Weibull Weib", ("scale", "shape")),
        Writing("Weibull Weib", ("shape", "scale")),
    ),
)
