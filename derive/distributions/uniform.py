"""Every value of an interval alike."""

from derive.distributions import Distribution, Writing

DISTRIBUTION = Distribution(
    name="uniform",
    kind="density",
    parameters="lower in Real; upper in Real; lower < upper",
    arguments=("lower", "upper"),
    variable="x",
    support="x in [lower, upper]",
    formula="1/(upper - lower)",
    mean="(lower + upper)/2",
    variance="(upper - lower)**2/12",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.3 "
        "(continuous distributions)"
    ),
    written=(Writing("U_cal U Uniform Unif", ("lower", "upper")),),
)
