"""The law whose negative log-likelihood is log cosh."""

from derive.distributions import Distribution, Parametrisation

DISTRIBUTION = Distribution(
    name="hyperbolic_secant",
    kind="density",
    parameters="location in Real; scale in Positive",
    arguments=("location", "scale"),
    variable="x",
    support="x in Real",
    formula="1/(pi*scale*cosh((x - location)/scale))",
    mean="location",
    variance="pi**2*scale**2/4",
    source=(
        "Norman Johnson, Samuel Kotz and N. Balakrishnan, Continuous Univariate "
        "Distributions, volume 2, 2nd edition, chapter 23 (logistic distribution, section on "
        "related laws)"
    ),
    linked="location",
    alternatives=(
        Parametrisation(
            "mean in Real; scale in Positive",
            ("mean", "scale"),
            (("location", "mean"),),
        ),
    ),
    note="the scale 2/pi gives the standard law of variance 1",
)
