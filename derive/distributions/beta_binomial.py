"""The number of successes in n trials whose probability has a beta law."""

from derive.distributions import Distribution, Writing

DISTRIBUTION = Distribution(
    name="beta_binomial",
    kind="mass",
    parameters="n in Natural0; a in Positive; b in Positive",
    arguments=("n", "a", "b"),
    variable="y",
    support="y in 0..n",
    formula="binomial(n, y)*beta(a + y, b + n - y)/beta(a, b)",
    mean="n*a/(a + b)",
    variance="n*a*b*(a + b + n)/((a + b)**2*(a + b + 1))",
    source=(
        "Andrew Gelman et al., Bayesian Data Analysis, 3rd edition, appendix A (standard "
        "probability distributions)"
    ),
    written=(Writing("BetBin BetaBin BetaBinomial", ("n", "a", "b")),),
)
