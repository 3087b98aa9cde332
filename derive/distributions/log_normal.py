"""A positive number whose logarithm has the normal law."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="log_normal",
    kind="density",
    parameters="log_mean in Real; log_variance in Positive",
    arguments=("log_mean", "log_variance"),
    variable="x",
    support="x in Positive",
    formula="exp(-(log(x) - log_mean)**2/(2*log_variance))/(x*sqrt(2*pi*log_variance))",
    mean="exp(log_mean + log_variance/2)",
    variance="(exp(log_variance) - 1)*exp(2*log_mean + log_variance)",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.3 "
        "(continuous distributions)"
    ),
    linked="log_mean",
    alternatives=(
        Parametrisation(
            "log_mean in Real; log_standard_deviation in Positive",
            ("log_mean", "log_standard_deviation"),
            (("log_variance", "log_standard_deviation**2"),),
        ),
    ),
    written=(
        Writing("ln_N_cal lnN_cal Lognormal LogNormal LN LogN", ("log_mean", "log_variance")),
        Writing(
            "ln_N_cal lnN_cal Lognormal LogNormal LN LogN", ("log_mean", "log_standard_deviation")
        ),
    ),
)
