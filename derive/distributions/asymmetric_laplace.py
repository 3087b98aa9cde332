"""Exponential tails of different slopes; tau is the level of the quantile at location."""

from derive.distributions import Distribution

DISTRIBUTION = Distribution(
    name="asymmetric_laplace",
    kind="density",
    parameters="location in Real; scale in Positive; tau in (0,1)",
    arguments=("location", "scale", "tau"),
    variable="x",
    support="x in Real",
    formula="tau*(1 - tau)/scale*exp(-Max(tau*(x - location), (tau - 1)*(x - location))/scale)",
    mean="location + scale*(1 - 2*tau)/(tau*(1 - tau))",
    variance="scale**2*(1 - 2*tau + 2*tau**2)/(tau**2*(1 - tau)**2)",
    source=(
        "Keming Yu and Jin Zhang, A three-parameter asymmetric Laplace distribution and its "
        "extension (2005), section 2"
    ),
    linked="location",
)
