"""Every integer of a range alike."""

from derive.distributions import Distribution, Writing

DISTRIBUTION = Distribution(
    name="discrete_uniform",
    kind="mass",
    parameters="lower in Integer; upper in Integer; lower <= upper",
    arguments=("lower", "upper"),
    variable="y",
    support="y in lower..upper",
    formula="1/(upper - lower + 1)",
    mean="(lower + upper)/2",
    variance="((upper - lower + 1)**2 - 1)/12",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.2 "
        "(discrete distributions)"
    ),
    written=(Writing("U_cal U Uniform Unif DiscreteUniform", ("lower", "upper")),),
)
