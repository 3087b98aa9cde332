"""Normal in the middle, exponential beyond delta: the law whose loss is Huber's."""

from derive.distributions import Distribution, Parametrisation

DISTRIBUTION = Distribution(
    name="huber",
    kind="density",
    parameters="location in Real; delta in Positive",
    arguments=("location", "delta"),
    variable="x",
    support="x in Real",
    formula=(
        "exp(-Piecewise(((x - location)**2/2, Abs(x - location) <= delta),"
        " (delta*(Abs(x - location) - delta/2), True)))"
        "/(sqrt(2*pi)*erf(delta/sqrt(2)) + 2/delta*exp(-delta**2/2))"
    ),
    mean="location",
    variance=(
        "(sqrt(2*pi)*erf(delta/sqrt(2)) + 4*(1/delta + 1/delta**3)*exp(-delta**2/2))"
        "/(sqrt(2*pi)*erf(delta/sqrt(2)) + 2/delta*exp(-delta**2/2))"
    ),
    source=(
        "Peter Huber, Robust estimation of a location parameter, Annals of Mathematical "
        "Statistics 35 (1964): the least favourable law"
    ),
    linked="location",
    alternatives=(
        Parametrisation(
            "mean in Real; delta in Positive",
            ("mean", "delta"),
            (("location", "mean"),),
        ),
    ),
)
