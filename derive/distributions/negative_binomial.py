"""The number of failures before the r-th success; r need not be an integer."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="negative_binomial",
    kind="mass",
    parameters="r in Positive; p in (0,1)",
    arguments=("r", "p"),
    variable="y",
    support="y in Natural0",
    formula="gamma(y + r)/(gamma(r)*factorial(y))*p**r*(1 - p)**y",
    mean="r*(1 - p)/p",
    variance="r*(1 - p)/p**2",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.2 "
        "(discrete distributions)"
    ),
    linked="p",
    alternatives=(
        Parametrisation(
            "mean in Positive; dispersion in Positive",
            ("mean", "dispersion"),
            (("r", "1/dispersion"), ("p", "1/(1 + dispersion*mean)")),
        ),
        Parametrisation("mean in Positive; r in Positive", ("mean", "r"), (("p", "r/(r + mean)"),)),
    ),
    note="p is the probability of a success; some software gives this name to that of a failure",
    written=(
        Writing("NB NegBin NegativeBinomial", ("r", "p")),
        Writing("NB NegBin NegativeBinomial", ("r", "q"), (("p", "1 - q"),)),
        Writing("Geom Geometric Geo", ("p",), (("r", "1"),)),
    ),
)
