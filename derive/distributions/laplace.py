"""The double exponential law."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="laplace",
    kind="density",
    parameters="location in Real; scale in Positive",
    arguments=("location", "scale"),
    variable="x",
    support="x in Real",
    formula="exp(-Abs(x - location)/scale)/(2*scale)",
    mean="location",
    variance="2*scale**2",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.3 "
        "(continuous distributions)"
    ),
    linked="location",
    alternatives=(
        Parametrisation(
            "mean in Real; scale in Positive",
            ("mean", "scale"),
            (("location", "mean"),),
        ),
    ),
    written=(Writing("Laplace Lap", ("location", "scale")),),
)
