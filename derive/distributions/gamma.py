"""The gamma law; by its shape with a rate, a scale or a mean."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="gamma",
    kind="density",
    parameters="shape in Positive; rate in Positive",
    arguments=("shape", "rate"),
    variable="x",
    support="x in Positive",
    formula="rate**shape/gamma(shape)*x**(shape - 1)*exp(-rate*x)",
    mean="shape/rate",
    variance="shape/rate**2",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.3 "
        "(continuous distributions)"
    ),
    linked="rate",
    alternatives=(
        Parametrisation(
            "shape in Positive; scale in Positive",
            ("shape", "scale"),
            (("rate", "1/scale"),),
        ),
        Parametrisation(
            "shape in Positive; mean in Positive",
            ("shape", "mean"),
            (("rate", "shape/mean"),),
        ),
    ),
    written=(
        Writing("Gam Gamma Ga G", ("shape", "rate")),
        Writing("Gam Gamma Ga G", ("shape", "scale")),
        Writing("chi^2 chi2", ("k",), (("shape", "k/2"), ("rate", "1/2"))),
    ),
)
