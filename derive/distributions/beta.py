"""A proportion between 0 and 1."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="beta",
    kind="density",
    parameters="a in Positive; b in Positive",
    arguments=("a", "b"),
    variable="x",
    support="x in (0,1)",
    formula="x**(a - 1)*(1 - x)**(b - 1)/beta(a, b)",
    mean="a/(a + b)",
    variance="a*b/((a + b)**2*(a + b + 1))",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.3 "
        "(continuous distributions)"
    ),
    alternatives=(
        Parametrisation(
            "alpha in Positive; beta in Positive",
            ("alpha", "beta"),
            (("a", "alpha"), ("b", "beta")),
        ),
        Parametrisation(
            "mean in (0,1); concentration in Positive",
            ("mean", "concentration"),
            (("a", "mean*concentration"), ("b", "(1 - mean)*concentration")),
        ),
    ),
    written=(Writing("Bet Beta Be", ("a", "b")),),
)
