"""The law whose distribution function is the sigmoid."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="logistic",
    kind="density",
    parameters="location in Real; scale in Positive",
    arguments=("location", "scale"),
    variable="x",
    support="x in Real",
    formula="exp(-(x - location)/scale)/(scale*(1 + exp(-(x - location)/scale))**2)",
    mean="location",
    variance="pi**2*scale**2/3",
    source=(
        "Norman Johnson, Samuel Kotz and N. Balakrishnan, Continuous Univariate "
        "Distributions, volume 2, 2nd edition, chapter 23 (logistic distribution)"
    ),
    linked="location",
    alternatives=(
        Parametrisation(
            "mean in Real; scale in Positive",
            ("mean", "scale"),
            (("location", "mean"),),
        ),
    ),
    written=(Writing("Logistic", ("location", "scale")),),
)
